//! Gathers what cases came to and prints it.

use std::process::ExitCode;

use crate::replay::{Failure, Passed};
use traces::Case;

#[derive(Default)]
pub(crate) struct Report {
    passed: usize,
    sum: Passed,
    left_out: Vec<(String, String)>,
    failed: Vec<(Case, Failure)>,
}

impl Report {
    pub(crate) fn left_out(&mut self, case: &Case, reason: String) {
        self.left_out.push((case.name.clone(), reason));
    }

    pub(crate) fn add(&mut self, case: Case, result: Result<Passed, Failure>) {
        match result {
            Ok(passed) => {
                self.passed += 1;
                self.sum.reads += passed.reads;
                self.sum.refusals += passed.refusals;
                self.sum.inexpressible += passed.inexpressible;
            }
            Err(failure) => {
                println!("FAILED {}: {}", case.name, failure.messages[0].lines().next().unwrap_or_default());
                self.failed.push((case, failure));
            }
        }
    }

    pub(crate) fn finish(self) -> ExitCode {
        let is_brief = std::env::var_os("HPC_BRIEF").is_some();
        for (case, failure) in &self.failed {
            println!("\n---- {}: {}", case.name, case.title);
            for message in &failure.messages {
                println!("{message}");
            }
            for (text, wgsl) in failure.kernels.iter().filter(|_| !is_brief) {
                println!("\nthe kernel:\n{text}\n\nas WGSL:\n{wgsl}");
            }
        }
        println!();
        for (name, reason) in &self.left_out {
            println!("left out {name}: {reason}");
        }
        let Passed { reads, refusals, inexpressible } = self.sum;
        println!(
            "{reads} reads compared, {refusals} refusals, {inexpressible} calls that Rust's types refuse"
        );
        let (word, code) =
            if self.failed.is_empty() { ("ok", ExitCode::SUCCESS) } else { ("FAILED", ExitCode::FAILURE) };
        let (passed, failed, ignored) = (self.passed, self.failed.len(), self.left_out.len());
        // The words of Rust's own test runner, so that whoever counts those counts these.
        println!("test result: {word}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured");
        code
    }
}
