//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Code, Interface, Wasm, Wgsl};
use oxc_allocator::Allocator;

use crate::analysis::AccessFacts;
use crate::bindings::Bindings;
use crate::diagnostics::{self, Diagnostic, Result, Span};
use crate::ir::{Kernel, Stage};
use crate::transform::variants::{Variants, variants};
use crate::transform::{fold, labels};
use crate::{analysis, emit_wasm, emit_wgsl, ir, lower, syntax};

/// Compiles a kernel's text for `interface`: to WebAssembly if that is on the CPU backend, else to WGSL.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(source: &str, interface: &Interface) -> Result<Artifact> {
    if interface.using_cpu { compile_to_wasm(source, interface) } else { compile_to_wgsl(source, interface) }
}

/// Compiles a kernel's text for GPUs. Who calls only this has no emitter of WebAssembly aboard.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile_to_wgsl(source: &str, interface: &Interface) -> Result<Artifact> {
    compile_with(source, interface, to_wgsl)
}

/// Compiles a kernel's text for the CPU backend. Who calls only this has no emitter of WGSL aboard.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile_to_wasm(source: &str, interface: &Interface) -> Result<Artifact> {
    compile_with(source, interface, to_wasm)
}

/// What makes code of a kernel for common runs, and perhaps of one for larger runs.
type BackEnd = fn(Kernel, Option<Kernel>, &Interface, &AccessFacts, &Bindings) -> Result<Code>;

fn compile_with(source: &str, interface: &Interface, back_end: BackEnd) -> Result<Artifact> {
    let Variants { common, max_extent, beyond } = middle_end(source, interface)?;
    // Both texts touch the same, and share bindings and lanes.
    let facts = analysis::access(&common);
    let bindings = Bindings::of(interface, &facts);
    let code = back_end(common, beyond, interface, &facts, &bindings)?;
    let Bindings { buffers, canvas, params } = bindings;
    let (lane_axis, axes_used) = (facts.lane_axis, facts.axes_used);
    let interface = interface.clone();
    Ok(Artifact { interface, code, max_extent, buffers, canvas, params, lane_axis, axes_used })
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

/// From represented IR to a shader: labels are resolved, as WGSL has none, and loops looked at.
fn to_wgsl(
    common: Kernel,
    beyond: Option<Kernel>,
    interface: &Interface,
    facts: &AccessFacts,
    bindings: &Bindings,
) -> Result<Code> {
    let emit = |mut kernel: Kernel| -> Result<_> {
        labels::labels(&mut kernel);
        let kernel = verified(kernel, interface, Stage::Represented)?;
        let text = emit_wgsl::emit(&kernel, interface, facts, bindings);
        Ok((text, analysis::all_loops_end(&kernel)))
    };
    let (common, common_ends) = emit(common)?;
    let beyond = beyond.map(emit).transpose()?;
    let loops_end = common_ends && beyond.as_ref().is_none_or(|(_, ends)| *ends);
    Ok(Code::Wgsl(Wgsl { common, beyond: beyond.map(|(text, _)| text), loops_end }))
}

/// From represented IR to WebAssembly.
fn to_wasm(
    common: Kernel,
    beyond: Option<Kernel>,
    interface: &Interface,
    facts: &AccessFacts,
    bindings: &Bindings,
) -> Result<Code> {
    let emit = |kernel: &Kernel| emit_wasm::emit(kernel, interface, facts, bindings);
    let text = ir::print(&common, Some(interface));
    let common = emit(&common);
    let beyond = beyond.as_ref().map(emit);
    let scratch = beyond.as_ref().map_or(0, |module| module.scratch).max(common.scratch);
    Ok(Code::Wasm(Wasm { common: common.bytes, beyond: beyond.map(|module| module.bytes), text, scratch }))
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
