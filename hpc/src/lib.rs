//! HPC.js for Rust: write a GPU kernel as a JavaScript function, run it with a handful of calls.
//!
//! ```
//! use hpc::GpuInterface;
//!
//! # fn main() -> Result<(), hpc::Error> {
//! # pollster::block_on(async {
//! let gpu = GpuInterface::builder()
//!     .buffer("numbers", [4], [1.0_f32, 2.0, 3.0, 4.0])
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
//! assert_eq!(gpu.read_buffer::<f32>("numbers").await?, [10.0, 20.0, 30.0, 40.0]);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! A *kernel* is a function of one parameter. It runs once for each *thread*, in no particular order; `threadId` tells
//! which one it is. It never runs on the host: its text is compiled for the device.
//!
//! # A tour
//!
//! | to | use |
//! |---|---|
//! | declare buffers, uniforms, a canvas | [`GpuInterface::builder`] and the [`Builder`] |
//! | find a device | [`Blueprint::initialize`] |
//! | compile a kernel | [`GpuInterface::create_kernel`] |
//! | hand it constants of the program | [`GpuInterface::create_kernel_with`], [`Constants`] |
//! | take kernels from the text of a JavaScript program | [`kernels_in`] |
//! | compile them before it runs | [`precompile`], [`GpuInterface::create_kernel_from`] |
//! | run it over `x * y * z` threads | [`Kernel::run`] |
//! | call the same again and again | [`GpuInterface::record`] |
//! | change inputs | [`GpuInterface::set_uniforms`], [`GpuInterface::write_buffer`], [`GpuInterface::copy_buffer`] |
//! | have buffers come, go and change their sizes | [`GpuInterface::create_buffer`], [`GpuInterface::resize_buffer`], [`GpuInterface::destroy_buffer`] |
//! | write and copy parts of them | [`GpuInterface::write_buffer_at`], [`GpuInterface::copy_buffer_range`] |
//! | get results | [`GpuInterface::read_buffer`], [`GpuInterface::read_buffer_range`], [`GpuInterface::read_elements`] |
//! | see where the time goes | [`GpuInterface::profile`] |
//! | go on when the device was lost | [`GpuInterface::checkpoint`], [`GpuInterface::recover`] |
//! | see what kernels painted | [`GpuInterface::update_canvas`], [`GpuInterface::canvas`] |
//!
//! # Order and waiting
//!
//! Everything that touches the device goes through one queue, in the order of the calls. Nothing waits but the
//! futures: `run`, `write_buffer`, `copy_buffer`, `set_uniforms` and `update_canvas` return at once with their
//! arguments captured. A read sees the buffer as it is at the call and resolves later; any number can be in flight,
//! and dropping one is harmless. No async runtime is needed: `pollster::block_on` suffices.
//!
//! ```
//! # use hpc::GpuInterface;
//! # fn main() -> Result<(), hpc::Error> {
//! # pollster::block_on(async {
//! # let gpu = GpuInterface::builder().zeros::<f32>("numbers", 4).build()?.initialize().await?;
//! gpu.write_buffer("numbers", [1.0_f32; 4])?;
//! let before = gpu.read_buffer::<f32>("numbers");
//! gpu.write_buffer("numbers", [2.0_f32; 4])?;
//! let after = gpu.read_buffer::<f32>("numbers");
//! // Nothing has waited so far.
//! assert_eq!(after.await?, [2.0; 4]);
//! assert_eq!(before.await?, [1.0; 4]);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! Work that is called faster than the device does it accumulates up to a bound; past that, calls wait for room.
//!
//! # Data
//!
//! Buffers have one to three dimensions, row by row: element `[i][j]` of a buffer of size `[h, w]` is element `i * w + j` of the data.
//! What they hold is an [`Element`]:
//!
//! | Rust | in kernels | bytes in memory |
//! |---|---|---|
//! | `f32` | number | 4 |
//! | `i32`, `u32` | i32, u32 | 4 |
//! | `i16`, `u16` | i16, u16 | 2 |
//! | `i8`, `u8` | i8, u8 | 1 |
//! | [`Clamped`] | u8-clamped: stores clamp to 0…255 and round, ties to even | 1 |
//! | [`f16`](struct@f16) | f16 | 2 |
//! | `f64` | f64 | 8 |
//! | `bool` | boolean | 1 |
//! | `[f32; 2]`, `[f32; 3]`, `[f32; 4]` | vec2, vec3, vec4 | 8, 16, 16 |
//! | `[i32; 2]`, `[i32; 3]`, `[i32; 4]` | vec2i, vec3i, vec4i | 8, 16, 16 |
//! | `[u32; 2]`, `[u32; 3]`, `[u32; 4]` | vec2u, vec3u, vec4u | 8, 16, 16 |
//!
//! [`GpuInterface::read_buffer`] gives elements of the buffer's type, or of a vector's the components, of which one of three takes four, the
//! last one zero. Rust takes `1.0` for an `f64` where nothing says otherwise; kernels' numbers are `f32` in buffers.
//!
//! Uniforms are small inputs that can change from run to run at no cost: numbers, booleans, vectors and arrays, see [`Builder::uniform`].
//! Numbers are doubles there, and arrive as they are.
//!
//! # Errors
//!
//! A call that is refused returns an [`Error`] that names the item and says how to mend it, and leaves everything as
//! it was. [`Error::Compile`] shows each mistake in a kernel's text, with the line it is on. *Fatal errors* end an
//! interface: after [`RuntimeError::DeviceLost`], [`RuntimeError::OutOfMemory`] or [`RuntimeError::Internal`] of a
//! command on the device every later call, and every future that has not resolved, gives that error, and after
//! [`GpuInterface::destroy`] it gives [`RuntimeError::Dropped`]. Build a new interface then, or [recover](GpuInterface::recover) it from a lost device. [`RuntimeError::NoMemory`] is
//! not fatal: one read or write found no memory, and everything else goes on. Neither is [`RuntimeError::LoopLimit`]: a run whose loop does not
//! end is stopped, which the futures behind it tell ([`Builder::loop_limit`]).
//!
//! # Random numbers
//!
//! `Math.random()` in kernels gives multiples of 2^-24 in [0, 1) that differ from thread to thread, call to call, run
//! to run and interface to interface. With [`Builder::seed`] they are the same each time the program runs, on every
//! device. There is no pool of seeds, hence no `numRandSeeds` as in JavaScript: there are always enough.
//!
//! # Canvas
//!
//! A kernel paints pixels with `inputs.canvas.setPixel(x, y, red, green, blue)`, colors from 0 to 255, with the origin
//! at the top left. [`GpuInterface::update_canvas`] shows what has been painted, [`GpuInterface::canvas`] gives that as an
//! [`Image`], and [`Image::to_png`] as a file.
//!
//! ```
//! # use hpc::GpuInterface;
//! # fn main() -> Result<(), hpc::Error> {
//! # pollster::block_on(async {
//! let gpu = GpuInterface::builder().canvas(4, 2).build()?.initialize().await?;
//! let paint = gpu
//!     .create_kernel(
//!         "inputs => { inputs.canvas.setPixel(inputs.threadId.x, inputs.threadId.y, 255, 0, 0); }",
//!     )
//!     .await?;
//! paint.run([4, 2])?;
//! gpu.update_canvas()?;
//! let image = gpu.canvas()?.await?;
//! # if gpu.backend_type() != hpc::Backend::Noop {
//! assert_eq!(image.pixel(3, 1), Some([255, 0, 0, 255]));
//! # }
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! # Choosing a device
//!
//! Kernels run on a GPU where there is one, a discrete one before an integrated one, and else on all cores of the CPU, with the same
//! results: [`GpuInterface::backend_type`] tells which. Drivers that compute on the CPU and pose as GPUs are slower than the
//! CPU backend and taken only if they are asked for.
//!
//! `HPC_ADAPTER` (a part of the name, or an index) or [`Builder::adapter`] picks the adapter; `HPC_BACKEND` or [`Builder::backend`] picks
//! `gpu`, `cpu` or `noop`, the last of which runs no kernels and is for tests of the code around them. `HPC_THREADS` says how many threads the
//! CPU backend uses, if not one for each core. [`GpuInterface::adapter_info`] tells what it is.
//!
//! # Features
//!
//! All are on by default:
//!
//! - `compiler`: kernels from text. Without it there is only [`GpuInterface::create_kernel_from`], for kernels that were compiled before.
//! - `cpu`: the CPU backend, which brings a compiler for WebAssembly.
//! - `png`: PNG files.
//!
//! In a browser the crate runs on WebGPU, without the last two; [`Builder::screen`] shows the canvas on a page.

mod buffers;
mod builder;
#[cfg(feature = "compiler")]
mod compile;
#[cfg(feature = "compiler")]
mod constants;
mod element;
mod error;
mod extent;
mod interface;
#[cfg(feature = "compiler")]
mod program;
#[doc(hidden)]
pub mod record;

pub use builder::{Blueprint, Builder};
#[cfg(feature = "compiler")]
pub use compile::CompileError;
#[cfg(feature = "compiler")]
pub use constants::{Constant, Constants};
pub use element::{Element, Elements, IntoData};
pub use error::Error;
pub use extent::{BufferSize, Extent};
pub use interface::{
    Checkpoint, CommandList, GpuInterface, Kernel, Profiling, ReadBuffer, ReadBytes, ReadElements, ReadImage,
    Recover, StopProfile, WorkDone,
};
#[cfg(feature = "compiler")]
pub use program::{
    KernelText, Precompiled, PrecompiledConstant, PrecompiledProgram, Unknown, kernels_in, precompile,
};

pub use record::{ReadRecords, Record};

pub use artifact::{
    Artifact, BufferDescription, Component, ElementType, Interface, StoredError, UniformType,
};
#[cfg(feature = "compiler")]
pub use compiler::diagnostics::{self, Origin};
pub use half::f16;
pub use runtime::{
    AdapterInfo, AdapterKind, BackendType as Backend, Clamped, Contents, Error as RuntimeError, Fallback,
    Image, Recovered, Screen, TunedRuns, UniformValue,
};

/// The program in the README, which must compile; `tests/readme.rs` runs its kernel.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
