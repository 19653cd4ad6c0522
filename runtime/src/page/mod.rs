//! What is done one way on a computer and another in a page: here tasks of one thread that may not wait, and what a browser offers.
//!
//! Each file has the same name and the same interface in `native/`, but for `load`. The switch is in `lib.rs`; what both share lies above.

pub(crate) mod collector;
#[cfg(feature = "cpu")]
pub(crate) mod cpu;
pub(crate) mod gpu;
pub(crate) mod load;
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod task;
