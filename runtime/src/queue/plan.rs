//! From commands to submissions: pure bookkeeping, the same for every backend.

use std::sync::Arc;

use super::allocation::Allocation;
use super::command::{Command, Compiled, Copy};
use super::recent::Recent;
use super::transfer::{Part, Payload, Read, ReadPart};
use crate::Error;
use crate::backend::Capabilities;
use artifact::{Artifact, Code, Counted};

use crate::grid::{Choice, Cover, Dispatch, Text, dispatches};
use crate::health::Reply;
use crate::profile::Collector;
use crate::uniforms::{Head, Numbers, append_slot};

/// How large the uniform buffer is, and so how many slots a submission can have: at least 1024 of the usual 256 bytes.
pub const SLOT_BYTES: u32 = 256 * 1024;
/// How many dispatches, copies, writes and reads a submission has at most: few enough that watchdogs of drivers do not take it for hung.
pub const MAX_STEPS: usize = 1024;
/// How many bytes a submission copies at most from buffers to buffers, unless one copy alone has more: for the same reason.
pub const MAX_COPIED_BYTES: u64 = 1024 * 1024 * 1024;
/// How many bytes of data a submission carries at most in each direction, unless one command alone carries more.
pub const MAX_STAGING_BYTES: u64 = 64 * 1024 * 1024;
/// In a page a read of so many bytes is a submission of its own: there one learns afterwards that there was no memory, and nothing else of
/// the submission is done then.
const ALONE_BYTES: u64 = 1024 * 1024;

/// What is handed to the device at once: steps in order.
#[derive(Debug, Default)]
pub struct Submission {
    /// The contents of the uniform buffer for all its dispatches.
    pub slots: Vec<u8>,
    /// What to do.
    pub steps: Vec<Step>,
    /// Who wants to know that all of it is done.
    pub done: Vec<Done>,
    /// The tickets of its dispatches that are stopped if their loops do not end, in ascending order, and whose they are: those of shaders.
    pub tickets: Vec<(u32, Arc<Compiled>)>,
    /// How many bytes its writes carry.
    pub upload_bytes: u64,
    /// How many bytes its reads carry.
    pub download_bytes: u64,
    /// Where the time that it takes is told, while the session is profiled.
    pub profile: Option<Collector>,
    /// The latest ticket of a dispatch of it.
    latest_ticket: u32,
    /// How much of a slice it has, where runs are cut into slices: 1 for a whole one.
    share: f64,
    /// How many dispatches and other steps it has.
    step_count: usize,
    /// How many bytes it copies from buffers to buffers.
    copied_bytes: u64,
}

/// Who wants to know that all before is done.
#[derive(Debug)]
pub struct Done {
    /// Where that is told.
    pub reply: Reply<()>,
    /// The latest ticket before it in the submission, or 0.
    pub behind: u32,
}

/// One step of a submission.
#[derive(Debug)]
pub enum Step {
    /// A compute pass: dispatches one after the other, each seeing what those before it wrote.
    Pass(Vec<Launch>),
    /// Data to a buffer.
    Write {
        /// The buffer.
        buffer: usize,
        /// Where to start in it, in bytes.
        start: u64,
        /// What to write there.
        data: Part,
    },
    /// Bytes of a buffer to another.
    Copy(Copy),
    /// Memory for a buffer.
    Allocate(Allocation),
    /// The memory of a buffer goes back.
    Free {
        /// The buffer.
        buffer: usize,
    },
    /// The pixel store to the presented picture, and on the screen if there is one.
    Present {
        /// The buffer that kernels paint into.
        pixels: usize,
        /// The buffer that the host reads.
        presented: usize,
        /// How many bytes each of them has.
        bytes: u64,
    },
    /// A buffer to the host.
    Read(ReadPart),
}

/// One dispatch of a kernel.
#[derive(Debug)]
pub struct Launch {
    /// The kernel.
    pub kernel: Arc<Compiled>,
    /// How it is computed.
    pub choice: Choice,
    /// How many workgroups along the x, y and z of thread ids.
    pub groups: [u32; 3],
    /// Where its slot starts in [`Submission::slots`].
    pub slot: u32,
    /// Another one for each run that can be stopped, larger than those before it in the submission; 0 for the others.
    pub ticket: u32,
}

impl Launch {
    /// How many workgroups it has.
    pub(crate) fn group_count(&self) -> u64 {
        self.groups.iter().map(|&groups| u64::from(groups)).product()
    }

    /// What profiles call it.
    pub(crate) fn title(&self) -> String {
        let [x, y, z] = self.groups;
        format!("{} ({x} x {y} x {z} groups)", self.kernel.title())
    }
}

/// A run that is being planned.
struct Run<'a> {
    kernel: &'a Arc<Compiled>,
    extents: [u32; 3],
    uniforms: &'a [Numbers],
    key: [u32; 2],
    choice: Choice,
    ticket: u32,
}

/// Where finished submissions go.
pub type Sink<'a> = &'a mut dyn FnMut(Submission) -> Result<(), Error>;

/// Gathers commands into submissions.
#[derive(Debug)]
pub struct Planner {
    capabilities: Capabilities,
    current: Submission,
    /// Start of the latest slot, which an equal one shares.
    latest_slot: usize,
    recent: Recent,
    /// The latest ticket.
    ticket: u32,
    /// For the submissions to come.
    profile: Option<Collector>,
}

impl Planner {
    /// An empty one.
    pub fn new(capabilities: Capabilities) -> Self {
        let (current, recent) = (Submission::default(), Recent::default());
        Self { capabilities, current, latest_slot: 0, recent, ticket: 0, profile: None }
    }

    /// Appends a command. Submissions that are full go to `sink`.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn add(&mut self, command: Command, sink: Sink<'_>) -> Result<(), Error> {
        match command {
            Command::Run { kernel, extents, uniforms, key } => {
                self.add_run(&kernel, extents, &uniforms, key, sink)?;
            }
            Command::WriteBuffer { buffer, start, data } => self.add_write(buffer, start, data, sink)?,
            // Nobody wants to know any more.
            Command::ReadBuffer(read) if read.reply.is_unwanted() => {}
            Command::ReadBuffer(read) => self.add_read(read, sink)?,
            Command::CopyBuffer(copy) => self.add_copy(Step::Copy(copy), copy.bytes, sink)?,
            Command::UpdateCanvas { pixels, presented, bytes } => {
                self.add_copy(Step::Present { pixels, presented, bytes }, bytes, sink)?;
            }
            Command::Allocate(allocation, data) => {
                // What it had before is there until the submission is done.
                let (buffer, bytes) = (allocation.buffer, allocation.bytes);
                self.add_copy(Step::Allocate(allocation), bytes, sink)?;
                data.map_or(Ok(()), |data| self.add_write(buffer, 0, data, sink))?;
            }
            Command::Free { buffer } => self.add_copy(Step::Free { buffer }, 0, sink)?,
            Command::Profile(profile) => {
                self.finish(sink)?;
                self.current.profile.clone_from(&profile);
                self.profile = profile;
            }
            Command::Replay(mut replay) => replay.try_for_each(|command| self.add(command, sink))?,
            Command::WorkDone(reply) => {
                let behind = self.current.latest_ticket;
                self.current.done.push(Done { reply, behind });
            }
        }
        Ok(())
    }

    /// Hands what has been gathered to `sink`.
    ///
    /// # Errors
    ///
    /// Those of the sink.
    pub fn finish(&mut self, sink: Sink<'_>) -> Result<(), Error> {
        self.latest_slot = 0;
        let next = Submission { profile: self.profile.clone(), ..Submission::default() };
        let submission = std::mem::replace(&mut self.current, next);
        if submission.steps.is_empty() && submission.done.is_empty() { Ok(()) } else { sink(submission) }
    }

    fn add_copy(&mut self, step: Step, bytes: u64, sink: Sink<'_>) -> Result<(), Error> {
        self.make_room(self.current.copied_bytes, bytes, MAX_COPIED_BYTES, sink)?;
        self.count_step(sink)?;
        self.current.copied_bytes += bytes;
        self.current.steps.push(step);
        Ok(())
    }

    fn add_write(
        &mut self,
        buffer: usize,
        mut start: u64,
        data: Payload,
        sink: Sink<'_>,
    ) -> Result<(), Error> {
        #[cfg(not(target_arch = "wasm32"))]
        if matches!(data, Payload::Stream { .. }) {
            // The device goes on with what came before, while the caller copies.
            self.finish(sink)?;
        }
        for data in data.parts(self.capabilities.transfer_bytes) {
            let bytes = data.bytes();
            self.make_room(self.current.upload_bytes, bytes, self.most_bytes(), sink)?;
            self.count_step(sink)?;
            self.current.upload_bytes += bytes;
            self.current.steps.push(Step::Write { buffer, start, data });
            start += bytes;
            self.submit_full(self.current.upload_bytes, sink)?;
        }
        Ok(())
    }

    fn add_read(&mut self, read: Read, sink: Sink<'_>) -> Result<(), Error> {
        let is_alone = cfg!(target_arch = "wasm32") && read.bytes >= ALONE_BYTES;
        if is_alone {
            self.finish(sink)?;
        }
        for mut part in read.parts(self.capabilities.transfer_bytes) {
            self.make_room(self.current.download_bytes, part.bytes, self.most_bytes(), sink)?;
            self.count_step(sink)?;
            part.behind = self.current.latest_ticket;
            self.current.download_bytes += part.bytes;
            self.current.steps.push(Step::Read(part));
            self.submit_full(self.current.download_bytes, sink)?;
        }
        if is_alone { self.finish(sink) } else { Ok(()) }
    }

    /// How many bytes a submission has in each direction, unless one command or part alone has more.
    fn most_bytes(&self) -> u64 {
        self.capabilities.transfer_bytes.min(MAX_STAGING_BYTES)
    }

    fn make_room(&mut self, held: u64, more: u64, most: u64, sink: Sink<'_>) -> Result<(), Error> {
        if held > 0 && held + more > most { self.finish(sink) } else { Ok(()) }
    }

    /// Counts a step in, of the next submission if this one has all that it may.
    fn count_step(&mut self, sink: Sink<'_>) -> Result<(), Error> {
        if self.current.step_count >= MAX_STEPS {
            self.finish(sink)?;
        }
        self.current.step_count += 1;
        Ok(())
    }

    /// The device starts with a full part at once, while the next one comes.
    fn submit_full(&mut self, held: u64, sink: Sink<'_>) -> Result<(), Error> {
        if held >= self.capabilities.transfer_bytes { self.finish(sink) } else { Ok(()) }
    }

    fn add_run(
        &mut self,
        kernel: &Arc<Compiled>,
        extents: [u32; 3],
        uniforms: &Arc<Vec<Numbers>>,
        key: [u32; 2],
        sink: Sink<'_>,
    ) -> Result<(), Error> {
        let artifact = &kernel.artifact;
        let choice = self.recent.choose(kernel, extents, uniforms, &self.capabilities);
        let ticket = self.ticket(artifact, choice.variant.text, sink)?;
        let run = Run { kernel, extents, uniforms, key, choice, ticket };
        let dispatches = dispatches(artifact, extents, choice.variant, &self.capabilities);
        if self.capabilities.slice.is_none() {
            return dispatches.into_iter().try_for_each(|dispatch| self.add_dispatch(&run, dispatch, sink));
        }
        let cover = Cover::of(artifact, choice.variant);
        for dispatch in dispatches {
            let mut left = vec![dispatch];
            while let Some(dispatch) = left.pop() {
                // What is submitted meanwhile tells how long it takes.
                let most = kernel.pace.get();
                let first = cover.first(dispatch, most, &mut left);
                self.add_dispatch(&run, first, sink)?;
                self.current.share += first.group_count() as f64 / most as f64;
                if self.current.share >= 1.0 {
                    self.finish(sink)?;
                }
            }
        }
        Ok(())
    }

    fn add_dispatch(
        &mut self,
        run: &Run<'_>,
        Dispatch { base, groups }: Dispatch,
        sink: Sink<'_>,
    ) -> Result<(), Error> {
        let &Run { kernel, extents, uniforms, key, choice, ticket } = run;
        let stride = kernel.artifact.params.size.next_multiple_of(self.capabilities.uniform_alignment);
        let slots_full = self.current.slots.len() + 2 * stride as usize > SLOT_BYTES as usize;
        if slots_full {
            self.finish(sink)?;
        }
        self.count_step(sink)?;
        self.note_ticket(kernel, ticket);
        let slot = self.slot(kernel, &Head { extents, base, key, ticket }, uniforms);
        let launch = Launch { kernel: kernel.clone(), choice, groups, slot, ticket };
        match self.current.steps.last_mut() {
            Some(Step::Pass(launches)) => launches.push(launch),
            _ => self.current.steps.push(Step::Pass(vec![launch])),
        }
        Ok(())
    }

    /// A ticket for a run that can be stopped: whose loops count their rounds. 0 for others.
    fn ticket(&mut self, artifact: &Artifact, text: Text, sink: Sink<'_>) -> Result<u32, Error> {
        if !can_be_stopped(&artifact.code, text) {
            return Ok(0);
        }
        if self.ticket == u32::MAX {
            // They ascend in a submission.
            self.finish(sink)?;
            self.ticket = 0;
        }
        self.ticket += 1;
        Ok(self.ticket)
    }

    fn note_ticket(&mut self, kernel: &Arc<Compiled>, ticket: u32) {
        let Submission { tickets, latest_ticket, .. } = &mut self.current;
        if ticket > *latest_ticket {
            *latest_ticket = ticket;
            if kernel.artifact.code.wgsl().is_some() {
                tickets.push((ticket, kernel.clone()));
            }
        }
    }

    /// The slot with these contents: the latest one if it is equal, otherwise a new one.
    fn slot(&mut self, kernel: &Compiled, head: &Head, uniforms: &[Numbers]) -> u32 {
        let slots = &mut self.current.slots;
        let latest_end = slots.len();
        let start = latest_end.next_multiple_of(self.capabilities.uniform_alignment as usize);
        slots.resize(start, 0);
        append_slot(slots, &kernel.artifact, head, uniforms);
        if slots[self.latest_slot..latest_end] == slots[start..] {
            slots.truncate(latest_end);
        } else {
            self.latest_slot = start;
        }
        self.latest_slot as u32
    }
}

/// Whether a text has loops that are not known to end; of modules that is not told.
fn can_be_stopped(code: &Code, text: Text) -> bool {
    let Some(code) = code.wgsl() else { return true };
    let counts = |counted: &Counted| match text {
        Text::General if code.general.is_some() => counted.general,
        _ => counted.common,
    };
    code.counted.as_ref().is_some_and(counts)
}
