//! Panics as traps, for modules of which nobody asks why they stopped: what makes messages of panics is a seventh of such a module.

use std::path::Path;

use walrus::ir::{Instr, InstrLocId, Unreachable};
use walrus::{FunctionKind, Module};

use crate::process::Outcome;

/// Parts of the names of functions of the standard library that panics go through.
const PANICS: [&str; 8] = [
    "4core9panicking",
    "13expect_failed",
    "13unwrap_failed",
    "13assert_failed",
    "16slice_index_fail",
    "20copy_from_slice_impl17len_mismatch_fail",
    "17capacity_overflow",
    "18handle_alloc_error",
];

/// Writes the module at `from`, in which every panic is a trap, to `to`. An optimizer then finds that little of a panic is needed.
pub(crate) fn replace_panics(from: &Path, to: &Path) -> Outcome {
    let failed = |error| format!("{}: {error:#}", from.display());
    let mut module = Module::from_file(from).map_err(failed)?;
    for part in PANICS {
        let is_panic = |name: &str| name.contains(part);
        let mut panics = module
            .funcs
            .iter_mut()
            .filter(|function| function.name.as_deref().is_some_and(is_panic))
            .peekable();
        if panics.peek().is_none() {
            return Err(format!("{}: the standard library calls `{part}` otherwise now", from.display()));
        }
        for function in panics {
            if let FunctionKind::Local(function) = &mut function.kind {
                let entry = function.entry_block();
                function.block_mut(entry).instrs =
                    vec![(Instr::Unreachable(Unreachable {}), InstrLocId::default())];
            }
        }
    }
    module.emit_wasm_file(to).map_err(failed)
}
