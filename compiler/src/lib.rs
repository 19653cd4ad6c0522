//! The compiler of HPC.js: a kernel's JavaScript or TypeScript text in, an [`artifact::Artifact`] out.
//!
//! It is pure: no I/O, no clock, no threads, no GPU. It builds for `wasm32-unknown-unknown`. Modules stand in the order of
//! a kernel's path; [`pipeline::compile`] names the stages.

pub mod diagnostics;
pub mod ir;
mod lower;
pub mod pipeline;
mod syntax;

pub use pipeline::compile;
pub use syntax::{FoundKernel, find_kernels};
