//! Quotients, and what is made of them: which of them are integers, and the multiples that `Math.floor(a / b) * b` is.

use super::{At, Facts};
use crate::analysis::guards::{Comparison, Guard, Guards};
use crate::analysis::value::{EXACT, Range, Value};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind};

/// A product that is a multiple of its divisor.
pub(in crate::analysis) struct Multiple<'e> {
    /// Where the dividend is named; nothing is known to hold there.
    pub(in crate::analysis) at: At,
    /// What was divided and rounded.
    pub(in crate::analysis) dividend: &'e Expression,
    /// The range of the product.
    value: Value,
    /// Which of the factors is the divisor.
    pub(in crate::analysis) divisor: usize,
}

impl Facts<'_, '_> {
    /// Whether an expression is a quotient of which a condition tells that it is an integer, or infinite: `n / 2` where `n % 2 === 0`, or where
    /// `n % 2 !== 1` for an integer that is not negative.
    pub(super) fn is_whole_quotient(&self, at: At, guard: Guard<'_>, expression: &Expression) -> bool {
        let ExpressionKind::Binary { op: BinaryOp::Divide, left: dividend, right } = &expression.kind else {
            return false;
        };
        let Some(divisor) = right.as_number().filter(|divisor| *divisor >= 1.0) else { return false };
        let Some(term) = self.term(at, dividend) else { return false };
        let mut found = false;
        guard.comparisons(&mut |Comparison { op, left, right, .. }| {
            let ExpressionKind::Binary { op: test, left: tested, right: with } = &left.kind else { return };
            let Some((with, result)) = with.as_number().zip(right.as_number()) else { return };
            if self.term(at, tested) != Some(term) {
                return;
            }
            let there = At { guards: Guards::default(), ..at };
            let Some(value) = self.evaluate_beside(there, tested) else { return };
            // The numbers that the test tells whether the dividend is a multiple of.
            let (multiple, is_sure) = match test {
                BinaryOp::Remainder => (with, value.is_integer() && value.range().low >= 0.0),
                BinaryOp::BitAnd if value.is_integer() => (with + 1.0, true),
                _ => return,
            };
            let is_multiple = match op {
                BinaryOp::Equal => result == 0.0,
                BinaryOp::NotEqual => multiple == 2.0 && result == 1.0 && is_sure,
                _ => false,
            };
            let is_tested = *test == BinaryOp::Remainder || is_power_of_two(multiple);
            found |= is_multiple && is_tested && multiple % divisor == 0.0;
        });
        found
    }

    /// The most that `a - Math.floor(a / b) * b` can be, for a literal b and an integer a for which the quotient is rounded down exactly.
    pub(super) fn rest(
        &self,
        at: At,
        (left, value): (&Expression, Value),
        right: &Expression,
    ) -> Option<f64> {
        let (function, product) = self.definitions.resolved(at.function, right);
        let ExpressionKind::Binary { op: BinaryOp::Multiply, left: one, right: other } = &product.kind else {
            return None;
        };
        let there = At { function, ..at };
        let ((dividend, goes_down), divisor) =
            [(one, other), (other, one)].into_iter().find_map(|(quotient, divisor)| {
                let (_, dividend, goes_down) = self.dividend(there, quotient, divisor)?;
                Some(((dividend, goes_down), divisor))
            })?;
        let divisor = divisor.as_number().filter(|divisor| *divisor > 0.0 && divisor.fract() == 0.0)?;
        let is_same = matches!((&left.kind, &dividend.kind), (ExpressionKind::Local(left), ExpressionKind::Local(right))
            if left == right && self.definitions.is_constant(function, *left) && function == at.function);
        let least = if goes_down { -EXACT / 2.0 } else { 0.0 };
        (is_same && value.is_integer() && value.is_within(least, EXACT / 2.0)).then_some(divisor - 1.0)
    }

    /// A product, which is hardly more than `a` if it is `Math.floor(a / b) * b`.
    pub(super) fn product(&self, at: At, factors: [&Expression; 2], values: [Value; 2]) -> Value {
        let product = values[0].times(values[1]);
        let Some(Multiple { value, divisor, .. }) =
            self.multiple(at, factors).filter(|_| product.is_integer())
        else {
            return product;
        };
        let slack = -values[divisor].range().low.min(0.0);
        product.clipped(Range::new(0.0, value.range().high + slack))
    }

    /// Of which number a product is a multiple not above it, give or take a negative divisor: that is `Math.floor(a / b) * b`, for an
    /// integer `a` that is not negative.
    ///
    /// For a negative b the floor is at least a / b - 1, so the product is at most a - b.
    pub(in crate::analysis) fn multiple<'e>(
        &'e self,
        at: At,
        factors: [&'e Expression; 2],
    ) -> Option<Multiple<'e>> {
        let (at, dividend, divisor) = [(0, 1), (1, 0)].into_iter().find_map(|(quotient, divisor)| {
            let (at, dividend, _) = self.dividend(at, factors[quotient], factors[divisor])?;
            Some((at, dividend, divisor))
        })?;
        let value = self.evaluate_beside(at, dividend)?;
        let is_natural = value.is_integer() && value.integers.low >= 0.0;
        is_natural.then_some(Multiple { at, dividend, value, divisor })
    }

    /// The dividend, if an expression is its quotient by this divisor, rounded down or toward zero, and whether it is rounded down.
    fn dividend<'e>(
        &'e self,
        at: At,
        expression: &'e Expression,
        divisor: &'e Expression,
    ) -> Option<(At, &'e Expression, bool)> {
        let (function, rounded) = self.definitions.resolved(at.function, expression);
        let quotient = match &rounded.kind {
            ExpressionKind::Builtin { builtin: Builtin::Floor | Builtin::Trunc, arguments } => &arguments[0],
            ExpressionKind::Binary { op: BinaryOp::BitOr, left, right } if right.as_number() == Some(0.0) => {
                left
            }
            _ => return None,
        };
        let (function, quotient) = self.definitions.resolved(function, quotient);
        let ExpressionKind::Binary { op: BinaryOp::Divide, left, right } = &quotient.kind else {
            return None;
        };
        let right = self.definitions.resolved(function, right).1;
        let divisor = self.definitions.resolved(at.function, divisor).1;
        let same = match (&right.kind, &divisor.kind) {
            (ExpressionKind::Uniform(left), ExpressionKind::Uniform(right)) => left == right,
            (ExpressionKind::Literal(left), ExpressionKind::Literal(right)) => left == right,
            (ExpressionKind::Local(left), ExpressionKind::Local(right)) => {
                left == right && self.definitions.is_constant(function, *left)
            }
            _ => false,
        };
        let goes_down = matches!(rounded.kind, ExpressionKind::Builtin { builtin: Builtin::Floor, .. });
        same.then_some((At { function, guards: Guards::default() }, left, goes_down))
    }
}

/// Whether it is one of 1, 2, 4 … 2^31.
fn is_power_of_two(number: f64) -> bool {
    (0..32).any(|exponent| number == f64::from(1_u32 << exponent))
}
