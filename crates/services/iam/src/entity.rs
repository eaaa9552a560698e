//! Entities: the row of users and roles, and the operations that are the same for both.

pub(crate) mod attach_policy;
pub(crate) mod delete_inline_policy;
pub(crate) mod delete_permissions_boundary;
pub(crate) mod detach_policy;
pub(crate) mod get_inline_policy;
pub(crate) mod list_attached_policies;
pub(crate) mod list_inline_policies;
pub(crate) mod put_inline_policy;
pub(crate) mod put_permissions_boundary;

use std::collections::BTreeMap;

use cognitab_kernel::{Cx, Random, Row, Stop, World};
use cognitab_macros::Shape;
use cognitab_wire::arn::{Arn, Partition, is_account_id};
use cognitab_wire::shape::Timestamp;

use crate::access_key;
use crate::arn;
use crate::document;
use crate::error::Error;
use crate::shapes::PathPrefixType;
use crate::tag::Tag;

/// The type of an entity. Its text is the resource type in ARNs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Shape)]
#[shape(name = "AttachmentType")]
pub(crate) enum EntityType {
    #[shape(name = "user")]
    User,
    #[shape(name = "group")]
    Group,
    #[shape(name = "role")]
    Role,
}

impl EntityType {
    /// The word at the beginning of a sentence.
    pub(crate) fn capitalized(self) -> &'static str {
        match self {
            EntityType::User => "User",
            EntityType::Group => "Group",
            EntityType::Role => "Role",
        }
    }

    /// How the unique IDs of its entities begin.
    fn id_prefix(self) -> &'static str {
        match self {
            EntityType::User => "AIDA",
            EntityType::Group => "AGPA",
            EntityType::Role => "AROA",
        }
    }

    /// The most characters that the inline policies of an entity may have together.
    fn inline_policy_size(self) -> usize {
        match self {
            EntityType::User => 2048,
            EntityType::Group => 5120,
            EntityType::Role => 10_240,
        }
    }

    /// The quota for the managed policies attached to an entity.
    fn attached_policy_quota(self) -> &'static str {
        match self {
            EntityType::User => "PoliciesPerUser",
            EntityType::Group => "PoliciesPerGroup",
            EntityType::Role => "PoliciesPerRole",
        }
    }
}

/// A user or a role.
#[derive(Clone, Debug, PartialEq, Shape)]
pub(crate) struct Entity {
    #[shape(name = "Kind")]
    pub(crate) entity_type: EntityType,
    /// The partition in which it was created.
    #[shape(optional)]
    pub(crate) partition: Partition,
    pub(crate) account: String,
    pub(crate) name: String,
    /// Starts and ends with a slash.
    pub(crate) path: String,
    /// `AIDA…` or `AROA…`.
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    /// A role's trust policy, as JSON text.
    pub(crate) trust: Option<String>,
    /// A role's maximum session duration in seconds.
    pub(crate) max_session: Option<i64>,
    pub(crate) description: Option<String>,
    /// Inline policies: documents by name.
    pub(crate) inline: BTreeMap<String, String>,
    /// ARNs of the attached managed policies, in the order in which they were attached.
    pub(crate) attached: Vec<String>,
    /// ARN of the managed policy that is the permissions boundary.
    pub(crate) boundary: Option<String>,
    pub(crate) tags: Option<Vec<Tag>>,
}

impl Row for Entity {
    const TABLE: &'static str = "iam.entity";
    fn key(&self) -> String {
        key(&self.account, self.entity_type, &self.name)
    }
}

/// Names are unique in an account, regardless of case and of the partition.
fn key(account: &str, entity_type: EntityType, name: &str) -> String {
    format!("{account}/{}/{}", entity_type.as_str(), name.to_lowercase())
}

impl Entity {
    /// An entity without policies, at the path `/`.
    pub(crate) fn new(
        entity_type: EntityType,
        partition: Partition,
        account: &str,
        name: &str,
        now: i64,
        random: &mut Random,
    ) -> Entity {
        Entity {
            entity_type,
            partition,
            account: account.to_owned(),
            name: name.to_owned(),
            path: "/".to_owned(),
            id: format!("{}{}", entity_type.id_prefix(), random.base32(17)),
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

    /// Its ARN, with its path.
    pub(crate) fn arn(&self) -> String {
        let resource = format!("{}{}{}", self.entity_type.as_str(), self.path, self.name);
        Arn::in_partition(self.partition, "iam", &self.account, &resource).to_string()
    }

    /// Fails if its inline policies are too large together.
    fn check_inline_policy_size(&self) -> Result<(), Error> {
        let limit = self.entity_type.inline_policy_size();
        let size: usize = self.inline.values().map(|text| document::size(text)).sum();
        if size > limit {
            return Err(Error::InlinePoliciesTooLarge(self.entity_type, self.name.clone(), limit));
        }
        Ok(())
    }

    /// Fails if too many managed policies are attached to it.
    fn check_attached_policy_quota(&self) -> Result<(), Error> {
        if self.attached.len() > 10 {
            return Err(Error::QuotaExceeded(self.entity_type.attached_policy_quota(), 10));
        }
        Ok(())
    }
}

/// A new entity in the caller's account. It is not yet in the world.
pub(crate) fn create(cx: &mut Cx<'_>, entity_type: EntityType, name: &str) -> Entity {
    let partition = arn::partition(cx);
    Entity::new(entity_type, partition, &cx.call.account, name, cx.now, &mut cx.random)
}

/// Fails if the caller's account has an entity of this type and name.
pub(crate) fn ensure_name_is_free(
    cx: &Cx<'_>,
    entity_type: EntityType,
    name: &str,
) -> Result<(), Error> {
    if cx.world.has::<Entity>(&key(&cx.call.account, entity_type, name)) {
        return Err(Error::EntityAlreadyExists(entity_type, name.to_owned()));
    }
    Ok(())
}

/// The entity of this type and name in the caller's account.
pub(crate) fn find(cx: &Cx<'_>, entity_type: EntityType, name: &str) -> Result<Entity, Error> {
    let found = cx.world.get(&key(&cx.call.account, entity_type, name));
    found.ok_or_else(|| Error::EntityNotFound(entity_type, name.to_owned()))
}

/// The entities of a type in the caller's account whose path begins with this prefix, in
/// alphabetical order.
pub(crate) fn list<'a>(
    cx: &'a Cx<'_>,
    entity_type: EntityType,
    path_prefix: Option<PathPrefixType>,
) -> impl Iterator<Item = Entity> + use<'a> {
    let prefix = path_prefix.map(PathPrefixType::into_inner).unwrap_or_default();
    let all = cx.world.scan(&key(&cx.call.account, entity_type, ""));
    all.filter(move |entity: &Entity| entity.path.starts_with(&prefix))
}

/// Deletes an entity that has neither policies nor access keys.
pub(crate) fn delete(cx: &mut Cx<'_>, entity_type: EntityType, name: &str) -> Result<(), Stop> {
    let entity = find(cx, entity_type, name)?;
    let first = if !entity.inline.is_empty() {
        Some("delete policies")
    } else if !entity.attached.is_empty() {
        Some("detach all policies")
    } else if entity_type == EntityType::User && access_key::of_user(cx, &entity).next().is_some() {
        Some("delete access keys")
    } else {
        None
    };
    if let Some(first) = first {
        return Err(Error::DeleteConflict(first).into());
    }
    cx.world.remove::<Entity>(&entity.key());
    Ok(())
}

/// The ARN of an entity, with the type and the name in it.
pub(crate) struct EntityArn<'a> {
    pub(crate) arn: Arn<'a>,
    pub(crate) entity_type: EntityType,
    /// Without its path.
    pub(crate) name: &'a str,
}

impl EntityArn<'_> {
    /// Parses the ARN of a user, a group or a role. It need not exist.
    pub(crate) fn parse(text: &str) -> Option<EntityArn<'_>> {
        let arn = arn::parse(text)?;
        let (resource_type, path_and_name) = arn.resource().split_once('/')?;
        let entity_type = [EntityType::User, EntityType::Group, EntityType::Role]
            .into_iter()
            .find(|entity_type| entity_type.as_str() == resource_type)?;
        let name = path_and_name.rsplit('/').next().filter(|name| !name.is_empty())?;
        Some(EntityArn { arn, entity_type, name })
    }
}

/// The entity of this ARN; `None` if there is none.
pub(crate) fn by_arn(world: &World, arn: &str) -> Option<Entity> {
    let EntityArn { arn: parsed, entity_type, name } = EntityArn::parse(arn)?;
    let entity: Entity = world.get(&key(parsed.account(), entity_type, name))?;
    (entity.arn() == arn).then_some(entity)
}

/// Whether a policy can name this principal: everyone, an account or its root, or a user or role
/// that exists. Sessions are not checked, as IAM does not check them.
pub(crate) fn principal_exists(world: &World, name: &str) -> bool {
    let is_session = |arn: Arn<'_>| arn.service() == "sts" && arn.region().is_empty();
    name == "*"
        || is_account_id(name)
        || arn::root_account(name).is_some()
        || Arn::parse(name).is_some_and(is_session)
        || by_arn(world, name).is_some_and(|entity| entity.entity_type != EntityType::Group)
}

/// The permissions boundary of a user or a role, as IAM returns it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct AttachedPermissionsBoundary {
    permissions_boundary_type: String,
    permissions_boundary_arn: String,
}

impl AttachedPermissionsBoundary {
    /// The boundary that is the policy of this ARN.
    pub(crate) fn new(permissions_boundary_arn: String) -> AttachedPermissionsBoundary {
        let permissions_boundary_type = "Policy".to_owned();
        AttachedPermissionsBoundary { permissions_boundary_type, permissions_boundary_arn }
    }
}

#[cfg(test)]
mod tests {
    use cognitab_kernel::World;

    use super::*;

    /// Worlds that were saved before rows had a partition stay as they are.
    #[test]
    fn a_row_without_a_partition_is_in_the_partition_aws() {
        let text = r#"{"Kind":"role","Account":"111122223333","Name":"worker","Path":"/team/","Id":"AROAEXAMPLE","Created":1795419368,"Inline":{},"Attached":[]}"#;
        let key = key("111122223333", EntityType::Role, "worker");
        let world = World::load([(Entity::TABLE.to_owned(), key, text.to_owned())]);
        let arn = "arn:aws:iam::111122223333:role/team/worker";
        assert_eq!(by_arn(&world, arn).unwrap().arn(), arn);
        assert_eq!(by_arn(&world, "arn:aws-cn:iam::111122223333:role/team/worker"), None);
    }
}
