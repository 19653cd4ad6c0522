//! `cargo xtask platforms`: whether everything compiles for the platforms that are not here, as far as that can be told without linking.
//!
//! Types, borrows and lints are checked for the target, with its standard library; no warning is allowed. Nothing is linked and nothing runs: docs/platforms.md says what
//! did run, and where.

use super::zig;
use crate::process::{Outcome, cargo, command, run as run_command};

/// The targets; for those with `zig`, the few files in C among the dependencies need a compiler that knows them.
const TARGETS: &[(&str, bool)] = &[
    ("x86_64-pc-windows-msvc", false),
    ("aarch64-pc-windows-msvc", false),
    ("x86_64-apple-darwin", true),
    ("aarch64-apple-darwin", true),
    ("aarch64-unknown-linux-gnu", true),
    ("x86_64-unknown-linux-musl", true),
    ("aarch64-unknown-linux-musl", true),
];

/// Checks the workspace for all targets, or for those whose names contain `part`.
pub(crate) fn run(part: &str) -> Outcome {
    for (target, needs_zig) in TARGETS.iter().filter(|(target, _)| target.contains(part)) {
        println!("\n== {target}");
        run_command(&mut command("rustup", &format!("target add {target}")))?;
        // The other platforms have no MPI here.
        let words = format!("clippy --workspace --exclude hpc-grid --target {target}");
        let mut check = if *needs_zig { zig(&words)? } else { cargo(&words) };
        if target.ends_with("-musl") {
            check.env("RUSTFLAGS", super::DYNAMIC_MUSL);
        }
        run_command(check.args(["--", "-D", "warnings"]))?;
    }
    Ok(())
}
