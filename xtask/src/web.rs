//! `cargo xtask web`: the WebAssembly that browsers download, and the JavaScript that loads it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::names;
use crate::node;
use crate::process::{Outcome, cargo, command, root, run as run_command};

/// Where the package holds it.
pub(crate) const OUTPUT: &str = "packages/hpc.js/web";

/// What Chromium, Firefox and Safari of the last years understand. With all features, newer encodings would appear that they do not.
const OPTIMIZE: &str = "-Oz --enable-bulk-memory --enable-sign-ext --enable-mutable-globals \
     --enable-nontrapping-float-to-int --enable-reference-types --enable-multivalue";

/// What a page may download.
const MODULES: [Module; 3] = [
    Module { name: "hpc_web", package: "hpc-web", library: "hpc_web" },
    Module { name: "hpc_compiler_gpu", package: "hpc-web-compiler", library: "hpc_web_compiler" },
    Module {
        name: "hpc_compiler_cpu",
        package: "hpc-web-compiler --features cpu",
        library: "hpc_web_compiler",
    },
];

/// How it is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly, with checks, and many times larger.
    Debug,
    /// As small as can be.
    Web,
}

impl Profile {
    /// Its name for cargo, and that of its folder.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Debug => ("dev", "debug"),
            Self::Web => ("web", "web"),
        }
    }
}

/// Builds it, unless it is there and nothing has changed.
pub(crate) fn build(profile: Profile) -> Outcome {
    MODULES.iter().try_for_each(|module| module.build(profile))
}

/// Whether it was ever built as browsers are to get it.
pub(crate) fn is_built() -> bool {
    let is_built = |text: String| text.starts_with("web ");
    MODULES.iter().all(|module| fs::read_to_string(module.stamp_file()).is_ok_and(is_built))
}

/// A file of WebAssembly.
struct Module {
    /// What it is called.
    name: &'static str,
    /// The crate, with its features.
    package: &'static str,
    /// What cargo makes of the crate.
    library: &'static str,
}

impl Module {
    fn build(&self, profile: Profile) -> Outcome {
        let (name, folder) = profile.names();
        let arguments = format!("build -p {} --target wasm32-unknown-unknown --profile {name}", self.package);
        run_command(cargo(&arguments).env("CARGO_ENCODED_RUSTFLAGS", without_paths()))?;
        let target = node::target().join("wasm32-unknown-unknown").join(folder);
        let built = target.join(self.library).with_extension("wasm");
        let stamp = stamp(&built)?;
        if fs::read_to_string(self.stamp_file()).is_ok_and(|text| text == stamp) {
            return Ok(());
        }
        let made = self.bind(&built)?;
        if let (Profile::Web, Some(wasm)) = (profile, made.last()) {
            let mut optimizer = command("node", "node_modules/binaryen/bin/wasm-opt");
            optimizer.arg(wasm).arg("-o").arg(wasm).args(OPTIMIZE.split_whitespace());
            run_command(&mut optimizer)?;
        }
        for from in made {
            let to = root().join(OUTPUT).join(from.file_name().unwrap_or_default());
            fs::copy(&from, &to).map_err(|error| format!("{} cannot be copied: {error}", from.display()))?;
        }
        fs::write(self.stamp_file(), stamp).map_err(|error| format!("{OUTPUT} cannot be written to: {error}"))
    }

    /// Which build of it the package holds.
    fn stamp_file(&self) -> PathBuf {
        root().join(OUTPUT).join(self.name).with_extension("txt")
    }

    /// Writes the JavaScript that loads the module, and the module as it wants it; returns both.
    fn bind(&self, built: &Path) -> Outcome<Vec<PathBuf>> {
        let folder = folder();
        let mut bindgen = Bindgen::new();
        bindgen.input_path(built).out_name(self.name).typescript(false);
        bindgen.remove_name_section(true).remove_producers_section(true);
        // Who loads it says where the module is.
        bindgen.omit_default_module_path(true);
        let generated = bindgen.web(true).and_then(|bindgen| bindgen.generate(&folder));
        generated.map_err(|error| format!("wasm-bindgen: {error:#}"))?;
        let script = folder.join(self.name).with_extension("js");
        let wasm = folder.join(format!("{}_bg.wasm", self.name));
        names::shorten_imports(&wasm, &script)?;
        Ok(vec![script, wasm])
    }
}

/// Where modules are put together.
fn folder() -> PathBuf {
    node::target().join("web")
}

/// Panics tell where in the source they are: without the folders of the machine that builds, which are nobody's business, and long.
fn without_paths() -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo"))).unwrap_or_default();
    let flags = [home, root()].map(|folder| format!("--remap-path-prefix={}=", folder.display()));
    flags.join("\u{1f}")
}

/// Which build a file is: its folder, which is that of the profile, its size and its age, and the age of this program, which goes on from there.
fn stamp(built: &Path) -> Outcome<String> {
    let metadata = |file: &Path| fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()));
    let age = |file: &Path| {
        let modified = metadata(file)?.modified().map_err(|error| error.to_string())?;
        Ok::<_, String>(modified.duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_nanos())
    };
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let folder = built.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    Ok(format!("{folder} {} {} {}", metadata(built)?.len(), age(built)?, age(&this)?))
}
