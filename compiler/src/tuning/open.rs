//! Loops whose end is known only when they run, with several rounds between two tests.
//!
//! ```text
//! while (j < e) { …; j++ }
//! ⇒
//! const end = e, last = Math.max(end, …) - 3;
//! while (j < last) { …; j++; …; j++; …; j++; …; j++ }
//! while (j < end) { …; j++ }
//! ```
//!
//! Short bodies get a loop of 16 rounds before that of 4.
//!
//! **Why it is right.** Nothing in the loop changes `e`: it is made of literals, uniforms, locals that the loop does not set, and elements of
//! buffers that the kernel only reads. The counter goes up by one in each round and is set nowhere else in the loop. So where `j < end - 3`
//! holds, `j < end` holds for this round and the next three, and the last loop makes what rounds are left. Nothing but its test ends a loop of
//! several rounds. `end - 3` is computed of no less than the least integer that has one.
//!
//! Loads of several rounds wait together. Drivers do not do that by themselves: on an H200 a sparse product took three times as long as `nvcc`'s.
//!
//! In the first of the loops the counter as an index is not checked round by round, which cost a tenth there, but once before all:
//!
//! ```text
//! const last = j >= 0 && end <= n ? Math.max(end, …) - 15 : -2147483648;
//! ```
//!
//! `n` is the least extent that the counter is an index of. As the counter only goes up, it is in range in all rounds of that loop, or there are
//! none: then the loops behind it, which check, make all of them.

use artifact::{Access, Interface};

use super::unroll::{MAX_STATEMENTS, is_short, repeat};
use crate::analysis::bounds::step_of;
use crate::analysis::guards::set_in;
use crate::analysis::{AccessFacts, all_loops_end};
use crate::ir::{
    BinaryOp, Block, Builtin, Expression, ExpressionKind, Function, Kernel, Known, Literal, Local, LocalId,
    Statement, StatementKind, TestPosition, Type,
};

/// How many rounds are written out, in one loop after the other.
const ROUNDS: [i64; 2] = [16, 4];
/// More statements than that are written out in no loop.
const MAX_WRITTEN: usize = 64;

/// The kernel with its innermost counted loops unrolled, if it has any.
pub(super) fn unroll(kernel: &Kernel, interface: &Interface, facts: &AccessFacts) -> Option<Kernel> {
    // The proof that a loop ends is about the loop as it was.
    if !all_loops_end(kernel) {
        return None;
    }
    let mut unrolled = kernel.clone();
    let mut count = 0;
    for function in unrolled.functions.iter_mut().chain(std::iter::once(&mut unrolled.entry)) {
        let mut body = std::mem::take(&mut function.body);
        count += block(&mut body, function, interface, facts);
        function.body = body;
    }
    (count > 0).then_some(unrolled)
}

/// Unrolls the loops of a block; says how many.
fn block(block: &mut Block, function: &mut Function, interface: &Interface, facts: &AccessFacts) -> usize {
    let mut count = 0;
    for mut statement in std::mem::take(&mut block.0) {
        if let Some(end) = open_end(&statement, function, facts) {
            let end = once(end, &mut statement, &mut function.locals, &mut block.0);
            let mut range = counted_range(&statement, interface);
            for times in
                ROUNDS.into_iter().filter(|&times| is_short(&statement, MAX_WRITTEN / times as usize))
            {
                first_rounds(&statement, end, times, range.take(), &mut function.locals, &mut block.0);
            }
            count += 1;
        } else {
            for inner in statement.blocks_mut() {
                count += self::block(inner, function, interface, facts);
            }
        }
        block.0.push(statement);
    }
    count
}

/// The end of a loop that can be unrolled.
fn open_end(statement: &Statement, function: &Function, facts: &AccessFacts) -> Option<Expression> {
    let StatementKind::Loop {
        label,
        test: TestPosition::First,
        condition: Some(condition),
        body,
        update,
        ..
    } = &statement.kind
    else {
        return None;
    };
    let ExpressionKind::Binary { op: BinaryOp::Less, left, right } = &condition.kind else { return None };
    let ExpressionKind::Local(counter) = left.kind else { return None };
    let [step] = update.0.as_slice() else { return None };
    let set = set_in(&body.0);
    let is_counter = function.local(counter).ty == Type::I32
        && step_of(step, counter) == Some(1.0)
        && !set.contains(&counter);
    let is_open = right.ty == Type::I32 && right.as_number().is_none();
    let stays = |part: &Expression| match part.kind {
        ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } => {
            local != counter && !set.contains(&local)
        }
        ExpressionKind::Load { buffer, .. } => facts.buffers.get(&buffer) == Some(&Access::Read),
        ExpressionKind::Call { .. } | ExpressionKind::Random => false,
        _ => true,
    };
    let mut is_fixed = true;
    right.walk(&mut |part| is_fixed &= stays(part));
    (is_counter && is_open && is_fixed && is_short(statement, MAX_STATEMENTS) && !body.breaks(*label))
        .then(|| (**right).clone())
}

/// The end of a loop as a local that is declared before it, and that the loop then names.
fn once(
    value: Expression,
    statement: &mut Statement,
    locals: &mut Vec<Local>,
    before: &mut Vec<Statement>,
) -> LocalId {
    if let ExpressionKind::Local(end) = value.kind {
        return end;
    }
    let end = declare("end", value, locals, before);
    compare_with(end, statement);
    end
}

/// Adds the declaration of an integer.
fn declare(name: &str, value: Expression, locals: &mut Vec<Local>, before: &mut Vec<Statement>) -> LocalId {
    let (local, span) = (LocalId(locals.len() as u32), value.span);
    locals.push(Local { name: name.to_owned(), ty: Type::I32, span, mutable: false });
    before.push(Statement { kind: StatementKind::Declare { local, value: Some(value) }, span });
    local
}

/// Lets a loop go on to this end.
fn compare_with(end: LocalId, statement: &mut Statement) {
    if let StatementKind::Loop { condition: Some(condition), .. } = &mut statement.kind
        && let ExpressionKind::Binary { right, .. } = &mut condition.kind
    {
        right.kind = ExpressionKind::Local(end);
    }
}

/// The indices that a loop counts in.
struct Range {
    counter: LocalId,
    /// What they are below: the least of the extents.
    extent: u32,
}

/// The range that the counter of a loop must stay in, if it is an index as it stands.
fn counted_range(statement: &Statement, interface: &Interface) -> Option<Range> {
    let StatementKind::Loop { condition: Some(condition), body, .. } = &statement.kind else { return None };
    let ExpressionKind::Binary { left, .. } = &condition.kind else { return None };
    let ExpressionKind::Local(counter) = left.kind else { return None };
    let mut least: Option<u32> = None;
    body.walk(&mut |statement| {
        for expression in statement.expressions() {
            expression.walk(&mut |part| {
                let ExpressionKind::Load { buffer, index } = &part.kind else { return };
                let size = &interface.buffers[*buffer].size;
                for (_, &extent) in
                    index.iter().zip(size).filter(|(index, _)| index.kind == ExpressionKind::Local(counter))
                {
                    least = Some(least.map_or(extent, |least| least.min(extent)));
                }
            });
        }
    });
    let extent = least.filter(|extent| (1..=i32::MAX as u32).contains(extent))?;
    Some(Range { counter, extent })
}

/// Marks the counter as in range wherever a loop loads by it.
fn mark(statement: &mut Statement, counter: LocalId) {
    for expression in statement.expressions_mut() {
        mark_in(expression, counter);
    }
    for block in statement.blocks_mut() {
        block.0.iter_mut().for_each(|statement| mark(statement, counter));
    }
}

fn mark_in(expression: &mut Expression, counter: LocalId) {
    if let ExpressionKind::Load { index, .. } = &mut expression.kind {
        for index in index.iter_mut().filter(|index| index.kind == ExpressionKind::Local(counter)) {
            let inner = Box::new(index.clone());
            index.kind = ExpressionKind::InRange { index: inner, known: Known::Always };
        }
    }
    expression.operands_mut().into_iter().for_each(|operand| mark_in(operand, counter));
}

/// Adds the loop in which so many rounds are written out, and its end; with a range, it has rounds only if all of them are in it.
fn first_rounds(
    statement: &Statement,
    end: LocalId,
    times: i64,
    range: Option<Range>,
    locals: &mut Vec<Local>,
    before: &mut Vec<Statement>,
) {
    let span = statement.span;
    let integer = |kind| Expression::new(kind, Type::I32, span);
    let literal = |value: i64| integer(ExpressionKind::Literal(Literal::Number(value as f64)));
    let named = |local| integer(ExpressionKind::Local(local));
    let least = literal(i64::from(i32::MIN) + times - 1);
    let kept = integer(ExpressionKind::Builtin { builtin: Builtin::Max, arguments: vec![named(end), least] });
    let mut value = Expression::binary(BinaryOp::Subtract, kept, literal(times - 1), span);
    let mut rounds = statement.clone();
    if let Some(Range { counter, extent }) = range {
        let test = |op, left, right| {
            let (left, right) = (Box::new(left), Box::new(right));
            Expression::new(ExpressionKind::Binary { op, left, right }, Type::BOOL, span)
        };
        let begins = test(BinaryOp::GreaterEqual, named(counter), literal(0));
        let ends = test(BinaryOp::LessEqual, named(end), literal(extent.into()));
        value = integer(ExpressionKind::Select {
            condition: Box::new(test(BinaryOp::And, begins, ends)),
            accept: Box::new(value),
            reject: Box::new(literal(i32::MIN.into())),
        });
        mark(&mut rounds, counter);
    }
    let last = declare("last", value, locals, before);
    repeat(&mut rounds, times, locals);
    compare_with(last, &mut rounds);
    before.push(rounds);
}
