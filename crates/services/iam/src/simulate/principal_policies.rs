//! The policies of the user or role that a simulation names.

use cognitab_kernel::Cx;

use crate::entity::{self, EntityArn};
use crate::error::Error;
use crate::policy::managed_policy;
use crate::simulate::source_policy::{PolicyOrigin, SourcePolicy};

/// The policies of a user or role; none for SimulateCustomPolicy.
#[derive(Clone, Debug, Default)]
pub(crate) struct PrincipalPolicies {
    /// Inline policies, then managed ones.
    pub(crate) identity: Vec<SourcePolicy>,
    pub(crate) boundary: Option<SourcePolicy>,
}

/// The policies of the user or role of this ARN, in the caller's account.
pub(crate) fn find(cx: &Cx<'_>, arn: &str) -> Result<PrincipalPolicies, Error> {
    let Some(EntityArn { arn: parsed, entity_type, name }) = EntityArn::parse(arn) else {
        return Err(Error::InvalidInput(format!(
            "Invalid Entity Arn: {arn} does not clearly define entity type and name."
        )));
    };
    let entity = entity::by_arn(&cx.world, arn).filter(|_| parsed.account() == cx.call.account);
    let entity = entity.ok_or_else(|| Error::EntityNotFound(entity_type, name.to_owned()))?;
    let managed = |arn: &String, origin: PolicyOrigin| {
        let name = arn.rsplit('/').next().unwrap_or_default();
        let document = managed_policy::document(&cx.world, arn)?;
        SourcePolicy::saved(name.to_owned(), origin, &document)
    };
    let inline = entity.inline.iter().filter_map(|(policy_name, text)| {
        let (entity_type, entity_name) = (entity.entity_type, entity.name.clone());
        let policy_name = policy_name.clone();
        let id = format!("{}_{entity_name}_{policy_name}", entity_type.as_str());
        SourcePolicy::saved(
            id,
            PolicyOrigin::Inline { entity_type, entity_name, policy_name },
            text,
        )
    });
    let attached = &entity.attached;
    let attached =
        attached.iter().filter_map(|arn| managed(arn, PolicyOrigin::Managed(arn.clone())));
    let boundary = entity.boundary.as_ref();
    Ok(PrincipalPolicies {
        identity: inline.chain(attached).collect(),
        boundary: boundary.and_then(|arn| managed(arn, PolicyOrigin::PermissionsBoundary)),
    })
}
