//! The simulated AWS: its services behind one entry point, [`handle`], the control API under
//! `/_cognitab/`, and the scenarios that a world can begin with.
//!
//! This crate knows every service by name and is known by none of them. What they stand on is in
//! `cognitab-kernel`.

mod address;
mod control;
mod handle;
mod registry;
pub mod scenario;

pub use cognitab_kernel::input::Invocation;
pub use cognitab_kernel::world::Write;
pub use cognitab_kernel::{Answer, Done, Entry, Input, Question, Service, Signing, Step, World};
pub use handle::handle;
pub use registry::services;
