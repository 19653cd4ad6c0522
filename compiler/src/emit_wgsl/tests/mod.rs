//! Every text is validated with naga. What the text means is tested on real devices by the conformance corpus.

mod all;
mod golden;
mod library;
mod shapes;
#[path = "../../../tests/support/wgsl.rs"]
mod wgsl;

use super::{Source, emit};
use crate::analysis::{AccessFacts, access, all_loops_end};
use crate::bindings::Bindings;
use crate::diagnostics::Lines;
use crate::ir::testing::interface;
use crate::ir::{Kernel, Stage, verify};
use crate::transform::labels::labels;

/// What a kernel becomes.
struct Emitted {
    text: String,
    facts: AccessFacts,
    bindings: Bindings,
}

/// Emits a kernel, after checking that it is one, and validates the text.
#[track_caller]
fn emitted(mut kernel: Kernel) -> Emitted {
    let interface = interface();
    assert_eq!(verify(&kernel, &interface, Stage::Represented), Ok(()));
    labels(&mut kernel);
    let facts = access(&kernel);
    let bindings = Bindings::of(&interface, &facts);
    let counted = bindings.counted(!all_loops_end(&kernel), false);
    let source = Source {
        kernel: &kernel,
        interface: &interface,
        facts: &facts,
        bindings: &bindings,
        in_range: &[],
        counted: counted.as_ref(),
        lines: &Lines::of(""),
    };
    let text = emit(source, None);
    validate(&text);
    Emitted { text, facts, bindings }
}

#[track_caller]
fn validate(wgsl: &str) {
    if let Err(wrong) = wgsl::check(wgsl) {
        panic!("{wrong}");
    }
}

/// The part of the text between the bindings and the helpers, for short assertions.
#[track_caller]
fn body(kernel: Kernel) -> String {
    let wgsl = emitted(kernel).text;
    let after_guard = wgsl.split_once("        return;\n    }\n").expect("the entry has a guard").1;
    let body = after_guard.split_once("\n}\n").map_or("", |(body, _)| body);
    body.lines().map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect()
}
