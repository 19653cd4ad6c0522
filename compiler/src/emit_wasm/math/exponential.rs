//! Exponentials and logarithms: in f32 those that kernels call most, in f64 those that other functions are made of.

use std::f32::consts::LOG2_E;
use std::f64::consts::LOG10_2;

use super::build::{F32, F64, I32, Value};

/// e^x = 2^n · e^r, where n is the integer nearest to x / ln 2.
pub(super) fn exp(x: Value<'_, F32>) -> Value<'_, F32> {
    // Adding 1.5 · 2^23 rounds to an integer and leaves it in the low bits.
    const ROUND: f32 = 12_582_912.0;
    // ln 2 in two parts; the first has 11 bits, so that its multiples are exact.
    const LN_2: [f32; 2] = [0.692_382_8, 0.000_764_368_04];
    // (e^r - 1 - r) / r² for |r| ≤ ½ ln 2, by Remez' algorithm: the relative error of e^r is below 2^-28.
    const SERIES: [f32; 5] = [0.499_999_94, 0.166_665_21, 0.041_668_39, 0.008_368_71, 0.001_381_461_9];

    // Beyond these it is ∞ and 0 in any case. They come first, as n must be small; NaN passes.
    let x = x.pmin(89.0).pmax(-104.0);
    let shifted = x * LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = x - n * LN_2[0] - n * LN_2[1];
    let power = 1.0 + (r + r * r * r.polynomial(&SERIES));
    // In two steps, as 2^n alone may be no normal number.
    let n = shifted.bits() - ROUND.to_bits().cast_signed();
    let first = n.shr_s(1);
    power * power_of_two(first) * power_of_two(n - first)
}

/// 2^n for -127 < n < 128.
fn power_of_two(n: Value<'_, I32>) -> Value<'_, F32> {
    ((n << 23) + 1f32.to_bits().cast_signed()).floats()
}

/// ln x = n ln 2 + ln(1 + f), where 1 + f lies between √½ and √2.
pub(super) fn log(x: Value<'_, F32>) -> Value<'_, F32> {
    // ln 2 in two parts, as above.
    const LN_2: [f32; 2] = [0.692_382_8, 0.000_764_368_04];
    // (2 artanh s - 2s) / s³ in s² for s = f / (2 + f), by Remez' algorithm: the relative error of the logarithm is below 2^-30.
    const SERIES: [f32; 3] = [0.666_667_76, 0.399_775_42, 0.298_717_26];

    let (n, f) = exponent_and_fraction(x);
    let s = f / (f + 2.0);
    let z = s * s;
    // ln(1 + f) = 2 artanh s = f - s · f + s³ · SERIES, and s · f = f²/2 - s · f²/2.
    let half_square = f * f * 0.5;
    let small = s * (half_square + z * z.polynomial(&SERIES)) + n * LN_2[1];
    let logarithm = n * LN_2[0] + (f - (half_square - small));
    with_limits(logarithm, x)
}

/// Where a positive number is 2^n · (1 + f), n and f; anything for others.
fn exponent_and_fraction(x: Value<'_, F32>) -> (Value<'_, F32>, Value<'_, F32>) {
    const SQRT_HALF: i32 = std::f32::consts::FRAC_1_SQRT_2.to_bits().cast_signed();
    let subnormal = x.lt(f32::MIN_POSITIVE);
    let bits = subnormal.select(x * 2f32.powi(23), x).bits();
    let shifted = bits - SQRT_HALF;
    let fraction = (shifted & 0x7f_ffff) + SQRT_HALF;
    let scaled = (subnormal & 23f32.to_bits().cast_signed()).floats();
    (shifted.shr_s(23).to_f32() - scaled, fraction.floats() - 1.0)
}

pub(super) fn log2(x: Value<'_, F32>) -> Value<'_, F32> {
    with_limits(log2_wide(x.promote()).demote(), x)
}

pub(super) fn log10(x: Value<'_, F32>) -> Value<'_, F32> {
    with_limits((log2_wide(x.promote()) * LOG10_2).demote(), x)
}

/// A logarithm of x with what it is at 0 and ∞, below 0 and for NaN.
fn with_limits<'c>(logarithm: Value<'c, F32>, x: Value<'c, F32>) -> Value<'c, F32> {
    let usual = x.gt(0.0) & x.lt(f32::INFINITY);
    // All ones are NaN.
    let unusual = x.eq(0.0).select(f32::NEG_INFINITY, (x.bits() | x.lt(0.0)).floats());
    usual.select(logarithm, unusual)
}

/// 2^x, with a relative error below 2^-34; beyond ±300 that of ±300. NaN stays.
pub(super) fn exp2_wide(x: Value<'_, F64>) -> Value<'_, F64> {
    const ROUND: f64 = 6_755_399_441_055_744.0;
    // 2^r for |r| ≤ ½, by Remez' algorithm.
    const SERIES: [f64; 8] = [
        0.999_999_999_961_679_3,
        0.693_147_180_728_438_4,
        0.240_226_511_981_672_52,
        0.055_504_103_534_569_27,
        0.009_618_027_252_690_62,
        0.001_333_392_255_491_749,
        0.000_154_692_914_075_347_7,
        0.000_015_201_924_424_886_2,
    ];
    let x = x.pmin(300.0).pmax(-300.0);
    let shifted = x + ROUND;
    let rest = x - (shifted - ROUND);
    let power = ((shifted.bits() << 52) + 1f64.to_bits().cast_signed()).floats();
    rest.polynomial(&SERIES) * power
}

/// The binary logarithm, with a relative error below 2^-44, of a positive number that is normal as f64; 1024 for ∞, and
/// anything for 0, NaN and negative numbers.
pub(super) fn log2_wide(x: Value<'_, F64>) -> Value<'_, F64> {
    const ONE: i64 = 1f64.to_bits().cast_signed();
    const SQRT_HALF: i64 = std::f64::consts::FRAC_1_SQRT_2.to_bits().cast_signed();
    const TWO_TO_52: f64 = 4_503_599_627_370_496.0;
    // 2 artanh(s) / (s ln 2) in s², by Remez' algorithm.
    const SERIES: [f64; 6] = [
        2.885_390_081_777_85,
        0.961_796_694_113_305_4,
        0.577_077_942_377_006_9,
        0.412_209_251_043_689_53,
        0.319_905_755_191_933_7,
        0.282_899_283_426_829_8,
    ];
    // The exponent that leaves a fraction between √½ and √2, with the bias of f64.
    let biased = (x.bits() + (ONE - SQRT_HALF)).shr_u(52);
    let fraction = (x.bits() + ONE - (biased << 52)).floats();
    let exponent = (biased | TWO_TO_52.to_bits().cast_signed()).floats() - (TWO_TO_52 + 1023.0);
    let s = (fraction - 1.0) / (fraction + 1.0);
    exponent + s * (s * s).polynomial(&SERIES)
}
