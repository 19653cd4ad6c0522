//! When what was found is what plain JavaScript gives.

use artifact::{ElementType, Interface};
use interpreter::Memory;

use crate::judge::Verdict;

/// How closely floats must agree: of the value, or as a number.
const TOLERANCE: f64 = 1e-4;

/// How many numbers and pixels were compared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Compared {
    /// Bit for bit.
    pub(crate) exactly: usize,
    /// Within a tolerance, as they are computed from singles.
    pub(crate) nearly: usize,
}

/// The first difference between a verdict and what was found in these buffers; and in the pixels, of which all were as they are given
/// before.
pub(crate) fn difference(
    interface: &Interface,
    written: &[usize],
    verdict: &Verdict,
    (found, before): (&Memory, &[u32]),
    compared: &mut Compared,
) -> Option<String> {
    for (&buffer, expected) in written.iter().zip(&verdict.buffers) {
        let described = &interface.buffers[buffer];
        let numbers = found.numbers(interface, buffer);
        let is_same = match (described.element, &*described.name) {
            (_, "floats") => near,
            (ElementType::Vec2 | ElementType::Vec3 | ElementType::Vec4, _) => equal,
            _ => identical,
        };
        let count = if described.name == "floats" { &mut compared.nearly } else { &mut compared.exactly };
        *count += numbers.len();
        if let Some(place) =
            expected.iter().zip(&numbers).position(|(&expected, &found)| !is_same(expected, found))
        {
            let (name, expected, found) = (&described.name, expected[place], numbers[place]);
            return Some(format!("{name}, number {place}: {expected:?} in JavaScript, found {found:?}"));
        }
    }
    let mut expected = before.to_vec();
    for &(place, color) in &verdict.painted {
        expected[place] = color;
    }
    compared.exactly += verdict.painted.len();
    let place = expected.iter().zip(&found.pixels).position(|(expected, found)| expected != found)?;
    Some(format!("pixel {place}: {:#08x} in JavaScript, found {:#08x}", expected[place], found.pixels[place]))
}

/// The same number; NaN is NaN.
fn identical(expected: f64, found: f64) -> bool {
    expected.to_bits() == found.to_bits() || (expected.is_nan() && found.is_nan())
}

/// The same number, but for the sign of zero: vectors of singles are integers here, and devices do not keep it.
fn equal(expected: f64, found: f64) -> bool {
    expected == found
}

fn near(expected: f64, found: f64) -> bool {
    let near = (expected - found).abs() <= TOLERANCE * expected.abs().max(1.0);
    near || expected == found || (expected.is_nan() && found.is_nan())
}
