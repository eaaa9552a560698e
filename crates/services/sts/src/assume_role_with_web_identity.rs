//! AssumeRoleWithWebIdentity: a token of somebody else's becomes credentials of a role, if the
//! role's trust policy says so.
//!
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>

use cognitab_macros::{Shape, operation};
use cognitab_wire::arn::account_of;

use crate::error::Error;
use crate::identity_token::{self, IdentityToken};
use crate::session::{self, AssumedRoleUser, Credentials, PolicyDescriptor, Wanted};
use crate::trust::{self, TrustQuestion};
use cognitab_iam::AssumableRole;
use cognitab_kernel::Caller;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::condition_keys;

const ACTION: &str = "sts:AssumeRoleWithWebIdentity";

/// Input of AssumeRoleWithWebIdentity.
#[derive(Clone, Debug, Shape)]
pub struct AssumeRoleWithWebIdentityRequest {
    /// The role.
    #[shape(length = 20..=2048, pattern = r"[\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD]+")]
    pub role_arn: String,
    /// Name of the session.
    #[shape(length = 2..=64, pattern = r"[\w+=,.@-]*")]
    pub role_session_name: String,
    /// The token.
    #[shape(length = 4..=20_000, sensitive)]
    pub web_identity_token: String,
    /// Host of an OAuth 2.0 provider; not for ID tokens.
    #[shape(length = 4..=2048)]
    pub provider_id: Option<String>,
    /// Managed session policies.
    #[shape(length = 0..=10)]
    pub policy_arns: Option<Vec<PolicyDescriptor>>,
    /// Inline session policy.
    #[shape(length = 1..=2048)]
    pub policy: Option<String>,
    /// Length of the session.
    #[shape(range = 900..=43_200)]
    pub duration_seconds: Option<i64>,
}

/// Output of AssumeRoleWithWebIdentity.
#[derive(Clone, Debug, Shape)]
pub struct AssumeRoleWithWebIdentityResponse {
    /// The credentials.
    pub credentials: Credentials,
    /// `sub` of the token.
    pub subject_from_web_identity_token: String,
    /// Who their holder is now.
    pub assumed_role_user: AssumedRoleUser,
    /// How much of the packed limit is used, in percent.
    pub packed_policy_size: Option<i64>,
    /// Who issued the token.
    pub provider: String,
    /// For whom.
    pub audience: String,
}

/// Trades a token for credentials.
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
    let seconds = input.duration_seconds.unwrap_or(3600);
    if seconds > role.max_session {
        return Err(Error::TooLong.into());
    }
    let mut context = token.claims.clone();
    context.insert("aws:FederatedProvider".to_owned(), vec![federated(&token)]);
    context
        .extend(token.tags.iter().map(|(k, v)| (format!("aws:PrincipalTag/{k}"), vec![v.clone()])));
    let wanted = Wanted {
        name: input.role_session_name,
        seconds,
        policies: session::policies(cx, input.policy, input.policy_arns)?,
        context,
        subject: token.subject.clone(),
    };
    let packed_policy_size = session::packed_size(&wanted);
    let (credentials, assumed_role_user) = session::issue(cx, &role, wanted);
    Ok(AssumeRoleWithWebIdentityResponse {
        credentials,
        subject_from_web_identity_token: token.subject,
        assumed_role_user,
        packed_policy_size,
        provider: token.provider,
        audience: token.audience,
    })
}

fn federated(token: &IdentityToken) -> String {
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
        // A service asks from an address of its own.
        context.remove("aws:SourceIp");
    }
    context.extend(token.claims.clone());
    let mut set = |name: &str, values: Vec<String>| context.insert(name.to_owned(), values);
    set("sts:RoleSessionName", vec![session_name.to_owned()]);
    set("aws:FederatedProvider", vec![federated(token)]);
    let mut actions = vec![ACTION];
    for (key, value) in &token.tags {
        set(&format!("aws:RequestTag/{key}"), vec![value.clone()]);
    }
    if !token.tags.is_empty() {
        set("aws:TagKeys", token.tags.keys().cloned().collect());
        actions.push("sts:TagSession");
    }
    let pool_account = token.pool_account.as_deref();
    let question = TrustQuestion { principal: &token.principal, actions, context, pool_account };
    trust::check(cx, role, question)
}
