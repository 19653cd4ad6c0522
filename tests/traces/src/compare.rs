//! Whether what a device computed is what the oracle computed.

use std::fmt;

use crate::trace::{Class, Tolerance};

/// The largest number that a device may flush to zero.
const SMALLEST_NORMAL: f64 = f32::MIN_POSITIVE as f64;

/// What is compared: singles, or anything else as doubles.
pub trait Compared: Copy + Into<f64> {
    /// Up to here it holds all integers and their neighbours.
    const LARGEST_INTEGER: f64;
}

impl Compared for f32 {
    const LARGEST_INTEGER: f64 = 16_777_216.0;
}

impl Compared for f64 {
    const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;
}

/// How two results differ.
#[derive(Debug, PartialEq)]
pub enum Difference {
    /// One has more elements.
    #[allow(missing_docs, reason = "the names say it")]
    Length { expected: usize, actual: usize },
    /// Some elements differ.
    #[allow(missing_docs, reason = "the names say it")]
    Elements { count: usize, total: usize, first: usize, expected: f64, actual: f64 },
}

/// Compares all elements.
///
/// # Errors
///
/// How they differ, if they do by more than `tolerance`.
pub fn compare<T: Compared>(expected: &[T], actual: &[T], tolerance: &Tolerance) -> Result<(), Difference> {
    if expected.len() != actual.len() {
        return Err(Difference::Length { expected: expected.len(), actual: actual.len() });
    }
    let rule = Rule::new(tolerance, expected);
    let pairs =
        expected.iter().zip(actual).map(|(&expected, &actual)| (expected.into(), actual.into())).enumerate();
    let mut differing = pairs.filter(|&(_, (expected, actual))| !rule.accepts(expected, actual));
    let Some((first, (a, b))) = differing.next() else {
        return Ok(());
    };
    let count = 1 + differing.count();
    if count as f64 <= (1.0 - rule.share) * expected.len() as f64 {
        return Ok(());
    }
    Err(Difference::Elements { count, total: expected.len(), first, expected: a, actual: b })
}

struct Rule {
    bits: bool,
    relative: f64,
    absolute: f64,
    share: f64,
}

impl Rule {
    fn new<T: Compared>(tolerance: &Tolerance, expected: &[T]) -> Self {
        let rule = |relative, absolute| Self { bits: false, relative, absolute, share: 1.0 };
        match *tolerance {
            Tolerance::Custom { relative, absolute, share } => {
                Self { share: share.into(), ..rule(relative.into(), absolute.into()) }
            }
            Tolerance::Class(Class::Bits) => Self { bits: true, ..rule(0.0, 0.0) },
            Tolerance::Class(Class::Exact) => rule(0.0, 0.0),
            Tolerance::Class(Class::Auto) if expected.iter().all(|&value| is_integer(value)) => {
                rule(0.0, 0.0)
            }
            Tolerance::Class(Class::Arithmetic | Class::Auto) => rule(1e-6, SMALLEST_NORMAL),
            Tolerance::Class(Class::Transcendental) => rule(1e-4, 5e-4),
        }
    }

    fn accepts(&self, expected: f64, actual: f64) -> bool {
        if expected.is_nan() || actual.is_nan() {
            return expected.is_nan() && actual.is_nan();
        }
        if self.bits || expected.is_infinite() {
            return expected.to_bits() == actual.to_bits();
        }
        let difference = (expected - actual).abs();
        expected == actual || difference <= self.absolute || difference <= self.relative * expected.abs()
    }
}

/// Whether it is an integer that such numbers hold, and so its neighbours; NaN and infinities count too.
fn is_integer<T: Compared>(value: T) -> bool {
    let value = value.into();
    !value.is_finite() || (value.fract() == 0.0 && value.abs() <= T::LARGEST_INTEGER)
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { expected, actual } => {
                write!(formatter, "{actual} numbers instead of {expected}")
            }
            Self::Elements { count, total, first, expected, actual } => write!(
                formatter,
                "{count} of {total} numbers differ, the first at {first}: {actual} instead of {expected}"
            ),
        }
    }
}
