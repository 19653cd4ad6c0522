//! Integers of 32 bits among JavaScript's numbers.

/// Whether a number is an integer of 32 bits, and not -0.
pub fn is_int32(number: f64) -> bool {
    number == f64::from(number as i32) && !(number == 0.0 && number.is_sign_negative())
}

/// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and infinities give 0.
pub fn to_int32(x: f64) -> i32 {
    const MANTISSA: u64 = 1 << 52;
    if x.abs() < 9e15 {
        return x as i64 as i32;
    }
    // What is larger is an integer: its mantissa by a power of two, of which 32 bits count.
    let bits = x.to_bits();
    let exponent = (bits >> 52) as u32 % 2048;
    let size = match exponent.wrapping_sub(1075) {
        shift @ 0..32 => ((bits % MANTISSA + MANTISSA) << shift) as u32,
        _ => 0,
    };
    if x < 0.0 { size.wrapping_neg() as i32 } else { size as i32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn to_int32_wraps_like_javascript() {
        assert_eq!(to_int32(4_294_967_297.0), 1);
        assert_eq!(to_int32(2_147_483_648.0), i32::MIN);
        assert_eq!(to_int32(-1.9), -1);
        assert_eq!(to_int32(f64::NAN), 0);
        assert_eq!(to_int32(f64::NEG_INFINITY), 0);
    }

    #[test]
    fn to_int32_of_large_numbers() {
        let expected = |x: f64| x.trunc().rem_euclid(4_294_967_296.0) as u32 as i32;
        for exponent in 30..200 {
            for mantissa in [1.0, 1.25, 1.999_999_999_9, 1.0 + f64::EPSILON, 2.0 - f64::EPSILON] {
                let x = mantissa * 2_f64.powi(exponent);
                assert_eq!(to_int32(x), expected(x), "{x}");
                assert_eq!(to_int32(-x), expected(-x), "-{x}");
            }
        }
    }
}
