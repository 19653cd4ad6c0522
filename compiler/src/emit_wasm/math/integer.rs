//! Functions that give integers.

use super::build::{F32, F64, I32, Value};

/// JavaScript's ToInt32.
pub(super) fn to_int32(x: Value<'_, F32>) -> Value<'_, I32> {
    // Takes the nearest multiple of 2^32 away, which is exact. The infinities become NaN and so 0.
    let turns = x * 2f32.powi(-32);
    let rest = x - turns.nearest() * 2f32.powi(32);
    wrap_at_the_top(rest)
}

/// The integer not above x, or the lowest one where that is no i32.
pub(super) fn floor_to_int(x: Value<'_, F32>) -> Value<'_, I32> {
    x.lt(2f32.powi(31)).select(x.floor().saturate(), i32::MIN)
}

/// The integer part of a number of at most 2^31, of which that itself gives the lowest integer.
fn wrap_at_the_top(x: Value<'_, F32>) -> Value<'_, I32> {
    x.saturate() ^ x.ge(2f32.powi(31))
}

pub(super) fn checked_add<'c>(a: Value<'c, I32>, b: Value<'c, I32>) -> Value<'c, I32> {
    let sum = a + b;
    // It overflowed if its sign is neither operand's.
    ((a ^ sum) & (b ^ sum)).lt(0).select(i32::MIN, sum)
}

pub(super) fn checked_subtract<'c>(a: Value<'c, I32>, b: Value<'c, I32>) -> Value<'c, I32> {
    let difference = a - b;
    ((a ^ b) & (a ^ difference)).lt(0).select(i32::MIN, difference)
}

pub(super) fn checked_multiply<'c>(a: Value<'c, I32>, b: Value<'c, I32>) -> Value<'c, I32> {
    let long = a.long_product(b);
    let product = long.low_words();
    // It fits if the high word only repeats the sign.
    let fits = (long.high_words() ^ product.shr_s(31)).eq(0);
    fits.select(product, i32::MIN)
}

/// a / b rounded down. The quotient of two i32 as f64 is on the right side of every integer, as it differs from it by more than
/// a rounding.
pub(super) fn floor_divide<'c>(a: Value<'c, I32>, b: Value<'c, I32>) -> Value<'c, I32> {
    to_i32((a.to_f64() / b.to_f64()).floor())
}

/// a / b rounded toward zero.
pub(super) fn truncate_divide<'c>(a: Value<'c, I32>, b: Value<'c, I32>) -> Value<'c, I32> {
    to_i32((a.to_f64() / b.to_f64()).trunc())
}

pub(super) fn remainder<'c>(a: Value<'c, I32>, b: Value<'c, I32>) -> Value<'c, I32> {
    a - truncate_divide(a, b).times(b)
}

/// An integral f64 as an i32. Adding 1.5 · 2^52 puts it into the low bits; what is no i32 gives anything.
fn to_i32(x: Value<'_, F64>) -> Value<'_, I32> {
    (x + 1.5 * 2f64.powi(52)).bits().low_words()
}

/// Reads the place of the first one from the exponent of x as a float.
pub(super) fn clz32(x: Value<'_, I32>) -> Value<'_, I32> {
    // Without the bit behind the first one, rounding cannot carry to the next power of two.
    let power = x & !x.shr_u(1);
    let exponent = power.to_f32().bits().shr_u(23);
    // Zero has the exponent 0, and a negative number's sign counts as one of 256.
    (158 - exponent).min(32).max(0)
}
