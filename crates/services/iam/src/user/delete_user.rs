//! DeleteUser: deletes a user that has neither policies nor access keys.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::shapes::ExistingUserNameType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserRequest {
    user_name: ExistingUserNameType,
}

/// Deletes a user that has neither policies nor access keys.
#[operation(signed, access = access::user)]
pub(crate) fn delete_user(cx: &mut Cx<'_>, input: DeleteUserRequest) -> Result<(), Stop> {
    entity::delete(cx, EntityType::User, &input.user_name)
}
