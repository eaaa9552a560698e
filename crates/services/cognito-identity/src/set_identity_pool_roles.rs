//! SetIdentityPoolRoles: sets the roles of a pool; what was set before is gone.

use cognitab_macros::{Shape, operation};
use std::collections::BTreeMap;

use crate::error::Error;
use crate::pool::{self, MappingType, RoleMapping};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of SetIdentityPoolRoles.
#[derive(Clone, Debug, Shape)]
pub(crate) struct SetIdentityPoolRolesInput {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
    /// `authenticated` and `unauthenticated` to role ARNs.
    #[shape(length = 0..=2, item_length = 20..=2048)]
    pub(crate) roles: BTreeMap<String, String>,
    /// How roles of a provider's users are chosen.
    #[shape(length = 0..=10)]
    pub(crate) role_mappings: Option<BTreeMap<String, RoleMapping>>,
}

/// Sets the roles of a pool; what was set before is gone.
#[operation(signed, access = pool::access)]
pub(crate) fn set_identity_pool_roles(
    cx: &mut Cx<'_>,
    input: SetIdentityPoolRolesInput,
) -> Result<(), Stop> {
    let mut pool = pool::find(cx, &input.identity_pool_id)?;
    let known = ["authenticated", "unauthenticated"];
    if let Some(other) = input.roles.keys().find(|k| !known.contains(&k.as_str())) {
        return Err(Error::Parameter(format!("Invalid role type: {other}")).into());
    }
    for (provider, mapping) in input.role_mappings.iter().flatten() {
        if mapping.ambiguous_role_resolution.is_none() {
            let message =
                format!("AmbiguousRoleResolution is required for role mapping {provider}");
            return Err(Error::Parameter(message).into());
        }
        if mapping.kind == MappingType::Rules && mapping.rules_configuration.is_none() {
            let message = format!("RulesConfiguration is required for role mapping {provider}");
            return Err(Error::Parameter(message).into());
        }
    }
    pool.roles = input.roles;
    pool.role_mappings = input.role_mappings.unwrap_or_default();
    cx.world.put(&pool);
    Ok(())
}
