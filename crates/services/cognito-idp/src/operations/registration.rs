//! Sign-up, confirmation and forgotten passwords.

use cognitab_kernel::{Entry, entry};

pub(crate) mod confirm_forgot_password;
pub(crate) mod confirm_sign_up;
pub(crate) mod forgot_password;
pub(crate) mod resend_confirmation_code;
pub(crate) mod sign_up;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<confirm_forgot_password::ConfirmForgotPassword>(),
    entry::<confirm_sign_up::ConfirmSignUp>(),
    entry::<forgot_password::ForgotPassword>(),
    entry::<resend_confirmation_code::ResendConfirmationCode>(),
    entry::<sign_up::SignUp>(),
];
