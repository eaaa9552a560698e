//! Users and roles as those who ask policies: with every document that is attached to them.

use cognitab_kernel::service::IdentityPolicies;
use cognitab_policy::{Document, Effect, Principal};
use cognitab_trace::control::Subject;

use crate::entity::{self, Entity, EntityType};
use crate::policy::managed_policy;
use cognitab_kernel::World;
use cognitab_kernel::authorize;

/// The policies attached to the user or role of this ARN.
pub(crate) fn identity_policies(world: &World, arn: &str) -> IdentityPolicies {
    entity::by_arn(world, arn).map(|entity| entity.policies(world)).unwrap_or_default()
}

impl Entity {
    /// The policies attached to it.
    fn policies(&self, world: &World) -> IdentityPolicies {
        let managed = |arn: &String| {
            managed_policy::text(world, arn).map(|text| authorize::policy(arn.as_str(), &text))
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
    world.scan("").map(|entity| of(world, &entity))
}

/// The user or role of this row.
pub(crate) fn of(world: &World, entity: &Entity) -> Subject {
    let attached = entity.policies(world);
    let (arn, account, name) = (entity.arn(), entity.account.clone(), entity.name.clone());
    let trust = entity.trust.as_deref().map(|text| authorize::policy(name.as_str(), text));
    let principal = match entity.kind {
        EntityType::User => {
            Principal::User { arn: arn.clone(), id: entity.id.clone(), account: account.clone() }
        }
        EntityType::Role => Principal::Session {
            role_arn: arn.clone(),
            session_arn: format!("arn:aws:sts::{account}:assumed-role/{name}/session"),
            account: account.clone(),
        },
    };
    Subject {
        identity: attached.identity,
        boundary: attached.boundary,
        id: entity.id.clone(),
        principal,
        trust,
        name,
        arn,
        account,
    }
}

/// The principals that a role's trust policy allows, as it names them.
pub fn trusts(subject: &Subject) -> Vec<String> {
    let trust = subject.trust.as_ref().map(|policy| policy.document.clone());
    let document = trust.and_then(|trust| Document::from_value(trust).ok());
    let statements = document.map(|one| one.statements).unwrap_or_default();
    let allow = statements.into_iter().filter(|one| one.effect == Effect::Allow);
    let principals = allow.filter_map(|one| one.principal);
    principals.flat_map(|one| one.values).map(|one| one.text().to_owned()).collect()
}
