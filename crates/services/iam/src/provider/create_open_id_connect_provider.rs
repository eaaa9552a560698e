//! CreateOpenIDConnectProvider: creates an identity provider for an external issuer.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::arn;
use crate::error::Error;
use crate::provider::OpenIdConnectProvider;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateOpenIDConnectProviderRequest {
    /// The issuer; it begins with `https://`.
    #[shape(length = 1..=255)]
    url: String,
    #[shape(name = "ClientIDList", length = 0..=100, item_length = 1..=255)]
    client_id_list: Option<Vec<String>>,
    #[shape(length = 0..=5, item_length = 40..=40)]
    thumbprint_list: Option<Vec<String>>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateOpenIDConnectProviderResponse {
    #[shape(name = "OpenIDConnectProviderArn")]
    arn: String,
}

/// Creates an identity provider for an external issuer.
#[operation(signed, name = "CreateOpenIDConnectProvider", access = access::provider)]
pub(crate) fn create_open_id_connect_provider(
    cx: &mut Cx<'_>,
    input: CreateOpenIDConnectProviderRequest,
) -> Result<CreateOpenIDConnectProviderResponse, Stop> {
    let url = input.url.strip_prefix("https://").ok_or(Error::InvalidProviderUrl)?;
    let provider = OpenIdConnectProvider {
        partition: arn::partition(cx),
        account: cx.call.account.clone(),
        url: url.trim_end_matches('/').to_owned(),
        clients: input.client_id_list.unwrap_or_default(),
        thumbprints: input.thumbprint_list.unwrap_or_default(),
        created: Timestamp(cx.now),
    };
    if cx.world.has::<OpenIdConnectProvider>(&provider.key()) {
        return Err(Error::ProviderAlreadyExists(provider.url).into());
    }
    cx.world.put(&provider);
    Ok(CreateOpenIDConnectProviderResponse { arn: provider.arn() })
}
