//! Loops that compute, with several rounds between two tests.
//!
//! ```text
//! let n = 0; while (n < 1000) { …; if (…) break; n++ }
//! ⇒
//! let n = 0; while (n < 1000) { …; if (…) break; n++; …; if (…) break; n++; … }
//! ```
//!
//! **Why it is right.** The counter starts at a literal, next to the loop, goes up by one in each round and is set nowhere else, and how many
//! rounds there are until the test fails is divisible by how many are written out. So where the test holds for the first of these it holds for
//! all, and what is computed, and what is known of every value at every place, is as it was. A `break` leaves the loop from any of them.

use crate::collections::Map;

use crate::analysis::all_loops_end;
use crate::analysis::bounds::{comparisons_of_each_side, step_of};
use crate::analysis::counters::Starts;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Kernel, Local, LocalId, Statement, StatementKind,
    TestPosition, Type,
};

/// How many rounds are written out: the first of these that divides the rounds, of those that the caller allows.
const ROUNDS: [i64; 4] = [16, 8, 4, 2];
/// More statements than that are written out in no loop.
const MAX_WRITTEN: usize = 128;
/// Loops of fewer rounds are left to the driver.
const MIN_ROUNDS: i64 = 16;
/// Bodies with more statements are long enough.
pub(super) const MAX_STATEMENTS: usize = 16;

/// The kernel with so many rounds or fewer of its innermost counted loops written out, if it has any.
pub(super) fn unroll(kernel: &Kernel, most: i64) -> Option<Kernel> {
    // The proof that a loop ends is about the loop as it was.
    if !all_loops_end(kernel) {
        return None;
    }
    let mut unrolled = kernel.clone();
    let mut count = 0;
    for function in unrolled.functions.iter_mut().chain(std::iter::once(&mut unrolled.entry)) {
        let starts = Starts::of(function);
        let mut body = std::mem::take(&mut function.body);
        count += block(&mut body, most, &starts, &mut function.locals);
        function.body = body;
    }
    (count > 0).then_some(unrolled)
}

/// Unrolls the loops of a block; says how many.
fn block(block: &mut Block, most: i64, starts: &Starts, locals: &mut Vec<Local>) -> usize {
    let mut count = 0;
    for position in 0..block.0.len() {
        let (before, rest) = block.0.split_at_mut(position);
        let statement = &mut rest[0];
        if let Some(times) = times((before, statement), most, starts, locals) {
            repeat(statement, times, locals);
            count += 1;
        }
        for inner in statement.blocks_mut() {
            count += self::block(inner, most, starts, locals);
        }
    }
    count
}

/// How many rounds of a loop can be written out; `before` it stands in its block.
fn times(
    (before, statement): (&[Statement], &Statement),
    most: i64,
    starts: &Starts,
    locals: &[Local],
) -> Option<i64> {
    let StatementKind::Loop { test: TestPosition::First, condition, body, update, .. } = &statement.kind
    else {
        return None;
    };
    let (counter, end) = counted(condition.as_ref()?)?;
    let start = i64::from(starts.only(counter)?);
    let begins_here = before
        .iter()
        .any(|statement| matches!(statement.kind, StatementKind::Declare { local, .. } if local == counter));
    let step = update.0.first().or_else(|| body.0.last())?;
    let steps = update.0.len() < 2 && step_of(step, counter) == Some(1.0);
    let rounds = end - start;
    if locals[counter.0 as usize].ty != Type::I32
        || !begins_here
        || !steps
        || !is_short(statement, MAX_STATEMENTS)
    {
        return None;
    }
    let fits = |times: i64| times <= most && is_short(statement, MAX_WRITTEN / times as usize);
    ROUNDS.into_iter().find(|&times| rounds >= MIN_ROUNDS && rounds % times == 0 && fits(times))
}

/// Whether a loop has no other loops in it, no `continue`, and few enough statements for several rounds to be written out.
pub(super) fn is_short(statement: &Statement, most: usize) -> bool {
    let StatementKind::Loop { label, prelude, body, .. } = &statement.kind else { return false };
    let is_innermost = !body.contains(&|kind| matches!(kind, StatementKind::Loop { .. }));
    let mut statements = 0;
    body.walk(&mut |_| statements += 1);
    is_innermost && prelude.0.is_empty() && !body.continues(*label) && statements <= most
}

/// The counter of a condition that compares it with a literal, and nothing else, and the first value for which it fails.
fn counted(condition: &Expression) -> Option<(LocalId, i64)> {
    let alone = matches!(&condition.kind, ExpressionKind::Binary { op, .. } if op.is_comparison());
    let sides = if alone { comparisons_of_each_side(condition) } else { Vec::new() };
    sides.into_iter().find_map(|(op, counter, end)| {
        let ExpressionKind::Local(counter) = counter.kind else { return None };
        let end = end.as_number().filter(|end| end.fract() == 0.0 && end.abs() < f64::from(i32::MAX))? as i64;
        match op {
            BinaryOp::Less => Some((counter, end)),
            BinaryOp::LessEqual => Some((counter, end + 1)),
            _ => None,
        }
    })
}

/// Writes so many rounds out.
pub(super) fn repeat(statement: &mut Statement, times: i64, locals: &mut Vec<Local>) {
    let StatementKind::Loop { body, update, .. } = &mut statement.kind else { return };
    let (first, step) = (body.0.clone(), update.0.clone());
    for _ in 1..times {
        body.0.extend(step.iter().cloned());
        let mut copy = Block(first.clone());
        let names = declared_anew(&copy, locals);
        let name = |local: LocalId| names.get(&local).copied().unwrap_or(local);
        copy.0.iter_mut().for_each(|statement| statement.rename_locals(&name));
        body.0.append(&mut copy.0);
    }
}

/// For each local that a block declares, a new one like it.
fn declared_anew(block: &Block, locals: &mut Vec<Local>) -> Map<LocalId, LocalId> {
    let mut names = Map::new();
    block.walk(&mut |statement| {
        if let Some(local) = statement.kind.declares() {
            names.insert(local, LocalId(locals.len() as u32));
            locals.push(locals[local.0 as usize].clone());
        }
    });
    names
}
