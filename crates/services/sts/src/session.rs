//! Role sessions and their credentials.

use crate::shapes::{ArnType, MinimumSessionTokenSizeType, PolicyDescriptorListType};
use std::collections::BTreeMap;

use cognitab_macros::Shape;
use cognitab_policy::Kind;
use cognitab_wire::arn::Arn;
use cognitab_wire::shape::Timestamp;

use crate::error::Error;
use cognitab_iam::AssumableRole;
use cognitab_kernel::Cx;
use cognitab_kernel::Key;
use cognitab_kernel::Stop;
use cognitab_trace::event::{Artifact, ArtifactKind};

/// The maximum length of an inline session policy, in characters.
const MAX_POLICY_LENGTH: usize = 2048;
/// The maximum number of managed session policies.
const MAX_MANAGED_POLICIES: usize = 10;

/// Temporary credentials.
#[derive(Clone, Debug, Shape)]
pub struct Credentials {
    /// `ASIA…`.
    pub access_key_id: String,
    /// Signs requests.
    pub secret_access_key: String,
    /// The session token, which every request must carry.
    pub session_token: String,
    /// When the credentials expire.
    pub expiration: Timestamp,
}

/// The principal of a role session.
#[derive(Clone, Debug, Shape)]
pub struct AssumedRoleUser {
    /// `AROA…:session`.
    pub assumed_role_id: String,
    /// `arn:{partition}:sts::{account}:assumed-role/{role}/{session}`.
    pub arn: String,
}

/// A managed session policy.
#[derive(Clone, Debug, PartialEq, Shape)]
pub struct PolicyDescriptorType {
    /// ARN of the managed policy.
    #[shape(name = "arn")]
    pub arn: Option<ArnType>,
}

/// A session to be created.
pub(crate) struct NewSession {
    /// The role session name.
    pub(crate) name: String,
    /// Duration in seconds.
    pub(crate) seconds: i64,
    /// Session policies as JSON texts.
    pub(crate) policies: Option<Vec<String>>,
    /// Condition keys of the session's requests.
    pub(crate) context: BTreeMap<String, Vec<String>>,
    /// The subject of the credentials in the event.
    pub(crate) subject: String,
    /// The minimum size of the session token in bytes.
    pub(crate) min_token_size: Option<MinimumSessionTokenSizeType>,
}

/// The documents of the inline and the managed session policies; `None` without any.
pub(crate) fn policies(
    cx: &Cx<'_>,
    inline: Option<&String>,
    managed: Option<&PolicyDescriptorListType>,
) -> Result<Option<Vec<String>>, Stop> {
    let mut texts = Vec::new();
    if let Some(text) = inline {
        cognitab_iam::check_document(text, Kind::Session)
            .map_err(|error| Error::MalformedPolicy(error.message))?;
        if text.chars().count() > MAX_POLICY_LENGTH {
            return Err(Error::PolicyTooLarge.into());
        }
        texts.push(text.clone());
    }
    if managed.is_some_and(|list| list.len() > MAX_MANAGED_POLICIES) {
        return Err(Error::TooManyPolicies.into());
    }
    let managed = managed.into_iter().flat_map(|list| list.iter());
    for arn in managed.filter_map(|policy| policy.arn.as_ref()) {
        let text = cognitab_iam::managed_policy(&cx.world, arn);
        let text = text.ok_or_else(|| Error::NoPolicy(arn.to_string()))?;
        texts.push(text);
    }
    Ok((!texts.is_empty()).then_some(texts))
}

/// The size of session policies and tags in percent of the limit for their packed form; `None`
/// without any. It is an estimate: AWS does not publish how it packs them.
pub(crate) fn packed_size(session: &NewSession) -> Option<i64> {
    let policies: usize = session.policies.iter().flatten().map(String::len).sum();
    let tags = session.context.iter().filter(|(k, _)| k.starts_with("aws:PrincipalTag/"));
    let tags: usize = tags.map(|(k, v)| k.len() + v.iter().map(String::len).sum::<usize>()).sum();
    let size = i64::try_from((policies + tags) / 41).unwrap_or(i64::MAX);
    (policies + tags > 0).then_some(size.clamp(1, 100))
}

/// The ARN of a session, in the partition of its role.
fn session_arn(role: &AssumableRole, session: &str) -> String {
    let partition = Arn::parse(&role.arn).map(|arn| arn.partition()).unwrap_or_default();
    let resource = format!("assumed-role/{}/{session}", role.name);
    Arn::in_partition(partition, "sts", &role.account, &resource).to_string()
}

/// A session token of at least this size in bytes.
fn session_token(cx: &mut Cx<'_>, min_size: Option<MinimumSessionTokenSizeType>) -> String {
    let mut token = format!("IQoJb3JpZ2luX2Vj{}", cx.random.mixed(340));
    let min_size = min_size.and_then(|size| usize::try_from(*size).ok()).unwrap_or_default();
    if let Some(missing) = min_size.checked_sub(token.len()).filter(|missing| *missing > 0) {
        token += &cx.random.mixed(missing);
    }
    token
}

/// Creates a session of a role and its credentials.
pub(crate) fn issue(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    session: NewSession,
) -> (Credentials, AssumedRoleUser) {
    let expiration = Timestamp(cx.now + session.seconds * 1000);
    let user = AssumedRoleUser {
        assumed_role_id: format!("{}:{}", role.id, session.name),
        arn: session_arn(role, &session.name),
    };
    let mut context = session.context;
    for tag in &role.tags {
        context
            .entry(format!("aws:PrincipalTag/{}", tag.key))
            .or_insert_with(|| vec![tag.value.to_string()]);
    }
    let key = Key {
        access_key_id: format!("ASIA{}", cx.random.base32(16)),
        secret_access_key: cx.random.mixed(40),
        session_token: Some(session_token(cx, session.min_token_size)),
        expires: Some(expiration),
        issued: Timestamp(cx.now),
        account: role.account.clone(),
        arn: user.arn.clone(),
        principal: role.arn.clone(),
        user_id: user.assumed_role_id.clone(),
        session_policies: session.policies,
        context,
        inactive: false,
    };
    cx.world.put(&key);
    cx.call.returns.push(Artifact {
        kind: ArtifactKind::Credentials,
        value: key.access_key_id.clone(),
        subject: session.subject,
        expires: expiration.0,
    });
    let credentials = Credentials {
        access_key_id: key.access_key_id,
        secret_access_key: key.secret_access_key,
        session_token: key.session_token.unwrap_or_default(),
        expiration,
    };
    (credentials, user)
}
