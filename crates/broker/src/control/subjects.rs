//! Who and what a question about policies can name.

use cognitab_kernel::World;
use cognitab_trace::control::Subjects;

use super::policy::write;
use crate::registry;

/// Every user, role, resource and role attachment, as a [`Subjects`].
pub(super) fn answer(world: &World) -> String {
    let lists = registry::services().iter().filter_map(|service| service.resources);
    write(&Subjects {
        principals: cognitab_iam::subjects(world).collect(),
        resources: lists.flat_map(|list| list(world)).collect(),
        offers: cognitab_cognito_identity::role_attachments(world),
    })
}
