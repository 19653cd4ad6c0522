//! The device threads, which take the commands and may wait. A few serve all queues of the process: each queue by one at a time, while something is pending.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};

use crate::Error;
use crate::backend::Executor;
use crate::lock::lock;
use crate::queue::{Command, Planner, Shared, State};
use crate::task::{Pool, serves_a_queue};

/// So many queues are served at the same time at least: the CPU backend computes where it is served.
const SERVED_AT_ONCE: usize = 16;

/// The device threads. They end when there has been nothing to do for a while.
static THREADS: Pool = Pool::of_servers("hpc-device", SERVED_AT_ONCE, give_back);

/// The queues that are idle, and may keep memory to use it again.
static RESTING: Mutex<Vec<Weak<Shared>>> = Mutex::new(Vec::new());

/// A queue's place at the device threads.
#[derive(Clone)]
pub(crate) struct Server(Arc<Served>);

struct Served {
    /// What lies between commands and the device; `None` once the queue is no longer served.
    stage: Mutex<Option<Stage>>,
    /// Set at the end of serving.
    has_ended: Mutex<bool>,
    ended: Condvar,
}

struct Stage {
    executor: Box<dyn Executor>,
    planner: Planner,
}

/// What callers and device threads tell each other.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    /// Something was taken, or the queue was closed.
    room: Condvar,
    /// Everything was submitted, or the queue was closed.
    idle: Condvar,
}

/// Who waits, and for what.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    /// A device thread serves the queue, or will.
    is_scheduled: bool,
    /// It is among those that are idle.
    is_resting: bool,
    /// How many callers wait for `room`.
    waiting: usize,
}

/// What comes after a batch.
enum Next {
    Batch,
    /// Nothing is pending.
    Rest,
    /// The queue was closed.
    End,
}

impl Server {
    /// Makes a place, which is empty until the first command.
    ///
    /// # Errors
    ///
    /// None: the threads come with the commands.
    pub(crate) fn start(
        _: &Arc<Shared>,
        executor: Box<dyn Executor>,
        planner: Planner,
    ) -> Result<Self, Error> {
        let stage = Mutex::new(Some(Stage { executor, planner }));
        Ok(Self(Arc::new(Served { stage, has_ended: Mutex::new(false), ended: Condvar::new() })))
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

    /// Tells that a command has come, or that the queue was closed.
    pub(crate) fn attend(&self, shared: &Arc<Shared>, mut state: MutexGuard<'_, State>) {
        if std::mem::replace(&mut state.attention.is_scheduled, true) {
            return;
        }
        drop(state);
        let (served, shared) = (self.0.clone(), shared.clone());
        THREADS.add_or_do(Box::new(move || served.serve(&shared)));
    }

    /// Waits until all that is pending has been submitted.
    pub(crate) fn flush(&self, shared: &Shared) {
        let mut state = shared.lock();
        // A waker would wait for itself.
        while state.attention.is_scheduled && state.closed.is_none() && !serves_a_queue() {
            state = shared.signals.idle.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Has the device let go; the queue is closed.
    pub(crate) fn closed(&self, shared: &Arc<Shared>) {
        if !*lock(&self.0.has_ended) {
            self.attend(shared, shared.lock());
        }
    }

    /// Waits until the device has let go; the queue is closed.
    pub(crate) fn shut_down(&self, shared: &Arc<Shared>) {
        self.closed(shared);
        // A waker that drops the queue on one of its own threads would wait for itself.
        if serves_a_queue() {
            return;
        }
        let mut has_ended = lock(&self.0.has_ended);
        while !*has_ended {
            has_ended = self.0.ended.wait(has_ended).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl std::fmt::Debug for Server {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Server")
    }
}

impl Signals {
    /// Wakes all who wait: the queue was closed.
    pub(crate) fn closed(&self) {
        self.room.notify_all();
        self.idle.notify_all();
    }
}

impl Served {
    /// Serves the queue until nothing is pending, or for the last time.
    fn serve(&self, shared: &Arc<Shared>) {
        let mut stage = lock(&self.stage);
        // After a panic only the health and the pending commands are looked at, and these are sound.
        let served = AssertUnwindSafe(|| match stage.as_mut() {
            Some(stage) => shared.serve(stage),
            None => Ok(Next::End),
        });
        let result = catch_unwind(served)
            .unwrap_or_else(|payload| Err(Error::panicked("the device thread", &*payload)));
        if matches!(result, Ok(Next::Rest)) {
            drop(stage);
            shared.rest();
            return;
        }
        // It waits until what was submitted is settled. A panic in it is no reason to keep others waiting.
        let stage = stage.take();
        let dropped = catch_unwind(AssertUnwindSafe(|| drop(stage)));
        let dropped = dropped.map_err(|payload| Error::panicked("the end of the device thread", &*payload));
        shared.end(result.map(|_| ()).and(dropped));
        *lock(&self.has_ended) = true;
        self.ended.notify_all();
    }
}

impl Shared {
    fn serve(&self, Stage { executor, planner }: &mut Stage) -> Result<Next, Error> {
        let mut batch = Vec::new();
        loop {
            match self.take(&mut batch) {
                Next::Batch => {}
                next => return Ok(next),
            }
            let mut submit = |submission| self.submit(&mut **executor, submission);
            for command in batch.drain(..) {
                planner.add(command, &mut submit)?;
            }
            planner.finish(&mut submit)?;
        }
    }

    /// Takes all commands.
    fn take(&self, batch: &mut Vec<Command>) -> Next {
        let mut state = self.lock();
        if state.closed.is_some() {
            return Next::End;
        }
        if state.pending.is_empty() {
            state.attention.is_scheduled = false;
            self.signals.idle.notify_all();
            return Next::Rest;
        }
        state.take(batch);
        if state.attention.waiting > 0 {
            self.signals.room.notify_all();
        }
        Next::Batch
    }

    /// Notes that the memory for copies is idle.
    fn rest(self: &Arc<Self>) {
        if !std::mem::replace(&mut self.lock().attention.is_resting, true) {
            lock(&RESTING).push(Arc::downgrade(self));
        }
    }
}

/// Gives memory back that is kept to be used again, by queues that have been idle.
fn give_back() {
    let resting = std::mem::take(&mut *lock(&RESTING));
    for shared in resting.iter().filter_map(Weak::upgrade) {
        let mut state = shared.lock();
        state.attention.is_resting = false;
        let is_idle = !state.attention.is_scheduled;
        // Callers need not wait meanwhile.
        drop(state);
        if is_idle {
            shared.copies.shrink();
        }
    }
}
