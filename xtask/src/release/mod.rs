//! What is published: crates, the npm package, its addons for each platform.

pub(crate) mod addon;
pub(crate) mod api;
pub(crate) mod crates;
mod glibc;
pub(crate) mod platforms;

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{Outcome, command, output_of, root, run as run_command};
use crate::{node, web};

/// Where npm packages are made.
const OUTPUT: &str = "target/npm";

/// For addons on musl: a library that Node loads uses the C library that Node has.
const DYNAMIC_MUSL: &str = "-C target-feature=-crt-static";

/// `cargo xtask package`: the npm package, without addons, as it is published.
pub(crate) fn package() -> Outcome {
    if !node::has_modules() {
        run_command(&mut node::install_modules())?;
    }
    web::build(web::Profile::Web)?;
    run_command(&mut node::make_scripts())?;
    make_and_pack("hpc.js", &[])
}

/// `cargo-zigbuild`, a cargo that compiles and links C for other systems by what the wheel `ziglang` brings.
fn zig(arguments: &str) -> Outcome<Command> {
    let program = "cargo-zigbuild";
    match output_of(&mut command(program, "--version")) {
        Some(_) => Ok(command(program, arguments)),
        None => Err(format!("{program} is needed: `pip install {program} ziglang`")),
    }
}

/// Makes one of the packages, for which the script wants these words, and packs it.
fn make_and_pack(name: &str, words: &[&Path]) -> Outcome {
    fs::create_dir_all(root().join(OUTPUT)).map_err(|error| format!("{OUTPUT}: {error}"))?;
    let script = format!("{}/scripts/packages.mjs {OUTPUT}", node::PACKAGE);
    run_command(command("node", &script).args(words))?;
    run_command(&mut command("npm", &format!("pack ./{OUTPUT}/{name} --pack-destination {OUTPUT}")))
}
