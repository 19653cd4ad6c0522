//! Changes of the IR on its way to code.

pub mod fold;
pub mod represent;
