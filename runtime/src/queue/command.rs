//! What the callers ask for, as data.

use std::fmt;
use std::sync::Arc;

use artifact::Artifact;

use super::transfer::{Payload, Read};
use crate::UniformValue;
use crate::backend::Program;
use crate::health::Reply;

/// One command. Buffers are positions in [`crate::backend::Request::buffers`].
#[derive(Debug)]
pub enum Command {
    /// Run a kernel once for each thread of the extents.
    Run {
        /// The kernel.
        kernel: Arc<Compiled>,
        /// Threads along x, y and z.
        extents: [u32; 3],
        /// The values of all uniforms of the interface as they were at the call.
        uniforms: Arc<Vec<UniformValue>>,
        /// The random key of this run.
        key: [u32; 2],
    },
    /// Replace the contents of a buffer.
    WriteBuffer {
        /// The buffer.
        buffer: usize,
        /// As many floats as it holds.
        data: Payload,
    },
    /// Copy the contents of a buffer to another one of the same size.
    CopyBuffer {
        /// The buffer to read.
        source: usize,
        /// The buffer to write.
        destination: usize,
    },
    /// Tell what a buffer holds.
    ReadBuffer(Read),
    /// Show the pixel store as it is now.
    UpdateCanvas {
        /// The buffer that kernels paint into.
        pixels: usize,
        /// The buffer that the host reads.
        presented: usize,
    },
    /// Tell when everything before it is done.
    WorkDone(Reply<()>),
}

impl Command {
    /// How many bytes of data the command keeps in memory.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::WriteBuffer { data, .. } => data.bytes(),
            _ => 0,
        }
    }
}

/// A kernel, ready to run.
pub struct Compiled {
    /// Its code and bindings.
    pub artifact: Artifact,
    /// What the backend made of it.
    pub program: Box<dyn Program>,
}

impl fmt::Debug for Compiled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Compiled").field("artifact", &self.artifact).finish_non_exhaustive()
    }
}
