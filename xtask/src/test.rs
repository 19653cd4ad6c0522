//! `cargo xtask test`: every check and every test.
//!
//! A step that fails does not keep the next from running; the table at the end shows them all. Everything is compiled once: Cargo picks the features
//! of dependencies for all packages that a command names, so every command names the whole workspace, and tests are picked by their names.
//! Steps that leave a core idle run beside others.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::drivers::Driver;
use crate::process::{Outcome, cargo, command, root, run as run_command, run_and_look};
use crate::report::{Counts, Report};
use crate::{node, release, setup, site, tidy, web};

/// What to leave out.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    /// Leaves out formatting and lints.
    pub(crate) quick: bool,
}

/// Runs everything and prints the summary.
pub(crate) fn run(options: Options) -> Outcome {
    let mut report = Report::default();
    // The whole workspace is built, and one crate of it against MPI.
    report.step("MPI", |_| setup::run(setup::Purpose::Grid));
    report.side_by_side(
        |report| report.step("build", |_| run_command(&mut cargo("build --workspace --lib --tests"))),
        |report| report.step("setup", |_| setup::run(setup::Purpose::Suite)),
    );
    // The oracle is the package's debug backend.
    report.step("addon and scripts", |_| node::put_together(node::Profile::Debug));
    report.side_by_side(
        |report| {
            if !options.quick {
                lints(report);
            }
            report.step("tidy", |_| tidy::run());
        },
        |report| {
            report.step("build for browsers", |_| web::build(web::Profile::Web));
            report.step("oracle in Node", |counts| node_tests("tests/oracle", counts));
            report.step("workflows", |counts| node_tests("tests/workflows", counts));
            report.step("package for Node", package);
        },
    );
    report.side_by_side(tests_in_rust, |report| {
        report.step("package in a browser", |counts| tests(&mut node::browser_tests()?, counts));
        report.step("site", documentation_site);
    });
    report.finish()
}

fn lints(report: &mut Report) {
    report.step("format", |_| run_command(&mut cargo("fmt --all --check")));
    report.step("lints", |_| run_command(&mut cargo("clippy --workspace --all-targets -- -D warnings")));
    report.step("lints for browsers", |_| {
        let packages = "-p hpc-web -p hpc-web-compiler";
        run_command(&mut cargo(&format!("clippy {packages} --target wasm32-unknown-unknown -- -D warnings")))
    });
}

fn tests_in_rust(report: &mut Report) {
    report.step("workspace, on lavapipe", |counts| on_lavapipe("--no-fail-fast", &[], counts));
    report.step("on swiftshader", on_swiftshader);
    report.step("GPU benchmark, small", |counts| on_lavapipe("--test workloads", &[], counts));
    report.step("with few bindings a kernel", |counts| {
        on_lavapipe("--test conformance", &[("HPC_STORAGE_BUFFERS", "3")], counts)
    });
    report.step("every run tuned", |counts| {
        on_lavapipe("--test conformance --test random_kernels", &[("HPC_TUNED", "always")], counts)
    });
    report.step("on the CPU", on_the_cpu);
    report.step("packed crates", |_| release::crates::run());
    report.step("documentation", |_| {
        run_command(cargo("doc --workspace --no-deps").env("RUSTDOCFLAGS", "-D warnings"))?;
        release::api::check()
    });
}

/// Those tests of the workspace that `which` says. With few bindings, nearly all buffers of an interface share one; tuned, runs take the variants
/// that otherwise only large runs on hardware get.
fn on_lavapipe(which: &str, settings: &[(&str, &str)], counts: &mut Counts) -> Outcome {
    let driver = Driver::lavapipe().ok_or("lavapipe is not installed")?;
    let command = cargo(&format!("test --workspace {which}"));
    tests(without_choices(command, "gpu", Some(&driver)).envs(settings.iter().copied()), counts)
}

/// What uses a device and is not run on this driver by the package for Node, which runs the whole corpus.
fn on_swiftshader(counts: &mut Counts) -> Outcome {
    let driver = Driver::swiftshader().ok_or("swiftshader is not installed")?;
    let names = [integration_tests("hpc")?, integration_tests("runtime")?].concat();
    let command = cargo(&format!("test --workspace --no-fail-fast --lib {}", names.join(" ")));
    tests(without_choices(command, "gpu", Some(&driver)).env("HPC_CASE", "acceptance/"), counts)
}

/// What uses a device through the public crate, whose examples are tests, too, and grids.
fn on_the_cpu(counts: &mut Counts) -> Outcome {
    let names = [integration_tests("hpc")?, integration_tests("grid")?].concat().join(" ");
    let named = cargo(&format!("test --workspace --no-fail-fast {names}"));
    let examples = cargo("test --workspace --no-fail-fast --doc");
    let done = tests(&mut without_choices(named, "cpu", None), counts);
    done.and(tests(&mut without_choices(examples, "cpu", None), counts))
}

/// Cargo's options that name the integration tests of the package in `folder`, and others of the same names.
fn integration_tests(folder: &str) -> Outcome<Vec<String>> {
    let folder = root().join(folder).join("tests");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "rs") || path.join("main.rs").exists());
    paths.sort();
    let name = |path: PathBuf| format!("--test {}", path.file_stem().unwrap_or_default().to_string_lossy());
    Ok(paths.into_iter().map(name).collect())
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

fn test_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries.map(|entry| entry.path()).collect();
    files.retain(|path| [".test.js", ".test.mjs"].iter().any(|end| path.to_string_lossy().ends_with(end)));
    files.sort();
    files
}

fn tests(command: &mut Command, counts: &mut Counts) -> Outcome {
    run_and_look(command, |line| counts.add_line(line))
}
