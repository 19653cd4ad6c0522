//! The programs of the tutorial with a host in Rust: their kernels are taken from the JavaScript in `examples/js/`.
//!
//! `cargo run --release -p hpc-js --example demo -- --out DIR` paints pictures into DIR (`target/demo` if left out) and
//! prints a table. Its column `check` tells whether the device computes what Node computes from the same programs.
//! With `--explain` it also prints what the compiler found out about each kernel and chose for it.

mod balls;
mod check;
mod double;
mod heat;
mod julia;
mod program;
mod table;

// The replay of the conformance tests.
#[path = "../../tests/conformance/replay.rs"]
#[expect(dead_code, reason = "the tests report more of a failure")]
mod replay;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use hpc::{AdapterInfo, AdapterKind, Backend, GpuInterface};

use check::Checks;
use program::Outcome;
use table::Table;

/// Prints what the compiler found out and chose for each kernel.
const EXPLAIN: &str = "--explain";

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let folder = folder()?;
    std::fs::create_dir_all(&folder)?;
    pollster::block_on(run(&folder))
}

async fn run(folder: &Path) -> Result<ExitCode, Box<dyn Error>> {
    let gpu = GpuInterface::builder().build()?.initialize().await?;
    let info = gpu.adapter_info();
    println!("{}", describe(&gpu));
    let checks = Checks::record();
    let mut table = Table::new(
        ["program", "device", "compile", "run", "throughput", "check", "picture"],
        short_name(&info.name),
    );
    table.add("double", &double::run().await?, &checks.run("double").await, folder)?;
    table.add("julia", &julia::run().await?, &checks.run("julia").await, folder)?;
    table.add("heat", &heat::run().await?, &checks.run("heat").await, folder)?;
    table.add("balls", &balls::run().await?, &checks.run("balls").await, folder)?;
    println!();
    Ok(table.print())
}

/// Whether the compiler is to tell what it found out and chose.
fn explains() -> bool {
    std::env::args().any(|argument| argument == EXPLAIN)
}

/// The argument of `--out`.
fn folder() -> Result<PathBuf, String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != EXPLAIN).collect();
    match &arguments[..] {
        [] => Ok("target/demo".into()),
        [option, folder] if option == "--out" => Ok(folder.into()),
        _ => Err("usage: demo [--out DIR] [--explain]".into()),
    }
}

fn describe(gpu: &GpuInterface) -> String {
    let info = gpu.adapter_info();
    let kind = match info.kind {
        AdapterKind::Discrete => "a GPU with memory of its own",
        AdapterKind::Integrated => "a GPU that shares the CPU's memory",
        AdapterKind::Virtual => "a GPU of a virtual machine",
        AdapterKind::Software if gpu.backend_type() == Backend::Cpu => "every core of the CPU",
        AdapterKind::Software => {
            "no GPU but the CPU, by a driver that poses as one.\n\
             The results are those of a GPU; the times are not."
        }
        AdapterKind::Other => "of unknown kind",
    };
    let AdapterInfo { name, driver, api, .. } = info;
    format!("device: {name} ({api}, {driver}), {kind}")
}

/// The name without what drivers add in parentheses.
fn short_name(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name)
}
