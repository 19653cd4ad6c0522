//! The Node addon: `hpc` for JavaScript. It converts values and nothing else; `packages/hpc.js` is what users see.
//!
//! No call throws what a user caused: refused calls return a [`Failure`] as data, and promises resolve with one, so
//! that the JavaScript side makes the error, with a stack that points at the user's call.

// Whether sessions may go between threads is seen through all that a device is made of.
#![recursion_limit = "256"]

mod failure;
mod lifetime;
mod precompile;
mod promise;
mod session;
mod values;

pub use failure::{Failure, Mistake};
pub use lifetime::{load, shut_down};
pub use precompile::{PrecompiledKernel, Program, Unknown, precompile};
pub use session::{Adapter, Kernel, Session, encode_png, open};
pub use values::{BufferSetup, Canvas, Origin, Setup, Uniform};
