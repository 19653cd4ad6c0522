//! What a kernel's time goes into: [`Pattern`]. A wrong answer costs time, never correctness.

use artifact::Pattern;

use crate::ir::{Block, ExpressionKind, Kernel, StatementKind};

/// The pattern of a kernel. What a user's function touches counts as touched in a loop if there is any.
pub fn pattern(kernel: &Kernel) -> Pattern {
    let has_loops = kernel.all_functions().any(|function| function.body.contains(&is_loop));
    let helpers_touch = kernel.functions.iter().any(|function| touches(&function.body));
    match has_loops {
        false => Pattern::Streaming,
        true if helpers_touch || touches_in_loop(&kernel.entry.body) => Pattern::Gathering,
        true => Pattern::Computing,
    }
}

fn is_loop(kind: &StatementKind) -> bool {
    matches!(kind, StatementKind::Loop { .. })
}

fn touches_in_loop(body: &Block) -> bool {
    let mut found = false;
    body.walk(&mut |statement| {
        found |= is_loop(&statement.kind) && statement.blocks().into_iter().any(touches)
    });
    found
}

/// Whether anything in the block reads or writes a buffer.
fn touches(block: &Block) -> bool {
    let mut found = false;
    block.walk(&mut |statement| found |= statement.writes().is_some());
    block.walk_expressions(&mut |expression| found |= matches!(expression.kind, ExpressionKind::Load { .. }));
    found
}

#[cfg(test)]
mod tests {
    use artifact::Pattern;

    use crate::ir::testing::small_interface;

    fn of(body: &str) -> Pattern {
        let kernel = crate::pipeline::middle_end(&format!("inputs => {{ {body} }}"), &small_interface());
        super::pattern(&kernel.expect("a correct kernel").common)
    }

    #[test]
    fn loops_and_what_they_touch_make_the_pattern() {
        assert_eq!(of("inputs.buffers.data[inputs.threadId.x] *= 2;"), Pattern::Streaming);
        let sum =
            "let s = 0; for (let i = 0; i < 9; i++) s += inputs.buffers.data[i]; inputs.buffers.data[0] = s;";
        assert_eq!(of(sum), Pattern::Gathering);
        let count = "let s = 1; for (let i = 0; i < 9; i++) s *= 1.5; inputs.buffers.data[0] = s;";
        assert_eq!(of(count), Pattern::Computing);
        let helper = "function at(i = types.number) { return inputs.buffers.data[i]; } let s = 0; while (s < 9) s += at(1); inputs.buffers.data[0] = s;";
        assert_eq!(of(helper), Pattern::Gathering);
    }
}
