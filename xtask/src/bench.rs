//! `cargo xtask bench`: how fast the compiler is, what a command costs to enqueue, and how the CPU backend does beside its peers.

use crate::process::{Outcome, cargo, run as run_command, shown};

/// Runs the benchmarks of the compiler and the queue, one after the other, so that none disturbs another.
pub(crate) fn run() -> Outcome {
    measure("the compiler: time from text to artifact", "bench -p hpc-compiler --bench compile", &[])?;
    measure(
        "the queue: time to enqueue and to run many small commands",
        "run --release -p hpc --example enqueue",
        &[],
    )
}

/// Runs the CPU backend beside its peers; `words` are options and workloads, which that program understands.
pub(crate) fn cpu(words: &[&str]) -> Outcome {
    measure("the CPU backend beside its peers", "run --release -p hpc-benches --bin cpu --", words)
}

fn measure(what: &str, arguments: &str, words: &[&str]) -> Outcome {
    let mut command = cargo(arguments);
    command.args(words);
    println!("bench: {what}\nbench: {}", shown(&command));
    run_command(&mut command)
}
