//! The command queue: commands as data, in order, never waiting.
//!
//! A caller's thread *enqueues* [`Command`]s. One *device thread* takes everything that has accumulated, plans it
//! into [`Submission`]s and hands these to the backend's [`Executor`]. These rules hold; each has a test of its name.
//!
//! In a browser nothing may wait, and there is one thread: a task of the page, the *pump*, takes the place of the device thread. The
//! rules say where that shows.
//!
//! 1. **In order.** Commands take effect strictly in the order in which they were enqueued.
//! 2. **No waiting.** Enqueuing returns at once, whatever the device is doing (rule 7 is the one exception).
//! 3. **Snapshots.** A command captures its arguments at the call: the data of a write, the uniforms of a run. What
//!    happens to them later does not matter.
//! 4. **Reads are futures.** A read sees its buffer as it is at its place in the queue and resolves later. Any number
//!    can be in flight; none blocks or locks anything; dropping one is harmless. One that there is no memory for is refused, alone.
//! 5. **Runs share.** Consecutive runs share one compute pass and one submission, whatever their kernels and
//!    uniforms. The uniforms of each dispatch lie in a slot of one uniform buffer, addressed by a dynamic offset;
//!    consecutive dispatches with equal slots share one. Only the bounds of rule 7 split a submission, and slices, if runs are
//!    cut into these ([`crate::Setup::slice`]).
//! 6. **At once, then in batches.** The first command after idle is submitted at once (by the pump: at the end of the turn, with all
//!    that the page called in it). While the device thread is busy, commands accumulate, and it takes them together.
//! 7. **Bounded.** At most [`MAX_PENDING_COMMANDS`] commands and [`MAX_PENDING_BYTES`] of data (or one larger
//!    command) are pending; past that an enqueue waits until the device thread takes them, and in a page submits some of them itself,
//!    however much is in flight, and goes past the bounds rather than keep the page waiting. A submission has at most
//!    [`MAX_STEPS`] dispatches and other steps, [`SLOT_BYTES`] of uniforms, copies of [`MAX_COPIED_BYTES`] and [`MAX_STAGING_BYTES`] of
//!    data (or one larger command) in each direction; a backend may ask for smaller submissions, and gets large writes and reads in
//!    parts. The executor bounds how many submissions are in flight. What follows is planned when there is room for it, also of a list
//!    that is replayed.
//! 8. **Every future settles.** After a fatal error (device lost, out of memory, a panic in a backend thread) all
//!    pending futures resolve with that error, and every later call returns it.
//! 9. **Closing.** Closing drops the commands that were not submitted yet; their futures resolve with
//!    [`Error::Dropped`]. What was submitted completes, unless its backend can stop it, as the CPU backend does, or it takes a GPU
//!    longer than a second: then its futures resolve likewise. Dropping the queue closes it and waits for that (in a page it does not wait).
//! 10. **Wakers may do anything.** Futures are woken by backend threads, with no lock held. A waker may enqueue (past
//!     the bounds of rule 7, instead of waiting for itself) or drop the queue (which then does not wait).
//!     One that panics is a failure of rule 8.
//! 11. **Lists.** A recorded list holds what its calls captured: data, and the uniforms of its runs. Replaying it is one command, whose
//!     effects are those of its commands one after the other, so many times; each run draws a random key of its own.
//! 12. **Buffers come and go.** A buffer has its size from the command that makes or resizes it, until the next one or the command that
//!     destroys it. What was called before sees it as it was then; its memory goes back when that is done. A resized buffer keeps the
//!     elements that both sizes have, and the others are zero.
//! 13. **Stopped runs.** A run whose loops make too many rounds ends alone. Its error answers the futures that were asked for behind it
//!     and before somebody was told; all else goes on.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

mod allocation;
mod command;
mod plan;
mod recent;
#[cfg(test)]
mod tests;
mod transfer;

pub use allocation::{Allocation, Kept, Piece};
pub use command::{Command, Compiled, Copy, Prepared, Repeatable, Replay};
pub use plan::{
    Done, Launch, MAX_COPIED_BYTES, MAX_STAGING_BYTES, MAX_STEPS, Planner, SLOT_BYTES, Sink, Step, Submission,
};
pub use transfer::{Lent, Part, Payload, Read, ReadPart, Staged};

use crate::backend::{Capabilities, Executor};
#[cfg(not(target_arch = "wasm32"))]
use crate::native::copies::Copies;
use crate::platform::server::{Attention, Server, Signals};
use crate::{Error, Health, Track};

/// How many commands can be pending.
pub const MAX_PENDING_COMMANDS: usize = 16 * 1024;
/// How many bytes of data pending commands can carry.
pub const MAX_PENDING_BYTES: u64 = 256 * 1024 * 1024;

/// The callers' end of the queue.
#[derive(Debug)]
pub struct Queue {
    shared: Arc<Shared>,
    server: Server,
}

#[derive(Debug)]
pub(crate) struct Shared {
    health: Arc<Health>,
    state: Mutex<State>,
    pub(crate) signals: Signals,
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) copies: Copies,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) pending: Vec<Command>,
    pending_bytes: u64,
    /// Who waits for whom.
    pub(crate) attention: Attention,
    /// Why the queue takes no more commands.
    pub(crate) closed: Option<Error>,
}

impl Queue {
    /// Starts who takes the commands.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the system gives no thread.
    pub fn new(
        executor: Box<dyn Executor>,
        capabilities: Capabilities,
        health: Arc<Health>,
    ) -> Result<Self, Error> {
        let shared = Arc::new(Shared {
            health,
            state: Mutex::default(),
            signals: Signals::default(),
            #[cfg(not(target_arch = "wasm32"))]
            copies: Copies::default(),
        });
        let server = Server::start(&shared, executor, Planner::new(capabilities))?;
        Ok(Self { shared, server })
    }

    /// Whether the device works; see rule 8.
    pub fn health(&self) -> &Arc<Health> {
        &self.shared.health
    }

    /// Memory for the parts of large writes.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn copies(&self) -> &Copies {
        &self.shared.copies
    }

    /// Appends a command.
    ///
    /// # Errors
    ///
    /// The fatal error if there was one, [`Error::Dropped`] if the queue is closed. The command has no effect then.
    pub fn push(&self, command: Command) -> Result<(), Error> {
        self.push_if(command, || true).map(|_| ())
    }

    /// The same if `is_due` says so at the command's place in the queue, where nothing else comes between: it is called with the queue locked.
    /// Whether it did.
    ///
    /// # Errors
    ///
    /// Those of [`Queue::push`]; `is_due` was not called then.
    pub fn push_if(&self, command: Command, is_due: impl FnOnce() -> bool) -> Result<bool, Error> {
        let shared = &*self.shared;
        let bytes = command.bytes();
        let mut state = self.server.with_room(shared, bytes);
        state.closed.clone().map_or(Ok(()), Err)?;
        // Lost, but the device thread has not noticed yet.
        shared.health.check()?;
        if !is_due() {
            return Ok(false);
        }
        state.pending_bytes += bytes;
        state.pending.push(command);
        self.server.attend(&self.shared, state);
        Ok(true)
    }

    /// Whether commands are taken.
    ///
    /// # Errors
    ///
    /// Those of [`Queue::push`].
    pub fn check(&self) -> Result<(), Error> {
        self.shared.lock().closed.clone().map_or(Ok(()), Err)?;
        self.shared.health.check()
    }

    /// Takes no more commands and drops the pending ones; does not wait.
    pub fn close(&self) {
        self.shared.close(Error::Dropped);
    }

    /// Closes the queue and waits until what was submitted is done. If there was a fatal error, that is why.
    pub fn shut_down(&self) {
        self.shared.close(self.shared.health.check().err().unwrap_or(Error::Dropped));
        self.server.shut_down();
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.shut_down();
    }
}

impl State {
    pub(crate) fn is_full(&self, bytes: u64) -> bool {
        let too_many_bytes =
            self.pending_bytes > 0 && bytes > 0 && self.pending_bytes + bytes > MAX_PENDING_BYTES;
        self.pending.len() >= MAX_PENDING_COMMANDS || too_many_bytes
    }

    /// Moves all pending commands to `batch`, which is empty.
    pub(crate) fn take(&mut self, batch: &mut Vec<Command>) {
        self.pending_bytes = 0;
        std::mem::swap(&mut self.pending, batch);
    }
}

impl Shared {
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, why: Error) {
        let mut state = self.lock();
        state.closed.get_or_insert(why);
        let dropped = std::mem::take(&mut state.pending);
        drop(state);
        self.signals.closed();
        // Wakes their futures, so no lock may be held.
        drop(dropped);
    }

    /// Hands a submission to the executor, unless the queue is closed: the rest of a batch is as pending as what was not taken yet.
    /// [`Error::Dropped`] ends the planning of it, which may be long.
    pub(crate) fn submit(&self, executor: &mut dyn Executor, submission: Submission) -> Result<(), Error> {
        self.health.check()?;
        if self.lock().closed.is_some() {
            return Err(Error::Dropped);
        }
        let profile = submission.profile.clone().map(|profile| (profile.now(), profile));
        // Told before the rest of the batch is dropped, whose futures would know no reason otherwise.
        executor.submit(submission).inspect_err(|error| self.health.fail(error.clone()))?;
        if let Some((start, profile)) = profile {
            profile.add(Track::Submit, "a submission".into(), start);
        }
        Ok(())
    }

    /// The end of serving, and why if it is no good one.
    pub(crate) fn end(&self, result: Result<(), Error>) {
        // What was submitted completes after the queue was closed, so that is no failure.
        if let Err(error) = result
            && error != Error::Dropped
        {
            self.health.fail(error);
        }
        self.close(self.health.check().err().unwrap_or(Error::Dropped));
    }
}
