//! The programs of `examples/programs/`, by several ranks under `mpiexec`: what they compute is what an interface computes without a grid.

mod support;

use std::process::Command;

use support::{alone, backend, mpiexec, program};

fn text(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{errors}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Those of `examples/grid/`.
const SHOWN: &[&str] = &["heat", "waves", "gray_scott", "lattice_boltzmann", "stencil"];

/// Compares programs by so many ranks with those without a grid: all on the CPU. A GPU's driver compiles every kernel for each rank, so many ranks
/// run some there.
fn agree(ranks: u32, (setting, value): (&str, &str)) {
    let _alone = alone();
    let few = backend() != "cpu" && ranks > 4;
    let names = if few { SHOWN } else { &[] };
    let mut plain = Command::new(program("programs"));
    let expected = text(plain.env("HPC_BACKEND", backend()).arg("--plain").args(names));
    assert_eq!(expected.lines().count(), if few { SHOWN.len() } else { 15 }, "{expected}");
    let mut job = mpiexec(ranks, "programs");
    assert_eq!(text(job.args(names).env(setting, value).env("HPC_GRID_WAIT", "120")), expected);
}

const IN_ORDER: (&str, &str) = ("HPC_GRID_OVERLAP", "never");
const OVERLAPPED: (&str, &str) = ("HPC_GRID_OVERLAP", "always");

#[test]
fn one_rank_computes_the_same() {
    agree(1, IN_ORDER);
}

#[test]
fn two_ranks_compute_the_same() {
    agree(2, IN_ORDER);
}

#[test]
fn three_ranks_compute_the_same() {
    agree(3, IN_ORDER);
}

#[test]
fn four_ranks_compute_the_same_with_overlap() {
    agree(4, OVERLAPPED);
}

#[test]
fn six_ranks_compute_the_same_with_overlap() {
    agree(6, OVERLAPPED);
}

#[test]
fn what_stays_within_its_halos_is_not_reported() {
    agree(3, ("HPC_GRID_DEBUG", "1"));
}
