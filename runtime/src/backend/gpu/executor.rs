//! From a submission to a command buffer.

use std::sync::Arc;

use super::ahead::Ahead;
use super::in_flight::{Download, InFlight, Slice};
use super::lent::Loan;
use super::memory::{Memory, STOPPED_BYTES, whole_words};
use super::present::Presenter;
use super::program::GpuProgram;
use super::resize::Resizer;
use super::stamps::Stamps;
use super::upload::Upload;
use super::waiter::{Waiter, mapped};
use super::{Staging, judged};
use crate::backend::Executor;
use crate::pace::Paced;
use crate::queue::{Allocation, Copy, Launch, Part, ReadPart, Step, Submission};
use crate::{Error, Health};

/// The half of the device thread.
pub(super) struct GpuExecutor {
    device: wgpu::Device,
    queue: wgpu::Queue,
    memory: Memory,
    resizer: Resizer,
    /// Who shows the presented picture, if there is a screen.
    presenter: Option<Presenter>,
    staging: Staging,
    ahead: Arc<Ahead>,
    waiter: Waiter,
}

impl GpuExecutor {
    /// Starts who waits for the device.
    pub(super) fn new(
        device: wgpu::Device,
        queue: wgpu::Queue,
        memory: Memory,
        staging: Staging,
        ahead: Arc<Ahead>,
        presenter: Option<Presenter>,
        health: Arc<Health>,
    ) -> Result<Self, Error> {
        let waiter = Waiter::start(device.clone(), queue.clone(), staging.clone(), health)?;
        let resizer = Resizer::default();
        Ok(Self { device, queue, memory, resizer, presenter, staging, ahead, waiter })
    }

    fn encode(&mut self, submission: &mut Submission) -> Result<Encoded, Error> {
        if !submission.slots.is_empty() {
            self.queue.write_buffer(&self.memory.slots, 0, &submission.slots);
        }
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut up = self.upload(submission)?;
        let mut loans = self.lend(submission);
        let mut stamps = Stamps::new(&self.device, submission);
        let stamp_bytes = stamps.as_ref().map_or(0, Stamps::bytes);
        let told_bytes = self.expect_stops(submission);
        let down = self.download(submission, &mut loans, stamp_bytes + told_bytes);
        let (mut up_offset, mut down_offset, mut reads) = (0, 0, loans.iter());
        for step in &mut submission.steps {
            match step {
                Step::Pass(launches) => match &mut stamps {
                    None => self.encode_pass(&mut encoder, launches, None)?,
                    Some(stamps) => self.encode_timed(&mut encoder, launches, stamps)?,
                },
                Step::Write { buffer, start, data } => {
                    let to = self.memory.place(*buffer, *start)?;
                    up_offset += encode_write(&mut encoder, data, up.as_ref(), up_offset, to)?;
                }
                Step::Copy(copy) => self.memory.copy(&mut encoder, *copy)?,
                Step::Present { pixels, presented, bytes } => {
                    self.memory.copy(&mut encoder, Copy::whole(*pixels, *presented, *bytes))?;
                }
                Step::Allocate(allocation) => self.allocate(&mut encoder, allocation)?,
                Step::Free { buffer } => self.memory.free(*buffer),
                Step::Read(part) => {
                    let words = part.words();
                    let (from, bytes) =
                        (self.memory.place(part.buffer, words.start)?, words.end - words.start);
                    if let Some(loan) = reads.next().and_then(Option::as_ref).and_then(Loan::buffer) {
                        encoder.copy_buffer_to_buffer(from.0, from.1, loan, 0, bytes);
                    } else if let Some((down, _)) = &down {
                        encoder.copy_buffer_to_buffer(from.0, from.1, down, down_offset, bytes);
                        down_offset += bytes;
                    }
                }
            }
        }
        if let Some(up) = &mut up {
            up.send(&encoder);
        }
        if let (Some(stamps), Some((down, _))) = (&stamps, &down) {
            stamps.copy(&mut encoder, down, down_offset);
        }
        if told_bytes > 0 {
            let none = || Error::OutOfMemory { what: "what loops tell".into() };
            let (down, bytes) = down.as_ref().ok_or_else(none)?;
            encoder.copy_buffer_to_buffer(&self.memory.stopped, 0, down, bytes - told_bytes, told_bytes);
        }
        let download = down.map(|(buffer, bytes)| map_on_submit(&encoder, buffer, bytes));
        let commands = encoder.finish();
        if let Some(presenter) = self.presenter.as_ref().filter(|_| presents(submission)) {
            presenter.draw_with_next()?;
        }
        let index = self.queue.submit([commands]);
        let stamps = stamps.map(|stamps| (stamps, self.queue.get_timestamp_period()));
        Ok(Encoded { index, download, loans, stamps })
    }

    /// Gives a buffer memory, and copies there what it keeps.
    fn allocate(&mut self, encoder: &mut wgpu::CommandEncoder, allocation: &Allocation) -> Result<(), Error> {
        let before = self.memory.allocate(&self.device, &self.queue, allocation)?;
        let Some((before, kept)) = before.zip(allocation.kept) else { return Ok(()) };
        let (after, _) = self.memory.place(allocation.buffer, 0)?;
        self.resizer.copy(&self.device, encoder, &before, after, kept);
        Ok(())
    }

    /// Makes the words ready in which loops tell; how many bytes they tell.
    fn expect_stops(&self, submission: &Submission) -> u64 {
        let Some((first, _)) = submission.tickets.first() else { return 0 };
        let stopped = &self.memory.stopped;
        self.queue.write_buffer(stopped, 8, &u32::MAX.to_le_bytes());
        if *first == 1 {
            // Once more: what was left there may be a ticket that comes again.
            self.queue.write_buffer(stopped, 0, &[0; 8]);
        }
        STOPPED_BYTES
    }

    /// Memory with what its writes bring, one behind the other, but for what is staged already.
    fn upload(&self, submission: &Submission) -> Result<Option<Upload>, Error> {
        let parts = submission.steps.iter().filter_map(|step| match step {
            Step::Write { data, .. } => Some(data.host_bytes()),
            _ => None,
        });
        let taken = |part: &[u8]| whole_words(part.len() as u64);
        let bytes = parts.clone().map(taken).sum();
        if bytes == 0 {
            return Ok(None);
        }
        let upload = self.staging.take(|| self.staging.uploads.take(bytes));
        // What comes after it would see what was never written.
        let none = || Error::OutOfMemory { what: format!("{bytes} bytes that are written") };
        let mut upload = upload.ok_or_else(none)?;
        let mut start = 0;
        for part in parts {
            upload.write(start, part);
            start += taken(part);
        }
        Ok(Some(upload))
    }

    /// Memory for what is read and not lent, and for `more` bytes. Where there is not enough the largest read is refused, and all else goes
    /// on.
    fn download(
        &self,
        submission: &mut Submission,
        loans: &mut Vec<Option<Loan>>,
        more: u64,
    ) -> Option<(wgpu::Buffer, u64)> {
        loop {
            let bytes = download_bytes(submission, loans) + more;
            if bytes == 0 {
                return None;
            }
            let taken = self.staging.take(|| self.staging.downloads.take(&self.device, bytes));
            if taken.is_some() || !refuse_largest(submission, loans) {
                return taken.map(|buffer| (buffer, bytes));
            }
        }
    }

    /// A pass for each dispatch, so that each has times of its own.
    fn encode_timed(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        launches: &[Launch],
        stamps: &mut Stamps,
    ) -> Result<(), Error> {
        launches.iter().try_for_each(|launch| {
            self.encode_pass(encoder, std::slice::from_ref(launch), Some(stamps.next(launch.title())))
        })
    }

    fn encode_pass(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        launches: &[Launch],
        timestamp_writes: Option<wgpu::ComputePassTimestampWrites<'_>>,
    ) -> Result<(), Error> {
        let descriptor = wgpu::ComputePassDescriptor { label: None, timestamp_writes };
        let mut pass = encoder.begin_compute_pass(&descriptor);
        let mut latest: Option<(&Launch, wgpu::BindGroup)> = None;
        for launch in launches {
            let program = launch.kernel.program();
            let program: &GpuProgram = program.known()?;
            let (same_kernel, group) = match latest.take() {
                Some((latest, group)) if Arc::ptr_eq(&latest.kernel, &launch.kernel) => (Some(latest), group),
                _ => (None, program.bind_group(&self.device, &self.memory)?),
            };
            if same_kernel.is_none_or(|latest| latest.choice.variant != launch.choice.variant) {
                pass.set_pipeline(&program.pipeline(launch.choice));
            }
            if same_kernel.is_none_or(|latest| latest.slot != launch.slot) {
                pass.set_bind_group(0, &group, &[launch.slot]);
            }
            let [x, y, z] = launch.kernel.artifact.invocation_axes(launch.groups);
            pass.dispatch_workgroups(x, y, z);
            latest = Some((launch, group));
        }
        Ok(())
    }

    /// Memory for the readers who take it, one for each read.
    fn lend(&self, submission: &Submission) -> Vec<Option<Loan>> {
        let reads = submission.steps.iter().filter_map(|step| match step {
            Step::Read(part) => Some(part),
            _ => None,
        });
        let lend = |part: &ReadPart| {
            let words = part.words();
            self.staging.lender.lend(words.end - words.start, part.place_in_words())
        };
        reads.map(|part| part.lent.then(|| lend(part)).flatten()).collect()
    }
}

/// What was submitted.
struct Encoded {
    index: wgpu::SubmissionIndex,
    download: Option<Download>,
    /// One for each read.
    loans: Vec<Option<Loan>>,
    stamps: Option<(Stamps, f32)>,
}

impl Executor for GpuExecutor {
    fn submit(&mut self, mut submission: Submission) -> Result<(), Error> {
        let device = self.device.clone();
        let (encoded, verdict) = judged(&device, "a submission", || self.encode(&mut submission));
        // The health knows before the replies are dropped with the submission.
        let Encoded { index, download, loans, stamps } = encoded.map_err(|error| self.waiter.fail(error))?;
        #[cfg(target_arch = "wasm32")]
        let only_reads = submission.steps.iter().all(|step| matches!(step, Step::Read(_)));
        let slice = self.memory.slice.map(|slice| Slice::begun(Paced::of(&submission.steps), slice));
        let reads = submission.steps.into_iter().filter_map(|step| match step {
            Step::Read(part) => Some(part),
            _ => None,
        });
        let reads = reads.zip(loans).collect();
        let profile = submission.profile.map(|profile| (profile.now(), profile));
        let in_flight = InFlight {
            download,
            reads,
            done: submission.done,
            slice,
            tickets: submission.tickets,
            loop_limit: self.memory.loop_limit,
            #[cfg(target_arch = "wasm32")]
            only_reads,
            stamps,
            profile,
        };
        self.waiter.answer(index, verdict, in_flight)
    }

    #[cfg(target_arch = "wasm32")]
    fn room(&self) -> crate::backend::BoxFuture<()> {
        self.waiter.room()
    }
}

impl Drop for GpuExecutor {
    fn drop(&mut self) {
        self.waiter.shut_down();
        self.ahead.end();
        // Kernels may live on and hold these. Not before the poll thread has ended: destroying waits for a lock that
        // a waiting poll holds, and submitting would wait behind it.
        self.memory.destroy();
    }
}

/// Whether there is a picture to see: the last one, as others are replaced within the submission.
fn presents(submission: &Submission) -> bool {
    submission.steps.iter().any(|step| matches!(step, Step::Present { .. }))
}

/// Copies a part of a write to its place, from where it is staged or else from so far in `up`; how many bytes of this it takes.
fn encode_write(
    encoder: &mut wgpu::CommandEncoder,
    data: &mut Part,
    up: Option<&Upload>,
    up_offset: u64,
    (buffer, start): (&wgpu::Buffer, u64),
) -> Result<u64, Error> {
    let bytes = whole_words(data.bytes());
    match (data, up) {
        (Part::Staged(staged), _) => {
            let staged: &mut Upload = staged.memory.downcast_mut().ok_or_else(foreign)?;
            encoder.copy_buffer_to_buffer(staged.buffer(), 0, buffer, start, bytes);
            staged.send(encoder);
            Ok(0)
        }
        (Part::Bytes { .. }, Some(up)) => {
            encoder.copy_buffer_to_buffer(up.buffer(), up_offset, buffer, start, bytes);
            Ok(bytes)
        }
        // There is none for writes only.
        (Part::Bytes { .. }, None) => Ok(0),
    }
}

fn foreign() -> Error {
    Error::internal("what another backend staged was written", "")
}

/// How much room what is read and not lent takes.
fn download_bytes(submission: &Submission, loans: &[Option<Loan>]) -> u64 {
    let reads = submission.steps.iter().filter_map(|step| match step {
        Step::Read(part) => Some(part.words()),
        _ => None,
    });
    reads.zip(loans).filter(|(_, loan)| loan.is_none()).map(|(words, _)| words.end - words.start).sum()
}

/// Takes out the largest of the reads that get a copy, and tells its reader that there is no memory; false if there is none.
fn refuse_largest(submission: &mut Submission, loans: &mut Vec<Option<Loan>>) -> bool {
    let reads = submission.steps.iter().enumerate().filter_map(|(position, step)| match step {
        Step::Read(part) => Some((position, part.bytes)),
        _ => None,
    });
    let copied = reads.zip(&*loans).enumerate().filter(|(_, (_, loan))| loan.is_none());
    let largest = copied.max_by_key(|(_, ((_, bytes), _))| *bytes);
    let Some((read, position)) = largest.map(|(read, ((position, _), _))| (read, position)) else {
        return false;
    };
    loans.remove(read);
    if let Step::Read(part) = submission.steps.remove(position) {
        part.refuse();
    }
    true
}

fn map_on_submit(encoder: &wgpu::CommandEncoder, buffer: wgpu::Buffer, bytes: u64) -> Download {
    let (tell, mapped) = mapped();
    encoder.map_buffer_on_submit(&buffer, wgpu::MapMode::Read, ..bytes, move |result| {
        // Nobody listens any more once the device is lost.
        let _ = tell.send(result.is_ok());
    });
    Download { buffer, bytes, mapped }
}
