//! GetOpenIdToken: the basic flow, in which the caller passes the token to STS and selects the role.

use crate::shapes::{IdentityId, LoginsMap};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity;
use crate::login;
use crate::pool;
use crate::pool_token;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Lifetime of the token in seconds.
const SECONDS: i64 = 600;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIdTokenInput {
    pub(crate) identity_id: IdentityId,
    pub(crate) logins: Option<LoginsMap>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIdTokenResponse {
    /// The identity, which a merge may have replaced.
    pub(crate) identity_id: String,
    pub(crate) token: String,
}

#[operation(public)]
pub(crate) fn get_open_id_token(
    cx: &mut Cx<'_>,
    input: GetOpenIdTokenInput,
) -> Result<GetOpenIdTokenResponse, Stop> {
    let identity = identity::find(cx, &input.identity_id)?;
    let pool = pool::find(cx, &identity.pool)?;
    if pool.view.allow_classic_flow != Some(true) {
        return Err(Error::BasicFlowDisabled.into());
    }
    if !pool.role_mappings.is_empty() {
        return Err(Error::BasicFlowWithMappings.into());
    }
    let logins = login::check(cx, &pool, input.logins.as_ref())?;
    let identity = identity::resolve(cx, &pool, identity, &logins)?;
    let token = pool_token::issue(cx, &pool, &identity, &logins, SECONDS)?;
    Ok(GetOpenIdTokenResponse { identity_id: identity.id, token })
}
