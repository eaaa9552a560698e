//! CreateAccessKey: gives a user a long-term key; the secret is shown this once.

use crate::access;
use crate::access_key::key::{self, AccessKey};
use crate::entity::{self, EntityType};
use crate::error::Error;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of CreateAccessKey.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateAccessKeyRequest {
    /// The user; the caller without it.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: Option<String>,
}

/// Output of CreateAccessKey.
#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateAccessKeyResponse {
    /// The new key.
    pub(crate) access_key: AccessKey,
}

/// Gives a user a long-term key; the secret is shown this once.
#[operation(signed, access = access::user)]
pub(crate) fn create_access_key(
    cx: &mut Cx<'_>,
    input: CreateAccessKeyRequest,
) -> Result<CreateAccessKeyResponse, Stop> {
    let name = input.user_name.or_else(|| cx.call.caller.key().map(|k| k.name().to_owned()));
    let user = entity::find(cx, EntityType::User, &name.unwrap_or_default())?;
    if key::of(cx, &user).count() >= 2 {
        return Err(Error::AccessKeysExceeded.into());
    }
    let key = key::create(cx, &user);
    Ok(CreateAccessKeyResponse { access_key: AccessKey::with_secret(&key) })
}
