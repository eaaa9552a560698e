//! IAM's errors in AWS's words.

use crate::entity::EntityType;
use cognitab_kernel::ApiError;

/// Why IAM refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    EntityNotFound(EntityType, String),
    GroupNotFound(String),
    InvalidInput(String),
    EntityAlreadyExists(EntityType, String),
    InlinePolicyNotFound(EntityType, String),
    PolicyNotFound(String),
    PolicyNotAttachable(String),
    PolicyVersionNotFound(String, String),
    PolicyVersionsExceeded,
    PolicyVersionIsDefault,
    PolicyHasVersions,
    PolicyAlreadyExists(String),
    AccessKeyNotFound(String),
    AccessKeysExceeded,
    QuotaExceeded(&'static str, usize),
    InlinePoliciesTooLarge(EntityType, String, usize),
    DeleteConflict(&'static str),
    MalformedPolicyDocument(String),
    InvalidProviderUrl,
    ProviderAlreadyExists(String),
    ProviderNotFound(String),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let none = |message: String| ApiError::new(404, "NoSuchEntity", message);
        let exists = |message: String| ApiError::new(409, "EntityAlreadyExists", message);
        let limit = |message: String| ApiError::new(409, "LimitExceeded", message);
        let conflict = |message: String| ApiError::new(409, "DeleteConflict", message);
        match error {
            Error::EntityNotFound(kind, name) => {
                none(format!("The {} with name {name} cannot be found.", kind.as_str()))
            }
            Error::GroupNotFound(name) => none(format!("The group with name {name} cannot be found.")),
            Error::InvalidInput(message) => ApiError::new(400, "InvalidInput", message),
            Error::EntityAlreadyExists(kind, name) => {
                exists(format!("{} with name {name} already exists.", kind.title()))
            }
            Error::InlinePolicyNotFound(kind, name) => {
                none(format!("The {} policy with name {name} cannot be found.", kind.as_str()))
            }
            Error::PolicyNotFound(arn) => none(format!("Policy {arn} was not found.")),
            Error::PolicyNotAttachable(arn) => {
                none(format!("Policy {arn} does not exist or is not attachable."))
            }
            Error::PolicyVersionNotFound(arn, id) => {
                none(format!("Policy {arn} version {id} does not exist or is not attachable."))
            }
            Error::PolicyVersionsExceeded => limit(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.".to_owned(),
            ),
            Error::PolicyVersionIsDefault => {
                conflict("Cannot delete the default version of a policy.".to_owned())
            }
            Error::PolicyHasVersions => conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.".to_owned(),
            ),
            Error::PolicyAlreadyExists(name) => exists(format!(
                "A policy called {name} already exists. Duplicate names are not allowed."
            )),
            Error::AccessKeyNotFound(id) => none(format!("The Access Key with id {id} cannot be found.")),
            Error::AccessKeysExceeded => limit("Cannot exceed quota for AccessKeysPerUser: 2".to_owned()),
            Error::QuotaExceeded(name, most) => limit(format!("Cannot exceed quota for {name}: {most}")),
            Error::InlinePoliciesTooLarge(kind, name, most) => limit(format!(
                "Maximum policy size of {most} bytes exceeded for {} {name}",
                kind.as_str()
            )),
            Error::DeleteConflict(what) => {
                conflict(format!("Cannot delete entity, must {what} first."))
            }
            Error::MalformedPolicyDocument(message) => ApiError::new(400, "MalformedPolicyDocument", message),
            Error::InvalidProviderUrl => {
                ApiError::new(400, "ValidationError", "Invalid Open ID Connect Provider URL")
            }
            Error::ProviderAlreadyExists(url) => {
                exists(format!("Provider with url https://{url} already exists."))
            }
            Error::ProviderNotFound(arn) => {
                none(format!("OpenIDConnect Provider not found for arn {arn}"))
            }
        }
    }
}
