//! Profiles of a session: from the call that begins one to the call that stops it.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use super::{Inner, Session, lock};
use crate::Error;
use crate::health::Pending;
use crate::profile::{Collector, Profile, Track};
use crate::queue::{Command, Copy, Repeatable};

/// Who profiles a session.
#[derive(Debug, Default)]
pub(super) struct Profiler {
    /// So that calls look no further while nobody does.
    is_on: AtomicBool,
    collector: Mutex<Option<Collector>>,
}

/// A call that is being timed, until this is dropped.
pub(super) struct Call {
    collector: Collector,
    name: String,
    start: Duration,
}

impl Drop for Call {
    fn drop(&mut self) {
        self.collector.add(Track::Calls, std::mem::take(&mut self.name), self.start);
    }
}

impl Profiler {
    /// Times a call, if somebody profiles.
    pub(super) fn call(&self, name: impl FnOnce() -> String) -> Option<Call> {
        if !self.is_on.load(Ordering::Relaxed) {
            return None;
        }
        let collector = lock(&self.collector).clone()?;
        let start = collector.now();
        Some(Call { collector, name: name(), start })
    }

    fn set(&self, collector: Option<Collector>) {
        let mut current = lock(&self.collector);
        self.is_on.store(collector.is_some(), Ordering::Relaxed);
        *current = collector;
    }
}

impl Session {
    /// Begins a profile of what is called from now on.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyProfiling`], [`Error::Unrecordable`] within a recording, [`Error::NoProfiles`] in a page, and the fatal errors.
    pub fn profile(&self) -> Result<Profiling, Error> {
        let collector = Collector::begin()?;
        let inner = &self.0;
        inner.recorder.refuse("profile")?;
        let mut current = lock(&inner.profiler.collector);
        if current.is_some() {
            return Err(Error::AlreadyProfiling);
        }
        inner.queue().push(Command::Profile(Some(collector.clone())))?;
        *current = Some(collector.clone());
        inner.profiler.is_on.store(true, Ordering::Relaxed);
        drop(current);
        Ok(Profiling { session: inner.clone(), collector })
    }
}

impl Inner {
    /// What a profile calls the call of a command.
    pub(super) fn title(&self, command: &Repeatable) -> String {
        let name = |place: usize| {
            let slot = self.places.buffer(place).and_then(|slot| lock(&self.shape).slots.get(slot).cloned());
            slot.map_or_else(String::new, |slot| slot.description.name.clone())
        };
        match command {
            Repeatable::Run { kernel, .. } => format!("run {}", kernel.title()),
            Repeatable::WriteBuffer { buffer, .. } => format!("write {}", name(*buffer)),
            Repeatable::CopyBuffer(Copy { source, destination, .. }) => {
                format!("copy {} to {}", name(*source), name(*destination))
            }
            Repeatable::UpdateCanvas { .. } => "update the canvas".into(),
        }
    }
}

/// A profile that is being made. Dropped, it ends and is lost.
#[derive(Debug)]
pub struct Profiling {
    session: Arc<Inner>,
    collector: Collector,
}

impl Profiling {
    /// Ends the profile at this place of the queue. It resolves when all that was called before is done.
    ///
    /// # Errors
    ///
    /// The future tells the fatal errors.
    pub fn stop(self) -> StopProfile {
        let (collector, session) = (self.collector.clone(), self.session.clone());
        // Its drop ends the profile.
        drop(self);
        let (reply, pending) = Pending::new(session.queue().health());
        let done = session.queue().push(Command::WorkDone(reply)).map_or_else(Pending::refused, |()| pending);
        StopProfile { done, collector }
    }
}

/// The profile to come; see [`Profiling::stop`].
#[derive(Debug)]
pub struct StopProfile {
    done: Pending<()>,
    collector: Collector,
}

impl Future for StopProfile {
    type Output = Result<Profile, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.done).poll(context).map_ok(|()| self.collector.profile())
    }
}

impl Drop for Profiling {
    fn drop(&mut self) {
        self.session.profiler.set(None);
        // A queue that takes no more commands profiles nothing either.
        let _ = self.session.queue().push(Command::Profile(None));
    }
}
