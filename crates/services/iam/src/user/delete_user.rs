//! DeleteUser: removes a user that holds nothing any more.

use crate::access;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteUser.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
}

/// Removes a user that holds nothing any more.
#[operation(signed, access = access::user)]
pub(crate) fn delete_user(cx: &mut Cx<'_>, input: DeleteUserRequest) -> Result<(), Stop> {
    let entity = entity::find(cx, EntityType::User, &input.user_name)?;
    entity.check_deletable(cx)?;
    cx.world.remove::<entity::Entity>(&entity.key());
    Ok(())
}
