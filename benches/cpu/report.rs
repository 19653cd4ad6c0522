//! Tables: one for each workload, and one of the targets at the end. They are Markdown, as `docs/performance.md` has them.

use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{CellAlignment, Table};

use crate::arguments::Arguments;
use crate::contest::{Contest, Entry, Outcome, Who};
use crate::workloads::{Scale, Target};

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
            "{cores} cores; the median of {rounds} rounds after a warm-up, fastest to slowest in brackets;"
        );
        println!("the difference is the largest one from the loop on one thread");
        let targets = table(["workload", "ms", "target", "is", "met", "first call, ms", "met"]);
        Self { judges: arguments.scale == Scale::Full, targets, failures: Vec::new() }
    }

    /// Prints a workload's table and keeps how its targets did.
    pub(crate) fn add(&mut self, contest: &Contest) {
        let title = &contest.terms.title;
        let wrong =
            contest.entries.iter().filter_map(|entry| Some((entry.who, entry.verdict.as_ref().err()?)));
        self.failures.extend(wrong.map(|(who, error)| format!("{title}: {who}: {error}")));
        println!("{}", contestants(contest));
        if let Some(ours) = contest.entry(Who::Ours) {
            self.add_targets(contest, ours);
        }
    }

    fn add_targets(&mut self, contest: &Contest, ours: &Entry) {
        let judge = |is: f64, at_most: f64| match (self.judges, is <= at_most) {
            (false, _) => "not judged",
            (true, true) => "yes",
            (true, false) => "no",
        };
        let first_call = ours.first_call.unwrap_or(f64::NAN);
        let measured = contest.terms.targets.iter().find_map(|target| measure(*target, contest, ours));
        let (target, is, met) = measured.map_or_else(Default::default, |measured| {
            (measured.target, format!("{:.3}", measured.is), judge(measured.is, measured.at_most).to_owned())
        });
        self.targets.add_row([
            contest.terms.title.clone(),
            format!("{:.3}", ours.median()),
            target,
            is,
            met,
            format!("{first_call:.1}"),
            judge(first_call, FIRST_CALL).to_owned(),
        ]);
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
    let mut table = table(["", "ms", "", "ours / peer", "first call, ms", "difference"]);
    let ours = contest.entry(Who::Ours).map_or(f64::NAN, Entry::median);
    for entry in &contest.entries {
        let (fastest, slowest) =
            entry.times.first().zip(entry.times.last()).unwrap_or((&f64::NAN, &f64::NAN));
        table.add_row([
            entry.who.to_string(),
            format!("{:.3}", entry.median()),
            format!("[{fastest:.3} {slowest:.3}]"),
            format!("{:.3}", ours / entry.median()),
            entry.first_call.map_or_else(String::new, |time| format!("{time:.1}")),
            difference(entry),
        ]);
    }
    for (who, reason) in &contest.absent {
        table.add_row([who.to_string(), format!("absent: {reason}")]);
    }
    table
}

fn difference(entry: &Entry) -> String {
    match &entry.verdict {
        Err(_) => "WRONG".to_owned(),
        Ok(difference) if difference.share > 0.0 => {
            format!("{:.1e}, {:.2} % differ", difference.largest, 100.0 * difference.share)
        }
        Ok(difference) => format!("{:.1e}", difference.largest),
    }
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_style(ASCII_MARKDOWN).set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
