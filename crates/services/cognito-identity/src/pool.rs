//! Identity pools.

use crate::shapes::{
    ArnString, ClaimName, ClaimValue, CognitoIdentityProviderClientId, CognitoIdentityProviderList,
    CognitoIdentityProviderName, DeveloperProviderName, IdentityPoolId, IdentityPoolName,
    IdentityPoolTagsType, IdentityProviders, MappingRulesList, OidcProviderList, PaginationKey,
    QueryLimit, RoleMappingMap, RolesMap, SamlProviderList, items,
};
use cognitab_macros::Shape;
use cognitab_wire::Value;
use cognitab_wire::arn::Arn;

use crate::error::Error;
use cognitab_kernel::Access;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_kernel::World;

/// An identity pool with its roles.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Pool {
    pub(crate) account: String,
    pub(crate) region: String,
    pub(crate) view: IdentityPool,
    pub(crate) roles: RolesMap,
    pub(crate) role_mappings: RoleMappingMap,
}

/// An identity pool as AWS returns it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct IdentityPool {
    /// `{region}:{uuid}`.
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) identity_pool_name: IdentityPoolName,
    pub(crate) allow_unauthenticated_identities: bool,
    /// Whether the basic (classic) flow is enabled.
    pub(crate) allow_classic_flow: Option<bool>,
    /// Public providers: host to app ID. Google has one client ID here; several need an OIDC provider
    /// of IAM.
    pub(crate) supported_login_providers: Option<IdentityProviders>,
    /// The provider name of developer-authenticated identities.
    pub(crate) developer_provider_name: Option<DeveloperProviderName>,
    /// OIDC providers of IAM.
    #[shape(name = "OpenIdConnectProviderARNs")]
    pub(crate) open_id_connect_provider_arns: Option<OidcProviderList>,
    pub(crate) cognito_identity_providers: Option<CognitoIdentityProviderList>,
    /// SAML providers of IAM.
    #[shape(name = "SamlProviderARNs")]
    pub(crate) saml_provider_arns: Option<SamlProviderList>,
    pub(crate) identity_pool_tags: Option<IdentityPoolTagsType>,
}

/// A user pool and an app client whose ID tokens the identity pool accepts.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct CognitoIdentityProvider {
    /// `cognito-idp.{region}.amazonaws.com/{userPoolId}`.
    pub(crate) provider_name: Option<CognitoIdentityProviderName>,
    pub(crate) client_id: Option<CognitoIdentityProviderClientId>,
    /// Whether tokens that the user pool revoked are refused.
    pub(crate) server_side_token_check: Option<bool>,
}

/// How the role of a provider's users is selected.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct RoleMapping {
    #[shape(name = "Type")]
    pub(crate) kind: RoleMappingType,
    /// What happens if neither the token nor a rule selects a role.
    pub(crate) ambiguous_role_resolution: Option<AmbiguousRoleResolutionType>,
    pub(crate) rules_configuration: Option<RulesConfigurationType>,
}

/// Where the role comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum RoleMappingType {
    /// The claims `cognito:roles` and `cognito:preferred_role`.
    Token,
    Rules,
}

/// What happens if no role is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum AmbiguousRoleResolutionType {
    AuthenticatedRole,
    Deny,
}

/// Rules, in the order in which they are evaluated.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct RulesConfigurationType {
    pub(crate) rules: MappingRulesList,
}

/// A rule that selects a role by a claim.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct MappingRule {
    pub(crate) claim: ClaimName,
    pub(crate) match_type: MappingRuleMatchType,
    pub(crate) value: ClaimValue,
    #[shape(name = "RoleARN")]
    pub(crate) role_arn: ArnString,
}

/// How a claim is compared with the rule's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum MappingRuleMatchType {
    Equals,
    Contains,
    StartsWith,
    NotEqual,
}

impl Row for Pool {
    const TABLE: &'static str = "cognito-identity.pool";
    fn key(&self) -> String {
        self.view.identity_pool_id.to_string()
    }
}

/// Finds a pool in any account and region, and makes them those of the call.
pub(crate) fn find(cx: &mut Cx<'_>, id: &str) -> Result<Pool, Stop> {
    let pool: Pool = cx.world.get(id).ok_or_else(|| Error::NoPool(id.to_owned()))?;
    cx.call.account = pool.account.clone();
    cx.call.region = pool.region.clone();
    Ok(pool)
}

/// The account of the pool of this ID.
pub fn account(world: &World, id: &str) -> Option<String> {
    world.get::<Pool>(id).map(|pool| pool.account)
}

/// The permission that an operation on a pool requires.
pub(crate) fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let id = input.text("IdentityPoolId");
    let id = if id.is_empty() { "*" } else { id };
    let resource = format!("identitypool/{id}");
    let arn = Arn::new(&cx.call.region, "cognito-identity", &cx.call.account, &resource);
    vec![Access { owner: account(&cx.world, id), ..Access::new(action, arn) }]
}

/// The quota of user pool providers per identity pool.
const MAX_USER_POOL_PROVIDERS: usize = 50;
/// The quota of tags per identity pool.
const MAX_TAGS: usize = 50;

/// The public providers that an identity pool can support.
const PUBLIC_PROVIDERS: [&str; 6] = [
    "accounts.google.com",
    "api.twitter.com",
    "appleid.apple.com",
    "graph.facebook.com",
    "www.amazon.com",
    "www.digits.com",
];

/// Checks what the schema does not express: which public providers exist, that user pools have a name
/// and a client, and the quotas.
pub(crate) fn check(view: &IdentityPool) -> Result<(), Stop> {
    let public = view.supported_login_providers.iter().flat_map(|providers| providers.keys());
    if let Some(other) = public.into_iter().find(|name| !PUBLIC_PROVIDERS.contains(&name.as_str()))
    {
        let message = format!("{other} is not a supported login provider.");
        return Err(Error::InvalidParameter(message).into());
    }
    let providers = items(view.cognito_identity_providers.as_ref());
    if providers.len() > MAX_USER_POOL_PROVIDERS {
        let message = "An identity pool can have up to 50 user pool providers.";
        return Err(Error::LimitExceeded(message).into());
    }
    if view.identity_pool_tags.as_ref().is_some_and(|tags| tags.len() > MAX_TAGS) {
        return Err(Error::LimitExceeded("An identity pool can have up to 50 tags.").into());
    }
    for provider in providers {
        if provider.provider_name.is_none() || provider.client_id.is_none() {
            let message =
                "ProviderName and ClientId must be given for a Cognito identity provider.";
            return Err(Error::InvalidParameter(message.to_owned()).into());
        }
    }
    Ok(())
}

/// A page of a list, and the token of the next page. The token is the number of items before it; an
/// invalid token returns the first page.
pub(crate) fn page<T>(
    all: impl Iterator<Item = T>,
    size: QueryLimit,
    token: Option<&PaginationKey>,
) -> (Vec<T>, Option<String>) {
    let from = token.and_then(|t| t.parse::<usize>().ok()).unwrap_or_default();
    let size = usize::try_from(*size).unwrap_or_default();
    let mut rest = all.skip(from).peekable();
    let items: Vec<T> = rest.by_ref().take(size).collect();
    let next = rest.peek().map(|_| (from + size).to_string());
    (items, next)
}
