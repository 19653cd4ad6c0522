//! `cargo xtask web`: the WebAssembly that browsers download, and the JavaScript that loads it.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::node;
use crate::process::{Outcome, cargo, command, root, run as run_command};

/// Where the package holds it.
pub(crate) const OUTPUT: &str = "packages/hpc.js/web";

/// What Chromium, Firefox and Safari of the last years understand. With all features, newer encodings would appear that they do not.
const OPTIMIZE: &str = "-Oz --enable-bulk-memory --enable-sign-ext --enable-mutable-globals \
     --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue";

/// How it is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly, with checks, and many times larger.
    Debug,
    /// As small as can be.
    Web,
}

/// Builds it, unless it is there and nothing has changed.
pub(crate) fn build(profile: Profile) -> Outcome {
    let (name, folder) = match profile {
        Profile::Debug => ("dev", "debug"),
        Profile::Web => ("web", "web"),
    };
    run_command(&mut cargo(&format!("build -p hpc-web --target wasm32-unknown-unknown --profile {name}")))?;
    let built = node::target().join("wasm32-unknown-unknown").join(folder).join("hpc_web.wasm");
    let source = root().join(OUTPUT).join("source.txt");
    let stamp = stamp(&built)?;
    if fs::read_to_string(&source).is_ok_and(|text| text == stamp) {
        return Ok(());
    }
    let bound = bind(&built)?;
    let wasm = bound.join("hpc_web_bg.wasm");
    if profile == Profile::Web {
        let mut optimizer = command("node", "node_modules/binaryen/bin/wasm-opt");
        optimizer.arg(&wasm).arg("-o").arg(&wasm).args(OPTIMIZE.split_whitespace());
        run_command(&mut optimizer)?;
    }
    for name in ["hpc_web.js", "hpc_web_bg.wasm"] {
        let (from, to) = (bound.join(name), root().join(OUTPUT).join(name));
        fs::copy(&from, &to).map_err(|error| format!("{} cannot be copied: {error}", from.display()))?;
    }
    fs::write(source, stamp).map_err(|error| format!("{OUTPUT} cannot be written to: {error}"))
}

/// Whether it was ever built as browsers are to get it.
pub(crate) fn is_built() -> bool {
    fs::read_to_string(root().join(OUTPUT).join("source.txt")).is_ok_and(|text| text.starts_with("web "))
}

/// Which build a file is: its folder, which is that of the profile, its size and its age.
fn stamp(built: &Path) -> Outcome<String> {
    let failed = |error: std::io::Error| format!("{}: {error}", built.display());
    let metadata = fs::metadata(built).map_err(failed)?;
    let folder = built.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let modified = metadata.modified().map_err(failed)?;
    let age = modified.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{folder} {} {}", metadata.len(), age.as_nanos()))
}

/// Writes the JavaScript that loads the module, and the module as it wants it; returns their folder.
fn bind(built: &Path) -> Outcome<PathBuf> {
    let folder = node::target().join("web");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(built).typescript(false).remove_name_section(true).remove_producers_section(true);
    // Who loads it says where the module is.
    bindgen.omit_default_module_path(true);
    let generated = bindgen.web(true).and_then(|bindgen| bindgen.generate(&folder));
    generated.map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    Ok(folder)
}
