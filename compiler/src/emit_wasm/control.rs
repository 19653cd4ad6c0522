//! Where control flow parts the lanes, and where they meet again.
//!
//! The mask says which lanes are active. A divergent statement saves it, narrows it for each way, and restores it behind: all that were
//! active but those that have left for somewhere farther out, about whom the masks of that target know (`Target::left`,
//! `Target::skipped`, `FunctionWriter::returned`). Lanes that leave are taken out of the mask; when none is left, the code jumps to the end of
//! the innermost region, where some may come back.

use crate::collections::Set;

use wasm_encoder::{Instruction as I, ValType};

use super::code::{Label, Pair, Uniform};
use super::function::{FunctionWriter, Storage, Target, Value};
use crate::analysis::counters::counter;
use crate::analysis::uniformity::FunctionFacts;
use crate::ir::{
    BinaryOp, Block, Case, Expression, ExpressionKind, LabelId, Place, Scalar, Statement, StatementKind,
    TestPosition,
};

/// A way out of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Break(LabelId),
    Continue(LabelId),
    Return,
}

impl Exit {
    fn of(statement: &Statement) -> Option<Self> {
        match statement.kind {
            StatementKind::Break(label) => Some(Self::Break(label)),
            StatementKind::Continue(label) => Some(Self::Continue(label)),
            StatementKind::Return(_) => Some(Self::Return),
            _ => None,
        }
    }

    /// Whether some lanes take such an exit before the others.
    fn diverges(self, facts: &FunctionFacts) -> bool {
        match self {
            Self::Break(label) => facts.breaks_diverge(label),
            Self::Continue(label) => facts.continues_diverge(label),
            Self::Return => facts.returns_diverge(),
        }
    }
}

/// The exits that lead out of a statement.
fn exits(statement: &Statement) -> Set<Exit> {
    let mut found: Set<Exit> = Exit::of(statement).into_iter().collect();
    for block in statement.blocks() {
        block.0.iter().for_each(|inner| found.extend(exits(inner)));
    }
    match &statement.kind {
        StatementKind::Loop { label, .. }
        | StatementKind::Scope { label, .. }
        | StatementKind::Switch { label, .. } => {
            let stays = |exit: &Exit| !matches!(exit, Exit::Break(to) | Exit::Continue(to) if to == label);
            found = found.into_iter().filter(stays).collect();
        }
        _ => {}
    }
    found
}

impl FunctionWriter<'_> {
    /// Whether a statement restores the mask behind it.
    fn restores(&self, statement: &Statement) -> bool {
        let is_uniform = |value: &Expression| self.context.uniformity.is_uniform(self.number, value);
        match &statement.kind {
            StatementKind::If { condition, accept, reject } => {
                !is_uniform(condition) && guarded_exit(accept, reject).is_none()
            }
            StatementKind::Loop { label, .. } => self.facts().loop_diverges(*label),
            StatementKind::Scope { label, .. } => self.facts().breaks_diverge(*label),
            StatementKind::Switch { label, selector, .. } => {
                !is_uniform(selector) || self.facts().breaks_diverge(*label)
            }
            _ => false,
        }
    }

    /// Whether an exit has to be noted, as a statement that it leaves restores the mask.
    fn is_noted(&self, block: &Block, exit: Exit) -> bool {
        block.0.iter().any(|statement| {
            (self.restores(statement) && exits(statement).contains(&exit))
                || statement.blocks().into_iter().any(|block| self.is_noted(block, exit))
        })
    }

    /// A mask for those who take a divergent exit, if somebody asks for them.
    fn note(&mut self, exit: Exit, blocks: &[&Block]) -> Option<Pair> {
        let wanted = exit.diverges(self.facts()) && blocks.iter().any(|block| self.is_noted(block, exit));
        wanted.then(|| self.cleared())
    }

    /// Makes a mask for those who return, if somebody asks for them.
    pub(super) fn note_returns(&mut self) {
        self.returned = self.note(Exit::Return, &[&self.function.body]);
    }

    fn cleared(&mut self) -> Pair {
        let pair = self.code.pair();
        self.code.clear(pair);
        pair
    }

    fn saved_mask(&mut self) -> Pair {
        let saved = self.code.pair();
        self.code.copy(saved, self.mask);
        saved
    }

    /// The mask as it was, less those who have left `statement` for somewhere farther out.
    fn restore(&mut self, saved: Pair, statement: &Statement) {
        self.code.copy(self.mask, saved);
        for exit in exits(statement) {
            if let Some(gone) = self.gone(exit) {
                self.code.lanes_into(self.mask, &I::V128AndNot, &[self.mask, gone]);
            }
        }
    }

    fn target(&self, label: LabelId) -> &Target {
        let found = self.targets.iter().rev().find(|target| target.label == label);
        found.expect("the verifier knows that exits name a statement around them")
    }

    /// The lanes that have taken an exit.
    fn gone(&self, exit: Exit) -> Option<Pair> {
        match exit {
            Exit::Break(label) => self.target(label).left,
            Exit::Continue(label) => self.target(label).skipped,
            Exit::Return => self.returned,
        }
    }

    /// Goes to the end of the region if nobody is active any more, where that may be so behind `statement`.
    fn skip_behind(&mut self, statement: &Statement) {
        if exits(statement).into_iter().any(|exit| exit.diverges(self.facts())) {
            self.code.none(self.mask);
            self.code.branch_if(self.skip);
        }
    }

    /// Whether lanes part by a condition or selector, as far as the analysis knows; what is assumed it does not know.
    fn parts(&self, expression: &Expression) -> bool {
        !self.context.uniformity.is_uniform(self.number, expression)
    }

    /// A part that is a region for the analysis, though all lanes run it.
    fn deeper(&mut self, is_region: bool, write: impl FnOnce(&mut Self)) {
        self.depth += u32::from(is_region);
        write(self);
        self.depth -= u32::from(is_region);
    }

    /// A part that not all lanes run. At its end the mask is set anew.
    fn region(&mut self, is_checked: bool, write: impl FnOnce(&mut Self, Label)) {
        let end = self.code.block();
        if is_checked {
            self.code.none(self.mask);
            self.code.branch_if(end);
        }
        let outer = std::mem::replace(&mut self.skip, end);
        self.narrowed += 1;
        self.deeper(true, |writer| write(writer, end));
        self.narrowed -= 1;
        self.skip = outer;
        self.code.close();
    }

    pub(super) fn branch(&mut self, statement: &Statement) {
        let StatementKind::If { condition: expression, accept, reject } = &statement.kind else { return };
        let condition = self.single(expression);
        match condition.uniform() {
            // Constant conditions were folded before; what is constant here is so by an assumption about the lanes.
            Some(Uniform::Bits(known)) => {
                let block = if known == 0 { reject } else { accept };
                let parts = self.parts(expression);
                self.deeper(parts, |writer| writer.block(block));
            }
            Some(condition) => {
                self.code.uniform(condition, ValType::I32);
                self.code.when();
                self.block(accept);
                if !reject.0.is_empty() {
                    self.code.otherwise();
                    self.block(reject);
                }
                self.code.close();
            }
            None => {
                let condition = self.lanes_of(condition, Scalar::Bool);
                match guarded_exit(accept, reject) {
                    Some(exit) => self.guard(condition, exit),
                    None => self.both_ways(condition, [accept, reject], statement),
                }
            }
        }
        self.skip_behind(statement);
    }

    /// `if (condition) break;` and its like.
    fn guard(&mut self, condition: Pair, exit: Exit) {
        if let Some(gone) = self.gone(exit) {
            let leaving = self.code.lanes(&I::V128And, &[self.mask, condition]);
            self.code.lanes_into(gone, &I::V128Or, &[gone, leaving]);
        }
        self.code.lanes_into(self.mask, &I::V128AndNot, &[self.mask, condition]);
    }

    fn both_ways(&mut self, condition: Pair, [accept, reject]: [&Block; 2], statement: &Statement) {
        let saved = self.saved_mask();
        self.code.lanes_into(self.mask, &I::V128And, &[saved, condition]);
        self.region(!is_cheap(accept), |writer, _| writer.block(accept));
        if !reject.0.is_empty() {
            self.code.lanes_into(self.mask, &I::V128AndNot, &[saved, condition]);
            self.region(!is_cheap(reject), |writer, _| writer.block(reject));
        }
        self.restore(saved, statement);
    }

    pub(super) fn repeat(&mut self, statement: &Statement) {
        let StatementKind::Loop { label, test, prelude, condition, body, update } = &statement.kind else {
            return;
        };
        let diverges = self.facts().loop_diverges(*label);
        let parts = self.facts().continues_diverge(*label);
        let saved = diverges.then(|| self.saved_mask());
        let left = self.note(Exit::Break(*label), &[body]);
        let outer = self.skip;
        let stop = self.begin_loop(statement);
        let leave = self.code.block();
        let top = self.code.repeat();
        self.begin_round(stop);
        self.depth += u32::from(diverges);
        self.narrowed += u32::from(diverges || parts);
        if *test == TestPosition::First {
            self.block(prelude);
            self.test(condition.as_ref(), leave);
        }
        let next = self.code.block();
        let skipped = parts.then(|| self.cleared());
        let inside = self.depth + u32::from(parts);
        self.targets.push(Target {
            label: *label,
            leave: (leave, self.depth),
            next: Some((next, inside)),
            left,
            skipped,
        });
        self.skip = if parts { next } else { leave };
        self.depth = inside;
        let known = self.limit_counter(statement);
        self.block(body);
        self.limits.truncate(self.limits.len() - known);
        self.depth -= u32::from(parts);
        self.code.close();
        if let Some(skipped) = skipped {
            self.code.lanes_into(self.mask, &I::V128Or, &[self.mask, skipped]);
            self.code.none(self.mask);
            self.code.branch_if(leave);
        }
        self.block(update);
        if *test == TestPosition::Last {
            self.block(prelude);
            self.test(condition.as_ref(), leave);
        }
        self.next_round(stop, top);
        self.code.close();
        self.code.close();
        self.end_loop(stop);
        self.targets.pop();
        self.depth -= u32::from(diverges);
        self.narrowed -= u32::from(diverges || parts);
        self.skip = outer;
        if let Some(saved) = saved {
            self.restore(saved, statement);
        }
        self.skip_behind(statement);
    }

    /// Notes the limit of the loop's counter while its body is written; how many were noted.
    fn limit_counter(&mut self, statement: &Statement) -> usize {
        let Some(counter) = counter(self.function, &self.starts, statement) else { return 0 };
        // A loop whose counter starts beyond its end makes no round.
        let (0.., Ok(high)) = (counter.low, u32::try_from(counter.high)) else { return 0 };
        let Storage::Components(slots) = &self.locals[counter.local.0 as usize] else { return 0 };
        let [Value::Uniform(slot)] = slots[..] else { return 0 };
        self.limits.push((slot, high + 1));
        1
    }

    /// Leaves a loop if its condition holds for none that is active.
    fn test(&mut self, condition: Option<&Expression>, leave: Label) {
        let Some(condition) = condition else { return };
        let condition = self.single(condition);
        match condition.uniform() {
            Some(Uniform::Bits(1)) => {}
            Some(condition) => {
                self.code.uniform(condition, ValType::I32);
                self.code.emit(I::I32Eqz);
                self.code.branch_if(leave);
            }
            None => {
                let condition = self.lanes_of(condition, Scalar::Bool);
                self.code.lanes_into(self.mask, &I::V128And, &[self.mask, condition]);
                self.code.none(self.mask);
                self.code.branch_if(leave);
            }
        }
    }

    pub(super) fn scope(&mut self, statement: &Statement) {
        let StatementKind::Scope { label, body } = &statement.kind else { return };
        let left = self.note(Exit::Break(*label), &[body]);
        if self.facts().breaks_diverge(*label) {
            let saved = self.saved_mask();
            self.region(false, |writer, end| writer.within(*label, end, left, body));
            self.restore(saved, statement);
        } else {
            let end = self.code.block();
            self.within(*label, end, left, body);
            self.code.close();
        }
        self.skip_behind(statement);
    }

    /// A block that `Break` can leave.
    fn within(&mut self, label: LabelId, end: Label, left: Option<Pair>, body: &Block) {
        self.targets.push(Target { label, leave: (end, self.depth), next: None, left, skipped: None });
        self.block(body);
        self.targets.pop();
    }

    pub(super) fn switch(&mut self, statement: &Statement) {
        let StatementKind::Switch { label, selector, cases, default } = &statement.kind else { return };
        let blocks = statement.blocks();
        let left = self.note(Exit::Break(*label), &blocks);
        let parts = self.parts(selector);
        let selector = self.single(selector);
        if selector.uniform().is_none() {
            let saved = self.saved_mask();
            self.each_case(selector, saved, *label, left, cases, default);
            self.restore(saved, statement);
        } else if self.facts().breaks_diverge(*label) {
            let saved = self.saved_mask();
            self.region(false, |writer, end| writer.one_case(selector, end, *label, left, cases, default));
            self.restore(saved, statement);
        } else {
            let end = self.code.block();
            self.deeper(parts, |writer| writer.one_case(selector, end, *label, left, cases, default));
            self.code.close();
        }
        self.skip_behind(statement);
    }

    /// The case of a uniform selector.
    fn one_case(
        &mut self,
        selector: Value,
        end: Label,
        label: LabelId,
        left: Option<Pair>,
        cases: &[Case],
        default: &Block,
    ) {
        for case in cases {
            let chosen = self.is_one_of(selector, &case.values);
            let Some(chosen) = chosen.uniform() else { unreachable!("the selector is uniform") };
            self.code.uniform(chosen, ValType::I32);
            self.code.when();
            self.within(label, end, left, &case.body);
            self.code.branch(end);
            self.code.close();
        }
        self.within(label, end, left, default);
    }

    /// The cases of a selector that differs: each for those who choose it.
    fn each_case(
        &mut self,
        selector: Value,
        saved: Pair,
        label: LabelId,
        left: Option<Pair>,
        cases: &[Case],
        default: &Block,
    ) {
        let rest = self.code.pair();
        self.code.copy(rest, saved);
        for case in cases {
            let chosen = self.is_one_of(selector, &case.values);
            let chosen = self.lanes_of(chosen, Scalar::Bool);
            self.code.lanes_into(self.mask, &I::V128And, &[saved, chosen]);
            self.code.lanes_into(rest, &I::V128AndNot, &[rest, chosen]);
            self.region(true, |writer, end| writer.within(label, end, left, &case.body));
        }
        self.code.copy(self.mask, rest);
        self.region(true, |writer, end| writer.within(label, end, left, default));
    }

    fn is_one_of(&mut self, selector: Value, values: &[i32]) -> Value {
        let mut any = Value::Uniform(Uniform::Bits(0));
        for &value in values {
            let value = Value::Uniform(Uniform::int(value));
            let equal = self.apply([I::I32Eq, I::I32x4Eq], &[selector, value], Scalar::I32, Scalar::Bool);
            any = self.apply([I::I32Or, I::V128Or], &[any, equal], Scalar::Bool, Scalar::Bool);
        }
        any
    }

    pub(super) fn leave(&mut self, label: LabelId) {
        let (to, depth) = self.target(label).leave;
        self.exit(Exit::Break(label), to, depth);
    }

    pub(super) fn go_on(&mut self, label: LabelId) {
        let next = self.target(label).next;
        let (to, depth) = next.expect("the verifier knows that it is a loop");
        self.exit(Exit::Continue(label), to, depth);
    }

    pub(super) fn give(&mut self, value: Option<&Expression>) {
        if let Some(value) = value {
            let values = self.value(value);
            let slots = self.result.clone();
            let masked = self.facts().returns_diverge();
            self.set_slots(&slots, &values, value.ty.scalar(), masked);
        }
        self.exit(Exit::Return, self.end, 0);
    }

    /// Leaves for `to`, if from `depth` on all go together; else the active lanes leave, and nobody is active then.
    fn exit(&mut self, exit: Exit, to: Label, depth: u32) {
        if self.depth == depth {
            self.code.branch(to);
            return;
        }
        if let Some(gone) = self.gone(exit) {
            self.code.lanes_into(gone, &I::V128Or, &[gone, self.mask]);
        }
        self.code.clear(self.mask);
        self.code.branch(self.skip);
    }
}

/// The exit that is all that an `if` does.
fn guarded_exit(accept: &Block, reject: &Block) -> Option<Exit> {
    match (accept.0.as_slice(), reject.0.as_slice()) {
        ([Statement { kind: StatementKind::Return(Some(_)), .. }], []) => None,
        ([statement], []) => Exit::of(statement),
        _ => None,
    }
}

/// Whether a block takes hardly longer than asking whether anybody needs it, and may run when nobody does.
fn is_cheap(block: &Block) -> bool {
    let mut cost = 0;
    block.walk_expressions(&mut |expression| {
        cost += match &expression.kind {
            ExpressionKind::Literal(_) | ExpressionKind::Local(_) | ExpressionKind::Uniform(_) => 0,
            ExpressionKind::Component { .. }
            | ExpressionKind::Swizzle { .. }
            | ExpressionKind::Convert(_) => 1,
            ExpressionKind::Unary { .. } | ExpressionKind::Select { .. } => {
                u32::from(expression.ty.components())
            }
            ExpressionKind::Binary { op, .. } => match op {
                BinaryOp::Divide | BinaryOp::Remainder | BinaryOp::FloorDivide | BinaryOp::TruncateDivide => {
                    100
                }
                _ => u32::from(expression.ty.components()),
            },
            _ => 100,
        };
    });
    let is_plain = |statement: &Statement| {
        matches!(
            statement.kind,
            StatementKind::Declare { .. }
                | StatementKind::Assign { place: Place::Local(_) | Place::Component { .. }, .. }
        )
    };
    cost <= 8 && block.0.iter().all(is_plain)
}
