//! The functions on eight lanes against those of Rust, on `wasmtime`.

mod integers;
mod runner;

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::{Function, module};
use crate::ir::Builtin;
use runner::{Runner, reference, ulps};

const FLOATS: usize = Function::Tanh as usize + 1;

/// What is promised, function by function, in `docs/accuracy.md`.
fn promised(function: Function) -> f64 {
    let name = runner::builtin(function).map_or("%", Builtin::name);
    let table = include_str!("../../../../../docs/accuracy.md");
    let start = format!("| `{name}` | ");
    let row = table
        .lines()
        .find_map(|line| line.strip_prefix(&start))
        .unwrap_or_else(|| panic!("{name} has no row"));
    row.split(' ')
        .next()
        .and_then(|bound| bound.parse().ok())
        .unwrap_or_else(|| panic!("{name} has no bound"))
}

/// Checks a function of floats on operands, given as bits.
fn check(runner: &mut Runner, function: Function, a: &[u32], b: &[u32]) {
    let exact = reference(function);
    let bound = promised(function);
    let results = runner.run(a, b);
    for (index, &result) in results.iter().enumerate() {
        let operands = [a, b].map(|each| f64::from(f32::from_bits(each.get(index).copied().unwrap_or(0))));
        let expected = exact(&operands);
        let result = f32::from_bits(result);
        let error = ulps(result, expected);
        assert!(error <= bound, "{function:?}{operands:?} gave {result:e}, not {expected:e}: {error} ulps");
    }
}

/// Zeros, the smallest, the largest, the infinities, NaNs, and where formulas change, with both signs.
fn special_values() -> Vec<u32> {
    let sizes = [
        0.0,
        1e-45,
        1.1754942e-38,
        1.1754944e-38,
        1e-30,
        1e-8,
        0.015_625,
        0.25,
        0.5,
        0.707_106_77,
        0.999_999_94,
        1.0,
        1.000_000_1,
        1.5,
        std::f32::consts::FRAC_PI_2,
        2.0,
        2.5,
        3.0,
        std::f32::consts::PI,
        10.0,
        88.72,
        88.73,
        89.5,
        104.0,
        8_388_607.5,
        8_388_608.0,
        16_777_215.0,
        16_777_216.0,
        2_147_483_648.0,
        1e15,
        1.8446744e19,
        1e30,
        f32::MAX,
        f32::INFINITY,
    ];
    let bits = sizes.iter().flat_map(|size: &f32| [size.to_bits(), (-size).to_bits()]);
    // A quiet NaN, one with the other sign, and two that signal.
    bits.chain([0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xffbf_ffff]).collect()
}

/// Random bits, always the same ones.
fn random_words(count: usize) -> Vec<u32> {
    let mut random = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    (0..count).map(|_| random.next_u32()).collect()
}

#[test]
fn special_values_in_all_pairs() {
    let values = special_values();
    let pairs = values.iter().flat_map(|&a| values.iter().map(move |&b| (a, b)));
    let (mut a, mut b): (Vec<u32>, Vec<u32>) = pairs.unzip();
    a.resize(a.len().next_multiple_of(8), 0);
    b.resize(a.len(), 0);
    for &function in &Function::ALL[..FLOATS] {
        check(&mut Runner::new(function, a.len()), function, &a, &b);
    }
}

#[test]
fn samples_of_all_exponents() {
    let mut values = Vec::new();
    for exponent in 0..512 {
        let start = exponent << 23;
        values.extend([0, 1, 0x3f_ffff, 0x40_0000, 0x7f_fffe, 0x7f_ffff].map(|mantissa| start | mantissa));
        values.extend(random_words(58).iter().map(|word| start | word & 0x7f_ffff));
    }
    for &function in Function::ALL[..FLOATS].iter().filter(|function| function.arity() == 1) {
        check(&mut Runner::new(function, values.len()), function, &values, &[]);
    }
}

#[test]
fn samples_between_minus_and_plus_hundred() {
    let values: Vec<u32> = (-16_384..16_384).map(|step| (step as f32 * 0.006_103_7).to_bits()).collect();
    for &function in Function::ALL[..FLOATS].iter().filter(|function| function.arity() == 1) {
        check(&mut Runner::new(function, values.len()), function, &values, &[]);
    }
}

#[test]
fn random_pairs() {
    let words = random_words(1 << 16);
    let (a, b) = words.split_at(words.len() / 2);
    // Moderate ones too: `pow` of any bits mostly overflows.
    let moderate =
        |words: &[u32]| -> Vec<u32> { words.iter().map(|word| word & 0x83ff_ffff | 0x3e00_0000).collect() };
    for function in [Function::Atan2, Function::Hypot, Function::Pow, Function::Remainder] {
        let mut runner = Runner::new(function, a.len());
        check(&mut runner, function, a, b);
        check(&mut runner, function, &moderate(a), &moderate(b));
        check(&mut runner, function, &moderate(a), b);
    }
}

#[test]
fn integral_powers_that_floats_have_are_exact() {
    let mut cases = Vec::new();
    for base in 2..4096u64 {
        let mut power = 1u64;
        for exponent in 0..24 {
            if power < 1 << 24 {
                cases.push((base as f32, exponent as f32, power as f32));
                cases.push((
                    -(base as f32),
                    exponent as f32,
                    if exponent % 2 == 0 { 1.0 } else { -1.0 } * power as f32,
                ));
            }
            power = power.saturating_mul(base);
        }
    }
    cases.extend((-149..128).map(|exponent| (2.0, exponent as f32, 2f64.powi(exponent) as f32)));
    cases.extend(std::iter::repeat_n((1.0, 1.0, 1.0), 8 - cases.len() % 8));
    let a: Vec<u32> = cases.iter().map(|case| case.0.to_bits()).collect();
    let b: Vec<u32> = cases.iter().map(|case| case.1.to_bits()).collect();
    let results = Runner::new(Function::Pow, a.len()).run(&a, &b);
    for (&(base, exponent, expected), result) in cases.iter().zip(results) {
        assert_eq!(f32::from_bits(result), expected, "{base} ** {exponent}");
    }
}

#[test]
fn large_angles_do_not_disturb_their_neighbours() {
    let mut values = special_values();
    values.extend(random_words(4096));
    values.truncate(values.len() / 8 * 8);
    for function in [Function::Sin, Function::Cos, Function::Tan, Function::Remainder] {
        let mut runner = Runner::new(function, values.len());
        let other = vec![3f32.to_bits(); values.len()];
        let together = runner.run(&values, &other);
        for (&value, result) in values.iter().zip(together) {
            assert_eq!(runner.run(&[value; 8], &other[..8]), [result; 8], "{function:?} of {value:#x}");
        }
    }
}

#[test]
fn functions_stand_in_the_order_of_the_enum() {
    for (index, &function) in Function::ALL.iter().enumerate() {
        assert_eq!(function as usize, index);
    }
    assert_eq!(Function::ALL.len(), Function::Clz32 as usize + 1);
}
