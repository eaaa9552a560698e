//! Keys of the real AWS that somebody signed with by mistake: the log does not keep them.

use crate::caller::Key;
use crate::world::World;
use cognitab_trace::event::Event;

/// Letters of an access key id.
const LENGTH: usize = 20;
/// What stands before the session token that comes with a key, in a header and in a URL.
const TOKENS: [&str; 2] = ["x-amz-security-token\",\"", "x-amz-security-token="];

/// Whether an access key id has the form of AWS's own, and is none of its published examples.
pub(crate) fn looks_live(id: &str) -> bool {
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    id.len() == LENGTH
        && (id.starts_with("AKIA") || id.starts_with("ASIA"))
        && id.chars().all(capitals)
        && !id.ends_with("EXAMPLE")
}

/// The text of an event without the keys that nobody here was given, nor their session tokens.
pub(crate) fn leave_out(world: &World, event: &Event, mut text: String) -> String {
    let given = |id: &str| world.has::<Key>(id) || event.changes.iter().any(|c| c.key == id);
    let found: Vec<String> = ["AKIA", "ASIA"]
        .iter()
        .flat_map(|start| text.match_indices(start))
        .filter_map(|(at, _)| text.get(at..at + LENGTH))
        .filter(|id| looks_live(id) && !given(id))
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

/// The text with an ellipsis in place of what follows a mark, whose letters may have any case.
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
