//! Users and roles as principals, with every policy that is attached to them.

use cognitab_kernel::service::IdentityPolicies;
use cognitab_kernel::{World, authorize};
use cognitab_policy::{Document, Effect, Principal};
use cognitab_trace::control::Subject;

use crate::arn;
use crate::entity::{self, Entity, EntityType};
use crate::policy::managed_policy;

/// The policies of the user or role of this ARN.
pub(crate) fn identity_policies(world: &World, arn: &str) -> IdentityPolicies {
    entity::by_arn(world, arn).map(|entity| entity.policies(world)).unwrap_or_default()
}

impl Entity {
    /// Its inline and managed policies and its permissions boundary.
    fn policies(&self, world: &World) -> IdentityPolicies {
        let managed = |arn: &String| {
            let document = managed_policy::document(world, arn)?;
            Some(authorize::policy(arn.as_str(), &document))
        };
        let inline = self.inline.iter().map(|(name, text)| authorize::policy(name.as_str(), text));
        IdentityPolicies {
            identity: inline.chain(self.attached.iter().filter_map(managed)).collect(),
            boundary: self.boundary.as_ref().and_then(managed),
        }
    }
}

/// Every user and role of every account.
pub fn all(world: &World) -> impl Iterator<Item = Subject> + use<'_> {
    world.scan("").filter_map(|entity| subject(world, entity))
}

/// The entity as a principal; `None` if it is a group, which cannot make requests.
fn subject(world: &World, entity: Entity) -> Option<Subject> {
    let policies = entity.policies(world);
    let entity_arn = entity.arn();
    let trust = entity.trust.map(|text| authorize::policy(entity.name.as_str(), &text));
    let (account, name) = (entity.account, entity.name);
    let principal = match entity.entity_type {
        EntityType::User => Principal::User {
            arn: entity_arn.clone(),
            id: entity.id.clone(),
            account: account.clone(),
        },
        EntityType::Group => return None,
        EntityType::Role => Principal::Session {
            role_arn: entity_arn.clone(),
            session_arn: arn::role_session(entity.partition, &account, &name),
            account: account.clone(),
        },
    };
    Some(Subject {
        identity: policies.identity,
        boundary: policies.boundary,
        id: entity.id,
        principal,
        trust,
        name,
        arn: entity_arn,
        account,
    })
}

/// The principals that a role's trust policy allows, as it names them.
pub fn trusts(subject: &Subject) -> Vec<String> {
    let trust = subject.trust.as_ref().map(|policy| policy.document.clone());
    let document = trust.and_then(|trust| Document::from_value(trust).ok());
    let statements = document.map(|document| document.statements).unwrap_or_default();
    let allow = statements.into_iter().filter(|statement| statement.effect == Effect::Allow);
    let principals = allow.filter_map(|statement| statement.principal);
    let patterns = principals.flat_map(|principals| principals.values);
    patterns.map(|pattern| pattern.text().to_owned()).collect()
}
