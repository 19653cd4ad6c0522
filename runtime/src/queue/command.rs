//! What the callers ask for, as data.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use artifact::Artifact;

use super::transfer::{Payload, Read};
use crate::Error;
use crate::backend::Program;
use crate::bytes::Bytes;
use crate::health::Reply;
use crate::pace::Pace;
use crate::profile::Collector;
use crate::random::KeyRange;
use crate::uniforms::Numbers;

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
        uniforms: Arc<Vec<Numbers>>,
        /// The random key of this run.
        key: [u32; 2],
    },
    /// Replace the contents of a buffer.
    WriteBuffer {
        /// The buffer.
        buffer: usize,
        /// As many bytes as it holds.
        data: Payload,
    },
    /// Copy the contents of a buffer to another one of the same size.
    CopyBuffer {
        /// The buffer to read.
        source: usize,
        /// The buffer to write.
        destination: usize,
        /// How many bytes each of them has.
        bytes: u64,
    },
    /// Tell what a buffer holds.
    ReadBuffer(Read),
    /// Show the pixel store as it is now.
    UpdateCanvas {
        /// The buffer that kernels paint into.
        pixels: usize,
        /// The buffer that the host reads.
        presented: usize,
        /// How many bytes each of them has.
        bytes: u64,
    },
    /// All commands of a list in their order, several times.
    Replay(Replay),
    /// From here on gather where the time goes, or no more.
    Profile(Option<Collector>),
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

/// A command that can be repeated.
#[derive(Clone, Debug)]
pub enum Repeatable {
    /// [`Command::Run`]; each time with a key of its own.
    Run {
        /// The kernel.
        kernel: Arc<Compiled>,
        /// Threads along x, y and z.
        extents: [u32; 3],
        /// The values of all uniforms.
        uniforms: Arc<Vec<Numbers>>,
    },
    /// [`Command::WriteBuffer`].
    WriteBuffer {
        /// The buffer.
        buffer: usize,
        /// As many bytes as it holds.
        data: Arc<Bytes>,
    },
    /// [`Command::CopyBuffer`].
    CopyBuffer {
        /// The buffer to read.
        source: usize,
        /// The buffer to write.
        destination: usize,
        /// How many bytes each of them has.
        bytes: u64,
    },
    /// [`Command::UpdateCanvas`].
    UpdateCanvas {
        /// The buffer that kernels paint into.
        pixels: usize,
        /// The buffer that the host reads.
        presented: usize,
        /// How many bytes each of them has.
        bytes: u64,
    },
}

impl Repeatable {
    /// The command itself; a run takes a key.
    pub(crate) fn once(self, key: impl FnOnce() -> [u32; 2]) -> Command {
        match self {
            Self::Run { kernel, extents, uniforms } => Command::Run { kernel, extents, uniforms, key: key() },
            Self::WriteBuffer { buffer, data } => Command::WriteBuffer { buffer, data: Payload::Bytes(data) },
            Self::CopyBuffer { source, destination, bytes } => {
                Command::CopyBuffer { source, destination, bytes }
            }
            Self::UpdateCanvas { pixels, presented, bytes } => {
                Command::UpdateCanvas { pixels, presented, bytes }
            }
        }
    }
}

/// Commands to repeat: its iterator gives them one after the other, so that nobody ever has more than one of them at hand.
#[derive(Debug)]
pub struct Replay {
    list: Arc<Vec<Repeatable>>,
    times: u32,
    /// The keys of all its runs.
    keys: KeyRange,
    /// Which command comes next.
    position: usize,
}

impl Replay {
    /// A list, so many times; its runs take these keys.
    pub fn new(list: Arc<Vec<Repeatable>>, times: u32, keys: KeyRange) -> Self {
        Self { list, times, keys, position: 0 }
    }
}

impl Iterator for Replay {
    type Item = Command;

    fn next(&mut self) -> Option<Command> {
        if self.position == self.list.len() {
            (self.position, self.times) = (0, self.times.saturating_sub(1));
        }
        let next = self.list.get(self.position).filter(|_| self.times > 0)?;
        self.position += 1;
        Some(next.clone().once(|| self.keys.next()))
    }
}

/// A kernel, ready to run.
pub struct Compiled {
    /// Its code and bindings.
    pub artifact: Arc<Artifact>,
    /// What profiles call it: its number.
    pub number: u64,
    /// What they call it if somebody gave it a name.
    pub name: OnceLock<String>,
    /// How much of it makes a slice.
    pub pace: Pace,
    /// What the backend made of it, for the device at hand.
    program: RwLock<Arc<dyn Program>>,
}

impl Compiled {
    /// One that has no name.
    pub fn new(artifact: Arc<Artifact>, number: u64, program: Box<dyn Program>) -> Self {
        let program = RwLock::new(program.into());
        Self { artifact, number, name: OnceLock::new(), pace: Pace::default(), program }
    }

    /// What the backend made of it.
    pub(crate) fn program(&self) -> Prepared {
        Prepared(self.program.read().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Takes what the backend made of it for another device.
    pub(crate) fn set_program(&self, program: Box<dyn Program>) {
        *self.program.write().unwrap_or_else(PoisonError::into_inner) = program.into();
    }

    /// That it was stopped by a loop in this line.
    pub(crate) fn stopped(&self, line: u32, limit: u32) -> Error {
        Error::LoopLimit { kernel: self.title(), line, limit }
    }

    /// What profiles call it.
    pub(crate) fn title(&self) -> String {
        self.name.get().cloned().unwrap_or_else(|| format!("kernel {}", self.number))
    }
}

/// What a backend made of a kernel.
pub struct Prepared(Arc<dyn Program>);

impl Prepared {
    /// The same as that backend knows it.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if it was another backend.
    pub(crate) fn known<P: Program>(&self) -> Result<&P, Error> {
        let program: &dyn Any = &*self.0;
        program.downcast_ref().ok_or_else(|| Error::internal("a kernel of another backend was run", ""))
    }
}

impl fmt::Debug for Compiled {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Compiled").field("artifact", &self.artifact).finish_non_exhaustive()
    }
}
