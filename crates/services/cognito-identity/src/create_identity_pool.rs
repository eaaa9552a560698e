//! CreateIdentityPool: makes a pool.

use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};

use crate::pool::{self, CognitoIdentityProvider, IdentityPool, Pool};
use crate::pool_token;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of CreateIdentityPool.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateIdentityPoolInput {
    /// Name.
    #[shape(length = 1..=128, pattern = r"[\w\s+=,.@-]+")]
    pub(crate) identity_pool_name: String,
    /// Whether guests are let in.
    pub(crate) allow_unauthenticated_identities: bool,
    /// Whether GetOpenIdToken may be used.
    pub(crate) allow_classic_flow: Option<bool>,
    /// Public providers: host to application id.
    #[shape(length = 0..=10, item_length = 1..=128)]
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

/// Makes a pool.
#[operation(signed, access = pool::access)]
pub(crate) fn create_identity_pool(
    cx: &mut Cx<'_>,
    input: CreateIdentityPoolInput,
) -> Result<IdentityPool, Stop> {
    pool_token::prepare(cx)?;
    let view = IdentityPool {
        identity_pool_id: format!("{}:{}", cx.call.region, cx.random.uuid()),
        identity_pool_name: input.identity_pool_name,
        allow_unauthenticated_identities: input.allow_unauthenticated_identities,
        allow_classic_flow: input.allow_classic_flow,
        supported_login_providers: input.supported_login_providers,
        developer_provider_name: input.developer_provider_name,
        open_id_connect_provider_arns: input.open_id_connect_provider_arns,
        cognito_identity_providers: input.cognito_identity_providers,
        saml_provider_arns: input.saml_provider_arns,
        identity_pool_tags: input.identity_pool_tags,
    };
    pool::check(&view)?;
    cx.world.put(&Pool {
        account: cx.call.account.clone(),
        region: cx.call.region.clone(),
        view: view.clone(),
        roles: BTreeMap::new(),
        role_mappings: BTreeMap::new(),
    });
    Ok(view)
}
