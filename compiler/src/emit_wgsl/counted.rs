//! Loops that are not known to end count their rounds, and tell if these are too many: see [`artifact::Counted`].

use artifact::Wgsl;

use super::Module;
use super::function::FunctionWriter;
use super::text::INDENT;
use crate::analysis::loop_ends;
use crate::ir::{Block, Expression, ExpressionKind, Statement, StatementKind};

/// The name of the words in which loops tell.
pub(super) const STOPPED: &str = "hpc__stopped";

/// The name of the field of the params that holds the dispatch's ticket.
pub(super) const TICKET: &str = "hpc__ticket";

/// The name of what an invocation counts.
pub(super) const ROUNDS: &str = "hpc__rounds";

/// What is counted of a loop that was stopped: all others of the invocation stop likewise.
const STOPPED_ROUNDS: &str = "0xffffffffu";

/// The name of the function that tells.
const STOP: &str = "hpc__stop";

impl Module<'_> {
    /// Ends an invocation whose dispatch has been stopped: where many loop for ever, this is what ends them soon.
    pub(super) fn guard_stopped(&self) -> String {
        if !self.counts {
            return String::new();
        }
        format!(
            "{i}if atomicLoad(&{STOPPED}[0]) == hpc__params.{TICKET} {{\n{i}{i}return;\n{i}}}\n",
            i = INDENT
        )
    }

    /// The function that tells of a loop.
    pub(super) fn stopping(&self) -> String {
        if !self.counts {
            return String::new();
        }
        format!(
            "// Tells that a loop, in this line of the kernel, makes too many rounds.\n\
             fn {STOP}(line: u32) {{\n\
             {i}atomicStore(&{STOPPED}[0], hpc__params.{TICKET});\n\
             {i}if atomicMin(&{STOPPED}[2], hpc__params.{TICKET}) >= hpc__params.{TICKET} {{\n\
             {i}{i}atomicStore(&{STOPPED}[1], line);\n\
             {i}}}\n\
             }}\n",
            i = INDENT
        )
    }
}

/// What counts the rounds of a loop that is not known to end.
pub(super) struct Counter {
    /// The variable.
    name: String,
    /// The line in which the loop begins.
    line: u32,
}

impl FunctionWriter<'_> {
    /// What counts the rounds of a loop, just before it begins. Where no other loop counts within, that is a variable of the function: drivers keep
    /// those of invocations in memory.
    pub(super) fn begin_counting(&mut self, repeat: &Statement) -> Option<Counter> {
        if !self.module.counts || loop_ends(self.function, repeat) {
            return None;
        }
        let line = self.module.lines.line(repeat.span.start);
        let mut name = ROUNDS.to_owned();
        if !self.counts_within(repeat) {
            name = self.claim("hpc__rounds_here");
            self.line(&format!("var {name} = {ROUNDS};"));
        }
        Some(Counter { name, line })
    }

    /// The end of such a loop, wherever it was left for. Here it tells: drivers on CPUs do what stands in a branch in every round.
    pub(super) fn end_counting(&mut self, counter: Option<Counter>) {
        let Some(Counter { name, line }) = counter else { return };
        if name != ROUNDS {
            self.line(&format!("{ROUNDS} = {name};"));
        }
        self.line(&format!("if {name} == {STOPPED_ROUNDS} {{"));
        self.indented(|writer| writer.line(&format!("{STOP}({line}u);")));
        self.line("}");
    }

    /// Counts a round, and leaves the loop after too many.
    pub(super) fn count_round(&mut self, counter: Option<&Counter>) {
        let Some(Counter { name, .. }) = counter else { return };
        self.line(&format!("if {name} >= {} {{", Wgsl::LOOP_LIMIT_OVERRIDE));
        self.indented(|writer| {
            writer.line(&format!("{name} = {STOPPED_ROUNDS};"));
            writer.line("break;");
        });
        self.line("}");
        self.line(&format!("{name} += 1u;"));
    }

    /// A loop whose head tests.
    pub(super) fn round(&mut self, head: &str, counter: Option<&Counter>, body: &Block) {
        self.line(head);
        self.indented(|writer| {
            writer.count_round(counter);
            writer.block(body);
        });
        self.line("}");
    }

    /// Whether other loops may count in its rounds, or in functions that it calls.
    fn counts_within(&self, repeat: &Statement) -> bool {
        let mut found = false;
        let calls = |expression: &Expression| matches!(expression.kind, ExpressionKind::Call { .. });
        for expression in repeat.expressions() {
            expression.walk(&mut |expression| found |= calls(expression));
        }
        for block in repeat.blocks() {
            block.walk_expressions(&mut |expression| found |= calls(expression));
            block.walk(&mut |inner| {
                let is_loop = matches!(inner.kind, StatementKind::Loop { .. });
                found |= is_loop && !loop_ends(self.function, inner);
            });
        }
        found
    }
}
