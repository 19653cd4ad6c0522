//! Loops whose end is known only when they run, with several rounds between two tests.
//!
//! ```text
//! while (j < e) { …; j++ }
//! ⇒
//! const last = e - 3; while (j < last) { …; j++; …; j++; …; j++; …; j++ }; while (j < e) { …; j++ }
//! ```
//!
//! **Why it is right.** Nothing in the loop changes `e`: it is made of literals, uniforms, locals that the loop does not set, and elements of
//! buffers that the kernel only reads. The counter goes up by one in each round and is set nowhere else in the loop. So where `j < e - 3`
//! holds, `j < e` holds for this round and the next three, and the second loop makes what rounds are left. Nothing but its test ends the first
//! loop. `e - 3` is computed of no less than the least integer that has one.
//!
//! Loads of several rounds wait together. Drivers do not do that by themselves: on an H200 a sparse product took three times as long as `nvcc`'s.

use artifact::Access;

use super::unroll::{is_short, repeat};
use crate::analysis::bounds::step_of;
use crate::analysis::guards::set_in;
use crate::analysis::{AccessFacts, all_loops_end};
use crate::ir::{
    BinaryOp, Block, Builtin, Expression, ExpressionKind, Function, Kernel, Literal, Local, LocalId,
    Statement, StatementKind, TestPosition, Type,
};

/// How many rounds are written out.
const ROUNDS: i64 = 4;

/// The kernel with its innermost counted loops unrolled, if it has any.
pub(super) fn unroll(kernel: &Kernel, facts: &AccessFacts) -> Option<Kernel> {
    // The proof that a loop ends is about the loop as it was.
    if !all_loops_end(kernel) {
        return None;
    }
    let mut unrolled = kernel.clone();
    let mut count = 0;
    for function in unrolled.functions.iter_mut().chain(std::iter::once(&mut unrolled.entry)) {
        let mut body = std::mem::take(&mut function.body);
        count += block(&mut body, function, facts);
        function.body = body;
    }
    (count > 0).then_some(unrolled)
}

/// Unrolls the loops of a block; says how many.
fn block(block: &mut Block, function: &mut Function, facts: &AccessFacts) -> usize {
    let mut count = 0;
    for mut statement in std::mem::take(&mut block.0) {
        if let Some(end) = open_end(&statement, function, facts) {
            block.0.extend(first_rounds(&statement, end, &mut function.locals));
            count += 1;
        } else {
            for inner in statement.blocks_mut() {
                count += self::block(inner, function, facts);
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
    (is_counter && is_open && is_fixed && is_short(statement) && !body.breaks(*label))
        .then(|| (**right).clone())
}

/// The loop of the rounds that are written out, and its end.
fn first_rounds(statement: &Statement, end: Expression, locals: &mut Vec<Local>) -> [Statement; 2] {
    let span = statement.span;
    let last = LocalId(locals.len() as u32);
    locals.push(Local { name: "last".to_owned(), ty: Type::I32, span, mutable: false });
    let integer = |kind| Expression::new(kind, Type::I32, span);
    let literal = |value: i64| integer(ExpressionKind::Literal(Literal::Number(value as f64)));
    let least = literal(i64::from(i32::MIN) + ROUNDS - 1);
    let kept = integer(ExpressionKind::Builtin { builtin: Builtin::Max, arguments: vec![end, least] });
    let value = Expression::binary(BinaryOp::Subtract, kept, literal(ROUNDS - 1), span);
    let declared = StatementKind::Declare { local: last, value: Some(value) };
    let mut rounds = statement.clone();
    repeat(&mut rounds, ROUNDS, locals);
    if let StatementKind::Loop { condition: Some(condition), .. } = &mut rounds.kind
        && let ExpressionKind::Binary { right, .. } = &mut condition.kind
    {
        **right = integer(ExpressionKind::Local(last));
    }
    [Statement { kind: declared, span }, rounds]
}
