//! `cargo xtask grid`: the crate `hpc-grid`, which nobody else needs, since it needs MPI.

use crate::process::{Outcome, cargo, run as run_command};
use crate::setup;

/// Installs what is missing, builds the crate and runs its tests on the CPU, or on what `HPC_BACKEND` says.
pub(crate) fn run() -> Outcome {
    setup::run(setup::Purpose::Grid)?;
    run_command(&mut cargo("test -p hpc-grid"))
}
