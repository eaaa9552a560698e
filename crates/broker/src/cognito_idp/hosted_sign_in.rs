//! Sign-in from the login page. The page belongs to the pool: it needs neither an explicit flow
//! nor a client's secret, and it gets the person, not tokens.

use cognitab_macros::{Shape, operation};

use super::initiate_auth::{InitiateAuthRequest, needed};
use super::result::{AuthResponse, ChallengeNameType};
use super::user::UserStatusType;
use super::{authenticate, client};
use crate::cx::Cx;
use crate::fault::Fault;

/// Who signed in, or what is asked first.
#[derive(Clone, Debug, Shape)]
pub(crate) struct HostedSignInResponse {
    /// Stored user name.
    pub(crate) username: String,
    /// What is asked before.
    pub(crate) challenge_name: Option<ChallengeNameType>,
    /// What the answer must bring back.
    pub(crate) session: Option<String>,
}

/// Proves a person by password for the login page.
#[operation(public, name = "InitiateAuth")]
pub(crate) fn hosted_sign_in(
    cx: &mut Cx<'_>,
    input: InitiateAuthRequest,
) -> Result<HostedSignInResponse, Fault> {
    let (pool, client) = client::find(cx, &input.client_id)?;
    let name = needed(&input.auth_parameters, "USERNAME")?;
    let password = needed(&input.auth_parameters, "PASSWORD")?;
    let user = authenticate::password(cx, &pool, &client, name, password)?;
    let asked = (user.status == UserStatusType::ForceChangePassword)
        .then(|| AuthResponse::new_password(cx, &pool, &client, &user));
    Ok(HostedSignInResponse {
        username: user.username,
        challenge_name: asked.as_ref().and_then(|a| a.challenge_name),
        session: asked.and_then(|a| a.session),
    })
}
