//! The programs of `examples/`, which cargo builds with the tests, as jobs of several ranks.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Lets one job run at a time: ranks ask for messages again and again, and would take the cores from each other.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A program's binary.
pub(crate) fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let target = test.parent().and_then(|deps| deps.parent()).expect("cargo puts tests into deps/");
    target.join("examples").join(name)
}

/// A program by so many ranks, of which there may be more than cores.
pub(crate) fn mpiexec(ranks: u32, name: &str) -> Command {
    let mut command = Command::new("mpiexec");
    command.env("OMPI_ALLOW_RUN_AS_ROOT", "1").env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    command.env("HPC_BACKEND", backend());
    command.args(["--oversubscribe", "-n", &ranks.to_string()]).arg(program(name));
    command
}

/// Who executes the kernels: the CPU, if `HPC_BACKEND` does not say so.
pub(crate) fn backend() -> String {
    std::env::var("HPC_BACKEND").unwrap_or_else(|_| "cpu".into())
}
