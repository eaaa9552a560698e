//! GetOpenIDConnectProvider: describes an outside issuer.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::error::Error;
use crate::provider::row;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of GetOpenIDConnectProvider.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIDConnectProviderRequest {
    /// The provider.
    #[shape(name = "OpenIDConnectProviderArn", length = 20..=2048)]
    pub(crate) arn: String,
}

/// Output of GetOpenIDConnectProvider.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIDConnectProviderResponse {
    /// Issuer without its scheme.
    pub(crate) url: String,
    /// Audiences.
    #[shape(name = "ClientIDList")]
    pub(crate) client_id_list: Vec<String>,
    /// Thumbprints.
    pub(crate) thumbprint_list: Vec<String>,
    /// When it was made.
    pub(crate) create_date: Timestamp,
}

/// Describes an outside issuer.
#[operation(signed, name = "GetOpenIDConnectProvider", access = access::provider)]
pub(crate) fn get_open_id_connect_provider(
    cx: &mut Cx<'_>,
    input: GetOpenIDConnectProviderRequest,
) -> Result<GetOpenIDConnectProviderResponse, Stop> {
    let provider = row::by_arn(&cx.world, &input.arn).ok_or(Error::ProviderNotFound(input.arn))?;
    Ok(GetOpenIDConnectProviderResponse {
        url: provider.url,
        client_id_list: provider.clients,
        thumbprint_list: provider.thumbprints,
        create_date: provider.created,
    })
}
