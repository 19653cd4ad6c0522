//! The programs of `tests/conformance/` as Node recorded them on the oracle, for whoever replays them.
//!
//! Node runs each program once and writes a trace: interfaces, kernels, calls and what reads must give. [`record`] lets it,
//! and [`compare`] says whether a read gave that.

mod compare;
mod oracle;
mod trace;

pub use compare::{Compared, Difference, compare};
pub use oracle::record;
pub use trace::{
    Buffer, Call, Case, Class, Data, Expected, Interface, Number, Step, Tolerance, Uniform, doubles, singles,
};
