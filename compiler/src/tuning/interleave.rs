//! A kernel without control flow of its own in each thread, for several threads at once: their statements in turn.

mod own;

use own::{is_common, own_locals};

use super::{is_effect, is_forgotten};
use crate::analysis::mentions::Mentions;
use crate::collections::Set;
use crate::ir::{
    Block, Expression, ExpressionKind, Function, Kernel, Literal, Local, LocalId, Place, Statement,
    StatementKind, Type,
};

/// The function that does the work of so many threads, if the kernel has no control flow. Its parameters are their ids, then
/// for each whether it is part of the run: only such ones store. The others load what they do not use.
///
/// In `tallied` buffers the others add to an element that there is not: a branch around each sum cost a third of a histogram's speed.
pub(super) fn interleave(kernel: &Kernel, threads: u32, tallied: &[usize]) -> Option<Function> {
    let is_straight = statements_are(&kernel.entry, |kind| !matches!(kind, StatementKind::Loop { .. }));
    (is_straight && kernel.entry.effects.reads).then(|| in_turn(kernel, threads, tallied)).flatten()
}

/// The same of a kernel that has only loops that all threads go through in the same rounds, so that they can share the counters. What is
/// computed in one of them does not wait for what is computed in the other.
pub(super) fn interleave_loops(kernel: &Kernel, threads: u32) -> Option<Function> {
    let entry = &kernel.entry;
    let own = own_locals(entry);
    let goes_together = statements_are(entry, |kind| match kind {
        StatementKind::Loop { prelude, condition: Some(condition), body, .. } => {
            let only_computes = !body.contains(&|inner| is_effect(inner));
            prelude.0.is_empty() && only_computes && is_common(condition, &own)
        }
        StatementKind::Loop { .. } => false,
        _ => true,
    });
    (goes_together && own.iter().count() <= MAX_OWN).then(|| in_turn(kernel, threads, &[])).flatten()
}

/// How many locals a thread has at most where several go through a loop together, as all of them are in registers.
const MAX_OWN: usize = 12;

/// Whether a function declares, assigns and updates only, but for loops, and each of its statements is of this kind.
fn statements_are(entry: &Function, kind: impl Fn(&StatementKind) -> bool) -> bool {
    let uses = Mentions::of(entry);
    let mut all = true;
    entry.body.walk(&mut |statement| {
        let is_known = match &statement.kind {
            StatementKind::Declare { .. } | StatementKind::Assign { .. } | StatementKind::Loop { .. } => true,
            // What it was is known only where it is part of the run.
            StatementKind::Update { .. } => is_forgotten(&statement.kind, &uses),
            _ => false,
        };
        all &= is_known && kind(&statement.kind);
    });
    all
}

/// The statements of several threads in turn.
fn in_turn(kernel: &Kernel, threads: u32, tallied: &[usize]) -> Option<Function> {
    let entry = &kernel.entry;
    let has_arrays = entry.locals.iter().any(|local| matches!(local.ty, Type::Array { .. }));
    if has_arrays || super::functions_write(kernel) {
        return None;
    }
    let (span, own) = (entry.span, &own_locals(entry));
    let mut locals = Vec::new();
    let mut add = |name: &str, ty, mutable| {
        locals.push(Local { name: name.to_owned(), ty, span, mutable });
        LocalId(locals.len() as u32 - 1)
    };
    let ids: Vec<LocalId> =
        (0..threads).map(|_| add("thread", Type::Vector(3, Type::I32.scalar()), false)).collect();
    let parts: Vec<LocalId> = (0..threads).map(|_| add("takes_part", Type::BOOL, false)).collect();
    locals.extend(entry.locals.iter().flat_map(|local| (0..threads).map(|_| local.clone())));
    let copies: Vec<Copy<'_>> = (0..threads)
        .zip(ids.iter().zip(&parts))
        .map(|(thread, (&id, &part))| Copy { id, part, first: 2 * threads, thread, stride: threads, own })
        .collect();
    let mut writer = Writer { copies: &copies, tallied, own, locals };
    let body = writer.block(&entry.body);
    let locals = writer.locals;
    let parameters = ids.into_iter().chain(parts).collect();
    let name = "threads".to_owned();
    Some(Function { name, span, parameters, result: None, locals, body, effects: entry.effects })
}

/// Writes the statements of all copies in turn.
struct Writer<'a> {
    copies: &'a [Copy<'a>],
    tallied: &'a [usize],
    own: &'a Set<LocalId>,
    locals: Vec<Local>,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) -> Block {
        let mut body = Vec::new();
        for statement in &block.0 {
            let is_common = statement.kind.sets().is_some_and(|local| !self.own.contains(&local));
            if is_common {
                body.push(self.copies[0].statement(statement));
            } else if let StatementKind::Loop { .. } = statement.kind {
                body.push(self.one_loop(statement));
            } else {
                self.in_all(statement, &mut body);
            }
        }
        Block(body)
    }

    /// A loop that all go through together.
    fn one_loop(&mut self, statement: &Statement) -> Statement {
        let mut together = statement.clone();
        if let StatementKind::Loop { condition, body, update, .. } = &mut together.kind {
            condition
                .iter_mut()
                .for_each(|condition| condition.rename_locals(&|local| self.copies[0].name(local)));
            *body = self.block(body);
            *update = self.block(update);
        }
        together
    }

    fn in_all(&mut self, statement: &Statement, body: &mut Vec<Statement>) {
        let copied: Vec<Statement> = self.copies.iter().map(|copy| copy.statement(statement)).collect();
        // All values are computed before the first is stored: what is stored could be what the next one loads.
        let values = copied.into_iter().zip(self.copies).map(|(mut copied, copy)| {
            body.extend(value_of_store(&mut copied, &mut self.locals));
            copy.if_part_of_the_run(copied, self.tallied)
        });
        let stores: Vec<Statement> = values.collect();
        body.extend(stores);
    }
}

/// Declares the value of a store as a local, which takes its place.
fn value_of_store(store: &mut Statement, locals: &mut Vec<Local>) -> Option<Statement> {
    let span = store.span;
    let StatementKind::Assign { place: Place::Buffer { .. }, value } = &mut store.kind else { return None };
    let (local, ty) = (LocalId(locals.len() as u32), value.ty);
    locals.push(Local { name: "value".to_owned(), ty, span, mutable: false });
    let stored = Expression::new(ExpressionKind::Local(local), ty, value.span);
    let value = Some(std::mem::replace(value, stored));
    Some(Statement { kind: StatementKind::Declare { local, value }, span })
}

/// The copy of a kernel for one of the threads.
struct Copy<'a> {
    /// Its id, and whether it is part of the run.
    id: LocalId,
    part: LocalId,
    /// Where the locals of all are, which of them it is, and how many there are of each.
    first: u32,
    thread: u32,
    stride: u32,
    /// Those that differ. Of the others all have the first one's.
    own: &'a Set<LocalId>,
}

impl Copy<'_> {
    /// What a local of the kernel is called.
    fn name(&self, local: LocalId) -> LocalId {
        let thread = if self.own.contains(&local) { self.thread } else { 0 };
        LocalId(self.first + self.stride * local.0 + thread)
    }

    fn statement(&self, statement: &Statement) -> Statement {
        let mut statement = statement.clone();
        statement.rename_locals(&|local| self.name(local));
        statement.expressions_mut().into_iter().for_each(|expression| self.identify(expression));
        statement
    }

    /// A store, for the run's threads only; other statements as they are.
    fn if_part_of_the_run(&self, mut statement: Statement, tallied: &[usize]) -> Statement {
        let Some(buffer) = statement.writes() else { return statement };
        let span = statement.span;
        let condition = Expression::new(ExpressionKind::Local(self.part), Type::BOOL, span);
        if tallied.contains(&buffer)
            && let StatementKind::Update { element, .. } = &mut statement.kind
            && let ExpressionKind::Load { index, .. } = &mut element.kind
            && index[0].ty == Type::I32
        {
            let nowhere = Expression::new(ExpressionKind::Literal(Literal::Number(-1.0)), Type::I32, span);
            let own = std::mem::replace(&mut index[0], nowhere.clone());
            index[0].kind = ExpressionKind::Select {
                condition: Box::new(condition),
                accept: Box::new(own),
                reject: Box::new(nowhere),
            };
            return statement;
        }
        let (accept, reject) = (Block(vec![statement]), Block::default());
        Statement { kind: StatementKind::If { condition, accept, reject }, span }
    }

    /// Has an expression look at the thread's own id.
    fn identify(&self, expression: &mut Expression) {
        expression.operands_mut().into_iter().for_each(|operand| self.identify(operand));
        if expression.kind == ExpressionKind::ThreadId {
            expression.kind = ExpressionKind::Local(self.id);
        }
    }
}
