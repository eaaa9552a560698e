//! DescribeUserPoolClient: returns an app client with its secret.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::client;
use crate::model::client_settings::UserPoolClientResponse;
use crate::model::pool;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolClientRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
}

#[operation(signed, access = pool::access)]
pub(crate) fn describe_user_pool_client(
    cx: &mut Cx<'_>,
    input: DescribeUserPoolClientRequest,
) -> Result<UserPoolClientResponse, Stop> {
    let client = client::find_in_pool(cx, &input.user_pool_id, &input.client_id)?;
    Ok(UserPoolClientResponse { user_pool_client: client })
}
