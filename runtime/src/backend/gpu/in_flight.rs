//! What is in flight, and the thread that waits for it.
//!
//! wgpu calls nobody back by itself: the *poll thread* waits for each submission in turn, copies what was read out of
//! the mapped memory and answers. Waiting blocks no submitting.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::staging::Pool;
use crate::health::Reply;
use crate::queue::Read;
use crate::task::spawn_server;
use crate::{Error, Health};

/// So many submissions wait for the poll thread, beside the one it waits for; a further `submit` waits.
const MAX_WAITING: usize = 2;

/// A submission that the device works on.
pub(super) struct InFlight {
    pub(super) index: wgpu::SubmissionIndex,
    pub(super) download: Option<Download>,
    pub(super) reads: Vec<Read>,
    pub(super) done: Vec<Reply<()>>,
}

/// The memory its reads arrive in.
pub(super) struct Download {
    pub(super) buffer: wgpu::Buffer,
    pub(super) bytes: u64,
    /// Tells once whether it could be mapped.
    pub(super) mapped: Receiver<bool>,
}

/// Starts the poll thread. It ends when the sender is dropped and all is answered.
pub(super) fn start(
    device: wgpu::Device,
    pool: Arc<Pool>,
    health: Arc<Health>,
) -> Result<(SyncSender<InFlight>, JoinHandle<()>), Error> {
    let (sender, receiver) = sync_channel::<InFlight>(MAX_WAITING);
    let thread = spawn_server("hpc-poll", move || {
        for mut in_flight in receiver {
            // Replies outlive the closure, so that health is known before they are dropped.
            let answer = AssertUnwindSafe(|| answer(&device, &pool, &health, &mut in_flight));
            let result = catch_unwind(answer).unwrap_or_else(|payload| {
                // wgpu panics if it cannot wait for a device.
                let text = Error::panicked("the poll thread", &*payload).to_string();
                Err(Error::DeviceLost { reason: text })
            });
            if let Err(error) = result {
                health.fail(error);
            }
        }
    })?;
    Ok((sender, thread))
}

/// Waits for a submission and answers all who wait for it.
fn answer(
    device: &wgpu::Device,
    pool: &Pool,
    health: &Health,
    in_flight: &mut InFlight,
) -> Result<(), Error> {
    wait(device, health, &in_flight.index)?;
    let words = match &in_flight.download {
        None => Vec::new(),
        Some(download) => {
            wait_mapped(device, health, &download.mapped)?;
            copy_out(download, &in_flight.reads)?
        }
    };
    if let Some(download) = in_flight.download.take() {
        download.buffer.unmap();
        pool.put(download.buffer);
    }
    for (read, words) in in_flight.reads.drain(..).zip(words) {
        read.answer(words);
    }
    in_flight.done.drain(..).for_each(|reply| reply.send(Ok(())));
    Ok(())
}

fn wait(device: &wgpu::Device, health: &Health, index: &wgpu::SubmissionIndex) -> Result<(), Error> {
    loop {
        let submission_index = Some(index.clone());
        match device.poll(wgpu::PollType::Wait { submission_index, timeout: None }) {
            Ok(_) => return Ok(()),
            Err(wgpu::PollError::Timeout) => health.check()?,
            Err(error) => return Err(Error::internal("wgpu does not know a submission", error.to_string())),
        }
    }
}

/// Waits until the memory is mapped: another thread may be about to tell when the waiting is over.
fn wait_mapped(device: &wgpu::Device, health: &Health, mapped: &Receiver<bool>) -> Result<(), Error> {
    loop {
        match mapped.recv_timeout(Duration::from_millis(200)) {
            Ok(true) => return Ok(()),
            Ok(false) | Err(RecvTimeoutError::Disconnected) => {
                health.check()?;
                return Err(Error::DeviceLost { reason: "its memory cannot be read".into() });
            }
            Err(RecvTimeoutError::Timeout) => {
                health.check()?;
                // Calls back if nobody has; its result says nothing about this submission.
                let _ = device.poll(wgpu::PollType::Poll);
            }
        }
    }
}

/// The words of each read.
fn copy_out(download: &Download, reads: &[Read]) -> Result<Vec<Vec<u32>>, Error> {
    let failed =
        |error: wgpu::MapRangeError| Error::internal("mapped memory has no range", error.to_string());
    let view = download.buffer.get_mapped_range(..download.bytes).map_err(failed)?;
    let mut rest = &view[..];
    let words = reads.iter().map(|read| {
        let (bytes, after) = rest.split_at(read.bytes as usize);
        rest = after;
        bytemuck::pod_collect_to_vec(bytes)
    });
    Ok(words.collect())
}
