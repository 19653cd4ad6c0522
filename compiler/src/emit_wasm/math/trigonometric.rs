//! The functions of angles, and the angles of their values.

use std::f32::consts::{FRAC_PI_2, PI};
use std::f64::consts::{FRAC_2_PI, TAU};

use super::build::{F32, F64, I32, Value};

pub(super) fn sin(x: Value<'_, F32>) -> Value<'_, F32> {
    let (rest, quarters) = reduce(x.abs());
    sine(rest.demote(), quarters).flip(x.sign())
}

pub(super) fn cos(x: Value<'_, F32>) -> Value<'_, F32> {
    let (rest, quarters) = reduce(x.abs());
    sine(rest.demote(), quarters + 1)
}

/// The sine of an angle of at most an eighth turn and so many quarters.
fn sine<'c>(rest: Value<'c, F32>, quarters: Value<'c, I32>) -> Value<'c, F32> {
    // (sin r - r) / r³ and (cos r - 1 + r²/2) / r⁴ in r² for |r| ≤ π/4, by Remez' algorithm: the relative errors of sine and
    // cosine are below 2^-26 and 2^-32.
    const SINE: [f32; 3] = [-0.166_666_55, 0.008_332_16, -0.000_195_152_84];
    const COSINE: [f32; 3] = [0.041_666_646, -0.001_388_731_6, 0.000_024_433_157];
    let z = rest * rest;
    let sine = rest + rest * z * z.polynomial(&SINE);
    let cosine = 1.0 - z * 0.5 + z * z * z.polynomial(&COSINE);
    let size = is_odd(quarters).select(cosine, sine);
    size.flip((quarters & 2) << 30)
}

/// sin / cos, in odd quarters -cos / sin.
pub(super) fn tan(x: Value<'_, F32>) -> Value<'_, F32> {
    let (r, quarters) = reduce(x.abs());
    let z = r * r;
    // The continued fraction of the tangent, cut off where the relative error is 2^-33.
    let over = (r * z.polynomial(&[10395.0, -1260.0, 21.0])).demote();
    let under = z.polynomial(&[10395.0, -4725.0, 210.0, -1.0]).demote();
    let odd = is_odd(quarters);
    let size = odd.select(under, over) / odd.select(over, under);
    size.flip(x.sign() ^ (quarters << 31))
}

fn is_odd(x: Value<'_, I32>) -> Value<'_, I32> {
    (x & 1).eq(1)
}

/// A positive angle less the nearest multiple of a quarter turn, and that multiple modulo 4 in the low bits. NaN and ∞ give NaN.
fn reduce(x: Value<'_, F32>) -> (Value<'_, F64>, Value<'_, I32>) {
    // Adding 1.5 · 2^52 rounds to an integer and leaves it in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    // π/2 in two parts; the first has 31 bits, so that its multiples are exact.
    const QUARTER: [f64; 2] = [1.570_796_326_734_125_6, 6.077_100_506_506_192e-11];
    let wide = x.promote();
    let shifted = wide * FRAC_2_PI + ROUND;
    let count = shifted - ROUND;
    let rest = x.code.variable(wide - count * QUARTER[0] - count * QUARTER[1]);
    let quarters = x.code.variable(shifted.bits().low_words());
    x.code.if_any(x.ge(2f32.powi(23)), || reduce_large_lanes(x, rest, quarters));
    (rest, quarters)
}

/// Puts the right rest and quarters into those lanes where 2^23 ≤ x < ∞.
///
/// There x = m · 2^e with integers m and e ≥ 0, and of x / 2π only the digits behind the point count: those of m times the
/// digits of 1 / 2π from the e-th on (Payne and Hanek 1983).
fn reduce_large_lanes<'c>(x: Value<'c, F32>, rest: Value<'c, F64>, quarters: Value<'c, I32>) {
    // The first 256 binary digits of 1 / 2π.
    const DIGITS: [u64; 4] =
        [0x28be_60db_9391_054a, 0x7f09_d5f4_7d4d_3770, 0x36d8_a566_4f10_e410, 0x7f94_58ea_f7ae_f158];
    let bits = x.code.variable(x.bits());
    x.code.for_each_lane(|| {
        let lane = bits.lane_0();
        let above = lane - (150 << 23);
        above.if_below(105 << 23, || {
            let exponent = above.shr_u(23);
            let word = |index: usize| {
                exponent.choose(64, DIGITS[index].cast_signed(), DIGITS[index + 1].cast_signed())
            };
            let [first, second, third] = [word(0), word(1), word(2)];
            // Shifts count modulo 64.
            let complement = 63 - exponent;
            let high = first.shl_by(exponent) | second.shr_u(1).shr_by(complement);
            let low = second.shl_by(exponent) | third.shr_u(1).shr_by(complement);
            let mantissa = (lane & 0x7f_ffff) | 0x80_0000;
            // In units of 2^-64 turns.
            let fraction = mantissa * high + (mantissa * low.shr_u(32)).shr_u(32);
            let nearest = (fraction + (1 << 61)).shr_u(62);
            rest.set_lane_0(fraction - (nearest << 62), TAU * 2f64.powi(-64));
            quarters.set_lane_0(nearest);
        });
        bits.rotate();
        rest.rotate();
        quarters.rotate();
    });
}

pub(super) fn atan(x: Value<'_, F32>) -> Value<'_, F32> {
    let size = x.abs();
    let steep = size.gt(1.0);
    let angle = atan_of_slope(steep.select(1.0, size) / steep.select(size, 1.0));
    let start = (steep & FRAC_PI_2.to_bits().cast_signed()).floats();
    turn(start, angle.flip(steep & i32::MIN)).flip(x.sign())
}

/// The angle of the point (x, y). On the axes and at infinity it depends on the signs of zeros, and the diagonals go on there.
pub(super) fn atan2<'c>(y: Value<'c, F32>, x: Value<'c, F32>) -> Value<'c, F32> {
    let [run, rise] = [x.abs(), y.abs()];
    let steep = run.lt(rise);
    let shorter = steep.select(run, rise);
    let longer = steep.select(rise, run);
    // 0 / 0 counts as 0, and ∞ / ∞ as 1.
    let diagonal = shorter.gt(0.0) & 1f32.to_bits().cast_signed();
    let slope = shorter.eq(longer).select(diagonal.floats(), shorter / longer);

    let left = x.bits().shr_s(31);
    let straight = (left & PI.to_bits().cast_signed()).floats();
    let start = steep.select(FRAC_PI_2, straight);
    turn(start, atan_of_slope(slope).flip((steep ^ left) & i32::MIN)).flip(y.sign())
}

/// The arc tangent of a number from 0 to 1.
fn atan_of_slope(slope: Value<'_, F32>) -> Value<'_, F32> {
    // (atan t - t) / t³ in t², by Remez' algorithm: the relative error of the angle is below 2^-26.
    const SERIES: [f32; 9] = [
        -0.333_333,
        0.199_985_49,
        -0.142_642_42,
        0.109_521_87,
        -0.084_034_55,
        0.057_957_657,
        -0.031_177_903,
        0.010_914_633,
        -0.001_793_627_2,
    ];
    let z = slope * slope;
    slope + slope * z * z.polynomial(&SERIES)
}

/// An angle further than `start`, a multiple of π/2 that was rounded: what it lacks is made good.
fn turn<'c>(start: Value<'c, F32>, angle: Value<'c, F32>) -> Value<'c, F32> {
    // (π - f32(π)) / f32(π).
    const LACKING: f32 = -2.782_753_5e-8;
    start + (start * LACKING + angle)
}

/// NaN outside [-1, 1].
pub(super) fn asin(x: Value<'_, F32>) -> Value<'_, F32> {
    let (angle, outer) = asin_or_half_acos(x.abs());
    let start = (outer & FRAC_PI_2.to_bits().cast_signed()).floats();
    let angle = outer.select(angle * -2.0, angle);
    turn(start, angle).flip(x.sign())
}

/// NaN outside [-1, 1].
pub(super) fn acos(x: Value<'_, F32>) -> Value<'_, F32> {
    let (angle, outer) = asin_or_half_acos(x.abs());
    let angle = angle.flip(x.sign());
    let left = x.bits().shr_s(31);
    let straight = (left & PI.to_bits().cast_signed()).floats();
    let start = outer.select(straight, FRAC_PI_2);
    turn(start, outer.select(angle * 2.0, angle * -1.0))
}

/// For 0 ≤ x ≤ ½ the arc sine, above that half the arc cosine, which is the arc sine of √((1 - x) / 2); and where it is the latter.
fn asin_or_half_acos(x: Value<'_, F32>) -> (Value<'_, F32>, Value<'_, I32>) {
    // (asin s - s) / s³ in s² for s ≤ ½, by Remez' algorithm: the relative error of the angle is below 2^-27.
    const SERIES: [f32; 5] = [0.166_667_52, 0.074_952_975, 0.045_470_37, 0.024_179_531, 0.042_166_29];
    let outer = x.gt(0.5);
    let z = outer.select((1.0 - x) * 0.5, x * x);
    let s = outer.select(z.sqrt(), x);
    (s + s * z * z.polynomial(&SERIES), outer)
}
