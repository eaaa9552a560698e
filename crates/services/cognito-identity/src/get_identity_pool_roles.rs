//! GetIdentityPoolRoles.

use crate::shapes::{IdentityPoolId, RoleMappingMap, RolesMap};
use cognitab_macros::{Shape, operation};

use crate::pool;
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdentityPoolRolesInput {
    pub(crate) identity_pool_id: IdentityPoolId,
}

#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdentityPoolRolesResponse {
    pub(crate) identity_pool_id: IdentityPoolId,
    pub(crate) roles: RolesMap,
    pub(crate) role_mappings: Option<RoleMappingMap>,
}

#[operation(signed, access = pool::access)]
pub(crate) fn get_identity_pool_roles(
    cx: &mut Cx<'_>,
    input: GetIdentityPoolRolesInput,
) -> Result<GetIdentityPoolRolesResponse, Stop> {
    let pool = pool::find(cx, &input.identity_pool_id)?;
    let mappings = (!pool.role_mappings.is_empty()).then_some(pool.role_mappings);
    Ok(GetIdentityPoolRolesResponse {
        identity_pool_id: input.identity_pool_id,
        roles: pool.roles,
        role_mappings: mappings,
    })
}
