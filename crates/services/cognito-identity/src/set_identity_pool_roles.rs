//! SetIdentityPoolRoles: replaces the roles and role mappings of a pool.

use crate::shapes::{IdentityPoolId, RoleMappingMap, RolesMap};
use cognitab_macros::{Shape, operation};

use crate::error::Error;
use crate::pool::{self, RoleMappingType};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct SetIdentityPoolRolesInput {
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) roles: RolesMap,
    pub(crate) role_mappings: Option<RoleMappingMap>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn set_identity_pool_roles(
    cx: &mut Cx<'_>,
    input: SetIdentityPoolRolesInput,
) -> Result<(), Stop> {
    let mut pool = pool::find(cx, &input.identity_pool_id)?;
    for (provider, mapping) in input.role_mappings.iter().flat_map(|mappings| mappings.iter()) {
        if mapping.ambiguous_role_resolution.is_none() {
            let message =
                format!("AmbiguousRoleResolution is required for role mapping {provider}");
            return Err(Error::InvalidParameter(message).into());
        }
        if mapping.kind == RoleMappingType::Rules && mapping.rules_configuration.is_none() {
            let message = format!("RulesConfiguration is required for role mapping {provider}");
            return Err(Error::InvalidParameter(message).into());
        }
    }
    pool.roles = input.roles;
    pool.role_mappings = input.role_mappings.unwrap_or_default();
    cx.world.put(&pool);
    Ok(())
}
