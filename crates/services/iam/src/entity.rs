//! Users and roles: what both are, and what the rest of the broker may know of them.

use std::collections::{BTreeMap, BTreeSet};

use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::access_key::key;
use crate::document;
use crate::error::Error;
use crate::policy::managed_policy;
use cognitab_kernel::Cx;
use cognitab_kernel::Key;
use cognitab_kernel::Random;
use cognitab_kernel::Row;
use cognitab_kernel::Stop;
use cognitab_kernel::World;
use cognitab_kernel::accounts::Account;

const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

/// What kind of entity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
pub(crate) enum EntityType {
    /// A user.
    #[shape(name = "user")]
    User,
    /// A role.
    #[shape(name = "role")]
    Role,
}

impl EntityType {
    /// The word at the beginning of a sentence.
    pub(crate) fn title(self) -> &'static str {
        match self {
            EntityType::User => "User",
            EntityType::Role => "Role",
        }
    }
}

/// A user or a role.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Entity {
    pub(crate) kind: EntityType,
    pub(crate) account: String,
    pub(crate) name: String,
    pub(crate) path: String,
    /// `AIDA…` or `AROA…`.
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    /// A role's trust policy.
    pub(crate) trust: Option<String>,
    /// A role's longest session in seconds.
    pub(crate) max_session: Option<i64>,
    pub(crate) description: Option<String>,
    /// Inline policies: name to document.
    pub(crate) inline: BTreeMap<String, String>,
    /// ARNs of managed policies.
    pub(crate) attached: Vec<String>,
    /// ARN of the managed policy that bounds it.
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Option<Vec<Tag>>,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, Shape)]
pub struct Tag {
    /// Its key.
    #[shape(length = 1..=128, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+")]
    pub key: String,
    /// Its value.
    #[shape(length = 0..=256, pattern = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*")]
    pub value: String,
}

/// A permissions boundary as IAM shows it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachedPermissionsBoundary {
    permissions_boundary_type: String,
    permissions_boundary_arn: String,
}

impl AttachedPermissionsBoundary {
    /// The boundary of this ARN.
    pub(crate) fn of(arn: &str) -> AttachedPermissionsBoundary {
        AttachedPermissionsBoundary {
            permissions_boundary_type: "Policy".to_owned(),
            permissions_boundary_arn: arn.to_owned(),
        }
    }
}

impl Row for Entity {
    const TABLE: &'static str = "iam.entity";
    fn key(&self) -> String {
        key(&self.account, self.kind, &self.name)
    }
}

/// Names are unique whatever their case.
fn key(account: &str, kind: EntityType, name: &str) -> String {
    format!("{account}/{}/{}", kind.as_str(), name.to_lowercase())
}

impl Entity {
    /// Its ARN, path included.
    pub(crate) fn arn(&self) -> String {
        format!("arn:aws:iam::{}:{}{}{}", self.account, self.kind.as_str(), self.path, self.name)
    }

    /// Refuses inline policies that are too large together.
    pub(crate) fn check_inline_policy_size(&self) -> Result<(), Stop> {
        let most = if self.kind == EntityType::Role { 10_240 } else { 2048 };
        let size: usize = self.inline.values().map(|text| document::size(text)).sum();
        if size > most {
            return Err(Error::InlinePoliciesTooLarge(self.kind, self.name.clone(), most).into());
        }
        Ok(())
    }

    /// Refuses too many managed policies.
    pub(crate) fn check_attached_policy_quota(&self) -> Result<(), Stop> {
        if self.attached.len() > 10 {
            let name =
                if self.kind == EntityType::Role { "PoliciesPerRole" } else { "PoliciesPerUser" };
            return Err(Error::QuotaExceeded(name, 10).into());
        }
        Ok(())
    }

    /// Refuses to delete what still holds something.
    pub(crate) fn check_deletable(&self, cx: &Cx<'_>) -> Result<(), Stop> {
        let held = if !self.inline.is_empty() {
            "delete policies"
        } else if !self.attached.is_empty() {
            "detach all policies"
        } else if self.kind == EntityType::User && key::of(cx, self).next().is_some() {
            "delete access keys"
        } else {
            return Ok(());
        };
        Err(Error::DeleteConflict(held).into())
    }
}

/// What a new entity may be given.
pub(crate) struct New {
    pub(crate) path: Option<String>,
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Option<Vec<Tag>>,
}

/// A new entity of the caller's account; not yet in the world.
pub(crate) fn create(
    cx: &mut Cx<'_>,
    kind: EntityType,
    name: &str,
    new: New,
) -> Result<Entity, Stop> {
    if let Some(arn) = &new.boundary {
        managed_policy::check_attachable(cx, arn)?;
    }
    let (path, boundary) = (new.path, new.boundary);
    let account = cx.call.account.clone();
    let now = cx.now;
    let fresh = blank(&account, kind, name, now, &mut cx.random);
    Ok(Entity { path: path.unwrap_or_else(|| "/".to_owned()), boundary, tags: new.tags, ..fresh })
}

fn blank(account: &str, kind: EntityType, name: &str, now: i64, random: &mut Random) -> Entity {
    let prefix = if kind == EntityType::Role { "AROA" } else { "AIDA" };
    Entity {
        kind,
        account: account.to_owned(),
        name: name.to_owned(),
        path: "/".to_owned(),
        id: format!("{prefix}{}", random.base32(17)),
        created: Timestamp(now),
        trust: None,
        max_session: None,
        description: None,
        inline: BTreeMap::new(),
        attached: Vec::new(),
        boundary: None,
        tags: None,
    }
}

/// Refuses a name that is taken.
pub(crate) fn ensure_name_is_free(cx: &Cx<'_>, kind: EntityType, name: &str) -> Result<(), Stop> {
    if cx.world.has::<Entity>(&key(&cx.call.account, kind, name)) {
        return Err(Error::EntityAlreadyExists(kind, name.to_owned()).into());
    }
    Ok(())
}

/// The entity of this name in the caller's account.
pub(crate) fn find(cx: &Cx<'_>, kind: EntityType, name: &str) -> Result<Entity, Stop> {
    let found = cx.world.get(&key(&cx.call.account, kind, name));
    found.ok_or_else(|| Error::EntityNotFound(kind, name.to_owned()).into())
}

/// All entities of a kind in the caller's account.
pub(crate) fn in_account<'a>(
    cx: &'a Cx<'_>,
    kind: EntityType,
) -> impl Iterator<Item = Entity> + use<'a> {
    cx.world.scan(&key(&cx.call.account, kind, ""))
}

/// Account, kind and name that the ARN of a user, a role or a group tells.
pub(crate) fn parse_arn(arn: &str) -> Option<(&str, &str, &str)> {
    let (account, rest) = arn.strip_prefix("arn:aws:iam::")?.split_once(':')?;
    let (kind, path) = rest.split_once('/')?;
    let name = path.rsplit('/').next().filter(|name| !name.is_empty())?;
    matches!(kind, "user" | "role" | "group").then_some((account, kind, name))
}

/// The user or role of this ARN.
pub(crate) fn by_arn(world: &World, arn: &str) -> Option<Entity> {
    let (account, kind, name) = parse_arn(arn)?;
    let kind = match kind {
        "role" => EntityType::Role,
        "user" => EntityType::User,
        _ => return None,
    };
    world.get(&key(account, kind, name)).filter(|e: &Entity| e.arn() == arn)
}

/// Whether a policy may name this principal: an account, its root, or a user or role that exists.
/// Sessions are taken on trust, as IAM takes them.
pub(crate) fn principal_exists(world: &World, name: &str) -> bool {
    let account = |id: &str| id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit());
    let root = name.strip_prefix("arn:aws:iam::").and_then(|r| r.strip_suffix(":root"));
    name == "*"
        || account(root.unwrap_or(name))
        || name.starts_with("arn:aws:sts::")
        || by_arn(world, name).is_some()
}

/// What STS may know of a role.
#[derive(Clone, Debug)]
pub struct RoleView {
    /// Its ARN, path included.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `AROA…`.
    pub id: String,
    /// Its account.
    pub account: String,
    /// Its trust policy, JSON text.
    pub trust: String,
    /// Its longest session in seconds.
    pub max_session: i64,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// The role of this ARN.
pub fn role(world: &World, arn: &str) -> Option<RoleView> {
    let entity = by_arn(world, arn).filter(|e| e.kind == EntityType::Role)?;
    Some(RoleView {
        arn: entity.arn(),
        name: entity.name,
        id: entity.id,
        account: entity.account,
        trust: entity.trust.unwrap_or_default(),
        max_session: entity.max_session.unwrap_or(3600),
        tags: entity.tags.unwrap_or_default(),
    })
}

/// The accounts that there are: each has its administrator.
pub fn accounts(world: &World) -> BTreeSet<String> {
    world.scan::<Entity>("").map(|entity| entity.account).collect()
}

/// Puts an account with its administrator into a new world: an IAM user who may do everything,
/// because the root user may not assume roles.
pub fn create_account(world: &mut World, account: &Account, now: i64) {
    let mut seed = [0; 32];
    for (to, from) in seed.iter_mut().zip(account.id.bytes()) {
        *to = from;
    }
    let mut user =
        blank(account.id, EntityType::User, "administrator", now, &mut Random::new(seed));
    user.attached.push(ADMINISTRATOR.to_owned());
    world.put(&user);
    world.put(&Key {
        access_key_id: account.access_key_id.to_owned(),
        secret_access_key: account.secret_access_key.to_owned(),
        ..key::held_by(&user, now)
    });
}
