//! Waiting for the device, in a page, where nothing may wait: the browser calls back when the device is done.

use std::sync::{Arc, Mutex, PoisonError};

use futures_channel::oneshot;

use crate::backend::BoxFuture;
use crate::backend::gpu::Staging;
use crate::backend::gpu::download::Downloads;
use crate::backend::gpu::in_flight::{InFlight, unmappable};
use crate::page::load::Load;
use crate::task::Moment;
use crate::{Error, Health};

/// Tells once whether memory could be mapped.
pub(crate) type Mapped = oneshot::Receiver<bool>;

/// Who tells it, and who waits for it.
pub(crate) fn mapped() -> (oneshot::Sender<bool>, Mapped) {
    oneshot::channel()
}

/// What the browser is asked to tell.
pub(crate) struct Waiter {
    queue: wgpu::Queue,
    downloads: Arc<Downloads>,
    health: Arc<Health>,
    load: Arc<Load>,
    /// When the latest submission was done, if times matter.
    latest: Arc<Mutex<Option<Moment>>>,
}

impl Waiter {
    /// Nothing is in flight.
    pub(crate) fn start(
        _device: wgpu::Device,
        queue: wgpu::Queue,
        staging: Staging,
        health: Arc<Health>,
    ) -> Result<Self, Error> {
        Ok(Self { queue, downloads: staging.downloads, health, load: Arc::default(), latest: Arc::default() })
    }

    /// Notes that a submission failed, and gives what it means.
    pub(crate) fn fail(&self, error: Error) -> Error {
        self.health.fail(error.clone());
        self.health.check().err().unwrap_or(error)
    }

    /// Answers when the device is done with what was just submitted, unless the browser finds it wrong.
    pub(crate) fn answer(
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
        let (downloads, health, ticket) = (self.downloads.clone(), self.health.clone(), self.load.begin());
        let latest = self.latest.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let result = match wait(verdict, done, &health, &latest, &mut in_flight).await {
                Ok(()) => in_flight.answer(&downloads, &health),
                Err(Error::OutOfMemory { .. }) if in_flight.only_reads => {
                    in_flight.refuse();
                    Ok(())
                }
                Err(error) => Err(error),
            };
            // Known before the replies are dropped.
            result.unwrap_or_else(|error| health.fail(error));
            drop(ticket);
        });
        Ok(())
    }

    /// Resolves once a further submission is welcome.
    pub(crate) fn room(&self) -> BoxFuture<()> {
        self.load.room()
    }

    /// What is in flight is answered without us.
    pub(crate) fn shut_down(&mut self) {}
}

/// Waits until the device is done with a submission, and what it read can be looked at.
async fn wait(
    verdict: BoxFuture<Result<(), Error>>,
    done: oneshot::Receiver<()>,
    health: &Health,
    latest: &Mutex<Option<Moment>>,
    in_flight: &mut InFlight,
) -> Result<(), Error> {
    verdict.await?;
    // Called back or forgotten, as by a lost device: the health tells which.
    let _ = done.await;
    if let Some(slice) = in_flight.slice.take() {
        slice.done(&mut latest.lock().unwrap_or_else(PoisonError::into_inner));
    }
    health.check()?;
    if let Some(download) = &mut in_flight.download
        && (&mut download.mapped).await != Ok(true)
    {
        health.check()?;
        return Err(unmappable());
    }
    Ok(())
}
