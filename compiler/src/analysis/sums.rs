//! Sums of products of what a run is given: its extents and uniforms. Bounds are such sums.
//!
//! Each factor is a number that is not negative ([`Factor`]), and so is each product of factors. So a sum grows with each coefficient.

use artifact::{Bound, Factor, Term};

/// A sum of terms with different factors, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum(Vec<Term>);

/// More terms than that are not added up, and more factors not multiplied: nobody writes such bounds.
const MOST_TERMS: usize = 16;
const MOST_FACTORS: usize = 4;

/// Whether a sum is at most a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// In every run.
    Always,
    /// In no run that matters.
    Never,
    /// In the runs that keep this bound.
    If(Bound),
}

impl Sum {
    /// The sum of one constant.
    pub fn constant(value: i64) -> Self {
        let terms =
            if value == 0 { Vec::new() } else { vec![Term { coefficient: value, factors: Vec::new() }] };
        Self(terms)
    }

    /// The sum of one factor.
    pub fn factor(factor: Factor) -> Self {
        Self(vec![Term { coefficient: 1, factors: vec![factor] }])
    }

    /// The constant that it is, if it is one.
    pub fn as_constant(&self) -> Option<i64> {
        match self.0.as_slice() {
            [] => Some(0),
            [Term { coefficient, factors }] if factors.is_empty() => Some(*coefficient),
            _ => None,
        }
    }

    /// Whether it is at most `limit`.
    pub fn is_at_most(&self, limit: i64) -> Holds {
        match self.as_constant() {
            Some(constant) if constant <= limit => Holds::Always,
            Some(_) => Holds::Never,
            None => Holds::If(Bound { terms: self.0.clone(), limit }),
        }
    }

    /// How many factors the longest product has.
    pub fn degree(&self) -> usize {
        self.0.iter().map(|term| term.factors.len()).max().unwrap_or(0)
    }

    /// Its terms that are not negative.
    pub fn positive(&self) -> Self {
        Self(self.0.iter().filter(|term| term.coefficient > 0).cloned().collect())
    }

    /// `self + other`; none where it is too long.
    pub fn plus(&self, other: &Self) -> Option<Self> {
        self.merged(other, i64::checked_add)
    }

    /// A sum that is at least as large as both.
    pub fn join(&self, other: &Self) -> Option<Self> {
        self.merged(other, |mine, theirs| Some(mine.max(theirs)))
    }

    /// `self * factor`
    pub fn scaled(&self, factor: i64) -> Option<Self> {
        let scaled = |term: &Term| {
            let coefficient = term.coefficient.checked_mul(factor)?;
            Some(Term { coefficient, factors: term.factors.clone() })
        };
        self.0.iter().map(scaled).collect::<Option<Vec<_>>>().map(Self::compact)
    }

    /// A sum that is at least `self / divisor`, for a positive divisor.
    pub fn over(&self, divisor: i64) -> Self {
        let divided = |term: &Term| {
            let coefficient = -(-term.coefficient).div_euclid(divisor);
            Term { coefficient, factors: term.factors.clone() }
        };
        Self::compact(self.0.iter().map(divided).collect())
    }

    /// `self * other`; none where it is too long.
    pub fn times(&self, other: &Self) -> Option<Self> {
        let mut product = Self::default();
        for term in &other.0 {
            let mut part = self.scaled(term.coefficient)?;
            for mine in &mut part.0 {
                mine.factors.extend(term.factors.iter().copied());
                if mine.factors.len() > MOST_FACTORS {
                    return None;
                }
                insertion_sort(&mut mine.factors);
            }
            // Other factors may stand in another order.
            product = part.0.into_iter().try_fold(product, |all, term| all.plus(&Self(vec![term])))?;
        }
        Some(product)
    }

    fn compact(mut terms: Vec<Term>) -> Self {
        terms.retain(|term| term.coefficient != 0);
        Self(terms)
    }

    /// The sum of which each coefficient is made of those here and there.
    fn merged(&self, other: &Self, of: impl Fn(i64, i64) -> Option<i64>) -> Option<Self> {
        let mut merged = Vec::new();
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        loop {
            let factors = match (mine.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(left), Some(right)) => (&left.factors).min(&right.factors),
                (Some(term), None) | (None, Some(term)) => &term.factors,
            };
            let coefficient = |terms: &mut std::iter::Peekable<std::slice::Iter<'_, Term>>| {
                terms.next_if(|term| term.factors == *factors).map_or(0, |term| term.coefficient)
            };
            let coefficient = of(coefficient(&mut mine), coefficient(&mut theirs))?;
            merged.push(Term { coefficient, factors: factors.clone() });
        }
        let merged = Self::compact(merged);
        (merged.0.len() <= MOST_TERMS).then_some(merged)
    }
}

/// Sorts a few factors. A sort of the library would be kilobytes of what pages download.
fn insertion_sort(factors: &mut [Factor]) {
    for end in 1..factors.len() {
        for at in (1..=end).rev() {
            if factors[at] < factors[at - 1] {
                factors.swap(at, at - 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Sum {
        Sum::factor(Factor::Extent(0))
    }

    fn y() -> Sum {
        Sum::factor(Factor::Extent(1))
    }

    #[test]
    fn sums_are_added_and_multiplied() {
        let one = Sum::constant(1);
        let sum = x().plus(&one).unwrap();
        let product = sum.times(&y().plus(&x()).unwrap()).unwrap();
        let expected = [x().times(&x()), x().times(&y()), Some(x()), Some(y())];
        let expected =
            expected.into_iter().fold(Sum::default(), |all, part| all.plus(&part.unwrap()).unwrap());
        assert_eq!(product, expected);
        assert_eq!(x().plus(&x().scaled(-1).unwrap()).unwrap().as_constant(), Some(0));
    }

    #[test]
    fn the_join_is_above_both() {
        let less = x().plus(&Sum::constant(-1)).unwrap();
        assert_eq!(less.join(&Sum::constant(0)), Some(x()));
        assert_eq!(less.join(&y()), x().plus(&y()));
    }

    #[test]
    fn quotients_are_rounded_up() {
        let sum = x().scaled(3).unwrap().plus(&Sum::constant(-3)).unwrap().over(2);
        assert_eq!(sum, x().scaled(2).unwrap().plus(&Sum::constant(-1)).unwrap());
    }

    #[test]
    fn limits_of_constants_are_known() {
        assert_eq!(Sum::constant(7).is_at_most(7), Holds::Always);
        assert_eq!(Sum::constant(8).is_at_most(7), Holds::Never);
        assert!(matches!(x().is_at_most(7), Holds::If(Bound { limit: 7, .. })));
    }
}
