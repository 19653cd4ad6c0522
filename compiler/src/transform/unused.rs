//! Drops what nobody reads: a copy of an object brings all its fields into locals, of which a kernel often looks at one.
//!
//! Statements are looked at from the end, so that what was only there for something that is dropped is dropped too. What a loop carries from
//! round to round counts as read.

use crate::ir::{Block, Expression, ExpressionKind, Function, Kernel, LocalId, Statement, StatementKind};

/// The kernel without locals that are never read, and what they are set to. Values with effects stay.
pub fn drop_unused(mut kernel: Kernel) -> Kernel {
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        let mut reads = Reads::of(function);
        reads.drop_in(&mut function.body);
    }
    kernel
}

/// How often each local is read.
struct Reads(Vec<u32>);

impl Reads {
    fn of(function: &Function) -> Self {
        let mut reads = Self(vec![0; function.locals.len()]);
        function.body.walk_expressions(&mut |expression| {
            if let Some(local) = read_by(expression) {
                reads.0[local.0 as usize] += 1;
            }
        });
        reads
    }

    fn drop_in(&mut self, block: &mut Block) {
        let mut kept = Vec::with_capacity(block.0.len());
        while let Some(mut statement) = block.0.pop() {
            if self.is_unused(&statement) {
                self.forget(&statement);
                continue;
            }
            statement.blocks_mut().into_iter().rev().for_each(|inner| self.drop_in(inner));
            kept.push(statement);
        }
        kept.reverse();
        block.0 = kept;
    }

    fn is_unused(&self, statement: &Statement) -> bool {
        let is_read = |local: LocalId| self.0[local.0 as usize] > 0;
        match &statement.kind {
            StatementKind::Declare { local, value } => {
                !is_read(*local) && !value.as_ref().is_some_and(has_effect)
            }
            StatementKind::Assign { place, value } => {
                place.local().is_some_and(|local| !is_read(local)) && !has_effect(value)
            }
            _ => false,
        }
    }

    fn forget(&mut self, statement: &Statement) {
        for expression in statement.expressions() {
            expression.walk(&mut |part| {
                if let Some(local) = read_by(part) {
                    self.0[local.0 as usize] -= 1;
                }
            });
        }
    }
}

/// The local that an expression itself reads.
fn read_by(expression: &Expression) -> Option<LocalId> {
    match expression.kind {
        ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } => Some(local),
        _ => None,
    }
}

/// Whether the value of a statement may have effects; those of functions that have none are not told apart.
fn has_effect(value: &Expression) -> bool {
    matches!(value.kind, ExpressionKind::Random | ExpressionKind::Call { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{print, testing};
    use crate::pipeline::front_end;

    fn without_unused(body: &str) -> String {
        let source = format!("inputs => {{ const b = inputs.buffers.data; {body} }}");
        print(&drop_unused(front_end(&source, &testing::small_interface()).unwrap()), None)
    }

    #[test]
    fn what_nobody_reads_is_dropped_and_what_it_was_made_of() {
        let text =
            without_unused("const a = b[1]; const c = a * 2; let d = 0; d = c; const e = b[3]; b[0] = e;");
        assert!(!["a#", "c#", "d#"].iter().any(|name| text.contains(name)), "{text}");
        assert!(text.contains("e#"), "{text}");
    }

    #[test]
    fn random_numbers_are_drawn_all_the_same() {
        let text = without_unused("const a = Math.random(); b[0] = Math.random();");
        assert_eq!(text.matches("random()").count(), 2, "{text}");
    }

    #[test]
    fn what_a_loop_carries_stays() {
        let text = without_unused("let a = 0; for (let i = 0; i < 3; i++) { b[i] = a; a = i; }");
        assert!(text.contains("a#"), "{text}");
    }
}
