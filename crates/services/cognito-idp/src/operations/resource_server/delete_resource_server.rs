//! DeleteResourceServer: forgets an API; its scopes are given out no more.

use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::model::pool;
use crate::model::resource_server::{self, ResourceServerType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DeleteResourceServer.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteResourceServerRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// Its identifier, which may be a URL.
    #[shape(length = 1..=256, pattern = r"[\x21\x23-\x5B\x5D-\x7E]+")]
    pub(crate) identifier: String,
}

/// Forgets an API; its scopes are given out no more.
#[operation(signed, access = pool::access)]
pub(crate) fn delete_resource_server(
    cx: &mut Cx<'_>,
    input: DeleteResourceServerRequest,
) -> Result<(), Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    let key = resource_server::key(&pool.id, &input.identifier);
    if cx.world.remove::<ResourceServerType>(&key) {
        Ok(())
    } else {
        Err(Error::ResourceServerNotFound.into())
    }
}
