//! Loops that are not known to end count their rounds, and tell if these are too many: see [`artifact::Counted`].

use artifact::Wgsl;

use super::Module;
use super::function::FunctionWriter;
use super::text::INDENT;
use crate::analysis::loop_ends;
use crate::ir::{Block, Statement};

/// The name of the words in which loops tell.
pub(super) const STOPPED: &str = "hpc__stopped";

/// The name of the field of the params that holds the dispatch's ticket.
pub(super) const TICKET: &str = "hpc__ticket";

/// The name of what an invocation counts.
pub(super) const ROUNDS: &str = "hpc__rounds";

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

impl FunctionWriter<'_> {
    /// Counts a round of a loop that is not known to end, and leaves it after too many.
    pub(super) fn count_round(&mut self, repeat: &Statement) {
        if !self.module.counts || loop_ends(self.function, repeat) {
            return;
        }
        let line = self.module.lines.line(repeat.span.start);
        self.line(&format!("if {ROUNDS} == {} {{", Wgsl::LOOP_LIMIT_OVERRIDE));
        self.indented(|writer| {
            writer.line(&format!("{STOP}({line}u);"));
            writer.line("break;");
        });
        self.line("}");
        self.line(&format!("{ROUNDS} += 1u;"));
    }

    /// The body of a loop whose head counts and tests.
    pub(super) fn round(&mut self, head: &str, repeat: &Statement, body: &Block) {
        self.line(head);
        self.indented(|writer| {
            writer.count_round(repeat);
            writer.block(body);
        });
        self.line("}");
    }
}
