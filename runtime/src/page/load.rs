//! How much a page has in flight: submissions are bounded without waiting for one.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_channel::oneshot;

use crate::backend::BoxFuture;

/// The number of submissions in flight from which a further one should wait for room.
const MAX_IN_FLIGHT: usize = 3;

/// How many submissions are in flight, and who waits until there are fewer.
#[derive(Debug, Default)]
pub(crate) struct Load(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    count: usize,
    waiting: Option<oneshot::Sender<()>>,
}

/// A submission in flight: it is done when this is dropped.
#[derive(Debug)]
pub(crate) struct Ticket(Arc<Load>);

impl Load {
    /// Counts a submission in.
    pub(crate) fn begin(self: &Arc<Self>) -> Ticket {
        self.lock().count += 1;
        Ticket(self.clone())
    }

    /// Resolves once a further submission is welcome.
    pub(crate) fn room(&self) -> BoxFuture<()> {
        let mut state = self.lock();
        if state.count < MAX_IN_FLIGHT {
            return Box::pin(std::future::ready(()));
        }
        let (tell, room) = oneshot::channel();
        state.waiting = Some(tell);
        Box::pin(async move {
            // A sender that is gone leaves nothing to wait for either.
            let _ = room.await;
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.count -= 1;
        let waiting = state.waiting.take();
        drop(state);
        if let Some(waiting) = waiting {
            // The pump may have ended.
            let _ = waiting.send(());
        }
    }
}
