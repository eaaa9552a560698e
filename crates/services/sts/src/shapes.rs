//! The shapes of AWS's model that put constraints on a text, a number or a list.
#![allow(missing_docs, reason = "each is the shape of this name in AWS's model")]

use cognitab_macros::Shape;

use crate::assume_role::Tag;
use crate::session::PolicyDescriptorType;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "accessKeyIdType", length = 16..=128, pattern = r"[\w]*")]
pub struct AccessKeyIdType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "arnType", length = 20..=2048, pattern = r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")]
pub struct ArnType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "clientTokenType", length = 4..=20_000, sensitive)]
pub struct ClientTokenType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "encodedMessageType", length = 1..=10_240)]
pub struct EncodedMessageType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "externalIdType", length = 2..=1224, pattern = r"[\w+=,.@:\/-]*")]
pub struct ExternalIdType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "minimumSessionTokenSizeType", range = 0..=4096)]
pub struct MinimumSessionTokenSizeType(i64);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(name = "policyDescriptorListType")]
pub struct PolicyDescriptorListType(Vec<PolicyDescriptorType>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "roleDurationSecondsType", range = 900..=43_200)]
pub struct RoleDurationSecondsType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "roleSessionNameType", length = 2..=64, pattern = r"[\w+=,.@-]*")]
pub struct RoleSessionNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "serialNumberType", length = 9..=256, pattern = r"[\w+=/:,.@-]*")]
pub struct SerialNumberType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "sessionPolicyDocumentType", length = 1..=2048, pattern = r"[\u0009\u000A\u000D\u0020-\u00FF]+")]
pub struct SessionPolicyDocumentType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "sourceIdentityType", length = 2..=256, pattern = r"[\w+=,.@-]*")]
pub struct SourceIdentityType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(name = "tagKeyListType", length = 0..=50)]
pub struct TagKeyListType(Vec<TagKeyType>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "tagKeyType", length = 1..=128, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
pub struct TagKeyType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(name = "tagListType", length = 0..=50)]
pub struct TagListType(Vec<Tag>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "tagValueType", length = 0..=256, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
pub struct TagValueType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "tokenCodeType", length = 6..=6, pattern = r"[\d]*")]
pub struct TokenCodeType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "unrestrictedSessionPolicyDocumentType", length = 1..=usize::MAX, pattern = r"[\u0009\u000A\u000D\u0020-\u00FF]+")]
pub struct UnrestrictedSessionPolicyDocumentType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "urlType", length = 4..=2048)]
pub struct UrlType(String);
