//! The challenge NEW_PASSWORD_REQUIRED: a user with a temporary password chooses a new one.

use cognitab_kernel::{Cx, Stop};
use std::collections::BTreeMap;

use cognitab_policy::ladder::{Rung, RungKind};
use cognitab_wire::shape::Timestamp;
use serde_json::json;

use crate::auth::app::App;
use crate::auth::challenge::Challenge;
use crate::auth::password::Password;
use crate::auth::response::{AuthResponse, ChallengeNameType};
use crate::error::Error;
use crate::model::schema::{self, AttributeType};
use crate::model::user::{self, User, UserStatusType};

/// What the names of attributes begin with among the responses.
const ATTRIBUTE: &str = "userAttributes.";

/// Challenges a user to choose a new password, and to supply the required attributes that they lack.
pub(crate) fn challenge(cx: &mut Cx<'_>, app: App<'_>, user: &User) -> AuthResponse {
    let missing = schema::missing_required(app.pool, &user.attributes);
    let missing: Vec<_> = missing.iter().map(|name| format!("{ATTRIBUTE}{name}")).collect();
    let known = user.attributes.iter().filter(|(name, _)| *name != "sub");
    let known: serde_json::Map<_, _> = known.map(|(n, v)| (n.clone(), json!(v))).collect();
    let parameters = [
        ("USER_ID_FOR_SRP", user.username.to_string()),
        ("requiredAttributes", json!(missing).to_string()),
        ("userAttributes", json!(known).to_string()),
    ];
    AuthResponse {
        challenge_name: Some(ChallengeNameType::NewPasswordRequired),
        session: Some(Challenge::begin(cx, app.client, user).into()),
        challenge_parameters: parameters.map(|(n, v)| (n.to_owned(), v)).into(),
        authentication_result: None,
    }
}

/// Takes the responses to the challenge. A session whose responses are refused can be used again.
pub(crate) fn respond(
    cx: &mut Cx<'_>,
    app: App<'_>,
    username: &str,
    session: &str,
    responses: &BTreeMap<String, String>,
) -> Result<User, Stop> {
    let refused = |note: &str| Rung::refused(RungKind::Authentication, note);
    let challenge = match Challenge::of_session(cx, app.client, session) {
        Ok(challenge) => challenge,
        Err(error) => {
            let rung = refused("the session has no pending challenge");
            return Err(cx.refuse_with(rung, error).into());
        }
    };
    let user = user::find(&cx.world, app.pool, username).filter(|user| challenge.is_for(user));
    let Some(mut user) = user else {
        let rung = refused("the session was issued to another user");
        return Err(cx.refuse_with(rung, Error::SessionInvalid).into());
    };
    let password = responses.get("NEW_PASSWORD").ok_or(Error::MissingParameter("NEW_PASSWORD"))?;
    if let Some(reason) = app.pool.password_policy.violation(password) {
        let rung =
            Rung::refused(RungKind::State, "the password does not conform to the password policy");
        return Err(cx.refuse_with(rung, Error::InvalidPassword { reason, admin: false }).into());
    }
    apply_required_attributes(app, &mut user, responses)?;
    user.password = Some(Password::new(&mut cx.random, &user, password));
    user.temporary_until = None;
    user.status = UserStatusType::Confirmed;
    user.modified = Timestamp(cx.now);
    user::put(&mut cx.world, &user);
    challenge.complete(cx);
    cx.rung(Rung::passed(RungKind::Authentication, "the response to the challenge is valid"));
    Ok(user)
}

/// Sets the attributes among the responses. Attributes that already have a value cannot be changed
/// here, and afterwards no required one may be missing.
fn apply_required_attributes(
    app: App<'_>,
    user: &mut User,
    responses: &BTreeMap<String, String>,
) -> Result<(), Error> {
    let attributes: Vec<AttributeType> = responses
        .iter()
        .filter_map(|(name, value)| {
            let name = name.strip_prefix(ATTRIBUTE)?.into();
            Some(AttributeType { name, value: Some(value.clone().into()) })
        })
        .collect();
    let attributes = schema::validate(app.pool, &attributes)?;
    schema::ensure_writable(app.pool, app.client, &attributes)?;
    for (name, value) in attributes {
        if user.attribute(&name).is_some_and(|old| !old.is_empty()) {
            return Err(Error::AttributeAlreadyProvided(name));
        }
        user.attributes.insert(name, value);
    }
    match schema::missing_required(app.pool, &user.attributes).first() {
        Some(name) => Err(Error::parameter(format!("Invalid attributes given, {name} is missing"))),
        None => Ok(()),
    }
}
