//! `cargo xtask demo`: everything from a fresh machine to pictures on the disk.

use crate::drivers::{self, Driver};
use crate::process::{Outcome, cargo, run as run_command};
use crate::{node, setup};

const PICTURES: &str = "target/demo";

/// Sets up, builds and runs the example programs on the best device there is.
pub(crate) fn run() -> Outcome {
    setup::run(setup::Purpose::Demo)?;
    let mut programs = cargo("run --release -p hpc --example demo -- --out");
    programs.arg(PICTURES);
    let driver = software_driver();
    match &driver {
        None => println!("demo: on the best device that Vulkan offers"),
        Some(driver) => println!("demo: no GPU found, computing on the CPU through {}", driver.name),
    }
    let environment = driver.map(|driver| driver.environment()).unwrap_or_default();
    run_command(programs.envs(environment.clone()))?;
    println!("demo: the same programs in JavaScript, from Node");
    node::build(node::Profile::Release)?;
    for mut program in node::examples(PICTURES)? {
        run_command(program.envs(environment.clone()))?;
    }
    println!("demo: the pictures are in {PICTURES}/");
    Ok(())
}

/// The driver to run on where there is no GPU: SwiftShader if it is here, since it runs every loop to its end.
fn software_driver() -> Option<Driver> {
    if drivers::has_gpu() { None } else { Driver::swiftshader().or_else(Driver::lavapipe) }
}
