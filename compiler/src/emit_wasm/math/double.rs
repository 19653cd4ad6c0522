//! What JavaScript does to doubles, and the conversions of doubles and halves.

use super::build::Value;

/// x % y: exact, with the sign of x.
pub(super) fn remainder<'a>(x: Value<'a, f64>, y: Value<'a, f64>) -> Value<'a, f64> {
    let (dividend, divisor) = (x.abs(), y.abs());
    // Where both are integers below 2^52, so are the quotient's product and what is left. The quotient may be rounded up to the next one.
    let short = dividend - (dividend / divisor).trunc() * divisor;
    let rest = short.or_where(short.lt(0.0), short + divisor).variable();
    let is_short = dividend.lt(TWO_52)
        & divisor.lt(TWO_52)
        & dividend.trunc().eq(dividend)
        & divisor.trunc().eq(divisor);
    let is_long = !is_short & divisor.le(dividend) & divisor.gt(0.0) & dividend.lt(f64::INFINITY);
    is_long.when_any(|| rest.assign(rest.or_where(is_long, long_remainder(dividend, divisor))));
    // This holds also if y is infinite, but where one of them is NaN.
    let result = rest.or_where(dividend.lt(divisor), dividend);
    result.or_where(!dividend.lt(f64::INFINITY) | !divisor.gt(0.0), f64::NAN).times_sign_of(x)
}

const TWO_52: f64 = 4_503_599_627_370_496.0;

/// The remainder of positive numbers: the divisor is doubled for as long as it is not above the dividend, and taken away on the way back
/// wherever it can be. All of it is exact.
fn long_remainder<'a>(dividend: Value<'a, f64>, divisor: Value<'a, f64>) -> Value<'a, f64> {
    let rest = dividend.variable();
    let multiple = divisor.variable();
    let half = dividend * 0.5;
    let grows = |multiple: Value<'a, f64>| multiple.le(half) & multiple.gt(0.0) & half.lt(f64::INFINITY);
    grows(multiple).while_any(|| {
        multiple.assign(multiple.or_where(grows(multiple), multiple + multiple));
        grows(multiple)
    });
    // Half of infinity is infinity, for which other lanes would wait for ever.
    let is_left = |multiple: Value<'a, f64>| {
        divisor.le(multiple) & divisor.gt(0.0) & multiple.lt(f64::INFINITY) & half.lt(f64::INFINITY)
    };
    is_left(multiple).while_any(|| {
        rest.assign(rest.or_where(multiple.le(rest) & is_left(multiple), rest - multiple));
        multiple.assign(multiple * 0.5);
        is_left(multiple)
    });
    rest
}

/// The nearest integer, halves up; what is between -0.5 and 0 gives -0.
pub(super) fn round(x: Value<'_, f64>) -> Value<'_, f64> {
    let below = x.floor();
    // What is just below zero is 1 above -1, rounded.
    let goes_up = !(x - below).lt(0.5) & (x - below).le(1.0);
    // Infinite numbers and NaN are left as they are.
    below.or_where(goes_up, below + 1.0).with_sign_of(x).or_where(!x.eq(x), x)
}

/// -1, 0 or 1; zero keeps its sign and NaN stays.
pub(super) fn sign(x: Value<'_, f64>) -> Value<'_, f64> {
    x.or_where(x.gt(0.0), 1.0).or_where(x.lt(0.0), -1.0)
}

/// x to the power of an integer y, by squaring: exact where the result is.
pub(super) fn power<'a>(x: Value<'a, f64>, y: Value<'a, f64>) -> Value<'a, f64> {
    let size = y.abs();
    let square = x.variable();
    let one = x.constant(1.0);
    let result = one.variable();
    // More than so many squarings give 0, 1 or an infinity.
    let digits = size.at_most(9_007_199_254_740_991.0).variable();
    digits.gt(0.0).while_any(|| {
        let half = (digits * 0.5).trunc();
        let is_odd = digits.gt(0.0) & !(half + half).eq(digits);
        result.assign(result.or_where(is_odd, result * square));
        square.assign(square * square);
        digits.assign(half);
        digits.gt(0.0)
    });
    let power = result.or_where(y.lt(0.0), one / result);
    // 1 and -1 have no infinite power, and NaN is no exponent.
    let has_none = !y.eq(y) | (x.abs().eq(1.0) & size.eq(f64::INFINITY));
    power.or_where(has_none, f64::NAN).or_where(y.eq(0.0), 1.0)
}

/// JavaScript's ToInt32: truncates and wraps modulo 2³²; NaN and the infinities give 0.
pub(super) fn to_int32(x: Value<'_, f64>) -> Value<'_, i32> {
    // All steps are exact, as the remainder has no more digits than x. The infinities give NaN, and that gives 0.
    let whole = x.trunc();
    let wraps = (whole * (1.0 / MODULUS)).floor();
    (whole - wraps * MODULUS).to_unsigned()
}

const MODULUS: f64 = 4_294_967_296.0;

/// The integer not above x, or the lowest one if that does not fit.
pub(super) fn to_index(x: Value<'_, f64>) -> Value<'_, i32> {
    let below = x.floor();
    let fits = below.lt(2_147_483_648.0) & !below.lt(-2_147_483_648.0);
    below.constant(-2_147_483_648.0).or_where(fits, below).to_int()
}

/// The bits of the half nearest to x, ties to even.
///
/// A single has 13 digits more than a half, so a double is first rounded to a single toward odd: then no tie is made.
pub(super) fn to_half(x: Value<'_, f64>) -> Value<'_, i32> {
    let single = x.narrow();
    let error = single.widen() - x;
    // Off the true value, and even: one towards it.
    let bits = single.bits();
    let is_even = (bits & 1).eq(0);
    let differs = narrowed_mask(!error.eq(0.0) & x.abs().lt(f64::INFINITY) & single.widen().abs().lt(f64::INFINITY));
    let too_large = narrowed_mask(x.abs().lt(single.widen().abs()));
    let toward = bits + 1;
    let toward = toward.or_where(too_large, bits - 1);
    half_of_single(bits.or_where(differs & is_even, toward).float())
}

/// A mask of 32 bits a lane.
fn narrowed_mask(mask: Value<'_, i64>) -> Value<'_, i32> {
    mask.low_words()
}

/// The bits of the half nearest to a single, ties to even.
pub(super) fn half_of_single(x: Value<'_, f32>) -> Value<'_, i32> {
    let bits = x.bits();
    let sign = bits.unsigned_shift_right(16) & 0x8000;
    let size = bits & i32::MAX;
    // Normal halves: the exponent is 112 less, and what is cut off is rounded by adding nearly half of it, or half if the rest is odd.
    let odd = size.unsigned_shift_right(13) & 1;
    let normal = (size + odd + (0x0fff - (112 << 23))).unsigned_shift_right(13);
    // Subnormal ones: adding 0.5 leaves so many digits in a single.
    let subnormal = (size.float() + 0.5).bits() - 0.5_f32.to_bits() as i32;
    let is_subnormal = size.lt(113 << 23);
    let finite = normal.or_where(is_subnormal, subnormal);
    let is_large = !size.lt(0x477f_f000);
    let is_nan = size.gt(0x7f80_0000);
    finite.or_where(is_large, 0x7c00).or_where(is_nan, 0x7e00) | sign
}

/// The single that a half of these bits is.
pub(super) fn single_of_half(bits: Value<'_, i32>) -> Value<'_, f32> {
    let sign = (bits & 0x8000).shift_left(16);
    let size = (bits & 0x7fff).shift_left(13);
    // The exponent is 112 more; a multiplication makes subnormal ones normal.
    let scaled = (size.float() * f32::from_bits((254 - 15) << 23)).bits();
    let is_special = !(bits & 0x7fff).lt(0x7c00);
    let special = size | 0x7f80_0000;
    (scaled.or_where(is_special, special) | sign).float()
}

/// Uint8ClampedArray's conversion: to the nearest integer from 0 to 255, ties to even, and NaN to 0.
pub(super) fn to_clamped(x: Value<'_, f64>) -> Value<'_, i32> {
    // Pseudo-maxima keep NaN in the first place, and the conversion makes it 0.
    x.at_least(0.0).at_most(255.0).nearest().to_int()
}
