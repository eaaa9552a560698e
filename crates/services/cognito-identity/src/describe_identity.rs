//! DescribeIdentity: shows an identity.

use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity::{Identity, IdentityDescription};
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of DescribeIdentity.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DescribeIdentityInput {
    /// The identity.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_id: String,
}

/// Shows an identity.
#[operation(signed, access = pool::access)]
pub(crate) fn describe_identity(
    cx: &mut Cx<'_>,
    input: DescribeIdentityInput,
) -> Result<IdentityDescription, Stop> {
    let identity: Option<Identity> = cx.world.get(&input.identity_id);
    let own = |i: &Identity| pool::account(&cx.world, &i.pool).as_ref() == Some(&cx.call.account);
    let identity = identity.filter(own).ok_or(Error::NoIdentity(input.identity_id))?;
    Ok(IdentityDescription::of(&identity))
}
