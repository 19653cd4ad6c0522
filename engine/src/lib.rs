//! Runs the WebAssembly of kernels on every core.
//!
//! A [`Module`] is code, compiled for this machine. A [`Memory`] holds all data of an interface. A [`Program`] is a module in a memory:
//! it runs a [`Grid`] of invocations, cut in chunks, with the help of a [`WorkerPool`] on every core, and all of them work in the one
//! memory, so nothing is copied.
//!
//! What a module looks like, and what lies where in the memory, is the business of those who make modules: here they need to know
//! that it exports a memory, which it defines, and a function `run(scratch: i64, lane_from: i32, lane_to: i32, row_from: i32,
//! row_to: i32)`, and that it traps with `unreachable` when it finds the first word of its memory not zero. It may also give up by itself: it
//! leaves a reason, which is not zero, in the second word and traps likewise. Then the run ends, and others can follow.

mod memory;
mod module;
mod program;
#[cfg(test)]
mod tests;
mod worker_pool;

pub use memory::{Memory, Shared};
pub use module::Module;
pub use program::{Grid, Program, Scratch};
pub use worker_pool::{WorkerPool, share_cores, thread_count};

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The system cannot provide this much memory.
    #[error("there are no {bytes} bytes of memory")]
    OutOfMemory {
        /// The bytes that were asked for.
        bytes: u64,
    },
    /// The bytes are no module, or not one that can be run.
    #[error("the code was refused: {reason}")]
    Refused {
        /// The reason, in wasmtime's words.
        reason: String,
    },
    /// The code needs more memory of its own than there is.
    #[error("the code needs {needed} bytes of scratch memory, and there are {available}")]
    ScratchTooSmall {
        /// The bytes that one task needs.
        needed: u64,
        /// The bytes that there are for all tasks.
        available: u64,
    },
    /// The variable says no number of threads.
    #[error("HPC_THREADS must be a positive number, not {given:?}")]
    ThreadCount {
        /// The value of the variable.
        given: String,
    },
    /// The code was told to stop.
    #[error("the run was stopped")]
    Stopped,
    /// The code gave up.
    #[error("the run gave up for the reason {reason}")]
    GaveUp {
        /// What it left in the second word of the memory.
        reason: u32,
    },
    /// The code trapped.
    #[error("the run failed: {reason}")]
    Failed {
        /// The trap, in wasmtime's words.
        reason: String,
    },
}
