//! The IR as WGSL that a person can read.
//!
//! The text has, in this order: the bindings, the user's functions, the entry point, and the helpers that were used.
//! Users keep their names (`names`). What WGSL does otherwise than JavaScript, or leaves open, is done by a named helper
//! (`helpers`, `polyfills.wgsl`), and nothing else is hidden: an operator is emitted as the operator.
//!
//! The IR must be represented and its labels resolved ([`crate::transform::labels`]).

mod builtins;
mod checks;
mod expressions;
mod function;
mod helpers;
mod layout;
mod literals;
mod names;
mod operators;
mod polyfills;
mod statements;
#[cfg(test)]
mod tests;
mod text;

use artifact::{Interface, Wgsl};

use crate::analysis::AccessFacts;
use crate::bindings::Bindings;
use crate::ir::Kernel;
use function::FunctionWriter;
use helpers::Helpers;
use names::ModuleNames;

/// The text of a kernel for `interface`; `facts` are those of [`crate::analysis::access`] on it, or on its other text.
///
/// `inside` are the extents that indices are known for ([`crate::transform::indices`]), if any are.
pub fn emit(
    kernel: &Kernel,
    interface: &Interface,
    facts: &AccessFacts,
    bindings: &Bindings,
    inside: Option<[u32; 3]>,
) -> String {
    let names = ModuleNames::new(kernel, interface, facts);
    let module = Module { kernel, interface, facts, names: &names, inside };
    module.text(layout::declarations(interface, bindings, &names))
}

/// What every part of the emitter looks things up in.
#[derive(Clone, Copy)]
struct Module<'a> {
    kernel: &'a Kernel,
    interface: &'a Interface,
    facts: &'a AccessFacts,
    names: &'a ModuleNames,
    inside: Option<[u32; 3]>,
}

impl Module<'_> {
    fn text(&self, declarations: String) -> String {
        let mut helpers = Helpers::default();
        let mut sections = vec![declarations, self.overrides(), self.variables()];
        for (function, name) in self.kernel.functions.iter().zip(&self.names.functions) {
            sections.push(FunctionWriter::new(*self, function, &mut helpers).function(name));
        }
        sections.push(self.entry(&mut helpers));
        sections.extend(helpers.definitions(self));
        sections.retain(|section| !section.is_empty());
        sections.join("\n")
    }

    /// What the runtime sets for each pipeline.
    fn overrides(&self) -> String {
        let sizes = ["64", "1", "1"];
        let names = Wgsl::WORKGROUP_SIZE_OVERRIDES.into_iter().zip(sizes);
        let mut text: String =
            names.map(|(name, size)| format!("override {name}: u32 = {size}u;\n")).collect();
        if let Some([x, y, z]) = self.inside {
            let name = Wgsl::INSIDE_OVERRIDE;
            text += &format!(
                "// Whether the run is over at most {x} x {y} x {z} threads.\noverride {name}: bool = false;\n"
            );
        }
        text
    }

    /// What functions need to know of the invocation that calls them.
    fn variables(&self) -> String {
        let mut text = String::new();
        if self.facts.shares_thread_id {
            text += "var<private> hpc__thread_id: vec3i;\n";
        }
        if self.facts.random {
            text += "var<private> hpc__random_calls: u32;\n";
        }
        text
    }

    /// The entry point: which thread this is ([`artifact::Artifact::invocation_axes`]), whether it takes part in the run, and the kernel's
    /// own body.
    fn entry(&self, helpers: &mut Helpers) -> String {
        let body = FunctionWriter::new(*self, &self.kernel.entry, helpers).body();
        let [x, y, z] = Wgsl::WORKGROUP_SIZE_OVERRIDES;
        let keyword = if self.facts.shares_thread_id { "" } else { "let " };
        format!(
            "@compute @workgroup_size({x}, {y}, {z})\n\
             fn {entry}(@builtin(global_invocation_id) hpc__invocation: vec3u) {{\n\
             {i}{keyword}hpc__thread_id = hpc__params.hpc__base + vec3i(hpc__invocation{swizzle});\n\
             {i}if any(vec3u(hpc__thread_id) >= vec3u(hpc__params.hpc__extents)) {{\n\
             {i}{i}return;\n\
             {i}}}\n\
             {body}}}\n",
            entry = Wgsl::ENTRY_POINT,
            swizzle = ["", ".yxz", ".zyx"][self.facts.lane_axis.min(2)],
            i = text::INDENT,
        )
    }
}
