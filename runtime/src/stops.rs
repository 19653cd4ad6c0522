//! Runs that were stopped because a loop of theirs did not end: everything else goes on, and who waits for what came behind is told.
//!
//! A future that was asked for behind such a run is answered with its error, and so are all others that were asked for before somebody was
//! told. What is asked for later is answered as if nothing had been.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::queue::Done;
use crate::{Error, Health};

/// The runs that were stopped, in the order of the queue.
#[derive(Debug, Default)]
pub(crate) struct Stops {
    /// How many there are.
    count: AtomicU64,
    /// How many there were when somebody was last told.
    told: AtomicU64,
    latest: Mutex<Option<Error>>,
}

impl Stops {
    /// Notes one. Futures that were asked for before it have been answered.
    pub(crate) fn add(&self, error: Error) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        self.count.fetch_add(1, Ordering::Release);
    }

    /// How many have been told of: who asks now is told of those after these.
    pub(crate) fn told(&self) -> u64 {
        self.told.load(Ordering::Acquire)
    }

    /// The error for who asked when so many had been told of, if there have been more, and how many there are.
    pub(crate) fn after(&self, seen: u64) -> Option<(Error, u64)> {
        let count = self.count.load(Ordering::Acquire);
        if count <= seen {
            return None;
        }
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone();
        latest.map(|error| (error, count))
    }

    /// Notes that somebody has been told of so many.
    pub(crate) fn tell(&self, count: u64) {
        self.told.fetch_max(count, Ordering::Release);
    }
}

/// A run that was stopped.
#[derive(Debug)]
pub(crate) struct Stopped {
    /// Its place among the others of its submission: [`crate::queue::Launch::ticket`].
    pub(crate) ticket: u32,
    pub(crate) error: Error,
}

impl Stopped {
    /// Notes it, after those of `done` have been answered who asked before it.
    pub(crate) fn tell(self, done: &mut Vec<Done>, health: &Health) {
        let before = done.iter().take_while(|done| done.behind < self.ticket).count();
        done.drain(..before).for_each(|done| done.reply.send(Ok(())));
        health.run_stopped(self.error);
    }
}
