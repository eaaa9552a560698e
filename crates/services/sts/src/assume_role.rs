//! AssumeRole: one who has keys becomes a role, of the own account or of another.
//!
//! Both sides must agree: the role's trust policy, and the caller's own policies unless the trust
//! policy of the same account names the caller itself.
//! <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>

use std::collections::{BTreeMap, BTreeSet};

use cognitab_macros::{Shape, operation};
use cognitab_policy::Principal;

use crate::error::Error;
use crate::session::{self, AssumedRoleUser, Credentials, PolicyDescriptor, Wanted};
use crate::trust::{self, TrustQuestion};
use cognitab_iam::AssumableRole;
use cognitab_kernel::Access;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;
use cognitab_kernel::{authorize, condition_keys};
use cognitab_trace::event::Station;

const ACTION: &str = "sts:AssumeRole";
const CHAINED: i64 = 3600;

/// Condition keys.
type Keys = BTreeMap<String, Vec<String>>;

/// Input of AssumeRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AssumeRoleRequest {
    /// The role.
    #[shape(length = 20..=2048)]
    pub(crate) role_arn: String,
    /// Name of the session.
    #[shape(length = 2..=64, pattern = r"[\w+=,.@-]*")]
    pub(crate) role_session_name: String,
    /// Managed session policies.
    #[shape(length = 0..=10)]
    pub(crate) policy_arns: Option<Vec<PolicyDescriptor>>,
    /// Inline session policy.
    #[shape(length = 1..=2048)]
    pub(crate) policy: Option<String>,
    /// Length of the session.
    #[shape(range = 900..=43_200)]
    pub(crate) duration_seconds: Option<i64>,
    /// Session tags.
    #[shape(length = 0..=50)]
    pub(crate) tags: Option<Vec<Tag>>,
    /// Keys of tags that chained sessions inherit.
    #[shape(length = 0..=50)]
    pub(crate) transitive_tag_keys: Option<Vec<String>>,
    /// The external id that the role's owner agreed on with a third party.
    #[shape(length = 2..=1224, pattern = r"[\w+=,.@:\/-]*")]
    pub(crate) external_id: Option<String>,
    /// Who is behind it.
    #[shape(length = 2..=64, pattern = r"[\w+=,.@-]*")]
    pub(crate) source_identity: Option<String>,
}

/// A session tag.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Tag {
    /// Its key.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
    pub(crate) key: String,
    /// Its value.
    #[shape(length = 0..=256, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
    pub(crate) value: String,
}

/// Output of AssumeRole.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AssumeRoleResponse {
    /// The credentials.
    pub(crate) credentials: Credentials,
    /// Who their holder is now.
    pub(crate) assumed_role_user: AssumedRoleUser,
    /// How much of the packed limit is used, in percent.
    pub(crate) packed_policy_size: Option<i64>,
    /// Who is behind it.
    pub(crate) source_identity: Option<String>,
}

/// Returns temporary credentials for a role. The operation itself asks the trust policy and the
/// caller's policies.
#[operation(signed, unrestricted)]
pub(crate) fn assume_role(
    cx: &mut Cx<'_>,
    input: AssumeRoleRequest,
) -> Result<AssumeRoleResponse, Stop> {
    let principal = authorize::principal(&cx.call.caller);
    if matches!(principal, Principal::Root { .. }) {
        return Err(Error::Root.into());
    }
    check_tags(&input)?;
    let chained = matches!(principal, Principal::Session { .. });
    let role = find(cx, &input.role_arn, &principal)?;
    let context = question(cx, &input);
    check_trust(cx, &role, &principal, context.clone(), &input)?;
    check_caller(cx, &role, context)?;
    let seconds = input.duration_seconds.unwrap_or(CHAINED);
    if chained && seconds > CHAINED {
        return Err(Error::ChainTooLong.into());
    }
    if seconds > role.max_session {
        return Err(Error::TooLong.into());
    }
    let wanted = Wanted {
        seconds,
        policies: session::policies(cx, input.policy.clone(), input.policy_arns.clone())?,
        context: kept(cx, &input),
        subject: input.role_session_name.clone(),
        name: input.role_session_name,
    };
    let packed_policy_size = session::packed_size(&wanted);
    cx.call.account = role.account.clone();
    let (credentials, assumed_role_user) = session::issue(cx, &role, wanted);
    Ok(AssumeRoleResponse {
        credentials,
        assumed_role_user,
        packed_policy_size,
        source_identity: input.source_identity,
    })
}

/// The role. Nobody learns from the answer whether it exists.
fn find(cx: &Cx<'_>, arn: &str, principal: &Principal) -> Result<AssumableRole, Error> {
    let denied = || Error::TrustDenied {
        caller: principal.arn(),
        action: ACTION.to_owned(),
        explicit: false,
    };
    cognitab_iam::role(&cx.world, arn).ok_or_else(denied)
}

fn check_tags(input: &AssumeRoleRequest) -> Result<(), Stop> {
    let tags = input.tags.as_deref().unwrap_or_default();
    let keys: BTreeSet<String> = tags.iter().map(|t| t.key.to_lowercase()).collect();
    if keys.iter().any(|k| k.starts_with("aws:")) {
        return Err(Error::ReservedTag.into());
    }
    if keys.len() < tags.len() {
        return Err(Error::DuplicateTags.into());
    }
    Ok(())
}

/// Condition keys that stay with the session.
fn kept(cx: &Cx<'_>, input: &AssumeRoleRequest) -> Keys {
    let mut context = BTreeMap::new();
    let inherited = cx.call.caller.key().map(|k| &k.context);
    for (name, values) in inherited.into_iter().flatten() {
        if name == "aws:SourceIdentity" {
            context.insert(name.clone(), values.clone());
        }
    }
    for tag in input.tags.iter().flatten() {
        context.insert(format!("aws:PrincipalTag/{}", tag.key), vec![tag.value.clone()]);
    }
    if let Some(source) = &input.source_identity {
        context.insert("aws:SourceIdentity".to_owned(), vec![source.clone()]);
    }
    context
}

/// The caller's side: its policies must agree unless the trust policy of its own account names it,
/// and none of them may deny it even then.
fn check_caller(cx: &mut Cx<'_>, role: &AssumableRole, context: Keys) -> Result<(), Stop> {
    let access = Access {
        owner: Some(role.account.clone()),
        policy: Some(role.trust.clone()),
        context: context.into_iter().collect(),
        ..Access::new(ACTION, role.arn.clone())
    };
    Ok(authorize::check(cx, &access).map_err(|error| error.at(Station::Role))?)
}

/// The role's side: its trust policy.
fn check_trust(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    principal: &Principal,
    context: Keys,
    input: &AssumeRoleRequest,
) -> Result<(), Stop> {
    let mut actions = vec![ACTION];
    if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
        actions.push("sts:TagSession");
    }
    if input.source_identity.is_some() {
        actions.push("sts:SetSourceIdentity");
    }
    let question = TrustQuestion { principal, actions, context, pool_account: None };
    trust::check(cx, role, question)
}

fn question(cx: &Cx<'_>, input: &AssumeRoleRequest) -> Keys {
    let mut context = condition_keys::always(cx.now);
    let mut set = |name: &str, values: Vec<String>| context.insert(name.to_owned(), values);
    set("sts:RoleSessionName", vec![input.role_session_name.clone()]);
    if let Some(id) = &input.external_id {
        set("sts:ExternalId", vec![id.clone()]);
    }
    if let Some(source) = &input.source_identity {
        set("sts:SourceIdentity", vec![source.clone()]);
    }
    if let Some(keys) = &input.transitive_tag_keys {
        set("sts:TransitiveTagKeys", keys.clone());
    }
    let tags = input.tags.as_deref().unwrap_or_default();
    for tag in tags {
        set(&format!("aws:RequestTag/{}", tag.key), vec![tag.value.clone()]);
    }
    if !tags.is_empty() {
        set("aws:TagKeys", tags.iter().map(|t| t.key.clone()).collect());
    }
    context
}
