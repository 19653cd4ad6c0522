//! Panics as traps, for modules of which nobody asks why they stopped: what makes messages of panics is a seventh of such a module.

use std::path::Path;

use walrus::ir::{Instr, InstrLocId, Unreachable};
use walrus::{FunctionKind, Module};

use crate::process::Outcome;

/// Parts of the names of functions that never return, in the standard library.
const PANICS: [&str; 9] = [
    "9panicking",
    "6option13expect_failed",
    "6option13unwrap_failed",
    "6result13unwrap_failed",
    "5slice5index16slice_index_fail",
    "15copy_from_slice_impl17len_mismatch_fail",
    "7raw_vec12handle_error",
    "17capacity_overflow",
    "18handle_alloc_error",
];

/// Writes the module at `from`, in which every panic is a trap, to `to`. An optimizer then finds that little of a panic is needed.
pub(crate) fn replace_panics(from: &Path, to: &Path) -> Outcome {
    let failed = |error| format!("{}: {error:#}", from.display());
    let mut module = Module::from_file(from).map_err(failed)?;
    let is_panic = |name: &str| PANICS.iter().any(|part| name.contains(part));
    let panics = module.funcs.iter_mut().filter(|function| function.name.as_deref().is_some_and(is_panic));
    let mut count = 0;
    for function in panics {
        if let FunctionKind::Local(function) = &mut function.kind {
            let entry = function.entry_block();
            function.block_mut(entry).instrs =
                vec![(Instr::Unreachable(Unreachable {}), InstrLocId::default())];
            count += 1;
        }
    }
    if count == 0 {
        return Err(format!(
            "{} has no panics, or the standard library calls them otherwise now",
            from.display()
        ));
    }
    module.emit_wasm_file(to).map_err(failed)
}
