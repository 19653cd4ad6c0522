//! The arc functions. All are the angle of a point, which is an arc tangent.

use std::f64::consts::{FRAC_PI_2, PI};

use super::build::Value;

/// The angle whose tangent is x.
pub(super) fn atan(x: Value<'_, f32>) -> Value<'_, f32> {
    let size = x.abs().widen();
    let is_steep = size.gt(1.0);
    let tangent = size.or_where(is_steep, 1.0 / size);
    let angle = arc_tangent(tangent);
    angle.or_where(is_steep, FRAC_PI_2 - angle).narrow().times_sign_of(x)
}

/// The angle whose sine is x; NaN outside [-1, 1].
pub(super) fn asin(x: Value<'_, f32>) -> Value<'_, f32> {
    let y = x.abs().widen();
    angle_in_quadrant(y, leg(y)).narrow().times_sign_of(x)
}

/// The angle whose cosine is x; NaN outside [-1, 1].
pub(super) fn acos(x: Value<'_, f32>) -> Value<'_, f32> {
    let size = x.abs().widen();
    let angle = angle_in_quadrant(leg(size), size);
    angle.or_where(x.lt(0.0).widen(), PI - angle).narrow()
}

/// The angle of the point (x, y).
pub(super) fn atan2<'a>(y: Value<'a, f32>, x: Value<'a, f32>) -> Value<'a, f32> {
    let (height, width) = (y.abs(), x.abs());
    // Two zeros and two infinities have no quotient.
    let is_diagonal = height.eq(width);
    let one_or_zero = (!x.eq(0.0) & 1.0_f32.to_bits() as i32).float();
    let height = height.or_where(is_diagonal, one_or_zero);
    let width = width.or_where(is_diagonal, 1.0);
    let angle = angle_in_quadrant(height.widen(), width.widen());
    let is_left = x.bits().shift_right(31);
    angle.or_where(is_left.widen(), PI - angle).narrow().times_sign_of(y)
}

/// √(1 - x²), the other leg of a right triangle with one leg x and hypotenuse 1.
fn leg(x: Value<'_, f64>) -> Value<'_, f64> {
    ((1.0 - x) * (x + 1.0)).sqrt()
}

/// The angle of the point (x, y), neither of which is negative nor both 0.
fn angle_in_quadrant<'a>(y: Value<'a, f64>, x: Value<'a, f64>) -> Value<'a, f64> {
    let is_steep = y.gt(x);
    let angle = arc_tangent(y.or_where(is_steep, x) / x.or_where(is_steep, y));
    angle.or_where(is_steep, FRAC_PI_2 - angle)
}

/// The arc tangent of a number from 0 to 1.
fn arc_tangent(x: Value<'_, f64>) -> Value<'_, f64> {
    x * (x * x).polynomial(&ARC_TANGENT)
}

/// atan(x) / x as a polynomial in x², for 0 ≤ x ≤ 1, with an error of 2⁻²⁸·⁶.
const ARC_TANGENT: [f64; 10] = [
    0.9999999976312443,
    -0.3333328364941772,
    0.19998266190535066,
    -0.14261934298634663,
    0.10942035504013135,
    -0.08377326409658975,
    0.05755224628086514,
    -0.030804706105846704,
    0.010726987472914907,
    -0.00175393711051413,
];
