//! What is assumed of a group so that its code needs no checks: the group is whole, and lies away from the edges.
//!
//! Most groups of a run are alike: all eight lanes take part, `i - 1` and `i + 1` are in range, and `x > 0 && x < width - 1` holds.
//! So the body is written twice. The first text assumes these things wherever they would have to be checked, and notes what it
//! has assumed; the entry tests that for each group, by one comparison, and takes the other text where it does not hold.
//!
//! Assumptions are about values `id + offset`, where `id` is a thread index and `offset` a constant: *affine* values.

use crate::collections::{Map, Set};

use super::code::Uniform;
use super::function::{FunctionWriter, Value};
use crate::ir::BinaryOp;

/// A thread index plus a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Affine {
    pub(super) axis: usize,
    pub(super) offset: i64,
}

/// The assumptions about the lanes' thread indices.
#[derive(Clone, Debug, Default)]
pub(super) struct Assumptions {
    /// For each axis, `low..high` for the thread index of all lanes.
    pub(super) ranges: [Range; 3],
    /// Thread indices that no lane has, as `(axis, index)`.
    pub(super) excluded: Set<(usize, i64)>,
}

/// The range that a thread index has to be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) low: i64,
    pub(super) high: i64,
}

impl Default for Range {
    fn default() -> Self {
        Self { low: 0, high: i64::from(i32::MAX) }
    }
}

impl Assumptions {
    fn in_range(&mut self, value: Affine, low: i64, high: i64) {
        let range = &mut self.ranges[value.axis];
        range.low = range.low.max(low - value.offset);
        range.high = range.high.min(high - value.offset);
    }
}

/// Which locals hold affine values.
pub(super) type AffineLocals = Map<u32, Affine>;

/// How far from the ends of an axis a comparison is taken to be about the edge.
const EDGE: i64 = 16;

impl FunctionWriter<'_> {
    /// The thread index and the constant that a value is the sum of; of a linear value, that of the first lane.
    fn affine(&self, value: Value) -> Option<Affine> {
        match value {
            Value::Uniform(Uniform::Local(local)) | Value::Linear(Uniform::Local(local)) => {
                self.affine.get(&local).copied()
            }
            _ => None,
        }
    }

    /// Notes that a local, which is set only here, holds what `value` is.
    pub(super) fn note_affine(&mut self, slot: Value, value: Value) {
        if let (Some(affine), Value::Uniform(Uniform::Local(local)) | Value::Linear(Uniform::Local(local))) =
            (self.affine(value), slot)
        {
            self.affine.insert(local, affine);
        }
    }

    /// Notes that `sum` is an affine value and a constant, if that is what `op` makes it.
    pub(super) fn note_sum(&mut self, op: BinaryOp, [left, right]: [Value; 2], sum: Value) {
        let shifted = |affine: Affine, by: i64| Affine { offset: affine.offset + by, ..affine };
        let affine = match (op, self.affine(left), self.affine(right)) {
            (BinaryOp::Add, Some(affine), _) => constant(right).map(|by| shifted(affine, by)),
            (BinaryOp::Subtract, Some(affine), _) => constant(right).map(|by| shifted(affine, -by)),
            (BinaryOp::Add, None, Some(affine)) => constant(left).map(|by| shifted(affine, by)),
            _ => None,
        };
        // Larger offsets could leave the integers.
        let affine = affine.filter(|affine| affine.offset.abs() < 1 << 20);
        if let (Some(affine), Value::Uniform(Uniform::Local(local)) | Value::Linear(Uniform::Local(local))) =
            (affine, sum)
        {
            self.affine.insert(local, affine);
        }
    }

    /// Assumes that an index is in range in all lanes, if that can be assumed.
    pub(super) fn assume_in_range(&mut self, index: Uniform, extent: u32) -> bool {
        let Some(affine) = self.affine(Value::Uniform(index)) else { return false };
        let Some(assumptions) = &mut self.assumptions else { return false };
        assumptions.in_range(affine, 0, i64::from(extent));
        true
    }

    /// The result of a comparison away from the edges, if that can be assumed.
    pub(super) fn assume_comparison(&mut self, op: BinaryOp, left: Value, right: Value) -> Option<bool> {
        let (op, affine, bound) = match (self.affine(left), self.affine(right)) {
            (Some(affine), None) => (op, affine, constant(right)?),
            (None, Some(affine)) => (op.mirrored(), affine, constant(left)?),
            _ => return None,
        };
        if let BinaryOp::Equal | BinaryOp::NotEqual = op {
            let assumptions = self.assumptions.as_mut()?;
            assumptions.excluded.insert((affine.axis, bound - affine.offset));
            return Some(op == BinaryOp::NotEqual);
        }
        // Every other comparison asks whether the value is below a limit, or whether it is not.
        let (limit, asks_below) = match op {
            BinaryOp::Less => (bound, true),
            BinaryOp::LessEqual => (bound + 1, true),
            BinaryOp::Greater => (bound + 1, false),
            BinaryOp::GreaterEqual => (bound, false),
            _ => return None,
        };
        // Away from the edges a value is below the limits at the end, and not below those at the start.
        let is_below = self.is_at_end(bound - affine.offset)?;
        let assumptions = self.assumptions.as_mut()?;
        if is_below {
            assumptions.in_range(affine, i64::from(i32::MIN), limit);
        } else {
            assumptions.in_range(affine, limit, i64::from(i32::MAX));
        }
        Some(is_below == asks_below)
    }

    /// Whether a thread index is at the end of a buffer or of the canvas (true), at the start (false), or at neither.
    fn is_at_end(&self, index: i64) -> Option<bool> {
        if index.abs() <= EDGE {
            return Some(false);
        }
        let interface = self.context.interface;
        let canvas = interface.canvas.map(|size| [size.width, size.height]);
        let mut extents =
            interface.buffers.iter().flat_map(|buffer| &buffer.size).chain(canvas.iter().flatten());
        extents.any(|&extent| (i64::from(extent) - index).abs() <= EDGE).then_some(true)
    }

    /// Whether all eight lanes are known to be active.
    pub(super) fn is_full(&self) -> bool {
        self.assumptions.is_some() && self.narrowed == 0 && !self.facts().returns_diverge()
    }
}

fn constant(value: Value) -> Option<i64> {
    match value {
        Value::Uniform(Uniform::Bits(bits)) => Some(i64::from(bits as i32)),
        _ => None,
    }
}
