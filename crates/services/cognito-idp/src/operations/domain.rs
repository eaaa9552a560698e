//! Domains.

use cognitab_kernel::{Entry, entry};

pub(crate) mod create_user_pool_domain;
pub(crate) mod delete_user_pool_domain;
pub(crate) mod describe_user_pool_domain;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_user_pool_domain::CreateUserPoolDomain>(),
    entry::<delete_user_pool_domain::DeleteUserPoolDomain>(),
    entry::<describe_user_pool_domain::DescribeUserPoolDomain>(),
];
