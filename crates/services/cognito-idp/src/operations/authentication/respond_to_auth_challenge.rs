//! RespondToAuthChallenge: answers what a step of signing in asked for.

use cognitab_macros::{Shape, operation};
use std::collections::BTreeMap;

use crate::auth::app::App;
use crate::auth::new_password;
use crate::auth::response::{AuthResponse, ChallengeNameType};
use crate::auth::srp_challenge;
use crate::error::Error;
use crate::model::client;
use crate::operations::authentication::initiate_auth::needed;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of RespondToAuthChallenge.
#[derive(Clone, Debug, Shape)]
pub(crate) struct RespondToAuthChallengeRequest {
    /// The app client.
    #[shape(length = 1..=128, pattern = r"[\w+]+", sensitive)]
    pub(crate) client_id: String,
    /// What was asked.
    pub(crate) challenge_name: ChallengeNameType,
    /// What came with the question.
    #[shape(length = 20..=4096, sensitive)]
    pub(crate) session: Option<String>,
    /// The answers.
    #[shape(optional, sensitive)]
    pub(crate) challenge_responses: BTreeMap<String, String>,
}

/// Answers what a step of signing in asked for.
#[operation(public)]
pub(crate) fn respond_to_auth_challenge(
    cx: &mut Cx<'_>,
    input: RespondToAuthChallengeRequest,
) -> Result<AuthResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    let app = App { pool: &pool, client: &client };
    let responses = &input.challenge_responses;
    if input.challenge_name == ChallengeNameType::PasswordVerifier {
        return srp_challenge::respond(cx, app, responses);
    }
    // No other challenge is issued, so no session of another one exists.
    if input.challenge_name != ChallengeNameType::NewPasswordRequired {
        return Err(Error::SessionInvalid.into());
    }
    let name = needed(responses, "USERNAME")?;
    needed(responses, "NEW_PASSWORD")?;
    client.check_secret_hash(cx, name, responses.get("SECRET_HASH").map(String::as_str))?;
    let session = input.session.ok_or(Error::MissingParameter("Session"))?;
    let user = new_password::respond(cx, app, name, &session, responses)?;
    Ok(AuthResponse::authenticated(cx, app, &user))
}
