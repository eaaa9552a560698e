//! Authentication and token revocation.

use cognitab_kernel::{Entry, entry};

pub(crate) mod initiate_auth;
pub(crate) mod respond_to_auth_challenge;
pub(crate) mod revoke_token;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<initiate_auth::InitiateAuth>(),
    entry::<respond_to_auth_challenge::RespondToAuthChallenge>(),
    entry::<revoke_token::RevokeToken>(),
];
