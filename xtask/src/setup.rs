//! What the commands need besides Rust, and how it gets onto the machine.
//!
//! Each need is looked for by itself and only what is missing is installed, so an interrupted run goes on where it
//! left off, and a run that finds everything does nothing. Looking costs a few file accesses and one start of Node.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::drivers::Driver;
use crate::process::{Outcome, cargo, command, output_of, run as run_command, shown};
use crate::{node, web};

/// What the needs are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// `cargo xtask demo`.
    Demo,
    /// `cargo xtask test`, which builds what pages load by itself.
    Suite,
    /// The crate `hpc-grid`.
    Grid,
    /// Everything else.
    Test,
}

/// Something a command cannot do without.
struct Need {
    name: &'static str,
    why: &'static str,
    source: Source,
    /// Whether the demo needs it too.
    demo: bool,
    is_present: fn() -> bool,
}

/// Where a need is got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A package of Debian and its kin.
    Package(&'static str),
    /// A component of the Rust toolchain.
    Component(&'static str),
    /// A target of the Rust toolchain.
    Target(&'static str),
    /// The npm packages of a lock file.
    Modules(&'static str),
    /// What TypeScript makes of this folder.
    Scripts(&'static str),
    /// The WebAssembly in this folder.
    Web(&'static str),
}

const NEEDS: &[Need] = &[
    Need {
        name: "the Vulkan loader",
        why: "it finds the GPU",
        source: Source::Package("libvulkan1"),
        demo: true,
        is_present: has_vulkan_loader,
    },
    Need {
        name: "lavapipe",
        why: "a Vulkan driver that computes on the CPU, to test the GPU backend with",
        source: Source::Package("mesa-vulkan-drivers"),
        demo: false,
        is_present: || Driver::lavapipe().is_some(),
    },
    Need {
        name: "SwiftShader",
        why: "a second Vulkan driver to compare with; it comes with Chromium, which the package is tested in",
        source: Source::Package("chromium"),
        demo: false,
        is_present: || Driver::swiftshader().is_some(),
    },
    Need {
        name: "Node 20 or newer",
        why: "it runs kernels as plain JavaScript, which tests compare with, and the package hpc.js",
        source: Source::Package("nodejs"),
        demo: true,
        is_present: has_node,
    },
    Need {
        name: "npm",
        why: "it installs what the package hpc.js is built with",
        source: Source::Package("npm"),
        demo: true,
        is_present: || output_of(&mut command("npm", "--version")).is_some(),
    },
    Need {
        name: "node_modules",
        why: "the package hpc.js is built with TypeScript",
        source: Source::Modules("package-lock.json"),
        demo: true,
        is_present: node::has_modules,
    },
    Need {
        name: "the package hpc.js in JavaScript",
        why: "its debug backend is the oracle",
        source: Source::Scripts("packages/hpc.js"),
        demo: true,
        is_present: node::has_scripts,
    },
    Need {
        name: "the target wasm32-unknown-unknown",
        why: "the package for browsers is WebAssembly",
        source: Source::Target("wasm32-unknown-unknown"),
        demo: false,
        is_present: || in_toolchain("lib/rustlib/wasm32-unknown-unknown/lib"),
    },
    Need {
        name: "the package hpc.js for browsers",
        why: "pages load its WebAssembly",
        source: Source::Web(web::OUTPUT),
        demo: false,
        is_present: web::is_built,
    },
    Need {
        name: "clippy",
        why: "it checks the code",
        source: Source::Component("clippy"),
        demo: false,
        is_present: || in_toolchain("bin/cargo-clippy"),
    },
    Need {
        name: "rustfmt",
        why: "it checks the layout of the code",
        source: Source::Component("rustfmt"),
        demo: false,
        is_present: || in_toolchain("bin/rustfmt"),
    },
];

/// What the crate `hpc-grid` is built with. Clusters have an MPI of their own; Open MPI is what this gets.
const GRID_NEEDS: &[Need] = &[
    Need {
        name: "mpicc",
        why: "hpc-grid is compiled against the MPI that is here",
        source: Source::Package("libopenmpi-dev"),
        demo: false,
        is_present: || output_of(&mut command("mpicc", "-show")).is_some(),
    },
    Need {
        name: "mpiexec",
        why: "it starts the ranks of a job",
        source: Source::Package("openmpi-bin"),
        demo: false,
        is_present: || output_of(&mut command("mpiexec", "--version")).is_some(),
    },
    Need {
        name: "libclang",
        why: "it reads the headers of MPI for Rust",
        source: Source::Package("libclang-dev"),
        demo: false,
        is_present: has_libclang,
    },
];

/// Installs what is missing for `purpose`.
pub(crate) fn run(purpose: Purpose) -> Outcome {
    let missing = missing(purpose);
    if missing.is_empty() {
        println!("setup: everything is here");
        return Ok(());
    }
    for need in &missing {
        println!("setup: {} is missing ({}); installing {}", need.name, need.why, need.source.name());
    }
    let packages: Vec<&str> = missing.iter().filter_map(|need| need.source.package()).collect();
    let installed = install_packages(&packages);
    let added = missing
        .iter()
        .filter_map(|need| need.source.installer())
        .try_for_each(|mut installer| run_command(&mut installer));
    installed.and(added)?;
    still_missing(purpose)
}

fn missing(purpose: Purpose) -> Vec<&'static Need> {
    let of_all: &[Need] = if purpose == Purpose::Grid { &[] } else { NEEDS };
    let of_grids: &[Need] = if purpose == Purpose::Demo { &[] } else { GRID_NEEDS };
    let wanted = of_all.iter().chain(of_grids).filter(|need| match purpose {
        Purpose::Demo => need.demo,
        Purpose::Suite => !matches!(need.source, Source::Web(_)),
        Purpose::Grid | Purpose::Test => true,
    });
    wanted.filter(|need| !(need.is_present)()).collect()
}

/// Looks again: a system's package may be too old, or put its files elsewhere.
fn still_missing(purpose: Purpose) -> Outcome {
    let complaint = |need: &&Need| {
        let package = need.source.name();
        format!(
            "{} is still missing, though {package} is installed; it may be too old: install it by hand",
            need.name
        )
    };
    let complaints: Vec<String> = missing(purpose).iter().map(complaint).collect();
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n")) }
}

impl Source {
    fn name(self) -> &'static str {
        match self {
            Self::Package(name)
            | Self::Component(name)
            | Self::Target(name)
            | Self::Modules(name)
            | Self::Scripts(name)
            | Self::Web(name) => name,
        }
    }

    fn package(self) -> Option<&'static str> {
        if let Self::Package(name) = self { Some(name) } else { None }
    }

    fn installer(self) -> Option<Command> {
        match self {
            Self::Package(_) => None,
            Self::Component(name) => Some(command("rustup", &format!("component add {name}"))),
            Self::Target(name) => Some(command("rustup", &format!("target add {name}"))),
            Self::Modules(_) => Some(node::install_modules()),
            Self::Scripts(_) => Some(node::make_scripts()),
            Self::Web(_) => Some(cargo("run --quiet --package xtask -- web")),
        }
    }
}

/// Installs Debian packages. The lists are brought up to date only if the packages cannot be had without.
fn install_packages(packages: &[&str]) -> Outcome {
    if packages.is_empty() {
        return Ok(());
    }
    let install = format!("apt-get install --yes --no-install-recommends {}", packages.join(" "));
    let by_hand = format!("run this as root and try again:\n    apt-get update && {install}");
    if output_of(&mut command("apt-get", "--version")).is_none() {
        return Err(format!(
            "this system has no apt-get; install what these Debian packages hold: {}",
            packages.join(" ")
        ));
    }
    let Some(become_root) = become_root() else { return Err(by_hand) };
    let as_root = |arguments: &str| {
        let mut command = command("env", &format!("DEBIAN_FRONTEND=noninteractive {arguments}"));
        if become_root == Root::Sudo {
            command = crate::process::command("sudo", &format!("-n {}", shown(&command)));
        }
        println!("setup: {}", shown(&command));
        run_command(&mut command)
    };
    // An installation that was cut off half way is finished first.
    as_root("dpkg --configure -a")?;
    let lists_suffice =
        output_of(&mut command("apt-get", &install.replace("apt-get", "--simulate"))).is_some();
    if lists_suffice && as_root(&install).is_ok() {
        return Ok(());
    }
    as_root("apt-get update")?;
    as_root(&install).map_err(|error| format!("{error}; {by_hand}"))
}

/// How commands are run as root.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    /// We are root.
    Already,
    /// Through sudo, which asks for no password here.
    Sudo,
}

fn become_root() -> Option<Root> {
    if output_of(&mut command("id", "-u"))?.trim() == "0" {
        return Some(Root::Already);
    }
    output_of(&mut command("sudo", "-n true")).map(|_| Root::Sudo)
}

fn has_vulkan_loader() -> bool {
    let directories = ["/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib"].map(PathBuf::from);
    let by_architecture = PathBuf::from(format!("/usr/lib/{}-linux-gnu", std::env::consts::ARCH));
    directories.iter().chain([&by_architecture]).any(|directory| directory.join("libvulkan.so.1").exists())
}

/// Where Debian has it, or where `LIBCLANG_PATH` says.
fn has_libclang() -> bool {
    let versions = std::fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders = versions
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("llvm")));
    std::env::var_os("LIBCLANG_PATH").is_some()
        || folders.any(|folder| folder.join("lib/libclang.so").exists())
}

fn has_node() -> bool {
    output_of(&mut command("node", "--version")).is_some_and(|version| is_recent_node(&version))
}

fn is_recent_node(version: &str) -> bool {
    let major = version.trim().trim_start_matches('v').split('.').next();
    major.and_then(|major| major.parse::<u32>().ok()).is_some_and(|major| major >= 20)
}

/// Whether the toolchain that runs us holds `path`.
fn in_toolchain(path: &str) -> bool {
    toolchain().is_some_and(|toolchain| toolchain.join(path).exists())
}

/// The toolchain's folder. Its cargo lies in `bin/` and tells us where; else the compiler is asked, which takes longer.
fn toolchain() -> Option<PathBuf> {
    match std::env::var_os("CARGO") {
        Some(cargo) => Some(Path::new(&cargo).parent()?.parent()?.to_owned()),
        None => Some(output_of(&mut command("rustc", "--print sysroot"))?.trim().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_recent_node() {
        assert!(is_recent_node("v20.20.2\n"));
        assert!(is_recent_node("v100.0.0"));
        assert!(!is_recent_node("v18.19.0"));
        assert!(!is_recent_node(""));
    }

    #[test]
    fn every_need_says_what_it_is_and_why() {
        for need in NEEDS.iter().chain(GRID_NEEDS) {
            assert!(!need.name.is_empty() && !need.why.is_empty() && !need.source.name().is_empty());
        }
    }
}
