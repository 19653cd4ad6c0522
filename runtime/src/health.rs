//! Whether the device still works: the first fatal error, seen by every thread.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};

use futures_channel::oneshot;

use crate::Error;
use crate::stops::Stops;

/// The first fatal error of a device, and what failed alone. Later fatal errors follow from the first and are dropped.
#[derive(Debug, Default)]
pub struct Health {
    fatal: OnceLock<Error>,
    stops: Stops,
}

impl Health {
    /// Notes that nothing will work any more, and why.
    pub fn fail(&self, error: Error) {
        // A second failure follows from the first one, which is the one to tell.
        let _ = self.fatal.set(error);
    }

    /// Notes that a run was stopped. All that was asked for before it must have been answered, and nothing behind it.
    pub fn run_stopped(&self, error: Error) {
        self.stops.add(error);
    }

    /// Whether all is well.
    ///
    /// # Errors
    ///
    /// The first fatal error.
    pub fn check(&self) -> Result<(), Error> {
        self.fatal.get().cloned().map_or(Ok(()), Err)
    }
}

/// The promise to answer once: the sending half of a [`Pending`]. Dropped without an answer, it tells the fatal error.
#[derive(Debug)]
pub struct Reply<T> {
    sender: Option<oneshot::Sender<Answer<T>>>,
    health: Arc<Health>,
    /// Of how many stopped runs somebody had been told when it was made.
    seen: u64,
}

impl<T> Reply<T> {
    /// Answers, unless a run before it was stopped: then that is the answer. Nobody may be waiting any more: that is harmless.
    pub fn send(mut self, result: Result<T, Error>) {
        let stopped = self.health.stops.after(self.seen);
        let answer = stopped.map_or((result, 0), |(error, count)| (Err(error), count));
        if let Some(sender) = self.sender.take() {
            let _ = sender.send(answer);
        }
    }

    /// Whether the future was dropped, so that no answer is needed.
    pub fn is_unwanted(&self) -> bool {
        self.sender.as_ref().is_none_or(oneshot::Sender::is_canceled)
    }
}

impl<T> Drop for Reply<T> {
    fn drop(&mut self) {
        // A panic of a thread that serves the queue drops replies before it is caught: say why, not that the
        // interface is gone.
        if self.sender.is_some() && std::thread::panicking() && crate::task::serves_a_queue() {
            self.health
                .fail(Error::internal("a backend thread panicked", "its message is on standard error"));
        }
    }
}

/// The answer to come. It always comes: a reply that is dropped answers with the fatal error or [`Error::Dropped`].
#[derive(Debug)]
pub struct Pending<T> {
    state: State<T>,
    health: Arc<Health>,
}

#[derive(Debug)]
enum State<T> {
    Refused(Option<Error>),
    Waiting(oneshot::Receiver<Answer<T>>),
}

/// An answer, and of how many stopped runs it tells.
type Answer<T> = (Result<T, Error>, u64);

impl<T> Pending<T> {
    /// A promise and its answer to come.
    pub fn new(health: &Arc<Health>) -> (Reply<T>, Self) {
        let (reply, receiver) = oneshot::channel();
        let reply = Reply { sender: Some(reply), health: health.clone(), seen: health.stops.told() };
        (reply, Self { state: State::Waiting(receiver), health: health.clone() })
    }

    /// The same of somebody who is not told of stopped runs.
    pub(crate) fn apart(health: &Arc<Health>) -> (Reply<T>, Self) {
        let (mut reply, pending) = Self::new(health);
        reply.seen = u64::MAX;
        (reply, pending)
    }

    /// An answer that is already there: a refusal.
    pub fn refused(error: Error) -> Self {
        Self { state: State::Refused(Some(error)), health: Arc::default() }
    }
}

impl<T> Future for Pending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        match &mut this.state {
            State::Refused(error) => Poll::Ready(Err(error.take().unwrap_or(Error::Dropped))),
            State::Waiting(receiver) => Pin::new(receiver).poll(context).map(|answer| match answer {
                Ok((result, stops)) => {
                    this.health.stops.tell(stops);
                    result
                }
                Err(oneshot::Canceled) => Err(this.health.check().err().unwrap_or(Error::Dropped)),
            }),
        }
    }
}

// Nothing in it is pinned.
impl<T> Unpin for Pending<T> {}
