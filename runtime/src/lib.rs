//! The runtime of HPC.js: an [`artifact::Artifact`] and data in, results out. It knows nothing of the compiler.
//!
//! | module | what |
//! |---|---|
//! | [`Setup`] | what an interface consists of, checked before any device is touched |
//! | [`Session`] | named buffers, uniforms and a canvas on one device; makes [`Kernel`]s |
//! | [`queue`] | commands as data, in order, never waiting; its rules are numbered there |
//! | [`backend`] | who executes the commands: a GPU through wgpu, all cores of the CPU, or nobody ([`backend::noop`]) |
//! | [`grid`] | how a run's threads are dealt out to workgroups and dispatches |

pub mod backend;
mod bulk;
mod bytes;
mod canvas;
mod contents;
mod context;
mod data;
mod error;
mod external;
pub mod grid;
mod health;
mod lock;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod pace;
#[cfg(target_arch = "wasm32")]
mod page;
mod profile;
pub mod queue;
mod random;
mod session;
mod setup;
mod stops;
mod uniforms;

// The one switch: what lies in `native` lies in `page` by the same names.
#[cfg(not(target_arch = "wasm32"))]
use native as platform;
#[cfg(target_arch = "wasm32")]
use page as platform;
use platform::{screen, task};

pub use backend::{AdapterInfo, AdapterKind, BackendType, Fallback, TunedRuns};
pub use bytes::{Bytes, as_bytes};
pub use canvas::{Canvas, Image, ReadImage};
pub use contents::Contents;
pub use context::Context;
pub use data::{Clamped, Data, is_made_of};
pub use error::{Error, NameKind};
pub use external::{External, OwnBuffer};
pub use health::{Health, Pending, Reply};
pub use profile::{Profile, Span, Track};
pub use screen::Screen;
pub use session::{
    Checkpoint, CommandList, Kernel, Logged, Profiling, ReadBuffer, Recover, Recovered, Session, StopProfile,
    WorkDone,
};
pub use setup::{BufferSetup, Setup};
pub use uniforms::{MAX_UNIFORM_LENGTH, Numbers, UniformValue};
pub use wgpu;
