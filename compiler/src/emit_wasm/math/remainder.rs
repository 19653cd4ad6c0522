//! JavaScript's remainder of floats.

use super::build::Value;

/// x % y: exact, with the sign of x.
pub(super) fn remainder<'a>(x: Value<'a, f32>, y: Value<'a, f32>) -> Value<'a, f32> {
    let (dividend, divisor) = (x.abs(), y.abs());
    let wide = divisor.widen();
    let rest = dividend.widen().variable();
    let is_long = (divisor * STEP as f32).le(dividend) & divisor.gt(0.0) & dividend.lt(f32::INFINITY);
    // Long division with digits of 28 bits: first by the multiple that leaves even the largest quotient one digit.
    let multiple = (wide * STEP.powi(9)).variable();
    is_long.widen().while_any(|| {
        rest.assign(remainder_of_short(rest, multiple));
        multiple.assign(multiple * (1.0 / STEP));
        multiple.gt(wide)
    });
    let result = remainder_of_short(rest, wide).narrow();
    // This holds also if y is infinite.
    result.or_where(dividend.lt(divisor), dividend).times_sign_of(x)
}

/// The remainder of numbers that are not negative and have a quotient below 2²⁹. The product is exact then, and the quotient at most
/// 1 too large.
fn remainder_of_short<'a>(x: Value<'a, f64>, y: Value<'a, f64>) -> Value<'a, f64> {
    let rest = x - (x / y).trunc() * y;
    rest.or_where(rest.lt(0.0), rest + y)
}

/// How much larger than the divisor what a step leaves may be.
const STEP: f64 = 268_435_456.0;
