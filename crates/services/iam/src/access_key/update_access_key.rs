//! UpdateAccessKey: switches a key of a user on or off.

use crate::access;
use crate::access_key::key::{self, Status};
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of UpdateAccessKey.
#[derive(Clone, Debug, Shape)]
pub(crate) struct UpdateAccessKeyRequest {
    /// The user; the caller without it.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: Option<String>,
    /// The key.
    #[shape(length = 16..=128)]
    pub(crate) access_key_id: String,
    /// What it shall be.
    pub(crate) status: Status,
}

/// Switches a key of a user on or off.
#[operation(signed, access = access::user)]
pub(crate) fn update_access_key(
    cx: &mut Cx<'_>,
    input: UpdateAccessKeyRequest,
) -> Result<(), Stop> {
    let name = input.user_name.or_else(|| cx.call.caller.key().map(|k| k.name().to_owned()));
    let user = entity::find(cx, EntityType::User, &name.unwrap_or_default())?;
    let found = key::of(cx, &user).find(|k| k.access_key_id == input.access_key_id);
    let mut key = found.ok_or(Error::AccessKeyNotFound(input.access_key_id))?;
    key.inactive = matches!(input.status, Status::Inactive);
    cx.world.put(&key);
    Ok(())
}
