//! What can be known of a kernel without changing it.

mod access;
mod lanes;

pub use access::{AccessFacts, access};
