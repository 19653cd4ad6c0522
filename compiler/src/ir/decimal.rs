//! Floats as decimals, digit by digit: the formatting of the standard library has tables, and pages download them.

use std::array;
use std::cmp::Ordering;
use std::iter::repeat_n;

/// The shortest decimal that is read as `value`, which is finite and not -0, but all digits of an integer.
pub(crate) fn decimal(value: f32) -> String {
    let sign = if value < 0.0 { "-" } else { "" };
    let value = value.abs();
    if value.fract() == 0.0 && value < 1e15 {
        return format!("{sign}{}.0", value as u64);
    }
    if value == f32::MAX {
        // Its shortest decimal is larger than it, which some compilers refuse.
        return format!("{sign}3.4028234663852886e38");
    }
    let (digits, point) = shortest(value);
    let zeros = |count: i32| repeat_n('0', count.max(0) as usize).collect::<String>();
    let first = |count: i32| digits.chars().take(count as usize).collect::<String>();
    let behind = |count: i32| digits.chars().skip(count as usize).collect::<String>();
    let count = digits.len() as i32;
    // Without an exponent from 0.0001 to below 1e16, as Rust writes floats.
    match point {
        -3..=0 => format!("{sign}0.{}{digits}", zeros(-point)),
        1..=16 if point < count => format!("{sign}{}.{}", first(point), behind(point)),
        1..=16 => format!("{sign}{digits}{}.0", zeros(point - count)),
        _ => {
            let dot = if count == 1 { "" } else { "." };
            format!("{sign}{}{dot}{}e{}", first(1), behind(1), point - 1)
        }
    }
}

/// The fewest digits that say which float is meant, and how many of them stand before the point.
///
/// Digits are taken from a fraction until the rest is smaller than the distance to where the next float's decimals begin: Steele and
/// White, "How to Print Floating-Point Numbers Accurately", 1990.
fn shortest(value: f32) -> (String, i32) {
    const HIDDEN: u32 = 1 << 23;
    let bits = value.to_bits();
    let (mantissa, exponent) = match bits / HIDDEN {
        0 => (bits, -149),
        exponent => (bits % HIDDEN + HIDDEN, exponent as i32 - 150),
    };
    // Everything is a number of quarters of the last place: the value, half the way to the float above, and to the one below, which
    // is nearer at a power of two. What lies just on the border is read as the float whose mantissa is even.
    let takes_border = mantissa.is_multiple_of(2);
    let shift = exponent.max(0) as u32;
    let mut rest = Natural::new(mantissa * 4, shift);
    let mut above = Natural::new(2, shift);
    let mut below = Natural::new(if mantissa == HIDDEN { 1 } else { 2 }, shift);
    let mut one = Natural::new(4, (-exponent).max(0) as u32);
    let reaches = |sum: &Natural, one: &Natural| match sum.compare(one) {
        Ordering::Equal => takes_border,
        order => order == Ordering::Greater,
    };
    // Let the first digit come from just behind the point: `one` is ten to the power of `point`.
    let mut point = 0;
    while reaches(&rest.plus(&above), &one) {
        one = one.times(10);
        point += 1;
    }
    while !reaches(&rest.plus(&above).times(10), &one) {
        (rest, above, below) = (rest.times(10), above.times(10), below.times(10));
        point -= 1;
    }
    let mut digits = String::new();
    loop {
        (rest, above, below) = (rest.times(10), above.times(10), below.times(10));
        let mut digit = 0;
        while rest.compare(&one) != Ordering::Less {
            rest = rest.minus(&one);
            digit += 1;
        }
        let may_stay = reaches(&below, &rest);
        let may_grow = reaches(&rest.plus(&above), &one);
        let is_last = may_stay || may_grow;
        let grows = may_grow && (!may_stay || rest.times(2).compare(&one) != Ordering::Less);
        digits.push(char::from(b'0' + digit + u8::from(is_last && grows)));
        if is_last {
            return (digits, point);
        }
    }
}

/// A natural number of up to 192 bits, the least significant part first: floats and powers of ten above need 180.
struct Natural([u32; 6]);

impl Natural {
    /// `value << shift`.
    fn new(value: u32, shift: u32) -> Self {
        let shifted = u64::from(value) << (shift % 32);
        let mut parts = [0; 6];
        let place = (shift / 32) as usize;
        parts[place] = shifted as u32;
        if let Some(next) = parts.get_mut(place + 1) {
            *next = (shifted >> 32) as u32;
        }
        Self(parts)
    }

    fn times(&self, factor: u32) -> Self {
        self.each(|part, carry| u64::from(part) * u64::from(factor) + carry)
    }

    fn plus(&self, other: &Self) -> Self {
        let mut parts = other.0.iter();
        self.each(|part, carry| {
            u64::from(part) + u64::from(parts.next().copied().unwrap_or_default()) + carry
        })
    }

    /// The difference to a number that is not larger.
    fn minus(&self, other: &Self) -> Self {
        let mut parts = other.0.iter();
        // A sum with the complement: the first carry is 1, and the last one is dropped.
        let mut first = 1;
        self.each(|part, carry| {
            let complement = !parts.next().copied().unwrap_or_default();
            u64::from(part) + u64::from(complement) + carry + std::mem::take(&mut first)
        })
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    /// Computes each part and what is carried to the next one.
    fn each(&self, mut compute: impl FnMut(u32, u64) -> u64) -> Self {
        let mut carry = 0;
        Self(array::from_fn(|place| {
            let sum = compute(self.0[place], carry);
            carry = sum >> 32;
            sum as u32
        }))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::decimal;

    /// The same by the standard library.
    fn expected(value: f32) -> String {
        if value.fract() == 0.0 && value.abs() < 1e15 {
            format!("{value:.1}")
        } else if value.abs() == f32::MAX {
            format!("{:?}", f64::from(value))
        } else {
            format!("{value:?}")
        }
    }

    fn check(value: f32) {
        assert_eq!(decimal(value), expected(value), "{:#x}", value.to_bits());
    }

    #[test]
    fn powers_and_their_neighbours() {
        let mut powers: Vec<f32> = (1..=254).map(|exponent| f32::from_bits(exponent << 23)).collect();
        powers.extend((2..23).map(|exponent| f32::from_bits(1 << exponent)));
        powers.extend((-37..=38).map(|exponent| 10_f64.powi(exponent) as f32));
        for power in powers {
            let near = |step| f32::from_bits((power.to_bits() as i32 + step) as u32);
            (-3..=3).map(near).filter(|x| x.is_finite()).for_each(check);
        }
        [f32::MAX, f32::MIN, f32::MIN_POSITIVE, 0.0, 0.1, -0.1, 1.5, 123_456_790_000.0]
            .into_iter()
            .for_each(check);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn any_float(bits: u32) {
            let value = f32::from_bits(bits);
            if value.is_finite() && value != 0.0 {
                check(value);
            }
        }
    }

    #[test]
    #[ignore = "takes an hour: for those who change it"]
    fn every_float() {
        (1..=f32::MAX.to_bits()).map(f32::from_bits).for_each(check);
    }
}
