//! Resource servers.

use cognitab_kernel::{Entry, entry};

pub(crate) mod create_resource_server;
pub(crate) mod delete_resource_server;
pub(crate) mod describe_resource_server;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_resource_server::CreateResourceServer>(),
    entry::<delete_resource_server::DeleteResourceServer>(),
    entry::<describe_resource_server::DescribeResourceServer>(),
];
