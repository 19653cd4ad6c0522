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
//! The helpers of `emit_wgsl/polyfills.wgsl` have three loops: two shift or count down a `u32` to zero, one has three rounds.
//!
//! Floats are no counters: from 2^24 on, `x + 1` may be `x`.

use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Function, Kernel, LabelId, LocalId, Place, Statement,
    StatementKind, Type,
};

/// Whether every loop of a represented kernel provably ends.
pub fn all_loops_end(kernel: &Kernel) -> bool {
    let mut all_end = true;
    for function in kernel.all_functions() {
        function.body.walk(&mut |statement| {
            if matches!(statement.kind, StatementKind::Loop { .. }) {
                all_end &= loop_ends(function, statement);
            }
        });
    }
    all_end
}

fn loop_ends(function: &Function, statement: &Statement) -> bool {
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

/// The comparisons that must all hold for the loop to go on.
fn bounds(condition: &Expression) -> Vec<Bound> {
    let ExpressionKind::Binary { op, left, right } = &condition.kind else { return Vec::new() };
    let (below, is_strict) = match op {
        BinaryOp::And => {
            let mut both = bounds(left);
            both.extend(bounds(right));
            return both;
        }
        BinaryOp::Less => (true, true),
        BinaryOp::LessEqual => (true, false),
        BinaryOp::Greater => (false, true),
        BinaryOp::GreaterEqual => (false, false),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    found.extend(bound(left, right, below, is_strict));
    found.extend(bound(right, left, !below, is_strict));
    found
}

fn bound(counter: &Expression, end: &Expression, up: bool, is_strict: bool) -> Option<Bound> {
    let ExpressionKind::Local(counter) = counter.kind else { return None };
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
        block.walk(&mut |inner| changes += usize::from(changes_local(inner, bound.counter)));
    }
    let is_step =
        |statement: &Statement| step_of(statement, bound).is_some_and(|step| step <= bound.largest_step);
    let passed_in_body = body.0.iter().take_while(|statement| !continues(statement, *label)).any(is_step);
    changes == 1 && (update.0.iter().any(is_step) || passed_in_body)
}

/// How far a statement moves the counter towards its end, if that is all it does.
fn step_of(statement: &Statement, bound: &Bound) -> Option<f64> {
    let StatementKind::Assign { place: Place::Local(local), value } = &statement.kind else { return None };
    let ExpressionKind::Binary { op, left, right } = &value.kind else { return None };
    let is_counter = |side: &Expression| side.kind == ExpressionKind::Local(bound.counter);
    let step = match op {
        BinaryOp::Add if is_counter(left) => right.as_number()?,
        BinaryOp::Add if is_counter(right) => left.as_number()?,
        BinaryOp::Subtract if is_counter(left) => -right.as_number()?,
        _ => return None,
    };
    let towards = if bound.up { step } else { -step };
    (*local == bound.counter && value.ty == Type::I32 && towards >= 1.0).then_some(towards)
}

fn changes_local(statement: &Statement, counter: LocalId) -> bool {
    match &statement.kind {
        StatementKind::Declare { local, .. } => *local == counter,
        StatementKind::Assign { place: Place::Local(local), .. } => *local == counter,
        _ => false,
    }
}

fn continues(statement: &Statement, label: LabelId) -> bool {
    let block = Block(vec![statement.clone()]);
    let mut found = false;
    block.walk(&mut |inner| found |= inner.kind == StatementKind::Continue(label));
    found
}

#[cfg(test)]
mod tests {
    use artifact::{BufferDescription, ElementType, Interface, UniformDescription, UniformType};

    use crate::transform::labels::labels;
    use crate::transform::{fold::fold, variants::variants};

    /// Whether all loops of a kernel with this body are proved to end.
    fn ends(body: &str) -> bool {
        let interface = Interface {
            buffers: vec![BufferDescription {
                name: "data".into(),
                element: ElementType::Number,
                size: vec![64],
            }],
            uniforms: vec![UniformDescription { name: "n".into(), ty: UniformType::Number }],
            ..Interface::default()
        };
        let source =
            format!("(inputs) => {{ const data = 0; let x = 0; {body} inputs.buffers.data[0] = x; }}");
        let kernel = crate::pipeline::front_end(&source, &interface).expect("a correct kernel");
        let mut kernel = variants(&fold(kernel)).common;
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
}
