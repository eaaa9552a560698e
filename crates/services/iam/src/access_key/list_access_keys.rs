//! ListAccessKeys: lists the keys of a user without their secrets.

use crate::access;
use crate::access_key::key::{self, AccessKey};
use crate::entity::{self, EntityType};
use crate::page;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListAccessKeys.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAccessKeysRequest {
    /// The user; the caller without it.
    #[shape(length = 1..=64, pattern = r"[\w+=,.@-]+")]
    pub(crate) user_name: Option<String>,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListAccessKeys.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListAccessKeysResponse {
    /// The keys.
    pub(crate) access_key_metadata: Vec<AccessKey>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists the keys of a user without their secrets.
#[operation(signed, access = access::user)]
pub(crate) fn list_access_keys(
    cx: &mut Cx<'_>,
    input: ListAccessKeysRequest,
) -> Result<ListAccessKeysResponse, Stop> {
    let name = input.user_name.or_else(|| cx.call.caller.key().map(|k| k.name().to_owned()));
    let user = entity::find(cx, EntityType::User, &name.unwrap_or_default())?;
    let all = key::of(cx, &user).map(|k| AccessKey::without_secret(&k)).collect();
    let (access_key_metadata, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListAccessKeysResponse { access_key_metadata, is_truncated: marker.is_some(), marker })
}
