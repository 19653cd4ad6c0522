//! The compiler of HPC.js: a kernel's JavaScript or TypeScript text in, an [`artifact::Artifact`] out.
//!
//! It is pure: no I/O, no clock, no threads, no GPU. It builds for `wasm32-unknown-unknown`. Modules stand in the order of
//! a kernel's path; [`pipeline::compile`] names the stages.

pub mod analysis;
pub mod diagnostics;
pub mod ir;
pub mod pipeline;
pub mod transform;

pub use pipeline::compile;
