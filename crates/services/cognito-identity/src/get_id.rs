//! GetId: the identity for which these logins speak, or a new guest.

use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity;
use crate::login;
use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of GetId.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdInput {
    /// Account; today's SDKs leave it out.
    #[shape(length = 1..=15, pattern = r"\d+")]
    pub(crate) account_id: Option<String>,
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
    /// Provider names to tokens.
    #[shape(length = 0..=10, item_length = 1..=50_000)]
    pub(crate) logins: Option<BTreeMap<String, String>>,
}

/// Output of GetId.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdResponse {
    /// The identity.
    pub(crate) identity_id: String,
}

/// Finds or makes an identity.
#[operation(public)]
pub(crate) fn get_id(cx: &mut Cx<'_>, input: GetIdInput) -> Result<GetIdResponse, Stop> {
    let pool = pool::find(cx, &input.identity_pool_id)?;
    let logins = login::check(cx, &pool, input.logins)?;
    if logins.is_empty() {
        if !pool.view.allow_unauthenticated_identities {
            return Err(Error::NoGuests.into());
        }
        return Ok(GetIdResponse { identity_id: identity::create(cx, &pool).id });
    }
    let known = logins.iter().find_map(|l| identity::of_login(cx, &input.identity_pool_id, l));
    let mut identity = match known {
        Some(identity) => identity,
        None => identity::create(cx, &pool),
    };
    identity::link(cx, &mut identity, &logins)?;
    Ok(GetIdResponse { identity_id: identity.id })
}
