//! `cargo xtask bench cpu`: the CPU backend beside its peers, all in one run, all checked to compute the same.
//!
//! Each workload is measured in rounds: ours, then each peer, then the next round, so that whatever else the machine
//! does hits all alike. What is shown is the median.

mod arguments;
mod compare;
mod contest;
mod input;
mod ours;
mod peers;
mod report;
mod workloads;

use std::process::ExitCode;

use arguments::Arguments;
use contest::{Contest, Outcome};
use hpc::Backend;
use peers::External;
use report::Report;
use workloads::Scale;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Arguments::parse(&arguments).and_then(|arguments| measure(&arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Measures the workloads asked for. An error if a peer fails or any of the results differ.
fn measure(arguments: &Arguments) -> Outcome {
    let backend = backend()?;
    let external = External::find();
    let mut report = Report::new(arguments);
    for make in arguments.workloads() {
        let workload = make(arguments.scale);
        let title = workload.terms.title.clone();
        println!("\n## {title}\n");
        let small = make(Scale::Quick).program;
        let contest = Contest::open(workload, small, backend, &external);
        match contest.and_then(|contest| contest.run(arguments.rounds)) {
            Ok(contest) => report.add(&contest),
            Err(error) => report.add_failure(&title, &error),
        }
    }
    report.finish()
}

/// The backend that `HPC_BACKEND` names, or the CPU's.
fn backend() -> Outcome<Backend> {
    let name = std::env::var("HPC_BACKEND").ok().filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "cpu".to_owned());
    Backend::from_name(&name).map_err(|error| {
        format!("bench: {error}; set HPC_BACKEND=gpu to measure the GPU backend in its place")
    })
}
