//! The operators, as they are written.

use crate::syntax::tree::{
    AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator, UpdateOperator,
};

/// An operator between two operands.
#[derive(Clone, Copy)]
pub(super) enum Infix {
    Binary(BinaryOperator),
    Logical(LogicalOperator),
}

/// How tightly comparisons bind, and `as` and `satisfies` with them.
pub(super) const RELATION: u8 = 7;

/// The operators between two operands, and how tightly they bind. All but `**` bind to the left.
pub(super) const INFIX: [(&str, u8, Infix); 25] = [
    ("??", 1, Infix::Logical(LogicalOperator::Coalesce)),
    ("||", 1, Infix::Logical(LogicalOperator::Or)),
    ("&&", 2, Infix::Logical(LogicalOperator::And)),
    ("|", 3, Infix::Binary(BinaryOperator::BitOr)),
    ("^", 4, Infix::Binary(BinaryOperator::BitXor)),
    ("&", 5, Infix::Binary(BinaryOperator::BitAnd)),
    ("==", 6, Infix::Binary(BinaryOperator::Equal)),
    ("!=", 6, Infix::Binary(BinaryOperator::NotEqual)),
    ("===", 6, Infix::Binary(BinaryOperator::StrictEqual)),
    ("!==", 6, Infix::Binary(BinaryOperator::StrictNotEqual)),
    ("<", RELATION, Infix::Binary(BinaryOperator::Less)),
    ("<=", RELATION, Infix::Binary(BinaryOperator::LessEqual)),
    (">", RELATION, Infix::Binary(BinaryOperator::Greater)),
    (">=", RELATION, Infix::Binary(BinaryOperator::GreaterEqual)),
    ("in", RELATION, Infix::Binary(BinaryOperator::In)),
    ("instanceof", RELATION, Infix::Binary(BinaryOperator::Instanceof)),
    ("<<", 8, Infix::Binary(BinaryOperator::ShiftLeft)),
    (">>", 8, Infix::Binary(BinaryOperator::ShiftRight)),
    (">>>", 8, Infix::Binary(BinaryOperator::ShiftRightUnsigned)),
    ("+", 9, Infix::Binary(BinaryOperator::Add)),
    ("-", 9, Infix::Binary(BinaryOperator::Subtract)),
    ("*", 10, Infix::Binary(BinaryOperator::Multiply)),
    ("/", 10, Infix::Binary(BinaryOperator::Divide)),
    ("%", 10, Infix::Binary(BinaryOperator::Remainder)),
    ("**", 11, Infix::Binary(BinaryOperator::Power)),
];

pub(super) const ASSIGNMENTS: [(&str, AssignmentOperator); 16] = [
    ("=", AssignmentOperator::Assign),
    ("&&=", AssignmentOperator::Logical(LogicalOperator::And)),
    ("||=", AssignmentOperator::Logical(LogicalOperator::Or)),
    ("??=", AssignmentOperator::Logical(LogicalOperator::Coalesce)),
    ("+=", AssignmentOperator::Binary(BinaryOperator::Add)),
    ("-=", AssignmentOperator::Binary(BinaryOperator::Subtract)),
    ("*=", AssignmentOperator::Binary(BinaryOperator::Multiply)),
    ("/=", AssignmentOperator::Binary(BinaryOperator::Divide)),
    ("%=", AssignmentOperator::Binary(BinaryOperator::Remainder)),
    ("**=", AssignmentOperator::Binary(BinaryOperator::Power)),
    ("<<=", AssignmentOperator::Binary(BinaryOperator::ShiftLeft)),
    (">>=", AssignmentOperator::Binary(BinaryOperator::ShiftRight)),
    (">>>=", AssignmentOperator::Binary(BinaryOperator::ShiftRightUnsigned)),
    ("|=", AssignmentOperator::Binary(BinaryOperator::BitOr)),
    ("^=", AssignmentOperator::Binary(BinaryOperator::BitXor)),
    ("&=", AssignmentOperator::Binary(BinaryOperator::BitAnd)),
];

pub(super) const PREFIXES: [(&str, UnaryOperator); 7] = [
    ("-", UnaryOperator::Negate),
    ("+", UnaryOperator::Plus),
    ("!", UnaryOperator::Not),
    ("~", UnaryOperator::BitNot),
    ("void", UnaryOperator::Void),
    ("typeof", UnaryOperator::Typeof),
    ("delete", UnaryOperator::Delete),
];

pub(super) const UPDATES: [(&str, UpdateOperator); 2] =
    [("++", UpdateOperator::Increment), ("--", UpdateOperator::Decrement)];

/// The operator that a text is.
pub(super) fn find<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    table.iter().find(|row| row.0 == text).map(|row| row.1)
}
