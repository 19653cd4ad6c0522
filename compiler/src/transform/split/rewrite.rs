//! The kernel of a rank: thread ids from its origin on, and indices of split buffers in its part.

use super::index::{Finder, Near};
use super::{Shares, SplitAxis, Start, report};
use crate::analysis::ranges::At;
use crate::diagnostics::Span;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Function, Kernel, Local, LocalId, Place, Statement,
    StatementKind, Type,
};

/// The kernel of a rank.
pub(super) fn rewrite(finder: &Finder<'_, '_>, shares: &Shares) -> Kernel {
    let mut kernel = finder.definitions.kernel.clone();
    let originals: Vec<&Function> = finder.definitions.kernel.all_functions().collect();
    let functions = kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry));
    for (function, (new, old)) in functions.zip(originals).enumerate() {
        let mut rewriter = Rewriter { finder, shares, function, position: 0, locals: &mut new.locals };
        new.body = rewriter.block(&old.body);
    }
    kernel
}

struct Rewriter<'a, 'f, 'k> {
    finder: &'a Finder<'f, 'k>,
    shares: &'a Shares,
    function: usize,
    /// Which statement comes next, in the order of [`Block::walk`].
    position: usize,
    locals: &'a mut Vec<Local>,
}

/// An element that a statement writes, in the whole buffer and in the part.
struct Written<'e> {
    buffer: usize,
    index: &'e [Expression],
    local: Vec<Expression>,
}

impl Rewriter<'_, '_, '_> {
    fn block(&mut self, block: &Block) -> Block {
        let mut rewritten = Vec::with_capacity(block.0.len());
        for statement in &block.0 {
            self.statement(statement, &mut rewritten);
        }
        Block(rewritten)
    }

    fn statement(&mut self, old: &Statement, out: &mut Vec<Statement>) {
        let guards = self.finder.definitions.sites(self.function)[self.position].guards;
        self.position += 1;
        let at = At { function: self.function, guards };
        let global = |expression: &Expression| self.expression(at, expression, None);
        out.extend(report::checks((self.finder, self.shares), at, old, &global));
        let written = written(old)
            .filter(|(buffer, _)| self.finder.split.halos[*buffer].is_some())
            .map(|(buffer, index)| self.stored(at, (buffer, index), old.span, out));
        let mut new = old.clone();
        for (expression, original) in new.expressions_mut().into_iter().zip(old.expressions()) {
            *expression = self.expression(at, original, written.as_ref());
        }
        // The element of an update was rewritten as what it is: the one that is written.
        if let (Some(written), StatementKind::Assign { place: Place::Buffer { index, .. }, .. }) =
            (&written, &mut new.kind)
        {
            index.clone_from(&written.local);
        }
        for (block, original) in new.blocks_mut().into_iter().zip(old.blocks()) {
            *block = self.block(original);
        }
        out.push(new);
    }

    /// An expression for the rank. Loads of an element that is written load from there.
    fn expression(&self, at: At, old: &Expression, written: Option<&Written<'_>>) -> Expression {
        let span = old.span;
        match &old.kind {
            ExpressionKind::ThreadId => {
                let parts = (0..3).map(|axis| self.thread(axis, span)).collect();
                return Expression::new(ExpressionKind::Compose(parts), old.ty, span);
            }
            ExpressionKind::Component { vector, component } if vector.kind == ExpressionKind::ThreadId => {
                return self.thread(usize::from(*component), span);
            }
            ExpressionKind::Load { buffer, index } if self.finder.split.halos[*buffer].is_some() => {
                let same = written.filter(|written| written.buffer == *buffer && written.index == &index[..]);
                let index = match same {
                    Some(written) => written.local.clone(),
                    None => self.loaded(at, *buffer, index),
                };
                return Expression { kind: ExpressionKind::Load { buffer: *buffer, index }, ..old.clone() };
            }
            _ => {}
        }
        let mut new = old.clone();
        for (operand, original) in new.operands_mut().into_iter().zip(old.operands()) {
            *operand = self.expression(at, original, written);
        }
        new
    }

    /// The dimension whose elements go with the threads along an axis.
    fn dimension(&self, axis: usize) -> Option<usize> {
        (0..3).find(|&dimension| self.shares.threads[dimension] == Some(axis))
    }

    /// The thread id along an axis among those of the rank.
    fn own_thread(&self, axis: usize, plus: i64, span: Span) -> Expression {
        let vector = Box::new(Expression::new(ExpressionKind::ThreadId, Type::vector(3), span));
        let component = ExpressionKind::Component { vector, component: axis as u8 };
        let thread = Expression::new(component, Type::NUMBER, span);
        let Some(dimension) = self.dimension(axis) else { return plus_number(thread, plus) };
        match self.finder.split.start {
            Start::First => plus_number(thread, plus),
            Start::At(starts) => plus_number(thread, plus + i64::from(starts[dimension])),
            Start::Uniform(starts) => {
                plus_number(binary(BinaryOp::Add, thread, uniform(starts[dimension], span)), plus)
            }
        }
    }

    /// The thread id along an axis among those of all ranks.
    fn thread(&self, axis: usize, span: Span) -> Expression {
        let own = self.own_thread(axis, 0, span);
        match self.dimension(axis).and_then(|dimension| self.finder.split.axes[dimension]) {
            Some(split) => binary(BinaryOp::Add, own, uniform(split.origin, span)),
            None => own,
        }
    }

    /// Where an element that is read lies in the part.
    fn loaded(&self, at: At, buffer: usize, index: &[Expression]) -> Vec<Expression> {
        let of = |(dimension, index): (usize, &Expression)| {
            let place = self
                .finder
                .halo(buffer, dimension)
                .zip(self.finder.split.axes.get(dimension).copied().flatten());
            match place {
                Some((halo, axis)) => self.loaded_along(at, index, (buffer, dimension), (halo, axis)),
                None => self.expression(at, index, None),
            }
        };
        index.iter().enumerate().map(of).collect()
    }

    fn loaded_along(
        &self,
        at: At,
        index: &Expression,
        (buffer, dimension): (usize, usize),
        (halo, axis): (u32, SplitAxis),
    ) -> Expression {
        let extent = self.finder.extent(buffer, dimension);
        let near = self.finder.near(at, index, (buffer, dimension));
        let near = near.filter(|near| self.shares.threads[dimension] == Some(near.axis));
        let whole = self.expression(at, index, None);
        match near {
            Some(near) => {
                let local = self.near(at, &near, halo, index.span);
                // Where it may leave the whole buffer, the part goes on with what is around its end.
                let leaves = axis.periodic && !near.wrapped && !near.is_own();
                if leaves { only_within(whole, extent, local) } else { local }
            }
            None => {
                let local = plus_number(
                    binary(BinaryOp::Subtract, whole.clone(), uniform(axis.origin, index.span)),
                    i64::from(halo),
                );
                if axis.periodic { only_within(whole, extent, around(local, extent)) } else { local }
            }
        }
    }

    /// The place in the part of an index near the thread id.
    fn near(&self, at: At, near: &Near<'_>, halo: u32, span: Span) -> Expression {
        let thread = self.own_thread(near.axis, near.offset + i64::from(halo), span);
        match near.rest {
            Some((rest, ..)) => binary(BinaryOp::Add, thread, self.expression(at, rest, None)),
            None => thread,
        }
    }

    /// Where an element that is written lies in the part; out of range if it is another rank's. What that takes is computed before.
    fn stored<'e>(
        &mut self,
        at: At,
        (buffer, index): (usize, &'e [Expression]),
        span: Span,
        out: &mut Vec<Statement>,
    ) -> Written<'e> {
        let mut local = Vec::with_capacity(index.len());
        for (dimension, whole) in index.iter().enumerate() {
            let place = self
                .finder
                .halo(buffer, dimension)
                .zip(self.finder.split.axes.get(dimension).copied().flatten());
            local.push(match place {
                Some((halo, axis)) => {
                    self.stored_along(at, whole, (buffer, dimension), (halo, axis), span, out)
                }
                None => self.expression(at, whole, None),
            });
        }
        Written { buffer, index, local }
    }

    fn stored_along(
        &mut self,
        at: At,
        index: &Expression,
        (buffer, dimension): (usize, usize),
        (halo, axis): (u32, SplitAxis),
        span: Span,
        out: &mut Vec<Statement>,
    ) -> Expression {
        let extent = self.finder.extent(buffer, dimension);
        if let Some(thread) = self.shares.threads[dimension] {
            let own = self.own_thread(thread, i64::from(halo), index.span);
            // Each rank runs the threads of elements that it has, of the longest buffers.
            if extent == axis.extent {
                return own;
            }
            return only_within(self.thread(thread, index.span), extent, own);
        }
        let value = self.expression(at, index, None);
        let local = LocalId(self.locals.len() as u32);
        self.locals.push(Local { name: "index".into(), ty: Type::NUMBER, span: index.span, mutable: false });
        out.push(Statement { kind: StatementKind::Declare { local, value: Some(value) }, span });
        let whole = || Expression::new(ExpressionKind::Local(local), Type::NUMBER, index.span);
        let origin = || uniform(axis.origin, index.span);
        let part = plus_number(binary(BinaryOp::Subtract, whole(), origin()), i64::from(halo));
        let is_own = and(
            binary(BinaryOp::GreaterEqual, whole(), origin()),
            binary(BinaryOp::Less, whole(), uniform(axis.end, index.span)),
        );
        select(is_own, only_within(whole(), extent, part), nowhere(index.span))
    }
}

/// The element that a statement writes itself.
fn written(statement: &Statement) -> Option<(usize, &[Expression])> {
    match &statement.kind {
        StatementKind::Assign { place: Place::Buffer { buffer, index, .. }, .. } => Some((*buffer, index)),
        StatementKind::Update { element, .. } => element.loaded().map(|(buffer, index, _)| (buffer, index)),
        _ => None,
    }
}

pub(super) fn binary(op: BinaryOp, left: Expression, right: Expression) -> Expression {
    let span = left.span;
    let ty = if op.is_comparison() || matches!(op, BinaryOp::And | BinaryOp::Or) {
        Type::BOOL
    } else {
        Type::NUMBER
    };
    Expression::new(ExpressionKind::Binary { op, left: Box::new(left), right: Box::new(right) }, ty, span)
}

pub(super) fn and(left: Expression, right: Expression) -> Expression {
    binary(BinaryOp::And, left, right)
}

fn select(condition: Expression, accept: Expression, reject: Expression) -> Expression {
    let span = condition.span;
    let [condition, accept, reject] = [condition, accept, reject].map(Box::new);
    Expression::new(ExpressionKind::Select { condition, accept, reject }, Type::NUMBER, span)
}

pub(super) fn uniform(position: usize, span: Span) -> Expression {
    Expression::new(ExpressionKind::Uniform(position), Type::NUMBER, span)
}

pub(super) fn plus_number(expression: Expression, number: i64) -> Expression {
    let span = expression.span;
    match number {
        0 => expression,
        number if number < 0 => {
            binary(BinaryOp::Subtract, expression, Expression::number(-number as f64, span))
        }
        number => binary(BinaryOp::Add, expression, Expression::number(number as f64, span)),
    }
}

/// An index that is out of range everywhere.
fn nowhere(span: Span) -> Expression {
    Expression::number(-1.0, span)
}

/// `local` where `whole` is an index of the whole buffer.
fn only_within(whole: Expression, extent: u32, local: Expression) -> Expression {
    let span = whole.span;
    let zero = Expression::number(0.0, span);
    let end = Expression::number(f64::from(extent), span);
    let within = and(binary(BinaryOp::GreaterEqual, whole.clone(), zero), binary(BinaryOp::Less, whole, end));
    select(within, local, nowhere(span))
}

/// A place that is at most one extent off, around the end.
fn around(local: Expression, extent: u32) -> Expression {
    let span = local.span;
    let number = |number: f64| Expression::number(number, span);
    let extent = f64::from(extent);
    let below = binary(BinaryOp::Less, local.clone(), number(0.0));
    let behind = binary(BinaryOp::GreaterEqual, local.clone(), number(extent));
    let minus = binary(BinaryOp::Subtract, local.clone(), number(extent));
    let plus = binary(BinaryOp::Add, local.clone(), number(extent));
    select(below, plus, select(behind, minus, local))
}
