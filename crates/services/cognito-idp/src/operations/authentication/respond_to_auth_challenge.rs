//! RespondToAuthChallenge: takes the responses to an authentication challenge.

use cognitab_kernel::{Cx, Stop};
use cognitab_macros::{Shape, operation};

use crate::auth::app::App;
use crate::auth::new_password;
use crate::auth::parameters::{required, secret_hash};
use crate::auth::response::{AuthResponse, ChallengeNameType};
use crate::auth::srp_challenge;
use crate::error::Error;
use crate::model::client;
use crate::model::types::{ChallengeResponsesType, ClientIdType, ClientMetadataType, SessionType};

#[derive(Clone, Debug, Shape)]
pub(crate) struct RespondToAuthChallengeRequest {
    pub(crate) client_id: ClientIdType,
    pub(crate) challenge_name: ChallengeNameType,
    pub(crate) session: Option<SessionType>,
    #[shape(optional)]
    pub(crate) challenge_responses: ChallengeResponsesType,
    pub(crate) client_metadata: Option<ClientMetadataType>,
}

#[operation(public)]
pub(crate) fn respond_to_auth_challenge(
    cx: &mut Cx<'_>,
    input: RespondToAuthChallengeRequest,
) -> Result<AuthResponse, Stop> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    let app = App { pool: &pool, client: &client };
    let responses = &input.challenge_responses;
    let metadata = input.client_metadata.as_ref();
    if input.challenge_name == ChallengeNameType::PasswordVerifier {
        return srp_challenge::respond(cx, app, responses, metadata);
    }
    // No other challenge is issued, so no session of another one exists.
    if input.challenge_name != ChallengeNameType::NewPasswordRequired {
        return Err(Error::SessionInvalid.into());
    }
    let name = required(responses, "USERNAME")?;
    required(responses, "NEW_PASSWORD")?;
    client.check_secret_hash(cx, name, secret_hash(responses))?;
    let session = input.session.ok_or(Error::MissingParameter("Session"))?;
    let user = new_password::respond(cx, app, name, &session, responses)?;
    AuthResponse::authenticated(cx, app, &user, metadata)
}
