//! A module in a memory, and how a grid is dealt out to threads.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread::Thread;
use std::time::{Duration, Instant};

use wasmtime::{Instance, Store, Trap, TypedFunc};

use crate::Error;
use crate::memory::{Memory, Shared};
use crate::module::{Module, RUN, engine, with_memory};
use crate::worker_pool::{WorkerPool, thread_count};

/// So many chunks there are at most for each thread, so that one that takes long does not keep the others waiting.
const MOST_CHUNKS_PER_THREAD: u64 = 64;
/// And so many at least, unless they would be larger than [`WORTH_A_CHUNK`].
const LEAST_CHUNKS_PER_THREAD: u64 = 8;
/// So many invocations are worth a chunk of their own, however cheap they are.
const WORTH_A_CHUNK: u64 = 4096;
/// Chunks have at least so many lanes, if there are so many.
const MIN_LANES: u64 = 16;
/// From so many invocations on, other threads are called at once.
const LARGE: u64 = 4096;
/// So long the owner of a run looks whether the others are done before it sleeps.
const PATIENCE: Duration = Duration::from_micros(50);

/// The grid of a run: `rows` rows of `lanes` invocations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// How many invocations a row has.
    pub lanes: u32,
    /// How many rows there are.
    pub rows: u32,
}

/// Where threads may keep data of their own: for each task at once another part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scratch {
    /// The address of its first byte.
    pub start: u64,
    /// How many bytes there are.
    pub bytes: u64,
    /// How many bytes each task needs.
    pub needed: u64,
}

/// A module in a memory.
#[derive(Clone, Debug)]
pub struct Program(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    module: Module,
    memory: Shared,
    scratch: Scratch,
    /// An instance for each task that can run at once, made when it is first needed.
    tasks: Vec<Mutex<Option<Task>>>,
    pace: Pace,
}

struct Task {
    store: Store<()>,
    run: TypedFunc<(i64, i32, i32, i32, i32), ()>,
}

impl std::fmt::Debug for Task {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Task").finish_non_exhaustive()
    }
}

impl Program {
    /// Puts a module in a memory.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if the module does not fit the memory, [`Error::ScratchTooSmall`] if not one task can have what it needs,
    /// and that of [`thread_count`].
    pub fn new(module: Module, memory: &Shared, scratch: Scratch) -> Result<Self, Error> {
        let Scratch { bytes, needed, .. } = scratch;
        let most = bytes.checked_div(needed).unwrap_or(u64::MAX);
        if most == 0 {
            return Err(Error::ScratchTooSmall { needed, available: bytes });
        }
        let count = most.min(thread_count()? as u64) as usize;
        let tasks = (0..count).map(|_| Mutex::default()).collect();
        let pace = Pace(AtomicU64::new(Pace::FIRST));
        let inner = Inner { module, memory: memory.clone(), scratch, tasks, pace };
        // The first one tells what is wrong with the module.
        *lock(&inner.tasks[0]) = Some(inner.start()?);
        Ok(Self(Arc::new(inner)))
    }

    /// Whether it was made for this memory.
    pub fn is_for(&self, memory: &Memory) -> bool {
        memory.is(&self.0.memory)
    }

    /// Runs a whole grid and waits for it. Small runs stay on this thread; others get help from the workers.
    ///
    /// # Errors
    ///
    /// [`Error::Stopped`] if [`Shared::stop`] was called, [`Error::GaveUp`] if the code did, [`Error::Failed`] if it traps otherwise. Then a
    /// part of the grid has been run, and but for the second nothing runs in this memory any more.
    ///
    /// # Panics
    ///
    /// If `memory` is not the one that the program was made for.
    pub fn run(&self, memory: &mut Memory, workers: &WorkerPool, grid: Grid) -> Result<(), Error> {
        assert!(memory.is(&self.0.memory), "a program runs in the memory that it was made for");
        let work = Arc::new(Work {
            program: self.clone(),
            chunks: Chunks::of(grid, self.0.tasks.len()),
            at_work: AtomicUsize::new(0),
            failure: OnceLock::new(),
            owner: std::thread::current(),
        });
        workers.run(&work);
        let failure = work.failure.get().cloned();
        if let Some(Error::GaveUp { .. }) = failure {
            // Nobody is at work any more.
            self.0.memory.resume();
        }
        failure.map_or(Ok(()), Err)
    }
}

impl Inner {
    fn start(&self) -> Result<Task, Error> {
        let refused = |error: wasmtime::Error| Error::Refused { reason: format!("{error:?}") };
        let mut store = Store::new(engine()?, ());
        let instance = with_memory(&self.memory, || Instance::new(&mut store, &self.module.0, &[]));
        let run = instance.and_then(|instance| instance.get_typed_func(&mut store, RUN)).map_err(refused)?;
        Ok(Task { store, run })
    }

    fn scratch_of(&self, task: usize) -> i64 {
        (self.scratch.start + task as u64 * self.scratch.needed) as i64
    }

    fn failed(&self, error: &wasmtime::Error) -> Error {
        let on_demand = error.downcast_ref() == Some(&Trap::UnreachableCodeReached);
        match self.memory.reason() {
            _ if on_demand && self.memory.is_stopped() => Error::Stopped,
            reason if on_demand && reason != 0 => Error::GaveUp { reason },
            _ => Error::Failed { reason: format!("{error:?}") },
        }
    }
}

/// A grid that is being run.
///
/// The owner returns only when all chunks have been taken and nobody is at work any more. A task counts as at work from before
/// it takes a chunk until after it has run it, so whoever has taken one is seen by the owner, who looks after taking none.
pub(crate) struct Work {
    program: Program,
    chunks: Chunks,
    /// How many tasks beside the owner's may be running a chunk.
    at_work: AtomicUsize,
    failure: OnceLock<Error>,
    /// The thread that waits for the last task.
    owner: Thread,
}

impl Work {
    /// How many tasks can work on it at once.
    pub(crate) fn tasks(&self) -> usize {
        self.program.0.tasks.len()
    }

    /// Whether somebody else could take a part of it.
    pub(crate) fn is_open(&self) -> bool {
        !self.chunks.is_empty()
    }

    /// Whether it is cut in more than one part.
    pub(crate) fn is_divided(&self) -> bool {
        self.chunks.count > 1
    }

    /// Whether there is enough for several threads, however little it is each time.
    pub(crate) fn is_large(&self) -> bool {
        let Grid { lanes, rows } = self.chunks.grid;
        u64::from(lanes) * u64::from(rows) >= LARGE
    }

    /// Runs chunks as the owner, until there are none or it is enough.
    pub(crate) fn serve_as_owner(&self, is_enough: impl Fn() -> bool) {
        self.serve(0, is_enough);
    }

    /// Runs chunks as another task, from 1 on, until there are none.
    pub(crate) fn serve_as(&self, task: usize) {
        if task >= self.tasks() || !self.is_open() {
            return;
        }
        self.at_work.fetch_add(1, Ordering::AcqRel);
        // Also if something panics, or the owner would wait for ever.
        let _leaving = Leaving(self);
        self.serve(task, || false);
    }

    /// Waits until no task is running.
    pub(crate) fn wait(&self) {
        let begun = Instant::now();
        while self.at_work.load(Ordering::Acquire) > 0 {
            if begun.elapsed() < PATIENCE {
                std::hint::spin_loop();
            } else {
                // The last one wakes it; the time is for one who left just before.
                std::thread::park_timeout(Duration::from_micros(200));
            }
        }
    }

    fn serve(&self, task: usize, is_enough: impl Fn() -> bool) {
        let program = &*self.program.0;
        let mut slot = lock(&program.tasks[task]);
        let mut running = match slot.take().map_or_else(|| program.start(), Ok) {
            Ok(running) => running,
            Err(error) => return self.fail(error),
        };
        let scratch = program.scratch_of(task);
        let mut call = |Chunk { lanes, rows }: Chunk| {
            let part = (scratch, lanes.0 as i32, lanes.1 as i32, rows.0 as i32, rows.1 as i32);
            running.run.call(&mut running.store, part)
        };
        while let Some(chunk) = self.chunks.next() {
            if let Err(error) = chunk.in_pieces(&program.pace, &mut call) {
                self.fail(program.failed(&error));
            }
            if is_enough() {
                break;
            }
        }
        *slot = Some(running);
    }

    /// Notes the first failure; nobody takes a further chunk, and who is at work stops: there will be no result.
    fn fail(&self, error: Error) {
        let memory = &self.program.0.memory;
        match error {
            Error::GaveUp { .. } => memory.pause(),
            _ => memory.stop(),
        }
        self.failure.set(error).ok();
        self.chunks.drop_rest();
    }
}

/// Tells the owner when a task leaves.
struct Leaving<'a>(&'a Work);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        if self.0.at_work.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.owner.unpark();
        }
    }
}

/// The parts of a grid that have not been taken yet.
struct Chunks {
    grid: Grid,
    lanes: u64,
    rows: u64,
    across: u64,
    count: u64,
    next: AtomicU64,
}

/// A part of a grid: from a first lane or row on, up to the one before the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chunk {
    lanes: (u32, u32),
    rows: (u32, u32),
}

impl Chunks {
    /// Cuts a grid by rows, or if there are few, by lanes too: at multiples of eight.
    fn of(grid: Grid, tasks: usize) -> Self {
        let (all_lanes, all_rows) = (u64::from(grid.lanes), u64::from(grid.rows));
        let (all, tasks) = (all_lanes * all_rows, tasks as u64);
        let coarse = (all / (tasks * LEAST_CHUNKS_PER_THREAD)).min(WORTH_A_CHUNK);
        let size = (all / (tasks * MOST_CHUNKS_PER_THREAD)).max(coarse).max(1);
        let wanted = all.div_ceil(size);
        // A row that is short is not worth a chunk of its own.
        let least_rows = MIN_LANES.div_ceil(all_lanes.max(1));
        let rows = all_rows.div_ceil(wanted).max(least_rows);
        let down = all_rows.div_ceil(rows);
        let lanes = all_lanes.div_ceil(wanted.div_ceil(down.max(1))).max(MIN_LANES).next_multiple_of(8);
        let across = all_lanes.div_ceil(lanes);
        Self { grid, lanes, rows, across, count: across * down, next: AtomicU64::new(0) }
    }

    fn next(&self) -> Option<Chunk> {
        let number = self.next.fetch_add(1, Ordering::AcqRel);
        (number < self.count).then(|| self.chunk(number))
    }

    fn is_empty(&self) -> bool {
        self.next.load(Ordering::Acquire) >= self.count
    }

    fn drop_rest(&self) {
        // Not a plain store, so that whoever sees it sees all that was taken before.
        self.next.fetch_max(self.count, Ordering::AcqRel);
    }

    fn chunk(&self, number: u64) -> Chunk {
        let part = |position: u64, size: u64, all: u32| {
            let from = position * size;
            (from as u32, (from + size).min(u64::from(all)) as u32)
        };
        Chunk {
            lanes: part(number % self.across, self.lanes, self.grid.lanes),
            rows: part(number / self.across, self.rows, self.grid.rows),
        }
    }
}

impl Chunk {
    /// Runs a chunk by calls that are short, since code may look only at the beginning of a call whether it is to stop.
    fn in_pieces<E>(self, pace: &Pace, call: &mut impl FnMut(Self) -> Result<(), E>) -> Result<(), E> {
        let Self { lanes, rows } = self;
        let width = u64::from(lanes.1 - lanes.0);
        let mut row = rows.0;
        while row < rows.1 {
            let most = pace.get();
            if width <= most {
                let end = row + (most / width).min(u64::from(rows.1 - row)) as u32;
                pace.keep(u64::from(end - row) * width, || call(Self { lanes, rows: (row, end) }))?;
                row = end;
                continue;
            }
            let mut lane = lanes.0;
            while lane < lanes.1 {
                let end = lane + pace.get().min(u64::from(lanes.1 - lane)) as u32;
                let piece = Self { lanes: (lane, end), rows: (row, row + 1) };
                pace.keep(u64::from(end - lane), || call(piece))?;
                lane = end;
            }
            row += 1;
        }
        Ok(())
    }
}

/// How many invocations a call has, so that it takes a millisecond or so: it is found out by doubling and halving, once for all runs of a
/// program.
#[derive(Debug)]
struct Pace(AtomicU64);

impl Pace {
    /// What is called first: little, as it may take long.
    const FIRST: u64 = 64;
    /// Chunks begin at multiples of eight.
    const LEAST: u64 = 8;
    const MOST: u64 = 1 << 30;
    /// A call that is shorter is worth a larger one, and one that is longer a smaller one.
    const SHORT: Duration = Duration::from_micros(500);
    const LONG: Duration = Duration::from_millis(4);

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Does a call of so many invocations, and learns from the time that it takes.
    fn keep<T>(&self, invocations: u64, call: impl FnOnce() -> T) -> T {
        let pace = self.get();
        let begun = Instant::now();
        let result = call();
        let took = begun.elapsed();
        // Several threads learn at once, from the same pace as it were.
        let next = match () {
            () if took > Self::LONG => (pace / 2).max(Self::LEAST),
            // Smaller calls say nothing about larger ones.
            () if took < Self::SHORT && invocations * 2 > pace => (pace * 2).min(Self::MOST),
            () => return result,
        };
        self.0.store(next, Ordering::Relaxed);
        result
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_cover_each_invocation_once() {
        for (lanes, rows, tasks) in [
            (1, 1, 1),
            (64, 1, 2),
            (7, 3, 4),
            (1000, 1, 2),
            (16_777_216, 1, 16),
            (1920, 1080, 2),
            (8, 100_000, 3),
            (1, i32::MAX as u32, 128),
            (i32::MAX as u32, 1, 128),
            (999, 1001, 5),
        ] {
            let chunks = Chunks::of(Grid { lanes, rows }, tasks);
            let mut covered = 0_u64;
            let mut last = Chunk { lanes: (0, 0), rows: (0, 0) };
            while let Some(chunk) = chunks.next() {
                assert!(chunk.lanes.0.is_multiple_of(8) && chunk.lanes.1 <= lanes && chunk.rows.1 <= rows);
                assert!(chunk.lanes.0 < chunk.lanes.1 && chunk.rows.0 < chunk.rows.1);
                // In order, so none overlaps another.
                assert!(chunk.rows.0 >= last.rows.1 || chunk.lanes.0 == last.lanes.1);
                covered += u64::from(chunk.lanes.1 - chunk.lanes.0) * u64::from(chunk.rows.1 - chunk.rows.0);
                last = chunk;
            }
            assert_eq!(covered, u64::from(lanes) * u64::from(rows), "{lanes} x {rows}");
            assert!(chunks.count <= 64 * tasks as u64 * 2 + 2, "{lanes} x {rows}: {}", chunks.count);
        }
    }
    #[test]
    fn pieces_cover_a_chunk_once_and_keep_a_pace() {
        for (lanes, rows) in
            [((0, 1), (0, 1)), ((8, 1000), (3, 5)), ((0, 7), (10, 5000)), ((16, 100_001), (0, 2))]
        {
            let chunk = Chunk { lanes, rows };
            let (pace, mut next) = (Pace(AtomicU64::new(Pace::FIRST)), (rows.0, lanes.0));
            let mut sizes = Vec::new();
            let mut call = |Chunk { lanes: (from, to), rows: (first, end) }| {
                assert_eq!((first, from), next);
                assert!(from.is_multiple_of(8) && to <= lanes.1 && end <= rows.1 && first < end && from < to);
                assert!(end == first + 1 || (from, to) == lanes);
                next = if to == lanes.1 { (end, lanes.0) } else { (first, to) };
                sizes.push((to - from) * (end - first));
                Ok::<(), ()>(())
            };
            chunk.in_pieces(&pace, &mut call).unwrap();
            assert_eq!(next, (rows.1, lanes.0));
            let all: u32 = sizes.iter().sum();
            assert_eq!(all, (lanes.1 - lanes.0) * (rows.1 - rows.0));
            assert!(sizes.iter().all(|&size| size <= 64 || u64::from(size) <= pace.get()));
        }
        let pace = Pace(AtomicU64::new(64));
        (0..10).for_each(|_| pace.keep(pace.get(), || ()));
        assert_eq!(pace.get(), 64 << 10);
        pace.keep(8, || ());
        assert_eq!(pace.get(), 64 << 10);
        pace.keep(8, || std::thread::sleep(Pace::LONG));
        assert_eq!(pace.get(), 32 << 10);
    }
}
