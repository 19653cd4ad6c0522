//! Powers and roots.

use super::build::Value;
use super::exponential::{EXP2_DOUBLE, LOG2_DOUBLE, exp2, log2_of_positive};

/// x to the power of y, with JavaScript's special cases.
pub(super) fn pow<'a>(x: Value<'a, f32>, y: Value<'a, f32>) -> Value<'a, f32> {
    let (size, exponent) = (x.abs(), y.abs());
    let is_whole = y.trunc().eq(y);
    let has_none = x.lt(0.0) & size.lt(f32::INFINITY) & !is_whole;
    let is_special =
        has_none | size.eq(0.0) | !size.lt(f32::INFINITY) | exponent.eq(0.0) | !exponent.lt(f32::INFINITY);
    let power = power_of_positive(size, y).or_where(is_special, special_power(size, y, has_none));
    // A negative base, -0 among them, keeps its sign under odd exponents.
    let half = y * 0.5;
    let is_odd = is_whole & !half.trunc().eq(half);
    (power.bits() ^ (x.bits() & is_odd & i32::MIN)).float()
}

/// A power where it is not that of a positive finite number, or the exponent is infinite, NaN or 0; NaN where there is none.
fn special_power<'a>(size: Value<'a, f32>, y: Value<'a, f32>, has_none: Value<'a, i32>) -> Value<'a, f32> {
    // The power of 0 and of ∞, and any other to an infinite one, is 0 or ∞.
    let grows = size.gt(1.0) ^ y.lt(0.0);
    let extreme = (grows & f32::INFINITY.to_bits() as i32).float();
    let is_one_to_infinity = size.eq(1.0) & y.abs().eq(f32::INFINITY);
    let is_nan = !size.eq(size) | !y.eq(y);
    extreme.or_where(has_none | is_one_to_infinity | is_nan, f32::NAN).or_where(y.eq(0.0), 1.0)
}

/// x to the power of y for positive finite x and finite y.
fn power_of_positive<'a>(x: Value<'a, f32>, y: Value<'a, f32>) -> Value<'a, f32> {
    let exponent = log2_of_positive(x.widen(), &LOG2_DOUBLE, 1.0) * y.widen();
    // Beyond these bounds, the results are infinite and zero.
    exp2(exponent.at_most(200.0).at_least(-200.0), &EXP2_DOUBLE).narrow()
}

/// The cube root.
pub(super) fn cbrt(x: Value<'_, f32>) -> Value<'_, f32> {
    let third = log2_of_positive(x.abs().widen(), &LOG2_DOUBLE, 1.0 / 3.0);
    let root = exp2(third, &EXP2_DOUBLE).narrow().times_sign_of(x);
    // 0, the infinities and NaN are their own roots.
    x.or_where(x.abs().lt(f32::INFINITY) & !x.eq(0.0), root)
}

/// √(x² + y²); infinite if either is, even if the other is NaN.
pub(super) fn hypot<'a>(x: Value<'a, f32>, y: Value<'a, f32>) -> Value<'a, f32> {
    let (wide_x, wide_y) = (x.widen(), y.widen());
    let length = (wide_x * wide_x + wide_y * wide_y).sqrt().narrow();
    length.or_where(x.abs().eq(f32::INFINITY) | y.abs().eq(f32::INFINITY), f32::INFINITY)
}
