//! Tables: one for each workload, and one of the targets at the end. They are Markdown, as `docs/performance.md` has them.

use benches::Outcome;
use benches::arguments::{Arguments, Scale};
use benches::compare::Difference;
use benches::table::table;
use comfy_table::Table;

use crate::contest::{Contest, Entry, Who};
use crate::workloads::Target;

/// What the first call may take, compiling included, in milliseconds.
const FIRST_CALL: f64 = 20.0;

/// The workloads so far.
pub(crate) struct Report {
    /// Small sizes say nothing about the targets.
    judges: bool,
    targets: Table,
    failures: Vec<String>,
}

impl Report {
    /// Says what is measured and how.
    pub(crate) fn new(arguments: &Arguments) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let rounds = arguments.rounds;
        println!(
            "{cores} cores; the median of {rounds} rounds after a warm-up, with the fastest and the slowest;"
        );
        println!("the difference is the largest one from the loop on one thread");
        let targets = table(["workload", "ms", "target", "is", "met", "first call, ms", "met"]);
        Self { judges: arguments.scale == Scale::Full, targets, failures: Vec::new() }
    }

    /// Prints a workload's table and keeps how its targets did.
    pub(crate) fn add(&mut self, contest: &Contest) {
        let title = &contest.terms.title;
        println!("HPC.js runs on {}\n\n{}", contest.adapter, contestants(contest));
        for entry in &contest.entries {
            let failure = entry.failure().map(|error| format!("{title}: {}: {error}", entry.who));
            self.failures.extend(failure);
        }
        if let Some(ours) = contest.entry(Who::Ours) {
            self.add_targets(contest, ours);
        }
    }

    fn add_targets(&mut self, contest: &Contest, ours: &Entry) {
        let title = contest.terms.title.clone();
        let first_call = ours.first_call.unwrap_or(f64::NAN);
        let first_met = self.judge(first_call, FIRST_CALL);
        let measured = contest.terms.targets.iter().find_map(|target| measure(*target, contest, ours));
        let (target, is, met) = match measured {
            None => ("its peer is absent".to_owned(), String::new(), ""),
            Some(Measured { target, is, at_most }) => (target, format!("{is:.3}"), self.judge(is, at_most)),
        };
        let (time, first_call) = (format!("{:.3}", ours.median()), format!("{first_call:.1}"));
        self.targets.add_row([&title, &time, &target, &is, met, &first_call, first_met]);
    }

    fn judge(&self, is: f64, at_most: f64) -> &'static str {
        match (self.judges, is <= at_most) {
            (false, _) => "not judged",
            (true, true) => "yes",
            (true, false) => "no",
        }
    }

    /// Notes that a workload could not be measured.
    pub(crate) fn add_failure(&mut self, title: &str, error: &str) {
        println!("failed: {error}");
        self.failures.push(format!("{title}: {error}"));
    }

    /// Prints the targets. An error that tells all failures, if there were any; a target that is missed is none.
    pub(crate) fn finish(self) -> Outcome {
        println!("\n## Targets (the first call: at most {FIRST_CALL} ms)\n\n{}", self.targets);
        if self.failures.is_empty() {
            return Ok(());
        }
        Err(format!("bench: {} failures\n    {}", self.failures.len(), self.failures.join("\n    ")))
    }
}

/// A target, and where we are.
struct Measured {
    target: String,
    is: f64,
    at_most: f64,
}

/// Where we are with a target; nothing if its peer takes no part.
fn measure(target: Target, contest: &Contest, ours: &Entry) -> Option<Measured> {
    Some(match target {
        Target::Ratio(at_most, who) => Measured {
            target: format!("≤ {at_most} × {who}"),
            is: ours.median() / contest.entry(who)?.median(),
            at_most,
        },
        Target::RunTime { microseconds: at_most, runs } => Measured {
            target: format!("≤ {at_most} µs a run"),
            is: ours.median() * 1e3 / f64::from(runs),
            at_most,
        },
    })
}

/// A line for each contestant, those that are absent too.
fn contestants(contest: &Contest) -> Table {
    let header = ["", "ms", "fastest, slowest", "ours / peer", "first call, ms", "difference"];
    let mut table = table(header);
    let ours = contest.entry(Who::Ours).map_or(f64::NAN, Entry::median);
    for entry in &contest.entries {
        let (fastest, slowest) =
            entry.times.first().zip(entry.times.last()).unwrap_or((&f64::NAN, &f64::NAN));
        let is_ours = entry.who == Who::Ours;
        table.add_row([
            entry.who.to_string(),
            format!("{:.3}", entry.median()),
            format!("{fastest:.3}, {slowest:.3}"),
            if is_ours { String::new() } else { format!("{:.3}", ours / entry.median()) },
            entry.first_call.map_or_else(String::new, |time| format!("{time:.1}")),
            entry.difference.map_or_else(|| "FAILED".to_owned(), difference),
        ]);
    }
    for (who, reason) in &contest.absent {
        table.add_row([who.to_string(), format!("absent: {reason}")]);
    }
    table
}

fn difference(difference: Difference) -> String {
    let Difference { largest, share } = difference;
    let largest = if largest == 0.0 { "0".to_owned() } else { format!("{largest:.1e}") };
    if share > 0.0 { format!("{largest}; {:.2} % differ", 100.0 * share) } else { largest }
}
