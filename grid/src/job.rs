//! A job of several ranks: processes that `mpiexec` started, and what they say to each other.

use std::fmt::Display;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mpi::collective::SystemOperation;
use mpi::environment::Universe;
use mpi::request::Request;
use mpi::topology::SimpleCommunicator;
use mpi::traits::{Communicator, CommunicatorCollectives, Destination, Equivalence, Root, Source};

use crate::{Error, devices};

/// How long a rank waits for others, if `HPC_GRID_WAIT` does not say so, in seconds.
const WAIT: u64 = 600;
/// How long the first rank has to tell what is wrong before others tell it too.
const FIRST_SPEAKS: Duration = Duration::from_millis(300);
/// How many bytes go in one message: MPI counts in 32 bits.
const LONGEST_MESSAGE: usize = 1 << 30;
/// How often one asks MPI before one lets others have the core.
const EAGER: u32 = 200;

/// This process as one of a job's ranks.
///
/// MPI is called by the thread that started the job.
pub struct Job {
    world: SimpleCommunicator,
    wait: Duration,
    node: Node,
    // The last one to be dropped: it ends MPI.
    _universe: Universe,
}

/// The ranks of the machine that this one runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// How many there are.
    pub size: u32,
    /// Which of them this one is.
    pub rank: u32,
}

/// How ranks' values become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Their sum.
    Sum,
    /// Their product.
    Product,
    /// The smallest one.
    Min,
    /// The largest one.
    Max,
}

impl Reduction {
    pub(crate) fn operation(self) -> SystemOperation {
        match self {
            Self::Sum => SystemOperation::sum(),
            Self::Product => SystemOperation::product(),
            Self::Min => SystemOperation::min(),
            Self::Max => SystemOperation::max(),
        }
    }
}

/// Runs a program as one rank of a job. If it fails on any rank, the job ends: that rank says why, and no other waits for it.
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     hpc_grid::run(|job| {
///         println!("rank {} of {}", job.rank(), job.size());
///         Ok::<_, hpc_grid::Error>(())
///     })
/// }
/// ```
pub fn run<E: Display>(program: impl FnOnce(&Job) -> Result<(), E>) -> ExitCode {
    let job = match Job::start() {
        Ok(job) => job,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    match std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| program(&job))) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            // What is wrong on all ranks is told once: the first one ends the job meanwhile.
            if job.rank() > 0 {
                std::thread::sleep(FIRST_SPEAKS);
            }
            job.fail(&error.to_string())
        }
        // The panic has told already what it is.
        Err(_) => job.fail("it panicked"),
    }
}

impl Job {
    /// Starts MPI. Prefer [`run`], which ends the job if this rank fails.
    ///
    /// # Errors
    ///
    /// [`Error::Started`].
    pub fn start() -> Result<Self, Error> {
        let universe = mpi::initialize().ok_or(Error::Started)?;
        let world = universe.world();
        let near = world.split_shared(world.rank());
        devices::share_cores(&near);
        let node = Node { size: near.size() as u32, rank: near.rank() as u32 };
        let seconds = std::env::var("HPC_GRID_WAIT").ok().and_then(|text| text.parse().ok());
        let wait = Duration::from_secs(seconds.unwrap_or(WAIT));
        Ok(Self { world, wait, node, _universe: universe })
    }

    /// Which rank this one is, from 0 on.
    pub fn rank(&self) -> i32 {
        self.world.rank()
    }

    /// How many ranks there are.
    pub fn size(&self) -> i32 {
        self.world.size()
    }

    /// Which of the ranks of this machine it is.
    pub fn node(&self) -> Node {
        self.node
    }

    /// The communicator of all ranks, for what a program has to say to others besides.
    pub fn world(&self) -> &SimpleCommunicator {
        &self.world
    }

    /// Says what is wrong, and ends the job: all ranks, at once.
    pub fn fail(&self, message: &str) -> ! {
        eprintln!("rank {} of {}: {message}", self.rank(), self.size());
        self.world.abort(1)
    }

    /// Waits until all ranks are here.
    pub fn barrier(&self) {
        let request = self.world.immediate_barrier();
        self.complete("a barrier", vec![(None, request)]);
    }

    /// What the values of all ranks are together: on each rank the same.
    pub fn all_reduce<T: Equivalence + Copy>(&self, value: T, reduction: Reduction) -> T {
        let (sent, mut result) = ([value], [value]);
        self.all_reduce_into(&sent, &mut result, reduction);
        result[0]
    }

    pub(crate) fn all_reduce_into<T: Equivalence + Copy>(
        &self,
        sent: &[T],
        result: &mut [T],
        reduction: Reduction,
    ) {
        let operation = reduction.operation();
        let longest = LONGEST_MESSAGE / size_of::<T>().max(1);
        for (sent, result) in sent.chunks(longest).zip(result.chunks_mut(longest)) {
            mpi::request::scope(|scope| {
                let request = self.world.immediate_all_reduce_into(scope, sent, result, operation);
                self.complete("allReduce", vec![(None, request)]);
            });
        }
    }

    /// Gives all ranks what one has.
    pub(crate) fn broadcast(&self, bytes: &mut [u8], root: i32) {
        for bytes in bytes.chunks_mut(LONGEST_MESSAGE) {
            mpi::request::scope(|scope| {
                let request = self.world.process_at_rank(root).immediate_broadcast_into(scope, bytes);
                self.complete("broadcast", vec![(Some(root), request)]);
            });
        }
    }

    /// The value of each rank, in order.
    pub(crate) fn all_gather(&self, value: u64) -> Vec<u64> {
        let mut all = vec![0; self.size() as usize];
        mpi::request::scope(|scope| {
            let request = self.world.immediate_all_gather_into(scope, &value, &mut all[..]);
            self.complete("what ranks compare", vec![(None, request)]);
        });
        all
    }

    /// Sends bytes to a rank, in as many messages as it takes.
    pub(crate) fn send(&self, what: &str, bytes: &[u8], to: i32, tag: i32) {
        for bytes in bytes.chunks(LONGEST_MESSAGE) {
            mpi::request::scope(|scope| {
                let request = self.world.process_at_rank(to).immediate_send_with_tag(scope, bytes, tag);
                self.complete(what, vec![(Some(to), request)]);
            });
        }
    }

    /// Receives what [`Job::send`] sends.
    pub(crate) fn receive(&self, what: &str, bytes: &mut [u8], from: i32, tag: i32) {
        for bytes in bytes.chunks_mut(LONGEST_MESSAGE) {
            mpi::request::scope(|scope| {
                let request =
                    self.world.process_at_rank(from).immediate_receive_into_with_tag(scope, bytes, tag);
                self.complete(what, vec![(Some(from), request)]);
            });
        }
    }

    /// Sends and receives messages at the same time: each with the other rank and a tag.
    pub(crate) fn swap(
        &self,
        what: &str,
        sent: Vec<(i32, i32, &[u8])>,
        received: Vec<(i32, i32, &mut [u8])>,
    ) {
        mpi::request::scope(|scope| {
            let mut requests = Vec::with_capacity(sent.len() + received.len());
            for (from, tag, bytes) in received {
                let process = self.world.process_at_rank(from);
                requests.push((Some(from), process.immediate_receive_into_with_tag(scope, bytes, tag)));
            }
            for (to, tag, bytes) in sent {
                let process = self.world.process_at_rank(to);
                requests.push((Some(to), process.immediate_send_with_tag(scope, bytes, tag)));
            }
            self.complete(what, requests);
        });
    }

    /// Waits until all requests are done. If that takes too long, says for whom one waits, and ends the job.
    fn complete<'a, D: ?Sized, S: mpi::request::Scope<'a>>(
        &self,
        what: &str,
        requests: Vec<(Option<i32>, Request<'a, D, S>)>,
    ) {
        let (begin, mut rounds) = (Instant::now(), 0_u32);
        let mut open = requests;
        while !open.is_empty() {
            let test = |(peer, request): (Option<i32>, Request<'a, D, S>)| {
                request.test().err().map(|request| (peer, request))
            };
            open = open.into_iter().filter_map(test).collect();
            if !open.is_empty() && begin.elapsed() > self.wait {
                let mut peers: Vec<_> = open.iter().filter_map(|(peer, _)| *peer).collect();
                peers.sort_unstable();
                peers.dedup();
                self.fail(&waited(what, &peers, self.wait));
            }
            rounds = rounds.saturating_add(1);
            match rounds {
                ..EAGER => std::thread::yield_now(),
                _ => std::thread::sleep(Duration::from_micros(50)),
            }
        }
    }

    /// Whether all ranks have the same text.
    ///
    /// # Errors
    ///
    /// [`Error::Differs`] on all ranks, with the first line in which the first rank differs.
    pub(crate) fn agree(&self, what: &'static str, text: &str) -> Result<(), Error> {
        let hashes = self.all_gather(hash(text));
        let Some(other) = hashes.iter().position(|hash| *hash != hashes[0]) else { return Ok(()) };
        let (ours, theirs) = (self.text_of(0, text), self.text_of(other as i32, text));
        let lines = ours.lines().map(Some).chain(std::iter::repeat(None));
        let others = theirs.lines().map(Some).chain(std::iter::repeat(None));
        let longest = ours.lines().count().max(theirs.lines().count());
        let first = lines.zip(others).take(longest).enumerate().find(|(_, (ours, theirs))| ours != theirs);
        let (line, (ours, theirs)) = first.unwrap_or_default();
        let shown = |line: Option<&str>| line.unwrap_or("(nothing)").trim().to_owned();
        Err(Error::Differs {
            what,
            rank: other as i32,
            line: line + 1,
            theirs: shown(theirs),
            ours: shown(ours),
        })
    }

    /// The text of a rank.
    fn text_of(&self, rank: i32, own: &str) -> String {
        let mut length = (own.len() as u64).to_le_bytes();
        self.broadcast(&mut length, rank);
        let mut bytes = own.as_bytes().to_vec();
        bytes.resize(u64::from_le_bytes(length) as usize, 0);
        self.broadcast(&mut bytes, rank);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

fn waited(what: &str, peers: &[i32], wait: Duration) -> String {
    let whom = match peers {
        [] => "the others".to_owned(),
        [one] => format!("rank {one}"),
        several => {
            let names: Vec<_> = several.iter().map(ToString::to_string).collect();
            format!("ranks {}", names.join(", "))
        }
    };
    format!(
        "waited {} s for {whom} in {what}. Do all ranks make the same calls in the same order? HPC_GRID_WAIT says how long to wait, in seconds",
        wait.as_secs()
    )
}

/// FNV-1a: the same on all machines.
fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
