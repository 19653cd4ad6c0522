//! Between which bounds a loop's counter is while the body runs, where these are known: then an index by it needs no check.
//!
//! The counter of `for (let i = a; i < b; i += c)` is in `a..b` in the body if
//!
//! 1. `a`, `b` and `c` are literals, `c` is positive, and `b + c` is an `i32`,
//! 2. the loop tests first, and `i < b` is the condition or a part of a conjunction, and
//! 3. in the whole function nothing sets `i` but its declaration, `i = a`, and one statement `i = i + c` in the update of this loop.
//!
//! **Why.** In the body the test has just held, and the body does not set `i`, so `i < b`. Only the step changes `i` after its
//! declaration. It follows a body, where `i < b`, so it does not wrap, and `i` grows: `i ≥ a` always.
//! (The same for `i <= b` with one more.)

use super::bounds::{comparisons_of_each_side, step_of};
use crate::ir::{
    BinaryOp, Expression, ExpressionKind, Function, LocalId, Place, Statement, StatementKind, TestPosition,
    Type,
};

/// A local that is known to be in a range while the body of a loop runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// The local, an `i32`.
    pub local: LocalId,
    /// Its least value.
    pub low: i32,
    /// Its largest value.
    pub high: i32,
}

/// The counter of a loop of a represented function, if its bounds are known.
pub fn counter(function: &Function, starts: &Starts, statement: &Statement) -> Option<Counter> {
    let StatementKind::Loop { test: TestPosition::First, condition: Some(condition), update, .. } =
        &statement.kind
    else {
        return None;
    };
    comparisons_of_each_side(condition)
        .into_iter()
        .filter_map(|(op, counter, end)| {
            let (ExpressionKind::Local(local), end) = (&counter.kind, end.as_number()?) else { return None };
            let high = match op {
                BinaryOp::Less => end - 1.0,
                BinaryOp::LessEqual => end,
                _ => return None,
            };
            let step = update.0.iter().find_map(|statement| step_of(statement, *local))?;
            let low = starts.only(*local)?;
            let fits = function.local(*local).ty == Type::I32
                && step >= 1.0
                && high + step <= f64::from(i32::MAX)
                && high.fract() == 0.0;
            fits.then_some(Counter { local: *local, low, high: high as i32 })
        })
        .next()
}

/// With what the locals of a function start, found for all at once.
#[derive(Clone, Debug)]
pub struct Starts(Vec<Start>);

/// The assignments of a local, as far as they start a counter.
#[derive(Clone, Copy, Debug, Default)]
struct Start {
    declarations: u32,
    assignments: u32,
    /// The literal that it was declared with last.
    literal: Option<f64>,
}

impl Starts {
    /// The counters of a function.
    pub fn of(function: &Function) -> Self {
        let mut starts = vec![Start::default(); function.locals.len()];
        // What a parameter starts with is not known.
        function.parameters.iter().for_each(|local| starts[local.0 as usize].declarations = 1);
        function.body.walk(&mut |statement| match &statement.kind {
            StatementKind::Declare { local, value } => {
                let start = &mut starts[local.0 as usize];
                start.declarations += 1;
                start.literal = value.as_ref().map_or(Some(0.0), Expression::as_number);
            }
            StatementKind::Assign { place: Place::Local(local), .. } => {
                starts[local.0 as usize].assignments += 1;
            }
            _ => {}
        });
        Self(starts)
    }

    /// The literal that a local is declared with, if it is set only once more.
    pub fn only(&self, local: LocalId) -> Option<i32> {
        let Start { declarations, assignments, literal } = self.0[local.0 as usize];
        literal.filter(|_| declarations == 1 && assignments == 1).map(|literal| literal as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::*;

    /// A loop from 2 while below 10, in steps of `step`, with `body`.
    fn looped(step: i32, more: impl FnOnce(LocalId) -> Vec<Statement>) -> Option<Counter> {
        let mut build = Build::new("kernel");
        let i = build.local("i", Type::I32);
        let next = set(i, binary(BinaryOp::Add, read(i, Type::I32), int(step)));
        let counted = repeat(0, TestPosition::First, Some(below(i, 10)), more(i), vec![next]);
        let kernel = build.kernel(vec![declare(i, int(2)), counted]);
        counter(&kernel.entry, &Starts::of(&kernel.entry), &kernel.entry.body.0[1])
    }

    #[test]
    fn a_counter_is_between_its_start_and_its_end() {
        let found = looped(3, |_| Vec::new()).unwrap();
        assert_eq!((found.low, found.high), (2, 9));
    }

    #[test]
    fn a_counter_that_something_else_sets_is_none() {
        assert_eq!(looped(3, |i| vec![set(i, int(50))]), None);
        assert_eq!(looped(3, |i| vec![declare(i, int(-1))]), None);
        assert_eq!(looped(-1, |_| Vec::new()), None);
        assert_eq!(looped(i32::MAX - 8, |_| Vec::new()), None);
        assert!(looped(i32::MAX - 9, |_| Vec::new()).is_some());
    }
}
