//! DeleteAccessKey: takes a key away from a user.

use crate::access;
use crate::access_key::key;
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Key;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of DeleteAccessKey.
#[derive(Clone, Debug, Shape)]
pub(crate) struct DeleteAccessKeyRequest {
    /// The user; the caller without it.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: Option<String>,
    /// The key.
    #[shape(length = 16..=128)]
    pub(crate) access_key_id: String,
}

/// Takes a key away from a user.
#[operation(signed, access = access::user)]
pub(crate) fn delete_access_key(
    cx: &mut Cx<'_>,
    input: DeleteAccessKeyRequest,
) -> Result<(), Stop> {
    let name = input.user_name.or_else(|| cx.call.caller.key().map(|k| k.name().to_owned()));
    let user = entity::find(cx, EntityType::User, &name.unwrap_or_default())?;
    if !key::of(cx, &user).any(|k| k.access_key_id == input.access_key_id) {
        return Err(Error::AccessKeyNotFound(input.access_key_id).into());
    }
    cx.world.remove::<Key>(&input.access_key_id);
    Ok(())
}
