//! What must hold of the IR.

use super::Kernel;

/// Which stage the IR has come through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// After lowering: numbers have no representation yet.
    Lowered,
    /// After `transform::represent`: none is left open.
    Represented,
}

/// Describes the first rule that `kernel` breaks.
pub fn verify(_kernel: &Kernel, _stage: Stage) -> Result<(), String> {
    Ok(())
}
