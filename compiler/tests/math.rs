//! The vector library against JavaScript's semantics: special values, all exponents, random operands.

#[path = "support/judge.rs"]
mod judge;

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_PI_2, FRAC_PI_4, PI};

use compiler::emit_wasm::math::Function;
use judge::{Random, Runner, error};

/// What is promised: a row `| function | bound |` for each function of floats.
const PROMISES: &str = include_str!("../../docs/accuracy.md");

/// Floats at which some function has a special case, or changes from one formula to another; each counts with both signs.
const SPECIAL_FLOATS: &[f32] = &[
    0.0,
    1e-45,
    1e-40,
    f32::MIN_POSITIVE,
    1e-30,
    1e-8,
    1e-3,
    0.1,
    0.25,
    1.0 / 3.0,
    0.414_213_57,
    0.5,
    FRAC_1_SQRT_2,
    FRAC_1_SQRT_2 + f32::EPSILON / 2.0,
    FRAC_PI_4,
    1.0 - f32::EPSILON / 2.0,
    1.0,
    1.0 + f32::EPSILON,
    1.5,
    FRAC_PI_2,
    2.0,
    2.5,
    3.0,
    PI,
    7.0,
    9.0,
    10.0,
    44.0,
    88.722_83,
    88.722_84,
    89.415_98,
    89.415_99,
    100.0,
    103.972_08,
    103.972_09,
    126.0,
    127.0,
    128.0,
    149.0,
    150.0,
    1000.0,
    8_388_607.5,
    16_777_215.0,
    16_777_216.0,
    1_048_576.0,
    1_048_576.1,
    2_147_483_520.0,
    2_147_483_648.0,
    4_294_967_296.0,
    6_442_450_944.0,
    1e20,
    f32::MAX,
    f32::INFINITY,
    f32::NAN,
];

const SPECIAL_INTEGERS: &[i32] = &[
    0,
    1,
    2,
    3,
    5,
    7,
    8,
    255,
    256,
    32_767,
    32_768,
    46_340,
    46_341,
    65_535,
    65_536,
    16_777_215,
    16_777_217,
    1_073_741_824,
    1_431_655_765,
    2_147_483_646,
    i32::MAX,
    i32::MIN,
];

#[test]
fn special_values_in_all_pairs() {
    let floats = SPECIAL_FLOATS.iter().flat_map(|x| [x.to_bits(), (-x).to_bits()]);
    let integers = SPECIAL_INTEGERS.iter().flat_map(|&x| [x as u32, x.wrapping_neg() as u32]);
    let words: Vec<u32> = floats.chain(integers).collect();
    let pairs = words.iter().flat_map(|&a| words.iter().map(move |&b| (a, b))).collect();
    check_all(pairs);
}

#[test]
fn samples_of_all_exponents() {
    let mut random = Random::new(7);
    let mut sample = |sign_and_exponent: u32| {
        let start = sign_and_exponent << 23;
        [start, start + 1, start + 0x7f_ffff, start + (random.word() >> 9), start + (random.word() >> 9)]
    };
    let words: Vec<u32> = (0..512).flat_map(&mut sample).collect();
    let others = words.iter().rev().cycle().skip(17);
    let pairs = words.iter().cycle().zip(others).take(5 * words.len()).map(|(&a, &b)| (a, b)).collect();
    check_all(pairs);
}

#[test]
fn random_operands() {
    let mut random = Random::new(1);
    check_all((0..50_000).map(|_| random.pair()).collect());
}

#[test]
fn every_digit_of_ordinary_numbers() {
    // One in 997 of the floats from 1/64 to 64, of both signs.
    let words = (0x3c80_0000..0x4280_0000_u32).step_by(997);
    check_all(words.flat_map(|bits| [(bits, bits), (bits | 1 << 31, bits ^ 0x155)]).collect());
}

#[test]
fn angles_near_a_multiple_of_a_quarter_turn() {
    // Mantissas and exponents of the floats that are nearest to one, from the continued fractions of 2ᵉ·2/π.
    let nearest = [
        (16_367_173, 72),
        (10_741_887, 11),
        (16_573_937, -16),
        (10_057_457, 62),
        (11_617_958, 17),
        (9_012_376, 53),
        (14_173_733, 88),
        (10_695_401, 2),
        (14_015_064, 66),
        (13_444_207, -8),
        (12_558_490, 78),
        (10_838_702, -2),
    ];
    let angles = nearest.into_iter().flat_map(|(mantissa, exponent)| {
        (0..8).map(move |doublings| mantissa as f32 * 2.0_f32.powi(exponent + doublings))
    });
    check_all(angles.flat_map(|angle| [(angle.to_bits(), 0), ((-angle).to_bits(), 0)]).collect());
}

#[test]
fn powers_that_are_floats_are_exact() {
    let mut pairs = Vec::new();
    for base in -4096_i32..=4096 {
        for exponent in 0..=150_u32 {
            let power = f64::from(base).powi(exponent as i32);
            if f64::from(power as f32) == power {
                pairs.push(((base as f32).to_bits(), (exponent as f32).to_bits()));
            }
        }
    }
    for exponent in -149..=127 {
        pairs.push((2.0_f32.to_bits(), (exponent as f32).to_bits()));
    }
    for (a, b, power) in run(Function::Pow, pairs) {
        let (a, b) = (f32::from_bits(a), f32::from_bits(b));
        assert_eq!(f32::from_bits(power), f64::from(a).powf(f64::from(b)) as f32, "{a} ** {b}");
    }
}

#[test]
fn one_lane_does_not_change_another() {
    // Huge angles, long divisions and wide integers take ways of their own, for all lanes if for one.
    for function in [Function::Sin, Function::Cos, Function::Tan, Function::Remainder, Function::ToInt32] {
        let ordinary: Vec<(u32, u32)> =
            (0..8).map(|i| ((i as f32 * 3.7).to_bits(), 0.7_f32.to_bits())).collect();
        let alone = run(function, ordinary.clone());
        for lane in 0..8 {
            let mut mixed = ordinary.clone();
            mixed[lane] = (1e30_f32.to_bits(), 0.7_f32.to_bits());
            let together = run(function, mixed);
            for other in (0..8).filter(|&other| other != lane) {
                assert_eq!(together[other], alone[other], "{function:?}: lane {other} beside lane {lane}");
            }
            assert!(error(function, together[lane]) <= 2.0, "{function:?}: lane {lane}");
        }
    }
}

#[test]
fn every_function_has_a_promise() {
    for &function in Function::ALL {
        assert!(promise(function) <= 2.0, "{function:?}");
    }
}

/// Checks each function with all pairs of operands.
fn check_all(pairs: Vec<(u32, u32)>) {
    for &function in Function::ALL {
        let bound = promise(function);
        for result in run(function, pairs.clone()) {
            let error = error(function, result);
            let (a, b, got) = result;
            assert!(
                error <= bound,
                "{function:?}: {error} ulp with {:e} and {:e} ({a:#x}, {b:#x}), which give {:e} ({got:#x})",
                f32::from_bits(a),
                f32::from_bits(b),
                f32::from_bits(got),
            );
        }
    }
}

/// The operands and results of a function.
fn run(function: Function, mut pairs: Vec<(u32, u32)>) -> Vec<(u32, u32, u32)> {
    let count = pairs.len();
    pairs.resize(count.next_multiple_of(8), (0, 0));
    let (a, b): (Vec<u32>, Vec<u32>) = pairs.iter().copied().unzip();
    let results = Runner::new(function, pairs.len()).run(&a, &b);
    pairs.into_iter().zip(results).take(count).map(|((a, b), result)| (a, b, result)).collect()
}

/// How many units in the last place a result may be off.
fn promise(function: Function) -> f64 {
    let start = format!("| {function:?} | ");
    let row = PROMISES.lines().find_map(|line| line.strip_prefix(&start));
    let row = row.unwrap_or_else(|| panic!("docs/accuracy.md has no row for {function:?}"));
    row.split(" |").next().unwrap().parse().unwrap_or_else(|_| panic!("{function:?}: no number starts {row}"))
}
