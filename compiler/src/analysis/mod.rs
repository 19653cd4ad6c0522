//! What can be known of a kernel without running it.

pub mod bits;
pub mod bounds;
pub mod definitions;
pub mod integers;
pub mod value;
