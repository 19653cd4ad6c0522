//! Whether what a device computed is what the oracle computed.

use std::fmt;

use crate::trace::{Class, Tolerance};

/// The largest number that a device may flush to zero.
const SMALLEST_NORMAL: f32 = f32::MIN_POSITIVE;

/// How two results differ.
#[derive(Debug, PartialEq)]
pub enum Difference {
    /// One has more elements.
    #[allow(missing_docs, reason = "the names say it")]
    Length { expected: usize, actual: usize },
    /// Some elements differ.
    #[allow(missing_docs, reason = "the names say it")]
    Elements { count: usize, total: usize, first: usize, expected: f32, actual: f32 },
}

/// Compares all elements.
///
/// # Errors
///
/// How they differ, if they do by more than `tolerance`.
pub fn compare(expected: &[f32], actual: &[f32], tolerance: &Tolerance) -> Result<(), Difference> {
    if expected.len() != actual.len() {
        return Err(Difference::Length { expected: expected.len(), actual: actual.len() });
    }
    let rule = Rule::new(tolerance, expected);
    let pairs = expected.iter().zip(actual).enumerate();
    let mut differing = pairs.filter(|&(_, (&expected, &actual))| !rule.accepts(expected, actual));
    let Some((first, (&a, &b))) = differing.next() else {
        return Ok(());
    };
    let count = 1 + differing.count();
    if count as f32 <= (1.0 - rule.share) * expected.len() as f32 {
        return Ok(());
    }
    Err(Difference::Elements { count, total: expected.len(), first, expected: a, actual: b })
}

struct Rule {
    bits: bool,
    relative: f32,
    absolute: f32,
    share: f32,
}

impl Rule {
    fn new(tolerance: &Tolerance, expected: &[f32]) -> Self {
        let rule = |relative, absolute| Self { bits: false, relative, absolute, share: 1.0 };
        match *tolerance {
            Tolerance::Custom { relative, absolute, share } => Self { share, ..rule(relative, absolute) },
            Tolerance::Class(Class::Bits) => Self { bits: true, ..rule(0.0, 0.0) },
            Tolerance::Class(Class::Exact) => rule(0.0, 0.0),
            Tolerance::Class(Class::Auto) if expected.iter().all(|&value| is_integer(value)) => {
                rule(0.0, 0.0)
            }
            Tolerance::Class(Class::Arithmetic | Class::Auto) => rule(1e-6, SMALLEST_NORMAL),
            Tolerance::Class(Class::Transcendental) => rule(1e-4, 5e-4),
        }
    }

    fn accepts(&self, expected: f32, actual: f32) -> bool {
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

/// Whether single precision holds the value and its neighbours; NaN and infinities count too.
fn is_integer(value: f32) -> bool {
    !value.is_finite() || (value.fract() == 0.0 && value.abs() <= 16_777_216.0)
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { expected, actual } => {
                write!(formatter, "{actual} floats instead of {expected}")
            }
            Self::Elements { count, total, first, expected, actual } => write!(
                formatter,
                "{count} of {total} floats differ, the first at {first}: {actual} instead of {expected}"
            ),
        }
    }
}
