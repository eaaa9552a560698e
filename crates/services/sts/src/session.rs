//! Sessions of a role: the credentials that STS gives out and what they remember.

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

/// Session policies may hold this many characters together.
const PLAIN_LIMIT: usize = 2048;

/// Temporary credentials as STS shows them.
#[derive(Clone, Debug, Shape)]
pub struct Credentials {
    /// `ASIA…`.
    pub access_key_id: String,
    /// The secret half.
    pub secret_access_key: String,
    /// Must be sent along.
    pub session_token: String,
    /// Their end.
    pub expiration: Timestamp,
}

/// Who the credentials make their holder.
#[derive(Clone, Debug, Shape)]
pub struct AssumedRoleUser {
    /// `AROA…:session`.
    pub assumed_role_id: String,
    /// `arn:{partition}:sts::{account}:assumed-role/{role}/{session}`.
    pub arn: String,
}

/// A managed policy by its ARN.
#[derive(Clone, Debug, Shape)]
pub struct PolicyDescriptor {
    /// The ARN.
    #[shape(name = "arn", length = 20..=2048)]
    pub arn: Option<String>,
}

/// What a session is made of.
pub(crate) struct Wanted {
    /// Session name.
    pub(crate) name: String,
    /// Length in seconds.
    pub(crate) seconds: i64,
    /// Session policies as JSON texts.
    pub(crate) policies: Option<Vec<String>>,
    /// Condition keys that stay with the session.
    pub(crate) context: BTreeMap<String, Vec<String>>,
    /// For whom it speaks, as an event shows it.
    pub(crate) subject: String,
}

/// The texts of inline and managed session policies, checked; nothing where none was given.
pub(crate) fn policies(
    cx: &Cx<'_>,
    inline: Option<String>,
    arns: Option<Vec<PolicyDescriptor>>,
) -> Result<Option<Vec<String>>, Stop> {
    let mut texts = Vec::new();
    if let Some(text) = inline {
        let plain = text.chars().count();
        cognitab_iam::check_document(&text, Kind::Session)
            .map_err(|error| Error::Malformed(error.message))?;
        if plain > PLAIN_LIMIT {
            return Err(Error::TooLarge.into());
        }
        texts.push(text);
    }
    for arn in arns.into_iter().flatten().filter_map(|p| p.arn) {
        let text = cognitab_iam::managed_policy(&cx.world, &arn).ok_or(Error::NoPolicy(arn))?;
        texts.push(text);
    }
    Ok((!texts.is_empty()).then_some(texts))
}

/// Percentage of the packed limit that session policies and tags take up: an estimate, since AWS
/// publishes no rule; absent where nothing was passed.
pub(crate) fn packed_size(wanted: &Wanted) -> Option<i64> {
    let policies: usize = wanted.policies.iter().flatten().map(String::len).sum();
    let tags = wanted.context.iter().filter(|(k, _)| k.starts_with("aws:PrincipalTag/"));
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

/// Gives out credentials for a session of a role.
pub(crate) fn issue(
    cx: &mut Cx<'_>,
    role: &AssumableRole,
    wanted: Wanted,
) -> (Credentials, AssumedRoleUser) {
    let expiration = Timestamp(cx.now + wanted.seconds * 1000);
    let user = AssumedRoleUser {
        assumed_role_id: format!("{}:{}", role.id, wanted.name),
        arn: session_arn(role, &wanted.name),
    };
    let mut context = wanted.context;
    for tag in &role.tags {
        context
            .entry(format!("aws:PrincipalTag/{}", tag.key))
            .or_insert_with(|| vec![tag.value.to_string()]);
    }
    let key = Key {
        access_key_id: format!("ASIA{}", cx.random.base32(16)),
        secret_access_key: cx.random.mixed(40),
        session_token: Some(format!("IQoJb3JpZ2luX2Vj{}", cx.random.mixed(340))),
        expires: Some(expiration),
        issued: Timestamp(cx.now),
        account: role.account.clone(),
        arn: user.arn.clone(),
        principal: role.arn.clone(),
        user_id: user.assumed_role_id.clone(),
        session_policies: wanted.policies,
        context,
        inactive: false,
    };
    cx.world.put(&key);
    cx.call.returns.push(Artifact {
        kind: ArtifactKind::Credentials,
        value: key.access_key_id.clone(),
        subject: wanted.subject,
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
