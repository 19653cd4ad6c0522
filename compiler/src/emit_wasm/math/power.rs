//! Powers and roots.

use super::build::{F32, Value};
use super::exponential::{exp2_wide, log2_wide};

/// JavaScript's `**`: 2^(y · log2 |x|) in f64, rounded once, so a result that is an f32 comes out exactly.
pub(super) fn pow<'c>(x: Value<'c, F32>, y: Value<'c, F32>) -> Value<'c, F32> {
    let size = x.abs();
    // 1 ** ±∞ is NaN because 0 · ∞ is.
    let power = exp2_wide(y.promote() * log2_wide(size.promote())).demote();

    // 0 and ∞ have no logarithm here. Their powers are 0 or ∞, whichever is on that side of 1.
    let large = size.gt(1.0) ^ y.lt(0.0);
    let infinite = size.eq(f32::INFINITY);
    let extreme = size.eq(0.0) | infinite;
    let power = extreme.select((large & f32::INFINITY.to_bits().cast_signed()).floats(), power);

    let whole = y.trunc().eq(y);
    let half = y * 0.5;
    let odd = whole & !half.trunc().eq(half);
    let power = power.flip(x.sign() & odd);

    let defined = x.eq(x) & y.eq(y) & (x.ge(0.0) | whole | infinite);
    let power = defined.select(power, f32::NAN);
    y.eq(0.0).select(1.0, power)
}

/// The cube root, by logarithms in f64 as for [`pow`].
pub(super) fn cbrt(x: Value<'_, F32>) -> Value<'_, F32> {
    let size = x.abs();
    let root = exp2_wide(log2_wide(size.promote()) * (1.0 / 3.0)).demote();
    (size.gt(0.0) & size.lt(f32::INFINITY)).select(root, size).flip(x.sign())
}

/// √(x² + y²) in f64, where no square overflows or vanishes: ∞ if either is, even if the other is NaN.
pub(super) fn hypot<'c>(x: Value<'c, F32>, y: Value<'c, F32>) -> Value<'c, F32> {
    let [a, b] = [x.promote(), y.promote()];
    let length = (a * a + b * b).sqrt().demote();
    (x.abs().eq(f32::INFINITY) | y.abs().eq(f32::INFINITY)).select(f32::INFINITY, length)
}
