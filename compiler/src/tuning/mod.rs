//! What a large run of a kernel is computed by: whether an invocation does more than one thread's work, and how.
//!
//! Devices run threads of a run in any order, so a text may compute several in one invocation, one after the other or their
//! statements in turn: nothing that a kernel may rely on tells the difference. Which of these pays was measured (`docs/performance.md`):
//!
//! - *Rows*: neighbours along a second axis share what they load of a grid, if one invocation computes them.
//! - *Tallied*: where threads only add to the elements of a small buffer, each workgroup adds for itself first (`tally.rs`).
//! - *Interleaved*: an elementwise kernel waits for memory, so loads of several threads are asked for before the first is used.
//! - *Unrolled*: a loop that only computes tests its counter once in some rounds (`unroll.rs`), and so does one that loads, so that the loads
//!   of several rounds wait together (`open.rs`). Threads that make the same rounds go through them in pairs (`interleave.rs`).
//! - *Tiled*: where all threads of a workgroup go through the same elements of a buffer, each loads one for all (`tile.rs`).

mod interleave;
mod open;
mod tally;
mod tile;
mod unroll;

use std::fmt;

use artifact::{Interface, Pattern, Tuned, WorkgroupShape};

use crate::analysis::AccessFacts;
use crate::analysis::mentions::Mentions;
use crate::ir::{ExpressionKind, Function, Kernel, StatementKind};
pub use tile::{SIZE as TILE, Tile};

/// How a large run is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum Tuning {
    /// An invocation computes [`THREADS`] threads along an axis of thread ids, one after the other.
    Repeated {
        /// The axis.
        axis: usize,
    },
    /// An invocation computes [`TALLIED`] threads along an axis of thread ids, and its workgroup has buffers of its own to count in.
    Tallied {
        /// The axis.
        axis: usize,
        /// The buffers.
        buffers: Vec<usize>,
        /// The statements of [`THREADS`] threads in turn, as in [`Self::Interleaved`], if they can be.
        together: Option<Box<Function>>,
    },
    /// An invocation computes some threads along the lane axis, a workgroup's width apart, their statements in turn.
    Interleaved {
        /// How many.
        threads: u32,
        /// It has the ids of all, then of each whether it is part of the run, as parameters.
        function: Box<Function>,
    },
    /// A workgroup shares what it loads in a loop.
    Tiled(Tile),
    /// Some rounds of a loop are computed between two tests: the kernel with these written out.
    Unrolled(Box<Kernel>),
}

/// How many threads an invocation computes.
pub const THREADS: u32 = 4;
/// How many threads an invocation computes that counts in its workgroup: what a workgroup has counted is added to memory once.
pub const TALLIED: u32 = Tuned::TALLIED;
/// How many threads an invocation computes together in a loop that only computes.
const PAIR: u32 = 2;
/// How many rounds of a loop that only computes are written out at most, and of one that [`PAIR`] threads go through together.
const ROUNDS: i64 = 8;
const PAIRED_ROUNDS: i64 = 16;
/// How many threads a run must have so that enough invocations are left to fill the largest devices.
const MIN_RUN: u64 = 1 << 21;
/// The same where an invocation computes [`PAIR`]: it is busy for long.
const MIN_PAIRED_RUN: u64 = 1 << 18;
/// The same where an invocation computes [`TALLIED`].
const MIN_TALLIED_RUN: u64 = 1 << 22;

/// Why large runs of a kernel are computed as all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untuned {
    /// Which thread an invocation is would change while functions and the generator of random numbers look at it.
    SharesThreadId,
    /// Its loops compute, and none can be unrolled.
    Computes,
    /// It has loops, none of which can be tiled or unrolled.
    NoTile,
    /// It runs along an axis that an invocation cannot go along.
    NoAxis,
}

impl fmt::Display for Untuned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::SharesThreadId => "functions or random numbers depend on which thread they are for",
            Self::Computes => {
                "none of its loops can be unrolled: they compute, and do not count by ones from a literal to a literal in a number of rounds \
                 that two divides, without `continue`"
            }
            Self::NoTile => {
                "no loop loads the same elements for all threads: at its counter, from a buffer that is only read, between literal bounds, \
                 and with nothing stored or returned before its end; and none counts by ones to an end that nothing in it changes"
            }
            Self::NoAxis => "its threads are along z, or it looks at no thread id",
        })
    }
}

/// How many threads a run must have for another text to be worth its pipeline.
const MIN_BUSY_RUN: u64 = 1024;

/// How large runs of a kernel are computed best. The kernel's indices are marked.
///
/// # Errors
///
/// Why they are computed as all others.
pub fn tuning(
    kernel: &Kernel,
    interface: &Interface,
    facts: &AccessFacts,
    pattern: Pattern,
) -> Result<Tuning, Untuned> {
    if facts.shares_thread_id {
        return Err(Untuned::SharesThreadId);
    }
    match pattern {
        Pattern::Computing => {
            let paired = unroll::unroll(kernel, PAIRED_ROUNDS)
                .and_then(|unrolled| interleave::interleave_loops(&unrolled, PAIR))
                .map(|function| Tuning::Interleaved { threads: PAIR, function: Box::new(function) });
            let unrolled = || unroll::unroll(kernel, ROUNDS).map(Box::new).map(Tuning::Unrolled);
            return paired.or_else(unrolled).ok_or(Untuned::Computes);
        }
        Pattern::Gathering => {
            let tiled = tile::tile(kernel, facts).map(Tuning::Tiled);
            let unrolled = || open::unroll(kernel, interface, facts).map(Box::new).map(Tuning::Unrolled);
            return tiled.or_else(unrolled).ok_or(Untuned::NoTile);
        }
        Pattern::Streaming => {}
    }
    let along = second_axis(facts).or_else(|| only_lane(facts)).ok_or(Untuned::NoAxis)?;
    let buffers = tally::tallied(kernel, interface);
    if !buffers.is_empty() {
        let together = interleave::interleave(kernel, THREADS, &buffers).map(Box::new);
        return Ok(Tuning::Tallied { axis: along, buffers, together });
    }
    if along == facts.lane_axis
        && let Some(function) = interleave::interleave(kernel, THREADS, &[])
    {
        return Ok(Tuning::Interleaved { threads: THREADS, function: Box::new(function) });
    }
    Ok(Tuning::Repeated { axis: along })
}

impl Tuning {
    /// The text of it with what the runtime has to know.
    pub fn with_text(&self, text: String, facts: &AccessFacts) -> Tuned {
        let (threads, axis) = match self {
            Self::Repeated { axis } => (THREADS, *axis),
            Self::Tallied { axis, .. } => (TALLIED, *axis),
            Self::Interleaved { threads, .. } => (*threads, facts.lane_axis),
            Self::Tiled(_) | Self::Unrolled(_) => (1, facts.lane_axis),
        };
        // Those leave as many invocations as there are threads.
        let min_run = match threads {
            1 => MIN_BUSY_RUN,
            PAIR => MIN_PAIRED_RUN,
            TALLIED => MIN_TALLIED_RUN,
            _ => MIN_RUN,
        };
        Tuned { text, threads, axis, shape: self.shape(facts), min_run }
    }

    /// The shape of the workgroups along the axes of invocations, where it is fixed.
    pub fn shape(&self, facts: &AccessFacts) -> Option<WorkgroupShape> {
        matches!(self, Self::Tiled(_)).then(|| tile::shape(facts))
    }
}

/// The axis that workgroups are high along, if the kernel uses it: y, or x where the lanes go along y.
fn second_axis(facts: &AccessFacts) -> Option<usize> {
    let axis = if facts.lane_axis == 1 { 0 } else { 1 };
    facts.axes_used[axis].then_some(axis)
}

/// The lane axis, if the kernel uses no other.
fn only_lane(facts: &AccessFacts) -> Option<usize> {
    let only = (0..3).all(|axis| facts.axes_used[axis] == (axis == facts.lane_axis));
    only.then_some(facts.lane_axis)
}

/// Whether calling any of the user's functions may do more than return a value.
fn functions_write(kernel: &Kernel) -> bool {
    kernel.functions.iter().any(|function| function.effects.any())
}

/// Whether nobody asks what an element was before an update.
fn is_forgotten(update: &StatementKind, uses: &Mentions) -> bool {
    let StatementKind::Update { old, value, .. } = update else { return false };
    let mut own = 1;
    value.walk(&mut |part| own += u32::from(part.kind == ExpressionKind::Local(*old)));
    uses.count(*old) == own
}

/// Whether a statement changes what other threads see.
fn is_effect(kind: &StatementKind) -> bool {
    match kind {
        StatementKind::Assign { place, .. } => place.local().is_none(),
        StatementKind::Update { .. } | StatementKind::SetPixel { .. } | StatementKind::Evaluate(_) => true,
        _ => false,
    }
}
