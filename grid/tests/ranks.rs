//! The programs of `examples/programs/`, by several ranks under `mpiexec`: what they compute is what an interface computes without a grid.

use std::path::PathBuf;
use std::process::{Command, Output};

/// The programs' binary, which cargo builds with the tests.
fn programs() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let target = test.parent().and_then(|deps| deps.parent()).expect("cargo puts tests into deps/");
    target.join("examples/programs")
}

/// Runs programs without a grid.
fn plain(arguments: &[&str]) -> Output {
    let mut command = Command::new(programs());
    finished(command.env("HPC_BACKEND", backend()).arg("--plain").args(arguments))
}

/// Runs programs by so many ranks, of which there may be more than cores.
fn by_ranks(ranks: u32, overlap: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("mpiexec");
    command.env("OMPI_ALLOW_RUN_AS_ROOT", "1").env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    command.env("HPC_BACKEND", backend()).env("HPC_GRID_OVERLAP", overlap).env("HPC_GRID_WAIT", "120");
    finished(command.args(["--oversubscribe", "-n", &ranks.to_string()]).arg(programs()).args(arguments))
}

/// Who executes the kernels: the CPU, if `HPC_BACKEND` does not say so.
fn backend() -> String {
    std::env::var("HPC_BACKEND").unwrap_or_else(|_| "cpu".into())
}

fn finished(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"))
}

fn text(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{errors}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn agree(ranks: u32, overlap: &str) {
    let expected = text(&plain(&[]));
    assert!(expected.lines().count() >= 15, "{expected}");
    assert_eq!(text(&by_ranks(ranks, overlap, &[])), expected);
}

#[test]
fn one_rank_computes_the_same() {
    agree(1, "never");
}

#[test]
fn two_ranks_compute_the_same() {
    agree(2, "never");
}

#[test]
fn three_ranks_compute_the_same() {
    agree(3, "never");
}

#[test]
fn four_ranks_compute_the_same_with_overlap() {
    agree(4, "always");
}

#[test]
fn six_ranks_compute_the_same() {
    agree(6, "never");
}

#[test]
fn six_ranks_compute_the_same_with_overlap() {
    agree(6, "always");
}
