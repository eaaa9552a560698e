//! DeleteUser: removes a user that holds nothing any more.

use super::access;
use super::entity::{self, Kind};
use crate::cx::Cx;
use crate::fault::Fault;
use crate::world::Row;
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
pub(crate) fn delete_user(cx: &mut Cx<'_>, input: DeleteUserRequest) -> Result<(), Fault> {
    let entity = entity::find(cx, Kind::User, &input.user_name)?;
    entity.check_empty(cx)?;
    cx.world.remove::<entity::Entity>(&entity.key());
    Ok(())
}
