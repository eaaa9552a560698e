//! Owner and policy of the resource that a question names.

use cognitab_kernel::{World, authorize};
use cognitab_trace::control::Resource;

/// The resource of this ARN. A role's trust policy counts only for the actions that assume it.
pub(super) fn find(world: &World, action: &str, arn: &str) -> Resource {
    let account = arn.split(':').nth(4).unwrap_or_default().to_owned();
    let plain = Resource { arn: arn.to_owned(), account, ..Resource::default() };
    if let Some(path) = arn.strip_prefix("arn:aws:s3:::") {
        let bucket = path.split('/').next().unwrap_or_default();
        return cognitab_s3::resource(world, bucket).unwrap_or(plain);
    }
    let assumes = action.to_ascii_lowercase().starts_with("sts:assume");
    match cognitab_iam::role(world, arn).filter(|_| assumes) {
        Some(role) => Resource {
            policy: Some(authorize::policy(role.name, &role.trust)),
            must_allow: true,
            ..plain
        },
        None => plain,
    }
}
