//! UnlinkIdentity.

use crate::shapes::{IdentityId, LoginsList, LoginsMap};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity::{self, Link};
use crate::login;
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct UnlinkIdentityInput {
    pub(crate) identity_id: IdentityId,
    /// Logins that authenticate the caller.
    pub(crate) logins: LoginsMap,
    pub(crate) logins_to_remove: LoginsList,
}

#[operation(public)]
pub(crate) fn unlink_identity(cx: &mut Cx<'_>, input: UnlinkIdentityInput) -> Result<(), Stop> {
    let mut found = identity::find(cx, &input.identity_id)?;
    let pool = pool::find(cx, &found.pool)?;
    let logins = login::check(cx, &pool, Some(&input.logins))?;
    if !logins.iter().any(|l| found.logins.get(&l.provider) == Some(&l.subject)) {
        return Err(Error::LoginsDoNotMatch.into());
    }
    for provider in input.logins_to_remove.iter() {
        if let Some(subject) = found.logins.remove(provider.as_str()) {
            cx.world.remove::<Link>(&identity::link_key(&found.pool, provider, &subject));
        }
    }
    cx.world.put(&found);
    Ok(())
}
