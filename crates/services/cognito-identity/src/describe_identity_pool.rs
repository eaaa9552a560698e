//! DescribeIdentityPool: shows the settings of a pool.

use cognitab_macros::{Shape, operation};

use crate::pool::{self, IdentityPool};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DescribeIdentityPool.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeIdentityPoolInput {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
}

/// Shows the settings of a pool.
#[operation(signed, access = pool::access)]
pub(crate) fn describe_identity_pool(
    cx: &mut Cx<'_>,
    input: DescribeIdentityPoolInput,
) -> Result<IdentityPool, Stop> {
    Ok(pool::find(cx, &input.identity_pool_id)?.view)
}
