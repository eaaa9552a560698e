//! The first password of one's own, chosen on the login page.

use cognitab_macros::operation;

use super::error::Error;
use super::hosted_sign_in::HostedSignInResponse;
use super::initiate_auth::needed;
use super::respond_to_auth_challenge::RespondToAuthChallengeRequest;
use super::{authenticate, client};
use crate::cx::Cx;
use crate::fault::Fault;

/// Answers the challenge for a new password for the login page.
#[operation(public, name = "RespondToAuthChallenge")]
pub(crate) fn hosted_new_password(
    cx: &mut Cx<'_>,
    input: RespondToAuthChallengeRequest,
) -> Result<HostedSignInResponse, Fault> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    let answers = &input.challenge_responses;
    let name = needed(answers, "USERNAME")?;
    let session = input.session.ok_or(Error::Missing("Session"))?;
    let user = authenticate::new_password(cx, &pool, &client, name, &session, answers)?;
    Ok(HostedSignInResponse { username: user.username, challenge_name: None, session: None })
}
