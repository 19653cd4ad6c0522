//! Changes to the IR that keep its meaning.

pub mod labels;
