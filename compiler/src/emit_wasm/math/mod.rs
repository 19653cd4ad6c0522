//! The functions of JavaScript that Wasm has no instruction for, on eight lanes.
//!
//! All are right to 2 units in the last place or better, subnormal numbers included, and give the same bits on every machine:
//! nothing here fuses a multiplication and an addition. `docs/accuracy.md` has the measured errors. Nothing traps, whatever
//! the operands are, as lanes that are switched off hold anything.

mod build;
mod exponential;
mod hyperbolic;
mod integer;
mod power;
mod remainder;
mod standalone;
#[cfg(test)]
mod tests;
mod trigonometric;

use build::{Code, Kind, Value};

pub use standalone::module;

/// A function on vectors that kernels call.
///
/// Those up to [`Function::Tanh`] take and give floats. [`Function::ToInt32`] and [`Function::FloorToInt`] take floats and give
/// integers. The others take and give integers.
#[allow(missing_docs, reason = "most have their summary in the table of builtins")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    Acos,
    Acosh,
    Asin,
    Asinh,
    Atan,
    Atan2,
    Atanh,
    Cbrt,
    Cos,
    Cosh,
    Exp,
    Hypot,
    Log,
    Log10,
    Log2,
    Pow,
    /// JavaScript's `%` on floats.
    Remainder,
    Sin,
    Sinh,
    Tan,
    Tanh,
    /// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and the infinities give 0.
    ToInt32,
    /// The integer not above a float; what is no i32, NaN too, gives the lowest one.
    FloorToInt,
    /// a + b, or the lowest integer where that is no i32.
    CheckedAdd,
    /// a - b, or the lowest integer where that is no i32.
    CheckedSubtract,
    /// a · b, or the lowest integer where that is no i32.
    CheckedMultiply,
    /// a / b rounded down. Anything if b is 0 or the quotient is no i32, as for the next two.
    FloorDivide,
    /// a / b rounded toward zero.
    TruncateDivide,
    /// What a / b rounded toward zero leaves; it has the sign of a.
    IntRemainder,
    /// How many bits before the first one are zero.
    Clz32,
}

impl Function {
    /// All functions, in order.
    pub const ALL: &[Self] = &[
        Self::Acos,
        Self::Acosh,
        Self::Asin,
        Self::Asinh,
        Self::Atan,
        Self::Atan2,
        Self::Atanh,
        Self::Cbrt,
        Self::Cos,
        Self::Cosh,
        Self::Exp,
        Self::Hypot,
        Self::Log,
        Self::Log10,
        Self::Log2,
        Self::Pow,
        Self::Remainder,
        Self::Sin,
        Self::Sinh,
        Self::Tan,
        Self::Tanh,
        Self::ToInt32,
        Self::FloorToInt,
        Self::CheckedAdd,
        Self::CheckedSubtract,
        Self::CheckedMultiply,
        Self::FloorDivide,
        Self::TruncateDivide,
        Self::IntRemainder,
        Self::Clz32,
    ];

    /// How many operands: 1 or 2.
    pub fn arity(self) -> usize {
        match self {
            Self::Atan2
            | Self::Hypot
            | Self::Pow
            | Self::Remainder
            | Self::CheckedAdd
            | Self::CheckedSubtract
            | Self::CheckedMultiply
            | Self::FloorDivide
            | Self::TruncateDivide
            | Self::IntRemainder => 2,
            _ => 1,
        }
    }

    /// The functions that its code calls, which a module must have too. None so far: what they share is written into each.
    pub fn needs(self) -> &'static [Self] {
        &[]
    }

    /// Its code: a function of Wasm that takes two vectors for each operand (lanes 0 to 3, then 4 to 7; the first operand
    /// first) and gives two. `index_of` tells under which index the module has a function that this one [needs](Self::needs).
    pub fn code(self, index_of: &dyn Fn(Self) -> u32) -> wasm_encoder::Function {
        let _ = index_of;
        match self {
            Self::Acos => unary(trigonometric::acos),
            Self::Acosh => unary(hyperbolic::acosh),
            Self::Asin => unary(trigonometric::asin),
            Self::Asinh => unary(hyperbolic::asinh),
            Self::Atan => unary(trigonometric::atan),
            Self::Atan2 => binary(trigonometric::atan2),
            Self::Atanh => unary(hyperbolic::atanh),
            Self::Cbrt => unary(power::cbrt),
            Self::Cos => unary(trigonometric::cos),
            Self::Cosh => unary(hyperbolic::cosh),
            Self::Exp => unary(exponential::exp),
            Self::Hypot => binary(power::hypot),
            Self::Log => unary(exponential::log),
            Self::Log10 => unary(exponential::log10),
            Self::Log2 => unary(exponential::log2),
            Self::Pow => binary(power::pow),
            Self::Remainder => binary(remainder::remainder),
            Self::Sin => unary(trigonometric::sin),
            Self::Sinh => unary(hyperbolic::sinh),
            Self::Tan => unary(trigonometric::tan),
            Self::Tanh => unary(hyperbolic::tanh),
            Self::ToInt32 => unary(integer::to_int32),
            Self::FloorToInt => unary(integer::floor_to_int),
            Self::CheckedAdd => binary(integer::checked_add),
            Self::CheckedSubtract => binary(integer::checked_subtract),
            Self::CheckedMultiply => binary(integer::checked_multiply),
            Self::FloorDivide => binary(integer::floor_divide),
            Self::TruncateDivide => binary(integer::truncate_divide),
            Self::IntRemainder => binary(integer::remainder),
            Self::Clz32 => unary(integer::clz32),
        }
    }
}

/// The code of a function of one operand.
fn unary<A: Kind, R: Kind>(formula: for<'c> fn(Value<'c, A>) -> Value<'c, R>) -> wasm_encoder::Function {
    let code = Code::new(1);
    let result = formula(code.operand(0)).pair();
    code.finish(result)
}

/// The code of a function of two operands.
fn binary<A: Kind, R: Kind>(
    formula: for<'c> fn(Value<'c, A>, Value<'c, A>) -> Value<'c, R>,
) -> wasm_encoder::Function {
    let code = Code::new(2);
    let result = formula(code.operand(0), code.operand(1)).pair();
    code.finish(result)
}
