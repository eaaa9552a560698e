//! The simulated clock: real time plus an offset that the world keeps.

use cognitab_macros::Shape;

use crate::world::{Row, World};

/// The end of the year 9999 in milliseconds since 1970. Later dates have no text form, and adding
/// a lifetime to them could overflow.
const LATEST: i64 = 253_402_300_799_000;

/// How far the simulated clock is ahead of the real one.
#[derive(Clone, Debug, Shape)]
struct Clock {
    /// Milliseconds.
    offset: i64,
}

impl Row for Clock {
    const TABLE: &'static str = "clock";
    fn key(&self) -> String {
        String::new()
    }
}

/// Simulated time at a real time, both in milliseconds since 1970.
pub fn now(world: &World, real: i64) -> i64 {
    real.saturating_add(world.get::<Clock>("").map_or(0, |clock| clock.offset))
}

/// Sets the simulated time at a real time, both in milliseconds since 1970; returns what it was
/// set to, at most the end of the year 9999.
pub fn set(world: &mut World, real: i64, simulated: i64) -> i64 {
    let simulated = simulated.clamp(0, LATEST);
    world.put(&Clock { offset: simulated.saturating_sub(real) });
    simulated
}
