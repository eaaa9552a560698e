//! IAM's errors in AWS's words.

use crate::entity::Kind;
use cognitab_kernel::ApiError;

/// Why IAM refuses.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    NoEntity(Kind, String),
    NoGroup(String),
    InvalidInput(String),
    EntityExists(Kind, String),
    NoInlinePolicy(Kind, String),
    NoPolicy(String),
    NotAttachable(String),
    NoVersion(String, String),
    TooManyVersions,
    DefaultVersion,
    OtherVersions,
    PolicyExists(String),
    NoKey(String),
    KeysPerUser,
    Quota(&'static str, usize),
    InlineSize(Kind, String, usize),
    DeleteConflict(&'static str),
    Malformed(String),
    ProviderUrl,
    ProviderExists(String),
    NoProvider(String),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let none = |message: String| ApiError::new(404, "NoSuchEntity", message);
        let exists = |message: String| ApiError::new(409, "EntityAlreadyExists", message);
        let limit = |message: String| ApiError::new(409, "LimitExceeded", message);
        let conflict = |message: String| ApiError::new(409, "DeleteConflict", message);
        match error {
            Error::NoEntity(kind, name) => {
                none(format!("The {} with name {name} cannot be found.", kind.as_str()))
            }
            Error::NoGroup(name) => none(format!("The group with name {name} cannot be found.")),
            Error::InvalidInput(message) => ApiError::new(400, "InvalidInput", message),
            Error::EntityExists(kind, name) => {
                exists(format!("{} with name {name} already exists.", kind.title()))
            }
            Error::NoInlinePolicy(kind, name) => {
                none(format!("The {} policy with name {name} cannot be found.", kind.as_str()))
            }
            Error::NoPolicy(arn) => none(format!("Policy {arn} was not found.")),
            Error::NotAttachable(arn) => {
                none(format!("Policy {arn} does not exist or is not attachable."))
            }
            Error::NoVersion(arn, id) => {
                none(format!("Policy {arn} version {id} does not exist or is not attachable."))
            }
            Error::TooManyVersions => limit(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.".to_owned(),
            ),
            Error::DefaultVersion => {
                conflict("Cannot delete the default version of a policy.".to_owned())
            }
            Error::OtherVersions => conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.".to_owned(),
            ),
            Error::PolicyExists(name) => exists(format!(
                "A policy called {name} already exists. Duplicate names are not allowed."
            )),
            Error::NoKey(id) => none(format!("The Access Key with id {id} cannot be found.")),
            Error::KeysPerUser => limit("Cannot exceed quota for AccessKeysPerUser: 2".to_owned()),
            Error::Quota(name, most) => limit(format!("Cannot exceed quota for {name}: {most}")),
            Error::InlineSize(kind, name, most) => limit(format!(
                "Maximum policy size of {most} bytes exceeded for {} {name}",
                kind.as_str()
            )),
            Error::DeleteConflict(what) => {
                conflict(format!("Cannot delete entity, must {what} first."))
            }
            Error::Malformed(message) => ApiError::new(400, "MalformedPolicyDocument", message),
            Error::ProviderUrl => {
                ApiError::new(400, "ValidationError", "Invalid Open ID Connect Provider URL")
            }
            Error::ProviderExists(url) => {
                exists(format!("Provider with url https://{url} already exists."))
            }
            Error::NoProvider(arn) => {
                none(format!("OpenIDConnect Provider not found for arn {arn}"))
            }
        }
    }
}
