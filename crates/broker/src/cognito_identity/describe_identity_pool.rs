//! DescribeIdentityPool: shows the settings of a pool.

use cognitab_macros::{Shape, operation};

use super::pool::{self, IdentityPool};
use crate::cx::Cx;
use crate::fault::Fault;

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
) -> Result<IdentityPool, Fault> {
    Ok(pool::find(cx, &input.identity_pool_id)?.view)
}
