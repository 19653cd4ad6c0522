//! What can go wrong: a kernel's text, or everything else.

use std::fmt;

use artifact::StoredError;
use compiler::diagnostics::{Diagnostic, line_and_column, render};

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

/// Everything that is wrong with a kernel's text.
///
/// Its [`Display`](fmt::Display) shows each mistake with the line it is on, why, and how to mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompileError {
    source: String,
    diagnostics: Vec<Diagnostic>,
    /// The name of the file that is shown.
    file: String,
}

impl CompileError {
    pub(crate) fn new(source: &str, diagnostics: Vec<Diagnostic>) -> Self {
        Self::in_file(source, "kernel.js", diagnostics)
    }

    pub(crate) fn in_file(source: &str, file: &str, diagnostics: Vec<Diagnostic>) -> Self {
        Self { source: source.into(), diagnostics, file: file.into() }
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
        formatter.write_str(&render(&self.diagnostics, &self.source, &self.file))
    }
}

impl std::error::Error for CompileError {}
