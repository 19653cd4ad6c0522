//! Exponentials and logarithms, all of them through those to the base of two.

use std::f64::consts::{LOG2_10, LOG2_E, SQRT_2};

use super::build::Value;

/// e to the power of x.
pub(super) fn exp(x: Value<'_, f32>) -> Value<'_, f32> {
    // Beyond these bounds, the results are infinite and zero.
    let x = x.at_most(89.0).at_least(-104.0);
    exp2(x.widen() * LOG2_E, &EXP2_SINGLE).narrow()
}

/// The natural logarithm.
pub(super) fn log(x: Value<'_, f32>) -> Value<'_, f32> {
    logarithm(x, 1.0 / LOG2_E)
}

/// The decimal logarithm.
pub(super) fn log10(x: Value<'_, f32>) -> Value<'_, f32> {
    logarithm(x, 1.0 / LOG2_10)
}

/// The binary logarithm.
pub(super) fn log2(x: Value<'_, f32>) -> Value<'_, f32> {
    logarithm(x, 1.0)
}

/// The binary logarithm times a factor: NaN below 0, -∞ at 0.
fn logarithm(x: Value<'_, f32>, factor: f64) -> Value<'_, f32> {
    let result = log2_of_positive(x.widen(), &LOG2_SINGLE, factor).narrow();
    // ∞ and NaN are their own logarithms.
    let result = x.or_where(x.lt(f32::INFINITY), result);
    result.or_where(x.lt(0.0), f32::NAN).or_where(x.eq(0.0), f32::NEG_INFINITY)
}

/// 2 to the power of t, for |t| below 1022 (garbage beyond); NaN gives NaN. Exact for integers.
pub(super) fn exp2<'a>(t: Value<'a, f64>, coefficients: &[f64]) -> Value<'a, f64> {
    let (rest, exponent) = split(t);
    let power = rest * rest.polynomial(coefficients) + 1.0;
    (power.bits() + exponent).float()
}

/// 2 to the power of t, less 1, for 0 ≤ t < 1022: precise also near 0.
pub(super) fn exp2_less_one(t: Value<'_, f64>) -> Value<'_, f64> {
    let (rest, exponent) = split(t);
    let power = rest * rest.polynomial(&EXP2_DOUBLE);
    let scale = (exponent + 1.0_f64.to_bits() as i64).float();
    power * scale + (scale - 1.0)
}

/// A number less the nearest integer, and that integer where a double has its exponent.
fn split(t: Value<'_, f64>) -> (Value<'_, f64>, Value<'_, i64>) {
    let shifted = t + ROUNDING;
    (t - (shifted - ROUNDING), shifted.bits().shift_left(52))
}

/// At this size the last bit of a double counts ones: adding it rounds to an integer, which the low bits then hold.
pub(super) const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// The binary logarithm of a positive number, times a factor. With x = 2ᵉ·m, where m lies between √½ and √2, and
/// s = (m - 1) / (m + 1), it is e + s·P(s²).
pub(super) fn log2_of_positive<'a>(x: Value<'a, f64>, series: &[f64], factor: f64) -> Value<'a, f64> {
    let (exponent, m) = exponent_and_mantissa(x);
    let s = (m - 1.0) / (m + 1.0);
    let series: Vec<f64> = series.iter().map(|coefficient| coefficient * factor).collect();
    exponent * factor + s * (s * s).polynomial(&series)
}

/// The natural logarithm of 1 + v, for a v that is not negative: precise also near 0.
pub(super) fn log_of_one_and(v: Value<'_, f64>) -> Value<'_, f64> {
    let (exponent, m) = exponent_and_mantissa(v + 1.0);
    // Where 1 + v needs no scaling, v itself has more digits than 1 + v.
    let f = (m - 1.0).or_where(exponent.eq(0.0), v);
    let s = f / (f + 2.0);
    (exponent + s * (s * s).polynomial(&LOG2_SINGLE)) * (1.0 / LOG2_E)
}

/// e and m of a positive number, with x = 2ᵉ·m and m between √½ and √2.
fn exponent_and_mantissa(x: Value<'_, f64>) -> (Value<'_, f64>, Value<'_, f64>) {
    let least = (SQRT_2 / 2.0).to_bits() as i64;
    let above = x.bits() - least;
    // The exponent in the lower bits of 2⁵², whose last bit counts ones; it is less than 2048.
    let biased = (above + (1024_i64 << 52)).unsigned_shift_right(52);
    let exponent = (biased | 2.0_f64.powi(52).to_bits() as i64).float() - (2.0_f64.powi(52) + 1024.0);
    let fraction = (above & ((1_i64 << 52) - 1)) + least;
    (exponent, fraction.float())
}

/// (2ʳ - 1) / r for |r| ≤ ½, with an error of 2⁻²⁷.
pub(super) const EXP2_SINGLE: [f64; 6] = [
    0.6931471880286192,
    0.24022651083489915,
    0.055503571049118475,
    0.00961803084372586,
    0.001339086720799284,
    0.00015469717527248034,
];

/// Likewise, with an error of 2⁻³².⁵.
pub(super) const EXP2_DOUBLE: [f64; 7] = [
    0.6931471805537204,
    0.24022650922331865,
    0.055504109287876746,
    0.009618056671580994,
    0.0013333454489493559,
    0.0001546144698412049,
    1.531009911260535e-05,
];

/// log₂((1 + s) / (1 - s)) / s as a polynomial in s², for |s| ≤ (√2 - 1) / (√2 + 1), with an error of 2⁻³⁰.
const LOG2_SINGLE: [f64; 4] =
    [2.8853900797889525, 0.9617988476343788, 0.5767143842339288, 0.43173587849357753];

/// Likewise, with an error of 2⁻⁴⁵.
pub(super) const LOG2_DOUBLE: [f64; 6] = [
    2.88539008177785,
    0.9617966941133005,
    0.5770779423773884,
    0.41220925103543027,
    0.319905755243529,
    0.28289928269641623,
];
