//! GlobalSignOut: ends all sign-ins of the signed-in user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::auth::caller;
use crate::model::types::TokenModelType;
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GlobalSignOutRequest {
    pub(crate) access_token: TokenModelType,
}

#[operation(access_token)]
pub(crate) fn global_sign_out(cx: &mut Cx<'_>, input: GlobalSignOutRequest) -> Result<(), Stop> {
    let _ = input;
    let (mut user, _) = caller::signed_in_user(cx)?;
    user.generation += 1;
    user::put(&mut cx.world, &user);
    Ok(())
}
