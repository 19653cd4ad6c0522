//! `cargo xtask crates`: the crates as they are published, packed and used by an empty project that has no network.
//!
//! The project is `examples/starter/rust`. Its dependencies are the packed crates, unpacked, so whatever a crate needs and does not pack is missed.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::process::{Outcome, cargo, command, output_of, root, run as run_command, run_and_look};

/// The project that uses the crates.
const STARTER: &str = "examples/starter/rust";
/// What it prints.
const EXPECTED: &str = "[2.0, 4.0, 6.0, 8.0]";
/// Where all of this happens.
const FOLDER: &str = "target/crates";

/// A crate that is published.
struct Published {
    name: String,
    version: String,
}

impl Published {
    fn folder(&self) -> String {
        format!("{}-{}", self.name, self.version)
    }
}

/// Packs the crates, and runs the starter that depends on what was packed.
pub(crate) fn run() -> Outcome {
    let crates = published()?;
    pack(&crates)?;
    let folder = root().join(FOLDER);
    fs::remove_dir_all(&folder).ok();
    make_folder(&folder.join("src"))?;
    for packed in &crates {
        unpack(packed, &folder)?;
    }
    make_starter(&crates, &folder)?;
    let mut program = starter(&crates, &folder);
    let mut lines = Vec::new();
    run_and_look(&mut program, |line| lines.push(line.to_owned()))?;
    match lines == [EXPECTED] {
        true => {
            println!("crates: the starter runs with {} packed crates", crates.len());
            Ok(())
        }
        false => Err(format!("the starter printed {lines:?}, not {EXPECTED}")),
    }
}

/// The crates of the workspace that may be published.
fn published() -> Outcome<Vec<Published>> {
    let metadata = output_of(&mut cargo("metadata --no-deps --format-version 1"));
    let metadata: Value =
        metadata.and_then(|text| serde_json::from_str(&text).ok()).ok_or("`cargo metadata` failed")?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let published = packages.filter(|package| package["publish"].is_null());
    Ok(published
        .map(|package| Published { name: text(&package["name"]), version: text(&package["version"]) })
        .collect())
}

/// Packs what `cargo publish --workspace` would upload. It is compiled from what was unpacked, so not here.
fn pack(crates: &[Published]) -> Outcome {
    let mut pack = cargo("package --quiet --offline --no-verify --allow-dirty");
    pack.args(crates.iter().flat_map(|packed| ["-p", &packed.name]))
        .env("CARGO_TARGET_DIR", root().join("target"));
    run_command(&mut pack)
}

/// Unpacks a crate, its files as new as they are: in archives all are of one old date, by which Cargo would take changed ones for compiled.
fn unpack(packed: &Published, folder: &Path) -> Outcome {
    let archive = format!("target/package/{}.crate", packed.folder());
    run_command(command("tar", &format!("-xzmf {archive} -C")).arg(folder))
}

/// The starter with the packed crates in the place of the registry's, and the versions of all others that the workspace has.
fn make_starter(crates: &[Published], folder: &Path) -> Outcome {
    let read = |path: &str| fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"));
    let write = |path: &str, text: String| {
        fs::write(folder.join(path), text).map_err(|error| format!("{FOLDER}/{path}: {error}"))
    };
    let patches =
        crates.iter().map(|packed| format!("{} = {{ path = \"{}\" }}\n", packed.name, packed.folder()));
    let patches: String = patches.collect();
    let manifest = read(&format!("{STARTER}/Cargo.toml"))?;
    write("Cargo.toml", format!("{manifest}\n[workspace]\n\n[patch.crates-io]\n{patches}"))?;
    write("src/main.rs", read(&format!("{STARTER}/src/main.rs"))?)?;
    write("Cargo.lock", read("Cargo.lock")?)
}

/// Runs it on the CPU, which every machine has. It is compiled as the workspace is, so that crates of others are compiled once.
fn starter(crates: &[Published], folder: &Path) -> Command {
    let target = crate::node::target();
    let mut program = cargo("run --quiet --offline");
    program.current_dir(folder).env("CARGO_TARGET_DIR", target).env("HPC_BACKEND", "cpu");
    let mut configure = |setting: String| {
        program.arg("--config").arg(format!("profile.dev.{setting}"));
    };
    configure("debug='line-tables-only'".to_owned());
    configure("package.'*'.opt-level=2".to_owned());
    configure("package.'*'.debug=false".to_owned());
    for packed in crates {
        configure(format!("package.{}.opt-level=0", packed.name));
    }
    program
}

fn make_folder(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}
