//! DeleteUser: deletes the signed-in user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::auth::caller;
use crate::model::types::TokenModelType;
use crate::model::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserRequest {
    pub(crate) access_token: TokenModelType,
}

#[operation(access_token)]
pub(crate) fn delete_user(cx: &mut Cx<'_>, input: DeleteUserRequest) -> Result<(), Stop> {
    let _ = input;
    let (user, _) = caller::signed_in_user(cx)?;
    user::remove(&mut cx.world, &user);
    Ok(())
}
