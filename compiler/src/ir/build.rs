//! A small builder of lowered IR for tests.

use super::{
    BinaryOp, Block, Builtin, Effects, Expression, ExpressionKind, Function, Kernel, Local, LocalId, Place,
    Statement, StatementKind, Type, UnaryOp,
};
use crate::diagnostics::Span;

const HERE: Span = Span { start: 0, end: 0 };

fn expression(kind: ExpressionKind, ty: Type) -> Expression {
    Expression::new(kind, ty, HERE)
}

pub(crate) fn number(value: f64) -> Expression {
    Expression::number(value, HERE)
}

pub(crate) fn component(vector: Expression, component: u8) -> Expression {
    expression(ExpressionKind::Component { vector: Box::new(vector), component }, Type::NUMBER)
}

pub(crate) fn uniform() -> Expression {
    expression(ExpressionKind::Uniform(0), Type::NUMBER)
}

pub(crate) fn compose(parts: Vec<Expression>) -> Expression {
    let size = parts.iter().map(|part| part.ty.components()).sum();
    expression(ExpressionKind::Compose(parts), Type::vector(size))
}

pub(crate) fn unary(op: UnaryOp, operand: Expression) -> Expression {
    let ty = operand.ty;
    expression(ExpressionKind::Unary { op, operand: Box::new(operand) }, ty)
}

pub(crate) fn binary(op: BinaryOp, left: Expression, right: Expression) -> Expression {
    let boolean = op.is_comparison() || matches!(op, BinaryOp::And | BinaryOp::Or);
    let ty = if boolean { Type::BOOL } else { left.ty };
    expression(ExpressionKind::Binary { op, left: Box::new(left), right: Box::new(right) }, ty)
}

pub(crate) fn builtin(builtin: Builtin, arguments: Vec<Expression>) -> Expression {
    let ty = arguments[0].ty;
    expression(ExpressionKind::Builtin { builtin, arguments }, ty)
}

pub(crate) fn select(condition: Expression, accept: Expression, reject: Expression) -> Expression {
    let ty = accept.ty;
    let [condition, accept, reject] = [condition, accept, reject].map(Box::new);
    expression(ExpressionKind::Select { condition, accept, reject }, ty)
}

fn statement(kind: StatementKind) -> Statement {
    Statement { kind, span: HERE }
}

pub(crate) fn declare(position: u32, value: Expression) -> Statement {
    statement(StatementKind::Declare { local: LocalId(position), value: Some(value) })
}

pub(crate) fn store(index: Expression, value: Expression) -> Statement {
    let place = Place::Buffer { buffer: 0, index: vec![index], component: None };
    statement(StatementKind::Assign { place, value })
}

pub(crate) fn when(condition: Expression, accept: Vec<Statement>) -> Statement {
    statement(StatementKind::If { condition, accept: Block(accept), reject: Block::default() })
}

/// A kernel with `locals` number variables and this body.
pub(crate) fn kernel(locals: usize, body: Vec<Statement>) -> Kernel {
    let local =
        |position| Local { name: format!("v{position}"), ty: Type::NUMBER, span: HERE, mutable: true };
    let entry = Function {
        name: "f".to_owned(),
        span: HERE,
        parameters: Vec::new(),
        result: None,
        locals: (0..locals).map(local).collect(),
        body: Block(body),
        effects: Effects::default(),
    };
    Kernel { functions: Vec::new(), entry }
}
