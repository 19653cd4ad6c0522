//! The same as `poll_thread.rs` in a page, where nothing may wait: the browser calls back when the device is done.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_channel::oneshot;

use super::in_flight::{InFlight, unmappable};
use super::staging::Pool;
use crate::backend::BoxFuture;
use crate::{Error, Health};

/// So many submissions are in flight; a further one should wait for room.
const MAX_IN_FLIGHT: usize = 3;

/// Tells once whether memory could be mapped.
pub(super) type Mapped = oneshot::Receiver<bool>;

/// Who tells it, and who waits for it.
pub(super) fn mapped() -> (oneshot::Sender<bool>, Mapped) {
    oneshot::channel()
}

/// What the browser is asked to tell.
pub(super) struct Waiter {
    queue: wgpu::Queue,
    pool: Arc<Pool>,
    health: Arc<Health>,
    load: Arc<Mutex<Load>>,
}

/// How many submissions are in flight, and who waits until there are fewer.
#[derive(Default)]
struct Load {
    count: usize,
    waiting: Option<oneshot::Sender<()>>,
}

impl Waiter {
    /// Nothing is in flight.
    pub(super) fn start(
        _device: wgpu::Device,
        queue: wgpu::Queue,
        pool: Arc<Pool>,
        health: Arc<Health>,
    ) -> Result<Self, Error> {
        Ok(Self { queue, pool, health, load: Arc::default() })
    }

    pub(super) fn health(&self) -> &Health {
        &self.health
    }

    /// Answers when the device is done with what was just submitted, unless the browser finds it wrong.
    pub(super) fn answer(
        &self,
        _index: wgpu::SubmissionIndex,
        verdict: BoxFuture<Result<(), Error>>,
        mut in_flight: InFlight,
    ) -> Result<(), Error> {
        let (tell, done) = oneshot::channel();
        self.queue.on_submitted_work_done(move || {
            // Whoever waited may be gone.
            let _ = tell.send(());
        });
        lock(&self.load).count += 1;
        let (pool, health, load) = (self.pool.clone(), self.health.clone(), self.load.clone());
        wasm_bindgen_futures::spawn_local(async move {
            let result = match wait(verdict, done, &health, &mut in_flight).await {
                Ok(()) => in_flight.answer(&pool),
                Err(error) => Err(error),
            };
            // Known before the replies are dropped.
            result.unwrap_or_else(|error| health.fail(error));
            lock(&load).finish();
        });
        Ok(())
    }

    /// Resolves once a further submission is welcome.
    pub(super) fn room(&self) -> BoxFuture<()> {
        let mut load = lock(&self.load);
        if load.count < MAX_IN_FLIGHT {
            return Box::pin(std::future::ready(()));
        }
        let (tell, room) = oneshot::channel();
        load.waiting = Some(tell);
        Box::pin(async move {
            // A sender that is gone leaves nothing to wait for either.
            let _ = room.await;
        })
    }

    /// What is in flight is answered without us.
    pub(super) fn shut_down(&mut self) {}
}

impl Load {
    fn finish(&mut self) {
        self.count -= 1;
        if let Some(waiting) = self.waiting.take() {
            // The pump may have ended.
            let _ = waiting.send(());
        }
    }
}

/// Waits until the device is done with a submission, and what it read can be looked at.
async fn wait(
    verdict: BoxFuture<Result<(), Error>>,
    done: oneshot::Receiver<()>,
    health: &Health,
    in_flight: &mut InFlight,
) -> Result<(), Error> {
    verdict.await?;
    // Called back or forgotten, as by a lost device: the health tells which.
    let _ = done.await;
    health.check()?;
    if let Some(download) = &mut in_flight.download
        && (&mut download.mapped).await != Ok(true)
    {
        health.check()?;
        return Err(unmappable());
    }
    Ok(())
}

fn lock(load: &Mutex<Load>) -> MutexGuard<'_, Load> {
    load.lock().unwrap_or_else(PoisonError::into_inner)
}
