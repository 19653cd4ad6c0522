//! What the callers ask for, as data.

use std::fmt;
use std::sync::Arc;

use artifact::Artifact;

use crate::UniformValue;
use crate::backend::Program;
use crate::data::zero_pads;
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
        data: Vec<f32>,
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
            Self::WriteBuffer { data, .. } => data.len() as u64 * 4,
            _ => 0,
        }
    }
}

/// A read and who waits for it.
#[derive(Debug)]
pub struct Read {
    /// The buffer.
    pub buffer: usize,
    /// Where to start in it, in bytes: where an element starts.
    pub start: u64,
    /// How many bytes to read.
    pub bytes: u64,
    /// Whether every fourth word is the pad of a vec3, which reads as zero whatever a kernel left there.
    pub zero_pads: bool,
    /// Where its words go.
    pub reply: Reply<Vec<u32>>,
}

impl Read {
    /// Answers with the words that were read.
    pub fn answer(self, mut words: Vec<u32>) {
        if self.zero_pads {
            zero_pads(bytemuck::cast_slice_mut(&mut words));
        }
        self.reply.send(Ok(words));
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
