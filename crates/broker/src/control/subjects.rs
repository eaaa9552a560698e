//! What there is to ask about: who holds policies, what they stand on, and how one gets a role.

use serde_json::{Value as Json, json};

use crate::world::World;
use crate::{cognito_identity, dynamodb, iam, s3};

/// `{"principals": […], "resources": […], "offers": […]}`: users and roles as `iam::Subject`,
/// buckets and tables as `{"arn", "account", "policy"}` with the policy as `{"name", "document"}`
/// or null, and the roles that identity pools hand out as `cognito_identity::Offer`.
pub(super) fn answer(world: &World) -> Json {
    let resources = s3::resources(world).chain(dynamodb::resources(world));
    json!({
        "principals": iam::subjects(world).collect::<Vec<_>>(),
        "resources": resources.collect::<Vec<_>>(),
        "offers": cognito_identity::offers(world),
    })
}
