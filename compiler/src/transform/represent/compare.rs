//! Comparisons of numbers in mixed representation, exact for integers up to 2^31 − 1.
//!
//! Two integers are compared as integers, two floats as floats. An integer `i` within ±2^24 is exact as a float. Any other is compared with a
//! float `x` by rounding `x` to an integer: `i < x` exactly if `i < ceil(x)`, and so on. The conversion of floats gives `MIN` = −2^31 for
//! NaN and for what does not fit; `i` is at least −(2^31 − 1), so `MIN` acts as −∞, which is right for NaN in `i < x` and for
//! floats below the integers, but wrong for floats above:
//!
//! | JavaScript | device | x ≥ 2^31 | x < −2^31 | NaN |
//! |---|---|---|---|---|
//! | `i < x` | `x >= 2^31 \|\| i < int(ceil(x))` | true | `i < MIN`: false | `i < MIN`: false |
//! | `i <= x` | `x >= 2^31 \|\| i <= int(floor(x))` | true | `i <= MIN`: false | `i <= MIN`: false |
//! | `i > x` | `x < 2^31 && i > int(floor(x))` | false | `i > MIN`: true | false |
//! | `i >= x` | `x < 2^31 && i >= int(ceil(x))` | false | `i >= MIN`: true | false |
//! | `i === x` | `i === int(x) && float(i) === x` | `i === MIN`: false | likewise | likewise |
//! | `i !== x` | the negation | | | |
//!
//! In the condition of a loop, `i < x` becomes `i < (x >= 2^31 ? 2^31 − 1 : int(ceil(x)))` instead, by [`as_end_of_loop`]: a comparison with an
//! integer, which shows that a counter ends its loop (`analysis::termination`). It calls 2^31 − 1 itself not below any `x`; a counter
//! that gets there has left what K8 promises anyway.
//!
//! In `i === x`, `int(x)` rounds down; if `float(i) === x` then `x` is an integer, for a rounded integer is one, so `int(x)` is `x`.
//!
//! These name `x` or `i` twice, which would double nested comparisons again and again. So where they are more than a few nodes, `x` is
//! capped instead at the largest float below 2^31: `i < int(min(ceil(x), 2147483520))`, and `i >= x` becomes
//! `-i <= int(min(-ceil(x), 2147483520))`, so that NaN stays on the false side. Only an `i` above 2147483520 compared with an `x`
//! beyond 2^31 could tell the difference.
//!
//! The result of a bitwise operator may be −2^31 itself. Unless it is known not to be, it is compared with a float as a float.
//!
//! An unsigned integer is compared as a signed one if its bits are not negative. If they are, it is above all signed ones, and is compared with
//! a float as a float.

use super::rewrite::{Rewriter, binary, builtin_call, convert, number_literal};
use super::typed::Typed;
use crate::analysis::value::{LARGEST, TWO_24};
use crate::diagnostics::Span;
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Scalar, Type, UnaryOp};

/// 2^31, the first float above the 32-bit integers.
const ABOVE: f64 = LARGEST + 1.0;
/// The largest float below it.
const CAP: f64 = 2_147_483_520.0;

impl Rewriter<'_, '_> {
    /// `left op right` for a comparison.
    pub(super) fn compare(self, op: BinaryOp, left: &Typed<'_>, right: &Typed<'_>, span: Span) -> Expression {
        if left.scalar == Scalar::Bool {
            return binary(op, self.natural(left), self.natural(right), span);
        }
        let both = if left.can_be_i32() && right.can_be_i32() {
            Scalar::I32
        } else if left.can_be_u32() && right.can_be_u32() {
            Scalar::U32
        } else {
            Scalar::F32
        };
        let is_vector = left.expression.ty.is_vector();
        match (left.scalar.is_integer(), right.scalar.is_integer()) {
            _ if both != Scalar::F32 || is_vector => {
                binary(op, self.to(left, both), self.to(right, both), span)
            }
            (true, true) if right.scalar == Scalar::U32 => self.with_unsigned(op, left, right, span),
            (true, true) => self.with_unsigned(op.mirrored(), right, left, span),
            (true, false) => self.with_float(op, left, right, span),
            // As floats, and then in the order that the user wrote.
            (false, true) if right.value.is_within(-TWO_24, TWO_24) => {
                binary(op, self.float(left), self.float(right), span)
            }
            (false, true) => self.with_float(op.mirrored(), right, left, span),
            _ => binary(op, self.float(left), self.float(right), span),
        }
    }

    fn with_unsigned(self, op: BinaryOp, signed: &Typed<'_>, unsigned: &Typed<'_>, span: Span) -> Expression {
        if let Some(number) = unsigned.expression.as_number() {
            return with_literal(op, self.natural(signed), number, unsigned.expression);
        }
        if !unsigned.is_small() {
            return binary(op, self.float(signed), self.float(unsigned), span);
        }
        let bits = self.bits(unsigned);
        let compared = binary(op, self.natural(signed), bits.clone(), span);
        let beyond = Expression::bool(holds_below(op), span);
        if_not_negative(bits, compared, beyond, span)
    }

    fn with_float(self, op: BinaryOp, integer: &Typed<'_>, float: &Typed<'_>, span: Span) -> Expression {
        let as_floats = || binary(op, self.float(integer), self.float(float), span);
        let is_literal = float.expression.as_number().is_some();
        let may_be_least = integer.scalar == Scalar::I32 && integer.value.low < -LARGEST;
        if integer.value.is_within(-TWO_24, TWO_24) || (may_be_least && !is_literal) {
            return as_floats();
        }
        if integer.scalar == Scalar::I32 {
            return self.with_float_exactly(op, self.natural(integer), float, integer.is_small(), span);
        }
        if !(integer.is_small() && float.is_small()) {
            return as_floats();
        }
        let bits = self.bits(integer);
        let exactly = self.with_float_exactly(op, bits.clone(), float, true, span);
        if_not_negative(bits, exactly, as_floats(), span)
    }

    fn with_float_exactly(
        self,
        op: BinaryOp,
        i: Expression,
        float: &Typed<'_>,
        is_small: bool,
        span: Span,
    ) -> Expression {
        if let Some(number) = float.expression.as_number() {
            return with_literal(op, i, number, float.expression);
        }
        let x = self.float(float);
        if is_small && float.is_small() {
            with_small(op, i, x, span)
        } else {
            with_large(op, i, x, float, span)
        }
    }
}

fn if_not_negative(bits: Expression, accept: Expression, reject: Expression, span: Span) -> Expression {
    let zero = number_literal(0.0, Scalar::I32, &bits);
    let kind = ExpressionKind::Select {
        condition: Box::new(binary(BinaryOp::GreaterEqual, bits, zero, span)),
        accept: Box::new(accept),
        reject: Box::new(reject),
    };
    Expression::new(kind, Type::BOOL, span)
}

/// Whether the comparison holds for everything on the left that is below everything on the right.
fn holds_below(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::NotEqual)
}

/// How `x` is rounded for the comparison.
fn rounding(op: BinaryOp) -> Builtin {
    match op {
        BinaryOp::Less | BinaryOp::GreaterEqual => Builtin::Ceil,
        _ => Builtin::Floor,
    }
}

/// The rows of the table with everything known of `x`; they hold for an `i` of −2^31 too.
fn with_literal(op: BinaryOp, i: Expression, number: f64, origin: &Expression) -> Expression {
    let truth = |truth| Expression::bool(truth, origin.span);
    if number.is_nan() {
        return truth(op == BinaryOp::NotEqual);
    }
    if !(-ABOVE..ABOVE).contains(&number) {
        let op = if number > 0.0 { op } else { op.mirrored() };
        return truth(holds_below(op));
    }
    if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) && number.fract() != 0.0 {
        return truth(op == BinaryOp::NotEqual);
    }
    let rounded = if rounding(op) == Builtin::Ceil { number.ceil() } else { number.floor() };
    // Adding zero makes a negative zero positive.
    binary(op, i, number_literal(rounded + 0.0, Scalar::I32, origin), origin.span)
}

/// The rows of the table.
fn with_small(op: BinaryOp, i: Expression, x: Expression, span: Span) -> Expression {
    let guard = |test, join, x: Expression, compared| {
        let above = number_literal(ABOVE, Scalar::F32, &x);
        binary(join, binary(test, x, above, span), compared, span)
    };
    if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
        let bits = binary(BinaryOp::Equal, i.clone(), convert(x.clone(), Scalar::I32), span);
        let floats = binary(BinaryOp::Equal, convert(i, Scalar::F32), x, span);
        let equal = binary(BinaryOp::And, bits, floats, span);
        return if op == BinaryOp::Equal { equal } else { not(equal) };
    }
    let rounded = convert(builtin_call(rounding(op), vec![x.clone()]), Scalar::I32);
    let compared = binary(op, i, rounded, span);
    match op {
        BinaryOp::Less | BinaryOp::LessEqual => guard(BinaryOp::GreaterEqual, BinaryOp::Or, x, compared),
        _ => guard(BinaryOp::Less, BinaryOp::And, x, compared),
    }
}

/// The represented condition of a loop, with each `x >= 2^31 || i < e` as a comparison of `i` with an integer.
pub(super) fn as_end_of_loop(condition: Expression) -> Expression {
    let Expression { kind, ty, span } = condition;
    let kind = match kind {
        ExpressionKind::Binary { op: BinaryOp::And, left, right } => {
            let (left, right) = (Box::new(as_end_of_loop(*left)), Box::new(as_end_of_loop(*right)));
            ExpressionKind::Binary { op: BinaryOp::And, left, right }
        }
        ExpressionKind::Binary { op: BinaryOp::Or, left: above, right } if is_beyond_integers(&above) => {
            match right.kind {
                ExpressionKind::Binary { op: BinaryOp::Less, left: i, right: end } if i.ty == Type::I32 => {
                    let largest = Box::new(number_literal(LARGEST, Scalar::I32, &end));
                    let kind = ExpressionKind::Select { condition: above, accept: largest, reject: end };
                    let end = Box::new(Expression::new(kind, Type::I32, span));
                    ExpressionKind::Binary { op: BinaryOp::Less, left: i, right: end }
                }
                _ => ExpressionKind::Binary { op: BinaryOp::Or, left: above, right },
            }
        }
        other => other,
    };
    Expression { kind, ty, span }
}

/// Whether this is `x >= 2^31` of a float.
fn is_beyond_integers(condition: &Expression) -> bool {
    matches!(&condition.kind, ExpressionKind::Binary { op: BinaryOp::GreaterEqual, left, right }
        if left.ty == Type::F32 && right.as_number() == Some(ABOVE))
}

/// The rows with a cap. Equality with a float that is no integer can only be had in floats.
fn with_large(op: BinaryOp, i: Expression, x: Expression, float: &Typed<'_>, span: Span) -> Expression {
    let cap = number_literal(CAP, Scalar::F32, &x);
    let capped = |x| convert(builtin_call(Builtin::Min, vec![x, cap]), Scalar::I32);
    match op {
        BinaryOp::Equal | BinaryOp::NotEqual if float.value.integer => {
            binary(op, i, convert(x, Scalar::I32), span)
        }
        BinaryOp::Equal | BinaryOp::NotEqual => binary(op, convert(i, Scalar::F32), x, span),
        BinaryOp::Less | BinaryOp::LessEqual => {
            binary(op, i, capped(builtin_call(rounding(op), vec![x])), span)
        }
        _ => {
            let rounded = builtin_call(rounding(op), vec![x]);
            binary(op.mirrored(), negate(i), capped(negate(rounded)), span)
        }
    }
}

fn negate(operand: Expression) -> Expression {
    let (ty, span) = (operand.ty, operand.span);
    Expression::new(ExpressionKind::Unary { op: UnaryOp::Negate, operand: Box::new(operand) }, ty, span)
}

fn not(operand: Expression) -> Expression {
    let span = operand.span;
    Expression::new(ExpressionKind::Unary { op: UnaryOp::Not, operand: Box::new(operand) }, Type::BOOL, span)
}
