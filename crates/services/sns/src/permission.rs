//! Statements of a topic policy, added and removed one by one.

mod add_permission;
mod remove_permission;

use cognitab_kernel::{Entry, entry};
use serde_json::Value as Json;

/// The operations of this group.
pub(crate) const OPERATIONS: &[Entry] =
    &[entry::<add_permission::AddPermission>(), entry::<remove_permission::RemovePermission>()];

/// Whether a statement has this `Sid`.
fn is_labeled(statement: &Json, label: &str) -> bool {
    statement.get("Sid").and_then(Json::as_str) == Some(label)
}
