//! Where an index stands to the ids of its thread.

use artifact::Interface;

use super::Split;
use crate::analysis::definitions::Definitions;
use crate::analysis::ranges::{At, Facts};
use crate::ir::{BinaryOp, Expression, ExpressionKind};

/// Through how many sums one looks.
const MOST_STEPS: usize = 16;

/// Knows a kernel and how its buffers are split.
pub(super) struct Finder<'a, 'k> {
    pub(super) definitions: &'a Definitions<'k>,
    pub(super) facts: &'a Facts<'a, 'k>,
    pub(super) interface: &'a Interface,
    pub(super) split: &'a Split,
}

/// An index that is `threadId[axis] + offset + rest`, all integers.
#[derive(Clone, Debug)]
pub(super) struct Near<'e> {
    pub(super) axis: usize,
    pub(super) offset: i64,
    /// Something that stands in the index itself, between two bounds.
    pub(super) rest: Option<(&'e Expression, i64, i64)>,
    /// Whether it is that modulo the extent: then it is in the whole buffer.
    pub(super) wrapped: bool,
}

impl Near<'_> {
    /// The smallest and the largest distance from the thread id.
    pub(super) fn distances(&self) -> (i64, i64) {
        let (low, high) = self.rest.map_or((0, 0), |(_, low, high)| (low, high));
        (self.offset.saturating_add(low), self.offset.saturating_add(high))
    }

    /// Whether it is the thread id.
    pub(super) fn is_own(&self) -> bool {
        self.offset == 0 && self.rest.is_none()
    }
}

impl Finder<'_, '_> {
    /// How wide the halo of a buffer is along a dimension; none where the rank has all of that.
    pub(super) fn halo(&self, buffer: usize, dimension: usize) -> Option<u32> {
        self.split.axes.get(dimension).copied().flatten()?;
        self.split.halos[buffer]
    }

    /// How many elements the whole buffer has along a dimension.
    pub(super) fn extent(&self, buffer: usize, dimension: usize) -> u32 {
        self.interface.buffers[buffer].size[dimension]
    }

    /// Where an index of a buffer stands to the thread's ids, if that is known.
    pub(super) fn near<'e>(
        &'e self,
        at: At,
        index: &'e Expression,
        (buffer, dimension): (usize, usize),
    ) -> Option<Near<'e>> {
        self.near_within(MOST_STEPS, at, index, self.extent(buffer, dimension))
    }

    fn near_within<'e>(
        &'e self,
        steps: usize,
        at: At,
        index: &'e Expression,
        extent: u32,
    ) -> Option<Near<'e>> {
        let steps = steps.checked_sub(1)?;
        if let Some(axis) = self.definitions.thread_axis(at.function, index) {
            return Some(Near { axis: usize::from(axis), offset: 0, rest: None, wrapped: false });
        }
        let (_, resolved) = self.definitions.resolved(at.function, index);
        if !std::ptr::eq(resolved, index) {
            // What stands there may have been something else by now.
            return self.near_within(steps, at, resolved, extent).filter(|near| near.rest.is_none());
        }
        let ExpressionKind::Binary { op, left, right } = &index.kind else { return None };
        match op {
            BinaryOp::Add => {
                let sum = |near: Near<'e>, other| self.plus(near, at, other);
                let from_left =
                    || self.near_within(steps, at, left, extent).and_then(|near| sum(near, right));
                from_left()
                    .or_else(|| self.near_within(steps, at, right, extent).and_then(|near| sum(near, left)))
            }
            BinaryOp::Subtract => {
                let near = self.near_within(steps, at, left, extent)?;
                let offset = near.offset.checked_sub(self.integer(at, right)?)?;
                Some(Near { offset, ..near }).filter(|near| !near.wrapped)
            }
            BinaryOp::Remainder => {
                let near = self.near_within(steps, at, left, extent)?;
                let wraps = self.integer(at, right)? == i64::from(extent);
                // The remainder of what is negative is negative.
                (wraps && !near.wrapped && near.distances().0 >= 0).then(|| near.centred(i64::from(extent)))
            }
            _ => None,
        }
    }

    /// The same and something more.
    fn plus<'e>(&self, near: Near<'e>, at: At, other: &'e Expression) -> Option<Near<'e>> {
        if near.wrapped {
            return None;
        }
        if let Some(number) = self.integer(at, other) {
            return Some(Near { offset: near.offset.checked_add(number)?, ..near });
        }
        let value = self.facts.evaluate(at, other);
        let bounds = value.integers;
        let is_small = value.is_integer() && bounds.is_within(-1e6, 1e6) && !bounds.is_empty();
        let rest = Some((other, bounds.low as i64, bounds.high as i64));
        (near.rest.is_none() && is_small).then_some(Near { rest, ..near })
    }

    /// The integer that an expression always is.
    fn integer(&self, at: At, expression: &Expression) -> Option<i64> {
        let (_, resolved) = self.definitions.resolved(at.function, expression);
        let number = match &resolved.kind {
            ExpressionKind::Unary { op: crate::ir::UnaryOp::Negate, operand } => -operand.as_number()?,
            _ => resolved.as_number()?,
        };
        (number.fract() == 0.0 && number.abs() < 1e9).then_some(number as i64)
    }
}

impl Near<'_> {
    /// The same modulo the extent, at the smallest distance.
    fn centred(self, extent: i64) -> Self {
        let middle = self.distances().0.midpoint(self.distances().1);
        let turns = (middle + extent / 2).div_euclid(extent);
        Self { offset: self.offset - turns * extent, wrapped: true, ..self }
    }
}
