//! `cargo xtask demo`: everything from a fresh machine to pictures on the disk.

use crate::drivers;
use crate::process::{Outcome, cargo, run as run_command};
use crate::{node, setup};

const PICTURES: &str = "target/demo";

/// Sets up, builds and runs the example programs on the best device there is.
pub(crate) fn run() -> Outcome {
    setup::run(setup::Purpose::Demo)?;
    let mut programs = cargo("run --release -p hpc --example demo -- --out");
    programs.arg(PICTURES);
    if !drivers::has_gpu() {
        println!("demo: no GPU found, so every core of the CPU computes");
    }
    run_command(&mut programs)?;
    println!("demo: the same programs in JavaScript, from Node");
    node::build(node::Profile::Release)?;
    for mut program in node::examples(PICTURES)? {
        run_command(&mut program)?;
    }
    println!("demo: the pictures are in {PICTURES}/");
    Ok(())
}
