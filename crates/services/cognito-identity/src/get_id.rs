//! GetId: returns the identity that the logins are linked to, or creates one.

use crate::shapes::{AccountId, IdentityPoolId, LoginsMap};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity;
use crate::login;
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdInput {
    /// Ignored: the pool determines the account.
    pub(crate) account_id: Option<AccountId>,
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) logins: Option<LoginsMap>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdResponse {
    pub(crate) identity_id: String,
}

#[operation(public)]
pub(crate) fn get_id(cx: &mut Cx<'_>, input: GetIdInput) -> Result<GetIdResponse, Stop> {
    let pool = pool::find(cx, &input.identity_pool_id)?;
    let logins = login::check(cx, &pool, input.logins.as_ref())?;
    if logins.is_empty() {
        if !pool.view.allow_unauthenticated_identities {
            return Err(Error::GuestAccessDisabled.into());
        }
        return Ok(GetIdResponse { identity_id: identity::create(cx, &pool).id });
    }
    let existing = logins.iter().find_map(|l| identity::of_login(cx, &input.identity_pool_id, l));
    let mut identity = match existing {
        Some(identity) => identity,
        None => identity::create(cx, &pool),
    };
    identity::link(cx, &mut identity, &logins)?;
    Ok(GetIdResponse { identity_id: identity.id })
}
