//! PutUserPermissionsBoundary: sets the permissions boundary of a user.

use crate::access;
use crate::entity::{self, EntityType};
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of PutUserPermissionsBoundary.
#[derive(Clone, Debug, Shape)]
pub(crate) struct PutUserPermissionsBoundaryRequest {
    /// The user.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: String,
    /// The managed policy.
    #[shape(length = 20..=2048)]
    pub(crate) permissions_boundary: String,
}

/// Sets the permissions boundary of a user.
#[operation(signed, access = access::user)]
pub(crate) fn put_user_permissions_boundary(
    cx: &mut Cx<'_>,
    input: PutUserPermissionsBoundaryRequest,
) -> Result<(), Stop> {
    let mut entity = entity::find(cx, EntityType::User, &input.user_name)?;
    managed_policy::check_attachable(cx, &input.permissions_boundary)?;
    entity.boundary = Some(input.permissions_boundary);
    cx.world.put(&entity);
    Ok(())
}
