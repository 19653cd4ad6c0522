//! The way of a kernel: every stage, in order.

use artifact::{Artifact, Code, Form, Interface, Ordered, Pattern, Wasm, Wgsl};

use crate::analysis::AccessFacts;
use crate::bindings::{Bindings, with_ticket};
use crate::diagnostics::{self, Diagnostic, Lines, Result, Span};
use crate::explain::{Findings, Shader, explain};
use crate::ir::{Kernel, Stage};
use crate::transform::accumulate::Accumulation;
use crate::transform::represent::Wide;
use crate::transform::variants::{Variants, variants};
use crate::transform::{algebra, fold, labels, log, unused};
use crate::{analysis, emit_wasm, emit_wgsl, ir, limits, lower, syntax, tuning};

/// Compiles a kernel's text for `interface`: to WebAssembly if that is on the CPU backend, else to WGSL.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile(source: &str, interface: &Interface) -> Result<Artifact> {
    if interface.using_cpu { compile_to_wasm(source, interface) } else { compile_to_wgsl(source, interface) }
}

/// Compiles a kernel for GPUs. A program that calls only this links no emitter of WebAssembly.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile_to_wgsl(source: &str, interface: &Interface) -> Result<Artifact> {
    compile_with(source, interface, |target, variants| target.wgsl(variants))
}

/// Compiles a kernel for the CPU backend. A program that calls only this links no emitter of WGSL.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn compile_to_wasm(source: &str, interface: &Interface) -> Result<Artifact> {
    compile_with(source, interface, |target, variants| target.wasm(variants))
}

/// Compiles a kernel's text, written for the whole buffers of `interface`, for a rank that has parts of them, and tells how threads are shared.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
#[cfg(feature = "split")]
pub fn compile_split(
    source: &str,
    interface: &Interface,
    split: &crate::transform::split::Split,
) -> Result<(Artifact, crate::transform::split::Shares)> {
    let kernel = front_end(source, interface)?;
    let (kernel, shares) = crate::transform::split::split(&kernel, interface, split)?;
    let kernel = verified(kernel, &split.local, Stage::Lowered)?;
    let back_end: BackEnd = if split.local.using_cpu {
        |target, variants| target.wasm(variants)
    } else {
        |target, variants| target.wgsl(variants)
    };
    Ok((code_of(kernel, source, &split.local, back_end)?, shares))
}

/// What makes code of a kernel, and tells what is to be told of it.
type BackEnd = fn(Target<'_>, Variants) -> Result<(Code, String)>;

fn compile_with(source: &str, interface: &Interface, back_end: BackEnd) -> Result<Artifact> {
    code_of(front_end(source, interface)?, source, interface, back_end)
}

/// From the typed IR to an artifact.
fn code_of(kernel: Kernel, source: &str, interface: &Interface, back_end: BackEnd) -> Result<Artifact> {
    let variants = represented(kernel, source, interface)?;
    // Both texts touch the same, and share bindings and lanes; but they may read uniforms in different forms.
    let mut facts = analysis::access(&variants.common);
    facts.uniforms.extend(variants.general.iter().flat_map(|general| analysis::access(general).uniforms));
    // Indices are compared with them.
    let extents = facts.buffers.keys().filter_map(|&buffer| interface.extents_of(buffer));
    facts.uniforms.extend(extents.map(|uniform| (uniform, Form::Integer)).collect::<Vec<_>>());
    let pattern = analysis::pattern(&variants.common);
    let common = variants.conditions.clone();
    let log = variants.log.clone();
    let matters = |kernel: &Kernel| analysis::order_matters(kernel, interface);
    let in_common = matters(&variants.common);
    let ordered =
        Ordered { common: in_common, general: variants.general.as_ref().map_or(in_common, matters) };
    let bindings = Bindings::of(interface, &facts);
    let target = Target { source, interface, bindings: &bindings, facts: &facts, pattern };
    let (code, explanation) = back_end(target, variants)?;
    let Bindings { buffers, canvas, params, .. } = bindings;
    let params = with_ticket(params, code.wgsl().and_then(|code| code.counted.as_ref()));
    let (lane_axis, axes_used) = (facts.lane_axis, facts.axes_used);
    let interface = interface.clone();
    Ok(Artifact {
        interface,
        code,
        common,
        buffers,
        canvas,
        params,
        lane_axis,
        axes_used,
        pattern,
        ordered,
        log,
        explanation,
    })
}

/// From text to the typed IR: parses the text, resolves names and infers types.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn front_end(source: &str, interface: &Interface) -> Result<Kernel> {
    let arena = syntax::Arena::new();
    let syntax = syntax::parse(&arena, source)?;
    let constants = syntax::constants(&arena, source, syntax.head)?;
    let kernel = lower::lower(&syntax, constants, source, interface)?;
    limits::check(&kernel)?;
    verified(kernel, interface, Stage::Lowered)
}

/// From text to the represented IR that every back end gets: one kernel for the runs that programs make, perhaps one for larger runs.
///
/// # Errors
///
/// Everything found wrong with the text, in the order of the text.
pub fn middle_end(source: &str, interface: &Interface) -> Result<Variants> {
    represented(front_end(source, interface)?, source, interface)
}

/// From the typed IR to the represented IR.
fn represented(kernel: Kernel, source: &str, interface: &Interface) -> Result<Variants> {
    let mut variants = variants(&unused::drop_unused(algebra::simplify(fold::fold(kernel))), interface)?;
    variants.log = log::calls(std::iter::once(&variants.common).chain(&variants.general), source);
    let Variants { common, general, log, .. } = &mut variants;
    for kernel in std::iter::once(common).chain(general) {
        log::store(kernel, log, interface, source);
        verify(kernel, interface, Stage::Represented)?;
    }
    Ok(variants)
}

/// What back ends need besides the kernel.
#[derive(Clone, Copy)]
struct Target<'a> {
    source: &'a str,
    interface: &'a Interface,
    bindings: &'a Bindings,
    facts: &'a AccessFacts,
    pattern: Pattern,
}

impl Target<'_> {
    /// From represented IR to a shader, and what is to be told of it: labels are resolved, as WGSL has none, loops looked at, and large runs
    /// tuned.
    fn wgsl(self, variants: Variants) -> Result<(Code, String)> {
        let Self { interface, facts, bindings, .. } = self;
        let Variants { common, in_range, general, wide, accumulations, .. } = variants;
        let kernel = wgsl_ir(common, interface)?;
        let general = general.map(|kernel| wgsl_ir(kernel, interface)).transpose()?;
        let counts = |kernel: &Kernel| !analysis::all_loops_end(kernel);
        let counted = bindings.counted(counts(&kernel), general.as_ref().is_some_and(counts));
        let counted = counted.as_ref();
        let lines = &Lines::of(self.source);
        let source = emit_wgsl::Source {
            kernel: &kernel,
            interface,
            facts,
            bindings,
            in_range: &in_range,
            counted,
            lines,
        };
        let common = emit_wgsl::emit(source, None);
        limits::at_most(&kernel, common.len(), "bytes of WGSL", limits::LONGEST_TEXT)?;
        let tuning = tuning::tuning(&kernel, interface, facts, self.pattern);
        let tuned =
            tuning.as_ref().ok().map(|tuning| tuning.with_text(emit_wgsl::emit(source, Some(tuning)), facts));
        let explanation = self.explain(
            &kernel,
            (&wide, &accumulations),
            Some(Shader { in_range: &in_range, tuning: &tuning }),
        );
        let general = general.map(|kernel| {
            emit_wgsl::emit(emit_wgsl::Source { kernel: &kernel, in_range: &[], ..source }, None)
        });
        let counted = counted.cloned();
        // Or count their rounds.
        let loops_end = true;
        Ok((Code::Wgsl(Wgsl { common, general, loops_end, in_range, tuned, counted }), explanation))
    }

    /// From represented IR to WebAssembly, and what is to be told of it.
    fn wasm(self, variants: Variants) -> Result<(Code, String)> {
        let emit = |kernel: &Kernel| -> Result<emit_wasm::Module> {
            let module = emit_wasm::emit(kernel, self.source, self.interface, self.facts, self.bindings);
            let (locals, bytes) = (module.locals as usize, module.bytes.len());
            limits::at_most(kernel, locals, "locals of WebAssembly", limits::MOST_LOCALS)?;
            limits::at_most(kernel, bytes, "bytes of WebAssembly", limits::LONGEST_MODULE)?;
            Ok(module)
        };
        let text = ir::print(&variants.common, Some(self.interface));
        let common = emit(&variants.common)?;
        let general = variants.general.as_ref().map(emit).transpose()?;
        let scratch = general.as_ref().map_or(0, |module| module.scratch).max(common.scratch);
        let general = general.map(|module| module.bytes);
        let starts = self.bindings.starts.clone();
        let code = Code::Wasm(Wasm { common: common.bytes, general, text, scratch, starts });
        Ok((code, self.explain(&variants.common, (&variants.wide, &variants.accumulations), None)))
    }

    fn explain(
        self,
        kernel: &Kernel,
        (wide, accumulations): (&[Wide], &[Accumulation]),
        shader: Option<Shader<'_>>,
    ) -> String {
        let Self { source, interface, facts, .. } = self;
        explain(&Findings { source, kernel, interface, facts, wide, accumulations, shader })
    }
}

/// From represented IR to the IR that is emitted as a shader.
///
/// # Errors
///
/// None but a mistake of the compiler's.
pub fn wgsl_ir(mut kernel: Kernel, interface: &Interface) -> Result<Kernel> {
    labels::labels(&mut kernel);
    verified(kernel, interface, Stage::Represented)
}

/// In debug builds, makes sure that a stage kept the rules of the IR.
fn verified(kernel: Kernel, interface: &Interface, stage: Stage) -> Result<Kernel> {
    verify(&kernel, interface, stage).map(|()| kernel)
}

fn verify(kernel: &Kernel, interface: &Interface, stage: Stage) -> Result<()> {
    if cfg!(debug_assertions)
        && let Err(broken) = ir::verify(kernel, interface, stage)
    {
        return Err(vec![
            Diagnostic::new(diagnostics::Code::Internal, Span::default())
                .message(format!("{broken} ({stage:?})"))
                .help("this is a mistake in HPC.js: please report it with the kernel's text"),
        ]);
    }
    Ok(())
}
