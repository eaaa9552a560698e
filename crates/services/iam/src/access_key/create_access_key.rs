//! CreateAccessKey: creates a long-term access key; only its answer ever has the secret.

use cognitab_kernel::{Cx, Key, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::access_key::{self, Status};
use crate::error::Error;
use crate::shapes::ExistingUserNameType;
use crate::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateAccessKeyRequest {
    /// By default the caller.
    user_name: Option<ExistingUserNameType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct CreateAccessKeyResponse {
    access_key: AccessKey,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AccessKey {
    user_name: String,
    access_key_id: String,
    status: Status,
    secret_access_key: String,
    create_date: Timestamp,
}

/// Creates a long-term access key of a user.
#[operation(signed, access = access::user)]
pub(crate) fn create_access_key(
    cx: &mut Cx<'_>,
    input: CreateAccessKeyRequest,
) -> Result<CreateAccessKeyResponse, Stop> {
    let user = user::find_or_caller(cx, input.user_name.as_ref())?;
    if access_key::of_user(cx, &user).count() >= 2 {
        return Err(Error::QuotaExceeded("AccessKeysPerUser", 2).into());
    }
    let key = Key {
        access_key_id: format!("AKIA{}", cx.random.base32(16)),
        secret_access_key: cx.random.mixed(40),
        ..access_key::without_id(&user, cx.now)
    };
    cx.world.put(&key);
    let access_key = AccessKey {
        user_name: user.name,
        status: Status::of(&key),
        access_key_id: key.access_key_id,
        secret_access_key: key.secret_access_key,
        create_date: key.issued,
    };
    Ok(CreateAccessKeyResponse { access_key })
}
