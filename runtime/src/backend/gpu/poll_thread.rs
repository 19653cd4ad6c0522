//! The thread that waits for the device.
//!
//! wgpu calls nobody back by itself: the *poll thread* waits for each submission in turn, and answers. Waiting blocks no submitting.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::download::Downloads;
use super::in_flight::{InFlight, unmappable};
use crate::backend::BoxFuture;
use crate::task::spawn_server;
use crate::{Error, Health};

/// So many submissions wait for the poll thread, beside the one it waits for; a further `submit` waits.
const MAX_WAITING: usize = 2;

/// A submission and its number.
type Submitted = (wgpu::SubmissionIndex, InFlight);

/// Tells once whether memory could be mapped.
pub(super) type Mapped = Receiver<bool>;

/// Who tells it, and who waits for it.
pub(super) fn mapped() -> (Sender<bool>, Mapped) {
    channel()
}

/// The poll thread as the device thread sees it.
pub(super) struct Waiter {
    health: Arc<Health>,
    /// `None` once it is shut down, which ends the thread.
    in_flight: Option<SyncSender<Submitted>>,
    thread: Option<JoinHandle<()>>,
}

impl Waiter {
    /// Starts the poll thread.
    pub(super) fn start(
        device: wgpu::Device,
        _queue: wgpu::Queue,
        downloads: Arc<Downloads>,
        health: Arc<Health>,
    ) -> Result<Self, Error> {
        let (sender, receiver) = sync_channel(MAX_WAITING);
        let theirs = health.clone();
        let thread = spawn_server("hpc-poll", move || serve(&device, &downloads, &theirs, receiver))?;
        Ok(Self { health, in_flight: Some(sender), thread: Some(thread) })
    }

    pub(super) fn health(&self) -> &Health {
        &self.health
    }

    /// Takes what was submitted, unless wgpu found it wrong, and answers when the device is done. Waits while too much is in flight.
    pub(super) fn answer(
        &self,
        index: wgpu::SubmissionIndex,
        verdict: BoxFuture<Result<(), Error>>,
        in_flight: InFlight,
    ) -> Result<(), Error> {
        // A lost device may refuse without an error.
        let verdict = self.health.check().and(pollster::block_on(verdict));
        // Known before the replies are dropped.
        verdict.inspect_err(|error| self.health.fail(error.clone()))?;
        let gone = || Error::internal("the poll thread is gone", "");
        self.in_flight.as_ref().ok_or_else(gone)?.send((index, in_flight)).map_err(|_| gone())
    }

    /// Waits until all is answered.
    pub(super) fn shut_down(&mut self) {
        self.in_flight = None;
        if let Some(thread) = self.thread.take() {
            // The poll thread catches its panics.
            let _ = thread.join();
        }
    }
}

/// The poll thread. It ends when the sender is dropped and all is answered.
fn serve(device: &wgpu::Device, downloads: &Downloads, health: &Health, receiver: Receiver<Submitted>) {
    for (index, mut in_flight) in receiver {
        // Replies outlive the closure, so that health is known before they are dropped.
        let answer = AssertUnwindSafe(|| {
            wait(device, health, &index, &in_flight)?;
            in_flight.answer(downloads)
        });
        let result = catch_unwind(answer).unwrap_or_else(|payload| {
            // wgpu panics if it cannot wait for a device.
            let text = Error::panicked("the poll thread", &*payload).to_string();
            Err(Error::DeviceLost { reason: text })
        });
        if let Err(error) = result {
            health.fail(error);
        }
    }
}

/// Waits until the device is done with a submission, and what it read can be looked at.
fn wait(
    device: &wgpu::Device,
    health: &Health,
    index: &wgpu::SubmissionIndex,
    in_flight: &InFlight,
) -> Result<(), Error> {
    loop {
        let submission_index = Some(index.clone());
        match device.poll(wgpu::PollType::Wait { submission_index, timeout: None }) {
            Ok(_) => break,
            Err(wgpu::PollError::Timeout) => health.check()?,
            Err(error) => return Err(Error::internal("wgpu does not know a submission", error.to_string())),
        }
    }
    in_flight.download.as_ref().map_or(Ok(()), |download| wait_mapped(device, health, &download.mapped))
}

/// Waits until the memory is mapped: another thread may be about to tell when the waiting is over.
fn wait_mapped(device: &wgpu::Device, health: &Health, mapped: &Mapped) -> Result<(), Error> {
    loop {
        match mapped.recv_timeout(Duration::from_millis(200)) {
            Ok(true) => return Ok(()),
            Ok(false) | Err(RecvTimeoutError::Disconnected) => {
                health.check()?;
                return Err(unmappable());
            }
            Err(RecvTimeoutError::Timeout) => {
                health.check()?;
                // Calls back if nobody has; its result says nothing about this submission.
                let _ = device.poll(wgpu::PollType::Poll);
            }
        }
    }
}
