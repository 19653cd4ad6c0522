//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Code, Interface, Wasm, Wgsl};
use oxc_allocator::Allocator;

use crate::analysis::AccessFacts;
use crate::bindings::Bindings;
use crate::diagnostics::{self, Diagnostic, Result, Span};
use crate::ir::{Kernel, Stage};
use crate::transform::variants::{Variants, variants};
use crate::transform::{fold, indices, labels};
use crate::{analysis, emit_wasm, emit_wgsl, ir, lower, syntax};

/// Compiles a kernel's text for `interface`: to WebAssembly if that is on the CPU backend, else to WGSL.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(source: &str, interface: &Interface) -> Result<Artifact> {
    let Variants { common, max_extent, beyond } = middle_end(source, interface)?;
    // Both texts touch the same, and share bindings and lanes.
    let facts = analysis::access(&common);
    let bindings = Bindings::of(interface, &facts);
    let pattern = analysis::pattern(&common);
    let code = if interface.using_cpu {
        Code::Wasm(to_wasm(&common, beyond.as_ref(), interface, &facts, &bindings))
    } else {
        Code::Wgsl(to_wgsl(common, beyond, interface, &facts, &bindings)?)
    };
    let Bindings { buffers, canvas, params } = bindings;
    let (lane_axis, axes_used) = (facts.lane_axis, facts.axes_used);
    let interface = interface.clone();
    Ok(Artifact { interface, code, max_extent, buffers, canvas, params, lane_axis, axes_used, pattern })
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

/// From text to the represented IR that every back end gets: one kernel for the runs that programs make, perhaps one for larger runs.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn middle_end(source: &str, interface: &Interface) -> Result<Variants> {
    let kernel = front_end(source, interface)?;
    let Variants { common, max_extent, beyond } = variants(&fold::fold(kernel));
    let common = verified(common, interface, Stage::Represented)?;
    let beyond = beyond.map(|kernel| verified(kernel, interface, Stage::Represented)).transpose()?;
    Ok(Variants { common, max_extent, beyond })
}

/// From represented IR to a shader: labels are resolved, as WGSL has none, indices marked that need no check, and loops looked at.
fn to_wgsl(
    common: Kernel,
    beyond: Option<Kernel>,
    interface: &Interface,
    facts: &AccessFacts,
    bindings: &Bindings,
) -> Result<Wgsl> {
    let emit = |kernel| -> Result<_> {
        let (kernel, inside) = wgsl_ir(kernel, interface)?;
        let text = emit_wgsl::emit(&kernel, interface, facts, bindings, inside);
        Ok((text, inside, analysis::all_loops_end(&kernel)))
    };
    let (common, inside, common_ends) = emit(common)?;
    let beyond = beyond.map(emit).transpose()?;
    let loops_end = common_ends && beyond.as_ref().is_none_or(|(.., ends)| *ends);
    Ok(Wgsl { common, beyond: beyond.map(|(text, ..)| text), loops_end, inside, tuned: None })
}

/// From represented IR to the IR that is emitted as a shader, and the extents of runs in which indices are known to be in range, if any are.
///
/// # Errors
///
/// None but a mistake of the compiler's.
pub fn wgsl_ir(mut kernel: Kernel, interface: &Interface) -> Result<(Kernel, Option<[u32; 3]>)> {
    labels::labels(&mut kernel);
    let (kernel, inside) = indices::mark_indices(&kernel, interface);
    Ok((verified(kernel, interface, Stage::Represented)?, inside))
}

/// From represented IR to WebAssembly.
fn to_wasm(
    common: &Kernel,
    beyond: Option<&Kernel>,
    interface: &Interface,
    facts: &AccessFacts,
    bindings: &Bindings,
) -> Wasm {
    let emit = |kernel: &Kernel| emit_wasm::emit(kernel, interface, facts, bindings);
    let text = ir::print(common, Some(interface));
    let common = emit(common);
    let beyond = beyond.map(emit);
    let scratch = beyond.as_ref().map_or(0, |module| module.scratch).max(common.scratch);
    Wasm { common: common.bytes, beyond: beyond.map(|module| module.bytes), text, scratch }
}

/// In debug builds, makes sure that a stage kept the rules of the IR.
fn verified(kernel: Kernel, interface: &Interface, stage: Stage) -> Result<Kernel> {
    if cfg!(debug_assertions)
        && let Err(broken) = ir::verify(&kernel, interface, stage)
    {
        let message = format!("{broken} ({stage:?})");
        return Err(vec![
            Diagnostic::new(diagnostics::Code::Internal, message, Span::default())
                .help("this is a mistake in HPC.js: please report it with the kernel's text"),
        ]);
    }
    Ok(kernel)
}
