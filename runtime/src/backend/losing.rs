//! A fault that is wanted: a device that is lost after so many submissions, to test what follows from that.

use std::sync::Arc;

use super::{Executor, environment};
use crate::queue::Submission;
use crate::{Error, Health};

/// After how many submissions `HPC_LOSE_AFTER` says that devices are lost, if it does.
pub(crate) fn lose_after() -> Option<u64> {
    environment("HPC_LOSE_AFTER").and_then(|count| count.parse().ok())
}

/// An executor whose device is lost.
pub(crate) struct Losing {
    inner: Box<dyn Executor>,
    /// How many submissions it still gets.
    left: u64,
    health: Arc<Health>,
}

impl Losing {
    /// One that is lost after so many submissions.
    pub(crate) fn new(inner: Box<dyn Executor>, left: u64, health: Arc<Health>) -> Self {
        Self { inner, left, health }
    }
}

impl Executor for Losing {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        if self.left == 0 {
            // Known before the replies are dropped with the submission.
            let error = Error::DeviceLost { reason: "as HPC_LOSE_AFTER says".into() };
            self.health.fail(error.clone());
            return Err(error);
        }
        self.left -= 1;
        self.inner.submit(submission)
    }

    #[cfg(target_arch = "wasm32")]
    fn room(&self) -> super::BoxFuture<()> {
        self.inner.room()
    }
}
