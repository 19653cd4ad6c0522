//! The pump, which takes the commands where nothing may wait: in a page it is a task that runs at the end of the turn.
//!
//! It submits one submission after the other, and lets the page go on while too much is in flight. Everything here runs on the page's
//! one thread; no lock is held where it lets the page go on.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::Error;
use crate::backend::Executor;
use crate::lock::lock;
use crate::queue::{Command, Planner, Shared, State, Submission};

/// The pump as callers see it; `None` inside once it is shut down.
pub(crate) struct Server(Arc<Mutex<Option<Stage>>>);

/// The signals between callers and the pump: none, as nothing waits.
#[derive(Debug, Default)]
pub(crate) struct Signals {}

/// Whether the pump will look at the pending commands by itself.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    is_scheduled: bool,
}

/// How many submissions a call makes at most to have room for its command: a few milliseconds' worth.
const MOST_AT_ONCE: usize = 64;

/// What lies between commands and the device.
struct Stage {
    executor: Box<dyn Executor>,
    planner: Planner,
    /// What was taken and is not planned.
    batch: VecDeque<Command>,
    planned: VecDeque<Submission>,
}

impl Server {
    /// Makes the pump, which starts with the first command.
    ///
    /// # Errors
    ///
    /// None: a task needs nothing of the system.
    pub(crate) fn start(
        _: &Arc<Shared>,
        executor: Box<dyn Executor>,
        planner: Planner,
    ) -> Result<Self, Error> {
        let stage = Stage { executor, planner, batch: VecDeque::new(), planned: VecDeque::new() };
        Ok(Self(Arc::new(Mutex::new(Some(stage)))))
    }

    /// The state with room for a command of so many bytes: what fills it is submitted here and now. Where that is a list that is repeated
    /// very often, only some of it: then there is no room, and the command goes past the bounds.
    pub(crate) fn with_room<'s>(&self, shared: &'s Shared, bytes: u64) -> MutexGuard<'s, State> {
        for _ in 0..MOST_AT_ONCE {
            // A step locks it, too.
            let is_full = shared.lock().is_full(bytes);
            if !is_full || !step(shared, &self.0) {
                break;
            }
        }
        shared.lock()
    }

    /// Makes the pump look at what has come once the page's turn is over.
    pub(crate) fn attend(&self, shared: &Arc<Shared>, mut state: MutexGuard<'_, State>) {
        if !std::mem::replace(&mut state.attention.is_scheduled, true) {
            wasm_bindgen_futures::spawn_local(pump(shared.clone(), self.0.clone()));
        }
    }

    /// Submits all that is pending, here and now.
    pub(crate) fn flush(&self, shared: &Shared) {
        while step(shared, &self.0) {}
    }

    /// The queue was closed: what is pending is dropped already.
    pub(crate) fn closed(&self, _: &Arc<Shared>) {}

    /// Lets go of the device; the queue is closed. What was submitted completes.
    pub(crate) fn shut_down(&self, _: &Arc<Shared>) {
        drop(lock(&self.0).take());
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Server")
    }
}

impl Signals {
    /// The queue was closed.
    pub(crate) fn closed(&self) {}
}

/// Submits until nothing is pending.
async fn pump(shared: Arc<Shared>, stage: Arc<Mutex<Option<Stage>>>) {
    loop {
        let room = lock(&stage).as_ref().map(|stage| stage.executor.room());
        if let Some(room) = room {
            room.await;
        }
        if !step(&shared, &stage) {
            break;
        }
    }
    shared.lock().attention.is_scheduled = false;
}

/// Submits one submission; false if there was nothing to do, or nothing can be done any more.
fn step(shared: &Shared, stage: &Mutex<Option<Stage>>) -> bool {
    let mut stage = lock(stage);
    let result = stage.as_mut().map_or(Ok(false), |stage| stage.step(shared));
    if result.is_err() {
        *stage = None;
        drop(stage);
        shared.end(result.map(|_| ()));
        return false;
    }
    result.unwrap_or(false)
}

impl Stage {
    fn step(&mut self, shared: &Shared) -> Result<bool, Error> {
        if self.planned.is_empty() && self.batch.is_empty() {
            let mut taken = Vec::new();
            shared.lock().take(&mut taken);
            self.batch.extend(taken);
            if self.batch.is_empty() {
                return Ok(false);
            }
        }
        while self.planned.is_empty() && !self.batch.is_empty() {
            self.plan()?;
        }
        let submission = self.planned.pop_front();
        submission.map_or(Ok(()), |submission| shared.submit(&mut *self.executor, submission))?;
        Ok(true)
    }

    /// Plans the next command that was taken, or the next of a list that is repeated.
    fn plan(&mut self) -> Result<(), Error> {
        let planned = &mut self.planned;
        let mut keep = |submission| {
            planned.push_back(submission);
            Ok(())
        };
        let next = match self.batch.front_mut() {
            Some(Command::Replay(replay)) => {
                let next = replay.next();
                if next.is_none() {
                    self.batch.pop_front();
                }
                next
            }
            _ => self.batch.pop_front(),
        };
        next.map_or(Ok(()), |command| self.planner.add(command, &mut keep))?;
        if self.batch.is_empty() { self.planner.finish(&mut keep) } else { Ok(()) }
    }
}
