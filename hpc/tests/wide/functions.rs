//! The functions of the libraries, and what they should give.

use super::operands::Pairs;
use super::oracle;

/// What a parameter or a result is. In tables all are 64 bits: those of a double, or a narrower value's in the lower half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `hpc__wide`.
    Wide,
    /// IEEE bits as a `vec2u`.
    Bits,
    F32,
    I32,
    U32,
    Bool,
}

/// How near a result must be.
#[derive(Clone, Copy)]
enum Nearness {
    /// The same bits; any NaN is NaN.
    Exact,
    /// Of a power, the next double will do where the result is rounded.
    NextOfRounded,
}

/// Which operands a function is tried on.
#[derive(Clone, Copy)]
enum Domain {
    /// Pairs of doubles, or the first of each.
    Doubles,
    /// Pairs of doubles that are integers or infinite.
    Whole,
    /// A double and an integer that it is raised to.
    Powers,
    /// Lower halves of random bits, and doubles as singles.
    Singles,
    /// Lower halves of random bits, and doubles as integers.
    Integers,
    /// All halves.
    Halves,
}

/// One function.
pub(super) struct Function {
    /// Its name, or an expression of `a` and `b`.
    pub(super) name: &'static str,
    pub(super) parameters: &'static [Kind],
    pub(super) result: Kind,
    domain: Domain,
    nearness: Nearness,
    oracle: fn(u64, u64) -> u64,
}

impl Function {
    /// What is computed of `a` and `b`.
    pub(super) fn call(&self) -> String {
        match (self.name.contains('('), self.parameters.len()) {
            (true, _) => self.name.to_owned(),
            (false, 1) => format!("{}(a)", self.name),
            (false, _) => format!("{}(a, b)", self.name),
        }
    }

    /// The operands to try.
    pub(super) fn operands(&self, pairs: &Pairs) -> Vec<[u64; 2]> {
        match self.domain {
            Domain::Doubles if self.parameters.len() == 1 => pairs.singly(),
            Domain::Doubles => pairs.doubles(),
            Domain::Whole => pairs.whole(),
            Domain::Powers => pairs.powers(),
            Domain::Singles => pairs.singles(),
            Domain::Integers => pairs.integers(),
            Domain::Halves => (0..1 << 16).map(|bits| [bits, 0]).collect(),
        }
    }

    /// Whether only devices that have doubles have it.
    pub(super) fn is_native(&self) -> bool {
        self.name.starts_with("hpc__whole_")
    }

    /// What the result should be.
    pub(super) fn expected(&self, [a, b]: [u64; 2]) -> u64 {
        (self.oracle)(a, b)
    }

    /// Whether a result will do.
    pub(super) fn accepts(&self, operands: [u64; 2], result: u64) -> bool {
        let expected = self.expected(operands);
        match self.nearness {
            Nearness::Exact => expected == result,
            Nearness::NextOfRounded => {
                let is_rounded = oracle::is_power_rounded(operands.map(f64::from_bits));
                expected.abs_diff(result) <= u64::from(is_rounded)
            }
        }
    }
}

/// Of doubles.
const fn wide(name: &'static str, parameters: &'static [Kind], oracle: fn(u64, u64) -> u64) -> Function {
    to(Kind::Wide, name, parameters, oracle)
}

/// Of doubles to something else.
const fn to(
    result: Kind,
    name: &'static str,
    parameters: &'static [Kind],
    oracle: fn(u64, u64) -> u64,
) -> Function {
    Function { name, parameters, result, domain: Domain::Doubles, nearness: Nearness::Exact, oracle }
}

/// Of something else.
const fn of(
    domain: Domain,
    name: &'static str,
    (parameter, result): (&'static [Kind], Kind),
    oracle: fn(u64, u64) -> u64,
) -> Function {
    Function { name, parameters: parameter, result, domain, nearness: Nearness::Exact, oracle }
}

/// Of doubles that are integers.
const fn whole(
    result: Kind,
    name: &'static str,
    parameters: &'static [Kind],
    oracle: fn(u64, u64) -> u64,
) -> Function {
    Function { domain: Domain::Whole, ..to(result, name, parameters, oracle) }
}

const ONE: &[Kind] = &[Kind::Wide];
const TWO: &[Kind] = &[Kind::Wide, Kind::Wide];

/// Makes an oracle of a function on doubles.
macro_rules! double {
    (|$a:ident| $value:expr) => {
        |a, _| {
            let $a = f64::from_bits(a);
            oracle::bits($value)
        }
    };
    (|$a:ident, $b:ident| $value:expr) => {
        |a, b| {
            let ($a, $b) = (f64::from_bits(a), f64::from_bits(b));
            oracle::bits($value)
        }
    };
}

/// Makes an oracle of a test of doubles.
macro_rules! test {
    (|$a:ident, $b:ident| $value:expr) => {
        |a, b| {
            let ($a, $b) = (f64::from_bits(a), f64::from_bits(b));
            u64::from($value)
        }
    };
}

/// Every function that kernels call, and what drivers would contract or simplify if the functions let them.
pub(super) static FUNCTIONS: &[Function] = &[
    wide("hpc__wide_add", TWO, double!(|a, b| a + b)),
    wide("hpc__wide_subtract", TWO, double!(|a, b| a - b)),
    wide("hpc__wide_multiply", TWO, double!(|a, b| a * b)),
    wide("hpc__wide_divide", TWO, double!(|a, b| a / b)),
    wide("hpc__wide_remainder", TWO, double!(|a, b| a % b)),
    wide("hpc__wide_add(hpc__wide_multiply(a, b), b)", TWO, double!(|a, b| a * b + b)),
    wide("hpc__wide_subtract(hpc__wide_multiply(a, b), a)", TWO, double!(|a, b| a * b - a)),
    wide("hpc__wide_subtract(hpc__wide_add(a, b), b)", TWO, double!(|a, b| (a + b) - b)),
    wide("hpc__wide_subtract(a, hpc__wide_subtract(a, b))", TWO, double!(|a, b| a - (a - b))),
    wide("hpc__wide_multiply(hpc__wide_divide(a, b), b)", TWO, double!(|a, b| a / b * b)),
    wide("hpc__wide_subtract(a, hpc__wide_floor(a))", ONE, double!(|a| a - a.floor())),
    wide("hpc__wide_min", TWO, double!(|a, b| oracle::min(a, b))),
    wide("hpc__wide_max", TWO, double!(|a, b| -oracle::min(-a, -b))),
    Function {
        domain: Domain::Powers,
        nearness: Nearness::NextOfRounded,
        ..wide("hpc__wide_pow", TWO, double!(|a, b| oracle::pow(a, b)))
    },
    wide("hpc__wide_sqrt", ONE, double!(|a| a.sqrt())),
    wide("hpc__wide_negate", ONE, double!(|a| -a)),
    wide("hpc__wide_abs", ONE, double!(|a| a.abs())),
    wide("hpc__wide_sign", ONE, double!(|a| oracle::sign(a))),
    wide("hpc__wide_floor", ONE, double!(|a| a.floor())),
    wide("hpc__wide_ceil", ONE, double!(|a| a.ceil())),
    wide("hpc__wide_trunc", ONE, double!(|a| a.trunc())),
    wide("hpc__wide_round", ONE, double!(|a| oracle::round(a))),
    wide("hpc__wide_fround", ONE, double!(|a| f64::from(a as f32))),
    to(Kind::Bool, "hpc__wide_equal", TWO, test!(|a, b| a == b)),
    to(Kind::Bool, "hpc__wide_less", TWO, test!(|a, b| a < b)),
    to(Kind::Bool, "hpc__wide_less_or_equal", TWO, test!(|a, b| a <= b)),
    to(Kind::Bool, "hpc__wide_is_nan", ONE, |a, _| u64::from(f64::from_bits(a).is_nan())),
    whole(Kind::Wide, "hpc__whole_add", TWO, double!(|a, b| a + b)),
    whole(Kind::Wide, "hpc__whole_subtract", TWO, double!(|a, b| a - b)),
    whole(Kind::Wide, "hpc__whole_multiply", TWO, double!(|a, b| a * b)),
    whole(Kind::Wide, "hpc__whole_add(hpc__whole_multiply(a, b), b)", TWO, double!(|a, b| a * b + b)),
    whole(Kind::Wide, "hpc__whole_subtract(hpc__whole_add(a, b), b)", TWO, double!(|a, b| (a + b) - b)),
    whole(Kind::Wide, "hpc__whole_remainder", TWO, double!(|a, b| a % b)),
    whole(Kind::Wide, "hpc__whole_remainder_of_power(a, 8.0lf, 0.125lf)", TWO, double!(|a, _b| a % 8.0)),
    whole(Kind::Bool, "hpc__whole_is_multiple(a, 8.0lf, 0.125lf)", TWO, test!(|a, _b| a % 8.0 == 0.0)),
    whole(Kind::Bool, "hpc__whole_equal", TWO, test!(|a, b| a == b)),
    whole(Kind::Bool, "hpc__whole_less", TWO, test!(|a, b| a < b)),
    whole(Kind::Bool, "hpc__whole_less_or_equal", TWO, test!(|a, b| a <= b)),
    to(Kind::Bits, "hpc__wide_bits", ONE, double!(|a| a)),
    to(Kind::F32, "hpc__wide_to_f32", ONE, |a, _| oracle::single_bits(f64::from_bits(a) as f32)),
    to(Kind::U32, "hpc__wide_to_f16_bits", ONE, |a, _| oracle::half_bits(f64::from_bits(a))),
    to(Kind::I32, "hpc__wide_to_int32", ONE, |a, _| oracle::to_int32(f64::from_bits(a))),
    to(Kind::I32, "hpc__wide_to_index", ONE, |a, _| oracle::to_index(f64::from_bits(a))),
    to(Kind::U32, "hpc__wide_to_clamped", ONE, |a, _| oracle::clamped(f64::from_bits(a))),
    of(Domain::Doubles, "hpc__wide_of_bits", (&[Kind::Bits], Kind::Wide), double!(|a| a)),
    of(Domain::Integers, "hpc__wide_of_i32", (&[Kind::I32], Kind::Wide), |a, _| {
        oracle::bits(f64::from(a as i32))
    }),
    of(Domain::Integers, "hpc__wide_of_u32", (&[Kind::U32], Kind::Wide), |a, _| {
        oracle::bits(f64::from(a as u32))
    }),
    of(Domain::Singles, "hpc__wide_of_f32", (&[Kind::F32], Kind::Wide), |a, _| {
        oracle::bits(f64::from(f32::from_bits(a as u32)))
    }),
    of(Domain::Singles, "hpc__f16_bits", (&[Kind::F32], Kind::U32), |a, _| {
        oracle::half_bits(f64::from(f32::from_bits(a as u32)))
    }),
    of(Domain::Singles, "hpc__clamped", (&[Kind::F32], Kind::U32), |a, _| {
        oracle::clamped(f64::from(f32::from_bits(a as u32)))
    }),
    of(Domain::Halves, "hpc__f32_of_f16", (&[Kind::U32], Kind::F32), |a, _| {
        oracle::single_bits(oracle::half(a) as f32)
    }),
];
