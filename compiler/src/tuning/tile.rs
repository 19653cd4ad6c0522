//! Loops in which all threads of a workgroup load the same elements: each loads one, into memory that they share.
//!
//! ```text
//! for (j = 0; j < n; j++) { … positions[j] … }
//! ⇒
//! for (start = 0; start < n; start += 128) {
//!   tile[own] = positions[start + own]; barrier
//!   for (k = 0; k < 128; k++) { j = start + k; … tile[k] … }
//!   barrier
//! }
//! ```
//!
//! **Why it is right.** The buffer is only read by the kernel, and `j` goes through literal bounds by ones, which [`counters`] proves, so
//! all threads load the same elements and `tile[k]` is `positions[j]`. All threads of a workgroup reach both barriers equally often: the loop
//! stands in the body of the kernel itself, nothing returns before it, and nothing leaves it. Threads beyond the run's extents take part
//! in the loading; what they compute is not seen, as nothing up to the end of the loop has effects and the rest is theirs only if they are
//! part of the run. What is left over where 128 does not divide the rounds is computed by the loop as it was.

use artifact::{Access, WorkgroupShape};

use super::{functions_write, is_effect};
use crate::analysis::counters::{Counter, Starts, counter};
use crate::analysis::mentions::Mentions;
use crate::analysis::{AccessFacts, all_loops_end};
use crate::ir::{
    Block, Expression, ExpressionKind, Kernel, Known, LabelId, Statement, StatementKind, TestPosition,
};

/// How many elements are shared at once, and how many invocations a workgroup has.
pub const SIZE: u32 = 128;
/// Fewer rounds than this are not worth it.
const MIN_ROUNDS: i64 = 4 * SIZE as i64;
/// How many buffers are shared at most: so much memory every device has.
const MAX_BUFFERS: usize = 4;

/// A loop whose loads are shared.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// Where the loop stands in the kernel's body; the declaration of its counter stands before it.
    pub position: usize,
    /// The loop.
    pub label: LabelId,
    /// Its counter and the bounds of that.
    pub counter: Counter,
    /// The buffers of which elements are shared.
    pub buffers: Vec<usize>,
}

/// The workgroups' shape along the axes of invocations.
pub(super) fn shape(facts: &AccessFacts) -> WorkgroupShape {
    let is_flat = facts.axes_used.iter().filter(|&&used| used).count() < 2;
    WorkgroupShape(if is_flat { [SIZE, 1, 1] } else { [SIZE / 8, 8, 1] })
}

/// The first loop of the kernel's body that can be tiled.
pub(super) fn tile(kernel: &Kernel, facts: &AccessFacts) -> Option<Tile> {
    if !artifact::folds(facts.lane_axis, facts.axes_used) || functions_write(kernel) || !all_loops_end(kernel)
    {
        return None;
    }
    let body = &kernel.entry.body.0;
    let free = body.iter().take_while(|statement| !disturbs(statement)).count();
    let (mentions, starts) = (Mentions::of(&kernel.entry), Starts::of(&kernel.entry));
    (1..free).find_map(|position| tile_at(kernel, facts, &mentions, &starts, position))
}

fn tile_at(
    kernel: &Kernel,
    facts: &AccessFacts,
    mentions: &Mentions,
    starts: &Starts,
    position: usize,
) -> Option<Tile> {
    let both = &kernel.entry.body.0[position - 1..=position];
    let [before, statement] = both else { return None };
    let StatementKind::Loop { label, test: TestPosition::First, prelude, condition, body, update } =
        &statement.kind
    else {
        return None;
    };
    let counter = counter(&kernel.entry, starts, statement)?;
    let is_declared_before =
        matches!(before.kind, StatementKind::Declare { local, .. } if local == counter.local);
    let is_plain = prelude.0.is_empty() && update.0.len() == 1 && steps_by_one(update);
    let is_only_test = condition.as_ref().is_some_and(is_comparison);
    let rounds = i64::from(counter.high) - i64::from(counter.low) + 1;
    let stays = !body.breaks(*label) && mentions.are_in(both, counter.local);
    if !is_declared_before || !is_plain || !is_only_test || !stays || rounds < MIN_ROUNDS {
        return None;
    }
    let buffers = shared_loads(body, counter, facts);
    let fits = (1..=MAX_BUFFERS).contains(&buffers.len());
    fits.then_some(Tile { position, label: *label, counter, buffers })
}

/// Whether a statement has effects, or leaves the kernel, so that not all threads may go on behind it.
fn disturbs(statement: &Statement) -> bool {
    statement.contains(&|kind| matches!(kind, StatementKind::Return(_)) || is_effect(kind))
}

fn is_comparison(condition: &Expression) -> bool {
    matches!(&condition.kind, ExpressionKind::Binary { op, .. } if op.is_comparison())
}

fn steps_by_one(update: &Block) -> bool {
    update.0.iter().all(|statement| match &statement.kind {
        StatementKind::Assign { value, .. } => match &value.kind {
            ExpressionKind::Binary { left, right, .. } => {
                left.as_number() == Some(1.0) || right.as_number() == Some(1.0)
            }
            _ => false,
        },
        _ => false,
    })
}

/// The buffers that the loop loads at its counter alone and that nobody writes.
fn shared_loads(body: &Block, counter: Counter, facts: &AccessFacts) -> Vec<usize> {
    let mut buffers = Vec::new();
    body.walk_expressions(&mut |expression| {
        let Some(buffer) = load_at(expression, counter) else { return };
        if facts.buffers.get(&buffer) == Some(&Access::Read) && !buffers.contains(&buffer) {
            buffers.push(buffer);
        }
    });
    buffers
}

/// The buffer that an expression loads from at the counter, known to be in range.
fn load_at(expression: &Expression, counter: Counter) -> Option<usize> {
    let ExpressionKind::Load { buffer, index } = &expression.kind else { return None };
    let [Expression { kind: ExpressionKind::InRange { index, known: Known::Always }, .. }] = &index[..]
    else {
        return None;
    };
    (index.kind == ExpressionKind::Local(counter.local)).then_some(*buffer)
}

impl Tile {
    /// Whether an expression is a load that is shared, and of which buffer.
    pub fn shared(&self, expression: &Expression) -> Option<usize> {
        load_at(expression, self.counter).filter(|buffer| self.buffers.contains(buffer))
    }
}
