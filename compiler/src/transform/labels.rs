//! Makes every `Break` and `Continue` one that WGSL can say.
//!
//! WGSL has no labels: `break` leaves the innermost loop or switch, `continue` goes on with the innermost loop. (A scope is
//! emitted as a switch.) An exit that means a statement farther out sets a flag and leaves the innermost one; behind it,
//! the flag is tested and the exit goes on:
//!
//! ```text
//! while @1 { while @2 { continue @1 } }
//! ⇒
//! while @1 {
//!   let hpc__exit = false
//!   while @2 { hpc__exit = true; break @2 }
//!   if hpc__exit { continue @1 }
//! }
//! ```
//!
//! After the pass each `Break` names the innermost statement that can be left, and each `Continue` the innermost loop.

#[cfg(test)]
mod tests;

use crate::collections::{Map, Set};

use crate::diagnostics::Span;
use crate::ir::{
    Block, Expression, ExpressionKind, Function, Kernel, LabelId, Local, LocalId, Place, Statement,
    StatementKind, Type,
};

/// Rewrites every exit that names more than the innermost loop, scope or switch.
pub fn labels(kernel: &mut Kernel) {
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        let mut body = std::mem::take(&mut function.body);
        let mut pass = Pass { function, targets: Vec::new(), flags: Map::new() };
        pass.block(&mut body);
        function.body = body;
    }
}

/// A jump out of a labelled statement, or to its next round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Break(LabelId),
    Continue(LabelId),
}

impl From<Exit> for StatementKind {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Break(label) => Self::Break(label),
            Exit::Continue(label) => Self::Continue(label),
        }
    }
}

/// A statement around the current one that can be left.
struct Target {
    label: LabelId,
    is_loop: bool,
}

/// The exits that leave a block and need a flag to go on.
type Exits = Set<Exit>;

struct Pass<'a> {
    function: &'a mut Function,
    targets: Vec<Target>,
    /// The flag of each exit that is on its way outward.
    flags: Map<Exit, LocalId>,
}

impl Pass<'_> {
    fn block(&mut self, block: &mut Block) -> Exits {
        let mut exits = Exits::default();
        for mut statement in std::mem::take(&mut block.0) {
            let span = statement.span;
            let (label, is_loop) = match statement.kind {
                StatementKind::Break(label) => {
                    exits.extend(self.exit(Exit::Break(label), span, &mut block.0));
                    continue;
                }
                StatementKind::Continue(label) => {
                    exits.extend(self.exit(Exit::Continue(label), span, &mut block.0));
                    continue;
                }
                StatementKind::Loop { label, .. } => (label, true),
                StatementKind::Scope { label, .. } | StatementKind::Switch { label, .. } => (label, false),
                _ => {
                    exits.extend(self.inner_blocks(&mut statement));
                    block.0.push(statement);
                    continue;
                }
            };
            self.targets.push(Target { label, is_loop });
            let leaving = self.inner_blocks(&mut statement);
            self.targets.pop();
            exits.extend(self.surround(statement, leaving, &mut block.0));
        }
        exits
    }

    fn inner_blocks(&mut self, statement: &mut Statement) -> Exits {
        use StatementKind as K;
        let blocks = match &mut statement.kind {
            K::If { accept, reject, .. } => vec![accept, reject],
            K::Loop { prelude, body, update, .. } => vec![prelude, body, update],
            K::Scope { body, .. } => vec![body],
            K::Switch { cases, default, .. } => {
                cases.iter_mut().map(|case| &mut case.body).chain(std::iter::once(default)).collect()
            }
            _ => Vec::new(),
        };
        blocks.into_iter().flat_map(|block| self.block(block)).collect()
    }

    /// Puts an exit at the end of `block`: as it is where WGSL can say it, else with its flag.
    fn exit(&mut self, exit: Exit, span: Span, block: &mut Vec<Statement>) -> Option<Exit> {
        if self.is_innermost(exit) {
            block.push(Statement { kind: exit.into(), span });
            return None;
        }
        let flag = self.flag(exit, span);
        let kind = StatementKind::Assign { place: Place::Local(flag), value: Expression::bool(true, span) };
        block.push(Statement { kind, span });
        block.extend(self.break_innermost(span));
        Some(exit)
    }

    /// Puts `statement` into `block`, with the flags of the exits that leave it; returns those that have farther to go.
    fn surround(&mut self, statement: Statement, leaving: Exits, block: &mut Vec<Statement>) -> Exits {
        let span = statement.span;
        let (arriving, passing): (Vec<Exit>, Vec<Exit>) =
            leaving.into_iter().partition(|&exit| self.is_innermost(exit));
        let mut tests = Vec::new();
        for exit in arriving {
            let flag = self.flag(exit, span);
            // The next time this exit is met it is another journey, with a flag of its own.
            self.flags.remove(&exit);
            let value = Some(Expression::bool(false, span));
            block.push(Statement { kind: StatementKind::Declare { local: flag, value }, span });
            tests.push(when(flag, Statement { kind: exit.into(), span }));
        }
        for &exit in &passing {
            let flag = self.flag(exit, span);
            tests.extend(self.break_innermost(span).map(|leave| when(flag, leave)));
        }
        block.push(statement);
        block.extend(tests);
        passing.into_iter().collect()
    }

    /// Whether WGSL's own `break` or `continue` means this exit here.
    fn is_innermost(&self, exit: Exit) -> bool {
        match exit {
            Exit::Break(label) => self.targets.last().is_none_or(|target| target.label == label),
            Exit::Continue(label) => {
                let innermost = self.targets.iter().rev().find(|target| target.is_loop);
                innermost.is_none_or(|target| target.label == label)
            }
        }
    }

    fn break_innermost(&self, span: Span) -> Option<Statement> {
        self.targets.last().map(|target| Statement { kind: StatementKind::Break(target.label), span })
    }

    fn flag(&mut self, exit: Exit, span: Span) -> LocalId {
        let locals = &mut self.function.locals;
        *self.flags.entry(exit).or_insert_with(|| {
            locals.push(Local { name: "hpc__exit".to_owned(), ty: Type::BOOL, span, mutable: true });
            LocalId(locals.len() as u32 - 1)
        })
    }
}

fn when(flag: LocalId, statement: Statement) -> Statement {
    let span = statement.span;
    let condition = Expression::new(ExpressionKind::Local(flag), Type::BOOL, span);
    let kind = StatementKind::If { condition, accept: Block(vec![statement]), reject: Block::default() };
    Statement { kind, span }
}
