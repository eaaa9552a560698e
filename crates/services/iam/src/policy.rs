//! Managed policies.

pub(crate) mod aws_managed_policy;
pub(crate) mod create_policy;
pub(crate) mod create_policy_version;
pub(crate) mod customer_managed_policy;
pub(crate) mod delete_policy;
pub(crate) mod delete_policy_version;
pub(crate) mod get_policy;
pub(crate) mod get_policy_version;
pub(crate) mod list_policies;
pub(crate) mod list_policy_versions;
pub(crate) mod managed_policy;
pub(crate) mod policy_version;
pub(crate) mod set_default_policy_version;

use cognitab_kernel::{Entry, entry};
use cognitab_macros::Shape;
use cognitab_wire::shape::Timestamp;

use crate::policy::aws_managed_policy::AwsManagedPolicy;
use crate::policy::customer_managed_policy::CustomerManagedPolicy;
use crate::policy::managed_policy::ManagedPolicy;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<create_policy::CreatePolicy>(),
    entry::<create_policy_version::CreatePolicyVersion>(),
    entry::<delete_policy::DeletePolicy>(),
    entry::<delete_policy_version::DeletePolicyVersion>(),
    entry::<get_policy::GetPolicy>(),
    entry::<get_policy_version::GetPolicyVersion>(),
    entry::<list_policies::ListPolicies>(),
    entry::<list_policy_versions::ListPolicyVersions>(),
    entry::<set_default_policy_version::SetDefaultPolicyVersion>(),
];

/// A managed policy as IAM returns it.
#[derive(Clone, Debug, Shape)]
pub(crate) struct Policy {
    policy_name: String,
    policy_id: Option<String>,
    arn: String,
    path: String,
    default_version_id: String,
    is_attachable: bool,
    description: Option<String>,
    create_date: Option<Timestamp>,
}

impl From<CustomerManagedPolicy> for Policy {
    fn from(policy: CustomerManagedPolicy) -> Policy {
        Policy {
            arn: policy.arn(),
            policy_name: policy.name,
            policy_id: Some(policy.id),
            path: policy.path,
            default_version_id: format!("v{}", policy.default),
            is_attachable: true,
            description: policy.description,
            create_date: Some(policy.created),
        }
    }
}

impl From<AwsManagedPolicy> for Policy {
    fn from(policy: AwsManagedPolicy) -> Policy {
        Policy {
            arn: policy.arn(),
            policy_name: policy.name.to_owned(),
            policy_id: None,
            path: "/".to_owned(),
            default_version_id: "v1".to_owned(),
            is_attachable: true,
            description: None,
            create_date: None,
        }
    }
}

impl From<ManagedPolicy> for Policy {
    fn from(policy: ManagedPolicy) -> Policy {
        match policy {
            ManagedPolicy::Aws(policy) => policy.into(),
            ManagedPolicy::Customer(policy) => policy.into(),
        }
    }
}
