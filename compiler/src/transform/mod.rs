//! Changes to the IR on its way to code, which keep its meaning.

pub mod accumulate;
pub mod algebra;
pub mod fold;
pub mod labels;
pub mod log;
pub mod represent;
#[cfg(feature = "split")]
pub mod split;
pub mod unused;
pub mod variants;
