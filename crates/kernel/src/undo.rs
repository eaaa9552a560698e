//! Undo. The world keeps what its newest fifty changes replaced, so the last change can be undone
//! by any host that holds the world, also after a restart.

use std::sync::Arc;

use cognitab_macros::Shape;
use serde::{Deserialize, Serialize};

use crate::event_log;
use crate::random::Random;
use crate::world::{Row, World};

const TABLE: &str = "undo";
/// How many changes can be undone.
const KEPT: u64 = 50;
/// A change that replaced more bytes than this cannot be undone, nor those before it.
const LIMIT: usize = 1 << 20;

/// The identity of a world. Event numbers repeat after an undo; the turn tells them apart.
#[derive(Clone, Debug, Default, Shape)]
pub struct Identity {
    /// A UUID.
    pub id: String,
    /// The number of undos so far.
    pub turn: i64,
}

impl Row for Identity {
    const TABLE: &'static str = "world";
    fn key(&self) -> String {
        String::new()
    }
}

/// A change that can be undone.
#[derive(Serialize, Deserialize)]
struct Change {
    /// Number of its first event.
    from: u64,
    /// Its name, if it has no event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    call: Option<String>,
    /// The rows before it: table, key, and the text unless the row is new.
    rows: Vec<(String, String, Option<Arc<str>>)>,
}

/// Gives a world a new identity.
pub fn identify(world: &mut World, mut random: Random) {
    world.put(&Identity { id: random.uuid(), turn: 0 });
}

/// The identity of a world.
pub fn identity(world: &World) -> Identity {
    world.get("").unwrap_or_default()
}

/// Records what a change replaced, the event log aside.
pub fn record(before: &World, after: &mut World, call: Option<&str>) {
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

/// The name of the change that the next undo reverts.
pub fn next(world: &World) -> Option<String> {
    let (_, text) = newest(world)?;
    Some(name(world, &serde_json::from_str(text).ok()?))
}

/// The world before its last change, without the events since, and the name of that change.
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

/// Removes all recorded changes.
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

/// The name of a change: the call of its first event.
fn name(world: &World, change: &Change) -> String {
    let event = || {
        // One member is needed: deserializing the whole event would only make the program larger.
        let event: serde_json::Value =
            serde_json::from_str(event_log::text(world, change.from)?).ok()?;
        Some(event.get("call")?.as_str()?.to_owned())
    };
    change.call.clone().or_else(event).unwrap_or_default()
}
