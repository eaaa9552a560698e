//! ListOpenIDConnectProviders: lists the outside issuers of the account.

use cognitab_macros::{Shape, operation};

use crate::access;
use crate::provider::row::Provider;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Output of ListOpenIDConnectProviders.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListOpenIDConnectProvidersResponse {
    /// ARNs.
    #[shape(name = "OpenIDConnectProviderList")]
    pub(crate) providers: Vec<Entry>,
}

/// One provider in the list.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Entry {
    /// Its ARN.
    pub(crate) arn: String,
}

/// Lists the outside issuers of the account.
#[operation(signed, name = "ListOpenIDConnectProviders", access = access::provider)]
pub(crate) fn list_open_id_connect_providers(
    cx: &mut Cx<'_>,
    _input: (),
) -> Result<ListOpenIDConnectProvidersResponse, Stop> {
    let all = cx.world.scan::<Provider>(&format!("{}/", cx.call.account));
    let providers = all.map(|p| Entry { arn: p.arn() }).collect();
    Ok(ListOpenIDConnectProvidersResponse { providers })
}
