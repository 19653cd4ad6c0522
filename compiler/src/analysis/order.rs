//! Whether it matters in which order threads come to what they change in one step: sums of floats are rounded, and who asks what was there
//! before is told something else.

use artifact::{Component, Interface, Log};

use super::mentions::Mentions;
use super::steps::{Operation, mentions, operation};
use crate::ir::{Builtin, Expression, ExpressionKind, Kernel, LocalId, StatementKind};

/// Whether what a kernel leaves in buffers depends on the order of its threads, plain writes of several of them aside.
pub fn order_matters(kernel: &Kernel, interface: &Interface) -> bool {
    let log = Log::of(interface).map(|(buffer, _)| buffer);
    kernel.all_functions().any(|function| {
        let uses = Mentions::of(function);
        let mut matters = false;
        function.body.walk(&mut |statement| {
            if let StatementKind::Update { old, element, value } = &statement.kind
                && let Some((buffer, ..)) = element.loaded()
                && Some(buffer) != log
            {
                let component = interface.buffers.get(buffer).map(|described| described.element.component());
                let is_free = is_extremum(*old, value)
                    || (component != Some(Component::U8Clamped) && is_modular(*old, element, value));
                matters |= !is_free || !is_forgotten(&statement.kind, &uses);
            }
        });
        matters
    })
}

/// Whether nobody asks what an element was before an update.
pub fn is_forgotten(update: &StatementKind, uses: &Mentions) -> bool {
    let StatementKind::Update { old, value, .. } = update else { return false };
    let mut own = 1;
    value.walk(&mut |part| own += u32::from(part.kind == ExpressionKind::Local(*old)));
    uses.count(*old) == own
}

/// Whether it is an operation on integers of which all orders give the same.
fn is_modular(old: LocalId, element: &Expression, value: &Expression) -> bool {
    operation(old, element, value).is_some_and(|(operation, _)| operation != Operation::Exchange)
}

/// Whether the least or the greatest number is kept.
fn is_extremum(old: LocalId, value: &Expression) -> bool {
    let ExpressionKind::Builtin { builtin: Builtin::Min | Builtin::Max, arguments } = &value.kind else {
        return false;
    };
    let (kept, others): (Vec<_>, Vec<_>) =
        arguments.iter().partition(|part| part.kind == ExpressionKind::Local(old));
    kept.len() == 1 && !others.into_iter().any(|part| mentions(part, old))
}

#[cfg(test)]
mod tests {
    use artifact::{BufferDescription, ElementType};

    use super::*;
    use crate::pipeline::middle_end;

    fn matters(body: &str) -> bool {
        let buffer = |(name, element): (&str, ElementType)| BufferDescription {
            name: name.into(),
            element,
            size: vec![8],
        };
        let buffers = [("f", ElementType::Number), ("i", ElementType::I32), ("c", ElementType::U8Clamped)];
        let interface = Interface { buffers: buffers.map(buffer).into(), ..Interface::default() };
        let source = format!(
            "inputs => {{ const {{ f, i, c }} = inputs.buffers; const k = inputs.threadId.x & 3; {body} }}"
        );
        order_matters(&middle_end(&source, &interface).unwrap().common, &interface)
    }

    #[test]
    fn sums_of_floats_and_what_was_there_before_depend_on_it() {
        for body in [
            "f[k] += 0.5;",
            "f[k] *= 2;",
            "c[k] += 100;",
            "const slot = Atomics.add(i, k, 1); f[slot] = k;",
            "i[k] += 0.5;",
            "Atomics.exchange(i, 0, k);",
            "Atomics.compareExchange(i, 0, 0, k);",
        ] {
            assert!(matters(body), "{body}");
        }
    }

    #[test]
    fn integers_and_extrema_do_not() {
        for body in [
            "i[k] += k;",
            "i[k]++;",
            "i[k] |= k;",
            "f[k] = Math.min(f[k], k);",
            "i[k] = Math.max(i[k], k);",
            "f[inputs.threadId.x] += 0.5;",
            "Atomics.sub(i, k, 3);",
        ] {
            assert!(!matters(body), "{body}");
        }
    }
}
