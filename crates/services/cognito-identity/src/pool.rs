//! Identity pools.

use std::collections::BTreeMap;

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
    /// `authenticated` and `unauthenticated` to role ARNs.
    pub(crate) roles: BTreeMap<String, String>,
    pub(crate) role_mappings: BTreeMap<String, RoleMapping>,
}

/// An identity pool as AWS shows it.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct IdentityPool {
    /// `{region}:{uuid}`.
    pub(crate) identity_pool_id: String,
    /// Name.
    #[shape(length = 1..=128, pattern = r"[\w\s+=,.@-]+")]
    pub(crate) identity_pool_name: String,
    /// Whether guests are let in.
    pub(crate) allow_unauthenticated_identities: bool,
    /// Whether GetOpenIdToken may be used.
    pub(crate) allow_classic_flow: Option<bool>,
    /// Public providers: host to application id.
    #[shape(length = 0..=10)]
    pub(crate) supported_login_providers: Option<BTreeMap<String, String>>,
    /// Name under which a backend signs people in.
    #[shape(length = 1..=128, pattern = r"[\w._-]+")]
    pub(crate) developer_provider_name: Option<String>,
    /// OpenID Connect providers known to IAM.
    #[shape(name = "OpenIdConnectProviderARNs")]
    pub(crate) open_id_connect_provider_arns: Option<Vec<String>>,
    /// User pools.
    #[shape(length = 0..=50)]
    pub(crate) cognito_identity_providers: Option<Vec<CognitoIdentityProvider>>,
    /// SAML providers known to IAM.
    #[shape(name = "SamlProviderARNs")]
    pub(crate) saml_provider_arns: Option<Vec<String>>,
    /// Tags.
    #[shape(length = 0..=50)]
    pub(crate) identity_pool_tags: Option<BTreeMap<String, String>>,
}

/// A client of a user pool whose ID tokens are accepted.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct CognitoIdentityProvider {
    /// `cognito-idp.{region}.amazonaws.com/{userPoolId}`.
    #[shape(length = 1..=128, pattern = r"[\w._:/-]+")]
    pub(crate) provider_name: Option<String>,
    /// The client.
    #[shape(length = 1..=128, pattern = r"[\w_]+")]
    pub(crate) client_id: Option<String>,
    /// Whether the user pool is asked if the session still stands.
    pub(crate) server_side_token_check: Option<bool>,
}

/// How the role of a provider's users is chosen.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct RoleMapping {
    /// By the token or by rules.
    #[shape(name = "Type")]
    pub(crate) kind: MappingType,
    /// What happens if neither says.
    pub(crate) ambiguous_role_resolution: Option<AmbiguousRoleResolution>,
    /// The rules.
    pub(crate) rules_configuration: Option<RulesConfiguration>,
}

/// Where a role comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum MappingType {
    /// `cognito:roles` and `cognito:preferred_role`.
    Token,
    /// The first rule that matches.
    Rules,
}

/// What happens if no role is clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum AmbiguousRoleResolution {
    /// The default role.
    AuthenticatedRole,
    /// None.
    Deny,
}

/// Rules in the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct RulesConfiguration {
    /// The rules.
    #[shape(length = 1..=400)]
    pub(crate) rules: Vec<MappingRule>,
}

/// A claim that leads to a role.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct MappingRule {
    /// The claim.
    #[shape(length = 1..=64, pattern = r"[\p{L}\p{M}\p{S}\p{N}\p{P}]+")]
    pub(crate) claim: String,
    /// How it is compared.
    pub(crate) match_type: MatchType,
    /// With what.
    #[shape(length = 1..=128)]
    pub(crate) value: String,
    /// The role.
    #[shape(name = "RoleARN", length = 20..=2048)]
    pub(crate) role_arn: String,
}

/// How a claim is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum MatchType {
    /// The same.
    Equals,
    /// Part of it.
    Contains,
    /// Its beginning.
    StartsWith,
    /// Another.
    NotEqual,
}

impl Row for Pool {
    const TABLE: &'static str = "cognito-identity.pool";
    fn key(&self) -> String {
        self.view.identity_pool_id.clone()
    }
}

/// The pool of this id, wherever it is; account and region of the call become the pool's.
pub(crate) fn find(cx: &mut Cx<'_>, id: &str) -> Result<Pool, Stop> {
    let pool: Pool = cx.world.get(id).ok_or_else(|| Error::NoPool(id.to_owned()))?;
    cx.call.account = pool.account.clone();
    cx.call.region = pool.region.clone();
    Ok(pool)
}

/// Account of the pool of this id.
pub fn account(world: &World, id: &str) -> Option<String> {
    world.get::<Pool>(id).map(|pool| pool.account)
}

/// What an operation on a pool needs: its action on the pool's ARN.
pub(crate) fn access(cx: &Cx<'_>, input: &Value, action: &str) -> Vec<Access> {
    let id = input.text("IdentityPoolId");
    let id = if id.is_empty() { "*" } else { id };
    let resource = format!("identitypool/{id}");
    let arn = Arn::new(&cx.call.region, "cognito-identity", &cx.call.account, &resource);
    vec![Access { owner: account(&cx.world, id), ..Access::new(action, arn) }]
}

/// Refuses what the schema cannot: a pool needs complete providers.
pub(crate) fn check(view: &IdentityPool) -> Result<(), Stop> {
    for provider in view.cognito_identity_providers.iter().flatten() {
        if provider.provider_name.is_none() || provider.client_id.is_none() {
            let message =
                "ProviderName and ClientId must be given for a Cognito identity provider.";
            return Err(Error::Parameter(message.to_owned()).into());
        }
    }
    Ok(())
}

/// A page of a list, and the token of the next one. A token counts items; one that cannot be read
/// begins anew.
pub(crate) fn page<T>(
    all: impl Iterator<Item = T>,
    size: i64,
    token: Option<String>,
) -> (Vec<T>, Option<String>) {
    let from = token.and_then(|t| t.parse::<usize>().ok()).unwrap_or_default();
    let size = usize::try_from(size).unwrap_or_default();
    let mut rest = all.skip(from).peekable();
    let items: Vec<T> = rest.by_ref().take(size).collect();
    let next = rest.peek().map(|_| (from + size).to_string());
    (items, next)
}
