//! The same as `task.rs` in a page, which has one thread that may not wait.

use crate::Error;

/// Wakers run in tasks of their own, so none is called by what serves a queue.
pub(crate) fn serves_a_queue() -> bool {
    false
}

/// A thread: there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ThreadId;

/// Which thread this is.
pub(crate) fn this_thread() -> ThreadId {
    ThreadId
}

/// Does `work` as whoever waits for it is polled. The name is for threads.
pub(crate) fn spawn<T, W: Future<Output = Result<T, Error>>>(_name: &str, work: impl FnOnce() -> W) -> W {
    work()
}
