//! CreateOpenIDConnectProvider: makes an outside issuer of ID tokens known to the account.

use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::error::Error;
use crate::provider::row::Provider;
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;

/// Input of CreateOpenIDConnectProvider.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateOpenIDConnectProviderRequest {
    /// Issuer, beginning with `https://`.
    #[shape(length = 1..=255)]
    pub(crate) url: String,
    /// Audiences.
    #[shape(name = "ClientIDList", length = 0..=100, item_length = 1..=255)]
    pub(crate) client_id_list: Option<Vec<String>>,
    /// Thumbprints of the issuer's certificates.
    #[shape(length = 0..=5, item_length = 40..=40)]
    pub(crate) thumbprint_list: Option<Vec<String>>,
}

/// Output of CreateOpenIDConnectProvider.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateOpenIDConnectProviderResponse {
    /// ARN of the new provider.
    #[shape(name = "OpenIDConnectProviderArn")]
    pub(crate) arn: String,
}

/// Makes an outside issuer of ID tokens known to the account.
#[operation(signed, name = "CreateOpenIDConnectProvider", access = access::provider)]
pub(crate) fn create_open_id_connect_provider(
    cx: &mut Cx<'_>,
    input: CreateOpenIDConnectProviderRequest,
) -> Result<CreateOpenIDConnectProviderResponse, Stop> {
    let host = input.url.strip_prefix("https://").ok_or(Error::InvalidProviderUrl)?;
    let provider = Provider {
        account: cx.call.account.clone(),
        url: host.trim_end_matches('/').to_owned(),
        clients: input.client_id_list.unwrap_or_default(),
        thumbprints: input.thumbprint_list.unwrap_or_default(),
        created: Timestamp(cx.now),
    };
    if cx.world.has::<Provider>(&provider.key()) {
        return Err(Error::ProviderAlreadyExists(provider.url).into());
    }
    cx.world.put(&provider);
    Ok(CreateOpenIDConnectProviderResponse { arn: provider.arn() })
}
