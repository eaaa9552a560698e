//! DeleteUserPoolClient: removes an application.

use cognitab_macros::{Shape, operation};

use crate::model::client::{self, UserPoolClientType};
use crate::model::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DeleteUserPoolClient.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPoolClientRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    /// The app client.
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
}

/// Removes an application.
#[operation(signed, access = pool::access)]
pub(crate) fn delete_user_pool_client(
    cx: &mut Cx<'_>,
    input: DeleteUserPoolClientRequest,
) -> Result<(), Stop> {
    let client = client::find_in_pool(cx, &input.user_pool_id, &input.client_id)?;
    cx.world.remove::<UserPoolClientType>(&client.client_id);
    Ok(())
}
