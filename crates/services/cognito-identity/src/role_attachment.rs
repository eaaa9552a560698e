//! The roles that pools hand out: what a policy is asked about those who come with them.

use std::collections::BTreeMap;

use cognitab_policy::Policy;
use cognitab_trace::control::RoleAttachment;

use crate::guest;
use crate::identity::belongs;
use crate::pool::{MappingType, Pool, RoleMapping};
use crate::pool_token;
use cognitab_kernel::World;
use cognitab_kernel::authorize;

/// Every role that a pool hands out, once for each pool and kind of person.
pub fn all(world: &World) -> Vec<RoleAttachment> {
    let mut attachments: Vec<RoleAttachment> = Vec::new();
    for pool in world.scan::<Pool>("") {
        let mut add = |role: String, guest| {
            let attachment = RoleAttachment {
                role,
                pool: pool.view.identity_pool_id.clone(),
                name: pool.view.identity_pool_name.clone(),
                account: pool.account.clone(),
                guest,
            };
            if !attachments.contains(&attachment) {
                attachments.push(attachment);
            }
        };
        for (kind, role) in &pool.roles {
            let guest = kind == "unauthenticated";
            if !guest || pool.view.allow_unauthenticated_identities {
                add(role.clone(), guest);
            }
        }
        for (provider, mapping) in &pool.role_mappings {
            mapped(world, provider, mapping).into_iter().for_each(|role| add(role, false));
        }
    }
    attachments
}

/// The roles that a mapping may choose: those of its rules, or of the user pool's groups.
fn mapped(world: &World, provider: &str, mapping: &RoleMapping) -> Vec<String> {
    let rules = mapping.rules_configuration.iter().flat_map(|one| &one.rules);
    match mapping.kind {
        MappingType::Rules => rules.map(|rule| rule.role_arn.clone()).collect(),
        MappingType::Token => {
            let pool = provider.split('/').nth(1).and_then(|rest| rest.split(':').next());
            cognitab_cognito_idp::roles_of_pool(world, pool.unwrap_or_default())
        }
    }
}

/// The claims that such a session carries. Whose it is follows from an identity that the
/// resource names; without one it is somebody whom no policy can know.
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

/// The policies to which the pool scopes guests down.
pub fn session_policies(attachment: &RoleAttachment, world: &World) -> Option<Vec<Policy>> {
    let fixed = |name: &str, text: &str| Policy { fixed: true, ..authorize::policy(name, text) };
    // The id of a pool begins with its region.
    let region = attachment.pool.split(':').next().unwrap_or_default();
    let managed = guest::managed_policy_arn(region);
    let managed = cognitab_iam::managed_policy(world, &managed).unwrap_or_default();
    let both = [fixed("session policy 1", guest::INLINE), fixed("session policy 2", &managed)];
    attachment.guest.then(|| both.into())
}
