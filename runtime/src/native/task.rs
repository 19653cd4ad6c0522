//! Threads: a pool for one-off work that takes drivers and compilers milliseconds, and the threads that serve a queue.

use std::cell::Cell;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
pub(crate) use std::thread::ThreadId;
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use crate::Error;
use crate::health::{Health, Pending};

/// A time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(Instant);

impl Moment {
    /// The current time.
    pub(crate) fn now() -> Self {
        Self(Instant::now())
    }

    /// The time since an earlier moment.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        self.0.duration_since(earlier.0)
    }
}

thread_local! {
    static SERVES_A_QUEUE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread serves a queue. Wakers run on such threads, so they must never wait for a queue.
pub(crate) fn serves_a_queue() -> bool {
    SERVES_A_QUEUE.get()
}

/// The identity of the current thread.
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

/// Does `work` on a thread of the pool; the future resolves with its result. A panic in it is an [`Error::Internal`]. It must not wait for
/// other work of the pool.
pub(crate) fn spawn<T: Send + 'static, W: Future<Output = Result<T, Error>>>(
    name: &str,
    work: impl FnOnce() -> W + Send + 'static,
) -> Pending<T> {
    let (reply, pending) = Pending::new(&Arc::new(Health::default()));
    let title = name.to_owned();
    let job = move || {
        // The closure is consumed; nothing broken by a panic is looked at again.
        let result = catch_unwind(AssertUnwindSafe(|| pollster::block_on(work())));
        reply.send(result.unwrap_or_else(|payload| Err(Error::panicked(&title, &*payload))));
    };
    match POOL.add(Box::new(job)) {
        Ok(()) => pending,
        Err(error) => Pending::refused(Error::internal("no thread could be started", error.to_string())),
    }
}

type Job = Box<dyn FnOnce() + Send>;

/// The threads of the process that do one-off work: as many as there is work for, up to a bound.
static POOL: Pool = Pool { state: Mutex::new(PoolState::new()), work: Condvar::new() };
/// The time for which an idle thread waits for more work before it ends.
const LINGER: Duration = Duration::from_secs(1);
/// The least bound on the number of threads, as drivers also wait.
const FEWEST: usize = 4;

struct Pool {
    state: Mutex<PoolState>,
    /// Tells waiting threads of work.
    work: Condvar,
}

struct PoolState {
    jobs: VecDeque<Job>,
    threads: usize,
    /// How many of them wait for work.
    idle: usize,
}

impl PoolState {
    const fn new() -> Self {
        Self { jobs: VecDeque::new(), threads: 0, idle: 0 }
    }
}

impl Pool {
    /// Queues a job; it starts once a thread is free.
    ///
    /// # Errors
    ///
    /// That of the system if it gives not one thread.
    fn add(&'static self, job: Job) -> std::io::Result<()> {
        let mut state = self.lock();
        state.jobs.push_back(job);
        if state.jobs.len() <= state.idle {
            self.work.notify_one();
        } else if state.threads < *MOST_THREADS {
            match Builder::new().name("hpc-work".into()).spawn(|| self.serve()) {
                Ok(_) => state.threads += 1,
                Err(error) if state.threads == 0 => {
                    state.jobs.pop_back();
                    return Err(error);
                }
                // The running threads will do it.
                Err(_) => {}
            }
        }
        Ok(())
    }

    fn serve(&self) {
        let mut state = self.lock();
        loop {
            while let Some(job) = state.jobs.pop_front() {
                drop(state);
                // It wakes who waits for it, whose panic must not end a thread of which there are few.
                drop(catch_unwind(AssertUnwindSafe(job)));
                state = self.lock();
            }
            state.idle += 1;
            let (woken, waited) =
                self.work.wait_timeout(state, LINGER).unwrap_or_else(PoisonError::into_inner);
            state = woken;
            state.idle -= 1;
            if waited.timed_out() && state.jobs.is_empty() {
                state.threads -= 1;
                return;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, PoolState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many threads there are at most. The system reads files to tell how many cores there are.
static MOST_THREADS: LazyLock<usize> =
    LazyLock::new(|| std::thread::available_parallelism().map_or(FEWEST, |cores| cores.get().max(FEWEST)));

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn much_work_at_once_takes_few_threads_and_all_of_it_is_done() {
        let work = |number: usize| {
            spawn("a test", move || async move {
                std::thread::sleep(Duration::from_micros(100));
                assert!(!number.is_multiple_of(10), "told to panic");
                Ok((number, this_thread()))
            })
        };
        let pending: Vec<_> = (0..1000).map(work).collect();
        let mut threads = HashSet::new();
        for (number, pending) in pending.into_iter().enumerate() {
            match pollster::block_on(pending) {
                Ok((done, thread)) => {
                    assert_eq!(done, number);
                    threads.insert(thread);
                }
                Err(error) => {
                    assert!(
                        number.is_multiple_of(10) && error.to_string().contains("told to panic"),
                        "{error}"
                    )
                }
            }
        }
        assert!(threads.len() <= *MOST_THREADS, "{} threads", threads.len());
    }
}
