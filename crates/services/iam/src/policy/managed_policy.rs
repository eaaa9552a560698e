//! Managed policies: AWS's and the account's own.

use cognitab_kernel::{Cx, World};

use crate::arn;
use crate::error::Error;
use crate::policy::aws_managed_policy::AwsManagedPolicy;
use crate::policy::customer_managed_policy::{self, CustomerManagedPolicy};
use crate::policy::policy_version::PolicyVersion;

/// A managed policy.
#[derive(Clone, Debug)]
pub(crate) enum ManagedPolicy {
    Aws(AwsManagedPolicy),
    Customer(CustomerManagedPolicy),
}

impl ManagedPolicy {
    /// The document of its default version, as JSON text.
    fn document(&self) -> String {
        match self {
            ManagedPolicy::Aws(policy) => policy.document(),
            ManagedPolicy::Customer(policy) => policy.document().to_owned(),
        }
    }

    /// Its versions, the newest first.
    pub(crate) fn versions(&self) -> Vec<PolicyVersion> {
        match self {
            ManagedPolicy::Aws(policy) => vec![policy.version()],
            ManagedPolicy::Customer(policy) => {
                policy.versions.iter().map(|version| PolicyVersion::of(policy, version)).collect()
            }
        }
    }
}

fn by_arn(world: &World, arn: &str) -> Option<ManagedPolicy> {
    let aws = AwsManagedPolicy::find(arn).map(ManagedPolicy::Aws);
    aws.or_else(|| customer_managed_policy::by_arn(world, arn).map(ManagedPolicy::Customer))
}

/// The managed policy of this ARN.
pub(crate) fn find(world: &World, arn: &str) -> Result<ManagedPolicy, Error> {
    by_arn(world, arn).ok_or_else(|| Error::PolicyNotFound(arn.to_owned()))
}

/// The document of the managed policy of this ARN, as JSON text; `None` if there is no such policy.
pub fn document(world: &World, arn: &str) -> Option<String> {
    Some(by_arn(world, arn)?.document())
}

/// Fails if the caller's account cannot attach this policy: it is neither AWS's nor the account's
/// own, or of another partition.
pub(crate) fn check_attachable(cx: &Cx<'_>, arn: &str) -> Result<(), Error> {
    let partition = arn::partition(cx);
    let attachable = match by_arn(&cx.world, arn) {
        Some(ManagedPolicy::Aws(policy)) => policy.partition == partition,
        Some(ManagedPolicy::Customer(policy)) => {
            policy.partition == partition && policy.account == cx.call.account
        }
        None => false,
    };
    if attachable { Ok(()) } else { Err(Error::PolicyNotAttachable(arn.to_owned())) }
}
