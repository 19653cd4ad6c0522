//! The peers: loops in Rust, and programs in other languages beside this file.

mod external;
mod loops;
mod process;

pub(crate) use external::{External, Peer};
pub(crate) use loops::Loops;
