//! The shapes of AWS's model that put constraints on a text, a number, a list or a map.

use std::collections::BTreeMap;
use std::ops::Deref;

use cognitab_macros::Shape;

use crate::pool::{CognitoIdentityProvider, MappingRule, RoleMapping};

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(name = "ARNString", length = 20..=2048)]
pub(crate) struct ArnString(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=15, pattern = r"\d+")]
pub(crate) struct AccountId(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=64, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
pub(crate) struct ClaimName(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128)]
pub(crate) struct ClaimValue(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w_]+")]
pub(crate) struct CognitoIdentityProviderClientId(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct CognitoIdentityProviderList(Vec<CognitoIdentityProvider>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w._:/-]+")]
pub(crate) struct CognitoIdentityProviderName(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w._-]+")]
pub(crate) struct DeveloperProviderName(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
pub(crate) struct IdentityId(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 1..=60)]
pub(crate) struct IdentityIdList(Vec<IdentityId>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
pub(crate) struct IdentityPoolId(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w\s+=,.@-]+")]
pub(crate) struct IdentityPoolName(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct IdentityPoolTagsType(BTreeMap<TagKeysType, TagValueType>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"[\w.;_/-]+")]
pub(crate) struct IdentityProviderId(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128)]
pub(crate) struct IdentityProviderName(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=50_000, sensitive)]
pub(crate) struct IdentityProviderToken(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=10)]
pub(crate) struct IdentityProviders(BTreeMap<IdentityProviderName, IdentityProviderId>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 1..=400)]
pub(crate) struct MappingRulesList(Vec<MappingRule>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
pub(crate) struct LoginsList(Vec<IdentityProviderName>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=10)]
pub(crate) struct LoginsMap(BTreeMap<IdentityProviderName, IdentityProviderToken>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(name = "OIDCProviderList")]
pub(crate) struct OidcProviderList(Vec<ArnString>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=65_535, pattern = r"[\S]+")]
pub(crate) struct PaginationKey(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(range = 1..=60)]
pub(crate) struct QueryLimit(i64);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=10)]
pub(crate) struct RoleMappingMap(BTreeMap<IdentityProviderName, RoleMapping>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128, pattern = r"(un)?authenticated")]
pub(crate) struct RoleType(String);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(length = 0..=2)]
pub(crate) struct RolesMap(BTreeMap<RoleType, ArnString>);

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(name = "SAMLProviderList")]
pub(crate) struct SamlProviderList(Vec<ArnString>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 1..=128)]
pub(crate) struct TagKeysType(String);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Shape)]
#[shape(length = 0..=256)]
pub(crate) struct TagValueType(String);

/// The items of a list; none if it is absent.
pub(crate) fn items<T>(list: Option<&impl Deref<Target = Vec<T>>>) -> &[T] {
    list.map_or(&[], |list| list.as_slice())
}
