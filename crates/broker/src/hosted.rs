//! The pages and OAuth endpoints of a user pool's domain, and the documents at its issuer.

use crate::input::{Input, Step};
use crate::world::World;

/// Answers a request to a domain or an issuer; nothing where it is for neither.
pub(crate) fn answer(world: &World, input: &Input) -> Option<Step> {
    let _ = (world, input);
    None
}
