//! CreateOpenIDConnectProvider: creates an identity provider for an external issuer.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::arn;
use crate::error::Error;
use crate::provider::OpenIdConnectProvider;
use crate::shapes::{
    ClientIDListType, ClientIDType, OpenIDConnectProviderUrlType, ThumbprintListType,
    ThumbprintType,
};

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateOpenIDConnectProviderRequest {
    /// The issuer; it begins with `https://`.
    url: OpenIDConnectProviderUrlType,
    #[shape(name = "ClientIDList")]
    client_id_list: Option<ClientIDListType>,
    thumbprint_list: Option<ThumbprintListType>,
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
    let clients = input.client_id_list.map(ClientIDListType::into_inner).into_iter();
    let thumbprints = input.thumbprint_list.map(ThumbprintListType::into_inner).into_iter();
    let provider = OpenIdConnectProvider {
        partition: arn::partition(cx),
        account: cx.call.account.clone(),
        url: url.trim_end_matches('/').to_owned(),
        clients: clients.flatten().map(ClientIDType::into_inner).collect(),
        thumbprints: thumbprints.flatten().map(ThumbprintType::into_inner).collect(),
        created: Timestamp(cx.now),
    };
    if cx.world.has::<OpenIdConnectProvider>(&provider.key()) {
        return Err(Error::ProviderAlreadyExists(provider.url).into());
    }
    cx.world.put(&provider);
    Ok(CreateOpenIDConnectProviderResponse { arn: provider.arn() })
}
