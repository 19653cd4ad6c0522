//! Expressions in a given representation.
//!
//! The same node comes out differently by what it is needed for:
//!
//! * [`natural`](Rewriter::natural): in the type that it has by nature.
//! * [`float`](Rewriter::float): as `F32`. An integer is computed exactly and rounded once; one that may not fit is computed in floats, as JavaScript's
//!   result would be rounded.
//! * [`index`](Rewriter::index): as the `I32` of an index. What does not fit must come out of range, so operations whose result may not
//!   fit are checked. A sum or difference in [−2^31, 2^32) needs no check where nothing more is computed from it: what does not
//!   fit wraps to a negative number. A float is rounded down by its conversion.
//! * [`bits`](Rewriter::bits): as the `I32` that ToInt32 gives. Sums, differences and products of integers wrap: the result has the bits
//!   of JavaScript's as long as that is below 2^53 and so exact; beyond, JavaScript itself has lost the low bits. An operand that is NaN or infinite
//!   counts as 0 before the operation, where in JavaScript the result does.
//!
//! Integers have one zero. So `-n`, `n * m` and `n % m` on integers give 0 where JavaScript gives −0, which shows only in
//! a division by it, in `Math.atan2` and `Math.sign`. A literal `-0` stays a float and keeps its sign.

use std::cell::RefCell;

use super::plan::Plan;
use super::typed::{Typed, common};
use crate::analysis::value::TWO_32;
use crate::diagnostics::Span;
use crate::ir::builtins::to_int32;
use crate::ir::{
    BinaryOp, Builtin, Expression, ExpressionKind, FunctionId, Literal, Local, Scalar, Type, UnaryOp,
};

/// Rewrites the expressions of one function.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rewriter<'a, 'k> {
    /// What was decided.
    pub(super) plan: &'a Plan<'a, 'k>,
    /// Which function.
    pub(super) function: usize,
    /// The locals that it needs besides its own.
    pub(super) extra: &'a RefCell<Vec<Local>>,
}

impl Rewriter<'_, '_> {
    /// The node in the type that it has by nature.
    pub(super) fn natural(self, node: &Typed<'_>) -> Expression {
        use ExpressionKind as K;
        let scalar = node.scalar;
        match &node.expression.kind {
            K::Literal(Literal::Number(_)) => literal(node, scalar),
            K::Unary { .. } | K::Binary { .. } if node.is_ring() && scalar.is_integer() => {
                convert(self.bits(node), scalar)
            }
            K::Unary { op: UnaryOp::BitNot, operand: _ } => self.bit_not(node),
            K::Binary { op, .. } if op.is_bitwise() => convert(self.bitwise(*op, node), scalar),
            K::Binary { op, .. } if op.is_comparison() => {
                self.compare(*op, &node.operands[0], &node.operands[1], node.expression.span)
            }
            K::Binary { op: BinaryOp::Remainder, .. } => {
                let computed = common(&node.operands);
                let inner = if scalar == Scalar::F32 { scalar } else { computed };
                convert(self.rebuild(node, inner), scalar)
            }
            K::Select { .. } if scalar != Scalar::Bool => {
                let computed = common(&node.operands[1..]);
                convert(self.select(node, |rewriter, arm| rewriter.to(arm, computed), computed), scalar)
            }
            K::Builtin { builtin, .. } => self.builtin(*builtin, node),
            _ => self.rebuild(node, scalar),
        }
    }

    /// The node in this scalar type; what does not fit an integer is as in an index.
    pub(super) fn to(self, node: &Typed<'_>, scalar: Scalar) -> Expression {
        match scalar {
            _ if matches!(node.expression.kind, ExpressionKind::ArrayOf(_)) => self.rebuild(node, scalar),
            Scalar::F32 => self.float(node),
            Scalar::I32 => self.index(node, false),
            Scalar::U32 => match node.expression.kind {
                ExpressionKind::Literal(_) if node.value.fits_u32() => literal(node, scalar),
                _ if node.exact => convert(self.bits(node), Scalar::U32),
                _ => convert(self.index(node, false), Scalar::U32),
            },
            Scalar::Bool | Scalar::Number => self.natural(node),
        }
    }

    /// The node as `F32`.
    pub(super) fn float(self, node: &Typed<'_>) -> Expression {
        use ExpressionKind as K;
        if !node.scalar.is_integer() {
            return self.natural(node);
        }
        match &node.expression.kind {
            K::Literal(_) => literal(node, Scalar::F32),
            K::Select { .. } => self.select(node, Self::float, Scalar::F32),
            K::Compose(_) | K::Splat(_) | K::ArrayOf(_) => self.rebuild(node, Scalar::F32),
            K::Builtin { builtin, .. } if is_rounding(*builtin) && node.operands[0].scalar == Scalar::F32 => {
                if node.operands[0].is_integer_quotient() {
                    convert(self.natural(node), Scalar::F32)
                } else {
                    self.rebuild(node, Scalar::F32)
                }
            }
            _ => convert(self.natural(node), Scalar::F32),
        }
    }

    /// The node as an index. `outermost` says that nothing more is computed from it.
    pub(super) fn index(self, node: &Typed<'_>, outermost: bool) -> Expression {
        use ExpressionKind as K;
        let is_vector = node.expression.ty.is_vector();
        match &node.expression.kind {
            _ if node.scalar == Scalar::I32 => self.natural(node),
            K::Literal(Literal::Number(number)) => {
                number_literal(floor_to_i32(*number), Scalar::I32, node.expression)
            }
            K::Unary { .. } | K::Binary { .. } if node.is_ring() => {
                let harmless = node.exact && node.value.low >= -TWO_32 / 2.0 && node.value.high < TWO_32;
                if harmless && (outermost || is_vector) {
                    self.bits(node)
                } else if is_vector {
                    convert(self.float(node), Scalar::I32)
                } else {
                    self.checked(node)
                }
            }
            K::Binary { op: BinaryOp::Divide, .. } => self.index_quotient(node, BinaryOp::FloorDivide),
            K::Builtin { builtin: Builtin::Floor, .. } => self.index(&node.operands[0], false),
            K::Builtin { builtin: Builtin::Trunc, .. } if node.operands[0].scalar == Scalar::F32 => {
                self.index_truncated(node)
            }
            K::Select { .. } => {
                self.select(node, |rewriter, arm| rewriter.index(arm, outermost), Scalar::I32)
            }
            K::Compose(_) | K::Splat(_) | K::ArrayOf(_) => self.rebuild(node, Scalar::I32),
            K::Component { .. } | K::Swizzle { .. } if node.operands[0].is_ring() => {
                self.with_operand(node, self.index(&node.operands[0], outermost), Scalar::I32)
            }
            _ => convert(self.natural(node), Scalar::I32),
        }
    }

    /// The node as ToInt32 gives it.
    pub(super) fn bits(self, node: &Typed<'_>) -> Expression {
        use ExpressionKind as K;
        match &node.expression.kind {
            K::Literal(Literal::Number(number)) => {
                number_literal(f64::from(to_int32(*number)), Scalar::I32, node.expression)
            }
            K::Unary { .. } | K::Binary { .. } if node.is_ring() => {
                let operands = node.operands.iter().map(|operand| self.bits(operand)).collect();
                with_operands(node.expression, operands, Scalar::I32)
            }
            K::Select { .. } => self.select(node, Self::bits, Scalar::I32),
            K::Binary { op: BinaryOp::Divide, .. } if node.is_integer_quotient() => {
                self.quotient(node, BinaryOp::TruncateDivide)
            }
            _ if node.scalar == Scalar::F32 => {
                let kind = K::ToInt32(Box::new(self.float(node)));
                Expression::new(kind, node.expression.ty.with_scalar(Scalar::I32), node.expression.span)
            }
            _ => convert(self.natural(node), Scalar::I32),
        }
    }

    /// An argument, a returned or a stored value of a variable that is `scalar`. `fits` says that it is known to fit whatever
    /// the bounds of its parts say, so that wrapping arithmetic is exact.
    pub(super) fn stored(self, node: &Typed<'_>, scalar: Scalar, fits: bool) -> Expression {
        let wraps = node.exact || node.is_ring();
        if scalar == Scalar::I32 && fits && wraps && !is_structure(node.expression) {
            self.bits(node)
        } else {
            self.to(node, scalar)
        }
    }

    fn checked(self, node: &Typed<'_>) -> Expression {
        let mut operands: Vec<Expression> =
            node.operands.iter().map(|operand| self.index(operand, false)).collect();
        let op = match &node.expression.kind {
            ExpressionKind::Binary { op: BinaryOp::Add, .. } => BinaryOp::CheckedAdd,
            ExpressionKind::Binary { op: BinaryOp::Multiply, .. } => BinaryOp::CheckedMultiply,
            _ => BinaryOp::CheckedSubtract,
        };
        if operands.len() == 1 {
            operands.insert(0, number_literal(0.0, Scalar::I32, node.expression));
        }
        let right = operands.pop().expect("an operator has operands");
        let left = operands.pop().expect("two of them by now");
        binary(op, left, right, node.expression.span)
    }

    /// `a / b` rounded down in an index, also where `a` is an integer whose bounds are not known.
    fn index_quotient(self, node: &Typed<'_>, op: BinaryOp) -> Expression {
        let [dividend, divisor] = &node.operands[..] else { return self.natural(node) };
        let is_integer = dividend.scalar == Scalar::I32 || dividend.is_ring();
        let is_divisor = divisor.scalar == Scalar::I32 && !divisor.value.contains_zero();
        if is_integer && is_divisor && !node.expression.ty.is_vector() {
            self.quotient(node, op)
        } else if op == BinaryOp::FloorDivide {
            convert(self.float(node), Scalar::I32)
        } else {
            let truncated = builtin_call(Builtin::Trunc, vec![self.float(node)]);
            convert(truncated, Scalar::I32)
        }
    }

    fn index_truncated(self, node: &Typed<'_>) -> Expression {
        let operand = &node.operands[0];
        if matches!(operand.expression.kind, ExpressionKind::Binary { op: BinaryOp::Divide, .. }) {
            self.index_quotient(operand, BinaryOp::TruncateDivide)
        } else {
            convert(self.natural(node), Scalar::I32)
        }
    }

    fn quotient(self, node: &Typed<'_>, op: BinaryOp) -> Expression {
        let [left, right] = [0, 1].map(|side| self.index(&node.operands[side], false));
        binary(op, left, right, node.expression.span)
    }

    fn bit_not(self, node: &Typed<'_>) -> Expression {
        let inner = self.bits(&node.operands[0]);
        match inner.kind {
            ExpressionKind::Unary { op: UnaryOp::BitNot, operand } => *operand,
            _ => with_operands(node.expression, vec![inner], Scalar::I32),
        }
    }

    /// A bitwise operator; `x | 0` and its like are just `x`.
    fn bitwise(self, op: BinaryOp, node: &Typed<'_>) -> Expression {
        let [left, right] = [0, 1].map(|side| self.bits(&node.operands[side]));
        let unsigned = op == BinaryOp::ShiftRightUnsigned;
        let result = if unsigned { Scalar::U32 } else { Scalar::I32 };
        if right.as_number() == Some(0.0) && op != BinaryOp::BitAnd {
            return convert(left, result);
        }
        if left.as_number() == Some(0.0) && matches!(op, BinaryOp::BitOr | BinaryOp::BitXor) {
            return right;
        }
        let mut whole = binary(op, left, right, node.expression.span);
        whole.ty = whole.ty.with_scalar(result);
        whole
    }

    fn builtin(self, builtin: Builtin, node: &Typed<'_>) -> Expression {
        let first = &node.operands[0];
        match builtin {
            Builtin::Floor if first.is_integer_quotient() => self.quotient(first, BinaryOp::FloorDivide),
            Builtin::Trunc if first.is_integer_quotient() => self.quotient(first, BinaryOp::TruncateDivide),
            _ if is_rounding(builtin) && first.scalar.is_integer() && node.scalar.is_integer() => {
                self.natural(first)
            }
            Builtin::Floor if node.scalar == Scalar::I32 => convert(self.float(first), Scalar::I32),
            Builtin::Imul | Builtin::Clz32 => {
                let operands = node.operands.iter().map(|operand| self.bits(operand)).collect();
                with_operands(node.expression, operands, Scalar::I32)
            }
            Builtin::Min | Builtin::Max if node.scalar.is_integer() => {
                convert(self.rebuild(node, common(&node.operands)), node.scalar)
            }
            Builtin::Abs if first.scalar == node.scalar && first.value.low >= 0.0 => self.natural(first),
            Builtin::Abs | Builtin::Sign if node.scalar.is_integer() => {
                convert(self.rebuild(node, Scalar::I32), node.scalar)
            }
            _ => convert(self.rebuild(node, Scalar::F32), node.scalar),
        }
    }

    fn select(
        self,
        node: &Typed<'_>,
        arm: impl Fn(Self, &Typed<'_>) -> Expression,
        scalar: Scalar,
    ) -> Expression {
        let condition = self.natural(&node.operands[0]);
        let arms = node.operands[1..].iter().map(|operand| arm(self, operand));
        let operands = std::iter::once(condition).chain(arms).collect();
        with_operands(node.expression, operands, scalar)
    }

    /// The same operation in this scalar type.
    fn rebuild(self, node: &Typed<'_>, scalar: Scalar) -> Expression {
        use ExpressionKind as K;
        let operands = match &node.expression.kind {
            K::Load { .. } | K::Element { .. } => {
                node.operands.iter().map(|index| self.index(index, true)).collect()
            }
            K::Call { function, .. } => self.arguments(*function, node),
            K::Component { .. } | K::Swizzle { .. } => vec![self.natural(&node.operands[0])],
            K::Builtin { .. } | K::Binary { .. } | K::Unary { .. } | K::Select { .. }
                if scalar == Scalar::Bool =>
            {
                node.operands.iter().map(|operand| self.natural(operand)).collect()
            }
            _ => node.operands.iter().map(|operand| self.to(operand, scalar)).collect(),
        };
        with_operands(node.expression, operands, scalar)
    }

    fn arguments(self, function: FunctionId, node: &Typed<'_>) -> Vec<Expression> {
        let definitions = self.plan.facts().definitions();
        let parameters = &definitions.kernel.function(function).parameters;
        let variables = parameters.iter().map(|&parameter| definitions.local(function.0 as usize, parameter));
        let store = |(variable, argument): (_, &Typed<'_>)| {
            let fits = self.plan.facts().variable(variable).fits_i32();
            self.stored(argument, self.plan.scalar(variable), fits)
        };
        variables.zip(&node.operands).map(store).collect()
    }

    fn with_operand(self, node: &Typed<'_>, operand: Expression, scalar: Scalar) -> Expression {
        with_operands(node.expression, vec![operand], scalar)
    }
}

fn is_rounding(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::Floor | Builtin::Ceil | Builtin::Round | Builtin::Trunc | Builtin::Fround)
}

/// Whether the parts of the expression are stored, and not the whole of it.
fn is_structure(expression: &Expression) -> bool {
    matches!(
        expression.kind,
        ExpressionKind::Compose(_)
            | ExpressionKind::Splat(_)
            | ExpressionKind::ArrayOf(_)
            | ExpressionKind::Local(_)
    )
}

/// The same expression with other operands, all of whose numbers are `scalar`.
pub(super) fn with_operands(
    expression: &Expression,
    operands: Vec<Expression>,
    scalar: Scalar,
) -> Expression {
    let mut result = shell(expression);
    for (slot, operand) in result.operands_mut().into_iter().zip(operands) {
        *slot = operand;
    }
    result.ty = if scalar == Scalar::Bool { expression.ty } else { expression.ty.with_scalar(scalar) };
    result
}

/// A copy of the node with placeholders for its operands, so that no subtree is copied in vain.
fn shell(expression: &Expression) -> Expression {
    use ExpressionKind as K;
    let hole = |_: &Expression| Expression::bool(false, expression.span);
    let boxed = || Box::new(Expression::bool(false, expression.span));
    let holes = |parts: &[Expression]| parts.iter().map(hole).collect::<Vec<_>>();
    let kind = match &expression.kind {
        K::Literal(literal) => K::Literal(*literal),
        K::Local(local) => K::Local(*local),
        K::ThreadId => K::ThreadId,
        K::Uniform(uniform) => K::Uniform(*uniform),
        K::Random => K::Random,
        K::Load { buffer, index } => K::Load { buffer: *buffer, index: holes(index) },
        K::Element { array, .. } => K::Element { array: *array, index: boxed() },
        K::Component { component, .. } => K::Component { vector: boxed(), component: *component },
        K::Swizzle { components, .. } => K::Swizzle { vector: boxed(), components: components.clone() },
        K::Compose(parts) => K::Compose(holes(parts)),
        K::Splat(_) => K::Splat(boxed()),
        K::ArrayOf(parts) => K::ArrayOf(holes(parts)),
        K::Unary { op, .. } => K::Unary { op: *op, operand: boxed() },
        K::Binary { op, .. } => K::Binary { op: *op, left: boxed(), right: boxed() },
        K::Select { .. } => K::Select { condition: boxed(), accept: boxed(), reject: boxed() },
        K::Builtin { builtin, arguments } => K::Builtin { builtin: *builtin, arguments: holes(arguments) },
        K::Call { function, arguments } => K::Call { function: *function, arguments: holes(arguments) },
        K::Convert(_) => K::Convert(boxed()),
        K::ToInt32(_) => K::ToInt32(boxed()),
        K::InRange { known, .. } => K::InRange { index: boxed(), known: *known },
    };
    Expression::new(kind, expression.ty, expression.span)
}

fn literal(node: &Typed<'_>, scalar: Scalar) -> Expression {
    Expression { ty: node.expression.ty.with_scalar(scalar), ..node.expression.clone() }
}

pub(super) fn number_literal(number: f64, scalar: Scalar, origin: &Expression) -> Expression {
    let kind = ExpressionKind::Literal(Literal::Number(number));
    Expression::new(kind, Type::Scalar(scalar), origin.span)
}

/// What the conversion of a float to `I32` gives.
fn floor_to_i32(number: f64) -> f64 {
    let floor = number.floor();
    if floor >= f64::from(i32::MIN) && floor <= f64::from(i32::MAX) {
        floor + 0.0
    } else {
        f64::from(i32::MIN)
    }
}

pub(super) fn binary(op: BinaryOp, left: Expression, right: Expression, span: Span) -> Expression {
    let ty =
        if op.is_comparison() || matches!(op, BinaryOp::And | BinaryOp::Or) { Type::BOOL } else { left.ty };
    Expression::new(ExpressionKind::Binary { op, left: Box::new(left), right: Box::new(right) }, ty, span)
}

pub(super) fn builtin_call(builtin: Builtin, arguments: Vec<Expression>) -> Expression {
    let (ty, span) = (arguments[0].ty, arguments[0].span);
    Expression::new(ExpressionKind::Builtin { builtin, arguments }, ty, span)
}

/// The expression in another representation. Rounding down before a conversion to `I32` is part of the conversion, and
/// between `I32` and `U32` and back nothing changes.
pub(super) fn convert(expression: Expression, scalar: Scalar) -> Expression {
    let from = expression.ty.scalar();
    if from == scalar {
        return expression;
    }
    let ty = expression.ty.with_scalar(scalar);
    let span = expression.span;
    match expression.kind {
        ExpressionKind::Literal(Literal::Number(number)) if fits(number, scalar) => {
            // Adding zero makes a negative zero positive.
            let number = if scalar.is_integer() { number + 0.0 } else { number };
            Expression::new(ExpressionKind::Literal(Literal::Number(number)), ty, span)
        }
        ExpressionKind::Convert(inner)
            if inner.ty.scalar() == scalar && from.is_integer() && scalar.is_integer() =>
        {
            *inner
        }
        ExpressionKind::Builtin { builtin: Builtin::Floor, mut arguments } if scalar == Scalar::I32 => {
            convert(arguments.remove(0), scalar)
        }
        kind => {
            let whole = Expression::new(kind, expression.ty, span);
            Expression::new(ExpressionKind::Convert(Box::new(whole)), ty, span)
        }
    }
}

fn fits(number: f64, scalar: Scalar) -> bool {
    match scalar {
        Scalar::F32 => true,
        Scalar::I32 => number == f64::from(number as i32),
        Scalar::U32 => number == f64::from(number as u32),
        Scalar::Bool | Scalar::Number => false,
    }
}
