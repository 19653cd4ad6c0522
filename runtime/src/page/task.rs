//! Work and time in a page, which has one thread that may not wait.

use std::time::Duration;

use crate::Error;

/// Wakers run in tasks of their own, so none is called by what serves a queue.
pub(crate) fn serves_a_queue() -> bool {
    false
}

/// The identity of a thread, of which a page has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ThreadId;

/// The identity of the current thread.
pub(crate) fn this_thread() -> ThreadId {
    ThreadId
}

/// Does `work` as whoever waits for it is polled. The name is for threads.
pub(crate) fn spawn<T, W: Future<Output = Result<T, Error>>>(_name: &str, work: impl FnOnce() -> W) -> W {
    work()
}

/// A time, in milliseconds since 1970: a page has no other clock everywhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(f64);

impl Moment {
    /// The current time.
    pub(crate) fn now() -> Self {
        Self(js_sys::Date::now())
    }

    /// The later of two.
    pub(crate) fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The time since an earlier moment; zero if the clock was set back.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(((self.0 - earlier.0) * 1000.0) as u64)
    }
}
