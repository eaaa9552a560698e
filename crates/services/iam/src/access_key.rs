//! Access keys of users.

pub(crate) mod create_access_key;
pub(crate) mod delete_access_key;
pub(crate) mod key;
pub(crate) mod list_access_keys;
pub(crate) mod update_access_key;

use cognitab_kernel::{Entry, entry};

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_access_key::CreateAccessKey>(),
    entry::<delete_access_key::DeleteAccessKey>(),
    entry::<list_access_keys::ListAccessKeys>(),
    entry::<update_access_key::UpdateAccessKey>(),
];
