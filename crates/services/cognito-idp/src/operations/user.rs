//! The operations of administrators on users.

use cognitab_kernel::{Entry, entry};

pub(crate) mod admin_confirm_sign_up;
pub(crate) mod admin_create_user;
pub(crate) mod admin_delete_user;
pub(crate) mod admin_disable_user;
pub(crate) mod admin_enable_user;
pub(crate) mod admin_get_user;
pub(crate) mod admin_set_user_password;
pub(crate) mod admin_update_user_attributes;
pub(crate) mod admin_user_global_sign_out;
pub(crate) mod list_users;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<admin_confirm_sign_up::AdminConfirmSignUp>(),
    entry::<admin_create_user::AdminCreateUser>(),
    entry::<admin_delete_user::AdminDeleteUser>(),
    entry::<admin_disable_user::AdminDisableUser>(),
    entry::<admin_enable_user::AdminEnableUser>(),
    entry::<admin_get_user::AdminGetUser>(),
    entry::<admin_set_user_password::AdminSetUserPassword>(),
    entry::<admin_update_user_attributes::AdminUpdateUserAttributes>(),
    entry::<admin_user_global_sign_out::AdminUserGlobalSignOut>(),
    entry::<list_users::ListUsers>(),
];
