//! `cargo xtask bench cpu`: the CPU backend beside its peers, all in one run, all checked to compute the same.
//!
//! Each workload is measured in rounds: ours, then each peer, then the next round, so that whatever else the machine
//! does hits all alike. What is shown is the median.

mod contest;
mod peers;
mod report;
mod workloads;

use std::process::ExitCode;

use benches::Outcome;
use benches::arguments::{Arguments, Scale, Usage};
use contest::Contest;
use hpc::Backend;
use peers::External;
use report::Report;
use workloads::ALL;

const USAGE: Usage = Usage {
    help: "\
cargo xtask bench cpu [--quick] [--rounds N] [W1 ... W6, W8 ... W12]

    --quick      small sizes: shows that everything works; its figures mean nothing
    --rounds N   how often each contestant runs, warm-up aside (5)
    W1 ... W12   only these workloads (there is no W7: it is about GPUs)",
    workloads: &["W1", "W2", "W3", "W4", "W5", "W6", "W8", "W9", "W10", "W11", "W12"],
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match Arguments::parse(&arguments, USAGE).and_then(|arguments| measure(&arguments)) {
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
    for (_, make) in ALL.into_iter().filter(|(id, _)| arguments.wants(id)) {
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
