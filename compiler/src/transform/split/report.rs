//! Reads beyond a halo, told by the kernel itself: for programs that are being made.
//!
//! Before a statement that reads an element which may lie beyond, the kernel looks whether it does, and notes the element in a buffer of reports.
//! What a condition guards is looked at under that condition. Tests of loops are not looked at.

use super::index::Finder;
use super::rewrite::{and, binary, plus_number, uniform};
use super::{Shares, SplitAxis};
use crate::analysis::ranges::At;
use crate::diagnostics::Span;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Place, Statement, StatementKind, Type, UnaryOp,
};

/// A load that may reach beyond a halo.
struct Load<'e> {
    buffer: usize,
    index: &'e [Expression],
    span: Span,
    /// What is true where it is evaluated.
    guards: Vec<Expression>,
}

/// The statements that look at what a statement reads. `global` gives an expression of the kernel over the whole.
pub(super) fn checks(
    (finder, shares): (&Finder<'_, '_>, &Shares),
    at: At,
    statement: &Statement,
    global: &dyn Fn(&Expression) -> Expression,
) -> Vec<Statement> {
    let is_looked_at = !matches!(statement.kind, StatementKind::Loop { .. } | StatementKind::Update { .. });
    let (Some(reports), true) = (finder.split.reports, is_looked_at) else { return Vec::new() };
    let mut loads = Vec::new();
    for expression in statement.expressions() {
        find(finder, expression, &mut Vec::new(), global, &mut loads);
    }
    // An element that is read to be changed is of use to its owner only.
    let is_changed = |load: &Load<'_>| match &statement.kind {
        StatementKind::Assign { place: Place::Buffer { buffer, index, .. }, .. } => {
            *buffer == load.buffer && index[..] == *load.index
        }
        _ => false,
    };
    let doubtful = loads.into_iter().filter(|load| !is_within(finder, shares, at, load) && !is_changed(load));
    doubtful.filter_map(|load| check(finder, reports, &load, global)).collect()
}

/// The loads of split buffers in an expression.
fn find<'e>(
    finder: &Finder<'_, '_>,
    expression: &'e Expression,
    guards: &mut Vec<Expression>,
    global: &dyn Fn(&Expression) -> Expression,
    loads: &mut Vec<Load<'e>>,
) {
    let mut guarded = |guard: Expression, operand: &'e Expression, loads: &mut Vec<Load<'e>>| {
        guards.push(guard);
        find(finder, operand, guards, global, loads);
        guards.pop();
    };
    match &expression.kind {
        ExpressionKind::Select { condition, accept, reject } => {
            guarded(global(condition), accept, loads);
            guarded(not(global(condition)), reject, loads);
            find(finder, condition, guards, global, loads);
        }
        ExpressionKind::Binary { op: BinaryOp::And, left, right } => {
            guarded(global(left), right, loads);
            find(finder, left, guards, global, loads);
        }
        ExpressionKind::Binary { op: BinaryOp::Or, left, right } => {
            guarded(not(global(left)), right, loads);
            find(finder, left, guards, global, loads);
        }
        _ => {
            if let ExpressionKind::Load { buffer, index } = &expression.kind
                && finder.split.halos[*buffer].is_some()
            {
                loads.push(Load { buffer: *buffer, index, span: expression.span, guards: guards.clone() });
            }
            expression
                .operands()
                .into_iter()
                .for_each(|operand| find(finder, operand, guards, global, loads));
        }
    }
}

/// Whether it is known to stay within the halo.
fn is_within(finder: &Finder<'_, '_>, shares: &Shares, at: At, load: &Load<'_>) -> bool {
    load.index.iter().enumerate().all(|(dimension, index)| {
        let Some(halo) = finder.halo(load.buffer, dimension) else { return true };
        let near = finder.near(at, index, (load.buffer, dimension));
        near.is_some_and(|near| {
            let (low, high) = near.distances();
            shares.threads[dimension] == Some(near.axis) && low.abs().max(high.abs()) <= i64::from(halo)
        })
    })
}

/// Notes the element, counted from 1 row by row, if it is one of the whole buffer and the rank does not have it.
fn check(
    finder: &Finder<'_, '_>,
    reports: usize,
    load: &Load<'_>,
    global: &dyn Fn(&Expression) -> Expression,
) -> Option<Statement> {
    let span = load.span;
    let index: Vec<Expression> = load.index.iter().map(global).collect();
    let extents = &finder.interface.buffers[load.buffer].size;
    let mut exists = load.guards.clone();
    let mut lacks = Vec::new();
    let mut element = number(0.0, span);
    for (dimension, (index, &extent)) in index.iter().zip(extents).enumerate() {
        exists.push(binary(BinaryOp::GreaterEqual, index.clone(), number(0.0, span)));
        exists.push(binary(BinaryOp::Less, index.clone(), number(f64::from(extent), span)));
        let row = binary(BinaryOp::Multiply, element, number(f64::from(extent), span));
        element = binary(BinaryOp::Add, row, index.clone());
        let axis = finder.split.axes.get(dimension).copied().flatten();
        if let Some((halo, axis)) = finder.halo(load.buffer, dimension).zip(axis) {
            lacks.push(not(has(index, halo, axis, extent)));
        }
    }
    exists.push(lacks.into_iter().reduce(or)?);
    let condition = exists.into_iter().reduce(and)?;
    let place =
        Place::Buffer { buffer: reports, index: vec![number(load.buffer as f64, span)], component: None };
    let note = StatementKind::Assign { place, value: plus_number(element, 1) };
    let accept = Block(vec![Statement { kind: note, span }]);
    Some(Statement { kind: StatementKind::If { condition, accept, reject: Block(Vec::new()) }, span })
}

/// Whether the rank has the elements of an index, in its own part or in a halo, which goes around where the grid does.
fn has(index: &Expression, halo: u32, axis: SplitAxis, extent: u32) -> Expression {
    let span = index.span;
    let within = |place: i64| {
        let moved = || plus_number(index.clone(), place);
        let first = plus_number(uniform(axis.origin, span), -i64::from(halo));
        let behind = plus_number(uniform(axis.end, span), i64::from(halo));
        and(binary(BinaryOp::GreaterEqual, moved(), first), binary(BinaryOp::Less, moved(), behind))
    };
    if !axis.periodic {
        return within(0);
    }
    let extent = i64::from(extent);
    or(within(0), or(within(-extent), within(extent)))
}

fn not(expression: Expression) -> Expression {
    let span = expression.span;
    Expression::new(
        ExpressionKind::Unary { op: UnaryOp::Not, operand: Box::new(expression) },
        Type::BOOL,
        span,
    )
}

fn or(left: Expression, right: Expression) -> Expression {
    binary(BinaryOp::Or, left, right)
}

fn number(value: f64, span: Span) -> Expression {
    Expression::number(value, span)
}
