//! GlobalSignOut: ends every sign-in of the user of an access token.

use cognitab_macros::{Shape, operation};

use super::self_service;
use crate::cx::Cx;
use crate::fault::Fault;

/// Input of GlobalSignOut.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GlobalSignOutRequest {
    /// Access token.
    #[shape(pattern = r"[A-Za-z0-9-_=.]+", sensitive)]
    pub(crate) access_token: String,
}

/// Ends every sign-in of the user of an access token.
#[operation(access_token)]
pub(crate) fn global_sign_out(cx: &mut Cx<'_>, input: GlobalSignOutRequest) -> Result<(), Fault> {
    let _ = input;
    let (mut user, _) = self_service::caller(cx)?;
    user.generation += 1;
    cx.world.put(&user);
    Ok(())
}
