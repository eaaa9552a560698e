//! DescribeUserPool: describes a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::pool;
use crate::model::pool_description::{self, UserPoolType};
use crate::model::types::UserPoolIdType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolRequest {
    pub(crate) user_pool_id: UserPoolIdType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolResponse {
    pub(crate) user_pool: UserPoolType,
}

#[operation(signed, access = pool::access)]
pub(crate) fn describe_user_pool(
    cx: &mut Cx<'_>,
    input: DescribeUserPoolRequest,
) -> Result<DescribeUserPoolResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    Ok(DescribeUserPoolResponse { user_pool: pool_description::describe(cx, &pool) })
}
