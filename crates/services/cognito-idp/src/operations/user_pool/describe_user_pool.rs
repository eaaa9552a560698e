//! DescribeUserPool: describes a user pool.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::model::pool;
use crate::model::pool_description::{self, UserPoolType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolRequest {
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
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
