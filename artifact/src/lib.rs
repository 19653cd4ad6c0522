//! What the compiler and the runtime share: plain data, no behaviour that needs either.
//!
//! An [`Interface`] says what a kernel may name: buffers, uniforms, a canvas. The compiler turns a kernel's
//! text and an interface into an [`Artifact`]; the runtime turns an artifact and data into results. An artifact can be
//! stored as text, so it can be made when an application is built and run with no compiler aboard.

mod binding;
mod column;
mod conditions;
mod element;
mod integers;
mod interface;
mod limits;
mod log;
mod memory;
mod random;
mod stored;
mod suggest;

pub use binding::{
    Access, Artifact, BufferBinding, Code, Counted, Form, Ordered, Params, Pattern, Tuned, UniformField,
    Wasm, Wgsl, WorkgroupShape, folds,
};
pub use column::{Step, column_path, declared_name};
pub use conditions::{Bound, Conditions, Factor, Small, Term, UniformPart};
pub use element::{Component, ElementType};
pub use integers::{is_int32, to_int32};
pub use interface::{
    BufferDescription, CanvasSize, Interface, PACKED_ALIGNMENT, UniformDescription, UniformType,
    packed_places,
};
pub use limits::{MAX_EXTENT, MAX_RANK, RANK_PREFIX, RESERVED_PREFIX};
pub use log::{Log, LogCall, LogKind, LogPart};
pub use memory::MemoryLayout;
pub use random::random;
pub use stored::StoredError;
pub use suggest::closest;
