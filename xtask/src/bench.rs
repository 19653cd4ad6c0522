//! `cargo xtask bench`: how fast the compiler is, and what a command costs to enqueue.

use crate::process::{Outcome, cargo, run as run_command, shown};

/// Runs the benchmarks one after the other, so that none disturbs another.
pub(crate) fn run() -> Outcome {
    let benchmarks = [
        ("the compiler: time from text to artifact", "bench -p hpc-compiler"),
        (
            "the queue: time to enqueue and to run many small commands",
            "run --release -p hpc --example enqueue",
        ),
    ];
    for (what, arguments) in benchmarks {
        let mut command = cargo(arguments);
        println!("bench: {what}\nbench: {}", shown(&command));
        run_command(&mut command)?;
    }
    Ok(())
}
