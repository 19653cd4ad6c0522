//! What a text for some runs relies on, so that the runtime can make sure of it.
//!
//! A number is represented by what it can be in the runs that one expects. Where that is not so in every run, the text has a condition: a sum
//! over the run's extents and uniforms that must not exceed a limit ([`crate::analysis::sizes`]), or, for numbers of which no such sum is
//! known, that the run is no larger than was expected.

use artifact::{Bound, Conditions, Factor, Small, Term, UniformPart};

use super::node::Node;
use super::plan::Plan;
use crate::analysis::definitions::Variable;
use crate::analysis::inputs::Granted;
use crate::analysis::sizes::Size;
use crate::analysis::sums::{Holds, Sum};
use crate::analysis::value::{EXACT, TWO_24, Value};
use crate::ir::{ExpressionKind, Known};

/// How far an integer is relied on to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// Up to 2^24, where singles hold integers.
    Single,
    /// An `i32`.
    I32,
    /// A `u32`.
    U32,
    /// An `i32` with one above it.
    Below,
    /// Up to 2^53, where doubles are exact.
    Exact,
}

impl Limit {
    /// The limits above, and below with the other sign.
    fn ends(self) -> (i64, i64) {
        match self {
            Self::Single => (TWO_24 as i64, TWO_24 as i64),
            Self::I32 => (i64::from(i32::MAX), -i64::from(i32::MIN)),
            Self::U32 => (i64::from(u32::MAX), 0),
            Self::Below => (i64::from(i32::MAX) - 1, -i64::from(i32::MIN)),
            Self::Exact => (EXACT as i64, EXACT as i64),
        }
    }

    fn contains(self, value: Value) -> bool {
        let (above, below) = self.ends();
        let integers = value.integers.is_within(-below as f64, above as f64);
        if self == Self::Single { integers || value.rounded } else { integers && value.is_integer() }
    }
}

/// The assumptions made so far.
#[derive(Debug, Default)]
pub(super) struct Relied {
    /// The conditions that the runtime checks before each run.
    pub(super) conditions: Conditions,
    /// Whether the run is relied on to be no larger than expected.
    pub(super) expects: bool,
    /// The runs in which indices are known to be in range.
    pub(super) in_range: Vec<Conditions>,
}

/// Adds an item that is not there yet.
pub fn add<Item: PartialEq>(items: &mut Vec<Item>, item: Item) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// Adds a bound, which takes that the uniforms in it are integers.
fn add_bound(conditions: &mut Conditions, bound: Bound) {
    for factor in bound.terms.iter().flat_map(|term| &term.factors) {
        if let Factor::Positive(part) | Factor::Negative(part) = factor {
            add(&mut conditions.integers, *part);
        }
    }
    add(&mut conditions.bounds, bound);
}

impl<'k> Plan<'_, '_, 'k> {
    /// Relies on an integer being within a limit.
    pub(super) fn rely(&self, node: &Node<'k>, limit: Limit) {
        if self.is_final.get() && !limit.contains(node.sure) {
            self.rely_on_size(&self.sizes.of(node.at, node.expression), limit);
        }
    }

    /// Relies on the integers that a number can be being held by singles.
    pub(super) fn rely_on_single(&self, node: &Node<'k>) {
        match node.expression.kind {
            // It need not be an integer.
            ExpressionKind::Uniform(uniform)
                if let Granted::Small(limit) = self.known.facts.inputs().uniforms[uniform] =>
            {
                let part = UniformPart { uniform, component: None };
                let is_relied = self.is_final.get() && !Limit::Single.contains(node.sure);
                let small = is_relied.then_some(Small { part, limit });
                small
                    .into_iter()
                    .for_each(|small| add(&mut self.relied.borrow_mut().conditions.small, small));
            }
            _ if node.value.holds_singles() => self.rely(node, Limit::Single),
            _ => {}
        }
    }

    /// Relies on a variable being within a limit.
    pub(super) fn rely_on_variable(&self, variable: Variable, limit: Limit, sure: Value) {
        if !limit.contains(sure) {
            self.rely_on_size(&self.sizes.variable(variable), limit);
        }
    }

    fn rely_on_size(&self, size: &Size, limit: Limit) {
        let (above, below) = limit.ends();
        let mut relied = self.relied.borrow_mut();
        for (sum, end) in [(&size.up, above), (&size.down, below)] {
            match sum.as_ref().map(|sum| sum.is_at_most(end)) {
                Some(Holds::Always) => {}
                Some(Holds::If(bound)) => add_bound(&mut relied.conditions, bound),
                Some(Holds::Never) | None => relied.expects = true,
            }
        }
    }

    /// Whether a divisor is a uniform, which is then relied on not to be 0.
    pub(super) fn rely_on_nonzero(&self, divisor: &Node<'k>) -> bool {
        self.rely_on_divisor(divisor, |part| {
            let size = [Factor::Positive(part), Factor::Negative(part)].map(|factor| term(-1, &[factor]));
            Bound { terms: [term(1, &[])].into_iter().chain(size).collect(), limit: 0 }
        })
    }

    /// Whether a divisor is a uniform, which is then relied on to be positive.
    pub(super) fn rely_on_positive(&self, divisor: &Node<'k>) -> bool {
        self.rely_on_divisor(divisor, |part| Bound {
            terms: vec![term(1, &[Factor::Negative(part)])],
            limit: 0,
        }) && self.rely_on_nonzero(divisor)
    }

    /// Whether a divisor is a uniform that is granted to be an integer and not 0, of which this bound is then relied on.
    fn rely_on_divisor(&self, divisor: &Node<'k>, bound: impl Fn(UniformPart) -> Bound) -> bool {
        if !self.known.facts.is_assumed_nonzero(divisor.at, divisor.expression) {
            return false;
        }
        let resolved = self.definitions().resolved(divisor.at.function, divisor.expression).1;
        let ExpressionKind::Uniform(uniform) = resolved.kind else { return false };
        if self.is_final.get() {
            let part = UniformPart { uniform, component: None };
            add_bound(&mut self.relied.borrow_mut().conditions, bound(part));
        }
        true
    }
}

fn term(coefficient: i64, factors: &[Factor]) -> Term {
    Term { coefficient, factors: factors.to_vec() }
}

impl<'k> Plan<'_, '_, 'k> {
    /// In which runs an index is in a dimension of this extent, if in any.
    pub(super) fn in_range(&self, index: &Node<'k>, extent: u32) -> Option<Known> {
        if extent == 0 {
            // Of a resizable buffer nothing is known.
            return None;
        }
        let last = i64::from(extent) - 1;
        let sure = index.sure.range();
        if !index.sure.nan && sure.low >= 0.0 && sure.high < f64::from(extent) {
            return Some(Known::Always);
        }
        // A size says nothing of NaN, which is outside of everything.
        if index.value.nan {
            return None;
        }
        let size = self.sizes.of(index.at, index.expression);
        let mut conditions = Conditions::default();
        for (sum, end) in [(size.up?, last), (size.down?, 0)] {
            match sum.is_at_most(end) {
                Holds::Always => {}
                Holds::If(bound) => add_bound(&mut conditions, bound),
                Holds::Never => return None,
            }
        }
        if conditions.is_empty() {
            return Some(Known::Always);
        }
        let in_range = &mut self.relied.borrow_mut().in_range;
        add(in_range, conditions.clone());
        let bit = in_range.iter().position(|known| *known == conditions)?;
        in_range.truncate(MAX_CONDITIONS);
        (bit < MAX_CONDITIONS).then_some(Known::Conditionally(bit as u8))
    }
}

/// The greatest number of conditions that indices can depend on: one bit each.
const MAX_CONDITIONS: usize = 32;

/// That an extent or a uniform is at most as large as expected.
pub fn at_most(factor: Factor, limit: i64) -> Bound {
    match Sum::factor(factor).is_at_most(limit) {
        Holds::If(bound) => bound,
        Holds::Always | Holds::Never => unreachable!("a factor is no constant"),
    }
}
