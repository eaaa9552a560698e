//! DeleteAccessKey: deletes an access key of a user.

use cognitab_kernel::{Cx, Key, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::access_key;
use crate::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteAccessKeyRequest {
    /// By default the caller.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    user_name: Option<String>,
    #[shape(length = 16..=128)]
    access_key_id: String,
}

/// Deletes an access key of a user.
#[operation(signed, access = access::user)]
pub(crate) fn delete_access_key(
    cx: &mut Cx<'_>,
    input: DeleteAccessKeyRequest,
) -> Result<(), Stop> {
    let user = user::find_or_caller(cx, input.user_name.as_deref())?;
    let key = access_key::find(cx, &user, &input.access_key_id)?;
    cx.world.remove::<Key>(&key.access_key_id);
    Ok(())
}
