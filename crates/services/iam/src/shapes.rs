//! Shapes of IAM's model, with its constraints.

use cognitab_macros::Shape;

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "accessKeyIdType", length = 16..=128, pattern = r"[\w]+")]
pub(crate) struct AccessKeyIdType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 3..=128)]
pub(crate) struct ActionNameType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "arnType", length = 20..=2048)]
pub(crate) struct ArnType(String);

/// Without the pattern of the model, which would exclude the wildcards that the simulator takes.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=128)]
pub(crate) struct AttachmentName(String);

/// At most as many clients as the quota for a provider allows.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "clientIDListType", length = ..=100)]
pub(crate) struct ClientIDListType(Vec<ClientIDType>);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "clientIDType", length = 1..=255)]
pub(crate) struct ClientIDType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 5..=256)]
pub(crate) struct ContextKeyNameType(String);

/// The name of a user in operations that do not create or attach anything.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "existingUserNameType", length = 1..=128, pattern = r"[\w+=,.@-]+")]
pub(crate) struct ExistingUserNameType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "markerType", length = 1..=320, pattern = r"[\u0020-\u00FF]+")]
pub(crate) struct MarkerType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "maxItemsType", range = 1..=1000)]
pub(crate) struct MaxItemsType(i64);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=255)]
pub(crate) struct OpenIDConnectProviderUrlType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "pathPrefixType", length = 1..=512, pattern = r"\u002F[\u0021-\u007F]*")]
pub(crate) struct PathPrefixType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "pathType", length = 1..=512, pattern = r"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)")]
pub(crate) struct PathType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "policyDescriptionType", length = ..=1000)]
pub(crate) struct PolicyDescriptionType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(
    name = "policyDocumentType",
    length = 1..=131_072,
    pattern = r"[\u0009\u000A\u000D\u0020-\u00FF]+"
)]
pub(crate) struct PolicyDocumentType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "policyNameType", length = 1..=128, pattern = r"[\w+=,.@-]+")]
pub(crate) struct PolicyNameType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(
    name = "policyPathType",
    length = 1..=512,
    pattern = r"((/[A-Za-z0-9\.,\+@=_-]+)*)/"
)]
pub(crate) struct PolicyPathType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "policyVersionIdType", pattern = r"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?")]
pub(crate) struct PolicyVersionIdType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=64)]
pub(crate) struct ResourceHandlingOptionType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(length = 1..=2048)]
pub(crate) struct ResourceNameType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(
    name = "roleDescriptionType",
    length = ..=1000,
    pattern = r"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"
)]
pub(crate) struct RoleDescriptionType(String);

/// Seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "roleMaxSessionDurationType", range = 3600..=43_200)]
pub(crate) struct RoleMaxSessionDurationType(i64);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "roleNameType", length = 1..=64, pattern = r"[\w+=,.@-]+")]
pub(crate) struct RoleNameType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "tagKeyType", length = 1..=128, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
pub struct TagKeyType(String);

#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "tagValueType", length = 0..=256, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
pub struct TagValueType(String);

/// At most as many thumbprints as the quota for a provider allows.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "thumbprintListType", length = ..=5)]
pub(crate) struct ThumbprintListType(Vec<ThumbprintType>);

/// The SHA-1 hash of a certificate, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "thumbprintType", length = 40..=40)]
pub(crate) struct ThumbprintType(String);

/// The name of a user in operations that create or attach something.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
#[shape(name = "userNameType", length = 1..=64, pattern = r"[\w+=,.@-]+")]
pub(crate) struct UserNameType(String);
