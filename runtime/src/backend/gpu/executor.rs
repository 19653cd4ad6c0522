//! From a submission to a command buffer.

use std::sync::Arc;

use super::in_flight::{Download, InFlight};
use super::judged;
use super::memory::{Memory, Storage};
use super::present::Presenter;
use super::program::GpuProgram;
use super::staging::{Pool, upload};
use super::waiter::{Waiter, mapped};
use crate::backend::Executor;
use crate::queue::{Launch, Step, Submission};
use crate::{Error, Health};

/// The half of the device thread.
pub(super) struct GpuExecutor {
    device: wgpu::Device,
    queue: wgpu::Queue,
    memory: Arc<Memory>,
    /// Who shows the presented picture, if there is a screen.
    presenter: Option<Presenter>,
    pool: Arc<Pool>,
    waiter: Waiter,
}

impl GpuExecutor {
    /// Starts who waits for the device.
    pub(super) fn new(
        device: wgpu::Device,
        queue: wgpu::Queue,
        memory: Arc<Memory>,
        presenter: Option<Presenter>,
        health: Arc<Health>,
    ) -> Result<Self, Error> {
        let pool = Arc::new(Pool::default());
        let waiter = Waiter::start(device.clone(), queue.clone(), pool.clone(), health)?;
        Ok(Self { device, queue, memory, presenter, pool, waiter })
    }

    fn encode(&self, submission: &Submission) -> Result<(wgpu::SubmissionIndex, Option<Download>), Error> {
        if !submission.slots.is_empty() {
            self.queue.write_buffer(&self.memory.slots, 0, &submission.slots);
        }
        let up = upload(&self.device, submission);
        let down = submission.download_bytes;
        let down = (down > 0).then(|| (self.pool.take(&self.device, down), down));
        let mut encoder = self.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let (mut up_offset, mut down_offset) = (0, 0);
        let storage = &self.memory.storage;
        let (seen, mut shown) = (last_present(submission), None);
        for (position, step) in submission.steps.iter().enumerate() {
            match step {
                Step::Pass(launches) => encode_pass(&mut encoder, launches)?,
                Step::Write { buffer, data } => {
                    let bytes = data.len() as u64 * 4;
                    if let Some(up) = &up {
                        let Storage { buffer, start, .. } = &storage[*buffer];
                        encoder.copy_buffer_to_buffer(up, up_offset, buffer, *start, bytes);
                    }
                    up_offset += bytes;
                }
                Step::Copy { source, destination } => {
                    self.memory.copy(&mut encoder, *source, *destination);
                }
                Step::Present { pixels, presented } => {
                    self.memory.copy(&mut encoder, *pixels, *presented);
                    if let Some(presenter) = self.presenter.as_ref().filter(|_| seen == Some(position)) {
                        shown = Some(presenter.draw(&self.device, &mut encoder)?);
                    }
                }
                Step::Read(read) => {
                    if let Some((down, _)) = &down {
                        let Storage { buffer, start, .. } = &storage[read.buffer];
                        let from = start + read.start;
                        encoder.copy_buffer_to_buffer(buffer, from, down, down_offset, read.bytes);
                    }
                    down_offset += read.bytes;
                }
            }
        }
        let download = down.map(|(buffer, bytes)| map_on_submit(&encoder, buffer, bytes));
        let index = self.queue.submit([encoder.finish()]);
        if let Some(texture) = shown {
            self.queue.present(texture);
        }
        Ok((index, download))
    }
}

impl Executor for GpuExecutor {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        let (encoded, verdict) = judged(&self.device, "a submission", || self.encode(&submission));
        let (index, download) = encoded.inspect_err(|error| {
            // Before the replies are dropped with the submission.
            self.waiter.health().fail(error.clone());
        })?;
        let reads = submission.steps.into_iter().filter_map(|step| match step {
            Step::Read(read) => Some(read),
            _ => None,
        });
        let in_flight = InFlight { download, reads: reads.collect(), done: submission.done };
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
        // Kernels may live on and hold these. Not before the poll thread has ended: destroying waits for a lock that
        // a waiting poll holds, and submitting would wait behind it.
        self.memory.destroy();
    }
}

/// The picture that is seen: others are replaced within the submission.
fn last_present(submission: &Submission) -> Option<usize> {
    submission.steps.iter().rposition(|step| matches!(step, Step::Present { .. }))
}

fn encode_pass(encoder: &mut wgpu::CommandEncoder, launches: &[Launch]) -> Result<(), Error> {
    let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
    let mut latest: Option<&Launch> = None;
    for launch in launches {
        let program: &GpuProgram = launch.program()?;
        let same_kernel = latest.is_some_and(|latest| Arc::ptr_eq(&latest.kernel, &launch.kernel));
        if !same_kernel || latest.is_some_and(|latest| latest.variant != launch.variant) {
            pass.set_pipeline(&program.pipeline(launch.variant));
        }
        if !same_kernel || latest.is_some_and(|latest| latest.slot != launch.slot) {
            pass.set_bind_group(0, program.bind_group(), &[launch.slot]);
        }
        let [x, y, z] = launch.kernel.artifact.invocation_axes(launch.groups);
        pass.dispatch_workgroups(x, y, z);
        latest = Some(launch);
    }
    Ok(())
}

fn map_on_submit(encoder: &wgpu::CommandEncoder, buffer: wgpu::Buffer, bytes: u64) -> Download {
    let (tell, mapped) = mapped();
    encoder.map_buffer_on_submit(&buffer, wgpu::MapMode::Read, ..bytes, move |result| {
        // Nobody listens any more once the device is lost.
        let _ = tell.send(result.is_ok());
    });
    Download { buffer, bytes, mapped }
}
