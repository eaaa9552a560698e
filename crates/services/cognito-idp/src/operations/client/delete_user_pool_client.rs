//! DeleteUserPoolClient: deletes an app client.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::client::{self, UserPoolClientType};
use crate::model::pool;
use crate::model::types::{ClientIdType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPoolClientRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) client_id: ClientIdType,
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
