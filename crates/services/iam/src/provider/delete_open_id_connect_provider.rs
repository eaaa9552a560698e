//! DeleteOpenIDConnectProvider: forgets an outside issuer.

use crate::access;
use crate::error::Error;
use crate::provider::row::{self, Provider};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteOpenIDConnectProvider.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteOpenIDConnectProviderRequest {
    /// The provider.
    #[shape(name = "OpenIDConnectProviderArn", length = 20..=2048)]
    pub(crate) arn: String,
}

/// Forgets an outside issuer.
#[operation(signed, name = "DeleteOpenIDConnectProvider", access = access::provider)]
pub(crate) fn delete_open_id_connect_provider(
    cx: &mut Cx<'_>,
    input: DeleteOpenIDConnectProviderRequest,
) -> Result<(), Stop> {
    let provider = row::by_arn(&cx.world, &input.arn).ok_or(Error::ProviderNotFound(input.arn))?;
    cx.world.remove::<Provider>(&provider.key());
    Ok(())
}
