//! The functions that give integers, bit for bit.

use super::runner::Runner;
use super::{Function, random_words, special_values};
use crate::ir::builtins::to_int32;

/// Checks a function of integers on all pairs of corner cases and on random ones; `expected` gives none where anything may come.
fn check(function: Function, expected: fn(i64, i64) -> Option<i64>) {
    let corners = [
        0,
        1,
        2,
        3,
        7,
        255,
        256,
        46_340,
        46_341,
        65_535,
        65_536,
        16_777_217,
        0x3fff_ffff,
        0x4000_0000,
        i32::MAX,
    ];
    let corners = corners.iter().flat_map(|&corner| [corner, -corner, -corner - 1]);
    let corners: Vec<u32> = corners.map(i32::cast_unsigned).collect();
    let (mut a, mut b): (Vec<u32>, Vec<u32>) =
        corners.iter().flat_map(|&a| corners.iter().map(move |&b| (a, b))).unzip();
    let words = random_words(1 << 15);
    let (first, second) = words.split_at(words.len() / 2);
    a.extend(first);
    b.extend(second);
    // Small divisors and factors.
    a.extend(first);
    b.extend(second.iter().map(|word| (word.cast_signed() >> 20).cast_unsigned()));
    a.truncate(a.len() / 8 * 8);
    b.truncate(a.len());
    let results = Runner::new(function, a.len()).run(&a, &b);
    for ((&a, &b), result) in a.iter().zip(&b).zip(results) {
        let [a, b, result] = [a, b, result].map(|bits| i64::from(bits.cast_signed()));
        if let Some(expected) = expected(a, b) {
            assert_eq!(result, expected, "{function:?}({a}, {b})");
        }
    }
}

/// The lowest i32 for what is no i32.
fn checked(value: i64) -> Option<i64> {
    Some(i32::try_from(value).map_or(i64::from(i32::MIN), i64::from))
}

/// None for a quotient that is no i32.
fn defined(a: i64, b: i64, value: fn(i64, i64) -> i64) -> Option<i64> {
    (b != 0 && i32::try_from(a / b).is_ok()).then(|| value(a, b))
}

#[test]
fn checked_arithmetic_says_when_it_overflows() {
    check(Function::CheckedAdd, |a, b| checked(a + b));
    check(Function::CheckedSubtract, |a, b| checked(a - b));
    check(Function::CheckedMultiply, |a, b| checked(a * b));
}

#[test]
fn division_rounds_as_it_says() {
    check(Function::FloorDivide, |a, b| {
        defined(a, b, |a, b| a.div_euclid(b) - i64::from(b < 0 && a.rem_euclid(b) != 0))
    });
    check(Function::TruncateDivide, |a, b| defined(a, b, |a, b| a / b));
    check(Function::IntRemainder, |a, b| defined(a, b, |a, b| a % b));
}

#[test]
fn leading_zeros_are_counted() {
    check(Function::Clz32, |a, _| Some(i64::from((a as i32).leading_zeros())));
}

#[test]
fn floats_become_integers_as_in_javascript() {
    let mut values = special_values();
    values.extend(
        (0..512).flat_map(|exponent| [0, 1, 0x7f_ffff, 0x5a_5a5a].map(|mantissa| exponent << 23 | mantissa)),
    );
    values.extend(random_words(1 << 14));
    values.truncate(values.len() / 8 * 8);
    let wrapped = Runner::new(Function::ToInt32, values.len()).run(&values, &[]);
    let floored = Runner::new(Function::FloorToInt, values.len()).run(&values, &[]);
    for ((&bits, wrapped), floored) in values.iter().zip(wrapped).zip(floored) {
        let value = f64::from(f32::from_bits(bits));
        assert_eq!(wrapped.cast_signed(), to_int32(value), "ToInt32 of {value:e}");
        let below = value.floor();
        let fits = below >= f64::from(i32::MIN) && below <= f64::from(i32::MAX);
        assert_eq!(floored.cast_signed(), if fits { below as i32 } else { i32::MIN }, "floor of {value:e}");
    }
}
