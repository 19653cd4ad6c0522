//! What is gathered while a session is profiled.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::Error;
use crate::profile::{Profile, Span, Track};

/// What is gathered for a profile; all copies are the same one.
#[derive(Clone, Debug)]
pub struct Collector(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    begin: Instant,
    gathered: Mutex<Gathered>,
}

#[derive(Debug, Default)]
struct Gathered {
    spans: Vec<Span>,
    dispatches: Vec<Dispatches>,
}

/// What the device says of a submission.
#[derive(Debug)]
struct Dispatches {
    /// Each with its beginning and end, by the device's clock.
    times: Vec<(String, [Duration; 2])>,
    /// When the host learned that it was done.
    done: Duration,
}

impl Collector {
    /// Begins now.
    ///
    /// # Errors
    ///
    /// None, but in a page.
    pub(crate) fn begin() -> Result<Self, Error> {
        Ok(Self(Arc::new(Inner { begin: Instant::now(), gathered: Mutex::default() })))
    }

    /// How long ago it began.
    pub(crate) fn now(&self) -> Duration {
        self.0.begin.elapsed()
    }

    /// Adds what began then and ends now.
    pub(crate) fn add(&self, track: Track, name: String, start: Duration) {
        let duration = self.now().saturating_sub(start);
        self.lock().spans.push(Span { track, name, start, duration });
    }

    /// Adds what the device says of a submission that is done now.
    pub(crate) fn add_dispatches(&self, times: Vec<(String, [Duration; 2])>) {
        let done = self.now();
        self.lock().dispatches.push(Dispatches { times, done });
    }

    /// What was gathered.
    pub(crate) fn profile(&self) -> Profile {
        let gathered = self.lock();
        let mut spans = gathered.spans.clone();
        // The clocks start anywhere. No submission ends after the host knows it, so the shortest way from one to the other tells most.
        let ways = gathered.dispatches.iter().filter_map(|dispatches| {
            let end = dispatches.times.iter().map(|(_, [_, end])| *end).max()?;
            Some(dispatches.done.as_nanos() as i128 - end.as_nanos() as i128)
        });
        let way = ways.min().unwrap_or(0);
        for (name, [start, end]) in gathered.dispatches.iter().flat_map(|dispatches| &dispatches.times) {
            let here = u64::try_from(start.as_nanos() as i128 + way).unwrap_or(0);
            let (start, duration) = (Duration::from_nanos(here), end.saturating_sub(*start));
            spans.push(Span { track: Track::Execute, name: name.clone(), start, duration });
        }
        spans.sort_by_key(|span| (span.start, span.track));
        Profile { spans }
    }

    fn lock(&self) -> MutexGuard<'_, Gathered> {
        self.0.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_devices_times_end_before_the_host_knows() {
        let collector = Collector::begin().unwrap();
        let times = |start: u64, end: u64| {
            ("a".to_owned(), [start, end].map(|nanos| Duration::from_nanos(1_000_000 + nanos)))
        };
        collector.add_dispatches(vec![times(0, 1), times(1, 3)]);
        collector.add_dispatches(vec![times(4, 5)]);
        let ends: Vec<_> = collector.profile().spans.iter().map(|span| span.start + span.duration).collect();
        let now = collector.now();
        assert!(ends.iter().all(|end| *end <= now), "{ends:?} {now:?}");
    }
}
