//! How far a variable gets that is only ever stepped: by the condition of its loop, or by the number of rounds.
//!
//! Both arguments use the *limit* of a loop for a local: if the loop goes on only while its condition holds, and the condition is
//! `i < e` or a conjunction with such a part, then `i` is at most `max(e) - 1` whenever the condition has just held. `e` must be
//! an integer or a literal, for which the device computes exactly what the analysis does.

use super::definitions::{Definitions, LoopInfo, Part, Site, Step, Variable};
use super::integers::Facts;
use super::value::{LARGEST, TWO_24, Value};
use crate::ir::{
    BinaryOp, Expression, ExpressionKind, LocalId, Place, Scalar, Statement, StatementKind, TestPosition,
    Type,
};

/// The range of a variable whose steps all go one way in one loop that goes on only up to a limit.
///
/// A round starts with a value within the limit and takes each step at most once, as none is in a loop within. A step by a
/// copy adds to a value of the same round. Where the test is false at once, the variable stays where it started; only where the loop itself
/// sets it anew may steps follow a start. A loop that tests last or steps in its prelude may step once before any test, so those are left alone.
pub fn by_condition(
    facts: &Facts<'_, '_>,
    variable: Variable,
    start: Value,
    steps: &[(Step<'_>, Value)],
) -> Option<Value> {
    let innermost = steps.first()?.0.definition.site.innermost?;
    let in_loop = |site: Site| site.innermost == Some(innermost) && site.part != Part::Prelude;
    let all_in =
        steps.iter().all(|(step, _)| in_loop(step.definition.site) && step.copied.is_none_or(in_loop));
    if !all_in || facts.definitions().loops[innermost].test != TestPosition::First {
        return None;
    }
    let resets = is_reset_within(facts.definitions(), variable, innermost);
    let unit_start = |amount: f64| match steps {
        [(_, only)] if only.single() == Some(amount) && !resets => Some(start),
        _ => None,
    };
    let total = |of: fn(&Value) -> f64| steps.iter().map(|(_, amount)| of(amount)).sum::<f64>();
    if steps.iter().all(|(_, amount)| amount.low >= 0.0) {
        let limit = limit(facts, innermost, variable, Way::Up, unit_start(1.0))?;
        let most = total(|amount| amount.high);
        let from_start = start.high + if resets { most } else { 0.0 };
        return Some(Value { high: from_start.max(limit + most), ..start });
    }
    if steps.iter().all(|(_, amount)| amount.high <= 0.0) {
        let limit = limit(facts, innermost, variable, Way::Down, unit_start(-1.0))?;
        let most = total(|amount| amount.low);
        let from_start = start.low + if resets { most } else { 0.0 };
        return Some(Value { low: from_start.min(limit + most), ..start });
    }
    None
}

/// Whether the loop sets the variable anew somewhere within: then steps may follow that no test has gone before.
fn is_reset_within(definitions: &Definitions<'_>, variable: Variable, number: usize) -> bool {
    definitions
        .of_variable(variable)
        .iter()
        .filter(|definition| {
            definitions.loops_around(definition.site.innermost).any(|around| around == number)
        })
        .any(|definition| definitions.step(variable, *definition).is_none())
}

/// The range of a variable whose steps run a known number of times at most in each of its lives.
///
/// A life begins with the declaration, so loops around that do not count. Any other definition starts it anew within `start`.
pub fn by_rounds(
    facts: &Facts<'_, '_>,
    variable: Variable,
    start: Value,
    steps: &[(Step<'_>, Value)],
) -> Option<Value> {
    let definitions = facts.definitions();
    let (function, local) = definitions.as_local(variable)?;
    let is_parameter = definitions.function(function).parameters.contains(&local);
    let birth = if is_parameter { None } else { definitions.of_variable(variable).first()?.site.innermost };
    let mut value = start;
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
            times *= rounds(facts, inner)? + f64::from(u8::from(is_tested));
            part = outer_part;
        }
        value.low += times * amount.low.min(0.0);
        value.high += times * amount.high.max(0.0);
    }
    (value.low.is_finite() && value.high.is_finite()).then_some(value)
}

/// How many rounds a loop makes at most: the steps that its counter can take from the least start to the limit.
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
    let mut least: Option<(f64, f64)> = None;
    for definition in definitions.of_variable(counter).iter().filter(|definition| inside(definition.site)) {
        let step = definitions.step(counter, *definition)?;
        if step.copied.is_some_and(|site| site.innermost != definition.site.innermost) {
            return None;
        }
        let amount = signed(facts, &step);
        if is_sure(definitions, number, definition.site) {
            least = least.or(Some((amount.low, amount.high)));
        }
        amounts.push(amount);
    }
    let (low, high) = least?;
    let value = facts.variable(counter);
    // The limit is one of integers, which fractions pass in more rounds; and a float beyond 2^24 may not grow at all.
    let is_float = definitions.type_of(counter).is_some_and(|ty| ty.scalar() == Scalar::F32);
    let largest = if is_float { TWO_24 } else { LARGEST };
    if !value.is_within(-largest, largest) || !amounts.iter().all(|amount| amount.integer && !amount.nan) {
        return None;
    }
    let unit = (amounts.len() == 1 && low == high && low.abs() == 1.0).then_some(value);
    let span = if low > 0.0 && amounts.iter().all(|amount| amount.low >= 0.0) {
        (limit(facts, number, counter, Way::Up, unit)? - value.low) / low
    } else if high < 0.0 && amounts.iter().all(|amount| amount.high <= 0.0) {
        (value.high - limit(facts, number, counter, Way::Down, unit)?) / -high
    } else {
        return None;
    };
    let untested = if definitions.loops[number].test == TestPosition::Last { 1.0 } else { 0.0 };
    (span < f64::INFINITY).then_some((span.floor() + 1.0).max(0.0) + untested)
}

fn signed(facts: &Facts<'_, '_>, step: &Step<'_>) -> Value {
    let amount = facts.evaluate(step.definition.function, step.amount);
    if step.negated { amount.negate() } else { amount }
}

/// Whether every round that goes on to the next passes this place.
fn is_sure(definitions: &Definitions<'_>, number: usize, site: Site) -> bool {
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
    unit_start: Option<Value>,
) -> Option<f64> {
    let info = facts.definitions().loops[number];
    let is_variable = |side: &Expression| {
        matches!(side.kind, ExpressionKind::Local(local)
            if facts.definitions().local(info.function, local) == variable)
    };
    let mut limits = Vec::new();
    for (op, left, right) in comparisons(info.condition?) {
        let (op, bound) = match (is_variable(left), is_variable(right)) {
            (true, false) => (op, right),
            (false, true) => (op.mirrored(), left),
            _ => continue,
        };
        let value = facts.evaluate(info.function, bound);
        if value.integer && !value.nan || bound.as_number().is_some() {
            limits.extend(match way {
                Way::Up => upper(op, value, unit_start),
                Way::Down => {
                    upper(op.mirrored(), value.negate(), unit_start.map(Value::negate)).map(|limit| -limit)
                }
            });
        }
    }
    // A limit against the way is that of a bound that is never computed: the loop makes no round.
    let limits = limits.into_iter();
    match way {
        Way::Up => limits.reduce(f64::min).filter(|&limit| limit != f64::INFINITY),
        Way::Down => limits.reduce(f64::max).filter(|&limit| limit != f64::NEG_INFINITY),
    }
}

/// The largest integer i for which `i op bound` can hold.
fn upper(op: BinaryOp, bound: Value, unit_start: Option<Value>) -> Option<f64> {
    match op {
        BinaryOp::Less => Some(bound.high.ceil() - 1.0),
        BinaryOp::LessEqual | BinaryOp::Equal => Some(bound.high.floor()),
        BinaryOp::NotEqual => {
            let end = bound.single().filter(|end| end.fract() == 0.0)?;
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
