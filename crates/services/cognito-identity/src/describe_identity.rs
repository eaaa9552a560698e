//! DescribeIdentity.

use crate::shapes::IdentityId;
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity::{Identity, IdentityDescription};
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeIdentityInput {
    pub(crate) identity_id: IdentityId,
}

#[operation(signed, access = pool::access)]
pub(crate) fn describe_identity(
    cx: &mut Cx<'_>,
    input: DescribeIdentityInput,
) -> Result<IdentityDescription, Stop> {
    let identity: Option<Identity> = cx.world.get(&input.identity_id);
    let own = |i: &Identity| pool::account(&cx.world, &i.pool).as_ref() == Some(&cx.call.account);
    let identity = identity.filter(own).ok_or(Error::NoIdentity(input.identity_id.into_inner()))?;
    Ok(IdentityDescription::of(&identity))
}
