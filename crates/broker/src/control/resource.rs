//! Owner and policy of the resource that a question names.

use cognitab_kernel::World;
use cognitab_trace::control::Resource;
use cognitab_wire::arn::Arn;

use crate::registry;

/// The resource of this ARN; without an owner if its service does not know it.
pub(super) fn find(world: &World, action: &str, text: &str) -> Resource {
    let arn = Arn::parse(text);
    let known = arn.as_ref().and_then(|arn| {
        let find = registry::service(arn.service())?.resource?;
        find(world, action, arn)
    });
    known.unwrap_or_else(|| Resource {
        arn: text.to_owned(),
        account: arn.map(|arn| arn.account().to_owned()).unwrap_or_default(),
        ..Resource::default()
    })
}
