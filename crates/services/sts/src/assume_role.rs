//! AssumeRole.
//!
//! The role's trust policy must allow it. So must the caller's policies, unless the trust policy belongs
//! to the caller's account and names the caller.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>

use crate::shapes::{
    ArnType, ExternalIdType, MinimumSessionTokenSizeType, PolicyDescriptorListType,
    RoleDurationSecondsType, RoleSessionNameType, SerialNumberType, SourceIdentityType,
    TagKeyListType, TagKeyType, TagListType, TagValueType, TokenCodeType,
    UnrestrictedSessionPolicyDocumentType,
};
use std::collections::{BTreeMap, BTreeSet};

use cognitab_macros::{Shape, operation};
use cognitab_policy::Principal;

use crate::error::Error;
use crate::session::{self, AssumedRoleUser, Credentials, NewSession};
use crate::trust::{self, TrustRequest};
use cognitab_iam::AssumableRole;
use cognitab_kernel::Access;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::{authorize, condition_keys};
use cognitab_trace::event::Station;

const ACTION: &str = "sts:AssumeRole";
/// The longest session of a chained role, and the default, in seconds.
const ONE_HOUR: i64 = 3600;

/// Condition keys.
type Keys = BTreeMap<String, Vec<String>>;

#[derive(Clone, Debug, Shape)]
pub(crate) struct AssumeRoleRequest {
    pub(crate) role_arn: ArnType,
    pub(crate) role_session_name: RoleSessionNameType,
    pub(crate) policy_arns: Option<PolicyDescriptorListType>,
    pub(crate) policy: Option<UnrestrictedSessionPolicyDocumentType>,
    pub(crate) duration_seconds: Option<RoleDurationSecondsType>,
    pub(crate) tags: Option<TagListType>,
    pub(crate) transitive_tag_keys: Option<TagKeyListType>,
    pub(crate) external_id: Option<ExternalIdType>,
    /// The caller's MFA device.
    pub(crate) serial_number: Option<SerialNumberType>,
    pub(crate) token_code: Option<TokenCodeType>,
    pub(crate) source_identity: Option<SourceIdentityType>,
    pub(crate) minimum_session_token_size: Option<MinimumSessionTokenSizeType>,
}

/// A session tag.
#[derive(Clone, Debug, PartialEq, Shape)]
pub struct Tag {
    /// Unique regardless of case.
    pub key: TagKeyType,
    /// Empty if the tag has none.
    pub value: TagValueType,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct AssumeRoleResponse {
    pub(crate) credentials: Credentials,
    pub(crate) assumed_role_user: AssumedRoleUser,
    /// Size of session policies and tags in percent of the limit.
    pub(crate) packed_policy_size: Option<i64>,
    pub(crate) source_identity: Option<String>,
}

#[operation(signed, unrestricted)]
pub(crate) fn assume_role(
    cx: &mut Cx<'_>,
    input: AssumeRoleRequest,
) -> Result<AssumeRoleResponse, Stop> {
    let principal = authorize::principal(&cx.call.caller);
    if matches!(principal, Principal::Root { .. }) {
        return Err(Error::RootCaller.into());
    }
    check_tags(&input)?;
    check_mfa(&input)?;
    let chained = matches!(principal, Principal::Session { .. });
    let role = find_role(cx, &input.role_arn, &principal)?;
    let context = trust_context(cx, &input);
    check_trust(cx, &role, &principal, context.clone(), &input)?;
    check_caller(cx, &role, context)?;
    let seconds = input.duration_seconds.map_or(ONE_HOUR, i64::from);
    if chained && seconds > ONE_HOUR {
        return Err(Error::ChainedSessionTooLong.into());
    }
    if seconds > role.max_session {
        return Err(Error::SessionTooLong.into());
    }
    let session = NewSession {
        seconds,
        policies: session::policies(cx, input.policy.as_deref(), input.policy_arns.as_ref())?,
        context: session_context(cx, &input),
        subject: input.role_session_name.to_string(),
        name: input.role_session_name.into_inner(),
        min_token_size: input.minimum_session_token_size,
    };
    let packed_policy_size = session::packed_size(&session);
    cx.call.account = role.account.clone();
    let (credentials, assumed_role_user) = session::issue(cx, &role, session);
    Ok(AssumeRoleResponse {
        credentials,
        assumed_role_user,
        packed_policy_size,
        source_identity: input.source_identity.map(String::from),
    })
}

/// Finds the role. If it does not exist, the error is that of a role whose trust policy does not allow
/// the caller, as AWS does not disclose which roles exist.
fn find_role(cx: &Cx<'_>, arn: &str, principal: &Principal) -> Result<AssumableRole, Error> {
    let denied = || Error::TrustDenied {
        caller: principal.arn(),
        action: ACTION.to_owned(),
        explicit: false,
    };
    cognitab_iam::role(&cx.world, arn).ok_or_else(denied)
}

fn tags(input: &AssumeRoleRequest) -> &[Tag] {
    input.tags.as_ref().map(|tags| tags.as_slice()).unwrap_or_default()
}

fn check_tags(input: &AssumeRoleRequest) -> Result<(), Stop> {
    let tags = tags(input);
    let keys: BTreeSet<String> = tags.iter().map(|t| t.key.to_lowercase()).collect();
    if keys.iter().any(|k| k.starts_with("aws:")) {
        return Err(Error::ReservedTag.into());
    }
    if keys.len() < tags.len() {
        return Err(Error::DuplicateTags.into());
    }
    Ok(())
}

/// Refuses every MFA code, since no principal has an MFA device.
fn check_mfa(input: &AssumeRoleRequest) -> Result<(), Error> {
    match (&input.serial_number, &input.token_code) {
        (None, None) => Ok(()),
        (Some(_), Some(_)) => Err(Error::InvalidMfaCode),
        _ => Err(Error::IncompleteMfa),
    }
}

/// Condition keys of the session: its tags and its source identity.
fn session_context(cx: &Cx<'_>, input: &AssumeRoleRequest) -> Keys {
    let mut context = BTreeMap::new();
    let inherited = cx.call.caller.key().map(|k| &k.context);
    for (name, values) in inherited.into_iter().flatten() {
        if name == "aws:SourceIdentity" {
            context.insert(name.clone(), values.clone());
        }
    }
    for tag in tags(input) {
        context.insert(format!("aws:PrincipalTag/{}", tag.key), vec![tag.value.to_string()]);
    }
    if let Some(source) = &input.source_identity {
        context.insert("aws:SourceIdentity".to_owned(), vec![source.to_string()]);
    }
    context
}

/// Evaluates the caller's policies. They must allow the action unless the trust policy of the same
/// account names the caller, and must not deny it in either case.
fn check_caller(cx: &mut Cx<'_>, role: &AssumableRole, context: Keys) -> Result<(), Stop> {
    let access = Access {
        owner: Some(role.account.clone()),
        policy: Some(role.trust.clone()),
        context: context.into_iter().collect(),
        ..Access::new(ACTION, role.arn.clone())
    };
    Ok(authorize::check(cx, &access).map_err(|error| error.at(Station::Role))?)
}

/// Evaluates the role's trust policy.
fn check_trust(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    principal: &Principal,
    context: Keys,
    input: &AssumeRoleRequest,
) -> Result<(), Stop> {
    let mut actions = vec![ACTION];
    if !tags(input).is_empty() {
        actions.push("sts:TagSession");
    }
    if input.source_identity.is_some() {
        actions.push("sts:SetSourceIdentity");
    }
    let request = TrustRequest { principal, actions, context, pool_account: None };
    trust::check(cx, role, request)
}

/// Condition keys of the request, for the trust policy.
fn trust_context(cx: &Cx<'_>, input: &AssumeRoleRequest) -> Keys {
    let mut context = condition_keys::always(cx.now);
    let mut set = |name: &str, values: Vec<String>| context.insert(name.to_owned(), values);
    set("sts:RoleSessionName", vec![input.role_session_name.to_string()]);
    if let Some(id) = &input.external_id {
        set("sts:ExternalId", vec![id.to_string()]);
    }
    if let Some(source) = &input.source_identity {
        set("sts:SourceIdentity", vec![source.to_string()]);
    }
    if let Some(keys) = &input.transitive_tag_keys {
        set("sts:TransitiveTagKeys", keys.iter().map(ToString::to_string).collect());
    }
    let tags = tags(input);
    for tag in tags {
        set(&format!("aws:RequestTag/{}", tag.key), vec![tag.value.to_string()]);
    }
    if !tags.is_empty() {
        set("aws:TagKeys", tags.iter().map(|t| t.key.to_string()).collect());
    }
    context
}
