//! Whether the device computes what Node computes: each program's conformance case, replayed.

use std::fmt;
use std::process::Command;

use traces::Case;

use crate::replay::{Device, replay};

/// The recorded programs; none if there is no Node to record them.
pub(crate) struct Checks(Option<Vec<Case>>);

/// What came of a check.
pub(crate) enum Check {
    NoNode,
    LeftOut(String),
    Passed { reads: usize },
    Failed(Vec<String>),
}

impl Checks {
    /// Lets Node run the programs.
    pub(crate) fn record() -> Self {
        Self(has_node().then(|| traces::record(&["examples/".to_owned()])))
    }

    /// Repeats on the device what Node did and compares all reads.
    pub(crate) async fn run(&self, program: &str) -> Check {
        let Some(cases) = &self.0 else { return Check::NoNode };
        let name = format!("examples/{program}");
        let Some(case) = cases.iter().find(|case| case.name == name) else {
            return Check::Failed(vec![format!("the oracle knows no {name}")]);
        };
        if let Some(reason) = Device::find().cannot_run(case) {
            return Check::LeftOut(reason);
        }
        match replay(case).await {
            Ok(passed) => Check::Passed { reads: passed.reads },
            Err(failure) => Check::Failed(failure.messages),
        }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNode => write!(formatter, "not checked: no node"),
            Self::LeftOut(reason) => write!(formatter, "not checked: {reason}"),
            Self::Passed { reads: 1 } => write!(formatter, "1 of 1 reads agrees with Node's"),
            Self::Passed { reads } => write!(formatter, "{reads} of {reads} reads agree with Node's"),
            Self::Failed(_) => write!(formatter, "FAILED, see below"),
        }
    }
}

/// Whether `node` is version 20 or newer, which the oracle needs.
fn has_node() -> bool {
    let Ok(output) = Command::new("node").arg("--version").output() else { return false };
    let version = String::from_utf8_lossy(&output.stdout);
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    major.is_some_and(|major| major >= 20)
}
