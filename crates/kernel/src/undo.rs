//! The way back. Beside each change of the world stands what its rows were before, the newest fifty
//! changes deep: whoever owns the world, and however often its host has been stopped, the last
//! change can be taken back.

use std::sync::Arc;

use cognitab_macros::Shape;
use serde::{Deserialize, Serialize};

use crate::event_log;
use crate::random::Random;
use crate::world::{Row, World};

const TABLE: &str = "undo";
/// As many changes can be taken back.
const KEPT: u64 = 50;
/// A change of more text than this cannot be taken back, nor what came before it.
const LIMIT: usize = 1 << 20;

/// Which world it is. Another one has another id; in the same one, each undo begins another turn,
/// for the numbers of the log repeat after it.
#[derive(Clone, Debug, Default, Shape)]
pub struct Identity {
    /// A UUID.
    pub id: String,
    /// Counts the undos.
    pub turn: i64,
}

impl Row for Identity {
    const TABLE: &'static str = "world";
    fn key(&self) -> String {
        String::new()
    }
}

/// One change.
#[derive(Serialize, Deserialize)]
struct Change {
    /// The first event that is not older than it.
    from: u64,
    /// What it was, where no event says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    call: Option<String>,
    /// The rows as they were: table, key, and the text of those that there were.
    rows: Vec<(String, String, Option<Arc<str>>)>,
}

/// Gives a world an identity of its own.
pub fn identify(world: &mut World, mut random: Random) {
    world.put(&Identity { id: random.uuid(), turn: 0 });
}

/// Which world it is.
pub fn identity(world: &World) -> Identity {
    world.get("").unwrap_or_default()
}

/// Keeps what a change has replaced; the log is no part of it.
pub fn note(before: &World, after: &mut World, call: Option<&str>) {
    let writes = before.diff(after).into_iter().filter(|write| write.table != event_log::TABLE);
    let rows: Vec<_> = writes
        .map(|write| {
            let old = before.text(&write.table, &write.key).cloned();
            (write.table, write.key, old)
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    if rows.iter().filter_map(|(.., old)| old.as_ref()).map(|old| old.len()).sum::<usize>() > LIMIT
    {
        return clear(after);
    }
    let change = Change { from: event_log::next(before), call: call.map(str::to_owned), rows };
    let number = newest(before).map_or(1, |(number, _)| number + 1);
    if let Ok(text) = serde_json::to_string(&change) {
        after.put_text(TABLE, &event_log::key(number), text);
    }
    if number > KEPT {
        after.remove_text(TABLE, &event_log::key(number - KEPT));
    }
}

/// What would be taken back next.
pub fn next(world: &World) -> Option<String> {
    let (_, text) = newest(world)?;
    Some(name(world, &serde_json::from_str(text).ok()?))
}

/// The world before its last change, without the events since then, and what that change was.
pub fn undo(world: &World) -> Option<(World, String)> {
    let (number, text) = newest(world)?;
    let change: Change = serde_json::from_str(text).ok()?;
    let call = name(world, &change);
    let Identity { id, turn } = identity(world);
    let mut world = world.clone();
    let texts = change.rows.into_iter().map(|(t, k, old)| (t, k, old.map(|o| o.to_string())));
    world.apply(texts);
    world.remove_text(TABLE, &event_log::key(number));
    event_log::cut(&mut world, change.from);
    world.put(&Identity { id, turn: turn.saturating_add(1) });
    Some((world, call))
}

/// Forgets all changes.
pub fn clear(world: &mut World) {
    let keys: Vec<String> = world.texts(TABLE, "").map(|(key, _)| key.to_owned()).collect();
    for key in keys {
        world.remove_text(TABLE, &key);
    }
}

fn newest(world: &World) -> Option<(u64, &Arc<str>)> {
    let (key, text) = world.texts(TABLE, "").next_back()?;
    Some((key.parse().ok()?, text))
}

/// A change is named by the call that made it: its event is the first of those since then.
fn name(world: &World, change: &Change) -> String {
    let event = || {
        // Not as an event: nothing else here needs a reader for all that an event holds.
        let event: serde_json::Value =
            serde_json::from_str(event_log::text(world, change.from)?).ok()?;
        Some(event.get("call")?.as_str()?.to_owned())
    };
    change.call.clone().or_else(event).unwrap_or_default()
}
