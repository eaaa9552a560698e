//! GetCredentialsForIdentity: the enhanced flow, in which the pool selects the role and calls STS.

use crate::shapes::{ArnString, IdentityId, LoginsMap};
use cognitab_macros::{Shape, operation};
use cognitab_wire::arn::account_of;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use crate::guest_policies;
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

/// The role session name.
const SESSION: &str = "CognitoIdentityCredentials";
/// Lifetime of the pool's token in seconds.
const SECONDS: i64 = 600;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetCredentialsForIdentityInput {
    pub(crate) identity_id: IdentityId,
    pub(crate) logins: Option<LoginsMap>,
    /// One of the roles that the role mapping allows.
    pub(crate) custom_role_arn: Option<ArnString>,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetCredentialsForIdentityResponse {
    /// The identity, which a merge may have replaced.
    pub(crate) identity_id: String,
    pub(crate) credentials: Credentials,
}

/// Temporary credentials.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Credentials {
    /// `ASIA…`.
    pub(crate) access_key_id: String,
    /// STS names it `SecretAccessKey`.
    pub(crate) secret_key: String,
    pub(crate) session_token: String,
    pub(crate) expiration: Timestamp,
}

#[operation(public)]
pub(crate) fn get_credentials_for_identity(
    cx: &mut Cx<'_>,
    input: GetCredentialsForIdentityInput,
) -> Result<GetCredentialsForIdentityResponse, Stop> {
    let identity = identity::find(cx, &input.identity_id)?;
    let pool = pool::find(cx, &identity.pool)?;
    let logins = login::check(cx, &pool, input.logins.as_ref())?;
    let identity = identity::resolve(cx, &pool, identity, &logins)?;
    let role_arn = role::select(cx, &pool, &logins, input.custom_role_arn.as_ref())?;
    if account_of(&role_arn) != Some(pool.account.as_str()) {
        return Err(Error::InvalidConfiguration.into());
    }
    let token = pool_token::issue(cx, &pool, &identity, &logins, SECONDS)?;
    // Only STS receives this token.
    cx.call.returns.clear();
    let guest = logins.is_empty();
    let managed = cognitab_sts::PolicyDescriptorType {
        arn: Some(guest_policies::managed_policy_arn(&pool.region).into()),
    };
    let request = AssumeRoleWithWebIdentityRequest {
        role_arn: role_arn.into(),
        role_session_name: SESSION.into(),
        web_identity_token: token.into(),
        provider_id: None,
        policy_arns: guest.then(|| vec![managed].into()),
        policy: guest.then(|| guest_policies::INLINE.into()),
        duration_seconds: None,
        minimum_session_token_size: None,
    };
    let caller = Caller::Service(pool_token::PRINCIPAL);
    let output = cx.call::<AssumeRoleWithWebIdentity>(&pool.account, caller, request);
    let credentials = output.map_err(|stop| stop.map_error(misconfigured))?.credentials;
    cx.call.returns.push(Artifact {
        kind: ArtifactKind::Credentials,
        value: credentials.access_key_id.clone(),
        subject: identity.id.clone(),
        expires: credentials.expiration.0,
    });
    Ok(GetCredentialsForIdentityResponse {
        identity_id: identity.id,
        credentials: Credentials {
            access_key_id: credentials.access_key_id,
            secret_key: credentials.secret_access_key,
            session_token: credentials.session_token,
            expiration: credentials.expiration,
        },
    })
}

/// The error of the pool in place of that of STS, which becomes its cause.
fn misconfigured(inner: ApiError) -> ApiError {
    let error = ApiError::from(Error::InvalidConfiguration);
    ApiError { cause: inner.cause, ..error.at(inner.station.unwrap_or(Station::Sts)) }
}
