//! ListUsers: lists the users of the account.

use crate::access;
use crate::entity::{self, EntityType};
use crate::page;
use crate::user::view::User;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_macros::{Shape, operation};

/// Input of ListUsers.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersRequest {
    /// Beginning of the path.
    #[shape(length = 1..=512)]
    pub(crate) path_prefix: Option<String>,
    /// Page size.
    #[shape(range = 1..=1000)]
    pub(crate) max_items: Option<i64>,
    /// Where the last page ended.
    pub(crate) marker: Option<String>,
}

/// Output of ListUsers.
#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersResponse {
    /// In the order of their names.
    pub(crate) users: Vec<User>,
    /// Whether there is more.
    pub(crate) is_truncated: bool,
    /// Where the next page begins.
    pub(crate) marker: Option<String>,
}

/// Lists the users of the account.
#[operation(signed, access = access::user)]
pub(crate) fn list_users(
    cx: &mut Cx<'_>,
    input: ListUsersRequest,
) -> Result<ListUsersResponse, Stop> {
    let prefix = input.path_prefix.unwrap_or_default();
    let all = entity::in_account(cx, EntityType::User).filter(|e| e.path.starts_with(&prefix));
    let all = all.map(|e| User::of(&e)).collect();
    let (users, marker) = page::of(all, input.max_items, input.marker.as_deref());
    Ok(ListUsersResponse { users, is_truncated: marker.is_some(), marker })
}
