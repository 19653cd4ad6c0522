//! The hyperbolic functions and their inverses: by their definitions in f64, which has bits enough to lose some, and by a
//! series near 0, where too many would cancel.

use std::f64::consts::{LN_2, LOG2_E};

use super::build::{F32, F64, Value};
use super::exponential::{exp2_wide, log2_wide};

pub(super) fn cosh(x: Value<'_, F32>) -> Value<'_, F32> {
    let power = exp_wide(x.promote());
    ((power + 1.0 / power) * 0.5).demote()
}

pub(super) fn sinh(x: Value<'_, F32>) -> Value<'_, F32> {
    // (sinh x - x) / x³ in x² for |x| ≤ ½, by Remez' algorithm: the relative error of sinh is below 2^-30.
    const SERIES: [f32; 3] = [0.166_666_67, 0.008_333_142, 0.000_199_736_98];
    let size = x.abs();
    let power = exp_wide(size.promote());
    let far = ((power - 1.0 / power) * 0.5).demote();
    near_or(0.5, &SERIES, size, far).flip(x.sign())
}

pub(super) fn tanh(x: Value<'_, F32>) -> Value<'_, F32> {
    // (tanh x - x) / x³ in x² for |x| ≤ ¼, by Remez' algorithm: the relative error of tanh is below 2^-28.
    const SERIES: [f32; 3] = [-0.333_332_4, 0.133_242_37, -0.051_430_028];
    let size = x.abs();
    let square = exp_wide(size.promote() * 2.0);
    let far = ((square - 1.0) / (square + 1.0)).demote();
    near_or(0.25, &SERIES, size, far).flip(x.sign())
}

pub(super) fn asinh(x: Value<'_, F32>) -> Value<'_, F32> {
    // Taylor's series; for x ≤ 2^-6 the next term is below 2^-40.
    const SERIES: [f32; 2] = [-1.0 / 6.0, 3.0 / 40.0];
    let size = x.abs();
    let wide = size.promote();
    let far = log_wide(wide + (wide * wide + 1.0).sqrt()).demote();
    let result = near_or(1.0 / 64.0, &SERIES, size, far);
    // NaN and ∞ stay.
    size.lt(f32::INFINITY).select(result, size).flip(x.sign())
}

/// NaN below 1. Near 1 nothing cancels, as x² - 1 is exact in f64 there.
pub(super) fn acosh(x: Value<'_, F32>) -> Value<'_, F32> {
    let wide = x.promote();
    let result = log_wide(wide + (wide * wide - 1.0).sqrt()).demote();
    let result = x.lt(f32::INFINITY).select(result, x);
    x.ge(1.0).select(result, f32::NAN)
}

/// ±∞ at ±1 and NaN beyond.
pub(super) fn atanh(x: Value<'_, F32>) -> Value<'_, F32> {
    // Taylor's series; for x ≤ 2^-6 the next term is below 2^-38.
    const SERIES: [f32; 2] = [1.0 / 3.0, 1.0 / 5.0];
    let size = x.abs();
    let wide = size.promote();
    let far = (log_wide((1.0 + wide) / (1.0 - wide)) * 0.5).demote();
    let limit = size.eq(1.0).select(f32::INFINITY, f32::NAN);
    let result = near_or(1.0 / 64.0, &SERIES, size, far);
    size.lt(1.0).select(result, limit).flip(x.sign())
}

/// x + x³ · (c₀ + c₁x² + …) below the limit, otherwise `far`.
fn near_or<'c>(limit: f32, series: &[f32], x: Value<'c, F32>, far: Value<'c, F32>) -> Value<'c, F32> {
    let z = x * x;
    let near = x + x * z * z.polynomial(series);
    x.lt(limit).select(near, far)
}

fn exp_wide(x: Value<'_, F64>) -> Value<'_, F64> {
    exp2_wide(x * LOG2_E)
}

fn log_wide(x: Value<'_, F64>) -> Value<'_, F64> {
    log2_wide(x) * LN_2
}
