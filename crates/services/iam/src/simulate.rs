//! The policy simulator.

pub(crate) mod context_entry;
pub(crate) mod context_keys;
pub(crate) mod evaluation;
pub(crate) mod get_context_keys_for_custom_policy;
pub(crate) mod get_context_keys_for_principal_policy;
pub(crate) mod policy_exclusion;
pub(crate) mod principal_policies;
pub(crate) mod request;
pub(crate) mod resource_handling;
pub(crate) mod response;
pub(crate) mod simulate_custom_policy;
pub(crate) mod simulate_principal_policy;
pub(crate) mod source_policy;

use cognitab_kernel::{Entry, entry};

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<get_context_keys_for_custom_policy::GetContextKeysForCustomPolicy>(),
    entry::<get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy>(),
    entry::<simulate_custom_policy::SimulateCustomPolicy>(),
    entry::<simulate_principal_policy::SimulatePrincipalPolicy>(),
];
