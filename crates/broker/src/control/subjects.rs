//! Who and what a question about policies can name.

use cognitab_kernel::World;
use cognitab_trace::control::Subjects;

use super::policy::write;

/// Every user, role, resource and role attachment, as a [`Subjects`].
pub(super) fn answer(world: &World) -> String {
    let tables = cognitab_dynamodb::resources(world);
    write(&Subjects {
        principals: cognitab_iam::subjects(world).collect(),
        resources: cognitab_s3::resources(world).chain(tables).collect(),
        offers: cognitab_cognito_identity::role_attachments(world),
    })
}
