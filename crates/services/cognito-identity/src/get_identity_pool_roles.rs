//! GetIdentityPoolRoles: shows the roles of a pool.

use cognitab_macros::{Shape, operation};
use std::collections::BTreeMap;

use crate::pool::{self, RoleMapping};
use cognitab_kernel::Cx;
use cognitab_kernel::Stop;

/// Input of GetIdentityPoolRoles.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdentityPoolRolesInput {
    /// The pool.
    #[shape(length = 1..=55, pattern = r"[\w-]+:[0-9a-f-]+")]
    pub(crate) identity_pool_id: String,
}

/// Output of GetIdentityPoolRoles.
#[derive(Clone, Debug, Shape)]
pub(crate) struct GetIdentityPoolRolesResponse {
    /// The pool.
    pub(crate) identity_pool_id: String,
    /// Role ARNs.
    pub(crate) roles: BTreeMap<String, String>,
    /// Mappings.
    pub(crate) role_mappings: Option<BTreeMap<String, RoleMapping>>,
}

/// Shows the roles of a pool.
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
