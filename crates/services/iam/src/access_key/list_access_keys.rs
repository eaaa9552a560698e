//! ListAccessKeys: lists the access keys of a user, without their secrets.

use cognitab_kernel::{Cx, Key, Stop};
use cognitab_macros::{Shape, operation};
use cognitab_wire::shape::Timestamp;

use crate::access;
use crate::access_key::{self, Status};
use crate::pagination::page;
use crate::shapes::{ExistingUserNameType, MarkerType, MaxItemsType};
use crate::user;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAccessKeysRequest {
    /// By default the caller.
    user_name: Option<ExistingUserNameType>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAccessKeysResponse {
    access_key_metadata: Vec<AccessKeyMetadata>,
    is_truncated: bool,
    marker: Option<String>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AccessKeyMetadata {
    user_name: String,
    access_key_id: String,
    status: Status,
    create_date: Timestamp,
}

/// Lists the access keys of a user, without their secrets.
#[operation(signed, access = access::user)]
pub(crate) fn list_access_keys(
    cx: &mut Cx<'_>,
    input: ListAccessKeysRequest,
) -> Result<ListAccessKeysResponse, Stop> {
    let user = user::find_or_caller(cx, input.user_name.as_ref())?;
    let metadata = |key: Key| AccessKeyMetadata {
        user_name: user.name.clone(),
        status: Status::of(&key),
        access_key_id: key.access_key_id,
        create_date: key.issued,
    };
    let keys = access_key::of_user(cx, &user).map(metadata).collect();
    let (access_key_metadata, marker) = page(keys, input.max_items, input.marker)?;
    Ok(ListAccessKeysResponse { access_key_metadata, is_truncated: marker.is_some(), marker })
}
