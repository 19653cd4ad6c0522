//! What is done one way on a computer and another in a page: here threads, and what a driver and a process can do.
//!
//! Each file has the same name and the same interface in `page/`, but for `copies`. The switch is in `lib.rs`; what both share lies above.

pub(crate) mod collector;
pub(crate) mod copies;
#[cfg(feature = "cpu")]
pub(crate) mod cpu;
pub(crate) mod gpu;
pub(crate) mod screen;
pub(crate) mod server;
pub(crate) mod task;
