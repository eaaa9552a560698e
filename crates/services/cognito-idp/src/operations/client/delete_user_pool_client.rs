//! DeleteUserPoolClient: deletes an app client.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::client::{self, UserPoolClientType};
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPoolClientRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
}

#[operation(signed, access = pool::access)]
pub(crate) fn delete_user_pool_client(
    cx: &mut Cx<'_>,
    input: DeleteUserPoolClientRequest,
) -> Result<(), Stop> {
    let client = client::find_in_pool(cx, &input.user_pool_id, &input.client_id)?;
    cx.world.remove::<UserPoolClientType>(&client.client_id);
    Ok(())
}
