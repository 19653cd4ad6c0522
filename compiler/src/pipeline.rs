//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Interface};
use oxc_allocator::Allocator;

use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir::{Kernel, Stage};
use crate::transform::variants::{Variants, variants};
use crate::transform::{fold, labels};
use crate::{analysis, emit_wgsl, ir, lower, syntax};

/// Compiles a kernel's text for `interface`.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(source: &str, interface: &Interface) -> Result<Artifact> {
    let kernel = front_end(source, interface)?;
    let Variants { common, max_extent, beyond } = variants(&fold::fold(kernel));
    let artifact = back_end(common, interface)?;
    let beyond = beyond.map(|kernel| back_end(kernel, interface)).transpose()?;
    let loops_end = artifact.loops_end && beyond.as_ref().is_none_or(|beyond| beyond.loops_end);
    Ok(Artifact { max_extent, wgsl_beyond: beyond.map(|beyond| beyond.wgsl), loops_end, ..artifact })
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

/// From represented IR to code: labels are resolved, accesses found.
fn back_end(kernel: Kernel, interface: &Interface) -> Result<Artifact> {
    let mut kernel = verified(kernel, interface, Stage::Represented)?;
    labels::labels(&mut kernel);
    let kernel = verified(kernel, interface, Stage::Represented)?;
    let facts = analysis::access(&kernel);
    let loops_end = analysis::all_loops_end(&kernel);
    Ok(Artifact { loops_end, ..emit_wgsl::emit(&kernel, interface, &facts) })
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
