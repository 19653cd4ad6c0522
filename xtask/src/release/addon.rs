//! `cargo xtask addon [PLATFORM]`: the addon of a platform, compiled for speed, as the package that is published.
//!
//! For Linux, `cargo-zigbuild` links with an old C library, so that the addon runs on old systems too; for others it takes a machine of theirs.

use std::path::{Path, PathBuf};

use super::{glibc, make_and_pack, zig};
use crate::node;
use crate::process::{Outcome, cargo, run as run_command};

/// A platform as Node spells it, and the target of Rust for it.
struct Platform {
    name: &'static str,
    target: &'static str,
}

const PLATFORMS: &[Platform] = &[
    Platform { name: "linux-x64-gnu", target: "x86_64-unknown-linux-gnu" },
    Platform { name: "linux-x64-musl", target: "x86_64-unknown-linux-musl" },
    Platform { name: "linux-arm64-gnu", target: "aarch64-unknown-linux-gnu" },
    Platform { name: "linux-arm64-musl", target: "aarch64-unknown-linux-musl" },
    Platform { name: "darwin-x64", target: "x86_64-apple-darwin" },
    Platform { name: "darwin-arm64", target: "aarch64-apple-darwin" },
    Platform { name: "win32-x64", target: "x86_64-pc-windows-msvc" },
    Platform { name: "win32-arm64", target: "aarch64-pc-windows-msvc" },
];

/// Builds and packs the addon of the platform `name`, or of this one.
pub(crate) fn run(name: Option<&str>) -> Outcome {
    let here = node::platform();
    let name = name.unwrap_or(&here);
    let names = || PLATFORMS.iter().map(|platform| platform.name).collect::<Vec<_>>().join(", ");
    let platform = PLATFORMS
        .iter()
        .find(|platform| platform.name == name)
        .ok_or_else(|| format!("addon: {name} is no platform with an addon; those are {}", names()))?;
    let addon = platform.build()?;
    if platform.is_gnu() {
        glibc::check(&addon)?;
    }
    make_and_pack(platform.name, &[Path::new(platform.name), &addon])
}

impl Platform {
    fn is_gnu(&self) -> bool {
        self.target.ends_with("-linux-gnu")
    }

    /// Compiles it and says where it is.
    fn build(&self) -> Outcome<PathBuf> {
        let target = self.target;
        let is_linux = target.contains("-linux-");
        let mut build = match (is_linux, self.is_gnu()) {
            (true, true) => zig(&format!("zigbuild --target {target}.{}", glibc::OLDEST))?,
            (true, false) => zig(&format!("zigbuild --target {target}"))?,
            (false, _) => cargo(&format!("build --target {target}")),
        };
        if is_linux && !self.is_gnu() {
            build.env("RUSTFLAGS", super::DYNAMIC_MUSL);
        }
        run_command(build.args(["--release", "-p", "hpc-node"]))?;
        let file = match () {
            () if target.contains("windows") => "hpc_node.dll",
            () if target.contains("apple") => "libhpc_node.dylib",
            () => "libhpc_node.so",
        };
        Ok(node::target().join(target).join("release").join(file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_knows_the_same_platforms() {
        let script = include_str!("../../../packages/hpc.js/platform.cjs");
        let list = script.split("const PLATFORMS = [").nth(1).and_then(|rest| rest.split("];").next());
        let known: Vec<&str> = list.unwrap_or_default().split('\'').skip(1).step_by(2).collect();
        assert_eq!(known, PLATFORMS.iter().map(|platform| platform.name).collect::<Vec<_>>());
        assert!(script.contains(&format!("const OLDEST_GLIBC = '{}'", glibc::OLDEST)));
    }
}
