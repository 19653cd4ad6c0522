//! The project's commands, written in Rust so that a machine with Rust can run them: `cargo xtask <command>`.

mod bench;
mod demo;
mod drivers;
mod grid;
mod names;
mod node;
mod process;
mod release;
mod report;
mod setup;
mod site;
mod test;
mod tidy;
mod web;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command>

    demo [--explain]
                    install what is missing, build, run the example programs, say where the pictures are
                    (--explain: and what the compiler found out about each kernel and chose for it)
    test [--quick]  install what is missing, then run every check and test (--quick: without fmt and clippy)
    setup           install what the other commands need
    tidy            check the map, the sizes of files and functions, the error pages and the dependency edges
    bench           measure the compiler and the command queue
    bench cpu [--quick] [--rounds N] [W1 ... W6, W8 ... W12]
                    measure the CPU backend beside its peers, all workloads or some
    bench gpu [--quick] [--rounds N] [--peers DIR] [W1 ... W14]
                    measure the GPU backend beside WGSL written by hand, CUDA and Taichi
    bench node      measure calls from Node, and transfers beside the same in Rust
    grid            install what is missing, build the crate hpc-grid against the MPI that is here, run its tests under mpiexec
    web [--quick]   build the WebAssembly of the npm package (--quick: unoptimized, for work on it)
    site [--build]  build the documentation site and serve it on this machine (--build: only build it)
    api             compare what the public crate shows with docs/api/ (UPDATE=1: write it there)
    crates          pack the crates, and run the Rust starter with what was packed, offline
    package         pack the npm package, without addons, into target/npm/
    addon [PLATFORM]
                    compile the addon of this platform, or of linux-arm64-gnu and so on, and pack it into target/npm/
    platforms [PART]
                    check all crates for Windows, macOS and other kinds of Linux, or for the targets with PART in their name";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["demo"] => demo::run(false),
        ["demo", "--explain"] => demo::run(true),
        ["test"] => test::run(test::Options { quick: false }),
        ["test", "--quick"] => test::run(test::Options { quick: true }),
        ["setup"] => setup::run(setup::Purpose::Test),
        ["tidy"] => tidy::run(),
        ["bench"] => bench::run(),
        ["bench", "cpu", ref words @ ..] => bench::cpu(words),
        ["bench", "gpu", ref words @ ..] => bench::gpu(words),
        ["bench", "node"] => bench::node(),
        ["grid"] => grid::run(),
        ["web"] => web::build(web::Profile::Web),
        ["web", "--quick"] => web::build(web::Profile::Debug),
        ["site"] => site::run(site::Wish::Serve),
        ["site", "--build"] => site::run(site::Wish::Build),
        ["api"] => release::api::run(),
        ["crates"] => release::crates::run(),
        ["package"] => release::package(),
        ["addon"] => release::addon::run(None),
        ["addon", platform] => release::addon::run(Some(platform)),
        ["platforms"] => release::platforms::run(""),
        ["platforms", part] => release::platforms::run(part),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}
