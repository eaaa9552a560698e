//! Steps of the login page for which the API has no operation: they need neither an explicit auth
//! flow nor a client secret, and return the user instead of tokens. Each is an event within that of
//! the page.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};

use crate::SERVICE;
use crate::auth::app::App;
use crate::auth::challenge::Challenge;
use crate::auth::{authenticate, new_password, triggers};
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::user::{User, UserStatusType};

/// The result of a sign-in by password.
pub(crate) enum SignInResult {
    /// The user is signed in.
    Complete(User),
    /// The user must choose a new password first.
    NewPasswordRequired {
        /// The user.
        user: User,
        /// The session to respond with.
        session: String,
    },
}

/// Authenticates a user by password.
pub(crate) fn password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    password: &str,
) -> Result<SignInResult, Stop> {
    cx.step(&SERVICE, "Sign in", |cx| {
        let user = authenticate::by_password(cx, App { pool, client }, name, password, None)?;
        if user.status != UserStatusType::ForceChangePassword {
            triggers::post_authentication(cx, App { pool, client }, &user, None)?;
            return Ok(SignInResult::Complete(user));
        }
        let session = Challenge::begin(cx, client, &user);
        Ok(SignInResult::NewPasswordRequired { user, session })
    })
}

/// Replaces the temporary password that an administrator set.
pub(crate) fn new_password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    session: &str,
    password: &str,
) -> Result<User, Stop> {
    cx.step(&SERVICE, "Choose a new password", |cx| {
        let responses = BTreeMap::from([("NEW_PASSWORD".to_owned(), password.to_owned())]);
        let app = App { pool, client };
        let user = new_password::respond(cx, app, name, session, &responses)?;
        triggers::post_authentication(cx, app, &user, None)?;
        Ok(user)
    })
}
