//! What can go wrong: a kernel's text, or everything else.

use std::fmt;

use compiler::diagnostics::{Diagnostic, Origin, line_and_column, render};

/// The error of every fallible call.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The kernel's text has mistakes.
    #[error(transparent)]
    Compile(#[from] CompileError),
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

    /// The line and column of each mistake in the kernel's text, both counted from 1, columns in UTF-16 units.
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
