//! The device thread, which takes the commands and may wait.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::Error;
use crate::backend::Executor;
use crate::queue::{Command, Planner, Shared, State};
use crate::task::{serves_a_queue, spawn_server};

/// After so long without a command, memory that is kept to be used again is given back.
const REST: Duration = Duration::from_secs(1);

/// The device thread as callers see it.
#[derive(Debug)]
pub(crate) struct Server(Mutex<Option<JoinHandle<()>>>);

/// What callers and the device thread tell each other.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    /// There is something to take, or the queue was closed.
    work: Condvar,
    /// Something was taken, or the queue was closed.
    room: Condvar,
}

/// Who waits for these.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    /// The device thread waits for `work`.
    idle: bool,
    /// How many callers wait for `room`.
    waiting: usize,
}

impl Server {
    /// Starts the device thread.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the system gives no thread.
    pub(crate) fn start(
        shared: &Arc<Shared>,
        executor: Box<dyn Executor>,
        planner: Planner,
    ) -> Result<Self, Error> {
        let theirs = shared.clone();
        let thread = spawn_server("hpc-device", move || theirs.run(executor, planner))?;
        Ok(Self(Mutex::new(Some(thread))))
    }

    /// The state once it has room for a command of so many bytes; waits for it.
    pub(crate) fn with_room<'s>(&self, shared: &'s Shared, bytes: u64) -> MutexGuard<'s, State> {
        let mut state = shared.lock();
        while state.is_full(bytes) && state.closed.is_none() && !serves_a_queue() {
            state.attention.waiting += 1;
            state = shared.signals.room.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.attention.waiting -= 1;
        }
        state
    }

    /// Tells that a command has come.
    pub(crate) fn attend(&self, shared: &Arc<Shared>, mut state: MutexGuard<'_, State>) {
        if std::mem::take(&mut state.attention.idle) {
            shared.signals.work.notify_one();
        }
    }

    /// Waits for the end of the thread; the queue is closed.
    pub(crate) fn shut_down(&self) {
        // A waker that drops the queue on one of its own threads would wait for itself.
        if serves_a_queue() {
            return;
        }
        let thread = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            // The device thread catches its panics.
            let _ = thread.join();
        }
    }
}

impl Signals {
    /// Wakes all who wait: the queue was closed.
    pub(crate) fn closed(&self) {
        self.work.notify_all();
        self.room.notify_all();
    }
}

impl Shared {
    /// The device thread.
    fn run(&self, executor: Box<dyn Executor>, planner: Planner) {
        // After a panic only the health and the pending commands are looked at, and these are sound.
        let served = std::panic::AssertUnwindSafe(|| self.serve(executor, planner));
        let result = std::panic::catch_unwind(served)
            .unwrap_or_else(|payload| Err(Error::panicked("the device thread", &*payload)));
        self.end(result);
    }

    fn serve(&self, mut executor: Box<dyn Executor>, mut planner: Planner) -> Result<(), Error> {
        let mut batch = Vec::new();
        while self.wait_and_take(&mut batch) {
            let mut submit = |submission| self.submit(&mut *executor, submission);
            for command in batch.drain(..) {
                planner.add(command, &mut submit)?;
            }
            planner.finish(&mut submit)?;
        }
        Ok(())
    }

    /// Waits for commands and takes them all; false once the queue is closed.
    fn wait_and_take(&self, batch: &mut Vec<Command>) -> bool {
        let mut state = self.lock();
        let mut patience = REST;
        while state.pending.is_empty() && state.closed.is_none() {
            state.attention.idle = true;
            let (woken, waited) =
                self.signals.work.wait_timeout(state, patience).unwrap_or_else(PoisonError::into_inner);
            state = woken;
            if waited.timed_out() {
                // Callers need not wait while memory goes back.
                drop(state);
                self.copies.shrink();
                patience = Duration::MAX;
                state = self.lock();
            }
        }
        state.attention.idle = false;
        state.take(batch);
        if state.attention.waiting > 0 {
            self.signals.room.notify_all();
        }
        state.closed.is_none()
    }
}
