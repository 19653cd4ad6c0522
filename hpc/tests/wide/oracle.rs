//! What JavaScript gives, by Rust's doubles.

/// The bits, of NaN always the same.
pub(super) fn bits(value: f64) -> u64 {
    if value.is_nan() { 0x7ff8_0000_0000_0000 } else { value.to_bits() }
}

/// The bits, of NaN always the same.
pub(super) fn single_bits(value: f32) -> u64 {
    if value.is_nan() { 0x7fc0_0000 } else { value.to_bits().into() }
}

/// `Math.min`.
pub(super) fn min(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if a == b {
        if a.is_sign_negative() { a } else { b }
    } else if a < b {
        a
    } else {
        b
    }
}

/// `Math.sign`.
pub(super) fn sign(a: f64) -> f64 {
    if a == 0.0 { a } else { a.signum() }
}

/// `Math.round`: halves up.
pub(super) fn round(a: f64) -> f64 {
    let below = a.floor();
    let nearest = if a - below >= 0.5 { below + 1.0 } else { below };
    nearest.copysign(a)
}

/// `a ** b`.
pub(super) fn pow(a: f64, b: f64) -> f64 {
    if b.is_nan() || (a.abs() == 1.0 && b.is_infinite()) {
        f64::NAN
    } else if b == 0.0 {
        1.0
    } else {
        a.powf(b)
    }
}

/// Whether `a ** b` is no integer below 2^53, no power of two and no special value.
pub(super) fn is_power_rounded([a, b]: [f64; 2]) -> bool {
    let power = pow(a, b);
    let is_integer = a == a.trunc() && b >= 0.0 && power.abs() <= 9_007_199_254_740_992.0;
    let is_power_of_two = a.is_normal() && a.to_bits() << 12 == 0;
    power.is_finite() && power != 0.0 && !is_integer && !is_power_of_two
}

/// ToInt32.
pub(super) fn to_int32(a: f64) -> u64 {
    let modulo = (a.trunc() % 4_294_967_296.0) as i64;
    u64::from(modulo as u32)
}

/// Rounds down; what does not fit is the lowest integer.
pub(super) fn to_index(a: f64) -> u64 {
    let below = a.floor();
    let fits = below >= f64::from(i32::MIN) && below <= f64::from(i32::MAX);
    u64::from(if fits { below as i32 } else { i32::MIN } as u32)
}

/// Uint8ClampedArray's conversion.
pub(super) fn clamped(a: f64) -> u64 {
    a.clamp(0.0, 255.0).round_ties_even() as u64
}

/// The value of a half.
pub(super) fn half(bits: u64) -> f64 {
    let (exponent, fraction) = (bits >> 10 & 31, (bits & 0x3ff) as f64);
    let size = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent as i32 - 25),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

/// The nearest half, found among all of them; beyond the largest one as if there were one more.
pub(super) fn half_bits(a: f64) -> u64 {
    if a.is_nan() {
        return 0x7e00;
    }
    let value = |bits: u64| if bits == 0x7c00 { 65536.0 } else { half(bits) };
    let (mut low, mut high) = (0, 0x7c00);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if value(middle) <= a.abs() {
            low = middle;
        } else {
            high = middle;
        }
    }
    // Neighbours differ by a power of two, so their mean is exact.
    let mean = (value(low) + value(high)) / 2.0;
    let up = a.abs() > mean || (a.abs() == mean && low % 2 == 1);
    (if up { high } else { low }) | u64::from(a.is_sign_negative()) << 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_found() {
        for bits in 0..0x7c00 {
            assert_eq!(half_bits(half(bits)), bits);
        }
        assert_eq!([65519.9, 65520.0, 1e300, -1e-9].map(half_bits), [0x7bff, 0x7c00, 0x7c00, 0x8000]);
    }

    #[test]
    fn halves_of_numbers_go_up() {
        let rounded = [0.49999999999999994, 0.5, -0.5, 2.5, -2.5, -0.2].map(round);
        assert_eq!(rounded.map(f64::to_bits), [0.0, 1.0, -0.0, 3.0, -2.0, -0.0].map(f64::to_bits));
    }
}
