//! AssumeRoleWithWebIdentity: exchanges an ID token for credentials of a role.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>

use crate::shapes::{
    ArnType, ClientTokenType, MinimumSessionTokenSizeType, PolicyDescriptorListType,
    RoleDurationSecondsType, RoleSessionNameType, SessionPolicyDocumentType, UrlType,
};
use cognitab_macros::{Shape, operation};
use cognitab_wire::arn::account_of;

use crate::error::Error;
use crate::identity_token::{self, IdentityToken};
use crate::session::{self, AssumedRoleUser, Credentials, NewSession};
use crate::trust::{self, TrustRequest};
use cognitab_iam::AssumableRole;
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::condition_keys;

const ACTION: &str = "sts:AssumeRoleWithWebIdentity";

/// Input of AssumeRoleWithWebIdentity.
#[derive(Clone, Debug, Shape)]
pub struct AssumeRoleWithWebIdentityRequest {
    /// The role to assume.
    pub role_arn: ArnType,
    /// The last part of the session's ARN.
    pub role_session_name: RoleSessionNameType,
    /// The ID token.
    pub web_identity_token: ClientTokenType,
    /// The host of an OAuth 2.0 provider that issued an access token. It is not for ID tokens.
    pub provider_id: Option<UrlType>,
    /// Managed session policies, at most 10.
    pub policy_arns: Option<PolicyDescriptorListType>,
    /// The inline session policy.
    pub policy: Option<SessionPolicyDocumentType>,
    /// The duration of the session in seconds.
    pub duration_seconds: Option<RoleDurationSecondsType>,
    /// The minimum size of the session token in bytes.
    pub minimum_session_token_size: Option<MinimumSessionTokenSizeType>,
}

/// Output of AssumeRoleWithWebIdentity.
#[derive(Clone, Debug, Shape)]
pub struct AssumeRoleWithWebIdentityResponse {
    /// Temporary credentials of the role.
    pub credentials: Credentials,
    /// `sub` of the token.
    pub subject_from_web_identity_token: String,
    /// The principal of the session.
    pub assumed_role_user: AssumedRoleUser,
    /// Size of session policies and tags in percent of the limit.
    pub packed_policy_size: Option<i64>,
    /// The issuer of the token.
    pub provider: String,
    /// The token's `azp`, or `aud` without one.
    pub audience: String,
}

/// Exchanges an ID token for temporary credentials of a role whose trust policy allows it.
#[operation(public)]
pub fn assume_role_with_web_identity(
    cx: &mut Cx<'_>,
    input: AssumeRoleWithWebIdentityRequest,
) -> Result<AssumeRoleWithWebIdentityResponse, Stop> {
    cx.call.account = account_of(&input.role_arn).unwrap_or_default().to_owned();
    let account = cx.call.account.clone();
    let token = identity_token::verify(cx, &input.web_identity_token, &account)?;
    let role = cognitab_iam::role(&cx.world, &input.role_arn);
    let role = role.ok_or_else(|| Error::FederatedDenied(ACTION.to_owned()))?;
    check_trust(cx, &role, &token, &input.role_session_name)?;
    let seconds = input.duration_seconds.map_or(3600, i64::from);
    if seconds > role.max_session {
        return Err(Error::SessionTooLong.into());
    }
    let mut context = token.claims.clone();
    context.insert("aws:FederatedProvider".to_owned(), vec![federated_provider(&token)]);
    context
        .extend(token.tags.iter().map(|(k, v)| (format!("aws:PrincipalTag/{k}"), vec![v.clone()])));
    let session = NewSession {
        name: input.role_session_name.into_inner(),
        seconds,
        policies: session::policies(cx, input.policy.as_deref(), input.policy_arns.as_ref())?,
        context,
        subject: token.subject.clone(),
        min_token_size: input.minimum_session_token_size,
    };
    let packed_policy_size = session::packed_size(&session);
    let (credentials, assumed_role_user) = session::issue(cx, &role, session);
    Ok(AssumeRoleWithWebIdentityResponse {
        credentials,
        subject_from_web_identity_token: token.subject,
        assumed_role_user,
        packed_policy_size,
        provider: token.provider,
        audience: token.audience,
    })
}

fn federated_provider(token: &IdentityToken) -> String {
    token.principal.arn()
}

fn check_trust(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    token: &IdentityToken,
    session_name: &str,
) -> Result<(), Stop> {
    let mut context = condition_keys::always(cx.now);
    if matches!(cx.call.caller, Caller::Service(_)) {
        // The source IP address of a service's own request is not the client's.
        context.remove("aws:SourceIp");
    }
    context.extend(token.claims.clone());
    let mut set = |name: &str, values: Vec<String>| context.insert(name.to_owned(), values);
    set("sts:RoleSessionName", vec![session_name.to_owned()]);
    set("aws:FederatedProvider", vec![federated_provider(token)]);
    let mut actions = vec![ACTION];
    for (key, value) in &token.tags {
        set(&format!("aws:RequestTag/{key}"), vec![value.clone()]);
    }
    if !token.tags.is_empty() {
        set("aws:TagKeys", token.tags.keys().cloned().collect());
        actions.push("sts:TagSession");
    }
    let pool_account = token.pool_account.as_deref();
    let request = TrustRequest { principal: &token.principal, actions, context, pool_account };
    trust::check(cx, role, request)
}
