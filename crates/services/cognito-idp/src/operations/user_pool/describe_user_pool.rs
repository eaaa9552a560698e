//! DescribeUserPool: shows a pool.

use cognitab_macros::{Shape, operation};

use crate::model::pool;
use crate::model::pool_description::{self, UserPoolType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DescribeUserPool.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolRequest {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+_[0-9a-zA-Z]+")]
    pub(crate) user_pool_id: String,
}

/// Output of DescribeUserPool.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeUserPoolResponse {
    /// The pool.
    pub(crate) user_pool: UserPoolType,
}

/// Shows a pool.
#[operation(signed, access = pool::access)]
pub(crate) fn describe_user_pool(
    cx: &mut Cx<'_>,
    input: DescribeUserPoolRequest,
) -> Result<DescribeUserPoolResponse, Stop> {
    let pool = pool::find(cx, &input.user_pool_id)?;
    Ok(DescribeUserPoolResponse { user_pool: pool_description::describe(cx, &pool) })
}
