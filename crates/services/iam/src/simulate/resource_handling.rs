//! `ResourceHandlingOption`: the kinds of resource that a simulation of a launch must name.

use crate::error::Error;

/// The scenarios of `ec2:RunInstances` and what each asks for.
const SCENARIOS: &[(&str, &[&str])] = &[
    ("EC2-VPC-InstanceStore", &[]),
    ("EC2-VPC-InstanceStore-Subnet", &["subnet"]),
    ("EC2-VPC-EBS", &["volume"]),
    ("EC2-VPC-EBS-Subnet", &["subnet", "volume"]),
];

/// What every scenario asks for.
const ALWAYS: &[&str] = &["instance", "image", "security-group", "network-interface"];

/// Refuses a scenario that the actions do not know or whose resources are not all there.
pub(crate) fn check(
    option: Option<&str>,
    actions: &[String],
    resources: &[String],
) -> Result<(), Error> {
    let Some(option) = option else { return Ok(()) };
    let launch = |action: &&String| action.eq_ignore_ascii_case("ec2:RunInstances");
    let scenario = SCENARIOS.iter().find(|(name, _)| *name == option);
    let wrong = |what: String| {
        Err(Error::InvalidInput(format!("Invalid input resource handling options. {what}")))
    };
    if let Some(action) = actions.iter().find(|action| !launch(action)) {
        return wrong(format!("Action does not support resource handling options: {action}."));
    }
    let Some((_, further)) = scenario else {
        return wrong(format!("Unknown option: {option}."));
    };
    let named = |kind: &str| {
        let kind = format!("{kind}/");
        resources.iter().any(|arn| arn.splitn(6, ':').nth(5).is_some_and(|r| r.starts_with(&kind)))
    };
    match ALWAYS.iter().chain(*further).find(|kind| !named(kind)) {
        Some(kind) => wrong(format!("{option} needs a resource of type {kind}.")),
        None => Ok(()),
    }
}
