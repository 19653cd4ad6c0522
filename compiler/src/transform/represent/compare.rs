//! Comparisons, which are exact: in a type that holds both sides.

use super::conditions::Limit;
use super::demand::Demand;
use super::node::Node;
use super::plan::Plan;
use super::rewrite::{number_literal, retyped};
use crate::analysis::value::Grade;
use crate::ir::{BinaryOp, Expression, ExpressionKind, Scalar, Type};

impl<'k> Plan<'_, '_, 'k> {
    /// `left op right`
    pub(super) fn compare(&self, op: BinaryOp, node: &Node<'k>) -> Expression {
        let span = node.expression.span;
        let [left, right] = &node.operands[..] else { return node.expression.clone() };
        let asked = [0, 1].map(|side| self.operand_demand(node, Demand::NONE, side));
        if left.expression.ty.scalar() == Scalar::Bool {
            return Expression::binary(
                op,
                self.preferred(left, asked[0]),
                self.preferred(right, asked[1]),
                span,
            );
        }
        if let Some(holds) = decided(op, left, right) {
            return Expression::bool(holds, span);
        }
        if let Some((op, literal)) = nearest(op, left, right) {
            return Expression::binary(op, self.to(left, Scalar::F32, asked[0]), literal, span);
        }
        if let Some((op, literal)) = nearest(op.mirrored(), right, left) {
            return Expression::binary(op, self.to(right, Scalar::F32, asked[1]), literal, span);
        }
        let scalar = match (left.expression.ty.scalar(), right.expression.ty.scalar()) {
            (Scalar::Number, Scalar::Number) => self.compared_in(&node.operands, asked),
            (typed, Scalar::Number) | (_, typed) => typed,
        };
        Expression::binary(op, self.to(left, scalar, asked[0]), self.to(right, scalar, asked[1]), span)
    }

    /// The condition of a loop, in which `i <= n` of integers is `i < n + 1`: so a step of one never wraps, and the loop is seen to end.
    /// Likewise `i >= n` is `i > n - 1`.
    pub(super) fn loop_condition(&self, node: &Node<'k>) -> Expression {
        if let ExpressionKind::Binary { op: BinaryOp::And, .. } = node.expression.kind {
            let parts = node.operands.iter().map(|part| self.loop_condition(part)).collect();
            return retyped(node, parts, Scalar::Bool);
        }
        let whole = self.preferred(node, Demand::VALUE);
        self.strict(node, &whole).unwrap_or(whole)
    }

    /// A comparison of a variable with an integer beside the one that is written.
    fn strict(&self, node: &Node<'k>, whole: &Expression) -> Option<Expression> {
        let ExpressionKind::Binary { op, left, right } = &whole.kind else { return None };
        let is_variable = |side: &Expression| matches!(side.kind, ExpressionKind::Local(_));
        let position = usize::from(is_variable(left));
        let (op, variable, end) =
            if position == 1 { (*op, left, right) } else { (op.mirrored(), right, left) };
        if !is_variable(variable) || end.ty != Type::I32 || end.as_number().is_some() {
            return None;
        }
        let beside = &node.operands[position];
        let (strict, step) = match op {
            BinaryOp::LessEqual if beside.value.range().high < f64::from(i32::MAX) => {
                (BinaryOp::Less, BinaryOp::Add)
            }
            BinaryOp::GreaterEqual if beside.sure.range().low > f64::from(i32::MIN) => {
                (BinaryOp::Greater, BinaryOp::Subtract)
            }
            _ => return None,
        };
        if op == BinaryOp::LessEqual {
            self.rely(beside, Limit::Below);
        }
        let one = number_literal(1.0, Scalar::I32, node.expression);
        let end = Expression::binary(step, (**end).clone(), one, end.span);
        Some(Expression::binary(strict, (**variable).clone(), end, whole.span))
    }

    /// The type in which numbers are compared: doubles where one is there anyway.
    fn compared_in(&self, operands: &[Node<'k>], asked: [Demand; 2]) -> Scalar {
        let scalar = self.common(operands, &asked);
        let is_wide =
            |(operand, asked): (&Node<'k>, Demand)| self.preferred_scalar(operand, asked) == Scalar::F64;
        if operands.iter().zip(asked).any(is_wide) { Scalar::F64 } else { scalar }
    }
}

/// What a comparison of numbers always gives, by what they can be in any run.
fn decided(op: BinaryOp, left: &Node<'_>, right: &Node<'_>) -> Option<bool> {
    let is_open =
        |node: &Node<'_>| node.sure.is_empty() || !node.sure.is_integer() || node.expression.ty.is_vector();
    if is_open(left) || is_open(right) {
        return None;
    }
    let (a, b) = (left.sure.range(), right.sure.range());
    let (below, above) = (a.high < b.low, a.low > b.high);
    match op {
        BinaryOp::Less | BinaryOp::LessEqual if below || above => Some(below),
        BinaryOp::Greater | BinaryOp::GreaterEqual if below || above => Some(above),
        BinaryOp::Equal | BinaryOp::NotEqual if below || above => Some(op == BinaryOp::NotEqual),
        BinaryOp::LessEqual if a.high <= b.low => Some(true),
        BinaryOp::GreaterEqual if a.low >= b.high => Some(true),
        _ => None,
    }
}

/// The comparison of a single with the single nearest to a literal that says the same as that with the literal itself, which is a double:
/// there is no single between the two.
fn nearest(op: BinaryOp, single: &Node<'_>, literal: &Node<'_>) -> Option<(BinaryOp, Expression)> {
    let number = literal.expression.as_number().filter(|number| f64::from(*number as f32) != *number)?;
    let value = single.value;
    if !is_read(single) || !value.fits_single() || value.grade != Grade::Single {
        return None;
    }
    let is_above = f64::from(number as f32) > number;
    let op = match op {
        BinaryOp::Less | BinaryOp::LessEqual => {
            if is_above {
                BinaryOp::Less
            } else {
                BinaryOp::LessEqual
            }
        }
        BinaryOp::Greater | BinaryOp::GreaterEqual => {
            if is_above {
                BinaryOp::GreaterEqual
            } else {
                BinaryOp::Greater
            }
        }
        _ => return None,
    };
    Some((op, Expression { ty: Type::F32, ..literal.expression.clone() }))
}

/// Whether a single is what a buffer holds, and not computed, when its last digit is as good as any.
fn is_read(node: &Node<'_>) -> bool {
    match &node.expression.kind {
        ExpressionKind::Load { .. } => true,
        ExpressionKind::Component { .. } => is_read(&node.operands[0]),
        _ => false,
    }
}
