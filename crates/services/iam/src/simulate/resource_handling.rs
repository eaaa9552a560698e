//! `ResourceHandlingOption`: the types of resource that a simulation of `ec2:RunInstances` must
//! have.

use crate::error::Error;
use crate::shapes::{ActionNameType, ResourceHandlingOptionType, ResourceNameType};

/// The options, and the types of resource that each requires besides [`ALWAYS`].
const OPTIONS: &[(&str, &[&str])] = &[
    ("EC2-VPC-InstanceStore", &[]),
    ("EC2-VPC-InstanceStore-Subnet", &["subnet"]),
    ("EC2-VPC-EBS", &["volume"]),
    ("EC2-VPC-EBS-Subnet", &["subnet", "volume"]),
];

/// The types of resource that every option requires.
const ALWAYS: &[&str] = &["instance", "image", "security-group", "network-interface"];

/// Fails if the option is not one of these actions, or if a type of resource is missing.
pub(crate) fn check(
    option: Option<&ResourceHandlingOptionType>,
    actions: &[ActionNameType],
    resources: &[ResourceNameType],
) -> Result<(), Error> {
    let Some(option) = option else { return Ok(()) };
    let invalid = |message: String| {
        Err(Error::InvalidInput(format!("Invalid input resource handling options. {message}")))
    };
    let is_supported = |action: &&ActionNameType| action.eq_ignore_ascii_case("ec2:RunInstances");
    if let Some(action) = actions.iter().find(|action| !is_supported(action)) {
        return invalid(format!("Action does not support resource handling options: {action}."));
    }
    let Some((_, further)) = OPTIONS.iter().find(|(name, _)| *option == *name) else {
        return invalid(format!("Unknown option: {option}."));
    };
    let exists = |resource_type: &str| {
        let prefix = format!("{resource_type}/");
        resources
            .iter()
            .any(|arn| arn.splitn(6, ':').nth(5).is_some_and(|id| id.starts_with(&prefix)))
    };
    match ALWAYS.iter().chain(*further).find(|resource_type| !exists(resource_type)) {
        Some(resource_type) => {
            invalid(format!("{option} requires a resource of type {resource_type}."))
        }
        None => Ok(()),
    }
}
