//! The same as `task.rs` in a page, which has one thread that may not wait: work is a task of the page.

use std::pin::Pin;
use std::sync::Arc;

use crate::Error;
use crate::health::{Health, Pending};

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

/// Does `work` as a task of its own; the future resolves with its result. The name is for threads.
pub(crate) fn spawn<T: 'static, W: Future<Output = Result<T, Error>> + 'static>(
    _name: &str,
    work: impl FnOnce() -> W + 'static,
) -> Pending<T> {
    let (reply, pending) = Pending::new(&Arc::new(Health::default()));
    // In a box, as each kind of work would bring the code of tasks once more.
    let work: Pin<Box<dyn Future<Output = Result<T, Error>>>> = Box::pin(work());
    wasm_bindgen_futures::spawn_local(async move { reply.send(work.await) });
    pending
}
