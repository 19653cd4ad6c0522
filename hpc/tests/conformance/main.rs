//! Replays the programs of `tests/conformance/` on the device at hand and compares every read with the oracle's.
//!
//! Node runs each program once on the oracle and writes a trace: interfaces, kernels, calls and what reads must give.
//!
//! | variable | what it does |
//! |---|---|
//! | `HPC_CASE` | runs only the cases whose name contains one of these words (arguments do the same) |
//! | `HPC_ADAPTER`, `HPC_BACKEND` | which device, as for every program |
//! | `HPC_TRACES` | a file of `tests/oracle/record.mjs`, for a machine without Node |
//! | `HPC_BRIEF` | leaves the kernels' texts out of the report |

mod replay;
mod report;

use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use replay::{Device, Failure, Passed};
use report::Report;
use traces::Case;

/// A case that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    let device = Device::find();
    let cases = traces::record(&words());
    println!("\nrunning {} cases on {device}", cases.len());
    let mut report = Report::default();
    for case in cases {
        match device.cannot_run(&case) {
            Some(reason) => report.left_out(&case, reason),
            None => report.add(case.clone(), run(case)),
        }
    }
    report.finish()
}

fn words() -> Vec<String> {
    let variable = std::env::var("HPC_CASE").unwrap_or_default();
    let arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    variable.split_whitespace().map(str::to_owned).chain(arguments).collect()
}

/// Runs one case on a thread of its own, so that one that panics or hangs fails alone.
fn run(case: Case) -> Result<Passed, Failure> {
    let (sender, receiver) = mpsc::channel();
    let name = case.name.clone();
    let worker = thread::Builder::new().name(name).spawn(move || {
        // Nobody listens any more if the patience was over.
        sender.send(pollster::block_on(replay::replay(&case))).ok();
    });
    worker.expect("threads can be started");
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|error| {
        Err(Failure::new(match error {
            mpsc::RecvTimeoutError::Timeout => format!("it is not done after {} seconds", PATIENCE.as_secs()),
            mpsc::RecvTimeoutError::Disconnected => "it panicked; see above".to_owned(),
        }))
    })
}
