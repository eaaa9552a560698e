//! ListUsers: lists the users of the account.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::{self, EntityType};
use crate::pagination::page;
use crate::shapes::{MarkerType, MaxItemsType, PathPrefixType};
use crate::user::User;

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersRequest {
    path_prefix: Option<PathPrefixType>,
    max_items: Option<MaxItemsType>,
    marker: Option<MarkerType>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct ListUsersResponse {
    users: Vec<User>,
    is_truncated: bool,
    marker: Option<String>,
}

/// Lists the users of the account, in alphabetical order.
#[operation(signed, access = access::user)]
pub(crate) fn list_users(
    cx: &mut Cx<'_>,
    input: ListUsersRequest,
) -> Result<ListUsersResponse, Stop> {
    let users = entity::list(cx, EntityType::User, input.path_prefix).map(User::from).collect();
    let (users, marker) = page(users, input.max_items, input.marker)?;
    Ok(ListUsersResponse { users, is_truncated: marker.is_some(), marker })
}
