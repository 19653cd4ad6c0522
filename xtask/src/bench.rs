//! `cargo xtask bench`: how fast the compiler is, what a command costs to enqueue, what calls from Node cost, and how the
//! backends do beside their peers.

use crate::node::{self, Profile};
use crate::process::{Outcome, cargo, command, run as run_command, shown};

/// Runs the benchmarks of the compiler and the queue, one after the other, so that none disturbs another.
pub(crate) fn run() -> Outcome {
    measure("the compiler: time from text to artifact", "bench -p hpc-js-compiler --bench compile", &[])?;
    measure(
        "the queue: time to enqueue and to run many small commands",
        "run --release -p hpc-js --example enqueue",
        &[],
    )
}

/// Runs the CPU backend beside its peers; `words` are options and workloads, which that program understands.
pub(crate) fn cpu(words: &[&str]) -> Outcome {
    measure("the CPU backend beside its peers", "run --release -p hpc-benches --bin cpu --", words)
}

/// Runs the GPU backend beside WGSL written by hand, CUDA and Taichi; `words` as above.
pub(crate) fn gpu(words: &[&str]) -> Outcome {
    measure("the GPU backend beside its peers", "run --release -p hpc-benches --bin bench-gpu --", words)
}

/// Measures calls and transfers from Node beside the same transfers in Rust.
pub(crate) fn node() -> Outcome {
    node::build(Profile::Release)?;
    run_command(&mut cargo("build --release -p hpc-js --example latency"))?;
    println!("bench: calls from Node, and transfers beside Rust's");
    let program = node::target().join("release/examples/latency");
    let mut command = command("node", "packages/hpc.js/bench/calls.mjs");
    command.arg(program);
    run_command(&mut command)
}

fn measure(what: &str, arguments: &str, words: &[&str]) -> Outcome {
    let mut command = cargo(arguments);
    command.args(words);
    println!("bench: {what}\nbench: {}", shown(&command));
    run_command(&mut command)
}
