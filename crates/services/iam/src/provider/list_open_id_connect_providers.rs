//! ListOpenIDConnectProviders: lists the ARNs of the account's identity providers.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::provider::OpenIdConnectProvider;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListOpenIDConnectProvidersResponse {
    #[shape(name = "OpenIDConnectProviderList")]
    providers: Vec<OpenIDConnectProviderListEntry>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct OpenIDConnectProviderListEntry {
    arn: String,
}

/// Lists the ARNs of the account's OpenID Connect identity providers.
#[operation(signed, name = "ListOpenIDConnectProviders", access = access::provider)]
pub(crate) fn list_open_id_connect_providers(
    cx: &mut Cx<'_>,
    _input: (),
) -> Result<ListOpenIDConnectProvidersResponse, Stop> {
    let all = cx.world.scan::<OpenIdConnectProvider>(&format!("{}/", cx.call.account));
    let providers = all.map(|one| OpenIDConnectProviderListEntry { arn: one.arn() }).collect();
    Ok(ListOpenIDConnectProvidersResponse { providers })
}
