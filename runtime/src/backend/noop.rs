//! A backend that executes nothing: it keeps buffers in host memory, so that writes, copies and reads work, and
//! counts what it would have submitted, so that batching can be tested without a GPU.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use artifact::Artifact;

use super::{
    AdapterInfo, AdapterKind, BackendType, BoxFuture, Capabilities, Device, Executor, Program, Request,
    Started,
};
use crate::Error;
use crate::grid::Choice;
use crate::queue::{Allocation, Copy, Kept, Piece, Step, Submission};

/// Starts the backend.
pub fn start(request: &Request) -> Started {
    let (device, executor) = parts(request, Recorder::default());
    Started::new(BackendType::Noop, device, executor)
}

/// The two halves of the backend; `recorder` sees what is submitted.
pub fn parts(request: &Request, recorder: Recorder) -> (NoopDevice, NoopExecutor) {
    let sizes: Vec<u64> = request.buffers.iter().map(|buffer| buffer.bytes).collect();
    (NoopDevice::default(), NoopExecutor { buffers: vec![Vec::new(); sizes.len()], sizes, recorder })
}

/// What was submitted, shared with the test that looks at it.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    counts: Arc<Counts>,
    log: Option<Arc<Mutex<Vec<Vec<Recorded>>>>>,
}

#[derive(Debug, Default)]
struct Counts {
    submissions: AtomicU64,
    passes: AtomicU64,
    dispatches: AtomicU64,
}

/// One step of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// A compute pass with so many dispatches; `slots` are their offsets in the uniform buffer.
    Pass {
        /// One for each dispatch.
        slots: Vec<u32>,
    },
    /// Data went to a buffer.
    Write(usize),
    /// One buffer was copied to another.
    Copy(usize, usize),
    /// A buffer got memory of so many bytes.
    Allocate(usize, u64),
    /// The memory of a buffer went back.
    Free(usize),
    /// A buffer was read.
    Read(usize),
}

impl Recorder {
    /// A recorder that also keeps every step, for ever.
    pub fn with_log() -> Self {
        Self { log: Some(Arc::default()), ..Self::default() }
    }

    /// How many submissions, compute passes and dispatches there were.
    pub fn counts(&self) -> [u64; 3] {
        let Counts { submissions, passes, dispatches } = &*self.counts;
        [submissions, passes, dispatches].map(|count| count.load(Ordering::Relaxed))
    }

    /// The steps of each submission so far; empty without a log.
    pub fn log(&self) -> Vec<Vec<Recorded>> {
        self.log
            .as_ref()
            .map_or_else(Vec::new, |log| log.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    fn record(&self, submission: &Submission) {
        self.counts.submissions.fetch_add(1, Ordering::Relaxed);
        for step in &submission.steps {
            if let Step::Pass(launches) = step {
                self.counts.passes.fetch_add(1, Ordering::Relaxed);
                self.counts.dispatches.fetch_add(launches.len() as u64, Ordering::Relaxed);
            }
        }
        if let Some(log) = &self.log {
            let steps = submission.steps.iter().map(Recorded::from).collect();
            log.lock().unwrap_or_else(PoisonError::into_inner).push(steps);
        }
    }
}

impl From<&Step> for Recorded {
    fn from(step: &Step) -> Self {
        match step {
            Step::Pass(launches) => Self::Pass { slots: launches.iter().map(|launch| launch.slot).collect() },
            Step::Write { buffer, .. } => Self::Write(*buffer),
            Step::Copy(Copy { source, destination, .. })
            | Step::Present { pixels: source, presented: destination, .. } => {
                Self::Copy(*source, *destination)
            }
            Step::Allocate(allocation) => Self::Allocate(allocation.buffer, allocation.bytes),
            Step::Free { buffer } => Self::Free(*buffer),
            Step::Read(read) => Self::Read(read.buffer),
        }
    }
}

/// The shared half.
#[derive(Debug)]
pub struct NoopDevice {
    info: AdapterInfo,
    capabilities: Capabilities,
}

impl Default for NoopDevice {
    fn default() -> Self {
        let info = AdapterInfo {
            name: "noop".into(),
            driver: String::new(),
            api: "none".into(),
            kind: AdapterKind::Software,
            fallback: None,
        };
        Self { info, capabilities: Capabilities::unlimited() }
    }
}

impl Device for NoopDevice {
    fn info(&self) -> &AdapterInfo {
        &self.info
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn prepare(&self, _: &Arc<Artifact>, _: Choice) -> BoxFuture<Result<Box<dyn Program>, Error>> {
        Box::pin(std::future::ready(Ok(Box::new(NoopProgram) as Box<dyn Program>)))
    }
}

struct NoopProgram;

impl Program for NoopProgram {}

/// The half of the device thread.
#[derive(Debug)]
pub struct NoopExecutor {
    /// What they hold; those that nobody has touched are empty, and take no memory.
    buffers: Vec<Vec<u8>>,
    /// How many bytes each has.
    sizes: Vec<u64>,
    recorder: Recorder,
}

impl NoopExecutor {
    fn buffer(&mut self, index: usize) -> &mut Vec<u8> {
        let bytes = &mut self.buffers[index];
        bytes.resize(self.sizes[index] as usize, 0);
        bytes
    }

    fn copy(&mut self, Copy { source, from, destination, to, bytes }: Copy) {
        let copied = self.buffer(source)[from as usize..][..bytes as usize].to_vec();
        self.buffer(destination)[to as usize..][..bytes as usize].copy_from_slice(&copied);
    }

    fn allocate(&mut self, &Allocation { buffer, bytes, kept, .. }: &Allocation) {
        let count = self.buffers.len().max(buffer + 1);
        self.buffers.resize_with(count, Vec::new);
        self.sizes.resize(count, 0);
        let before = std::mem::take(self.buffer(buffer));
        self.sizes[buffer] = bytes;
        let after = self.buffer(buffer);
        for Piece { from, to, bytes } in kept.iter().flat_map(Kept::pieces) {
            after[to as usize..][..bytes as usize]
                .copy_from_slice(&before[from as usize..][..bytes as usize]);
        }
    }
}

impl Executor for NoopExecutor {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        self.recorder.record(&submission);
        for step in submission.steps {
            match step {
                Step::Pass(_) => {}
                Step::Write { buffer, start, data } => {
                    let bytes = data.host_bytes();
                    self.buffer(buffer)[start as usize..][..bytes.len()].copy_from_slice(bytes);
                }
                Step::Copy(copy) => self.copy(copy),
                Step::Present { pixels, presented, bytes } => {
                    self.copy(Copy::whole(pixels, presented, bytes));
                }
                Step::Allocate(allocation) => self.allocate(&allocation),
                Step::Free { buffer } => {
                    self.buffers[buffer] = Vec::new();
                    self.sizes[buffer] = 0;
                }
                Step::Read(read) => {
                    let bytes = &self.buffer(read.buffer)[read.start as usize..][..read.bytes as usize];
                    read.answer(bytes);
                }
            }
        }
        submission.done.into_iter().for_each(|done| done.reply.send(Ok(())));
        Ok(())
    }
}
