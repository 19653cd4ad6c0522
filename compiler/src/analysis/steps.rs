//! What changes a number in a buffer in one step ([`StatementKind::Update`]): an operation that machines have, or one that is tried until nobody
//! came between.

use artifact::{Component, Interface};

use crate::collections::Set;
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Kernel, LocalId, StatementKind, Type};

/// What machines do to an integer in memory in one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    /// Adds, modulo 2^32.
    Add,
    /// Takes away, modulo 2^32.
    Subtract,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// The lesser of two.
    Min,
    /// The greater of two.
    Max,
    /// Another value, whatever was there.
    Exchange,
}

/// The operation and its operand that an update is, if machines have it for what is stored as its value. The operand has the bits of the value's type.
pub fn operation<'e>(
    old: LocalId,
    element: &Expression,
    value: &'e Expression,
) -> Option<(Operation, &'e Expression)> {
    let is_integer = |expression: &Expression| expression.ty.scalar().is_integer();
    if !is_integer(element) || !is_integer(value) {
        return None;
    }
    if !mentions(value, old) {
        return Some((Operation::Exchange, value));
    }
    let is_old = |operand: &Expression| bits(operand).kind == ExpressionKind::Local(old);
    let with = |operation: Operation, left: &'e Expression, right: &'e Expression, swaps: bool| {
        let operand = if is_old(left) {
            right
        } else if swaps && is_old(right) {
            left
        } else {
            return None;
        };
        (!mentions(operand, old) && is_integer(operand)).then_some((operation, operand))
    };
    match &bits(value).kind {
        ExpressionKind::Binary { op, left, right } => match op {
            BinaryOp::Add => with(Operation::Add, left, right, true),
            BinaryOp::Subtract => with(Operation::Subtract, left, right, false),
            BinaryOp::BitAnd => with(Operation::And, left, right, true),
            BinaryOp::BitOr => with(Operation::Or, left, right, true),
            BinaryOp::BitXor => with(Operation::Xor, left, right, true),
            _ => None,
        },
        ExpressionKind::Builtin { builtin: builtin @ (Builtin::Min | Builtin::Max), arguments } => {
            let [left, right] = arguments.as_slice() else { return None };
            let operation = if *builtin == Builtin::Min { Operation::Min } else { Operation::Max };
            // Which is less depends on the sign that their type has.
            let are_alike = [left, right, value].into_iter().all(|part| part.ty == element.ty);
            with(operation, left, right, true).filter(|_| are_alike)
        }
        _ => None,
    }
}

/// What an update of a single adds to it: the operand, and whether it is taken away.
pub fn summand<'e>(
    old: LocalId,
    element: &Expression,
    value: &'e Expression,
) -> Option<(&'e Expression, bool)> {
    let ExpressionKind::Binary { op, left, right } = &value.kind else { return None };
    let is_old = |operand: &Expression| operand.kind == ExpressionKind::Local(old);
    let (operand, is_taken) = match op {
        BinaryOp::Add if is_old(left) => (right, false),
        BinaryOp::Add if is_old(right) => (left, false),
        BinaryOp::Subtract if is_old(left) => (right, true),
        _ => return None,
    };
    let are_singles = [element, value, &**operand].into_iter().all(|part| part.ty == Type::F32);
    (are_singles && !mentions(operand, old)).then_some((&**operand, is_taken))
}

/// The buffers of singles all of whose updates are sums.
pub fn summed(kernel: &Kernel, interface: &Interface) -> Set<usize> {
    let mut others = Set::default();
    for function in kernel.all_functions() {
        function.body.walk(&mut |statement| {
            if let StatementKind::Update { old, element, value } = &statement.kind
                && summand(*old, element, value).is_none()
            {
                others.extend(statement.writes());
            }
        });
    }
    let is_summed = |buffer: &usize| {
        let element = interface.buffers.get(*buffer).map(|described| described.element.component());
        element == Some(Component::F32) && !others.contains(buffer)
    };
    updated(kernel).into_iter().filter(is_summed).collect()
}

/// The buffers that some update is of: all that touches them does so in steps.
pub fn updated(kernel: &Kernel) -> Set<usize> {
    let mut found = Set::default();
    for function in kernel.all_functions() {
        function.body.walk(&mut |statement| {
            if let StatementKind::Update { .. } = statement.kind {
                found.extend(statement.writes());
            }
        });
    }
    found
}

/// Whether there is an instruction of WebAssembly for an operation on what lies so in memory.
pub fn is_instruction(operation: Operation, component: Component) -> bool {
    let is_extremum = matches!(operation, Operation::Min | Operation::Max);
    // What is clamped is stored otherwise than its bits.
    !is_extremum && component != Component::U8Clamped
}

/// The expression whose bits this has.
fn bits(expression: &Expression) -> &Expression {
    match &expression.kind {
        ExpressionKind::Convert(operand)
            if expression.ty.scalar().is_integer() && operand.ty.scalar().is_integer() =>
        {
            bits(operand)
        }
        _ => expression,
    }
}

/// Whether an expression names a local.
pub fn mentions(expression: &Expression, local: LocalId) -> bool {
    let mut found = false;
    expression.walk(&mut |part| found |= part.kind == ExpressionKind::Local(local));
    found
}
