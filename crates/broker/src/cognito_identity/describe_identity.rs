//! DescribeIdentity: shows an identity.

use cognitab_macros::{Shape, operation};

use super::error::Error;
use super::identity::{Identity, IdentityDescription};
use super::pool;
use crate::cx::Cx;
use crate::fault::Fault;

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
) -> Result<IdentityDescription, Fault> {
    let identity: Option<Identity> = cx.world.get(&input.identity_id);
    let own = |i: &Identity| pool::account(&cx.world, &i.pool).as_ref() == Some(&cx.account);
    let identity = identity.filter(own).ok_or(Error::NoIdentity(input.identity_id))?;
    Ok(IdentityDescription::of(&identity))
}
