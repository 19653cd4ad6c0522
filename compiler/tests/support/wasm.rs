//! Whether an engine takes a kernel's WebAssembly.

use artifact::Wasm;
use wasmparser::{Validator, WasmFeatures};

/// Validates both modules. Says what is wrong.
pub(crate) fn check(code: &Wasm) -> Result<(), String> {
    let modules = [Some(&code.common), code.general.as_ref()];
    modules.into_iter().flatten().try_for_each(|module| {
        let validated =
            Validator::new_with_features(WasmFeatures::WASM2 | WasmFeatures::THREADS).validate_all(module);
        validated.map(|_| ()).map_err(|error| format!("{error}\n{}", code.text))
    })
}
