//! What gives integers.
//!
//! Divisions are done in double precision, where they cannot trap, and where the quotient of two integers of 32 bits is never
//! rounded up to the next integer.

use super::build::Value;
use super::exponential::ROUNDING;

/// JavaScript's ToInt32.
pub(super) fn to_int32(x: Value<'_, f32>) -> Value<'_, i32> {
    let result = x.to_int().variable();
    let is_large = !x.abs().lt(2_147_483_648.0);
    is_large.when_any(|| {
        // All steps are exact, as the remainder has no more digits than x. The infinities give NaN, and that gives 0.
        let wraps = (x * (1.0 / MODULUS)).floor();
        let remainder = (x - wraps * MODULUS).to_unsigned();
        result.assign(result.or_where(is_large, remainder));
    });
    result
}

const MODULUS: f32 = 4_294_967_296.0;

/// a / b rounded down.
pub(super) fn floor_divide<'a>(a: Value<'a, i32>, b: Value<'a, i32>) -> Value<'a, i32> {
    low_digits((a.to_double() / b.to_double()).floor())
}

/// a / b rounded toward zero, and 0 by 0.
pub(super) fn truncate_divide<'a>(a: Value<'a, i32>, b: Value<'a, i32>) -> Value<'a, i32> {
    low_digits((a.to_double() / b.to_double()).trunc()).or_where(b.eq(0), 0)
}

/// a - b · trunc(a / b), and 0 by 0.
pub(super) fn remainder<'a>(a: Value<'a, i32>, b: Value<'a, i32>) -> Value<'a, i32> {
    (a - truncate_divide(a, b) * b).or_where(b.eq(0), 0)
}

/// How many leading bits are zero: the exponent of the number as a float says it.
pub(super) fn clz32(x: Value<'_, i32>) -> Value<'_, i32> {
    // Without each one that follows a one, the conversion cannot round up to the next power of two.
    let sparse = x & !x.unsigned_shift_right(1);
    let exponent = sparse.unsigned_to_float().bits().unsigned_shift_right(23);
    // That of 0 is 0, which would give 158.
    (-exponent + 158).unsigned_min(32)
}

/// An integer below 2⁵¹ modulo 2³².
fn low_digits(x: Value<'_, f64>) -> Value<'_, i32> {
    (x + ROUNDING).bits().low_words()
}
