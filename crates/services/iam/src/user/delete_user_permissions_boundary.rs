//! DeleteUserPermissionsBoundary: removes the permissions boundary of a user.

use crate::access;
use crate::entity::{self, EntityType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteUserPermissionsBoundary.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteUserPermissionsBoundaryRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
}

/// Removes the permissions boundary of a user.
#[operation(signed, access = access::user)]
pub(crate) fn delete_user_permissions_boundary(
    cx: &mut Cx<'_>,
    input: DeleteUserPermissionsBoundaryRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::User, &input.user_name)?;
    entity.boundary = None;
    cx.world.put(&entity);
    Ok(())
}
