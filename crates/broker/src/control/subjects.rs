//! What there is to ask about: who holds policies, what they stand on, and how one gets a role.

use serde::Serialize;

use super::policy::write;
use crate::cognito_identity::{self, Offer};
use crate::iam::{self, Subject};
use crate::resource::Resource;
use crate::world::World;
use crate::{dynamodb, s3};

#[derive(Serialize)]
struct Subjects {
    principals: Vec<Subject>,
    resources: Vec<Resource>,
    offers: Vec<Offer>,
}

/// `{"principals": […], "resources": […], "offers": […]}`: users and roles as `iam::Subject`,
/// buckets and tables as `{"arn", "account", "policy"}` with the policy as `{"name", "document"}`
/// or null, and the roles that identity pools hand out as `cognito_identity::Offer`.
pub(super) fn answer(world: &World) -> String {
    write(&Subjects {
        principals: iam::subjects(world).collect(),
        resources: s3::resources(world).chain(dynamodb::resources(world)).collect(),
        offers: cognito_identity::offers(world),
    })
}
