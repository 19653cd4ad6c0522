//! The typed intermediate representation of a kernel.
//!
//! **Shape.** A [`Kernel`] is an entry function and the functions it calls. Control flow is structured: blocks, `if`,
//! one kind of loop, and labelled scopes that can be left early. There are no aliases: buffers, uniforms and the
//! canvas are named by position in the [`artifact::Interface`] and are never values.
//!
//! **Evaluation.** Expressions have no side effects and may be evaluated at any time between the statement before and
//! the statement they belong to. Two exceptions, [`ExpressionKind::Random`] and a [`ExpressionKind::Call`] of a function with
//! effects, may stand only as the whole value of a [`StatementKind::Declare`], [`StatementKind::Assign`] or
//! [`StatementKind::Evaluate`]. So JavaScript's left-to-right order is fully spelled out by the order of the statements:
//! lowering pins an operand in a temporary wherever a later operand could change it.
//!
//! **Scope.** Every local of a function has one [`LocalId`] and one entry in [`Function::locals`]; shadowing is gone. A local lives
//! from its [`StatementKind::Declare`] to the end of the enclosing block, and every `Declare` sets it anew (to zero if it has no value).
//!
//! **Numbers.** Lowering gives every JavaScript number the scalar type [`Scalar::Number`]. The pass `transform::represent`
//! decides for each local and expression between `F32`, `I32` and `U32`, inserts [`ExpressionKind::Convert`], and leaves no `Number`
//! behind. Everything else about types (number, boolean, vector, array) is settled by lowering.
//!
//! **Checks.** [`verify`] states what must hold and is run after each stage in debug builds: a failure is our bug. A
//! user's mistake never gets this far; lowering refuses it with a diagnostic.

#[cfg(test)]
pub(crate) mod build;
pub mod builtins;
pub(crate) mod decimal;
mod expression;
mod flow;
mod print;
mod statement;
#[cfg(test)]
pub(crate) mod testing;
mod types;
mod verify;

pub use builtins::Builtin;

pub(crate) use expression::float_bits;
pub use expression::{BinaryOp, Expression, ExpressionKind, Known, Literal, UnaryOp};
pub use print::print;
pub use statement::{
    Block, Case, Effects, Function, FunctionId, Kernel, LabelId, Local, LocalId, Place, Statement,
    StatementKind, TestPosition,
};
pub use types::{Scalar, Type};
pub use verify::{Stage, verify};
