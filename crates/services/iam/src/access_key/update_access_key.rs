//! UpdateAccessKey: activates or deactivates an access key of a user.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::access_key::{self, Status};
use crate::shapes::{AccessKeyIdType, ExistingUserNameType};
use crate::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateAccessKeyRequest {
    /// By default the caller.
    user_name: Option<ExistingUserNameType>,
    access_key_id: AccessKeyIdType,
    status: Status,
}

/// Activates or deactivates an access key of a user.
#[operation(signed, access = access::user)]
pub(crate) fn update_access_key(
    cx: &mut Cx<'_>,
    input: UpdateAccessKeyRequest,
) -> Result<(), Stop> {
    let user = user::find_or_caller(cx, input.user_name.as_ref())?;
    let mut key = access_key::find(cx, &user, &input.access_key_id)?;
    key.inactive = input.status == Status::Inactive;
    cx.world.put(&key);
    Ok(())
}
