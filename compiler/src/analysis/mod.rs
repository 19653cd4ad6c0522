//! What can be known of a kernel without running or changing it.

mod access;
pub mod bits;
pub mod bounds;
pub mod counters;
pub mod definitions;
pub mod guards;
pub mod inputs;
mod lanes;
pub mod mentions;
mod order;
pub mod own;
mod pattern;
pub mod ranges;
pub mod sizes;
pub mod steps;
pub mod sums;
mod termination;
pub mod uniformity;
pub mod value;

pub use access::{AccessFacts, access, form};
pub use order::{is_forgotten, order_matters};
pub use pattern::pattern;
pub use termination::{all_loops_end, loop_ends};
