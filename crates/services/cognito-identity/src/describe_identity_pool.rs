//! DescribeIdentityPool.

use crate::shapes::IdentityPoolId;
use cognitab_macros::{Shape, operation};

use crate::pool::{self, IdentityPool};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeIdentityPoolInput {
    pub(crate) identity_pool_id: IdentityPoolId,
}

#[operation(signed, access = pool::access)]
pub(crate) fn describe_identity_pool(
    cx: &mut Cx<'_>,
    input: DescribeIdentityPoolInput,
) -> Result<IdentityPool, Stop> {
    Ok(pool::find(cx, &input.identity_pool_id)?.view)
}
