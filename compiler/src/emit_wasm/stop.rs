//! Loops that stop: when the host says so, and those that are not known to end after so many rounds.
//!
//! A look whether to stop is a load and a branch, which a loop of a few instructions would feel in each round. So
//!
//! - a loop that is known to make few rounds, with no loop within, does not look at all: others do, around it;
//! - one that is known to end, with no loop within, counts [`STRIDE`] rounds down in a local before it looks;
//! - a loop around others looks in each round;
//! - one that is not known to end counts the rounds of all such loops together, for the eight invocations at hand. Every [`STRIDE`] rounds
//!   it looks, and whether there have been as many as [`MemoryLayout::LOOP_LIMIT`] allows: then it tells its line and traps.

use artifact::MemoryLayout;
use wasm_encoder::{Instruction as I, ValType};

use super::Global;
use super::code::{Label, at};
use super::function::FunctionWriter;
use crate::analysis::counters::counter;
use crate::analysis::{all_loops_end, loop_ends};
use crate::diagnostics::Lines;
use crate::ir::{Block, ExpressionKind, Kernel, Statement, StatementKind};

/// So many rounds pass between two looks: a round takes some microseconds at most, and a look costs about as much as a round.
const STRIDE: i32 = 1 << MemoryLayout::LOOP_STRIDE_BITS;

/// The way in which a loop is stopped.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    /// Whether it looks at the beginning of each round.
    looks: bool,
    between: Between,
}

/// The check between two rounds.
#[derive(Clone, Copy)]
enum Between {
    Nothing,
    /// It counts rounds down in this local.
    CountsDown(u32),
    /// It counts rounds for all loops that are not known to end.
    Counts {
        /// The line in which it begins.
        line: u32,
        /// The local that holds one more than [`Global::Rounds`], if no other loop counts within.
        left: Option<u32>,
    },
}

impl FunctionWriter<'_> {
    /// Chooses how a loop is stopped, and emits what comes before it.
    pub(super) fn begin_loop(&mut self, statement: &Statement) -> Stop {
        let looks = self.context.repeats.within(statement);
        let between = if !loop_ends(self.function, statement) {
            Between::Counts { line: self.context.repeats.line(statement), left: self.count_apart(!looks) }
        } else if looks || self.makes_few_rounds(statement) {
            Between::Nothing
        } else {
            self.code.int(STRIDE);
            Between::CountsDown(self.code.keep(ValType::I32))
        };
        Stop { looks, between }
    }

    /// A local that counts in place of the global, which would be stored and loaded in each round.
    fn count_apart(&mut self, is_wanted: bool) -> Option<u32> {
        is_wanted.then(|| {
            self.code.global(Global::Rounds);
            self.code.int(1);
            self.code.emit(I::I32Add);
            self.code.keep(ValType::I32)
        })
    }

    /// The end of a loop, wherever it was left for. Who leaves farther lets off some rounds, fewer than a stride.
    pub(super) fn end_loop(&mut self, stop: Stop) {
        if let Between::Counts { left: Some(left), .. } = stop.between {
            self.code.get(left);
            self.code.int(1);
            self.code.emit(I::I32Sub);
            self.code.set_global(Global::Rounds);
        }
    }

    fn makes_few_rounds(&self, statement: &Statement) -> bool {
        let counter = counter(self.function, &self.starts, statement);
        counter.is_some_and(|counter| i64::from(counter.high) - i64::from(counter.low) < i64::from(STRIDE))
    }

    /// The beginning of a round.
    pub(super) fn begin_round(&mut self, stop: Stop) {
        if stop.looks {
            self.stop_on_demand();
        }
    }

    /// Goes on to the next round.
    pub(super) fn next_round(&mut self, stop: Stop, top: Label) {
        match stop.between {
            Between::Nothing => {}
            Between::CountsDown(left) => {
                self.count_down(left, top);
                self.stop_on_demand();
                self.code.int(STRIDE);
                self.code.set(left);
            }
            Between::Counts { line, left: Some(left) } => {
                self.count_down(left, top);
                self.next_stride(line);
                self.code.int(STRIDE);
                self.code.set(left);
            }
            Between::Counts { line, left: None } => {
                let left = self.code.local(ValType::I32);
                self.code.global(Global::Rounds);
                self.code.int(1);
                self.code.emit(I::I32Sub);
                self.code.emit(I::LocalTee(left));
                self.code.set_global(Global::Rounds);
                self.code.get(left);
                self.code.int(0);
                self.code.emit(I::I32GeS);
                self.code.branch_if(top);
                self.next_stride(line);
                self.code.int(STRIDE - 1);
                self.code.set_global(Global::Rounds);
            }
        }
        self.code.branch(top);
    }

    /// Goes on at once if there is a round left.
    fn count_down(&mut self, left: u32, top: Label) {
        self.code.get(left);
        self.code.int(1);
        self.code.emit(I::I32Sub);
        self.code.emit(I::LocalTee(left));
        self.code.branch_if(top);
    }

    /// Looks, and counts the looks: when there are none left, the loop in this line does not end.
    fn next_stride(&mut self, line: u32) {
        self.stop_on_demand();
        self.code.global(Global::Strides);
        self.code.emit(I::I32Eqz);
        self.code.when();
        self.code.address(0);
        self.code.int(line as i32);
        self.code.emit(I::I32AtomicStore(at(MemoryLayout::ENDLESS)));
        self.code.emit(I::Unreachable);
        self.code.close();
        self.code.global(Global::Strides);
        self.code.int(1);
        self.code.emit(I::I32Sub);
        self.code.set_global(Global::Strides);
    }

    /// Sets the rounds that the next invocations may make, if any loop counts them.
    pub(super) fn allow_rounds(&mut self) {
        if !self.context.repeats.some_count {
            return;
        }
        let words = [Global::Rounds, Global::Strides];
        for (offset, global) in
            [MemoryLayout::LOOP_LIMIT, MemoryLayout::LOOP_LIMIT + 4].into_iter().zip(words)
        {
            self.code.address(0);
            self.code.emit(I::I32Load(at(offset)));
            self.code.set_global(global);
        }
    }

    /// Traps if the host says so. Atomic, so that no compiler takes the answer for always the same.
    pub(super) fn stop_on_demand(&mut self) {
        self.code.address(0);
        self.code.emit(I::I32AtomicLoad(at(MemoryLayout::CANCEL)));
        self.code.when();
        self.code.emit(I::Unreachable);
        self.code.close();
    }
}

/// What is known of the loops of a kernel.
pub(super) struct Repeats {
    /// Which functions have loops, or call such.
    functions: Vec<bool>,
    /// Whether some loops are not known to end.
    some_count: bool,
    lines: Lines,
}

impl Repeats {
    pub(super) fn of(kernel: &Kernel, source: &str) -> Self {
        let mut repeats = Self { functions: Vec::new(), some_count: false, lines: Lines::of(source) };
        // Callees come first.
        for function in &kernel.functions {
            let repeat = repeats.in_block(&function.body);
            repeats.functions.push(repeat);
        }
        repeats.some_count = !all_loops_end(kernel);
        repeats
    }

    /// In which line a loop begins.
    fn line(&self, statement: &Statement) -> u32 {
        self.lines.line(statement.span.start)
    }

    /// Whether a loop has loops within, or calls functions that have.
    fn within(&self, statement: &Statement) -> bool {
        let mut found = false;
        for expression in statement.expressions() {
            expression.walk(&mut |expression| found |= self.calls(&expression.kind));
        }
        found || statement.blocks().into_iter().any(|block| self.in_block(block))
    }

    fn in_block(&self, block: &Block) -> bool {
        let mut found = block.contains(&|kind| matches!(kind, StatementKind::Loop { .. }));
        block.walk_expressions(&mut |expression| found |= self.calls(&expression.kind));
        found
    }

    fn calls(&self, kind: &ExpressionKind) -> bool {
        let ExpressionKind::Call { function, .. } = kind else { return false };
        self.functions.get(function.0 as usize).copied().unwrap_or(false)
    }
}
