//! The operations of signed-in users on their own account.

use cognitab_kernel::{Entry, entry};

pub(crate) mod change_password;
pub(crate) mod delete_user;
pub(crate) mod get_user;
pub(crate) mod global_sign_out;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<change_password::ChangePassword>(),
    entry::<delete_user::DeleteUser>(),
    entry::<get_user::GetUser>(),
    entry::<global_sign_out::GlobalSignOut>(),
];
