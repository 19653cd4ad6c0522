//! Lets Node run the cases on the oracle.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::trace::{Case, Traces};

/// Records the cases whose names contain one of the words, or all of them. Without Node there is nothing to test.
pub(crate) fn record(words: &[String]) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("traces-{}.json", std::process::id()));
    let status =
        Command::new("node").arg(root.join("tests/oracle/record.mjs")).arg(&output).args(words).status();
    match status {
        Err(error) => panic!("the oracle needs Node 20 or newer as `node` on the PATH: {error}"),
        Ok(status) => assert!(status.success(), "the oracle failed; see above"),
    }
    let text = std::fs::read_to_string(&output).expect("the oracle wrote its traces");
    std::fs::remove_file(&output).ok();
    let traces: Traces = serde_json::from_str(&text).expect("traces have the form of trace.rs");
    traces.cases
}
