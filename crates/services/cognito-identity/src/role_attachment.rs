//! The roles of identity pools, for the evaluation of policies.

use std::collections::BTreeMap;

use cognitab_policy::Policy;
use cognitab_trace::control::RoleAttachment;

use crate::guest_policies;
use crate::identity::belongs;
use crate::pool::{Pool, RoleMapping, RoleMappingType};
use crate::pool_token;
use cognitab_kernel::World;
use cognitab_kernel::authorize;

/// The roles that a pool can select, for authenticated and for unauthenticated identities.
pub fn all(world: &World) -> Vec<RoleAttachment> {
    let mut attachments: Vec<RoleAttachment> = Vec::new();
    for pool in world.scan::<Pool>("") {
        let mut add = |role: String, guest| {
            let attachment = RoleAttachment {
                role,
                pool: pool.view.identity_pool_id.to_string(),
                name: pool.view.identity_pool_name.to_string(),
                account: pool.account.clone(),
                guest,
            };
            if !attachments.contains(&attachment) {
                attachments.push(attachment);
            }
        };
        for (kind, role) in pool.roles.iter() {
            let guest = *kind == "unauthenticated";
            if !guest || pool.view.allow_unauthenticated_identities {
                add(role.to_string(), guest);
            }
        }
        for (provider, mapping) in pool.role_mappings.iter() {
            mapped(world, provider, mapping).into_iter().for_each(|role| add(role, false));
        }
    }
    attachments
}

/// The roles that a mapping can select: those of its rules, or of the user pool's groups.
fn mapped(world: &World, provider: &str, mapping: &RoleMapping) -> Vec<String> {
    let rules = mapping.rules_configuration.iter().flat_map(|one| one.rules.iter());
    match mapping.kind {
        RoleMappingType::Rules => rules.map(|rule| rule.role_arn.to_string()).collect(),
        RoleMappingType::Token => {
            let pool = provider.split('/').nth(1).and_then(|rest| rest.split(':').next());
            cognitab_cognito_idp::roles_of_pool(world, pool.unwrap_or_default())
        }
    }
}

/// The condition keys of a session of this role. `sub` is the identity in the resource's name, if it
/// is one of the pool.
pub fn context(
    attachment: &RoleAttachment,
    world: &World,
    resource: &str,
) -> BTreeMap<String, Vec<String>> {
    let amr = if attachment.guest { "unauthenticated" } else { "authenticated" };
    let key = |name: &str| format!("{}:{name}", pool_token::PRINCIPAL);
    let subject = resource.split('/').find(|part| belongs(world, &attachment.pool, part));
    let mut context = BTreeMap::new();
    let mut set = |key: String, value: &str| context.insert(key, vec![value.to_owned()]);
    set(key("aud"), &attachment.pool);
    set(key("amr"), amr);
    set("aws:FederatedProvider".to_owned(), pool_token::PRINCIPAL);
    subject.map(|subject| set(key("sub"), subject));
    context
}

/// The session policies of a guest's session. `None` for authenticated identities.
pub fn session_policies(attachment: &RoleAttachment, world: &World) -> Option<Vec<Policy>> {
    let fixed = |name: &str, text: &str| Policy { fixed: true, ..authorize::policy(name, text) };
    // The ID of a pool begins with its region.
    let region = attachment.pool.split(':').next().unwrap_or_default();
    let managed = guest_policies::managed_policy_arn(region);
    let managed = cognitab_iam::managed_policy(world, &managed).unwrap_or_default();
    let both =
        [fixed("session policy 1", guest_policies::INLINE), fixed("session policy 2", &managed)];
    attachment.guest.then(|| both.into())
}
