//! Users and roles as those who ask policies: with every document that is attached to them.

use cognitab_policy::{Document, Effect, Policy, Principal};
use serde::Serialize;

use super::entity::{self, Entity, Kind};
use super::managed;
use crate::authorize;
use crate::world::World;

/// The policies attached to a user or a role.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attached {
    /// Inline and managed policies.
    pub(crate) identity: Vec<Policy>,
    /// The permissions boundary.
    pub(crate) boundary: Option<Policy>,
}

/// The policies attached to the user or role of this ARN.
pub(crate) fn policies(world: &World, arn: &str) -> Attached {
    entity::by_arn(world, arn).map(|entity| entity.policies(world)).unwrap_or_default()
}

impl Entity {
    /// The policies attached to it.
    fn policies(&self, world: &World) -> Attached {
        let managed = |arn: &String| {
            managed::text(world, arn).map(|text| authorize::policy(arn.as_str(), &text))
        };
        let inline = self.inline.iter().map(|(name, text)| authorize::policy(name.as_str(), text));
        Attached {
            identity: inline.chain(self.attached.iter().filter_map(managed)).collect(),
            boundary: self.boundary.as_ref().and_then(managed),
        }
    }
}

/// A user or a role with its policies.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Subject {
    /// Its name.
    pub(crate) name: String,
    /// Its ARN.
    pub(crate) arn: String,
    /// `AIDA…` or `AROA…`.
    pub(crate) id: String,
    /// Its account.
    pub(crate) account: String,
    /// How a question names it; a role by a session of it.
    pub(crate) principal: Principal,
    /// Inline and managed policies.
    pub(crate) identity: Vec<Policy>,
    /// The permissions boundary.
    pub(crate) boundary: Option<Policy>,
    /// A role's trust policy.
    pub(crate) trust: Option<Policy>,
}

/// Every user and role of every account.
pub(crate) fn all(world: &World) -> impl Iterator<Item = Subject> + use<'_> {
    world.scan("").map(|entity| Subject::of(world, &entity))
}

impl Subject {
    /// The user or role of this row.
    pub(super) fn of(world: &World, entity: &Entity) -> Subject {
        let attached = entity.policies(world);
        let (arn, account, name) = (entity.arn(), entity.account.clone(), entity.name.clone());
        let trust = entity.trust.as_deref().map(|text| authorize::policy(name.as_str(), text));
        let principal = match entity.kind {
            Kind::User => Principal::User {
                arn: arn.clone(),
                id: entity.id.clone(),
                account: account.clone(),
            },
            Kind::Role => Principal::Session {
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

    /// Whom the trust policy lets in, as it names them.
    pub(crate) fn trusts(&self) -> Vec<String> {
        let trust = self.trust.as_ref().map(|policy| policy.document.clone());
        let document = trust.and_then(|trust| Document::from_value(trust).ok());
        let statements = document.map(|one| one.statements).unwrap_or_default();
        let allow = statements.into_iter().filter(|one| one.effect == Effect::Allow);
        let principals = allow.filter_map(|one| one.principal);
        principals.flat_map(|one| one.values).map(|one| one.text().to_owned()).collect()
    }
}
