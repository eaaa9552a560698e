//! The shapes of AWS's model that put constraints on a text, a number or a list.

use std::collections::BTreeMap;
use std::ops::Deref;

use cognitab_macros::Shape;

use crate::model::client::OAuthFlowType;
use crate::model::resource_server::ResourceServerScopeType;
use crate::model::schema::SchemaAttributeType;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 1..=86_400)]
pub(crate) struct AccessTokenValidityType(i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 0..=365)]
pub(crate) struct AdminCreateUserUnusedAccountValidityDaysType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 20..=2048, pattern = r"arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?")]
pub(crate) struct ArnType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=32, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
pub(crate) struct AttributeNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=2048, sensitive)]
pub(crate) struct AttributeValueType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(sensitive)]
pub(crate) struct AuthParametersType(BTreeMap<String, String>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 3..=15)]
pub(crate) struct AuthSessionValidityType(i64);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=100)]
pub(crate) struct CallbackURLsListType(Vec<RedirectUrlType>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(sensitive)]
pub(crate) struct ChallengeResponsesType(BTreeMap<String, String>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
pub(crate) struct ClientIdType(String);

/// Data of the client for Lambda functions.
#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct ClientMetadataType(BTreeMap<String, String>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w\s+=,.@-]+")]
pub(crate) struct ClientNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=2048)]
pub(crate) struct ClientPermissionType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 24..=64, pattern = r"[\w+]+", sensitive)]
pub(crate) struct ClientSecretType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=2048, pattern = r"[\S]+")]
pub(crate) struct ConfirmationCodeType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=20, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
pub(crate) struct CustomAttributeNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=2048)]
pub(crate) struct DescriptionType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=63, pattern = r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")]
pub(crate) struct DomainType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 6..=20_000)]
pub(crate) struct EmailInviteMessageType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 6..=20_000)]
pub(crate) struct EmailVerificationMessageType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=140)]
pub(crate) struct EmailVerificationSubjectType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
pub(crate) struct GroupNameType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 1..=86_400)]
pub(crate) struct IdTokenValidityType(i64);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=100)]
pub(crate) struct LogoutURLsListType(Vec<RedirectUrlType>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=3)]
pub(crate) struct OAuthFlowsType(Vec<OAuthFlowType>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=131_072, pattern = r"[\S]+")]
pub(crate) struct PaginationKey(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=131_072, pattern = r"[\S]+")]
pub(crate) struct PaginationKeyType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 6..=99)]
pub(crate) struct PasswordPolicyMinLengthType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=256, pattern = r"[\S]+", sensitive)]
pub(crate) struct PasswordType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 1..=60)]
pub(crate) struct PoolQueryLimitType(i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 0..=2_147_483_647)]
pub(crate) struct PrecedenceType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=32)]
pub(crate) struct ProviderNameType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 1..=60)]
pub(crate) struct QueryLimit(i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 0..=60)]
pub(crate) struct QueryLimitType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=1024, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
pub(crate) struct RedirectUrlType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 0..=315_360_000)]
pub(crate) struct RefreshTokenValidityType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=256, pattern = r"[\x21\x23-\x5B\x5D-\x7E]+")]
pub(crate) struct ResourceServerIdentifierType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=256, pattern = r"[\w\s+=,.@-]+")]
pub(crate) struct ResourceServerNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=256)]
pub(crate) struct ResourceServerScopeDescriptionType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=100)]
pub(crate) struct ResourceServerScopeListType(Vec<ResourceServerScopeType>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=256, pattern = r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+")]
pub(crate) struct ResourceServerScopeNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 1..=50)]
pub(crate) struct SchemaAttributesListType(Vec<SchemaAttributeType>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=50)]
pub(crate) struct ScopeListType(Vec<ScopeType>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=256)]
pub(crate) struct ScopeType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=131_072, pattern = r"[\S]+")]
pub(crate) struct SearchPaginationTokenType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w+=/]+", sensitive)]
pub(crate) struct SecretHashType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 20..=4096, sensitive)]
pub(crate) struct SessionType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 6..=140)]
pub(crate) struct SmsInviteMessageType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 6..=140)]
pub(crate) struct SmsVerificationMessageType(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 0..=365)]
pub(crate) struct TemporaryPasswordValidityDaysType(i64);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(pattern = r"[A-Za-z0-9-_=.]+", sensitive)]
pub(crate) struct TokenModelType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=256)]
pub(crate) struct UserFilterType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
pub(crate) struct UserPoolIdType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w\s+=,.@-]+")]
pub(crate) struct UserPoolNameType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+", sensitive)]
pub(crate) struct UsernameType(String);

/// The text of a member that may be absent.
pub(crate) fn text(member: &Option<impl Deref<Target = String>>) -> Option<&str> {
    member.as_deref().map(String::as_str)
}

/// The items of a list that may be absent.
pub(crate) fn items<T>(list: &Option<impl Deref<Target = Vec<T>>>) -> &[T] {
    list.as_deref().map_or(&[], Vec::as_slice)
}
