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
    // An infinite divisor would be halved for ever; neighbours may bring one here.
    let is_finite = half.lt(f64::INFINITY) & divisor.lt(f64::INFINITY);
    let is_left = |multiple: Value<'a, f64>| divisor.le(multiple) & divisor.gt(0.0) & is_finite;
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
    let goes_up = !(x - below).lt(0.5) & (x - below).le(1.0);
    // Infinite numbers and NaN are left as they are. What is hardly below 0 is 1 above the number below it.
    below.or_where(goes_up, below + 1.0).with_sign_of(x).or_where(!x.eq(x), x)
}

/// -1, 0 or 1; zero keeps its sign and NaN stays.
pub(super) fn sign(x: Value<'_, f64>) -> Value<'_, f64> {
    x.or_where(x.gt(0.0), 1.0).or_where(x.lt(0.0), -1.0)
}

/// x to the power of an integer y, by squaring with twice the digits: exact where the result is.
pub(super) fn power<'a>(x: Value<'a, f64>, y: Value<'a, f64>) -> Value<'a, f64> {
    let (size, base) = (y.abs(), x.abs());
    let one = Long::of(x.constant(1.0));
    // Under a negative exponent it is the inverse that is raised: so nothing on the way is out of range unless the result is.
    let base = Long::of(base).or_where(y.lt(0.0), Long::inverse(base));
    let (square, result) = (base.variable(), one.variable());
    // First half of the exponent: that power has digits to spare, even if the result is near the least double. More than so many squarings
    // give 0, 1 or an infinity.
    let digits = (size.at_most(2.0 * TWO_52 * 2048.0) * 0.5).trunc().variable();
    // A huge exponent brings a base that is hardly 1 somewhere, and what the base is beside 1 then needs all digits.
    let beside = x.abs() - 1.0;
    let is_near = beside.abs().lt(1e-9) & digits.gt(1e9);
    is_near.when_any(|| {
        let beside = Long::of(beside).or_where(y.lt(0.0), Long::of(-beside).times(base));
        let (square_beside, result_beside) = (beside.variable(), Long::of(x.constant(0.0)).variable());
        let rounds = x.constant(20.0).variable();
        rounds.gt(0.0).while_any(|| {
            let half = (digits * 0.5).trunc();
            let is_odd = !(half + half).eq(digits);
            result_beside.assign(result_beside.or_where(is_odd, result_beside.beside_product(square_beside)));
            square_beside.assign(square_beside.beside_product(square_beside));
            digits.assign(digits.or_where(is_near, half));
            rounds.assign(rounds - 1.0);
            rounds.gt(0.0)
        });
        square.assign(square.or_where(is_near, one.plus(square_beside)));
        result.assign(result.or_where(is_near, one.plus(result_beside)));
    });
    digits.gt(0.0).while_any(|| {
        let half = (digits * 0.5).trunc();
        let is_odd = digits.gt(0.0) & !(half + half).eq(digits);
        result.assign(result.or_where(is_odd, result.times(square)));
        square.assign(square.times(square));
        digits.assign(half);
        digits.gt(0.0)
    });
    let half = y * 0.5;
    let is_odd = !half.trunc().eq(half);
    let other = result.or_where(is_odd, result.times(base));
    // Only the last step may lose digits to the least double's place.
    let is_small = base.high.lt(1.0);
    let one = x.constant(1.0);
    let scale = one.or_where(is_small, SCALE);
    let power =
        result.scaled(scale).times(other.scaled(scale)).high * one.or_where(is_small, 1.0 / SCALE / SCALE);
    // 1 and -1 have no infinite power, and NaN is no exponent.
    let has_none = !y.eq(y) | (x.abs().eq(1.0) & size.eq(f64::INFINITY));
    // A negative base, -0 among them, keeps its sign under odd exponents.
    (power.bits() ^ (x.bits() & is_odd & i64::MIN))
        .float()
        .or_where(has_none, f64::NAN)
        .or_where(y.eq(0.0), 1.0)
}

/// 2^500.
const SCALE: f64 = f64::from_bits((1023 + 500) << 52);

/// A number of twice the digits: the double nearest to it, and what is left.
#[derive(Clone, Copy)]
struct Long<'a> {
    high: Value<'a, f64>,
    low: Value<'a, f64>,
}

impl<'a> Long<'a> {
    fn of(high: Value<'a, f64>) -> Self {
        Self { high, low: high.constant(0.0) }
    }

    /// 1 / x.
    fn inverse(x: Value<'a, f64>) -> Self {
        let high = 1.0 / x;
        let (product, rest) = exact_product(high, x);
        let low = ((1.0 - product) - rest) * high;
        Self { high, low: low.constant(0.0).or_where(low.abs().lt(f64::INFINITY), low) }
    }

    fn times(self, other: Self) -> Self {
        let (product, rest) = exact_product(self.high, other.high);
        let rest = rest + (self.high * other.low + self.low * other.high);
        // An infinity leaves no rest but NaN.
        let high = product.or_where(product.abs().lt(f64::INFINITY), product + rest);
        let low = rest - (high - product);
        Self { high, low: low.constant(0.0).or_where(high.abs().lt(f64::INFINITY), low) }
    }

    /// The product with a power of two.
    fn scaled(self, scale: Value<'a, f64>) -> Self {
        Self { high: self.high * scale, low: self.low * scale }
    }

    fn plus(self, other: Self) -> Self {
        let sum = self.high + other.high;
        let added = sum - self.high;
        let rest = (self.high - (sum - added)) + (other.high - added) + (self.low + other.low);
        let high = sum + rest;
        Self { high, low: rest - (high - sum) }
    }

    /// (1 + self) · (1 + other) - 1.
    fn beside_product(self, other: Self) -> Self {
        self.plus(other).plus(self.times(other))
    }

    fn or_where(self, mask: Value<'a, i64>, yes: Self) -> Self {
        Self { high: self.high.or_where(mask, yes.high), low: self.low.or_where(mask, yes.low) }
    }

    fn variable(self) -> Self {
        Self { high: self.high.variable(), low: self.low.variable() }
    }

    fn assign(self, value: Self) {
        self.high.assign(value.high);
        self.low.assign(value.low);
    }
}

/// The product, and by how much the true one is more, to twice the digits: that of the halves, which have so few digits that theirs are doubles.
fn exact_product<'a>(x: Value<'a, f64>, y: Value<'a, f64>) -> (Value<'a, f64>, Value<'a, f64>) {
    let product = x * y;
    let upper = |x: Value<'a, f64>| (x.bits() & (-1_i64 << 27)).float();
    let (x_upper, y_upper) = (upper(x), upper(y));
    let (x_lower, y_lower) = (x - x_upper, y - y_upper);
    let rest = (x_upper * y_upper - product) + x_upper * y_lower + x_lower * y_upper;
    (product, rest + x_lower * y_lower)
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
    let differs =
        narrowed_mask(!error.eq(0.0) & x.abs().lt(f64::INFINITY) & single.widen().abs().lt(f64::INFINITY));
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
