//! The WebAssembly for browsers: `hpc` without its compiler, for JavaScript. It converts values and nothing else; `packages/hpc.js` is what
//! users see.
//!
//! It has the functions of the Node addon but for what compiles, which is a module of its own (`bindings/web-compiler`), so that the package
//! drives both alike: refused calls return a [`Failure`] as data, and promises resolve with one. On other machines than a browser's there is
//! nothing here.

#![cfg(target_arch = "wasm32")]

mod failure;
mod panic;
mod session;
mod values;

pub use failure::Failure;
pub use panic::on_panic;
pub use session::{Kernel, Session, open};
pub use values::{BufferSetup, CanvasSetup, Setup, UniformSetup};
