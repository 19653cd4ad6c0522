//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Interface};

use crate::diagnostics::{Code, Diagnostic, Result, Span};

/// Compiles a kernel's text for `interface`.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(_source: &str, _interface: &Interface) -> Result<Artifact> {
    Err(vec![Diagnostic::new(Code::Internal, "not built yet", Span::default())])
}
