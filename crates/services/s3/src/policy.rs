//! Bucket policies.

mod delete_bucket_policy;
mod get_bucket_policy;
mod put_bucket_policy;

use cognitab_kernel::{Entry, entry};

/// Operations on bucket policies, in the order in which their patterns are tried.
pub(crate) const OPERATIONS: &[Entry] = &[
    entry::<put_bucket_policy::PutBucketPolicy>(),
    entry::<get_bucket_policy::GetBucketPolicy>(),
    entry::<delete_bucket_policy::DeleteBucketPolicy>(),
];
