//! A kernel without control flow, for several threads at once: their statements in turn.

use crate::analysis::is_forgotten;
use crate::analysis::mentions::Mentions;
use crate::ir::{
    Block, Expression, ExpressionKind, Function, Kernel, Local, LocalId, Place, Statement, StatementKind,
    Type,
};

/// The function that does the work of so many threads, if the kernel has no control flow. Its parameters are their ids, then
/// for each whether it is part of the run: only such ones store. The others load what they do not use.
pub(super) fn interleave(kernel: &Kernel, threads: u32) -> Option<Function> {
    let entry = &kernel.entry;
    let uses = Mentions::of(entry);
    let is_straight = entry.body.0.iter().all(|statement| match &statement.kind {
        StatementKind::Declare { .. } | StatementKind::Assign { .. } => true,
        // What it was is known only where it is part of the run.
        StatementKind::Update { .. } => is_forgotten(&statement.kind, &uses),
        _ => false,
    });
    let has_arrays = entry.locals.iter().any(|local| matches!(local.ty, Type::Array { .. }));
    if !is_straight || has_arrays || !entry.effects.reads || super::functions_write(kernel) {
        return None;
    }
    let span = entry.span;
    let mut locals = Vec::new();
    let mut add = |name: &str, ty, mutable| {
        locals.push(Local { name: name.to_owned(), ty, span, mutable });
        LocalId(locals.len() as u32 - 1)
    };
    let ids: Vec<LocalId> =
        (0..threads).map(|_| add("thread", Type::Vector(3, Type::I32.scalar()), false)).collect();
    let parts: Vec<LocalId> = (0..threads).map(|_| add("takes_part", Type::BOOL, false)).collect();
    locals.extend(entry.locals.iter().flat_map(|local| (0..threads).map(|_| local.clone())));
    let copies: Vec<Copy> = (0..threads)
        .zip(ids.iter().zip(&parts))
        .map(|(thread, (&id, &part))| Copy { id, part, first: 2 * threads + thread, stride: threads })
        .collect();
    let mut body = Vec::new();
    for statement in &entry.body.0 {
        let copied: Vec<Statement> = copies.iter().map(|copy| copy.statement(statement)).collect();
        // All values are computed before the first is stored: what is stored could be what the next one loads.
        let values = copied.into_iter().zip(&copies).map(|(mut copied, copy)| {
            body.extend(value_of_store(&mut copied, &mut locals));
            copy.if_part_of_the_run(copied)
        });
        let stores: Vec<Statement> = values.collect();
        body.extend(stores);
    }
    let parameters = ids.into_iter().chain(parts).collect();
    let name = "threads".to_owned();
    Some(Function { name, span, parameters, result: None, locals, body: Block(body), effects: entry.effects })
}

fn is_store(statement: &Statement) -> bool {
    statement.writes().is_some()
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
struct Copy {
    /// Its id, and whether it is part of the run.
    id: LocalId,
    part: LocalId,
    /// Where its first local is, and how far apart they are.
    first: u32,
    stride: u32,
}

impl Copy {
    fn statement(&self, statement: &Statement) -> Statement {
        let mut statement = statement.clone();
        statement.rename_locals(&|local| LocalId(self.first + self.stride * local.0));
        statement.expressions_mut().into_iter().for_each(|expression| self.identify(expression));
        statement
    }

    /// A store, for the run's threads only; other statements as they are.
    fn if_part_of_the_run(&self, statement: Statement) -> Statement {
        if !is_store(&statement) {
            return statement;
        }
        let span = statement.span;
        let condition = Expression::new(ExpressionKind::Local(self.part), Type::BOOL, span);
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
