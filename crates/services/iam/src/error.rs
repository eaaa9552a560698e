//! IAM's errors.

use cognitab_kernel::ApiError;

use crate::entity::EntityType;

/// An error of IAM.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    /// By its name.
    EntityNotFound(EntityType, String),
    /// By its name.
    EntityAlreadyExists(EntityType, String),
    /// AWS's message.
    InvalidInput(String),
    /// By its name, in an entity of this type.
    InlinePolicyNotFound(EntityType, String),
    /// The name of the entity, and the limit in characters.
    InlinePoliciesTooLarge(EntityType, String, usize),
    /// By its ARN.
    PolicyNotFound(String),
    /// By its ARN.
    PolicyNotAttachable(String),
    /// By its name.
    PolicyAlreadyExists(String),
    PolicyHasVersions,
    /// ARN and version id.
    PolicyVersionNotFound(String, String),
    PolicyVersionsExceeded,
    PolicyVersionIsDefault,
    /// AWS's message.
    MalformedPolicyDocument(String),
    /// By its id.
    AccessKeyNotFound(String),
    /// By its ARN.
    ProviderNotFound(String),
    /// By its URL, without `https://`.
    ProviderAlreadyExists(String),
    InvalidProviderUrl,
    InvalidMarker,
    /// What must be done first.
    DeleteConflict(&'static str),
    /// Name and value of the quota.
    QuotaExceeded(&'static str, usize),
}

impl From<Error> for ApiError {
    fn from(error: Error) -> ApiError {
        let not_found = |message: String| ApiError::new(404, "NoSuchEntity", message);
        let exists = |message: String| ApiError::new(409, "EntityAlreadyExists", message);
        let limit = |message: String| ApiError::new(409, "LimitExceeded", message);
        let conflict = |message: String| ApiError::new(409, "DeleteConflict", message);
        match error {
            Error::EntityNotFound(entity_type, name) => not_found(format!(
                "The {} with name {name} cannot be found.",
                entity_type.as_str()
            )),
            Error::EntityAlreadyExists(entity_type, name) => {
                exists(format!("{} with name {name} already exists.", entity_type.capitalized()))
            }
            Error::InvalidInput(message) => ApiError::new(400, "InvalidInput", message),
            Error::InlinePolicyNotFound(entity_type, name) => not_found(format!(
                "The {} policy with name {name} cannot be found.",
                entity_type.as_str()
            )),
            Error::InlinePoliciesTooLarge(entity_type, name, limit_bytes) => limit(format!(
                "Maximum policy size of {limit_bytes} bytes exceeded for {} {name}",
                entity_type.as_str()
            )),
            Error::PolicyNotFound(arn) => not_found(format!("Policy {arn} was not found.")),
            Error::PolicyNotAttachable(arn) => {
                not_found(format!("Policy {arn} does not exist or is not attachable."))
            }
            Error::PolicyAlreadyExists(name) => exists(format!(
                "A policy called {name} already exists. Duplicate names are not allowed."
            )),
            Error::PolicyHasVersions => conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.".to_owned(),
            ),
            Error::PolicyVersionNotFound(arn, id) => {
                not_found(format!("Policy {arn} version {id} does not exist or is not attachable."))
            }
            Error::PolicyVersionsExceeded => limit(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.".to_owned(),
            ),
            Error::PolicyVersionIsDefault => {
                conflict("Cannot delete the default version of a policy.".to_owned())
            }
            Error::MalformedPolicyDocument(message) => {
                ApiError::new(400, "MalformedPolicyDocument", message)
            }
            Error::AccessKeyNotFound(id) => {
                not_found(format!("The Access Key with id {id} cannot be found."))
            }
            Error::ProviderNotFound(arn) => {
                not_found(format!("OpenIDConnect Provider not found for arn {arn}"))
            }
            Error::ProviderAlreadyExists(url) => {
                exists(format!("Provider with url https://{url} already exists."))
            }
            Error::InvalidProviderUrl => {
                ApiError::new(400, "ValidationError", "Invalid Open ID Connect Provider URL")
            }
            Error::InvalidMarker => ApiError::new(400, "ValidationError", "Invalid Marker."),
            Error::DeleteConflict(first) => {
                conflict(format!("Cannot delete entity, must {first} first."))
            }
            Error::QuotaExceeded(name, value) => {
                limit(format!("Cannot exceed quota for {name}: {value}"))
            }
        }
    }
}
