//! Errors as data, from which the JavaScript side makes its errors.

use hpc::diagnostics::Diagnostic;
use hpc::{CompileError, RuntimeError, StoredError};
use napi_derive::napi;

/// Why a call failed.
#[derive(Debug)]
#[napi(object)]
pub struct Failure {
    /// `Kernel` for mistakes in a kernel's text; `Mismatch` for a stored kernel that is not for this interface or this version; `DeviceLost`, `OutOfMemory`, `Dropped`, `NoDevice` or `Internal`;
    /// `Refused` for everything that leaves the interface as it was.
    pub kind: String,
    /// The whole message; a kernel's shows the lines that it is about.
    pub message: String,
    /// What is wrong with a kernel's text, in the order of the text; empty for other kinds.
    pub mistakes: Vec<Mistake>,
}

/// One mistake in a kernel's text.
#[derive(Debug)]
#[napi(object)]
pub struct Mistake {
    /// Which kind of mistake, such as `HPC0012`.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// The line in the kernel's text, counted from 1.
    pub line: u32,
    /// The column in that line, counted from 1 in UTF-16 units.
    pub column: u32,
    /// Why it is a mistake.
    pub notes: Vec<String>,
    /// How to mend it.
    pub help: Option<String>,
}

impl From<hpc::Error> for Failure {
    fn from(error: hpc::Error) -> Self {
        let message = error.to_string();
        match error {
            hpc::Error::Compile(error) => error.into(),
            hpc::Error::Stored(error) => error.into(),
            hpc::Error::Runtime(error) => Self { kind: kind(&error).into(), message, mistakes: Vec::new() },
            _ => Self { kind: "Internal".into(), message, mistakes: Vec::new() },
        }
    }
}

impl From<CompileError> for Failure {
    fn from(error: CompileError) -> Self {
        let mistakes = error.diagnostics().iter().zip(error.places()).map(mistake).collect();
        Self { kind: "Kernel".into(), message: error.to_string(), mistakes }
    }
}

impl From<StoredError> for Failure {
    fn from(error: StoredError) -> Self {
        Self { kind: MISMATCH.into(), message: error.to_string(), mistakes: Vec::new() }
    }
}

/// A stored kernel cannot be used as it is: compiling its text again may help.
const MISMATCH: &str = "Mismatch";

fn mistake((diagnostic, (line, column)): (&Diagnostic, (u32, u32))) -> Mistake {
    Mistake {
        code: diagnostic.code.to_string(),
        message: diagnostic.message.clone(),
        line,
        column,
        notes: diagnostic.notes.clone(),
        help: diagnostic.help.clone(),
    }
}

fn kind(error: &RuntimeError) -> &'static str {
    match error {
        RuntimeError::DeviceLost { .. } => "DeviceLost",
        RuntimeError::OutOfMemory { .. } => "OutOfMemory",
        RuntimeError::Dropped => "Dropped",
        RuntimeError::ArtifactMismatch { .. } => MISMATCH,
        RuntimeError::NoAdapter { .. } | RuntimeError::NoDevice { .. } | RuntimeError::NoBackend { .. } => {
            "NoDevice"
        }
        RuntimeError::Internal { .. } => "Internal",
        _ => "Refused",
    }
}
