//! The shapes of AWS's model that put constraints on a text, a number or a list.
#![allow(missing_docs, reason = "each is the shape of this name in AWS's model")]

use cognitab_macros::Shape;

use crate::assume_role::Tag;
use crate::session::PolicyDescriptor;

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 16..=128, pattern = r"[\w]*")]
pub struct AccessKeyIdType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 20..=2048, pattern = r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+")]
pub struct ArnType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 4..=20_000, sensitive)]
pub struct ClientTokenType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=10_240)]
pub struct EncodedMessageType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 2..=1224, pattern = r"[\w+=,.@:\/-]*")]
pub struct ExternalIdType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=10)]
pub struct PolicyDescriptorListType(Vec<PolicyDescriptor>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 900..=43_200)]
pub struct RoleDurationSecondsType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 2..=64, pattern = r"[\w+=,.@-]*")]
pub struct RoleSessionNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=2048, pattern = r"[\u0009\u000A\u000D\u0020-\u00FF]+")]
pub struct SessionPolicyDocumentType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 2..=256, pattern = r"[\w+=,.@-]*")]
pub struct SourceIdentityType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=50)]
pub struct TagKeyListType(Vec<TagKeyType>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
pub struct TagKeyType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=50)]
pub struct TagListType(Vec<Tag>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=256, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
pub struct TagValueType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=usize::MAX, pattern = r"[\u0009\u000A\u000D\u0020-\u00FF]+")]
pub struct UnrestrictedSessionPolicyDocumentType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 4..=2048)]
pub struct UrlType(String);
