//! App clients.

use cognitab_kernel::{Entry, entry};

pub(crate) mod create_user_pool_client;
pub(crate) mod delete_user_pool_client;
pub(crate) mod describe_user_pool_client;
pub(crate) mod list_user_pool_clients;
pub(crate) mod update_user_pool_client;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_user_pool_client::CreateUserPoolClient>(),
    entry::<delete_user_pool_client::DeleteUserPoolClient>(),
    entry::<describe_user_pool_client::DescribeUserPoolClient>(),
    entry::<list_user_pool_clients::ListUserPoolClients>(),
    entry::<update_user_pool_client::UpdateUserPoolClient>(),
];
