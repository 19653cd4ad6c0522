//! Represented IR for tests, in few words.

use artifact::{BufferDescription, CanvasSize, ElementType, Interface, UniformDescription, UniformType};

use super::{
    BinaryOp, Block, Builtin, Case, Effects, Expression, ExpressionKind, Function, FunctionId, Kernel,
    LabelId, Literal, Local, LocalId, Place, Scalar, Statement, StatementKind, TestPosition, Type, UnaryOp,
};
use crate::diagnostics::Span;

const HERE: Span = Span { start: 0, end: 0 };

/// An interface with a buffer of every element type and rank, a uniform of every type, and a canvas.
pub(crate) fn interface() -> Interface {
    let buffer = |name: &str, element, size: &[u32]| BufferDescription {
        name: name.to_owned(),
        element,
        size: size.to_vec(),
    };
    let uniform = |name: &str, ty| UniformDescription { name: name.to_owned(), ty, integral: false };
    Interface {
        buffers: vec![
            buffer("line", ElementType::Number, &[16]),
            buffer("grid", ElementType::Vec2, &[8, 9]),
            buffer("cube", ElementType::Vec3, &[4, 5, 6]),
            buffer("i", ElementType::Vec4, &[3]),
        ],
        uniforms: vec![
            uniform("scale", UniformType::Number),
            uniform("on", UniformType::Boolean),
            uniform("center", UniformType::Vec2),
            uniform("color", UniformType::Vec3),
            uniform("loop", UniformType::Vec4),
        ],
        canvas: Some(CanvasSize { width: 320, height: 200 }),
        ..Interface::default()
    }
}

/// An interface with a buffer `data` of 64 numbers and a number `n`, for kernels in text.
pub(crate) fn small_interface() -> Interface {
    let data = BufferDescription { name: "data".into(), element: ElementType::Number, size: vec![64] };
    let n = UniformDescription { name: "n".into(), ty: UniformType::Number, integral: true };
    Interface { buffers: vec![data], uniforms: vec![n], ..Interface::default() }
}

/// Collects a function.
pub(crate) struct Build {
    function: Function,
}

impl Build {
    pub(crate) fn new(name: &str) -> Self {
        let function = Function {
            name: name.to_owned(),
            span: HERE,
            parameters: Vec::new(),
            result: None,
            locals: Vec::new(),
            body: Block::default(),
            effects: Effects::default(),
        };
        Self { function }
    }

    /// Adds a mutable local.
    pub(crate) fn local(&mut self, name: &str, ty: Type) -> LocalId {
        self.function.locals.push(Local { name: name.to_owned(), ty, span: HERE, mutable: true });
        LocalId(self.function.locals.len() as u32 - 1)
    }

    /// Adds a local that only its declaration sets.
    pub(crate) fn constant(&mut self, name: &str, ty: Type) -> LocalId {
        let id = self.local(name, ty);
        self.function.locals[id.0 as usize].mutable = false;
        id
    }

    /// Adds a parameter; parameters come before other locals.
    pub(crate) fn parameter(&mut self, name: &str, ty: Type) -> LocalId {
        let id = self.local(name, ty);
        self.function.parameters.push(id);
        id
    }

    pub(crate) fn result(mut self, ty: Type) -> Self {
        self.function.result = Some(ty);
        self
    }

    pub(crate) fn body(mut self, statements: Vec<Statement>) -> Function {
        self.function.body = Block(statements);
        self.function
    }

    pub(crate) fn kernel(self, statements: Vec<Statement>) -> Kernel {
        self.kernel_with(Vec::new(), statements)
    }

    pub(crate) fn kernel_with(self, functions: Vec<Function>, statements: Vec<Statement>) -> Kernel {
        Kernel { functions, entry: self.body(statements) }
    }
}

fn expression(kind: ExpressionKind, ty: Type) -> Expression {
    Expression::new(kind, ty, HERE)
}

pub(crate) fn float(value: f64) -> Expression {
    expression(ExpressionKind::Literal(Literal::Number(value)), Type::F32)
}

pub(crate) fn int(value: i32) -> Expression {
    expression(ExpressionKind::Literal(Literal::Number(f64::from(value))), Type::I32)
}

pub(crate) fn boolean(value: bool) -> Expression {
    Expression::bool(value, HERE)
}

pub(crate) fn read(local: LocalId, ty: Type) -> Expression {
    expression(ExpressionKind::Local(local), ty)
}

/// One component of the thread id.
pub(crate) fn thread(axis: u8) -> Expression {
    component(expression(ExpressionKind::ThreadId, Type::Vector(3, Scalar::I32)), axis)
}

pub(crate) fn component(vector: Expression, component: u8) -> Expression {
    let ty = Type::Scalar(vector.ty.scalar());
    expression(ExpressionKind::Component { vector: Box::new(vector), component }, ty)
}

pub(crate) fn swizzle(vector: Expression, components: &[u8]) -> Expression {
    let ty = Type::Vector(components.len() as u8, vector.ty.scalar());
    expression(ExpressionKind::Swizzle { vector: Box::new(vector), components: components.to_vec() }, ty)
}

pub(crate) fn uniform(position: usize) -> Expression {
    let ty = Type::from(interface().uniforms[position].ty);
    expression(ExpressionKind::Uniform(position), if ty.is_bool() { ty } else { ty.with_scalar(Scalar::F32) })
}

pub(crate) fn load(buffer: usize, index: Vec<Expression>) -> Expression {
    let ty = Type::from(interface().buffers[buffer].element).with_scalar(Scalar::F32);
    expression(ExpressionKind::Load { buffer, index }, ty)
}

pub(crate) fn element(array: LocalId, index: Expression, ty: Type) -> Expression {
    expression(ExpressionKind::Element { array, index: Box::new(index) }, ty)
}

pub(crate) fn array_of(parts: Vec<Expression>) -> Expression {
    let (components, scalar) = (parts[0].ty.components(), parts[0].ty.scalar());
    let ty = Type::Array { components, scalar, length: parts.len() as u32 };
    expression(ExpressionKind::ArrayOf(parts), ty)
}

pub(crate) fn compose(parts: Vec<Expression>) -> Expression {
    let size = parts.iter().map(|part| part.ty.components()).sum();
    let ty = Type::Vector(size, parts[0].ty.scalar());
    expression(ExpressionKind::Compose(parts), ty)
}

pub(crate) fn splat(operand: Expression, size: u8) -> Expression {
    let ty = Type::Vector(size, operand.ty.scalar());
    expression(ExpressionKind::Splat(Box::new(operand)), ty)
}

pub(crate) fn unary(op: UnaryOp, operand: Expression) -> Expression {
    let ty = operand.ty;
    expression(ExpressionKind::Unary { op, operand: Box::new(operand) }, ty)
}

pub(crate) fn binary(op: BinaryOp, left: Expression, right: Expression) -> Expression {
    let ty = match op {
        BinaryOp::And | BinaryOp::Or => Type::BOOL,
        BinaryOp::ShiftRightUnsigned => Type::U32,
        _ if op.is_comparison() => Type::BOOL,
        _ if right.ty.is_vector() => right.ty,
        _ => left.ty,
    };
    expression(ExpressionKind::Binary { op, left: Box::new(left), right: Box::new(right) }, ty)
}

pub(crate) fn select(condition: Expression, accept: Expression, reject: Expression) -> Expression {
    let ty = accept.ty;
    let [condition, accept, reject] = [condition, accept, reject].map(Box::new);
    expression(ExpressionKind::Select { condition, accept, reject }, ty)
}

pub(crate) fn builtin(builtin: Builtin, arguments: Vec<Expression>, ty: Type) -> Expression {
    expression(ExpressionKind::Builtin { builtin, arguments }, ty)
}

pub(crate) fn call(function: u32, arguments: Vec<Expression>, ty: Type) -> Expression {
    expression(ExpressionKind::Call { function: FunctionId(function), arguments }, ty)
}

pub(crate) fn random() -> Expression {
    expression(ExpressionKind::Random, Type::F32)
}

pub(crate) fn convert(operand: Expression, scalar: Scalar) -> Expression {
    let ty = operand.ty.with_scalar(scalar);
    expression(ExpressionKind::Convert(Box::new(operand)), ty)
}

pub(crate) fn to_int32(operand: Expression) -> Expression {
    expression(ExpressionKind::ToInt32(Box::new(operand)), Type::I32)
}

pub(crate) fn statement(kind: StatementKind) -> Statement {
    Statement { kind, span: HERE }
}

pub(crate) fn declare(local: LocalId, value: Expression) -> Statement {
    statement(StatementKind::Declare { local, value: Some(value) })
}

pub(crate) fn declare_zero(local: LocalId) -> Statement {
    statement(StatementKind::Declare { local, value: None })
}

pub(crate) fn set(local: LocalId, value: Expression) -> Statement {
    assign(Place::Local(local), value)
}

pub(crate) fn assign(place: Place, value: Expression) -> Statement {
    statement(StatementKind::Assign { place, value })
}

pub(crate) fn store(buffer: usize, index: Vec<Expression>, value: Expression) -> Statement {
    assign(Place::Buffer { buffer, index, component: None }, value)
}

/// `local = local + 1`
pub(crate) fn increment(local: LocalId) -> Statement {
    set(local, binary(BinaryOp::Add, read(local, Type::I32), int(1)))
}

/// `local < bound`
pub(crate) fn below(local: LocalId, bound: i32) -> Expression {
    binary(BinaryOp::Less, read(local, Type::I32), int(bound))
}

pub(crate) fn when(condition: Expression, accept: Vec<Statement>, reject: Vec<Statement>) -> Statement {
    statement(StatementKind::If { condition, accept: Block(accept), reject: Block(reject) })
}

pub(crate) fn repeat(
    label: u32,
    test: TestPosition,
    condition: Option<Expression>,
    body: Vec<Statement>,
    update: Vec<Statement>,
) -> Statement {
    repeat_with(label, test, Vec::new(), condition, body, update)
}

pub(crate) fn repeat_with(
    label: u32,
    test: TestPosition,
    prelude: Vec<Statement>,
    condition: Option<Expression>,
    body: Vec<Statement>,
    update: Vec<Statement>,
) -> Statement {
    let (prelude, body, update) = (Block(prelude), Block(body), Block(update));
    statement(StatementKind::Loop { label: LabelId(label), test, prelude, condition, body, update })
}

pub(crate) fn scope(label: u32, body: Vec<Statement>) -> Statement {
    statement(StatementKind::Scope { label: LabelId(label), body: Block(body) })
}

pub(crate) fn switch(
    label: u32,
    selector: Expression,
    cases: Vec<(Vec<i32>, Vec<Statement>)>,
    default: Vec<Statement>,
) -> Statement {
    let cases = cases.into_iter().map(|(values, body)| Case { values, body: Block(body) }).collect();
    statement(StatementKind::Switch { label: LabelId(label), selector, cases, default: Block(default) })
}

pub(crate) fn leave(label: u32) -> Statement {
    statement(StatementKind::Break(LabelId(label)))
}

pub(crate) fn next(label: u32) -> Statement {
    statement(StatementKind::Continue(LabelId(label)))
}

pub(crate) fn give(value: Option<Expression>) -> Statement {
    statement(StatementKind::Return(value))
}

pub(crate) fn pixel(position: [Expression; 2], color: [Expression; 3]) -> Statement {
    statement(StatementKind::SetPixel { position, color })
}
