//! Running other programs.

use std::process::{Command, Stdio};

/// What a program did.
pub(crate) struct Ran {
    /// What it wrote, also if it failed later.
    pub(crate) written: String,
    pub(crate) failure: Option<Failure>,
}

/// Why it went no further.
pub(crate) struct Failure {
    /// The code it ended with, if it started and was not killed.
    pub(crate) code: Option<i32>,
    /// The last line it wrote to say why.
    pub(crate) message: String,
}

/// Runs `command` to its end.
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = match command.stdin(Stdio::null()).output() {
        Ok(output) => output,
        Err(error) => {
            let failure = Failure { code: None, message: error.to_string() };
            return Ran { written: String::new(), failure: Some(failure) };
        }
    };
    let written = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ran { written, failure: None };
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let message =
        complaint.trim().lines().next_back().map_or_else(|| output.status.to_string(), str::to_owned);
    Ran { written, failure: Some(Failure { code: output.status.code(), message }) }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_before_a_failure_is_kept() {
        let ran = run(Command::new("sh").args(["-c", "echo one; echo first >&2; echo last >&2; exit 3"]));
        let failure = ran.failure.unwrap();
        assert_eq!(
            (ran.written.as_str(), failure.code, failure.message.as_str()),
            ("one\n", Some(3), "last")
        );
        assert!(run(&mut Command::new("no such program")).failure.is_some());
    }
}
