//! The functions on vectors that kernels call: sine, power and their kin, and what integers need beyond single instructions.
//!
//! Each is a WebAssembly function of eight lanes. None of them traps, whatever the lanes hold, since lanes that are switched off
//! hold anything. Most compute in double precision: a float's logarithm or arc tangent then needs no care for the last bit, no
//! intermediate overflows, subnormal numbers are like any others, and one rounding at the end is all the error there is.
//! No fused or relaxed instruction is used, so the results are the same on every machine.
//!
//! | module | what |
//! |---|---|
//! | `build` | formulas on vectors |
//! | `exponential` | exponentials and logarithms |
//! | `power` | powers, the cube root, the hypotenuse |
//! | `trigonometric` | sine, cosine, tangent |
//! | `inverse` | the arc functions |
//! | `hyperbolic` | the hyperbolic functions and their inverses |
//! | `remainder` | JavaScript's `%` |
//! | `integer` | what gives integers |
//!
//! The coefficients of all polynomials were found with Remez's algorithm in 200-bit arithmetic, for the least relative error of the
//! function (unless a comment says otherwise), and then rounded; the error that is given is that of the rounded ones.

mod build;
mod exponential;
mod hyperbolic;
mod integer;
mod inverse;
mod power;
mod remainder;
mod standalone;
mod trigonometric;

pub use standalone::module;

use build::{binary, unary};

/// A function on vectors that kernels call. Those from [`Function::CheckedAdd`] on take `i32` in each lane, the others `f32`.
#[allow(missing_docs, reason = "the names of Math say it")]
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
    /// JavaScript's `%` on floats: exact, with the sign of the dividend.
    Remainder,
    Sin,
    Sinh,
    Tan,
    Tanh,
    /// JavaScript's conversion to `i32`: truncates and wraps modulo 2³²; NaN and the infinities give 0.
    ToInt32,
    /// The sum, or `i32::MIN` where it does not fit.
    CheckedAdd,
    /// The difference, or `i32::MIN` where it does not fit.
    CheckedSubtract,
    /// The product, or `i32::MIN` where it does not fit.
    CheckedMultiply,
    /// The quotient rounded down; anything for a divisor of 0 and for `i32::MIN / -1`.
    FloorDivide,
    /// The quotient rounded toward zero; anything for a divisor of 0 and for `i32::MIN / -1`.
    TruncateDivide,
    /// The remainder with the sign of the dividend; anything for a divisor of 0.
    IntRemainder,
    /// How many leading bits are zero.
    Clz32,
}

impl Function {
    /// All functions.
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
        Self::CheckedAdd,
        Self::CheckedSubtract,
        Self::CheckedMultiply,
        Self::FloorDivide,
        Self::TruncateDivide,
        Self::IntRemainder,
        Self::Clz32,
    ];

    /// How many operands it has: 1 or 2.
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

    /// Its code: a function of two vectors for each operand (lanes 0 to 3, lanes 4 to 7) that gives two vectors.
    /// None calls another.
    pub fn code(self) -> wasm_encoder::Function {
        match self {
            Self::Acos => unary(inverse::acos),
            Self::Acosh => unary(hyperbolic::acosh),
            Self::Asin => unary(inverse::asin),
            Self::Asinh => unary(hyperbolic::asinh),
            Self::Atan => unary(inverse::atan),
            Self::Atan2 => binary(inverse::atan2),
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
