//! Redaction of access keys that may be live AWS keys, used here by mistake: the event log does not
//! keep them.

use crate::caller::Key;
use crate::world::World;
use cognitab_trace::event::Event;

/// Length of an access key id in characters.
const LENGTH: usize = 20;
/// What precedes a session token in a header and in a URL.
const TOKENS: [&str; 2] = ["x-amz-security-token\",\"", "x-amz-security-token="];

/// Whether an access key id has the form of one that AWS issues, and is not a published example.
pub(crate) fn may_be_live(id: &str) -> bool {
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    id.len() == LENGTH
        && (id.starts_with("AKIA") || id.starts_with("ASIA"))
        && id.chars().all(capitals)
        && !id.ends_with("EXAMPLE")
}

/// The text of an event without access keys that were not issued in this world, and without their
/// session tokens.
pub(crate) fn redact(world: &World, event: &Event, mut text: String) -> String {
    let issued = |id: &str| world.has::<Key>(id) || event.changes.iter().any(|c| c.key == id);
    let found: Vec<String> = ["AKIA", "ASIA"]
        .iter()
        .flat_map(|start| text.match_indices(start))
        .filter_map(|(at, _)| text.get(at..at + LENGTH))
        .filter(|id| may_be_live(id) && !issued(id))
        .map(str::to_owned)
        .collect();
    if found.is_empty() {
        return text;
    }
    for id in found {
        text = text.replace(&id, &format!("{}…", id.get(..4).unwrap_or_default()));
    }
    TOKENS.iter().fold(text, |text, mark| blank(&text, mark))
}

/// The text with what follows a prefix replaced by an ellipsis. Case does not matter.
fn blank(text: &str, mark: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.to_ascii_lowercase().find(mark) {
        let (before, after) = rest.split_at(at + mark.len());
        out.push_str(before);
        out.push('…');
        rest = after.find(['"', '&', '\\']).and_then(|end| after.get(end..)).unwrap_or_default();
    }
    out.push_str(rest);
    out
}
