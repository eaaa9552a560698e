//! Managed policies and their versions.

pub(crate) mod create_policy;
pub(crate) mod create_policy_version;
pub(crate) mod delete_policy;
pub(crate) mod delete_policy_version;
pub(crate) mod get_policy;
pub(crate) mod get_policy_version;
pub(crate) mod list_policies;
pub(crate) mod list_policy_versions;
pub(crate) mod managed_policy;
pub(crate) mod set_default_policy_version;
pub(crate) mod version;

use cognitab_kernel::{Entry, entry};

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
