//! The compiler of HPC.js: a kernel's JavaScript or TypeScript text in, an [`artifact::Artifact`] out.
//!
//! It is pure: no I/O, no clock, no threads, no GPU. It builds for `wasm32-unknown-unknown`.
//! [`pipeline::compile`] names the stages in order.

pub mod analysis;
pub mod bindings;
pub mod collections;
mod conditions;
pub mod diagnostics;
pub mod emit_wasm;
pub mod emit_wgsl;
pub mod explain;
pub mod ir;
mod limits;
mod lower;
pub mod pipeline;
#[cfg(feature = "program")]
mod program;
mod syntax;
pub mod transform;
pub mod tuning;

#[cfg(feature = "split")]
pub use pipeline::compile_split;
pub use pipeline::{compile, compile_to_wasm, compile_to_wgsl};
#[cfg(feature = "program")]
pub use program::{
    CompiledProgram, FoundKernel, ProgramConstant, ProgramKernel, Unknown, compile_program, find_kernels,
};
