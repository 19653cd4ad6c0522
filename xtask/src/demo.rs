//! `cargo xtask demo`: everything from a fresh machine to pictures on the disk.

use std::process::Command;

use crate::drivers;
use crate::process::{Outcome, cargo, run as run_command};
use crate::{node, setup};

const PICTURES: &str = "target/demo";

/// Sets up, builds and runs the example programs on the best device there is; `explain`: with what the compiler chose.
pub(crate) fn run(explain: bool) -> Outcome {
    setup::run(setup::Purpose::Demo)?;
    let mut programs = cargo("run --release -p hpc-js --example demo -- --out");
    programs.arg(PICTURES).args(explain.then_some("--explain"));
    if !drivers::has_gpu() {
        println!("demo: no GPU found, so every core of the CPU computes");
    }
    run_command(quietly(&mut programs))?;
    println!("demo: the same programs in JavaScript, from Node");
    node::build(node::Profile::Release)?;
    for mut program in node::examples(PICTURES)? {
        run_command(quietly(&mut program))?;
    }
    println!("demo: the pictures are in {PICTURES}/");
    Ok(())
}

/// Without this directory Mesa's drivers complain at every start.
fn quietly(command: &mut Command) -> &mut Command {
    command.env("XDG_RUNTIME_DIR", drivers::runtime_directory())
}
