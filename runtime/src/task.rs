//! Threads: one-off work that takes a driver milliseconds, and the threads that serve a queue.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
pub(crate) use std::thread::ThreadId;
use std::thread::{Builder, JoinHandle};

use crate::Error;
use crate::health::{Health, Pending};

thread_local! {
    static SERVES_A_QUEUE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread serves a queue. Wakers run on such threads, so they must never wait for a queue.
pub(crate) fn serves_a_queue() -> bool {
    SERVES_A_QUEUE.get()
}

/// Which thread this is.
pub(crate) fn this_thread() -> ThreadId {
    std::thread::current().id()
}

/// Starts a thread that serves a queue.
pub(crate) fn spawn_server(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, Error> {
    let body = move || {
        SERVES_A_QUEUE.set(true);
        body();
    };
    let started = Builder::new().name(name.into()).spawn(body);
    started.map_err(|error| Error::internal("no thread could be started", error.to_string()))
}

/// Does `work` on a new thread; the future resolves with its result. A panic in it is an [`Error::Internal`].
pub(crate) fn spawn<T: Send + 'static, W: Future<Output = Result<T, Error>>>(
    name: &str,
    work: impl FnOnce() -> W + Send + 'static,
) -> Pending<T> {
    let (reply, pending) = Pending::new(&Arc::new(Health::default()));
    let title = name.to_owned();
    let body = move || {
        // The closure is consumed; nothing broken by a panic is looked at again.
        let result = catch_unwind(AssertUnwindSafe(|| pollster::block_on(work())));
        reply.send(result.unwrap_or_else(|payload| Err(Error::panicked(&title, &*payload))));
    };
    match Builder::new().name(name.into()).spawn(body) {
        Ok(_) => pending,
        Err(error) => Pending::refused(Error::internal("no thread could be started", error.to_string())),
    }
}
