//! Which locals differ between threads that go through a kernel together. The others are made of literals: counters, for the most part.

use crate::collections::Set;
use crate::ir::{Expression, ExpressionKind, Function, LocalId, Place, StatementKind};

/// The locals of a function that a thread needs for itself.
pub(super) fn own_locals(function: &Function) -> Set<LocalId> {
    let mut own: Set<LocalId> = function.parameters.iter().copied().collect();
    // Each round finds what is made of those that are known, until it finds no more.
    loop {
        let mut is_done = true;
        function.body.walk(&mut |statement| {
            let Some(local) = statement.kind.sets() else { return };
            let stays_common = match &statement.kind {
                StatementKind::Declare { value: Some(value), .. }
                | StatementKind::Assign { place: Place::Local(_), value } => is_common(value, &own),
                StatementKind::Declare { value: None, .. } => true,
                _ => false,
            };
            if !stays_common {
                is_done &= !own.insert(local);
            }
        });
        if is_done {
            return own;
        }
    }
}

/// Whether an expression is the same for all threads: made of literals and of locals that are.
pub(super) fn is_common(expression: &Expression, own: &Set<LocalId>) -> bool {
    let mut all = true;
    expression.walk(&mut |part| {
        all &= match &part.kind {
            ExpressionKind::Local(local) => !own.contains(local),
            ExpressionKind::Literal(_)
            | ExpressionKind::Unary { .. }
            | ExpressionKind::Binary { .. }
            | ExpressionKind::Convert(_) => true,
            _ => false,
        }
    });
    all
}
