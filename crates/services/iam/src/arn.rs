//! ARNs of IAM: `arn:{partition}:iam::{account}:{type}/{path}{name}`. IAM is global in a partition,
//! so its ARNs name no region.

use cognitab_kernel::Cx;
use cognitab_wire::arn::{Arn, Partition, is_account_id};

/// Parses an ARN of IAM.
pub(crate) fn parse(text: &str) -> Option<Arn<'_>> {
    Arn::parse(text).filter(|arn| arn.service() == "iam" && arn.region().is_empty())
}

/// The account whose root this ARN names.
pub(crate) fn root_account(text: &str) -> Option<&str> {
    let arn = parse(text).filter(|arn| arn.is_root() && is_account_id(arn.account()))?;
    Some(arn.account())
}

/// The partition in which a request is answered.
pub(crate) fn partition(cx: &Cx<'_>) -> Partition {
    Partition::of_region(&cx.call.region)
}

/// The ARN of a session of a role, as an example of all its sessions.
pub(crate) fn role_session(partition: Partition, account: &str, role_name: &str) -> String {
    let resource = format!("assumed-role/{role_name}/session");
    Arn::in_partition(partition, "sts", account, &resource).to_string()
}
