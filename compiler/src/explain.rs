//! What the compiler found out about a kernel and chose for it, in plain words with the user's lines.

use artifact::{Access, Component, Conditions, Interface};

use crate::analysis::steps::{is_instruction, operation, summed};
use crate::analysis::{AccessFacts, loop_ends};
use crate::conditions::describe;
use crate::diagnostics::Span;
use crate::ir::{Expression, ExpressionKind, Kernel, Known, LocalId, Place, Statement, StatementKind};
use crate::transform::accumulate::Accumulation;
use crate::transform::represent::Wide;
use crate::tuning::{TALLIED, THREADS, Tuning, Untuned};

/// What there is to tell.
pub struct Findings<'a> {
    /// The user's text.
    pub source: &'a str,
    /// The kernel as it is emitted.
    pub kernel: &'a Kernel,
    /// What it is for.
    pub interface: &'a Interface,
    /// What it touches.
    pub facts: &'a AccessFacts,
    /// The numbers that are doubles.
    pub wide: &'a [Wide],
    /// What became of what is accumulated.
    pub accumulations: &'a [Accumulation],
    /// What is known of a shader; nothing of code for CPUs.
    pub shader: Option<Shader<'a>>,
}

/// What is known of a shader.
pub struct Shader<'a> {
    /// The runs that indices are known to be in range for, as [`artifact::Wgsl::in_range`] lists them.
    pub in_range: &'a [Conditions],
    /// How large runs are computed, or why as all others.
    pub tuning: &'a Result<Tuning, Untuned>,
}

/// The explanation, a line for each finding.
pub fn explain(findings: &Findings<'_>) -> String {
    let mut lines = vec![findings.lanes()];
    lines.extend(findings.buffers());
    let mut located: Vec<(Span, String)> = findings
        .wide
        .iter()
        .map(|wide| (wide.span, format!("wide, a double, as {}", wide.why.words())))
        .collect();
    let own = findings.accumulations.iter().filter_map(|found| Some((found.span, findings.own(found)?)));
    located.extend(own);
    for function in findings.kernel.all_functions() {
        function.body.walk(&mut |statement| {
            if matches!(statement.kind, StatementKind::Loop { .. }) {
                located.push((statement.span, findings.repeat(loop_ends(function, statement))));
            }
            if let StatementKind::Update { old, element, value } = &statement.kind {
                located.push((statement.span, findings.step(*old, element, value)));
            }
            if let Some(shader) = &findings.shader {
                located.extend(findings.accesses(statement, shader));
            }
        });
    }
    for (span, text) in in_order(located) {
        let line = 1 + findings.source[..span.start as usize].matches('\n').count();
        lines.push(format!("line {line}: `{}`: {text}", head(span.text(findings.source))));
    }
    lines.extend(findings.shader.as_ref().map(|shader| findings.large_runs(shader.tuning)));
    lines.join("\n") + "\n"
}

/// What was found, each once, in the order of the text: nearly all of it is in order, and code that sorts is a large download.
fn in_order(located: Vec<(Span, String)>) -> Vec<(Span, String)> {
    let mut sorted: Vec<(Span, String)> = Vec::with_capacity(located.len());
    for found in located {
        let place = sorted.partition_point(|(span, _)| span.start <= found.0.start);
        sorted.insert(place, found);
    }
    sorted.dedup();
    sorted
}

impl Findings<'_> {
    fn lanes(&self) -> String {
        let axis = ["x", "y", "z"][self.facts.lane_axis.min(2)];
        format!(
            "threads: neighbours on the device differ in threadId.{axis}, which most accesses are contiguous in"
        )
    }

    fn buffers(&self) -> Vec<String> {
        let described = self.facts.buffers.iter().filter_map(|(&buffer, access)| {
            let name = &self.interface.buffers.get(buffer)?.name;
            Some(match access {
                Access::Read => format!("buffer {name}: only read, and bound so"),
                Access::ReadWrite => format!("buffer {name}: written"),
            })
        });
        described.collect()
    }

    fn repeat(&self, ends: bool) -> String {
        let guards = self.shader.is_some();
        match ends {
            true if guards => "this loop counts an integer towards a bound, so it ends and needs no guard".into(),
            true => "this loop counts an integer towards a bound, so it ends".into(),
            false => "not seen to count an integer by steps towards a bound: its rounds are counted, in case it does not end".into(),
        }
    }

    /// That a thread accumulates in an element of its own, and in which runs.
    fn own(&self, found: &Accumulation) -> Option<String> {
        let conditions = found.own.as_ref()?;
        let what = "no other thread has this element, so it is read and written as all others";
        Some(match conditions.is_empty() {
            true => what.to_owned(),
            false => {
                let words = describe(conditions, self.interface);
                format!("{what}, where {words}; in other runs it is changed in one step")
            }
        })
    }

    /// What an update is on the device.
    fn step(&self, old: LocalId, element: &Expression, value: &Expression) -> String {
        let element_type = element.loaded().and_then(|(buffer, ..)| self.interface.buffers.get(buffer));
        let component = element_type.map_or(Component::F32, |described| described.element.component());
        let operation = operation(old, element, value);
        let adds_floats = self.interface.float_atomics
            && element
                .loaded()
                .is_some_and(|(buffer, ..)| summed(self.kernel, self.interface).contains(&buffer));
        let is_operation = match self.shader {
            Some(_) => component.bytes() == 4 && (adds_floats || operation.is_some()),
            None => operation.is_some_and(|(operation, _)| is_instruction(operation, component)),
        };
        let how = match component {
            _ if is_operation => "an atomic operation".to_owned(),
            Component::F64 if self.shader.is_some() => {
                "taken away from the others while it is changed, as devices change no 64 bits at once"
                    .to_owned()
            }
            _ => "compared and exchanged, again where another thread came between".to_owned(),
        };
        format!("other threads may have this element too, so it is changed in one step: {how}")
    }

    /// What is known of the indices of each access in a statement.
    fn accesses(&self, statement: &Statement, shader: &Shader<'_>) -> Vec<(Span, String)> {
        let mut found = Vec::new();
        let mut note = |span, index: &[Expression]| {
            found.extend(self.indices(index, shader.in_range).map(|text| (span, text)));
        };
        match &statement.kind {
            StatementKind::Assign { place: Place::Buffer { index, .. }, .. } => note(statement.span, index),
            StatementKind::SetPixel { position, .. } => note(statement.span, position),
            _ => {}
        }
        for expression in statement.expressions() {
            expression.walk(&mut |expression| {
                if let ExpressionKind::Load { index, .. } = &expression.kind {
                    note(expression.span, index);
                }
            });
        }
        found
    }

    fn indices(&self, index: &[Expression], in_range: &[Conditions]) -> Option<String> {
        if index.iter().all(|index| index.as_number().is_some()) {
            return None;
        }
        let mut unproven: Vec<String> = index
            .iter()
            .filter(|index| index.known().is_none())
            .map(|index| format!("`{}`", head(index.span.text(self.source))))
            .collect();
        unproven.dedup();
        if !unproven.is_empty() {
            return Some(format!("checked, as {} may be out of range", unproven.join(" and ")));
        }
        let mut when: Vec<String> = Vec::new();
        for index in index {
            if let Some(Known::Conditionally(bit)) = index.known()
                && let Some(conditions) = in_range.get(usize::from(bit))
            {
                let words = describe(conditions, self.interface);
                if !when.contains(&words) {
                    when.push(words);
                }
            }
        }
        Some(match when.as_slice() {
            [] => "in range in every run, so not checked".into(),
            _ => format!("in range, so not checked, where {}", when.join(" and ")),
        })
    }

    /// The names of buffers.
    fn names(&self, buffers: &[usize]) -> String {
        let names = buffers.iter().filter_map(|&buffer| self.interface.buffers.get(buffer));
        names.map(|described| described.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn large_runs(&self, tuning: &Result<Tuning, Untuned>) -> String {
        let axis = |axis: usize| ["x", "y", "z"][axis.min(2)];
        let text = match tuning {
            Err(untuned) => format!("computed as all others, as {untuned}"),
            Ok(Tuning::Repeated { axis: along }) => format!(
                "an invocation computes {THREADS} threads along {}, which share what they load",
                axis(*along)
            ),
            Ok(Tuning::Tallied { buffers, .. }) => format!(
                "an invocation computes {TALLIED} threads, and a workgroup counts for itself in {} and then adds what it has",
                self.names(buffers)
            ),
            Ok(Tuning::Interleaved { threads: THREADS, .. }) => {
                format!("an invocation computes {THREADS} threads at once, whose loads overlap")
            }
            Ok(Tuning::Interleaved { threads, .. }) => format!(
                "innermost loops that count by ones compute several rounds between two tests, and an invocation computes {threads} threads at once"
            ),
            Ok(Tuning::Unrolled(_)) => {
                "innermost loops that count by ones compute several rounds between two tests".into()
            }
            Ok(Tuning::Tiled(tile)) => {
                let names = self.names(&tile.buffers);
                format!("a workgroup loads elements of {names} once for all its threads")
            }
        };
        format!("large runs: {text}")
    }
}

/// The first line of a piece of the user's text, up to the block that it begins.
fn head(text: &str) -> &str {
    text.lines().next().unwrap_or("").split('{').next().unwrap_or("").trim_end()
}
