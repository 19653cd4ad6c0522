//! How far a variable gets that is only ever stepped, by the number of rounds of the loops around.
//!
//! The argument uses the *limit* of a loop for a local: if the loop goes on only while its condition holds, and the condition is
//! `i < e` or a conjunction with such a part, then `i` is at most `max(e) - 1` whenever the condition has just held. `e` must be
//! an integer or a literal.

use super::definitions::{Definitions, LoopInfo, Part, Site, Step, Variable};
use super::guards::Guards;
use super::ranges::{At, Facts};
use super::value::{EXACT, Range, Value};
use crate::ir::{
    BinaryOp, Expression, ExpressionKind, LocalId, Place, Statement, StatementKind, TestPosition, Type,
};

/// The range of a variable whose steps run a known number of times at most in each of its lives.
///
/// A life begins with the declaration, so loops around that do not count. Any other definition starts it anew within `start`.
pub fn by_rounds(
    facts: &Facts<'_, '_>,
    variable: Variable,
    start: Range,
    steps: &[(Step<'_>, Value)],
) -> Option<Range> {
    let definitions = facts.definitions();
    definitions.as_local(variable)?;
    let (birth, most) = (definitions.birth(variable), most_rounds(facts));
    let mut range = start;
    if range.is_empty() {
        return None;
    }
    for (step, amount) in steps {
        // A copy that is older than a round would be counted in the wrong place.
        if step.copied.is_some_and(|site| site.innermost != step.definition.site.innermost) {
            return None;
        }
        let (mut times, mut part) = (1.0, step.definition.site.part);
        for inner in definitions.loops_around(step.definition.site.innermost) {
            if Some(inner) == birth {
                break;
            }
            let LoopInfo { test, part: outer_part, .. } = definitions.loops[inner];
            // What a condition needs is computed once more, for the test that fails.
            let is_tested = part == Part::Prelude && test == TestPosition::First;
            times *= rounds(facts, inner).map_or(most, |rounds| rounds.min(NEVER))
                + f64::from(u8::from(is_tested));
            part = outer_part;
        }
        let times = times.min(NEVER);
        let Range { low, high } = amount.range();
        if !amount.is_integer() || low > high {
            return None;
        }
        range.low += times * low.min(0.0);
        range.high += times * high.max(0.0);
    }
    (range.low.is_finite() && range.high.is_finite()).then_some(range)
}

/// No thread makes more rounds than that: at a nanosecond each they would take three days.
const NEVER: f64 = (1_u64 << 48) as f64;

/// How many rounds no thread makes of a loop that does not count towards a bound.
///
/// On a GPU, where doubles may cost much, 2^30: for that one invocation takes several seconds, at six cycles a round, and browsers and systems
/// end it before. On a CPU doubles cost little.
fn most_rounds(facts: &Facts<'_, '_>) -> f64 {
    if facts.inputs().interface.using_cpu { NEVER } else { (1_u64 << 30) as f64 }
}

/// How many rounds a loop makes at most: the steps that its counter can take from the least start to the limit. They are infinitely many if
/// the limit may be anywhere; none are known of a loop that counts towards no limit.
fn rounds(facts: &Facts<'_, '_>, number: usize) -> Option<f64> {
    let definitions = facts.definitions();
    let info = definitions.loops[number];
    let mut best: Option<f64> = None;
    for (_, left, right) in comparisons(info.condition?) {
        for side in [left, right] {
            let ExpressionKind::Local(local) = side.kind else { continue };
            let counter = definitions.local(info.function, local);
            let count = rounds_of(facts, number, counter);
            best = match (best, count) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            };
        }
    }
    best
}

/// The rounds of a loop by one counter: within the loop it is only stepped, one way, and by at least `least` in each round.
fn rounds_of(facts: &Facts<'_, '_>, number: usize, counter: Variable) -> Option<f64> {
    let definitions = facts.definitions();
    let inside = |site: Site| definitions.loops_around(site.innermost).any(|around| around == number);
    let mut amounts = Vec::new();
    let mut least: Option<Range> = None;
    for definition in definitions.of_variable(counter).iter().filter(|definition| inside(definition.site)) {
        let step = definitions.step(counter, *definition)?;
        if step.copied.is_some_and(|site| site.innermost != definition.site.innermost) {
            return None;
        }
        let amount = facts.amount(&step);
        if !amount.is_integer() {
            return None;
        }
        if is_sure(definitions, number, definition.site) {
            least = least.or(Some(amount.range()));
        }
        amounts.push(amount.range());
    }
    let Range { low, high } = least?;
    let way = if low > 0.0 && amounts.iter().all(|amount| amount.low >= 0.0) {
        Way::Up
    } else if high < 0.0 && amounts.iter().all(|amount| amount.high <= 0.0) {
        Way::Down
    } else {
        return None;
    };
    let value = facts.variable(counter);
    let unit = (amounts.len() == 1 && low == high && low.abs() == 1.0).then_some(value.range());
    let found = Some(way)
        .filter(|_| value.is_within(-EXACT, EXACT))
        .and_then(|way| limit(facts, number, counter, way, unit));
    let Some(limit) = found else {
        return counts_towards(facts, number, counter, way).then_some(f64::INFINITY);
    };
    let span = match way {
        Way::Up => (limit - value.range().low) / low,
        Way::Down => (value.range().high - limit) / -high,
    };
    let untested = if definitions.loops[number].test == TestPosition::Last { 1.0 } else { 0.0 };
    Some((span.floor() + 1.0).max(0.0) + untested)
}

/// Whether a loop's condition compares a variable with something that it gets to sooner or later.
fn counts_towards(facts: &Facts<'_, '_>, number: usize, variable: Variable, way: Way) -> bool {
    let info = facts.definitions().loops[number];
    let stops = |op: BinaryOp| match way {
        Way::Up => matches!(op, BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::NotEqual),
        Way::Down => matches!(op, BinaryOp::Greater | BinaryOp::GreaterEqual | BinaryOp::NotEqual),
    };
    let is_variable = |side: &Expression| is_named(facts.definitions(), info.function, side, variable);
    let compared = info.condition.into_iter().flat_map(comparisons_of_each_side);
    compared.into_iter().any(|(op, side, _)| stops(op) && is_variable(side))
}

/// Whether an expression is just this variable.
fn is_named(definitions: &Definitions<'_>, function: usize, side: &Expression, variable: Variable) -> bool {
    matches!(side.kind, ExpressionKind::Local(local) if definitions.local(function, local) == variable)
}

/// Whether every round that goes on to the next passes this place.
pub(super) fn is_sure(definitions: &Definitions<'_>, number: usize, site: Site) -> bool {
    let part_is_sure = match site.part {
        Part::Update => true,
        Part::Body => !definitions.loops[number].continues,
        Part::Prelude => false,
    };
    site.innermost == Some(number) && site.direct && part_is_sure
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// The last value of the variable for which the loop's condition can hold, going up or down.
///
/// `unit_start` is where it starts if it goes by ones: then `i !== k` is a limit too, if it cannot start beyond `k`.
fn limit(
    facts: &Facts<'_, '_>,
    number: usize,
    variable: Variable,
    way: Way,
    unit_start: Option<Range>,
) -> Option<f64> {
    let info = facts.definitions().loops[number];
    let is_variable = |side: &Expression| is_named(facts.definitions(), info.function, side, variable);
    let mut limits = Vec::new();
    for (op, left, right) in comparisons(info.condition?) {
        let (op, bound) = match (is_variable(left), is_variable(right)) {
            (true, false) => (op, right),
            (false, true) => (op.mirrored(), left),
            _ => continue,
        };
        let value = facts.evaluate(At { function: info.function, guards: Guards::default() }, bound);
        if value.is_integer() || bound.as_number().is_some() {
            let range = value.range();
            limits.extend(match way {
                Way::Up => upper(op, range, unit_start),
                Way::Down => {
                    upper(op.mirrored(), range.negate(), unit_start.map(Range::negate)).map(|limit| -limit)
                }
            });
        }
    }
    // An infinite limit in the direction of counting is no limit. One in the other direction is that of an empty range, of a bound that is
    // never computed: the loop makes no round.
    let limits = limits.into_iter();
    match way {
        Way::Up => limits.reduce(f64::min).filter(|&limit| limit != f64::INFINITY),
        Way::Down => limits.reduce(f64::max).filter(|&limit| limit != f64::NEG_INFINITY),
    }
}

/// The largest integer i for which `i op bound` can hold.
fn upper(op: BinaryOp, bound: Range, unit_start: Option<Range>) -> Option<f64> {
    match op {
        BinaryOp::Less => Some(bound.high.ceil() - 1.0),
        BinaryOp::LessEqual | BinaryOp::Equal => Some(bound.high.floor()),
        BinaryOp::NotEqual => {
            let end = Some(bound.low).filter(|end| bound.high == *end && end.fract() == 0.0)?;
            unit_start.is_some_and(|start| start.high <= end).then_some(end - 1.0)
        }
        _ => None,
    }
}

/// The comparisons that must all hold for the condition to hold, seen from each side.
pub fn comparisons_of_each_side(condition: &Expression) -> Vec<(BinaryOp, &Expression, &Expression)> {
    let both = |(op, left, right): (BinaryOp, _, _)| [(op, left, right), (op.mirrored(), right, left)];
    comparisons(condition).into_iter().flat_map(both).collect()
}

/// How much a statement adds to an `i32` local, if that is all it does: a literal.
pub fn step_of(statement: &Statement, counter: LocalId) -> Option<f64> {
    let StatementKind::Assign { place: Place::Local(set), value } = &statement.kind else { return None };
    let ExpressionKind::Binary { op, left, right } = &value.kind else { return None };
    let is_counter = |side: &Expression| side.kind == ExpressionKind::Local(counter);
    let step = match op {
        BinaryOp::Add if is_counter(left) => right.as_number()?,
        BinaryOp::Add if is_counter(right) => left.as_number()?,
        BinaryOp::Subtract if is_counter(left) => -right.as_number()?,
        _ => return None,
    };
    (*set == counter && value.ty == Type::I32).then_some(step)
}

/// The comparisons that must all hold for the condition to hold.
pub(super) fn comparisons(condition: &Expression) -> Vec<(BinaryOp, &Expression, &Expression)> {
    match &condition.kind {
        ExpressionKind::Binary { op: BinaryOp::And, left, right } => {
            let mut all = comparisons(left);
            all.extend(comparisons(right));
            all
        }
        ExpressionKind::Binary { op, left, right } if op.is_comparison() => vec![(*op, left, right)],
        _ => Vec::new(),
    }
}
