//! What the login page asks of its pool and the API has no operation for: to authenticate a person
//! with neither an explicit auth flow nor a client secret, and to return the person instead of
//! tokens. Each is an event within that of the page.

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Stop};

use crate::SERVICE;
use crate::auth::app::App;
use crate::auth::challenge::Challenge;
use crate::auth::{authenticate, new_password, triggers};
use crate::model::client::UserPoolClientType;
use crate::model::pool::Pool;
use crate::model::user::{User, UserStatusType};

/// What came of a password.
pub(crate) enum SignIn {
    /// The user has signed in.
    Complete(User),
    /// The user must choose a new password first.
    NewPasswordRequired {
        /// The user.
        user: User,
        /// The session that the answer must bring back.
        session: String,
    },
}

/// Authenticates a person by password.
pub(crate) fn password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    password: &str,
) -> Result<SignIn, Stop> {
    cx.step(&SERVICE, "Sign in", |cx| {
        let user = authenticate::by_password(cx, App { pool, client }, name, password, None)?;
        if user.status != UserStatusType::ForceChangePassword {
            triggers::post_authentication(cx, App { pool, client }, &user, None)?;
            return Ok(SignIn::Complete(user));
        }
        let session = Challenge::begin(cx, client, &user);
        Ok(SignIn::NewPasswordRequired { user, session })
    })
}

/// Sets the password that replaces an administrator's.
pub(crate) fn new_password(
    cx: &mut Cx<'_>,
    pool: &Pool,
    client: &UserPoolClientType,
    name: &str,
    session: &str,
    password: &str,
) -> Result<User, Stop> {
    cx.step(&SERVICE, "Choose a new password", |cx| {
        let answers = BTreeMap::from([("NEW_PASSWORD".to_owned(), password.to_owned())]);
        let app = App { pool, client };
        let user = new_password::respond(cx, app, name, session, &answers)?;
        triggers::post_authentication(cx, app, &user, None)?;
        Ok(user)
    })
}
