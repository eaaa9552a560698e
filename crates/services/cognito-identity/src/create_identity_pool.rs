//! CreateIdentityPool.

use crate::shapes::{
    CognitoIdentityProviderList, DeveloperProviderName, IdentityPoolName, IdentityPoolTagsType,
    IdentityProviders, OidcProviderList, RoleMappingMap, RolesMap, SamlProviderList,
};

use cognitab_macros::{Shape, operation};

use crate::pool::{self, IdentityPool, Pool};
use crate::pool_token;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateIdentityPoolInput {
    pub(crate) identity_pool_name: IdentityPoolName,
    pub(crate) allow_unauthenticated_identities: bool,
    pub(crate) allow_classic_flow: Option<bool>,
    pub(crate) supported_login_providers: Option<IdentityProviders>,
    pub(crate) developer_provider_name: Option<DeveloperProviderName>,
    #[shape(name = "OpenIdConnectProviderARNs")]
    pub(crate) open_id_connect_provider_arns: Option<OidcProviderList>,
    pub(crate) cognito_identity_providers: Option<CognitoIdentityProviderList>,
    #[shape(name = "SamlProviderARNs")]
    pub(crate) saml_provider_arns: Option<SamlProviderList>,
    pub(crate) identity_pool_tags: Option<IdentityPoolTagsType>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn create_identity_pool(
    cx: &mut Cx<'_>,
    input: CreateIdentityPoolInput,
) -> Result<IdentityPool, Stop> {
    pool_token::ensure_key(cx)?;
    let view = IdentityPool {
        identity_pool_id: format!("{}:{}", cx.call.region, cx.random.uuid()).into(),
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
        roles: RolesMap::default(),
        role_mappings: RoleMappingMap::default(),
    });
    Ok(view)
}
