//! Short names for what a module imports: those of wasm-bindgen are long, and pages download each twice.

use std::fs;
use std::path::Path;

use walrus::ModuleConfig;

use crate::process::Outcome;

/// Renames the imports of the module at `wasm`, and the same in the JavaScript at `script`, which brings them.
pub(crate) fn shorten_imports(wasm: &Path, script: &Path) -> Outcome {
    let mut module = ModuleConfig::new()
        .generate_producers_section(false)
        .generate_name_section(false)
        .parse_file(wasm)
        .map_err(|error| format!("{}: {error:#}", wasm.display()))?;
    let mut text = fs::read_to_string(script).map_err(|error| format!("{}: {error}", script.display()))?;
    for (number, import) in module.imports.iter_mut().enumerate() {
        let key = |name: &str| format!("\n        {name}: function(");
        let short = format!("i{number}");
        if text.matches(&key(&import.name)).count() != 1 {
            return Err(format!("{} brings {} in another way now", script.display(), import.name));
        }
        text = text.replacen(&key(&import.name), &key(&short), 1);
        import.name = short;
    }
    module.emit_wasm_file(wasm).map_err(|error| format!("{}: {error:#}", wasm.display()))?;
    fs::write(script, text).map_err(|error| format!("{}: {error}", script.display()))
}
