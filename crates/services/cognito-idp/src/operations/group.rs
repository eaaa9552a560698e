//! Groups and their members.

use cognitab_kernel::{Entry, entry};

pub(crate) mod admin_add_user_to_group;
pub(crate) mod admin_list_groups_for_user;
pub(crate) mod admin_remove_user_from_group;
pub(crate) mod create_group;
pub(crate) mod delete_group;
pub(crate) mod get_group;
pub(crate) mod list_groups;
pub(crate) mod list_users_in_group;
pub(crate) mod update_group;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<admin_add_user_to_group::AdminAddUserToGroup>(),
    entry::<admin_list_groups_for_user::AdminListGroupsForUser>(),
    entry::<admin_remove_user_from_group::AdminRemoveUserFromGroup>(),
    entry::<create_group::CreateGroup>(),
    entry::<delete_group::DeleteGroup>(),
    entry::<get_group::GetGroup>(),
    entry::<list_groups::ListGroups>(),
    entry::<list_users_in_group::ListUsersInGroup>(),
    entry::<update_group::UpdateGroup>(),
];
