//! What code relies on that only a run can tell: how large its extents and uniforms are.

use serde::{Deserialize, Serialize};

use crate::is_int32;

/// Conditions on a run, all of which must hold. Without any, they hold for every run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Conditions {
    /// Numbers that are integers of 32 bits, and not -0.
    pub integers: Vec<UniformPart>,
    /// Numbers that are fractions or small integers.
    pub small: Vec<Small>,
    /// Sums that do not exceed their limits.
    pub bounds: Vec<Bound>,
}

/// A number of a uniform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UniformPart {
    /// Position in [`crate::Interface::uniforms`].
    pub uniform: usize,
    /// Which component of a vector; none for each number that the uniform has.
    pub component: Option<u8>,
}

/// A number that is at most `limit` away from 0 if it is an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Small {
    /// Which number.
    pub part: UniformPart,
    /// How far from 0 it may be.
    pub limit: u32,
}

/// A sum that must be at most `limit`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bound {
    /// The terms that are added.
    pub terms: Vec<Term>,
    /// The largest value it may have.
    pub limit: i64,
}

/// A product of a constant and of what depends on the run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Term {
    /// The constant.
    pub coefficient: i64,
    /// The rest, sorted; none for a constant term.
    pub factors: Vec<Factor>,
}

/// A number that depends on the run and is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Factor {
    /// The extent along an axis, 0 to 2.
    Extent(u8),
    /// A number of a uniform, or 0 where that is negative; the largest, if it is each.
    Positive(UniformPart),
    /// The same of the number with the other sign.
    Negative(UniformPart),
}

impl Conditions {
    /// Whether there are no conditions, so that every run meets them.
    pub fn is_empty(&self) -> bool {
        self.integers.is_empty() && self.small.is_empty() && self.bounds.is_empty()
    }

    /// Whether they hold for a run over `extents` with these uniforms, by their position: the numbers that each consists of.
    pub fn hold<'v>(&self, extents: [u32; 3], numbers: impl Fn(usize) -> &'v [f64]) -> bool {
        let run = Run { extents, numbers };
        self.integers.iter().all(|&part| run.part(part).iter().all(|&number| is_int32(number)))
            && self.small.iter().all(|small| run.part(small.part).iter().all(|&number| small.allows(number)))
            && self.bounds.iter().all(|bound| run.sum(bound) <= bound.limit as f64)
    }
}

/// A run, as conditions see it.
struct Run<N> {
    extents: [u32; 3],
    numbers: N,
}

impl<'v, N: Fn(usize) -> &'v [f64]> Run<N> {
    fn part(&self, part: UniformPart) -> &'v [f64] {
        let numbers = (self.numbers)(part.uniform);
        match part.component {
            Some(component) => {
                numbers.get(usize::from(component)..).and_then(|rest| rest.get(..1)).unwrap_or(&[])
            }
            None => numbers,
        }
    }

    /// The sum, in doubles: those are exact up to 2^53, and limits are not larger.
    fn sum(&self, bound: &Bound) -> f64 {
        let of_term = |term: &Term| {
            term.factors
                .iter()
                .fold(term.coefficient as f64, |product, &factor| product * self.factor(factor))
        };
        bound.terms.iter().map(of_term).sum()
    }

    fn factor(&self, factor: Factor) -> f64 {
        match factor {
            Factor::Extent(axis) => {
                self.extents.get(usize::from(axis)).map_or(0.0, |&extent| f64::from(extent))
            }
            Factor::Positive(part) => self.part(part).iter().copied().fold(0.0, f64::max),
            Factor::Negative(part) => self.part(part).iter().map(|number| -number).fold(0.0, f64::max),
        }
    }
}

impl Small {
    fn allows(self, number: f64) -> bool {
        number.abs() <= f64::from(self.limit) || number.fract() != 0.0 || !number.is_finite()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const N: UniformPart = UniformPart { uniform: 0, component: None };
    const Y: UniformPart = UniformPart { uniform: 1, component: Some(1) };

    fn holds(conditions: &Conditions, extents: [u32; 3], n: f64, y: f64) -> bool {
        let uniforms = [vec![n], vec![0.5, y]];
        conditions.hold(extents, |uniform| &uniforms[uniform])
    }

    #[test]
    fn integers_have_32_bits_and_no_sign_at_zero() {
        let conditions = Conditions { integers: vec![N, Y], ..Conditions::default() };
        for number in [0.0, -1.0, 2_147_483_647.0, -2_147_483_648.0] {
            assert!(holds(&conditions, [1; 3], number, 1.0), "{number}");
        }
        for number in [-0.0, 0.5, 2_147_483_648.0, f64::NAN, f64::INFINITY] {
            assert!(!holds(&conditions, [1; 3], number, 1.0), "{number}");
            assert!(!holds(&conditions, [1; 3], 1.0, number), "{number}");
        }
    }

    #[test]
    fn integers_are_small_and_fractions_are_not() {
        let small = vec![Small { part: N, limit: 32 }];
        let conditions = Conditions { small, ..Conditions::default() };
        for number in [-0.0, 0.1, 32.0, 1e9 + 0.5, f64::NAN, f64::NEG_INFINITY] {
            assert!(holds(&conditions, [1; 3], number, 0.0), "{number}");
        }
        assert!(!holds(&conditions, [1; 3], -33.0, 0.0));
        assert!(!holds(&conditions, [1; 3], 1e30, 0.0));
    }

    #[test]
    fn sums_are_of_products() {
        // y * n + n - 1 ≤ 100, where n counts if it is positive, and 5 * -y is added.
        let term = |coefficient, factors: &[Factor]| Term { coefficient, factors: factors.to_vec() };
        let (n, below) = (Factor::Positive(N), Factor::Negative(Y));
        let terms = vec![term(1, &[Factor::Extent(1), n]), term(1, &[n]), term(-1, &[]), term(5, &[below])];
        let conditions = Conditions { bounds: vec![Bound { terms, limit: 100 }], ..Conditions::default() };
        assert!(holds(&conditions, [7, 9, 7], 10.0, 3.0));
        assert!(!holds(&conditions, [7, 9, 7], 10.0, -3.0));
        assert!(!holds(&conditions, [7, 10, 7], 10.0, 3.0));
        assert!(holds(&conditions, [7, 10, 7], -10.0, -20.0));
    }
}
