//! GetCredentialsForIdentity: the enhanced flow. The pool chooses the role and goes to STS itself.

use std::collections::BTreeMap;

use cognitab_macros::{Shape, operation};
use cognitab_wire::arn::account_of;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::guest;
use crate::identity;
use crate::login;
use crate::pool;
use crate::pool_token;
use crate::role;
use cognitab_kernel::ApiError;
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_sts::{AssumeRoleWithWebIdentity, AssumeRoleWithWebIdentityRequest};
use cognitab_trace::event::{Artifact, ArtifactKind, Station};

/// Session name under which the pool assumes roles.
const SESSION: &str = "CognitoIdentityCredentials";
const SECONDS: i64 = 600;

/// Input of GetCredentialsForIdentity.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetCredentialsForIdentityInput {
    /// The identity.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_id: String,
    /// Provider names to tokens.
    #[shape(length = 0..=10, item_length = 1..=50_000)]
    pub(crate) logins: Option<BTreeMap<String, String>>,
    /// One of the roles that a mapping offers.
    #[shape(length = 20..=2048)]
    pub(crate) custom_role_arn: Option<String>,
}

/// Output of GetCredentialsForIdentity.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetCredentialsForIdentityResponse {
    /// The identity; after a merge another than the one asked for.
    pub(crate) identity_id: String,
    /// The credentials.
    pub(crate) credentials: Credentials,
}

/// Temporary credentials as identity pools show them.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Credentials {
    /// `ASIA…`.
    pub(crate) access_key_id: String,
    /// The secret half; STS calls it `SecretAccessKey`.
    pub(crate) secret_key: String,
    /// Must be sent along.
    pub(crate) session_token: String,
    /// Their end.
    pub(crate) expiration: Timestamp,
}

/// Trades logins for credentials of the role that the pool chooses.
#[operation(public)]
pub(crate) fn get_credentials_for_identity(
    cx: &mut Cx<'_>,
    input: GetCredentialsForIdentityInput,
) -> Result<GetCredentialsForIdentityResponse, Stop> {
    let identity = identity::find(cx, &input.identity_id)?;
    let pool = pool::find(cx, &identity.pool)?;
    let logins = login::check(cx, &pool, input.logins)?;
    let identity = identity::resolve(cx, &pool, identity, &logins)?;
    let role_arn = role::choose(cx, &pool, &logins, input.custom_role_arn.as_deref())?;
    if account_of(&role_arn) != Some(pool.account.as_str()) {
        return Err(Error::Configuration.into());
    }
    let token = pool_token::issue(cx, &pool, &identity, &logins, SECONDS)?;
    // It stays between the pool and STS.
    cx.call.returns.clear();
    let stranger = logins.is_empty();
    let managed =
        cognitab_sts::PolicyDescriptor { arn: Some(guest::managed_policy_arn(&pool.region)) };
    let request = AssumeRoleWithWebIdentityRequest {
        role_arn,
        role_session_name: SESSION.to_owned(),
        web_identity_token: token,
        provider_id: None,
        policy_arns: stranger.then(|| vec![managed]),
        policy: stranger.then(|| guest::INLINE.to_owned()),
        duration_seconds: None,
    };
    let caller = Caller::Service(pool_token::PRINCIPAL);
    let answer = cx.call::<AssumeRoleWithWebIdentity>(&pool.account, caller, request);
    let given = answer.map_err(|stop| stop.map_error(misconfigured))?.credentials;
    cx.call.returns.push(Artifact {
        kind: ArtifactKind::Credentials,
        value: given.access_key_id.clone(),
        subject: identity.id.clone(),
        expires: given.expiration.0,
    });
    Ok(GetCredentialsForIdentityResponse {
        identity_id: identity.id,
        credentials: Credentials {
            access_key_id: given.access_key_id,
            secret_key: given.secret_access_key,
            session_token: given.session_token,
            expiration: given.expiration,
        },
    })
}

/// The app learns nothing of what STS said, only that the pool is misconfigured.
fn misconfigured(inner: ApiError) -> ApiError {
    let error = ApiError::from(Error::Configuration);
    ApiError { cause: inner.cause, ..error.at(inner.station.unwrap_or(Station::Sts)) }
}
