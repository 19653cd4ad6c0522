//! The operators, as they are written.

use oxc_syntax::operator::{
    AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator, UpdateOperator,
};

/// An operator between two operands.
#[derive(Clone, Copy)]
pub(super) enum Infix {
    Binary(BinaryOperator),
    Logical(LogicalOperator),
}

/// The operators between two operands, and how tightly they bind. All but `**` bind to the left.
pub(super) const INFIX: [(&str, u8, Infix); 22] = [
    ("||", 1, Infix::Logical(LogicalOperator::Or)),
    ("&&", 2, Infix::Logical(LogicalOperator::And)),
    ("|", 3, Infix::Binary(BinaryOperator::BitwiseOR)),
    ("^", 4, Infix::Binary(BinaryOperator::BitwiseXOR)),
    ("&", 5, Infix::Binary(BinaryOperator::BitwiseAnd)),
    ("==", 6, Infix::Binary(BinaryOperator::Equality)),
    ("!=", 6, Infix::Binary(BinaryOperator::Inequality)),
    ("===", 6, Infix::Binary(BinaryOperator::StrictEquality)),
    ("!==", 6, Infix::Binary(BinaryOperator::StrictInequality)),
    ("<", 7, Infix::Binary(BinaryOperator::LessThan)),
    ("<=", 7, Infix::Binary(BinaryOperator::LessEqualThan)),
    (">", 7, Infix::Binary(BinaryOperator::GreaterThan)),
    (">=", 7, Infix::Binary(BinaryOperator::GreaterEqualThan)),
    ("<<", 8, Infix::Binary(BinaryOperator::ShiftLeft)),
    (">>", 8, Infix::Binary(BinaryOperator::ShiftRight)),
    (">>>", 8, Infix::Binary(BinaryOperator::ShiftRightZeroFill)),
    ("+", 9, Infix::Binary(BinaryOperator::Addition)),
    ("-", 9, Infix::Binary(BinaryOperator::Subtraction)),
    ("*", 10, Infix::Binary(BinaryOperator::Multiplication)),
    ("/", 10, Infix::Binary(BinaryOperator::Division)),
    ("%", 10, Infix::Binary(BinaryOperator::Remainder)),
    ("**", 11, Infix::Binary(BinaryOperator::Exponential)),
];

pub(super) const ASSIGNMENTS: [(&str, AssignmentOperator); 13] = [
    ("=", AssignmentOperator::Assign),
    ("+=", AssignmentOperator::Addition),
    ("-=", AssignmentOperator::Subtraction),
    ("*=", AssignmentOperator::Multiplication),
    ("/=", AssignmentOperator::Division),
    ("%=", AssignmentOperator::Remainder),
    ("**=", AssignmentOperator::Exponential),
    ("<<=", AssignmentOperator::ShiftLeft),
    (">>=", AssignmentOperator::ShiftRight),
    (">>>=", AssignmentOperator::ShiftRightZeroFill),
    ("|=", AssignmentOperator::BitwiseOR),
    ("^=", AssignmentOperator::BitwiseXOR),
    ("&=", AssignmentOperator::BitwiseAnd),
];

pub(super) const PREFIXES: [(&str, UnaryOperator); 5] = [
    ("-", UnaryOperator::UnaryNegation),
    ("+", UnaryOperator::UnaryPlus),
    ("!", UnaryOperator::LogicalNot),
    ("~", UnaryOperator::BitwiseNot),
    ("void", UnaryOperator::Void),
];

pub(super) const UPDATES: [(&str, UpdateOperator); 2] =
    [("++", UpdateOperator::Increment), ("--", UpdateOperator::Decrement)];

/// The operator that a text is.
pub(super) fn find<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    table.iter().find(|row| row.0 == text).map(|row| row.1)
}
