//! The vector library against JavaScript's semantics: special values, all exponents, random operands.

#[path = "support/judge.rs"]
mod judge;

use std::f32::consts::{FRAC_1_SQRT_2, FRAC_PI_2, FRAC_PI_4, PI};

use compiler::emit_wasm::math::Function;
use judge::{Random, Runner, error, is_of_doubles};

/// What is promised: a row `| function | bound |` for each function.
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

/// Doubles at which something has a special case, or goes another way; each counts with both signs.
const SPECIAL_DOUBLES: &[f64] = &[
    0.0,
    5e-324,
    1e-310,
    f64::MIN_POSITIVE,
    1e-300,
    // The least half, half of it, and neighbours that differ in the last of all digits.
    5.960_464_477_539_063e-8,
    2.980_232_238_769_531_4e-8,
    2.980_232_238_769_531_3e-8,
    2.980_232_238_769_532e-8,
    6.103_515_625e-5,
    0.1,
    0.25,
    0.499_999_999_999_999_94,
    0.5,
    0.500_000_000_000_000_1,
    1.0 - f64::EPSILON / 2.0,
    1.0,
    1.0 + f64::EPSILON,
    // Ties of halves, and what a single cannot tell from one.
    1.000_488_281_25,
    1.000_488_281_25 + f64::EPSILON,
    1.000_488_281_25 - f64::EPSILON,
    1.001_464_843_75,
    1.5,
    2.0,
    2.5,
    3.0,
    3.5,
    10.0,
    126.5,
    127.0,
    254.5,
    254.500_000_000_000_03,
    255.0,
    255.5,
    256.0,
    1000.0,
    65_504.0,
    65_519.999_999_999_99,
    65_520.0,
    16_777_217.0,
    2_147_483_647.0,
    2_147_483_647.5,
    2_147_483_648.0,
    2_147_483_648.5,
    2_147_483_649.0,
    4_294_967_295.0,
    4_294_967_295.5,
    4_294_967_296.0,
    4_294_967_297.0,
    6_442_450_944.0,
    2_251_799_813_685_247.5,
    4_503_599_627_370_495.5,
    4_503_599_627_370_497.0,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
    9_007_199_254_740_994.0,
    9_223_372_036_854_775_808.0,
    18_446_744_073_709_551_616.0,
    1e20,
    1e30,
    3.402_823_466_385_288_6e38,
    3.402_823_567_797_336_6e38,
    1e100,
    1e308,
    f64::MAX,
    f64::INFINITY,
    f64::NAN,
];

#[test]
fn special_doubles_in_all_pairs() {
    let doubles: Vec<f64> = SPECIAL_DOUBLES.iter().flat_map(|&x| [x, -x]).collect();
    check_doubles(doubles.iter().flat_map(|&a| doubles.iter().map(move |&b| (a, b))).collect());
}

#[test]
fn doubles_of_all_exponents() {
    let mut random = Random::new(7);
    let sample = |sign_and_exponent: u64| {
        let start = sign_and_exponent << 52;
        [
            start,
            start + 1,
            start | ((1 << 52) - 1),
            start | (random.bits() >> 12),
            start | (random.bits() >> 30),
        ]
    };
    let doubles: Vec<f64> = (0..4096).flat_map(sample).map(f64::from_bits).collect();
    let others = doubles.iter().rev().cycle().skip(17);
    check_doubles(
        doubles.iter().cycle().zip(others).take(3 * doubles.len()).map(|(&a, &b)| (a, b)).collect(),
    );
}

#[test]
fn random_doubles() {
    let mut random = Random::new(1);
    check_doubles((0..50_000).map(|_| random.doubles()).collect());
}

#[test]
fn all_halves() {
    let halves = (0..=0xffff).map(|half| (half, 0)).collect();
    check(Function::SingleOfHalf, halves);
    // Every half, the middle to the next one, and what is beside these.
    let mut doubles = Vec::new();
    for (half, _, single) in run(Function::SingleOfHalf, (0..0x7c00).map(|half| (half, 0)).collect()) {
        let middle = f64::from(f32::from_bits(single as u32)) + middle_of_halves(half as u16);
        let steps = [-1, 0, 1].map(|step| f64::from_bits(middle.to_bits().wrapping_add_signed(step)));
        doubles.extend([
            f64::from(f32::from_bits(single as u32)),
            steps[0],
            steps[1],
            steps[2],
            -steps[0],
            -steps[2],
        ]);
    }
    check(Function::HalfOfDouble, doubles.iter().map(|x| (x.to_bits(), 0)).collect());
    check(Function::HalfOfSingle, doubles.iter().map(|&x| (u64::from((x as f32).to_bits()), 0)).collect());
}

/// Half of the distance from a positive half to the next one.
fn middle_of_halves(half: u16) -> f64 {
    2.0_f64.powi(i32::from(half >> 10).max(1) - 26)
}

#[test]
fn powers_that_are_doubles_are_exact() {
    let mut pairs = Vec::new();
    for base in -1000_i64..=1000 {
        let mut power = 1_i64;
        for exponent in 0.. {
            pairs.push(((base as f64).to_bits(), f64::from(exponent).to_bits()));
            power = power.saturating_mul(base);
            if power.unsigned_abs() > 1 << 53 || exponent > 60 {
                break;
            }
        }
    }
    for exponent in -1074..=1023 {
        pairs.push((2.0_f64.to_bits(), f64::from(exponent).to_bits()));
        pairs.push((0.5_f64.to_bits(), f64::from(-exponent).to_bits()));
    }
    for (a, b, power) in run(Function::DoublePower, pairs) {
        let (a, b) = (f64::from_bits(a), f64::from_bits(b));
        // Computed by the integers of Rust where they can.
        let integer = (b >= 0.0 && a.fract() == 0.0).then(|| (a as i128).checked_pow(b as u32)).flatten();
        let wanted = integer.filter(|power| power.unsigned_abs() <= 1 << 53).map(|power| power as f64);
        assert_eq!(f64::from_bits(power), wanted.unwrap_or_else(|| a.powf(b)), "{a} ** {b}");
    }
}

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
                pairs.push(singles(base as f32, exponent as f32));
            }
        }
    }
    for exponent in -149..=127 {
        pairs.push(singles(2.0, exponent as f32));
    }
    for (a, b, power) in run(Function::Pow, pairs) {
        let [a, b, power] = [a, b, power].map(|bits| f32::from_bits(bits as u32));
        assert_eq!(power, f64::from(a).powf(f64::from(b)) as f32, "{a} ** {b}");
    }
}

#[test]
fn one_lane_does_not_change_another() {
    // Huge angles, long divisions and wide integers take ways of their own, for all lanes if for one.
    for function in [Function::Sin, Function::Cos, Function::Tan, Function::Remainder, Function::ToInt32] {
        let ordinary: Vec<(u64, u64)> = (0..8).map(|i| singles(i as f32 * 3.7, 0.7)).collect();
        let alone = run(function, ordinary.clone());
        for lane in 0..8 {
            let mut mixed = ordinary.clone();
            mixed[lane] = singles(1e30, 0.7);
            let together = run(function, mixed);
            for other in (0..8).filter(|&other| other != lane) {
                assert_eq!(together[other], alone[other], "{function:?}: lane {other} beside lane {lane}");
            }
            assert!(error(function, together[lane]) <= 2.0, "{function:?}: lane {lane}");
        }
    }
}

/// The bits of two singles.
fn singles(a: f32, b: f32) -> (u64, u64) {
    (a.to_bits().into(), b.to_bits().into())
}

#[test]
fn one_double_does_not_change_another() {
    for function in [Function::DoubleRemainder, Function::DoublePower, Function::DoubleToInt32] {
        let ordinary: Vec<(u64, u64)> = (0..8).map(|i| (f64::from(i).to_bits(), 3.0_f64.to_bits())).collect();
        let alone = run(function, ordinary.clone());
        for lane in 0..8 {
            let mut mixed = ordinary.clone();
            mixed[lane] = (1e30_f64.to_bits(), 7.0_f64.to_bits());
            let together = run(function, mixed);
            for other in (0..8).filter(|&other| other != lane) {
                assert_eq!(together[other], alone[other], "{function:?}: lane {other} beside lane {lane}");
            }
            assert!(error(function, together[lane]) <= promise(function), "{function:?}: lane {lane}");
        }
    }
}

#[test]
fn every_function_has_a_promise() {
    for &function in Function::ALL {
        assert!(promise(function) <= 2.0, "{function:?}");
    }
}

/// Checks each function of singles or integers with all pairs of operands.
fn check_all(pairs: Vec<(u32, u32)>) {
    let pairs: Vec<(u64, u64)> = pairs.into_iter().map(|(a, b)| (a.into(), b.into())).collect();
    let functions = Function::ALL.iter().filter(|function| !is_of_doubles(**function));
    functions.for_each(|function| check(*function, pairs.clone()));
}

/// Checks each function of doubles.
fn check_doubles(pairs: Vec<(f64, f64)>) {
    let pairs: Vec<(u64, u64)> = pairs.into_iter().map(|(a, b)| (a.to_bits(), b.to_bits())).collect();
    let functions = Function::ALL.iter().filter(|function| is_of_doubles(**function));
    functions.for_each(|function| check(*function, pairs.clone()));
}

/// Checks a function with all pairs of operands, which are told by their bits.
fn check(function: Function, pairs: Vec<(u64, u64)>) {
    let bound = promise(function);
    for result in run(function, pairs) {
        let error = error(function, result);
        let (a, b, got) = result;
        let number = |bits: u64| {
            if is_of_doubles(function) { f64::from_bits(bits) } else { f32::from_bits(bits as u32).into() }
        };
        assert!(
            error <= bound,
            "{function:?}: {error} ulp with {:e} and {:e} ({a:#x}, {b:#x}), which give {:e} ({got:#x})",
            number(a),
            number(b),
            number(got),
        );
    }
}

/// The operands and results of a function.
fn run(function: Function, mut pairs: Vec<(u64, u64)>) -> Vec<(u64, u64, u64)> {
    let count = pairs.len();
    pairs.resize(count.next_multiple_of(8), (0, 0));
    let (a, b): (Vec<u64>, Vec<u64>) = pairs.iter().copied().unzip();
    let results = Runner::new(function, pairs.len()).run(&a, &b);
    pairs.into_iter().zip(results).take(count).map(|((a, b), result)| (a, b, result)).collect()
}

/// The rows of `docs/accuracy.md` for functions of doubles and halves: the worst of random operands, and the time.
#[test]
#[ignore = "it measures"]
fn rows_of_the_table() {
    const LANES: usize = 4096;
    let mut random = Random::new(3);
    let operands: Vec<(f64, f64)> = (0..2_000_000).map(|_| random.doubles()).collect();
    for &function in Function::ALL.iter().filter(|function| is_of_doubles(**function)) {
        let pairs = operands.iter().map(|(a, b)| (a.to_bits(), b.to_bits())).collect();
        let worst = run(function, pairs).into_iter().map(|result| (error(function, result), result));
        let (error, (a, b, _)) = worst.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap();
        println!("{function:?}: {error} ulp with {:e}, {:e}", f64::from_bits(a), f64::from_bits(b));
    }
    let last = [Function::SingleOfHalf, Function::HalfOfSingle];
    for &function in
        Function::ALL.iter().filter(|function| is_of_doubles(**function) || last.contains(function))
    {
        let mut runner = Runner::new(function, LANES);
        let number = |lane: usize| 10.0 * lane as f64 / LANES as f64;
        let bits = |lane| {
            if is_of_doubles(function) {
                number(lane).to_bits()
            } else {
                (number(lane) as f32).to_bits().into()
            }
        };
        // A power has an integer for exponent.
        let exponents: Vec<u64> = (0..LANES).map(|lane| number(lane).ceil().to_bits()).collect();
        runner.run(&(0..LANES).map(bits).collect::<Vec<u64>>(), &exponents);
        let once = |_| {
            let start = std::time::Instant::now();
            runner.compute();
            start.elapsed().as_secs_f64()
        };
        let best = (0..1000).map(once).fold(f64::INFINITY, f64::min);
        println!("{function:?}: {:.1} ns for eight lanes", best * 1e9 / (LANES / 8) as f64);
    }
}

/// How many units in the last place a result may be off.
fn promise(function: Function) -> f64 {
    let start = format!("| {function:?} | ");
    let row = PROMISES.lines().find_map(|line| line.strip_prefix(&start));
    let row = row.unwrap_or_else(|| panic!("docs/accuracy.md has no row for {function:?}"));
    row.split(" |").next().unwrap().parse().unwrap_or_else(|_| panic!("{function:?}: no number starts {row}"))
}
