//! Who makes pipelines before they are needed: a thread, so that a run with uniforms of another kind need not wait for the driver.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::{Builder, JoinHandle};

use crate::backend::gpu::judged;
use crate::backend::gpu::pipelines::Pipelines;
use crate::grid::Variant;

/// The thread, which starts when there is something to make.
#[derive(Default)]
pub(crate) struct Ahead {
    thread: Mutex<Option<(Sender<Job>, JoinHandle<()>)>>,
    has_ended: Arc<AtomicBool>,
}

/// A pipeline to make, unless its kernel is gone by then.
struct Job {
    pipelines: Weak<Pipelines>,
    variant: Variant,
}

impl Ahead {
    /// Makes a pipeline soon. What is wrong with it is told to whoever uses it.
    pub(crate) fn make(&self, pipelines: &Arc<Pipelines>, variant: Variant) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if self.has_ended.load(Ordering::Relaxed) {
            return;
        }
        if thread.is_none() {
            let (sender, jobs) = channel();
            let has_ended = self.has_ended.clone();
            let started = Builder::new().name("hpc-pipelines".into()).spawn(move || work(jobs, &has_ended));
            // Where the system has no thread, it is made when it is used.
            *thread = started.ok().map(|thread| (sender, thread));
        }
        if let Some((jobs, _)) = &*thread {
            // The thread ends after this only.
            let _ = jobs.send(Job { pipelines: Arc::downgrade(pipelines), variant });
        }
    }

    /// Waits for what is being made, and makes nothing more: drivers must not be at work when the process ends.
    pub(crate) fn end(&self) {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        self.has_ended.store(true, Ordering::Relaxed);
        if let Some((jobs, thread)) = thread.take() {
            drop(jobs);
            // It catches its panics.
            let _ = thread.join();
        }
    }
}

fn work(jobs: Receiver<Job>, has_ended: &AtomicBool) {
    for Job { pipelines, variant } in jobs {
        if has_ended.load(Ordering::Relaxed) {
            return;
        }
        if let Some(pipelines) = pipelines.upgrade() {
            // A pipeline that is wrong stays so, and one that made the driver panic is tried again by whoever uses it.
            let make = || drop(judged(pipelines.device(), "a pipeline", || pipelines.get(variant)));
            let _ = catch_unwind(AssertUnwindSafe(make));
        }
    }
}
