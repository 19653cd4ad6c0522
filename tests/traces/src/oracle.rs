//! Lets Node run the cases on the oracle.

use std::path::Path;
use std::process::Command;

use crate::trace::{Case, Traces};

/// Records the cases whose names contain one of the words, or all of them. Without Node there is nothing to test.
///
/// `HPC_TRACES` may name a file of `tests/oracle/record.mjs` instead, for a machine without Node.
///
/// # Panics
///
/// If there is no Node, or a case cannot be recorded: both end a test.
pub fn record(words: &[String]) -> Vec<Case> {
    if let Some(recorded) = std::env::var_os("HPC_TRACES") {
        return read(Path::new(&recorded));
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let is_built = root.join("packages/hpc.js/esm/index.js").exists();
    assert!(
        is_built,
        "the oracle is the npm package on its debug backend: build it with `cargo xtask setup`"
    );
    let output = std::env::temp_dir().join(format!("hpc-traces-{}.json", std::process::id()));
    let status =
        Command::new("node").arg(root.join("tests/oracle/record.mjs")).arg(&output).args(words).status();
    match status {
        Err(error) => panic!("the oracle needs Node 20 or newer as `node` on the PATH: {error}"),
        Ok(status) => assert!(status.success(), "the oracle failed; see above"),
    }
    let cases = read(&output);
    std::fs::remove_file(&output).ok();
    cases
}

fn read(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).expect("the oracle wrote its traces");
    let traces: Traces = serde_json::from_str(&text).expect("traces have the form of trace.rs");
    traces.cases
}
