//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Interface};
use oxc_allocator::Allocator;

use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir::{Kernel, Stage};
use crate::transform::{fold, labels, represent};
use crate::{analysis, emit_wgsl, ir, lower, syntax};

/// Compiles a kernel's text for `interface`.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(source: &str, interface: &Interface) -> Result<Artifact> {
    let kernel = front_end(source, interface)?;
    let kernel = middle_end(kernel, interface)?;
    let facts = analysis::access(&kernel);
    Ok(emit_wgsl::emit(&kernel, interface, &facts))
}

/// From text to the typed IR: parses the text, resolves names and infers types.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn front_end(source: &str, interface: &Interface) -> Result<Kernel> {
    let allocator = Allocator::default();
    let syntax = syntax::parse(&allocator, source)?;
    let kernel = lower::lower(&syntax, source, interface)?;
    verified(kernel, interface, Stage::Lowered)
}

/// From what lowering gives to what can be emitted: constants are folded, numbers represented, labels resolved.
///
/// # Errors
///
/// Only if a stage broke a rule of the IR, which is our mistake.
pub fn middle_end(kernel: Kernel, interface: &Interface) -> Result<Kernel> {
    let kernel = fold::fold(kernel);
    let mut kernel = verified(represent::represent(kernel, interface), interface, Stage::Represented)?;
    labels::labels(&mut kernel);
    verified(kernel, interface, Stage::Represented)
}

/// In debug builds, makes sure that a stage kept the rules of the IR.
fn verified(kernel: Kernel, interface: &Interface, stage: Stage) -> Result<Kernel> {
    if cfg!(debug_assertions)
        && let Err(broken) = ir::verify(&kernel, interface, stage)
    {
        let message = format!("{broken} ({stage:?})");
        return Err(vec![
            Diagnostic::new(Code::Internal, message, Span::default())
                .help("this is a mistake in HPC.js: please report it with the kernel's text"),
        ]);
    }
    Ok(kernel)
}
