//! User pools.

use cognitab_kernel::{Entry, entry};

pub(crate) mod create_user_pool;
pub(crate) mod delete_user_pool;
pub(crate) mod describe_user_pool;
pub(crate) mod list_user_pools;
pub(crate) mod update_user_pool;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_user_pool::CreateUserPool>(),
    entry::<delete_user_pool::DeleteUserPool>(),
    entry::<describe_user_pool::DescribeUserPool>(),
    entry::<list_user_pools::ListUserPools>(),
    entry::<update_user_pool::UpdateUserPool>(),
];
