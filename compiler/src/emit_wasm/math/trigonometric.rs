//! Sine, cosine and tangent.
//!
//! An angle is split in quarter turns and a rest of at most an eighth turn, in double precision. Sine and cosine of the rest are
//! polynomials.

use std::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use super::build::Value;
use super::exponential::ROUNDING;

/// The sine of x radians.
pub(super) fn sin(x: Value<'_, f32>) -> Value<'_, f32> {
    let (rest, quarters) = reduce(x);
    sine_of(rest.narrow(), quarters)
}

/// The cosine of x radians.
pub(super) fn cos(x: Value<'_, f32>) -> Value<'_, f32> {
    let (rest, quarters) = reduce(x);
    sine_of(rest.narrow(), quarters + 1)
}

/// The tangent of x radians.
pub(super) fn tan(x: Value<'_, f32>) -> Value<'_, f32> {
    let (rest, quarters) = reduce(x);
    let (sine, cosine) = (sine(rest), cosine(rest));
    let is_odd = quarters.shift_left(31).shift_right(31).widen();
    (sine.or_where(is_odd, -cosine) / cosine.or_where(is_odd, sine)).narrow()
}

/// In single precision, the sine of an angle of at most an eighth turn and this many quarter turns.
fn sine_of<'a>(rest: Value<'a, f32>, quarters: Value<'a, i32>) -> Value<'a, f32> {
    let z = rest * rest;
    let sine = rest * z * z.polynomial(&SINE.map(|coefficient| coefficient as f32)) + rest;
    let cosine = z * z * z.polynomial(&COSINE.map(|coefficient| coefficient as f32)) - z * 0.5 + 1.0;
    // The sum loses the sign of -0.
    let sine = (sine.bits() | (rest.bits() & i32::MIN)).float();
    let size = sine.or_where(quarters.shift_left(31).shift_right(31), cosine);
    let sign = quarters.shift_left(30) & i32::MIN;
    (size.bits() ^ sign).float()
}

fn sine(x: Value<'_, f64>) -> Value<'_, f64> {
    let z = x * x;
    x * (z * z.polynomial(&SINE) + 1.0)
}

fn cosine(x: Value<'_, f64>) -> Value<'_, f64> {
    let z = x * x;
    z * z * z.polynomial(&COSINE) - z * 0.5 + 1.0
}

/// The angle less the nearest multiple of a quarter turn, and that multiple modulo 2³².
fn reduce(x: Value<'_, f32>) -> (Value<'_, f64>, Value<'_, i32>) {
    let wide = x.widen();
    // This count is never -0, so the rest of -0 is.
    let shifted = wide * FRAC_2_PI + ROUNDING;
    let count = shifted - ROUNDING;
    let rest = (wide - count * QUARTER[0] - count * QUARTER[1]).variable();
    let quarters = shifted.bits().low_words().variable();
    let is_large = x.abs().gt(LARGE);
    is_large.when_any(|| {
        let (large_rest, large_quarters) = reduce_large(wide);
        rest.assign(rest.or_where(is_large.widen(), large_rest));
        quarters.assign(quarters.or_where(is_large, large_quarters));
    });
    (rest, quarters)
}

/// Up to here, the number of quarter turns has so few digits that its product with `QUARTER[0]` is exact.
const LARGE: f32 = 1_048_576.0;

/// A quarter turn, in two parts; the first has 33 digits.
const QUARTER: [f64; 2] = [1.5707963267341256, 6.077100506506192e-11];

/// Likewise for angles of any size. The product of x and 2/π is summed piece by piece, the large ones first; whole turns are dropped
/// and quarters counted as soon as they come up. Each piece is exact, as both its factors are floats. So is a sum that is small,
/// after which only smaller pieces follow: an angle near a multiple of a quarter turn loses no precision.
fn reduce_large(x: Value<'_, f64>) -> (Value<'_, f64>, Value<'_, i32>) {
    let mut rest = x * 0.0;
    let mut count = rest + ROUNDING;
    for (piece, digits) in (1..).zip(TWO_OVER_PI) {
        let turns = x * (digits * 0.25 * 2.0_f64.powi(-24 * piece));
        let (fraction, quarters) = split((turns - turns.nearest()) * 4.0);
        let (sum, carry) = split(rest + fraction);
        rest = sum;
        count = count + quarters + carry;
    }
    (rest * FRAC_PI_2, count.bits().low_words())
}

/// A number less the nearest integer, and that integer.
fn split(x: Value<'_, f64>) -> (Value<'_, f64>, Value<'_, f64>) {
    let whole = x.nearest();
    (x - whole, whole)
}

/// The digits of 2/π behind the point, 24 at a time: as many as the largest float needs.
const TWO_OVER_PI: [f64; 8] =
    [10680707.0, 7228996.0, 1387004.0, 2578385.0, 16069853.0, 12639074.0, 9804092.0, 4427841.0];

/// (sin(x) - x) / x³ as a polynomial in x², for |x| ≤ π/4; the sine has an error of 2⁻²⁸.
const SINE: [f64; 3] = [-0.16666654606014863, 0.008332160526557594, -0.00019515250288926593];

/// (cos(x) - 1 + x²/2) / x⁴ as a polynomial in x², for |x| ≤ π/4; the cosine has an error of 2⁻³³.
const COSINE: [f64; 3] = [0.04166664567674803, -0.001388731594424514, 2.4433120788630564e-05];
