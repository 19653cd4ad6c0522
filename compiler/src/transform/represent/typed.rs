//! Expressions with what is known of each node and the scalar type that it has by nature, before any context asks for another.
//!
//! **By nature** a node is `I32` or `U32` only if the device then computes exactly what JavaScript computes; else it is `F32`.
//! Sums, differences and products of integers are computed modulo 2^32, which is exact if the operands are exact modulo
//! 2^32, JavaScript computes exactly (below 2^53) and the result fits: what happens in between does not matter. Such a node is called *exact*
//! even if its result does not fit; contexts that want the low 32 bits only can still use it.

use super::plan::Plan;
use crate::analysis::value::{LARGEST, TWO_24, TWO_53, Value};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Literal, LocalId, Scalar, UnaryOp};

/// A node.
#[derive(Debug)]
pub(super) struct Typed<'e> {
    /// The node as lowering made it.
    pub(super) expression: &'e Expression,
    /// What it can be.
    pub(super) value: Value,
    /// What it is by nature.
    pub(super) scalar: Scalar,
    /// Whether wrapping arithmetic gives its low 32 bits.
    pub(super) exact: bool,
    /// Its operands.
    pub(super) operands: Vec<Typed<'e>>,
}

impl Typed<'_> {
    /// Whether it is the sum, difference, product or negation of integers.
    pub(super) fn is_ring(&self) -> bool {
        self.value.integer && is_ring(&self.expression.kind)
    }

    /// Whether it can be had as an `I32` without loss.
    pub(super) fn can_be_i32(&self) -> bool {
        self.scalar == Scalar::I32 || (self.scalar == Scalar::U32 && self.value.fits_i32())
    }

    /// Whether it can be had as a `U32` without loss.
    pub(super) fn can_be_u32(&self) -> bool {
        let scalar = !self.expression.ty.is_vector();
        scalar && (self.scalar == Scalar::U32 || (self.scalar == Scalar::I32 && self.value.low >= 0.0))
    }

    /// Whether it is `a / b` of integers that integer division can compute once it is rounded.
    pub(super) fn is_integer_quotient(&self) -> bool {
        matches!(self.expression.kind, ExpressionKind::Binary { op: BinaryOp::Divide, .. })
            && !self.expression.ty.is_vector()
            && self.operands.iter().all(|operand| operand.scalar == Scalar::I32)
            && !self.operands[1].value.contains_zero()
            // The smallest integer divided by -1 does not fit.
            && (self.operands[0].value.low >= -LARGEST || self.operands[1].value.low > 0.0)
    }

    /// Whether it is so small that it may be computed twice.
    pub(super) fn is_small(&self) -> bool {
        fn count(expression: &Expression) -> usize {
            let own = if matches!(expression.kind, ExpressionKind::Call { .. }) { 100 } else { 1 };
            own + expression.operands().into_iter().map(count).sum::<usize>()
        }
        count(self.expression) <= 8
    }
}

/// The type in which all can be had without loss, or `F32`.
pub(super) fn common(nodes: &[Typed<'_>]) -> Scalar {
    if nodes.iter().all(Typed::can_be_i32) {
        Scalar::I32
    } else if nodes.iter().all(Typed::can_be_u32) {
        Scalar::U32
    } else {
        Scalar::F32
    }
}

fn is_ring(kind: &ExpressionKind) -> bool {
    matches!(
        kind,
        ExpressionKind::Binary { op: BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply, .. }
            | ExpressionKind::Unary { op: UnaryOp::Negate, .. }
    )
}

/// The type of what is computed in `scalar` and known to be `value`: unsigned results that fit become signed.
fn settled(scalar: Scalar, value: Value) -> Scalar {
    if scalar == Scalar::U32 && value.fits_i32() { Scalar::I32 } else { scalar }
}

impl Plan<'_, '_> {
    /// Finds out about an expression in this function.
    pub(super) fn annotate<'e>(&self, function: usize, expression: &'e Expression) -> Typed<'e> {
        let operands: Vec<Typed<'e>> =
            expression.operands().into_iter().map(|operand| self.annotate(function, operand)).collect();
        let known: Vec<Value> = operands.iter().map(|operand| operand.value).collect();
        let value = self.facts().transfer(function, expression, &known);
        let mut typed = Typed { expression, value, scalar: Scalar::F32, exact: false, operands };
        typed.scalar = self.nature(function, &typed);
        if typed.expression.ty.is_vector() && typed.scalar == Scalar::U32 {
            typed.scalar = Scalar::F32;
        }
        let is_variable = matches!(
            expression.kind,
            ExpressionKind::Local(_) | ExpressionKind::Element { .. } | ExpressionKind::Call { .. }
        );
        if is_variable && typed.scalar == Scalar::I32 && !typed.value.fits_i32() {
            typed.value = confined(typed.value);
        }
        typed.exact = typed.scalar.is_integer() || is_exact(&typed);
        typed
    }

    fn nature(&self, function: usize, node: &Typed<'_>) -> Scalar {
        use ExpressionKind as K;
        let local = |local: LocalId| self.scalar(self.facts().definitions().local(function, local));
        match &node.expression.kind {
            _ if node.expression.ty.scalar() == Scalar::Bool => Scalar::Bool,
            K::Literal(Literal::Number(_)) => literal(node.value),
            K::Local(id) | K::Element { array: id, .. } => local(*id),
            K::Call { function: callee, .. } => self.scalar(self.facts().definitions().result(*callee)),
            K::ThreadId | K::ToInt32(_) | K::InRange { .. } => Scalar::I32,
            K::Component { .. } | K::Swizzle { .. } | K::Splat(_) => node.operands[0].scalar,
            K::Compose(_) | K::ArrayOf(_) => common(&node.operands),
            K::Select { .. } => settled(common(&node.operands[1..]), node.value),
            K::Unary { op: UnaryOp::BitNot, .. } => Scalar::I32,
            K::Unary { .. } => ring(node),
            K::Binary { op, .. } => binary(*op, node),
            K::Builtin { builtin, .. } => call(*builtin, node),
            K::Uniform(_) | K::Load { .. } | K::Random | K::Convert(_) | K::Literal(Literal::Bool(_)) => {
                Scalar::F32
            }
        }
    }
}

/// What an `I32` variable holds whose value could not be bounded: K8 promises exactness to 2^31 − 1 and nothing beyond.
fn confined(value: Value) -> Value {
    Value { low: value.low.max(-LARGEST), high: value.high.min(LARGEST), nan: false, ..value }
}

/// A node that is no integer by nature, but whose low 32 bits can be had by wrapping arithmetic.
fn is_exact(node: &Typed<'_>) -> bool {
    let small = node.value.is_within(-TWO_53, TWO_53);
    let is_literal = matches!(node.expression.kind, ExpressionKind::Literal(_));
    small && (is_literal || (node.is_ring() && node.operands.iter().all(|operand| operand.exact)))
}

fn literal(value: Value) -> Scalar {
    if value.fits_i32() {
        Scalar::I32
    } else if value.fits_u32() {
        Scalar::U32
    } else {
        Scalar::F32
    }
}

fn ring(node: &Typed<'_>) -> Scalar {
    if is_exact(node) { literal(node.value) } else { Scalar::F32 }
}

fn binary(op: BinaryOp, node: &Typed<'_>) -> Scalar {
    match op {
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply => ring(node),
        BinaryOp::Remainder if node.operands[1].value.contains_zero() => Scalar::F32,
        BinaryOp::Remainder => settled(common(&node.operands), node.value),
        BinaryOp::ShiftRightUnsigned => settled(Scalar::U32, node.value),
        _ if op.is_bitwise() => Scalar::I32,
        _ => Scalar::F32,
    }
}

fn call(builtin: Builtin, node: &Typed<'_>) -> Scalar {
    let first = &node.operands[0];
    match builtin {
        Builtin::Floor | Builtin::Trunc if first.is_integer_quotient() => Scalar::I32,
        Builtin::Floor | Builtin::Ceil | Builtin::Round | Builtin::Trunc => {
            if first.scalar.is_integer() {
                first.scalar
            } else if node.value.fits_i32() {
                Scalar::I32
            } else {
                Scalar::F32
            }
        }
        Builtin::Fround if first.value.is_within(-TWO_24, TWO_24) => first.scalar,
        Builtin::Min | Builtin::Max => settled(common(&node.operands), node.value),
        Builtin::Abs if first.value.low >= 0.0 => first.scalar,
        // The absolute value of the smallest integer has the right bits for an unsigned one.
        Builtin::Abs if first.can_be_i32() => literal(node.value),
        Builtin::Sign if first.can_be_i32() => Scalar::I32,
        Builtin::Imul | Builtin::Clz32 => Scalar::I32,
        _ => Scalar::F32,
    }
}
