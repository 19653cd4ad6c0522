//! The npm package: what it needs, how it is built, its tests and examples.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process::{Outcome, cargo, command, root, run as run_command};

/// The folder of the package.
pub(crate) const PACKAGE: &str = "packages/hpc.js";

/// How the addon is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quickly, with checks.
    Debug,
    /// For speed.
    Release,
}

/// Whether `npm ci` has installed what the lock file asks for.
pub(crate) fn has_modules() -> bool {
    let installed = modified("node_modules/.package-lock.json");
    installed.is_some() && installed >= modified("package-lock.json")
}

/// Installs what the lock file asks for.
pub(crate) fn install_modules() -> Command {
    command("npm", "ci --no-fund --no-audit")
}

/// Builds the addon and puts it into the package, whose TypeScript becomes JavaScript.
pub(crate) fn build(profile: Profile) -> Outcome {
    run_command(&mut match profile {
        Profile::Debug => cargo("build -p hpc-node"),
        Profile::Release => cargo("build -p hpc-node --release"),
    })?;
    put_together(profile)
}

/// Puts the addon that was built into the package, whose TypeScript becomes JavaScript.
pub(crate) fn put_together(profile: Profile) -> Outcome {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "release",
    };
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let built = target().join(folder).join(format!("{prefix}hpc_node{suffix}"));
    let addon = root().join(PACKAGE).join(format!("hpc.{}.node", platform()));
    // A process may have mapped the old file: it is replaced, not overwritten.
    fs::remove_file(&addon).ok();
    fs::copy(&built, &addon).map_err(|error| format!("{} cannot be copied: {error}", built.display()))?;
    run_command(&mut make_scripts())
}

/// Whether the package's TypeScript has been made JavaScript, if not of late.
pub(crate) fn has_scripts() -> bool {
    modified(&format!("{PACKAGE}/cjs/package.json")).is_some()
}

/// Makes the package's TypeScript JavaScript, which the oracle needs too.
pub(crate) fn make_scripts() -> Command {
    command("npm", &format!("run --silent build --prefix {PACKAGE}"))
}

/// The package's test files, each a process of its own in the package's folder.
pub(crate) fn tests() -> Outcome<Command> {
    tests_in(&format!("{PACKAGE}/test"), "--expose-gc")
}

/// Those that run in a browser, which would otherwise be waited for without end if it hangs.
pub(crate) fn browser_tests() -> Outcome<Command> {
    tests_in(&format!("{PACKAGE}/test/browser"), "--test-timeout=1500000")
}

/// The test files of a folder, each a process of its own, one after the other.
pub(crate) fn tests_in(folder: &str, option: &str) -> Outcome<Command> {
    let mut files = entries(folder)?;
    files.retain(|path| path.to_string_lossy().ends_with(".test.mjs"));
    let mut command = command("node", &format!("{option} --test --test-reporter=spec --test-concurrency=1"));
    command.args(files);
    Ok(command)
}

/// The checks of the package's types.
pub(crate) fn types() -> Command {
    command("npm", &format!("run --silent types --prefix {PACKAGE}"))
}

/// The example programs, each with the name of the picture it may draw.
pub(crate) fn examples(pictures: &str) -> Outcome<Vec<Command>> {
    let program = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let mut command = command("node", "");
        command.arg(path).arg(format!("{pictures}/node-{name}.png"));
        command
    };
    Ok(entries("examples/node")?.iter().map(program).collect())
}

fn entries(folder: &str) -> Outcome<Vec<PathBuf>> {
    let listed = fs::read_dir(root().join(folder)).map_err(|error| format!("{folder}: {error}"))?;
    let mut paths: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target))
}

/// The platform as Node spells it, and as `addon.cjs` looks for it.
pub(crate) fn platform() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    let library = match () {
        () if cfg!(target_env = "musl") => "-musl",
        () if cfg!(target_os = "linux") => "-gnu",
        () => "",
    };
    format!("{system}-{processor}{library}")
}

fn modified(path: &str) -> Option<std::time::SystemTime> {
    fs::metadata(root().join(path)).ok()?.modified().ok()
}
