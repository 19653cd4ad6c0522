//! What the callers ask for, as data.

use std::any::Any;
use std::fmt;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use artifact::Artifact;

use super::allocation::Allocation;
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
        /// Where to start in it, in bytes.
        start: u64,
        /// What to write there.
        data: Payload,
    },
    /// Copy what a buffer holds to another one.
    CopyBuffer(Copy),
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
    /// Give a buffer memory of another size, zeroed but for what it keeps, and then write to its start what it holds at first.
    Allocate(Allocation, Option<Payload>),
    /// Give the memory of a buffer back, once what was called before is done.
    Free {
        /// The buffer.
        buffer: usize,
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
            Self::WriteBuffer { data, .. } | Self::Allocate(_, Some(data)) => data.bytes(),
            _ => 0,
        }
    }
}

/// A copy of bytes of a buffer to another one.
#[derive(Clone, std::marker::Copy, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The buffer to read.
    pub source: usize,
    /// Where to start in it, in bytes.
    pub from: u64,
    /// The buffer to write.
    pub destination: usize,
    /// Where to start in it, in bytes.
    pub to: u64,
    /// How many bytes to copy.
    pub bytes: u64,
}

impl Copy {
    /// A copy of so many bytes from the start of one buffer to the start of another.
    pub fn whole(source: usize, destination: usize, bytes: u64) -> Self {
        Self { source, from: 0, destination, to: 0, bytes }
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
        /// Where to start in it, in bytes.
        start: u64,
        /// What to write there.
        data: Arc<Bytes>,
    },
    /// [`Command::CopyBuffer`].
    CopyBuffer(Copy),
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
            Self::WriteBuffer { buffer, start, data } => {
                Command::WriteBuffer { buffer, start, data: Payload::Bytes(data) }
            }
            Self::CopyBuffer(copy) => Command::CopyBuffer(copy),
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
    /// The epoch of the session in which it was last found that the buffers it uses are there.
    pub checked: AtomicU64,
    /// What the backend made of it, for the device at hand.
    program: RwLock<Arc<dyn Program>>,
}

impl Compiled {
    /// One that has no name.
    pub fn new(artifact: Arc<Artifact>, number: u64, program: Box<dyn Program>) -> Self {
        let program = RwLock::new(program.into());
        Self {
            artifact,
            number,
            name: OnceLock::new(),
            pace: Pace::default(),
            checked: AtomicU64::new(u64::MAX),
            program,
        }
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
