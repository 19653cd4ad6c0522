//! Who takes part, in what order they run, and how long each took.

use std::fmt;
use std::time::Duration;

use hpc::Backend;

use crate::compare::{Difference, compare};
use crate::ours::Ours;
use crate::peers::External;
use crate::workloads::{Terms, Workload};

/// A value, or what to tell the user.
pub(crate) type Outcome<T = ()> = Result<T, String>;

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
    /// Milliseconds from the program's text to the end of its first run, where it is compiled at that time.
    pub(crate) first_call: Option<f64>,
    /// Milliseconds of each round, sorted once all are done.
    pub(crate) times: Vec<f64>,
    /// How its result differs from that of the loop on one thread, or what went wrong.
    pub(crate) verdict: Outcome<Difference>,
    contestant: Box<dyn Contestant>,
}

/// All contestants of one workload.
pub(crate) struct Contest {
    pub(crate) terms: Terms,
    /// In the order in which they run.
    pub(crate) entries: Vec<Entry>,
    /// Who could not be installed here, and why.
    pub(crate) absent: Vec<(Who, String)>,
}

impl Contest {
    /// Makes all contestants ready to run.
    ///
    /// # Errors
    ///
    /// One that is there does not start.
    pub(crate) fn open(workload: Workload, backend: Backend, external: &External) -> Outcome<Self> {
        let Workload { terms, program, loops: [one_thread, rayon] } = workload;
        let mut contest = Self { terms, entries: Vec::new(), absent: Vec::new() };
        let (ours, first_call) = Ours::open(program, backend)?;
        contest.add(Who::Ours, Some(first_call), Box::new(ours));
        contest.add(Who::OneThread, None, one_thread);
        contest.add(Who::Rayon, None, rayon);
        for who in [Who::JavaScript, Who::NumbaFast, Who::Numba, Who::Taichi] {
            match external.program(who) {
                Err(reason) => contest.absent.push((who, reason.to_owned())),
                Ok(program) => {
                    let started = program.start(&contest.terms.peer_words);
                    let (process, first_call) = started.map_err(|error| format!("{who}: {error}"))?;
                    contest.add(who, Some(first_call), Box::new(process));
                }
            }
        }
        Ok(contest)
    }

    fn add(&mut self, who: Who, first_call: Option<f64>, contestant: Box<dyn Contestant>) {
        let verdict = Err("it has not run".to_owned());
        self.entries.push(Entry { who, first_call, times: Vec::new(), verdict, contestant });
    }

    /// Warms everybody up, runs the rounds, and compares the results of the last one.
    ///
    /// # Errors
    ///
    /// One of them cannot go on. A result that differs is no error here, but in the verdict of its entry.
    pub(crate) fn run(&mut self, rounds: usize) -> Outcome {
        for round in 0..=rounds {
            for entry in &mut self.entries {
                std::thread::sleep(PAUSE);
                let time = entry.contestant.run().map_err(|error| format!("{}: {error}", entry.who))?;
                // The first round is the warm-up.
                if round > 0 {
                    entry.times.push(time);
                }
            }
        }
        self.compare()
    }

    fn compare(&mut self) -> Outcome {
        let reference = self.entries.iter_mut().find(|entry| entry.who == Who::OneThread);
        let reference = reference.ok_or("bench: nobody to compare with")?.contestant.result()?;
        for entry in &mut self.entries {
            entry.times.sort_by(f64::total_cmp);
            let result = entry.contestant.result();
            entry.verdict = result.and_then(|result| compare(&result, &reference, self.terms.accuracy));
        }
        Ok(())
    }

    /// The entry of `who`, if it takes part.
    pub(crate) fn entry(&self, who: Who) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.who == who)
    }
}

impl Entry {
    /// The median of its times, in milliseconds.
    pub(crate) fn median(&self) -> f64 {
        let (upper, lower) = (self.times.len() / 2, self.times.len().saturating_sub(1) / 2);
        self.times.get(upper).zip(self.times.get(lower)).map_or(f64::NAN, |(a, b)| f64::midpoint(*a, *b))
    }
}
