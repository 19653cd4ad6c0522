//! What can go wrong: a kernel's text, or everything else.

use std::fmt;

use artifact::StoredError;
use compiler::diagnostics::{Diagnostic, Origin, line_and_column, render};

/// The error of every fallible call.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The kernel's text has mistakes.
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// A stored artifact cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredError),
    /// A call was refused, or the device failed.
    #[error(transparent)]
    Runtime(#[from] runtime::Error),
}

impl Error {
    /// Its kind in one word, for other languages: `Kernel` for mistakes in a kernel's text; `Mismatch` for a stored kernel that
    /// is not for this interface or this version, whose text can be compiled instead; `DeviceLost`, `OutOfMemory`, `Dropped`,
    /// `NoDevice` or `Internal`; `Refused` for everything else, which leaves the interface as it was.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Compile(_) => "Kernel",
            Self::Stored(_) | Self::Runtime(runtime::Error::ArtifactMismatch { .. }) => "Mismatch",
            Self::Runtime(error) => match error {
                runtime::Error::DeviceLost { .. } => "DeviceLost",
                runtime::Error::OutOfMemory { .. } => "OutOfMemory",
                runtime::Error::Dropped => "Dropped",
                runtime::Error::NoAdapter { .. }
                | runtime::Error::NoDevice { .. }
                | runtime::Error::NoBackend { .. }
                | runtime::Error::NoWorkers { .. }
                | runtime::Error::ScreenTaken { .. } => "NoDevice",
                runtime::Error::Internal { .. } => "Internal",
                _ => "Refused",
            },
        }
    }
}

/// Everything that is wrong with a kernel's text.
///
/// Its [`Display`](fmt::Display) shows each mistake with the line it is on, why, and how to mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompileError {
    source: String,
    origin: Origin,
    diagnostics: Vec<Diagnostic>,
}

impl CompileError {
    pub(crate) fn new(source: &str, origin: Origin, diagnostics: Vec<Diagnostic>) -> Self {
        Self { source: source.into(), origin, diagnostics }
    }

    /// The mistakes, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The line and column of each mistake in the text, both counted from 1, columns in UTF-16 units.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32)> {
        self.diagnostics.iter().map(|diagnostic| line_and_column(&self.source, diagnostic.span().start))
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&render(&self.diagnostics, &self.source, &self.origin))
    }
}

impl std::error::Error for CompileError {}
