//! The values of numbers as they are written, rounded as they should be: by one way for every compiler.
//!
//! A number of `d` digits and the exponent `e` is a quotient of two integers, `d × 10^e` or `d / 10^-e`. Both are computed with as many digits as
//! it takes, and divided to 64 binary digits, of which the last is also set if anything is left. These are more than a double has by so many that
//! rounding them to a double rounds the exact number. The tables of the standard library are ten times as large, and pages download this.

use std::cmp::Ordering;

/// What a number is.
pub(super) enum Value {
    Number(f64),
    /// It ends with `n`.
    BigInt,
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// `_` does not stand between two digits.
    Separator,
    /// The first digit is a zero, and another one follows.
    LeadingZero,
    /// The characters are no number in any notation.
    NoNumber,
}

/// The value of a number as it is written.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn value(text: &str) -> Result<Value, Wrong> {
    if !are_separators_right(text.as_bytes()) {
        return Err(Wrong::Separator);
    }
    let (text, is_big) = match text.strip_suffix('n') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let value = match text.as_bytes() {
        [b'0', b'x' | b'X', digits @ ..] => integer(digits, 4),
        [b'0', b'o' | b'O', digits @ ..] => integer(digits, 3),
        [b'0', b'b' | b'B', digits @ ..] => integer(digits, 1),
        [b'0', b'0'..=b'9' | b'_', ..] => return Err(Wrong::LeadingZero),
        text if is_big && !text.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_') => None,
        text => decimal(text),
    };
    match value {
        None => Err(Wrong::NoNumber),
        Some(_) if is_big => Ok(Value::BigInt),
        Some(value) => Ok(Value::Number(value)),
    }
}

/// Whether each `_` stands between two digits.
fn are_separators_right(text: &[u8]) -> bool {
    let is_hexadecimal = matches!(text, [b'0', b'x' | b'X', ..]);
    let is_digit = |byte: u8| if is_hexadecimal { byte.is_ascii_hexdigit() } else { byte.is_ascii_digit() };
    let ends_well = text.last() != Some(&b'_');
    ends_well && text.windows(3).all(|part| part[1] != b'_' || (is_digit(part[0]) && is_digit(part[2])))
}

/// An integer whose digits are so many bits each.
fn integer(digits: &[u8], bits: u32) -> Option<f64> {
    let mut value = Natural::default();
    for &byte in digits.iter().filter(|byte| **byte != b'_') {
        let digit = char::from(byte).to_digit(1 << bits)?;
        // What is beyond the range of doubles stays there.
        if value.bits() < 1100 {
            value.multiply_add(1 << bits, digit);
        }
    }
    (!digits.is_empty()).then(|| quotient(value, Natural::one()))
}

/// Digits beyond these only tell whether a number is above a middle between two doubles, which has 767 at most.
const MOST_DIGITS: usize = 800;

/// A number like `12`, `0.5`, `.5`, `1.`, `2e-3`.
fn decimal(text: &[u8]) -> Option<f64> {
    let (mantissa, mut exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(place) => (text.get(..place)?, written_exponent(text.get(place + 1..)?)?),
        None => (text, 0),
    };
    let (mut digits, mut count, mut is_fraction, mut has_digits) = (Natural::default(), 0, false, false);
    for &byte in mantissa {
        match byte {
            b'.' if !is_fraction => is_fraction = true,
            b'_' => {}
            b'0'..=b'9' => {
                has_digits = true;
                let digit = u32::from(byte - b'0');
                if count < MOST_DIGITS {
                    digits.multiply_add(10, digit);
                    exponent -= i64::from(is_fraction);
                } else {
                    // The last digit that is kept is odd if anything follows it: that is above any middle that it stood on.
                    digits.0[0] |= u32::from(digit != 0);
                    exponent += i64::from(!is_fraction);
                }
                count += usize::from(count > 0 || digit > 0);
            }
            _ => return None,
        }
    }
    has_digits.then(|| scaled(digits, count.min(MOST_DIGITS) as i64, exponent))
}

/// The exponent behind `e`, as far as it matters.
fn written_exponent(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'-', digits @ ..] => (-1, digits),
        [b'+', digits @ ..] => (1, digits),
        digits => (1, digits),
    };
    let mut value = 0_i64;
    for &byte in digits.iter().filter(|byte| **byte != b'_') {
        let digit = char::from(byte).to_digit(10)?;
        value = (value * 10 + i64::from(digit)).min(1 << 40);
    }
    (!digits.is_empty()).then_some(sign * value)
}

/// `count` digits times a power of ten.
fn scaled(mut digits: Natural, count: i64, exponent: i64) -> f64 {
    // Beyond the range of doubles on either side.
    if digits.is_zero() || count + exponent < -330 {
        return 0.0;
    }
    if count + exponent > 310 {
        return f64::INFINITY;
    }
    let mut divisor = Natural::one();
    for _ in 0..exponent.unsigned_abs() {
        let side = if exponent < 0 { &mut divisor } else { &mut digits };
        side.multiply_add(10, 0);
    }
    quotient(digits, divisor)
}

/// A quotient of integers, rounded.
fn quotient(mut dividend: Natural, mut divisor: Natural) -> f64 {
    if dividend.is_zero() {
        return 0.0;
    }
    // Let it lie between 1 and 2, times two to the power of `point`.
    let mut point = dividend.bits() - divisor.bits();
    divisor.shift(point.max(0));
    dividend.shift((-point).max(0));
    if dividend.compare(&divisor) == Ordering::Less {
        dividend.shift(1);
        point -= 1;
    }
    let mut bits = 0_u64;
    for _ in 0..64 {
        bits <<= 1;
        if dividend.compare(&divisor) != Ordering::Less {
            dividend.subtract(&divisor);
            bits |= 1;
        }
        dividend.shift(1);
    }
    bits |= u64::from(!dividend.is_zero());
    // The last place of the smallest doubles is 2^-1074: what lies below is only remembered.
    let (kept, place) = match point {
        ..-1022 => (lowered(bits, (-1074 - (point - 63)) as u32), -1074),
        _ => (bits, point - 63),
    };
    kept as f64 * power_of_two(place / 2) * power_of_two(place - place / 2)
}

/// The bits above the lowest `count`, rounded to the nearest, to an even number if there are two.
fn lowered(bits: u64, count: u32) -> u64 {
    if count > 64 {
        return 0;
    }
    let whole = bits.checked_shr(count).unwrap_or(0);
    let (rest, half) = (bits & (u64::MAX >> (64 - count)), 1_u64 << (count - 1));
    whole + u64::from(rest > half || (rest == half && whole % 2 == 1))
}

/// Of an exponent that normal doubles have.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// A natural number, the least significant part first, without zeros at its end.
#[derive(Default)]
struct Natural(Vec<u32>);

impl Natural {
    fn one() -> Self {
        Self(vec![1])
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// How many binary digits it has.
    fn bits(&self) -> i32 {
        self.0.last().map_or(0, |last| self.0.len() as i32 * 32 - last.leading_zeros() as i32)
    }

    fn multiply_add(&mut self, factor: u32, term: u32) {
        let mut carry = u64::from(term);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// Multiplies by a power of two.
    fn shift(&mut self, bits: i32) {
        if self.is_zero() {
            return;
        }
        self.multiply_add(1 << (bits % 32), 0);
        for _ in 0..bits / 32 {
            self.0.insert(0, 0);
        }
    }

    /// Subtracts a number that is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0_i64;
        for (place, part) in self.0.iter_mut().enumerate() {
            let difference =
                i64::from(*part) - i64::from(other.0.get(place).copied().unwrap_or_default()) + borrow;
            *part = difference as u32;
            borrow = difference >> 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}
