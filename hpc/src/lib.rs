//! HPC.js for Rust: write a GPU kernel as a JavaScript function, run it with a handful of calls.
//!
//! ```
//! use hpc::GpuInterface;
//!
//! # fn main() -> Result<(), hpc::Error> {
//! # pollster::block_on(async {
//! let gpu = GpuInterface::builder()
//!     .buffer("numbers", [4], [1.0, 2.0, 3.0, 4.0])
//!     .uniform("factor", 10.0)
//!     .build()?
//!     .initialize()
//!     .await?;
//! let scale = gpu
//!     .create_kernel(
//!         "inputs => {
//!             const i = inputs.threadId.x;
//!             inputs.buffers.numbers[i] = inputs.buffers.numbers[i] * inputs.uniforms.factor;
//!         }",
//!     )
//!     .await?;
//! scale.run(4)?;
//! assert_eq!(gpu.read_buffer("numbers").await?, [10.0, 20.0, 30.0, 40.0]);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # A tour
//!
//! | to | use |
//! |---|---|
//! | declare buffers, uniforms, a canvas | [`GpuInterface::builder`] and the [`Builder`] |
//! | find a device | [`Blueprint::initialize`] |
//! | compile a kernel | [`GpuInterface::create_kernel`] |
//! | take kernels from the text of a JavaScript program | [`kernels_in`] |
//! | run it over `x * y * z` threads | [`Kernel::run`] |
//! | change inputs | [`GpuInterface::set_uniforms`], [`GpuInterface::write_buffer`], [`GpuInterface::copy_buffer`] |
//! | get results | [`GpuInterface::read_buffer`], [`GpuInterface::read`] |
//! | see what kernels painted | [`GpuInterface::update_canvas`], [`GpuInterface::canvas`] |
//!
//! # The queue
//!
//! Everything that touches the device goes through one queue, in the order of the calls. Nothing waits but the
//! futures: `run`, `write_buffer`, `copy_buffer`, `set_uniforms` and `update_canvas` return at once with their
//! arguments captured. A read sees the buffer as it is at the call and resolves later; any number can be in flight,
//! and dropping one is harmless. No async runtime is needed: `pollster::block_on` suffices.
//!
//! # Data
//!
//! Buffers hold `f32`, `[f32; 2]`, `[f32; 3]` or `[f32; 4]` in one to three dimensions, row by row: element `[i][j]`
//! of a buffer of size `[h, w]` is element `i * w + j` of the data. [`GpuInterface::read_buffer`] gives plain floats,
//! in which a vec3 takes four, the last one zero.
//!
//! # Devices
//!
//! `HPC_ADAPTER` (a part of the name, or an index) or [`Builder::adapter`] picks the adapter; otherwise a discrete GPU
//! is preferred to an integrated one and that to the CPU. `HPC_BACKEND` or [`Builder::backend`] picks `gpu` or `noop`.

mod builder;
mod element;
mod error;
mod extent;
mod interface;
mod program;

pub use builder::{Blueprint, Builder};
pub use element::{Element, IntoData};
pub use error::{CompileError, Error};
pub use extent::{BufferSize, Extent};
pub use interface::{GpuInterface, Kernel, Read, ReadBuffer, ReadImage, WorkDone};
pub use program::{KernelText, kernels_in};

pub use artifact::{Artifact, ElementType, Interface};
pub use compiler::diagnostics;
pub use runtime::{
    AdapterInfo, AdapterKind, BackendType as Backend, Error as RuntimeError, Image, UniformValue,
};

/// The program in the README, which must compile; `tests/readme.rs` runs its kernel.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
