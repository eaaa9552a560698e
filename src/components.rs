//! Generic components: buttons, chips, copy, icons, links, tabs.

mod button;
mod chip;
mod copy;
mod icon;
mod link;
mod tabs;

pub use button::{ButtonKind, ButtonSize, button_class};
pub use chip::{Chip, ChipSize};
pub use copy::Copy;
pub use icon::{filled_icon, line_icon, line_icon_in, station_icon};
pub use link::Link;
pub use tabs::Tabs;
