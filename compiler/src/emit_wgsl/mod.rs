//! The IR as WGSL that a person can read.
//!
//! The text has, in this order: the bindings, the user's functions, the entry point, and the helpers that were used.
//! Users keep their names (`names`). What WGSL does otherwise than JavaScript, or leaves open, is done by a named helper
//! (`helpers`, `polyfills.wgsl`, `wide_*.wgsl`), and nothing else is hidden: an operator is emitted as the operator.
//!
//! The IR must be represented and its labels resolved ([`crate::transform::labels`]).

mod builtins;
mod checks;
mod counted;
mod entry;
mod expressions;
mod function;
mod helpers;
mod layout;
mod literals;
mod memory;
mod names;
mod operators;
mod polyfills;
mod statements;
mod steps;
#[cfg(test)]
mod tests;
mod text;
mod tile;

use artifact::{Conditions, Counted, Interface, Wgsl};

use crate::analysis::{AccessFacts, all_loops_end};
use crate::bindings::Bindings;
use crate::conditions::describe;
use crate::diagnostics::Lines;
use crate::ir::Kernel;
use crate::tuning::Tuning;
use counted::ROUNDS;
use function::FunctionWriter;
use helpers::Helpers;
use names::ModuleNames;
use steps::Steps;
use text::{COMPONENTS, WIDE};

/// The inputs of emitting one shader.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The kernel, its indices marked.
    pub kernel: &'a Kernel,
    /// The interface that it is compiled for.
    pub interface: &'a Interface,
    /// What [`crate::analysis::access`] finds in it, or in its other text.
    pub facts: &'a AccessFacts,
    /// The bindings of buffers, canvas and params.
    pub bindings: &'a Bindings,
    /// The runs that indices are known to be in range for, as [`artifact::Wgsl::in_range`] lists them.
    pub in_range: &'a [Conditions],
    /// What loops count that are not known to end, in one of its texts.
    pub counted: Option<&'a Counted>,
    /// The lines of the user's text.
    pub lines: &'a Lines,
}

/// The text of a kernel; `tuning` says how large runs are computed, if it is for these.
pub fn emit(source: Source<'_>, tuning: Option<&Tuning>) -> String {
    let Source { kernel, interface, facts, bindings, in_range, counted, lines } = source;
    // The proof that a loop ends is about the loop as it was before it was unrolled.
    let counts = counted.is_some() && !all_loops_end(kernel);
    let kernel = if let Some(Tuning::Unrolled(unrolled)) = tuning { unrolled } else { kernel };
    let names = ModuleNames::new(kernel, interface, facts);
    let steps = Steps::of_kernel(kernel, interface);
    let module = Module {
        kernel,
        interface,
        facts,
        names: &names,
        in_range,
        tuning,
        counted,
        counts,
        lines,
        steps: &steps,
    };
    module.text(layout::declarations(interface, bindings, counted, &names, &steps))
}

/// The module-wide tables that every part of the emitter reads.
#[derive(Clone, Copy)]
struct Module<'a> {
    kernel: &'a Kernel,
    interface: &'a Interface,
    facts: &'a AccessFacts,
    names: &'a ModuleNames,
    in_range: &'a [Conditions],
    tuning: Option<&'a Tuning>,
    counted: Option<&'a Counted>,
    /// Whether this shader has loops that count their rounds.
    counts: bool,
    lines: &'a Lines,
    /// The buffers that it changes in steps.
    steps: &'a Steps,
}

impl Module<'_> {
    fn text(&self, declarations: String) -> String {
        let mut helpers = Helpers::new(self.interface.native_doubles);
        let mut sections = vec![declarations, self.overrides(), self.variables()];
        for (function, name) in self.kernel.functions.iter().zip(&self.names.functions) {
            sections.push(FunctionWriter::new(*self, function, &mut helpers).function(name));
        }
        let entry = self.entry(&mut helpers);
        let definitions = helpers.definitions(self);
        if definitions.iter().any(|text| text.contains(VARYING_ZERO)) {
            sections.push(format!("// 0, which drivers do not know.\nvar<private> {VARYING_ZERO}: u32;\n"));
            sections.push(setting_varying_zero(&entry));
        } else {
            sections.push(entry);
        }
        sections.extend(definitions);
        sections.push(self.stopping());
        sections.insert(1, doubles(&sections, self.interface.native_doubles));
        sections.retain(|section| !section.is_empty());
        sections.join("\n")
    }

    /// The pipeline-overridable constants.
    fn overrides(&self) -> String {
        let mut text = String::new();
        if self.tuning.is_none_or(|tuning| tuning.shape(self.facts).is_none()) {
            let sizes = Wgsl::WORKGROUP_SIZE_OVERRIDES.into_iter().zip(["64", "1", "1"]);
            text.extend(sizes.map(|(name, size)| format!("override {name}: u32 = {size}u;\n")));
        }
        for (bit, conditions) in self.in_range.iter().enumerate() {
            let words = describe(conditions, self.interface);
            text += &format!("// Bit {bit} of {}: {words}.\n", Wgsl::IN_RANGE_OVERRIDE);
        }
        if !self.in_range.is_empty() {
            text += &format!("override {}: u32 = 0u;\n", Wgsl::IN_RANGE_OVERRIDE);
        }
        if self.counted.is_some() {
            text += &format!("override {}: u32 = {}u;\n", Wgsl::LOOP_LIMIT_OVERRIDE, Wgsl::LOOP_LIMIT);
        }
        text
    }

    /// What functions need to know of the invocation that calls them, and what workgroups share.
    fn variables(&self) -> String {
        let mut text = String::new();
        if let Some(Tuning::Tiled(tile)) = self.tuning {
            text += &self.shared(tile);
        }
        text += &self.tallies();
        if self.facts.shares_thread_id {
            text += "var<private> hpc__thread_id: vec3i;\n";
        }
        if self.facts.random {
            text += "var<private> hpc__random_calls: u32;\n";
        }
        if self.counts {
            text += &format!("var<private> {ROUNDS}: u32;\n");
        }
        text
    }
}

/// A variable of the library of doubles that is 0 and differs between invocations, as far as drivers know. Mesa 22.3 looks for uniforms in
/// conditions in a time that is exponential in what is computed from them, and stops at what is none.
const VARYING_ZERO: &str = "hpc__varying_zero";

/// The entry point with the statement that sets the variable in front. No run has 2^31 threads along an axis.
fn setting_varying_zero(entry: &str) -> String {
    let set = format!(") {{\n{}{VARYING_ZERO} = hpc__invocation.x >> 31u;\n", text::INDENT);
    entry.replacen(") {\n", &set, 1)
}

/// The types of doubles, and of vectors of them, that a text names.
fn doubles(sections: &[String], is_native: bool) -> String {
    let names = |name: &str| sections.iter().any(|section| section.contains(name));
    if !names(WIDE) {
        return String::new();
    }
    let mut text = if is_native {
        format!("// JavaScript's numbers.\nalias {WIDE} = f64;\n")
    } else {
        format!(
            "// JavaScript's numbers, as the library has them: small integers, or the bits of doubles.\nalias {WIDE} = vec2u;\n"
        )
    };
    for size in (2..5).filter(|size| names(&format!("{WIDE}{size}"))) {
        let fields: Vec<String> =
            COMPONENTS.iter().take(size).map(|component| format!("{component}: {WIDE}")).collect();
        text += &format!("struct {WIDE}{size} {{ {} }}\n", fields.join(", "));
    }
    text
}
