//! GetOpenIDConnectProvider: returns an identity provider.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::provider;
use crate::shapes::ArnType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIDConnectProviderRequest {
    #[shape(name = "OpenIDConnectProviderArn")]
    arn: ArnType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIDConnectProviderResponse {
    /// The issuer, without `https://`.
    url: String,
    #[shape(name = "ClientIDList")]
    client_id_list: Vec<String>,
    thumbprint_list: Vec<String>,
    create_date: Timestamp,
}

/// Returns an identity provider.
#[operation(signed, name = "GetOpenIDConnectProvider", access = access::provider)]
pub(crate) fn get_open_id_connect_provider(
    cx: &mut Cx<'_>,
    input: GetOpenIDConnectProviderRequest,
) -> Result<GetOpenIDConnectProviderResponse, Stop> {
    let provider = provider::find(&cx.world, &input.arn)?;
    Ok(GetOpenIDConnectProviderResponse {
        url: provider.url,
        client_id_list: provider.clients,
        thumbprint_list: provider.thumbprints,
        create_date: provider.created,
    })
}
