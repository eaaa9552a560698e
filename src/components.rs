//! Small generic pieces: icon, chip, tabs, code, copy.

mod chip;
mod copy;
mod icon;
mod tabs;

pub use chip::Chip;
pub use copy::Copy;
pub use icon::{Glyph, Icon, StationIcon};
pub use tabs::Tabs;
