//! UnlinkIdentity: takes logins away from an identity.

use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity::{self, Link};
use crate::login;
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of UnlinkIdentity.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UnlinkIdentityInput {
    /// The identity.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_id: String,
    /// Logins that prove who asks.
    #[shape(length = 0..=10, item_length = 1..=50_000)]
    pub(crate) logins: BTreeMap<String, String>,
    /// Providers to take away.
    pub(crate) logins_to_remove: Vec<String>,
}

/// Takes logins away from an identity.
#[operation(public)]
pub(crate) fn unlink_identity(cx: &mut Cx<'_>, input: UnlinkIdentityInput) -> Result<(), Stop> {
    let mut found = identity::find(cx, &input.identity_id)?;
    let pool = pool::find(cx, &found.pool)?;
    let logins = login::check(cx, &pool, Some(input.logins))?;
    if !logins.iter().any(|l| found.logins.get(&l.provider) == Some(&l.subject)) {
        return Err(Error::LoginsDoNotMatch.into());
    }
    for provider in input.logins_to_remove {
        if let Some(subject) = found.logins.remove(&provider) {
            cx.world.remove::<Link>(&identity::link_key(&found.pool, &provider, &subject));
        }
    }
    cx.world.put(&found);
    Ok(())
}
