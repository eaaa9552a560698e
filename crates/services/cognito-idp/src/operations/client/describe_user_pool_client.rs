//! DescribeUserPoolClient: returns an app client with its secret.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::client;
use crate::model::client_settings::UserPoolClientResponse;
use crate::model::pool;
use crate::model::types::{ClientIdType, UserPoolIdType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolClientRequest {
    pub(crate) user_pool_id: UserPoolIdType,
    pub(crate) client_id: ClientIdType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn describe_user_pool_client(
    cx: &mut Cx<'_>,
    input: DescribeUserPoolClientRequest,
) -> Result<UserPoolClientResponse, Stop> {
    let client = client::find_in_pool(cx, &input.user_pool_id, &input.client_id)?;
    Ok(UserPoolClientResponse { user_pool_client: client })
}
