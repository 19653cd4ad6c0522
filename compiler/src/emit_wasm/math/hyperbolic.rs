//! The hyperbolic functions and their inverses, through e^x - 1 and log(1 + x), which are precise near 0.

use std::f64::consts::LOG2_E;

use super::build::Value;
use super::exponential::{EXP2_SINGLE, exp2, exp2_less_one, log_of_one_and};

/// The hyperbolic sine: with u = e^x - 1 it is (u + u / (u + 1)) / 2.
pub(super) fn sinh(x: Value<'_, f32>) -> Value<'_, f32> {
    let u = exp2_less_one(bounded(x) * LOG2_E);
    ((u + u / (u + 1.0)) * 0.5).narrow().times_sign_of(x)
}

/// The hyperbolic cosine: (e^x + 1 / e^x) / 2.
pub(super) fn cosh(x: Value<'_, f32>) -> Value<'_, f32> {
    let power = exp2(bounded(x) * LOG2_E, &EXP2_SINGLE);
    ((power + 1.0 / power) * 0.5).narrow()
}

/// The hyperbolic tangent: with u = e^2x - 1 it is u / (u + 2).
pub(super) fn tanh(x: Value<'_, f32>) -> Value<'_, f32> {
    let u = exp2_less_one(bounded(x) * (2.0 * LOG2_E));
    (u / (u + 2.0)).narrow().times_sign_of(x)
}

/// The size of x, up to where all results are infinite or 1.
fn bounded(x: Value<'_, f32>) -> Value<'_, f64> {
    x.abs().at_most(100.0).widen()
}

/// The inverse hyperbolic sine: log(1 + v) with v = x + x² / (1 + √(1 + x²)).
pub(super) fn asinh(x: Value<'_, f32>) -> Value<'_, f32> {
    let size = x.abs().widen();
    let square = size * size;
    let v = size + square / ((square + 1.0).sqrt() + 1.0);
    let result = log_of_one_and(v).narrow().times_sign_of(x);
    x.or_where(x.abs().lt(f32::INFINITY), result)
}

/// The inverse hyperbolic cosine: log(1 + v) with t = x - 1 and v = t + √(t·(t + 2)); NaN below 1.
pub(super) fn acosh(x: Value<'_, f32>) -> Value<'_, f32> {
    let t = x.widen() - 1.0;
    let result = log_of_one_and(t + (t * (t + 2.0)).sqrt()).narrow();
    x.or_where(x.lt(f32::INFINITY), result).or_where(x.lt(1.0), f32::NAN)
}

/// The inverse hyperbolic tangent: log(1 + 2x / (1 - x)) / 2; NaN outside [-1, 1].
pub(super) fn atanh(x: Value<'_, f32>) -> Value<'_, f32> {
    let size = x.abs();
    let wide = size.widen();
    let result = (log_of_one_and((wide + wide) / (1.0 - wide)) * 0.5).narrow();
    let result = result.or_where(size.eq(1.0), f32::INFINITY).times_sign_of(x);
    result.or_where(!size.le(1.0), f32::NAN)
}
