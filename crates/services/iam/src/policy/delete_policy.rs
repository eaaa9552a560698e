//! DeletePolicy: deletes a customer managed policy that is not attached.

use cognitab_kernel::{Cx, Row, Stop};
use cognitab_macros::{Shape, operation};

use crate::access;
use crate::entity::Entity;
use crate::error::Error;
use crate::policy::customer_managed_policy::{self, CustomerManagedPolicy};
use crate::shapes::ArnType;

#[derive(Clone, Debug, Shape)]
pub(crate) struct DeletePolicyRequest {
    policy_arn: ArnType,
}

/// Deletes a customer managed policy that is not attached and has one version.
#[operation(signed, access = access::policy)]
pub(crate) fn delete_policy(cx: &mut Cx<'_>, input: DeletePolicyRequest) -> Result<(), Stop> {
    let policy = customer_managed_policy::find(&cx.world, &input.policy_arn)?;
    let attached = |entity: Entity| {
        entity.attached.iter().chain(&entity.boundary).any(|arn| *arn == *input.policy_arn)
    };
    if cx.world.scan(&format!("{}/", cx.call.account)).any(attached) {
        return Err(Error::DeleteConflict("detach this policy from all entities").into());
    }
    if policy.versions.len() > 1 {
        return Err(Error::PolicyHasVersions.into());
    }
    cx.world.remove::<CustomerManagedPolicy>(&policy.key());
    Ok(())
}
