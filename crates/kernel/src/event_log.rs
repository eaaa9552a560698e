//! The event log: the newest thousand events of a world, one row each.

use crate::redact;
use crate::world::World;
use cognitab_trace::event::Event;

/// The table of the log.
pub const TABLE: &str = "event";
/// How many events the log keeps. Numbers are not reused when older events leave it.
const KEPT: usize = 1000;

/// An event number as a row key. Keys sort as the numbers do.
pub fn key(number: u64) -> String {
    format!("{number:010}")
}

/// The number of the next event.
pub fn next(world: &World) -> u64 {
    let last = world.texts(TABLE, "").next_back().and_then(|(k, _)| k.parse::<u64>().ok());
    last.map_or(1, |n| n + 1)
}

/// Adds an event, without live AWS keys.
pub fn add(world: &mut World, event: &Event) {
    if let Ok(text) = serde_json::to_string(event) {
        let text = redact::redact(world, event, text);
        world.put_text(TABLE, &key(event.number), text);
    }
    let limit = KEPT as u64;
    if event.number > limit {
        world.remove_text(TABLE, &key(event.number - limit));
    }
}

/// The JSON texts of the events after this number, oldest first.
pub fn since(world: &World, number: u64) -> Vec<String> {
    let from = key(number);
    let newer = world.texts(TABLE, "").rev().take_while(|(k, _)| **k > *from);
    let mut texts: Vec<String> = newer.map(|(_, text)| text.to_string()).collect();
    texts.reverse();
    texts
}

/// The JSON text of an event.
pub fn text(world: &World, number: u64) -> Option<&str> {
    world.text(TABLE, &key(number)).map(|text| &**text)
}

/// Replaces the text of an event if `change` returns another.
pub fn rewrite(world: &mut World, number: u64, change: impl Fn(&str) -> Option<String>) {
    if let Some(text) = world.text(TABLE, &key(number)).and_then(|text| change(text)) {
        world.put_text(TABLE, &key(number), text);
    }
}

/// Removes the events from this number on.
pub fn cut(world: &mut World, number: u64) {
    let from = key(number);
    let newer = world.texts(TABLE, "").rev().take_while(|(k, _)| **k >= *from);
    let keys: Vec<String> = newer.map(|(k, _)| k.to_owned()).collect();
    for key in keys {
        world.remove_text(TABLE, &key);
    }
}
