//! A small builder of lowered IR for tests.

use super::{
    BinaryOp, Block, Builtin, Effects, Expression, ExpressionKind, Function, FunctionId, Kernel, LabelId,
    Local, LocalId, Place, Scalar, Statement, StatementKind, TestPosition, Type, UnaryOp,
};
use crate::diagnostics::Span;

const HERE: Span = Span { start: 0, end: 0 };

fn expression(kind: ExpressionKind, ty: Type) -> Expression {
    Expression::new(kind, ty, HERE)
}

pub(crate) fn number(value: f64) -> Expression {
    Expression::number(value, HERE)
}

pub(crate) fn local(position: u32) -> Expression {
    local_of(position, Type::NUMBER)
}

pub(crate) fn local_of(position: u32, ty: Type) -> Expression {
    expression(ExpressionKind::Local(LocalId(position)), ty)
}

pub(crate) fn thread() -> Expression {
    expression(ExpressionKind::ThreadId, Type::vector(3))
}

pub(crate) fn component(vector: Expression, component: u8) -> Expression {
    expression(ExpressionKind::Component { vector: Box::new(vector), component }, Type::NUMBER)
}

pub(crate) fn uniform() -> Expression {
    expression(ExpressionKind::Uniform(0), Type::NUMBER)
}

pub(crate) fn load(index: Expression) -> Expression {
    expression(ExpressionKind::Load { buffer: 0, index: vec![index] }, Type::NUMBER)
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

pub(crate) fn call(function: u32, arguments: Vec<Expression>) -> Expression {
    expression(ExpressionKind::Call { function: FunctionId(function), arguments }, Type::NUMBER)
}

fn statement(kind: StatementKind) -> Statement {
    Statement { kind, span: HERE }
}

pub(crate) fn declare(position: u32, value: Expression) -> Statement {
    statement(StatementKind::Declare { local: LocalId(position), value: Some(value) })
}

pub(crate) fn assign(position: u32, value: Expression) -> Statement {
    statement(StatementKind::Assign { place: Place::Local(LocalId(position)), value })
}

pub(crate) fn store(index: Expression, value: Expression) -> Statement {
    let place = Place::Buffer { buffer: 0, index: vec![index], component: None };
    statement(StatementKind::Assign { place, value })
}

pub(crate) fn element(array: u32, index: Expression) -> Expression {
    expression(ExpressionKind::Element { array: LocalId(array), index: Box::new(index) }, Type::NUMBER)
}

pub(crate) fn array_of(parts: Vec<Expression>) -> Expression {
    let ty = array_type(parts.len() as u32);
    expression(ExpressionKind::ArrayOf(parts), ty)
}

pub(crate) const fn array_type(length: u32) -> Type {
    Type::Array { components: 1, scalar: Scalar::Number, length }
}

pub(crate) fn assign_element(array: u32, index: Expression, value: Expression) -> Statement {
    let place = Place::Element { array: LocalId(array), index, component: None };
    statement(StatementKind::Assign { place, value })
}

pub(crate) fn give(value: Expression) -> Statement {
    statement(StatementKind::Return(Some(value)))
}

pub(crate) fn when(condition: Expression, accept: Vec<Statement>) -> Statement {
    statement(StatementKind::If { condition, accept: Block(accept), reject: Block::default() })
}

/// `for (; condition; update) body`
pub(crate) fn repeat(condition: Expression, update: Statement, body: Vec<Statement>) -> Statement {
    statement(StatementKind::Loop {
        label: LabelId(0),
        test: TestPosition::First,
        prelude: Block::default(),
        condition: Some(condition),
        body: Block(body),
        update: Block(vec![update]),
    })
}

/// `for (let local = 0; local < end; local++) body`, the declaration first.
pub(crate) fn count(position: u32, end: Expression, body: Vec<Statement>) -> [Statement; 2] {
    let next = binary(BinaryOp::Add, local(position), number(1.0));
    let condition = binary(BinaryOp::Less, local(position), end);
    [declare(position, number(0.0)), repeat(condition, assign(position, next), body)]
}

pub(crate) fn function(
    parameters: u32,
    locals: &[Type],
    result: Option<Type>,
    body: Vec<Statement>,
) -> Function {
    let local = |(position, ty): (usize, &Type)| Local {
        name: format!("v{position}"),
        ty: *ty,
        span: HERE,
        mutable: true,
    };
    Function {
        name: "f".to_owned(),
        span: HERE,
        parameters: (0..parameters).map(LocalId).collect(),
        result,
        locals: locals.iter().enumerate().map(local).collect(),
        body: Block(body),
        effects: Effects::default(),
    }
}

/// A kernel of so many numbers.
pub(crate) fn kernel(locals: usize, body: Vec<Statement>) -> Kernel {
    Kernel { functions: Vec::new(), entry: function(0, &vec![Type::NUMBER; locals], None, body) }
}
