//! The threads that run kernels: one pool for the process.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::Error;

static POOL: LazyLock<Result<ThreadPool, String>> = LazyLock::new(|| {
    ThreadPoolBuilder::new()
        // The thread that asks for a run takes part in it.
        .num_threads(thread_count().saturating_sub(1).max(1))
        .thread_name(|number| format!("hpc-cpu-{number}"))
        .build()
        .map_err(|error| error.to_string())
});

/// The pool, which starts at the first run that needs it.
pub(crate) fn pool() -> Result<&'static ThreadPool, Error> {
    POOL.as_ref().map_err(|error| Error::Failed { reason: format!("no threads could be started: {error}") })
}

/// How many threads run kernels: as many as the machine has cores, or what `HPC_THREADS` says.
pub fn thread_count() -> usize {
    static COUNT: LazyLock<usize> = LazyLock::new(|| {
        let wanted = std::env::var("HPC_THREADS").ok().and_then(|count| count.parse().ok());
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        wanted.filter(|&count| count > 0).unwrap_or_else(cores)
    });
    *COUNT
}
