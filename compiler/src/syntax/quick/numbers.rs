//! The values of numbers.

/// Integers below it can still be multiplied by ten in 128 bits, and doubled after that.
const LARGEST: u128 = 1 << 120;

/// The value of a number as it is written; nothing if it is none, or has more digits or a larger exponent than numbers
/// in kernels have.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.as_bytes();
    are_separators_right(text).then_some(())?;
    match text {
        [b'0', b'x' | b'X', digits @ ..] => integer(digits, 16),
        [b'0', b'o' | b'O', digits @ ..] => integer(digits, 8),
        [b'0', b'b' | b'B', digits @ ..] => integer(digits, 2),
        // An octal number of old, or a mistake.
        [b'0', b'0'..=b'9' | b'_', ..] => None,
        text => decimal(text),
    }
}

/// Whether each `_` stands between two digits.
fn are_separators_right(text: &[u8]) -> bool {
    let is_hexadecimal = matches!(text, [b'0', b'x' | b'X', ..]);
    let is_digit = |byte: u8| if is_hexadecimal { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() };
    let ends_well = text.last() != Some(&b'_');
    ends_well && text.windows(3).all(|part| part[1] != b'_' || (is_digit(part[0]) && is_digit(part[2])))
}

/// An integer that a double holds exactly.
fn integer(digits: &[u8], base: u32) -> Option<f64> {
    let mut value = 0_u64;
    for &byte in digits.iter().filter(|byte| **byte != b'_') {
        value = value * u64::from(base) + u64::from(char::from(byte).to_digit(base)?);
        (value < 1 << 53).then_some(())?;
    }
    (!digits.is_empty()).then_some(value as f64)
}

/// A number like `12`, `0.5`, `.5`, `1.`, `2e-3`.
fn decimal(text: &[u8]) -> Option<f64> {
    let (mantissa, written_exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(place) => (text.get(..place)?, exponent(text.get(place + 1..)?)?),
        None => (text, 0),
    };
    let mut digits = 0_u128;
    let mut fraction = None;
    for &byte in mantissa {
        match byte {
            b'.' if fraction.is_none() => fraction = Some(0),
            b'_' => {}
            b'0'..=b'9' => {
                (digits < LARGEST).then_some(())?;
                digits = (digits << 3) + (digits << 1) + u128::from(byte - b'0');
                fraction = fraction.map(|count| count + 1);
            }
            _ => return None,
        }
    }
    scaled(digits, written_exponent - fraction.unwrap_or(0))
}

/// The exponent behind `e`.
fn exponent(text: &[u8]) -> Option<i32> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] => (1, digits),
        digits => (1, digits),
    };
    let value = integer(digits, 10)?;
    (value < 100.0).then_some(sign * value as i32)
}

/// `digits` times a power of ten, rounded as it should be: the quotient of two integers, by long division to 64 binary digits, of
/// which the last is also set if anything is left. These are more than a double has by so many that rounding them to a double rounds
/// the exact number.
fn scaled(digits: u128, exponent: i32) -> Option<f64> {
    if digits == 0 {
        return Some(0.0);
    }
    // Ten is two times five, and powers of two only move the point.
    let (mut dividend, mut divisor) = (digits, 1_u128);
    for _ in 0..exponent.unsigned_abs() {
        let side = if exponent < 0 { &mut divisor } else { &mut dividend };
        (*side < LARGEST).then_some(())?;
        *side = (*side << 2) + *side;
    }
    let mut point = exponent;
    while dividend < divisor {
        dividend <<= 1;
        point -= 1;
    }
    while divisor << 1 <= dividend {
        divisor <<= 1;
        point += 1;
    }
    let mut quotient = 0_u64;
    for _ in 0..64 {
        quotient <<= 1;
        if dividend >= divisor {
            dividend -= divisor;
            quotient |= 1;
        }
        dividend <<= 1;
    }
    quotient |= u64::from(dividend != 0);
    // All exponents that get here are those of normal doubles.
    Some(quotient as f64 * f64::from_bits(((point - 63 + 1023) as u64) << 52))
}
