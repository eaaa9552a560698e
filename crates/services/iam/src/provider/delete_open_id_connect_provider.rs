//! DeleteOpenIDConnectProvider: deletes an identity provider.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::provider::{self, OpenIdConnectProvider};
use crate::shapes::ArnType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteOpenIDConnectProviderRequest {
    #[shape(name = "OpenIDConnectProviderArn")]
    arn: ArnType,
}

/// Deletes an identity provider. Roles that trust it can no longer be assumed with its tokens.
#[operation(signed, name = "DeleteOpenIDConnectProvider", access = access::provider)]
pub(crate) fn delete_open_id_connect_provider(
    cx: &mut Cx<'_>,
    input: DeleteOpenIDConnectProviderRequest,
) -> Result<(), Stop> {
    let provider = provider::find(&cx.world, &input.arn)?;
    cx.world.remove::<OpenIdConnectProvider>(&provider.key());
    Ok(())
}
