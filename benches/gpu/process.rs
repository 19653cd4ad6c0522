//! Running other programs.

use std::process::{Command, Stdio};

/// Why a program has written nothing of use.
pub(crate) struct Failure {
    /// The code it ended with, if it started and was not killed.
    pub(crate) code: Option<i32>,
    /// The last line it wrote to say why.
    pub(crate) message: String,
}

/// Runs `command` to its end; what it wrote.
///
/// # Errors
///
/// It does not start, or fails.
pub(crate) fn run(command: &mut Command) -> Result<String, Failure> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| Failure { code: None, message: error.to_string() })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let message = complaint.trim().lines().next_back().unwrap_or("it does not say why").to_owned();
    Err(Failure { code: output.status.code(), message })
}
