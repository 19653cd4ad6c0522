//! Who takes part, in what order they run, and how long each took.

use std::fmt;
use std::time::Duration;

use benches::compare::{Difference, compare};
use benches::ours::{Ours, Program};
use benches::{Outcome, median};
use hpc::Backend;

use crate::peers::{External, Peer};
use crate::workloads::{Terms, Workload};

/// What threads of an earlier contestant get to fall asleep in before the next one starts.
const PAUSE: Duration = Duration::from_millis(20);

/// Something that computes a workload, again and again from the same input.
pub(crate) trait Contestant {
    /// Takes the input afresh, then computes; the milliseconds of the latter.
    ///
    /// # Errors
    ///
    /// It cannot go on; it is not called again then.
    fn run(&mut self) -> Outcome<f64>;

    /// What the latest run computed.
    ///
    /// # Errors
    ///
    /// As for `run`.
    fn result(&mut self) -> Outcome<Vec<f32>>;
}

/// The contestants of every workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// HPC.js.
    Ours,
    /// A Rust loop on one thread.
    OneThread,
    /// The same loop, its outermost level given to rayon.
    Rayon,
    /// Plain loops over typed arrays in Node.
    JavaScript,
    /// Numba, parallel, with `fastmath`.
    NumbaFast,
    /// Numba, parallel.
    Numba,
    /// Taichi on the CPU.
    Taichi,
}

impl fmt::Display for Who {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Ours => "HPC.js",
            Self::OneThread => "Rust, one thread",
            Self::Rayon => "Rust, rayon",
            Self::JavaScript => "JavaScript, Node",
            Self::NumbaFast => "Numba, fastmath",
            Self::Numba => "Numba",
            Self::Taichi => "Taichi",
        })
    }
}

/// One contestant and how it did.
pub(crate) struct Entry {
    pub(crate) who: Who,
    /// Milliseconds of its first call, compiling included, where there is such a thing.
    pub(crate) first_call: Option<f64>,
    /// Milliseconds of each round, sorted once all are done.
    pub(crate) times: Vec<f64>,
    /// How its result differs from that of the loop on one thread, once all are done.
    pub(crate) difference: Option<Difference>,
    /// The contestant; or what went wrong, and it runs no more.
    contestant: Outcome<Box<dyn Contestant>>,
}

/// All contestants of one workload.
pub(crate) struct Contest {
    pub(crate) terms: Terms,
    /// Who executes our kernels.
    pub(crate) adapter: String,
    /// In the order in which they run.
    pub(crate) entries: Vec<Entry>,
    /// Who could not be installed here, and why.
    pub(crate) absent: Vec<(Who, String)>,
}

impl Contest {
    /// Makes all contestants ready to run. The first call is timed on the `small` form of the program, since drivers
    /// clear buffers when they are first used, and that takes longer the larger they are.
    ///
    /// # Errors
    ///
    /// Ours does not start. A peer that does not is an entry that has failed.
    pub(crate) fn open(
        workload: Workload,
        small: Program,
        backend: Backend,
        external: &External,
    ) -> Outcome<Self> {
        let Workload { terms, program, loops: [one_thread, rayon] } = workload;
        let (_, first_call) = Ours::open(small, backend)?;
        let (ours, _) = Ours::open(program, backend)?;
        let mut contest =
            Self { terms, adapter: ours.adapter().name.clone(), entries: Vec::new(), absent: Vec::new() };
        contest.add(Who::Ours, Some(first_call), Ok(Box::new(ours)));
        contest.add(Who::OneThread, None, Ok(one_thread));
        contest.add(Who::Rayon, None, Ok(rayon));
        for who in [Who::JavaScript, Who::NumbaFast, Who::Numba, Who::Taichi] {
            match external.peer(who) {
                Ok(peer) => contest.add_process(who, peer),
                Err(reason) => contest.absent.push((who, reason.to_owned())),
            }
        }
        Ok(contest)
    }

    fn add_process(&mut self, who: Who, peer: &Peer) {
        match peer.start(&self.terms.peer_words) {
            Ok((process, first_call)) => self.add(who, Some(first_call), Ok(Box::new(process))),
            Err(error) => self.add(who, None, Err(error)),
        }
    }

    fn add(&mut self, who: Who, first_call: Option<f64>, contestant: Outcome<Box<dyn Contestant>>) {
        self.entries.push(Entry { who, first_call, times: Vec::new(), difference: None, contestant });
    }

    /// Warms everybody up, runs the rounds, and compares the results of the last one.
    ///
    /// # Errors
    ///
    /// There is no result to compare with.
    pub(crate) fn run(mut self, rounds: usize) -> Outcome<Self> {
        for entry in &mut self.entries {
            entry.run();
            // That was the warm-up.
            entry.times.clear();
        }
        for _ in 0..rounds {
            self.entries.iter_mut().for_each(Entry::run);
        }
        let reference = self.entries.iter_mut().find(|entry| entry.who == Who::OneThread);
        let reference = reference.ok_or("nobody to compare with")?.result()?;
        for entry in &mut self.entries {
            entry.times.sort_by(f64::total_cmp);
            match entry.result().and_then(|result| compare(&result, &reference, self.terms.accuracy)) {
                Ok(difference) => entry.difference = Some(difference),
                Err(error) => entry.contestant = Err(error),
            }
        }
        Ok(self)
    }

    /// The entry of `who`, if it takes part and nothing went wrong.
    pub(crate) fn entry(&self, who: Who) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.who == who && entry.failure().is_none())
    }
}

impl Entry {
    fn run(&mut self) {
        std::thread::sleep(PAUSE);
        if let Ok(contestant) = &mut self.contestant {
            match contestant.run() {
                Ok(time) => self.times.push(time),
                Err(error) => self.contestant = Err(error),
            }
        }
    }

    fn result(&mut self) -> Outcome<Vec<f32>> {
        self.contestant.as_mut().map_err(|error| error.clone())?.result()
    }

    /// What went wrong, if anything did.
    pub(crate) fn failure(&self) -> Option<&str> {
        self.contestant.as_ref().err().map(String::as_str)
    }

    /// The median of its times, in milliseconds.
    pub(crate) fn median(&self) -> f64 {
        median(&self.times)
    }
}

/// Ours: an input, and all its runs.
impl Contestant for Ours {
    fn run(&mut self) -> Outcome<f64> {
        self.fill()?;
        Self::run(self, 1)
    }

    fn result(&mut self) -> Outcome<Vec<f32>> {
        Self::result(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use benches::compare::Accuracy;

    /// Runs for ever longer, and gives a fixed result.
    struct Slowing(f64, Outcome<f32>);

    impl Contestant for Slowing {
        fn run(&mut self) -> Outcome<f64> {
            self.0 += 1.0;
            Ok(self.0)
        }

        fn result(&mut self) -> Outcome<Vec<f32>> {
            Ok(vec![self.1.clone()?])
        }
    }

    fn contest(ours: Outcome<f32>) -> Contest {
        let accuracy = Accuracy { tolerance: 0.1, share: 0.0 };
        let terms = Terms { title: String::new(), peer_words: String::new(), accuracy, targets: Vec::new() };
        let mut contest = Contest { terms, adapter: String::new(), entries: Vec::new(), absent: Vec::new() };
        contest.add(Who::Ours, Some(1.0), Ok(Box::new(Slowing(0.0, ours))));
        contest.add(Who::OneThread, None, Ok(Box::new(Slowing(10.0, Ok(2.0)))));
        contest.add(Who::Rayon, None, Err("no threads".to_owned()));
        contest
    }

    #[test]
    fn the_warm_up_does_not_count() {
        let contest = contest(Ok(2.0)).run(3).unwrap();
        let ours = contest.entry(Who::Ours).unwrap();
        assert_eq!(ours.times, [2.0, 3.0, 4.0]);
        assert_eq!(ours.median(), 3.0);
        assert!(contest.entry(Who::Rayon).is_none(), "it did not start");
    }

    #[test]
    fn what_differs_has_failed() {
        let contest = contest(Ok(3.0)).run(1).unwrap();
        assert!(contest.entry(Who::Ours).is_none());
        assert!(contest.entries[0].failure().unwrap().contains("off by more"));
    }
}
