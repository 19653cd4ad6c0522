//! `cargo xtask test`: every check and every test, one after the other.
//!
//! A step that fails does not keep the next from running; the table at the end shows them all.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::drivers::Driver;
use crate::process::{Outcome, cargo, command, root, run as run_command, run_and_look};
use crate::report::{Counts, Report};
use crate::{node, release, setup, site, tidy, web};

/// What to leave out.
pub(crate) struct Options {
    /// Leaves out formatting and lints.
    pub(crate) quick: bool,
}

/// The packages whose tests use a device and therefore run once on each driver.
const ON_DEVICES: &str = "-p hpc-js -p hpc-js-runtime";

/// Runs everything and prints the summary.
pub(crate) fn run(options: Options) -> Outcome {
    let mut report = Report::default();
    report.step("setup", |_| setup::run(setup::Purpose::Test));
    if !options.quick {
        report.step("format", |_| run_command(&mut cargo("fmt --all --check")));
        report.step("lints", |_| run_command(&mut cargo("clippy --workspace --all-targets -- -D warnings")));
        report.step("lints for browsers", |_| {
            let packages = "-p hpc-web -p hpc-web-compiler";
            run_command(&mut cargo(&format!(
                "clippy {packages} --target wasm32-unknown-unknown -- -D warnings"
            )))
        });
    }
    report.step("tidy", |_| tidy::run());
    // The oracle is the package's debug backend.
    report.step("build for Node", |_| node::build(node::Profile::Debug));
    report.step("oracle in Node", |counts| node_tests("tests/oracle", counts));
    report.step("workflows", |counts| node_tests("tests/workflows", counts));
    report.step("package for Node", package);
    report.step("build for browsers", |_| web::build(web::Profile::Web));
    report.step("package in a browser", |counts| tests(&mut node::browser_tests()?, counts));
    report.step("site", documentation_site);
    report.step("packages without a device", |counts| {
        tests(&mut cargo("test --no-fail-fast --workspace --exclude hpc-js --exclude hpc-js-runtime"), counts)
    });
    report.step("on lavapipe", |counts| {
        let driver = Driver::lavapipe().ok_or("lavapipe is not installed")?;
        on_device(ON_DEVICES, "gpu", Some(&driver), counts)
    });
    report.step("on swiftshader", on_swiftshader);
    report.step("GPU benchmark, small", gpu_benchmark);
    report.step("with few bindings a kernel", few_bindings);
    report.step("every run tuned", all_tuned);
    report.step("on the CPU", |counts| on_device("-p hpc-js", "cpu", None, counts));
    report.step("packed crates", |_| release::crates::run());
    report.step("documentation", |_| {
        run_command(cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
        release::api::check()
    });
    report.finish()
}

fn on_device(packages: &str, backend: &str, driver: Option<&Driver>, counts: &mut Counts) -> Outcome {
    let command = cargo(&format!("test --no-fail-fast {packages}"));
    tests(&mut without_choices(command, backend, driver), counts)
}

/// What the package for Node, which runs the whole corpus on this driver, does not run.
fn on_swiftshader(counts: &mut Counts) -> Outcome {
    let driver = Driver::swiftshader().ok_or("swiftshader is not installed")?;
    let command = cargo(&format!("test --no-fail-fast {ON_DEVICES}"));
    tests(without_choices(command, "gpu", Some(&driver)).env("HPC_CASE", "acceptance/"), counts)
}

/// The workloads of `cargo xtask bench gpu`, whose results are compared. How fast a driver for the CPU is does not matter.
fn gpu_benchmark(counts: &mut Counts) -> Outcome {
    let driver = Driver::lavapipe().ok_or("lavapipe is not installed")?;
    on_device("-p hpc-benches --test gpu", "gpu", Some(&driver), counts)
}

/// The corpus where nearly all buffers of an interface share a binding, as they do where devices bind few.
fn few_bindings(counts: &mut Counts) -> Outcome {
    let driver = Driver::lavapipe().ok_or("lavapipe is not installed")?;
    let corpus = cargo("test -p hpc-js --test conformance");
    tests(without_choices(corpus, "gpu", Some(&driver)).env("HPC_STORAGE_BUFFERS", "3"), counts)
}

/// The corpus and random kernels by the texts that otherwise only large runs on hardware get.
fn all_tuned(counts: &mut Counts) -> Outcome {
    let driver = Driver::lavapipe().ok_or("lavapipe is not installed")?;
    let kernels = cargo("test -p hpc-js --test conformance --test random_kernels");
    tests(without_choices(kernels, "gpu", Some(&driver)).env("HPC_TUNED", "always"), counts)
}

/// `command` on a backend and a driver: what the user has chosen for other runs does not count here.
fn without_choices(mut command: Command, backend: &str, driver: Option<&Driver>) -> Command {
    command
        .env_remove("HPC_ADAPTER")
        .env_remove("HPC_STORAGE_BUFFERS")
        .env_remove("HPC_TUNED")
        .env("HPC_BACKEND", backend);
    command.envs(driver.map(Driver::environment).unwrap_or_default());
    command
}

/// Tests of a folder that need nothing but Node. The files are named one by one, since versions of Node differ in what a folder means.
fn node_tests(folder: &str, counts: &mut Counts) -> Outcome {
    let files = test_files(&root().join(folder));
    if files.is_empty() {
        return Err(format!("{folder} holds no *.test.js or *.test.mjs"));
    }
    tests(command("node", "--test --test-reporter=spec").args(files), counts)
}

/// The npm package: its types, and its tests on the driver that runs every loop to its end.
fn package(counts: &mut Counts) -> Outcome {
    run_command(&mut node::types())?;
    let driver = Driver::swiftshader().ok_or("swiftshader is not installed")?;
    tests(&mut without_choices(node::tests()?, "gpu", Some(&driver)), counts)
}

/// The documentation site: its types, and its pages and programs in Chromium.
fn documentation_site(counts: &mut Counts) -> Outcome {
    run_command(&mut site::types())?;
    site::build()?;
    tests(&mut site::tests()?, counts)
}

fn test_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| [".test.js", ".test.mjs"].iter().any(|end| path.to_string_lossy().ends_with(end)));
    files.sort();
    files
}

fn tests(command: &mut Command, counts: &mut Counts) -> Outcome {
    run_and_look(command, |line| counts.add_line(line))
}
