//! What ran, how long it took and how it ended: collected step by step, shown as a table at the end.

use std::thread;
use std::time::{Duration, Instant};

use crate::process::{self, Outcome};

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Counts {
    /// Adds what a line of a test runner's output says: cargo's or libtest's `test result:`, or Node's `ℹ pass 3`.
    pub(crate) fn add_line(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["test", "result:", _, passed, "passed;", failed, "failed;", ..] => {
                self.passed += passed.parse().unwrap_or(0);
                self.failed += failed.parse().unwrap_or(0);
            }
            ["ℹ" | "#", "pass", passed] => self.passed += passed.parse().unwrap_or(0),
            ["ℹ" | "#", "fail", failed] => self.failed += failed.parse().unwrap_or(0),
            _ => {}
        }
    }
}

/// One finished step.
struct Step {
    name: String,
    time: Duration,
    counts: Counts,
    outcome: Outcome,
}

/// The steps so far.
#[derive(Default)]
pub(crate) struct Report {
    steps: Vec<Step>,
}

impl Report {
    /// Runs one step. It counts the tests it runs; one that fails is noted, and the next step runs all the same.
    pub(crate) fn step(&mut self, name: impl Into<String>, work: impl FnOnce(&mut Counts) -> Outcome) {
        let name = name.into();
        let mark = process::mark();
        println!("{mark}\n{mark}== {name}");
        let (start, mut counts) = (Instant::now(), Counts::default());
        let outcome = work(&mut counts).and_then(|()| no_failures(counts));
        // A step that fails before any test of it does, such as a build, must not look like a success in the sum.
        if outcome.is_err() && counts.failed == 0 {
            counts.failed = 1;
        }
        let time = start.elapsed();
        match &outcome {
            Ok(()) => println!("{mark}== {name}: ok, {}", seconds(time)),
            Err(message) => println!("{mark}{message}\n{mark}== {name}: FAILED, {}", seconds(time)),
        }
        self.steps.push(Step { name, time, counts, outcome });
    }

    /// Runs steps at the same time as others. Lines that tests of the second write begin with a mark.
    pub(crate) fn side_by_side(
        &mut self,
        first: impl FnOnce(&mut Self),
        second: impl FnOnce(&mut Self) + Send,
    ) {
        let mut beside = Self::default();
        thread::scope(|scope| {
            scope.spawn(|| {
                process::mark_lines();
                second(&mut beside);
            });
            first(self);
        });
        self.steps.append(&mut beside.steps);
    }

    /// Prints the table and, alone on the last line, the sum. An error if any step failed.
    pub(crate) fn finish(self) -> Outcome {
        println!("\n{}", self.table());
        for step in &self.steps {
            if let Err(message) = &step.outcome {
                println!("FAILED {}: {}", step.name, message.lines().next().unwrap_or_default());
            }
        }
        let sum = self.sum();
        println!("{} passed, {} failed", sum.passed, sum.failed);
        if sum.failed == 0 { Ok(()) } else { Err(String::new()) }
    }

    fn table(&self) -> String {
        let width = self.steps.iter().map(|step| step.name.chars().count()).max().unwrap_or(0);
        let rows = self.steps.iter().map(|Step { name, time, counts, outcome }| {
            let state = if outcome.is_ok() { "ok" } else { "FAILED" };
            let (passed, failed, time) = (counts.passed, counts.failed, seconds(*time));
            format!("{name:<width$}  {state:<6}  {passed:>5} passed  {failed:>3} failed  {time:>8}")
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    fn sum(&self) -> Counts {
        self.steps.iter().fold(Counts::default(), |sum, step| Counts {
            passed: sum.passed + step.counts.passed,
            failed: sum.failed + step.counts.failed,
        })
    }
}

fn no_failures(counts: Counts) -> Outcome {
    if counts.failed == 0 { Ok(()) } else { Err(format!("{} tests failed", counts.failed)) }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_cargo_and_node_say() {
        let mut counts = Counts::default();
        counts.add_line("test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out");
        counts.add_line("test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured");
        counts.add_line("ℹ pass 10");
        counts.add_line("# fail 1");
        counts.add_line("test parser::passes ... ok");
        assert_eq!(counts, Counts { passed: 17, failed: 4 });
    }

    #[test]
    fn steps_side_by_side_are_all_in_the_table() {
        let mut report = Report::default();
        let step = |passed: u32| {
            move |report: &mut Report| {
                report.step("some", |counts| {
                    counts.passed = passed;
                    Ok(())
                });
            }
        };
        report.side_by_side(step(2), step(3));
        assert_eq!(report.sum(), Counts { passed: 5, failed: 0 });
        assert_eq!(process::mark(), "", "only the lines of the second are marked");
    }

    #[test]
    fn a_step_that_fails_without_a_test_counts_as_one_failure() {
        let mut report = Report::default();
        report.step("good", |counts| {
            counts.passed = 2;
            Ok(())
        });
        report.step("bad", |_| Err("no".to_owned()));
        assert_eq!(report.sum(), Counts { passed: 2, failed: 1 });
        assert!(report.finish().is_err());
    }
}
