//! What the inspector shows.

use cognitab_trace::event::Artifact;

/// The item that is open in the inspector.
#[derive(Clone, Debug, PartialEq)]
pub enum Selection {
    /// The event with this number.
    Event(u64),
    /// A token, an authorization code, or credentials.
    Artifact(Artifact),
}
