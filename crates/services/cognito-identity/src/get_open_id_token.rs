//! GetOpenIdToken: the basic flow. The caller takes the token to STS and names the role itself.

use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::identity;
use crate::login;
use crate::pool;
use crate::pool_token;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// The token lives ten minutes.
const SECONDS: i64 = 600;

/// Input of GetOpenIdToken.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIdTokenInput {
    /// The identity.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_id: String,
    /// Provider names to tokens.
    #[shape(length = 0..=10, item_length = 1..=50_000)]
    pub(crate) logins: Option<BTreeMap<String, String>>,
}

/// Output of GetOpenIdToken.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetOpenIdTokenResponse {
    /// The identity; after a merge another than the one asked for.
    pub(crate) identity_id: String,
    /// The token.
    pub(crate) token: String,
}

/// Issues an OpenID token for an identity.
#[operation(public)]
pub(crate) fn get_open_id_token(
    cx: &mut Cx<'_>,
    input: GetOpenIdTokenInput,
) -> Result<GetOpenIdTokenResponse, Stop> {
    let identity = identity::find(cx, &input.identity_id)?;
    let pool = pool::find(cx, &identity.pool)?;
    if pool.view.allow_classic_flow != Some(true) {
        return Err(Error::BasicDisabled.into());
    }
    if !pool.role_mappings.is_empty() {
        return Err(Error::BasicWithMappings.into());
    }
    let logins = login::check(cx, &pool, input.logins)?;
    let identity = identity::resolve(cx, &pool, identity, &logins)?;
    let token = pool_token::issue(cx, &pool, &identity, &logins, SECONDS)?;
    Ok(GetOpenIdTokenResponse { identity_id: identity.id, token })
}
