//! The threads that help with runs.
//!
//! Runs often come one after the other, each some ten microseconds long, and waking a thread takes as long. So a helper that has no work
//! looks for more during [`LINGER`] before it leaves. It never keeps others waiting: the owner of a run takes whatever
//! parts nobody else takes.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::Error;
use crate::program::Work;

/// What is small and takes no longer is not worth waking a thread for.
const ALONE: Duration = Duration::from_micros(20);
/// The time for which an idle helper looks for more work.
const LINGER: Duration = Duration::from_micros(100);

/// The helpers of one caller, who runs one program after the other. They come from the process's pool of threads.
#[derive(Debug, Default)]
pub struct WorkerPool(Arc<Helpers>);

#[derive(Default)]
struct Helpers {
    /// The current work, and the task numbers of its helpers.
    state: Mutex<State>,
    /// The number of the current work, which changes with each.
    number: AtomicU64,
    /// The number of helpers that work or look for work.
    present: AtomicUsize,
}

#[derive(Default)]
struct State {
    work: Option<Arc<Work>>,
    /// The task numbers that helpers hold; the owner is task 0.
    taken: Vec<bool>,
}

impl std::fmt::Debug for Helpers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Helpers").field("present", &self.present).finish_non_exhaustive()
    }
}

impl WorkerPool {
    /// Does a work, with the helpers that are there, and with more if it is large or takes long.
    pub(crate) fn run(&self, work: &Arc<Work>) {
        let (helpers, most) = (&self.0, work.tasks() - 1);
        if work.is_large() && most > 0 {
            helpers.offer(work);
            self.call(most);
        } else if helpers.present.load(Ordering::Acquire) > 0 && work.is_divided() {
            helpers.offer(work);
        }
        let begun = Instant::now();
        work.serve_as_owner(|| most > 0 && begun.elapsed() > ALONE);
        if work.is_open() {
            helpers.offer(work);
            self.call(most);
            work.serve_as_owner(|| false);
        }
        work.wait();
    }

    /// Starts helpers until there are `most`.
    fn call(&self, most: usize) {
        let Some(pool) = &*POOL else { return };
        for _ in self.0.present.load(Ordering::Acquire)..most {
            let helpers = self.0.clone();
            helpers.present.fetch_add(1, Ordering::AcqRel);
            pool.spawn(move || {
                let present = Present { task: helpers.take_task(), helpers: &helpers };
                if let Some(task) = present.task {
                    helpers.help(task);
                }
            });
        }
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        // Nobody holds on to the memory of the last program.
        self.0.lock().work = None;
    }
}

impl Helpers {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn offer(&self, work: &Arc<Work>) {
        let mut state = self.lock();
        if state.work.as_ref().is_some_and(|offered| Arc::ptr_eq(offered, work)) {
            return;
        }
        state.work = Some(work.clone());
        self.number.fetch_add(1, Ordering::Release);
    }

    /// Works on what is offered until nothing has been for a while.
    fn help(&self, task: usize) {
        let mut seen = 0;
        let mut idle_since = Instant::now();
        while idle_since.elapsed() < LINGER {
            let number = self.number.load(Ordering::Acquire);
            if number == seen {
                std::hint::spin_loop();
                continue;
            }
            seen = number;
            let work = self.lock().work.clone();
            if let Some(work) = work {
                work.serve_as(task);
            }
            idle_since = Instant::now();
        }
    }

    /// The number of a task that no helper has, from 1 on.
    fn take_task(&self) -> Option<usize> {
        let mut state = self.lock();
        state.taken.resize(thread_count().ok()?, false);
        let task = (1..state.taken.len()).find(|&task| !state.taken[task])?;
        state.taken[task] = true;
        Some(task)
    }
}

/// A helper that is there. It is counted out and its number is free again when it leaves, also by a panic.
struct Present<'a> {
    task: Option<usize>,
    helpers: &'a Helpers,
}

impl Drop for Present<'_> {
    fn drop(&mut self) {
        if let Some(task) = self.task {
            self.helpers.lock().taken[task] = false;
        }
        self.helpers.present.fetch_sub(1, Ordering::AcqRel);
    }
}

/// None where the system gives no threads: then owners do everything.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    ThreadPoolBuilder::new()
        // The thread that asks for a run takes part in it.
        .num_threads(thread_count().ok()?.saturating_sub(1).max(1))
        .thread_name(|number| format!("hpc-cpu-{number}"))
        // Its work is counted out as every other, and the rest is done by others.
        .panic_handler(|_| {})
        .build()
        .ok()
});

/// How many threads this process is to use, where others use the same cores.
static SHARE: OnceLock<usize> = OnceLock::new();

/// Lets other processes have cores: so many threads run kernels, if `HPC_THREADS` does not say another number. It counts if it is called before
/// all else.
pub fn share_cores(threads: usize) {
    let _ = SHARE.set(threads.max(1));
}

/// How many threads run kernels: as many as the machine has cores, or what `HPC_THREADS` says.
///
/// # Errors
///
/// [`Error::ThreadCount`] if that is no positive number.
pub fn thread_count() -> Result<usize, Error> {
    static COUNT: LazyLock<Result<usize, Error>> = LazyLock::new(|| match std::env::var("HPC_THREADS") {
        Ok(given) if !given.is_empty() => match given.parse() {
            Ok(0) | Err(_) => Err(Error::ThreadCount { given }),
            Ok(count) => Ok(count),
        },
        _ => Ok(SHARE
            .get()
            .copied()
            .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))),
    });
    COUNT.clone()
}
