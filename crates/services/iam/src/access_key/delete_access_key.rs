//! DeleteAccessKey: deletes an access key of a user.

use cognitab_kernel::{Cx, Key, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::access_key;
use crate::shapes::{AccessKeyIdType, ExistingUserNameType};
use crate::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteAccessKeyRequest {
    /// By default the caller.
    user_name: Option<ExistingUserNameType>,
    access_key_id: AccessKeyIdType,
}

/// Deletes an access key of a user.
#[operation(signed, access = access::user)]
pub(crate) fn delete_access_key(
    cx: &mut Cx<'_>,
    input: DeleteAccessKeyRequest,
) -> Result<(), Stop> {
    let user = user::find_or_caller(cx, input.user_name.as_ref())?;
    let key = access_key::find(cx, &user, &input.access_key_id)?;
    cx.world.remove::<Key>(&key.access_key_id);
    Ok(())
}
