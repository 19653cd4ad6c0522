//! Which loops provably end. Drivers are told to guard all others, which costs up to a factor of four (`docs/performance.md`).
//!
//! A loop is proved if its condition has a part `i < e` (or `e > i`, alone or joined by `&&`), where `i` is an `i32` local that
//!
//! 1. nothing in the loop declares or assigns but one statement `i = i + c` with a positive constant `c`, and
//! 2. that statement is passed in every round: it stands in the update clause, or in the body itself (not in a block within), with no
//!    `continue` of this loop before it.
//!
//! **Why it ends.** In all rounds but perhaps the first, the test held before the step, and `i` did not change in between. If `i < e` holds for
//! `i32` values, then `i ≤ 2^31 − 2`, so for `c = 1` the step does not wrap, whatever `e` is and even if it changes: `i`
//! grows by one in every round, and after at most 2^32 rounds the test must fail. For `i <= e`, or a larger `c`, the step could wrap, so `e`
//! must be a literal with `e + c ≤ 2^31 − 1`; then it does not. In the first round of a `do … while` the step may wrap once, which
//! changes only where `i` starts. Downward loops (`i > e`, `i >= e`, `i = i - c`) mirror this.
//!
//! The helpers of `emit_wgsl/polyfills.wgsl` have three loops: two shift or count down a `u32` to zero, one has three rounds. Those of
//! `emit_wgsl/wide_parts.wgsl` have two, which count down or shift to zero.
//!
//! Floats are no counters: from 2^24 on, `x + 1` may be `x`.

use super::bounds::{comparisons_of_each_side, step_of};
use crate::ir::{
    BinaryOp, Expression, ExpressionKind, Function, Kernel, LabelId, LocalId, Statement, StatementKind, Type,
};

/// Whether every loop of a represented kernel provably ends.
pub fn all_loops_end(kernel: &Kernel) -> bool {
    let mut all_end = true;
    for function in kernel.all_functions() {
        function.body.walk(&mut |statement| {
            let is_loop = matches!(statement.kind, StatementKind::Loop { .. });
            all_end &= !is_loop || loop_ends(function, statement);
        });
    }
    all_end
}

/// Whether a loop of a represented function provably ends.
pub fn loop_ends(function: &Function, statement: &Statement) -> bool {
    let StatementKind::Loop { condition: Some(condition), .. } = &statement.kind else { return false };
    bounds(condition)
        .into_iter()
        .any(|bound| function.local(bound.counter).ty == Type::I32 && steps_towards(statement, &bound))
}

/// A comparison that keeps a loop going: the counter is below (or above) an end.
struct Bound {
    counter: LocalId,
    /// Whether the counter is below the end, so that it has to grow.
    up: bool,
    /// How far the counter may step without wrapping.
    largest_step: f64,
}

/// The comparisons that must all hold for the loop to go on, seen from each side.
fn bounds(condition: &Expression) -> Vec<Bound> {
    let compared = comparisons_of_each_side(condition).into_iter();
    compared.filter_map(|(op, counter, end)| bound(op, counter, end)).collect()
}

fn bound(op: BinaryOp, counter: &Expression, end: &Expression) -> Option<Bound> {
    let ExpressionKind::Local(counter) = counter.kind else { return None };
    let (up, is_strict) = match op {
        BinaryOp::Less => (true, true),
        BinaryOp::LessEqual => (true, false),
        BinaryOp::Greater => (false, true),
        BinaryOp::GreaterEqual => (false, false),
        _ => return None,
    };
    let anywhere = if is_strict { 1.0 } else { 0.0 };
    let largest_step = match end.as_number() {
        Some(end) if up => f64::from(i32::MAX) - end + anywhere,
        Some(end) => end - f64::from(i32::MIN) + anywhere,
        None => anywhere,
    };
    Some(Bound { counter, up, largest_step })
}

/// Whether every round takes exactly one step of the counter towards its end.
fn steps_towards(statement: &Statement, bound: &Bound) -> bool {
    let StatementKind::Loop { label, body, update, .. } = &statement.kind else { return false };
    let mut changes = 0;
    for block in statement.blocks() {
        block.walk(&mut |inner| changes += usize::from(inner.kind.sets() == Some(bound.counter)));
    }
    let is_step =
        |statement: &Statement| step_towards(statement, bound).is_some_and(|step| step <= bound.largest_step);
    let passed_in_body = body.0.iter().take_while(|statement| !continues(statement, *label)).any(is_step);
    changes == 1 && (update.0.iter().any(is_step) || passed_in_body)
}

/// How far a statement moves the counter towards its end, if that is all it does.
fn step_towards(statement: &Statement, bound: &Bound) -> Option<f64> {
    let step = step_of(statement, bound.counter)?;
    let towards = if bound.up { step } else { -step };
    (towards >= 1.0).then_some(towards)
}

fn continues(statement: &Statement, label: LabelId) -> bool {
    statement.kind == StatementKind::Continue(label)
        || statement.blocks().into_iter().any(|block| block.continues(label))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::ir::testing::small_interface;
    use crate::transform::labels::labels;
    use crate::transform::{fold::fold, variants::variants};

    /// Whether all loops of a kernel with this body are proved to end.
    fn ends(body: &str) -> bool {
        let interface = small_interface();
        let source =
            format!("(inputs) => {{ const data = 0; let x = 0; {body} inputs.buffers.data[0] = x; }}");
        let kernel = crate::pipeline::front_end(&source, &interface).expect("a correct kernel");
        let mut kernel = variants(&fold(kernel), &interface).expect("a correct kernel").common;
        labels(&mut kernel);
        super::all_loops_end(&kernel)
    }

    #[test]
    fn counted_loops_end() {
        for body in [
            "for (let i = 0; i < 10; i++) x += 2;",
            "for (let i = 0; 10 > i; i += 3) x += 2;",
            "for (let i = 100; i >= 0; i -= 4) x += 2;",
            "for (let i = 0; i <= dim(inputs.buffers.data); i++) if (i === 5) continue; else x += i;",
            "let i = 0; while (i < 1000 && x < 4) { i++; if (x > 1) continue; x += 0.5; }",
            "let i = 0; do { i++; x += 0.1; } while (i < 20);",
            "for (let i = 0; i < 8; i++) for (let j = i; j < 8; j++) x += j;",
            "for (let i = 0; i < inputs.threadId.x; i++) x += 1;",
            "for (let i = 0; i < inputs.uniforms.n; i++) x += 1;",
            "let n = 0; while (n < inputs.uniforms.n) { if (x > 2) break; n++; }",
        ] {
            assert!(ends(body), "{body}");
        }
    }

    #[test]
    fn other_loops_keep_their_guard() {
        for body in [
            "for (;;) { if (x > 3) break; x++; }",
            "while (x < 10) { x += 0.5; }",
            "for (let i = 0; i < 10; i++) { if (x > 2) i = 0; x++; }",
            "for (let i = 0; i < 10; ) { if (x > 2) continue; i++; }",
            "for (let i = 0; i < 10; ) { if (x > 2) i++; }",
            "for (let i = 0; i < 10; i--) x += 2;",
            "for (let i = 0; i !== 10; i++) x += 2;",
            "for (let i = 0; i < 10 || x < 5; i++) x += 2;",
            "for (let i = 0; i <= 2147483647; i++) { if (x > 3) break; x += 2; }",
            "for (let i = 0; i < 2147483647; i += 2) { if (x > 3) break; x += 2; }",
            "for (let i = 0; i < 10; i += inputs.uniforms.n) x += 1;",
            "for (let i = 0; i < inputs.uniforms.n; i += 0.5) x += 1;",
            "while (x < 10) { let i = 0; i++; x = i; }",
        ] {
            assert!(!ends(body), "{body}");
        }
    }

    /// A loop around one counter, with everything that could go wrong with its step.
    #[derive(Clone, Copy, Debug)]
    struct Shape {
        start: i32,
        op: &'static str,
        end: i32,
        step: i32,
        place: Place,
        /// Sets the counter to this in rounds divisible by three.
        reset: Option<i32>,
        do_while: bool,
    }

    #[derive(Clone, Copy, Debug)]
    enum Place {
        Update,
        Body,
        /// Only in even rounds.
        Within,
        /// Behind a `continue` of the odd rounds.
        BehindContinue,
    }

    impl Shape {
        fn text(&self) -> String {
            let Self { start, op, end, step, reset, .. } = *self;
            let step = format!("i += {step};");
            let reset = reset.map_or(String::new(), |value| format!("if (x % 3 === 0) i = {value};"));
            let (body, update) = match self.place {
                Place::Update => (String::new(), step.trim_end_matches(';').to_owned()),
                Place::Body => (step, String::new()),
                Place::Within => (format!("if (x % 2 === 0) {{ {step} }}"), String::new()),
                Place::BehindContinue => (format!("if (x % 2 === 1) continue; {step}"), String::new()),
            };
            match self.do_while {
                true => {
                    format!("let i = {start}; do {{ x++; {reset} {body} {update} }} while (i {op} {end});")
                }
                false => format!("for (let i = {start}; i {op} {end}; {update}) {{ x++; {reset} {body} }}"),
            }
        }

        /// Whether it can be waited for: from end to end of the integers takes too many rounds, and so does what follows the step that
        /// may wrap once in the first round of a `do … while`.
        fn is_short(&self) -> bool {
            let is_near = (i64::from(self.start) - i64::from(self.end)).abs() < 100;
            is_near && !(self.do_while && self.start.checked_add(self.step).is_none())
        }

        /// Whether the loop is left within more rounds than any of these shapes needs that is left at all without wrapping.
        fn is_left(&self) -> bool {
            let (mut i, mut rounds) = (self.start, 0_u32);
            let goes_on = |i: i32| match self.op {
                "<" => i < self.end,
                "<=" => i <= self.end,
                ">" => i > self.end,
                _ => i >= self.end,
            };
            let mut entered = self.do_while;
            while entered || goes_on(i) {
                entered = false;
                rounds += 1;
                if rounds > 1000 {
                    return false;
                }
                if let (Some(value), 0) = (self.reset, rounds % 3) {
                    i = value;
                }
                let is_step = match self.place {
                    Place::Update | Place::Body => true,
                    Place::Within | Place::BehindContinue => rounds % 2 == 0,
                };
                if is_step {
                    i = i.wrapping_add(self.step);
                }
            }
            true
        }
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let near = prop_oneof![-6..7_i32, (i32::MAX - 3)..=i32::MAX];
        let place =
            prop::sample::select(vec![Place::Update, Place::Body, Place::Within, Place::BehindContinue]);
        let op = prop::sample::select(vec!["<", "<=", ">", ">="]);
        let reset = prop_oneof![3 => Just(None), 1 => (-3..4_i32).prop_map(Some)];
        (near.clone(), op, near, -4..5_i32, place, reset, any::<bool>()).prop_map(
            |(start, op, end, step, place, reset, do_while)| Shape {
                start,
                op,
                end,
                step,
                place,
                reset,
                do_while,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_proved_to_end_ends(shape in shape()) {
            if shape.is_short() && ends(&shape.text()) {
                prop_assert!(shape.is_left(), "{}", shape.text());
            }
        }
    }
}
