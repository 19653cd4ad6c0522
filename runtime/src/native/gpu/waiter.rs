//! The thread that waits for the device.
//!
//! wgpu calls nobody back by itself: the *poll thread* of a device waits for each submission in turn, whosever it is, and answers. Waiting blocks no submitting.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::backend::BoxFuture;
use crate::backend::gpu::in_flight::{InFlight, unmappable};
use crate::backend::gpu::shared::{Clients, SharedDevice};
use crate::backend::gpu::{Staging, explained};
use crate::lock::lock;
use crate::task::{spawn_server, this_thread};
use crate::{Error, Health};

/// So many submissions wait for the poll thread, beside the one it waits for; a further `submit` waits.
const MAX_WAITING: usize = 2;

/// After so long without a submission the device gets back memory that is kept to be used again.
const REST: Duration = Duration::from_secs(1);

/// How often the thread looks whether there is reason to wait any longer.
const LOOK: Duration = Duration::from_millis(200);
/// So long a device that is not wanted any more has to finish what it was given.
const STOP: Duration = Duration::from_secs(1);

/// A submission, its number, and whose it is.
type Submitted = (wgpu::SubmissionIndex, InFlight, Client);

/// Tells once whether memory could be mapped.
pub(crate) type Mapped = Receiver<bool>;

/// Who tells it, and who waits for it.
pub(crate) fn mapped() -> (Sender<bool>, Mapped) {
    channel()
}

/// The poll thread of a device, as those see it that are on the device.
pub(crate) struct Poller {
    /// `None` once it is shut down, which ends the thread.
    in_flight: Option<SyncSender<Submitted>>,
    thread: Option<JoinHandle<()>>,
}

impl Poller {
    /// Starts the poll thread.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the system gives no thread.
    pub(crate) fn start(
        device: &wgpu::Device,
        _: &wgpu::Queue,
        staging: &Staging,
        clients: &Arc<Clients>,
    ) -> Result<Self, Error> {
        let (sender, receiver) = sync_channel(MAX_WAITING);
        let (device, staging, clients) = (device.clone(), staging.clone(), clients.clone());
        let thread = spawn_server("hpc-poll", move || serve(&device, &staging, &clients, &receiver))?;
        Ok(Self { in_flight: Some(sender), thread: Some(thread) })
    }

    /// Waits until all is answered.
    pub(crate) fn shut_down(&mut self) {
        self.in_flight = None;
        let thread = self.thread.take();
        // A waker that drops the last interface would wait for itself.
        if let Some(thread) = thread.filter(|thread| thread.thread().id() != this_thread()) {
            // The poll thread catches its panics.
            let _ = thread.join();
        }
    }
}

/// Whose a submission is.
struct Client {
    health: Arc<Health>,
    stopped: Arc<OnceLock<Instant>>,
    _outstanding: Ticket,
}

/// How many submissions of an interface are not answered.
#[derive(Default)]
struct Outstanding {
    count: Mutex<usize>,
    answered: Condvar,
}

/// One of them.
struct Ticket(Arc<Outstanding>);

impl Outstanding {
    fn begin(self: &Arc<Self>) -> Ticket {
        *lock(&self.count) += 1;
        Ticket(self.clone())
    }

    /// Waits until there is none, or, if the interface was stopped and it is others' work that takes so long, not so long.
    fn wait(&self, stopped: &OnceLock<Instant>) {
        let mut count = lock(&self.count);
        while *count > 0 && stopped.get().is_none_or(|stopped| stopped.elapsed() < 2 * STOP) {
            count = self.answered.wait_timeout(count, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        *lock(&self.0.count) -= 1;
        self.0.answered.notify_all();
    }
}

/// An interface's share of the poll thread.
pub(crate) struct Waiter {
    shared: Arc<SharedDevice>,
    health: Arc<Health>,
    stopped: Arc<OnceLock<Instant>>,
    outstanding: Arc<Outstanding>,
}

impl Waiter {
    /// Nothing is in flight.
    pub(crate) fn new(shared: &Arc<SharedDevice>, health: &Arc<Health>) -> Self {
        let (stopped, outstanding) = Default::default();
        Self { shared: shared.clone(), health: health.clone(), stopped, outstanding }
    }

    /// To be set when nobody wants any more what the device does for the interface.
    pub(crate) fn stopped(&self) -> Arc<OnceLock<Instant>> {
        self.stopped.clone()
    }

    /// Notes that a submission failed, and gives what it means.
    pub(crate) fn fail(&self, error: Error) -> Error {
        tell(&self.shared.device, &self.shared.clients, &self.health, error)
    }

    /// Takes what was submitted, unless wgpu found it wrong, and answers when the device is done. Waits while too much is in flight.
    pub(crate) fn answer(
        &self,
        index: wgpu::SubmissionIndex,
        verdict: BoxFuture<Result<(), Error>>,
        in_flight: InFlight,
    ) -> Result<(), Error> {
        // A lost device may refuse without an error.
        let verdict = self.health.check().and(pollster::block_on(verdict));
        // Known before the replies are dropped.
        verdict.map_err(|error| self.fail(error))?;
        let gone = || Error::internal("the poll thread is gone", "");
        let (health, stopped) = (self.health.clone(), self.stopped.clone());
        let client = Client { health, stopped, _outstanding: self.outstanding.begin() };
        let thread = self.shared.poller.in_flight.as_ref().ok_or_else(gone)?;
        thread.send((index, in_flight, client)).map_err(|_| gone())
    }

    /// Waits until all is answered.
    pub(crate) fn shut_down(&mut self) {
        self.outstanding.wait(&self.stopped);
    }
}

/// The poll thread. It ends when the sender is dropped and all is answered.
fn serve(device: &wgpu::Device, staging: &Staging, clients: &Clients, receiver: &Receiver<Submitted>) {
    let mut latest = None;
    while let Some((index, mut in_flight, client)) = next(receiver, staging) {
        let health = &client.health;
        // Replies outlive the closure, so that health is known before they are dropped.
        let answer = AssertUnwindSafe(|| {
            wait(device, &client, &index, &in_flight)?;
            if let Some(slice) = in_flight.slice.take() {
                slice.done(&mut latest);
            }
            in_flight.answer(&staging.downloads, health)?;
            staging.refused.get().cloned().map_or(Ok(()), Err)
        });
        let result = catch_unwind(answer).unwrap_or_else(|payload| {
            // wgpu panics if it cannot wait for a device.
            let text = Error::panicked("the poll thread", &*payload).to_string();
            Err(Error::DeviceLost { reason: text })
        });
        match result {
            Ok(()) => {}
            Err(Error::Dropped) => health.fail(Error::Dropped),
            Err(error) => drop(tell(device, clients, health, error)),
        }
        drop(in_flight);
    }
}

/// Tells an interface what an error means, and if that is the loss of the device, all who are on it; what was told.
fn tell(device: &wgpu::Device, clients: &Clients, health: &Health, error: Error) -> Error {
    // What the interface knows already may be about itself alone.
    let is_news = health.check().is_ok();
    let error = explained(device, health, error);
    health.fail(error.clone());
    if is_news {
        clients.note(&error);
    }
    error
}

/// The next submission; `None` once there will be no more. While there is none, the device gets back what is kept to be used again.
fn next(receiver: &Receiver<Submitted>, staging: &Staging) -> Option<Submitted> {
    loop {
        match receiver.recv_timeout(REST) {
            Ok(submitted) => return Some(submitted),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {
                // What readers have comes back later, and perhaps just now.
                let has_lent = staging.lender.has_lent();
                staging.shrink();
                if !has_lent {
                    return receiver.recv().ok();
                }
            }
        }
    }
}

impl Client {
    /// Whether there is reason to wait any longer.
    ///
    /// # Errors
    ///
    /// The fatal error, and [`Error::Dropped`] if the interface was destroyed and the device is not done after [`STOP`]: it hangs, or works
    /// on what nobody wants. What it was told to write it may still write, so none of that memory is used again.
    fn check(&self) -> Result<(), Error> {
        self.health.check()?;
        let stopped = self.stopped.get();
        if stopped.is_some_and(|stopped| stopped.elapsed() > STOP) { Err(Error::Dropped) } else { Ok(()) }
    }
}

/// Waits until the device is done with a submission, and what it read can be looked at.
fn wait(
    device: &wgpu::Device,
    client: &Client,
    index: &wgpu::SubmissionIndex,
    in_flight: &InFlight,
) -> Result<(), Error> {
    loop {
        match wait_for(device, index) {
            Ok(_) => break,
            Err(wgpu::PollError::Timeout) => client.check()?,
            Err(error) => return Err(Error::internal("wgpu does not know a submission", error.to_string())),
        }
    }
    // A lost device takes a submission and forgets it: then memory that is lent holds nothing that was read.
    client.health.check()?;
    in_flight.download.as_ref().map_or(Ok(()), |download| wait_mapped(device, client, &download.mapped))
}

/// Waits for a submission, not long.
///
/// wgpu asserts what another thread can make untrue, as submitting polls, too: who has just waited in vain may find that the other one has
/// cleared the queue meanwhile. Then asking again tells.
fn wait_for(
    device: &wgpu::Device,
    index: &wgpu::SubmissionIndex,
) -> Result<wgpu::PollStatus, wgpu::PollError> {
    let ask = || {
        let submission_index = Some(index.clone());
        device.poll(wgpu::PollType::Wait { submission_index, timeout: Some(LOOK) })
    };
    // It holds no lock there, and has nothing to tell that the other thread has not told.
    catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|_| ask())
}

/// Waits until the memory is mapped: another thread may be about to tell when the waiting is over.
fn wait_mapped(device: &wgpu::Device, client: &Client, mapped: &Mapped) -> Result<(), Error> {
    loop {
        match mapped.recv_timeout(LOOK) {
            Ok(true) => return Ok(()),
            Ok(false) | Err(RecvTimeoutError::Disconnected) => {
                client.health.check()?;
                return Err(unmappable());
            }
            Err(RecvTimeoutError::Timeout) => {
                client.check()?;
                // Calls back if nobody has; its result says nothing about this submission.
                let _ = device.poll(wgpu::PollType::Poll);
            }
        }
    }
}
