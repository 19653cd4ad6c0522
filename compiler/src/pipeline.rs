//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Interface};
use oxc_allocator::Allocator;

use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::{ir, lower, syntax};

/// Compiles a kernel's text for `interface`.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(source: &str, interface: &Interface) -> Result<Artifact> {
    let _kernel = front_end(source, interface)?;
    Err(vec![Diagnostic::new(Code::Internal, "not built yet", Span::default())])
}

/// Parses and lowers a kernel.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn front_end(source: &str, interface: &Interface) -> Result<ir::Kernel> {
    let allocator = Allocator::default();
    let syntax = syntax::parse(&allocator, source)?;
    lower::lower(&syntax, source, interface)
}
