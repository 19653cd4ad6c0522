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
//! | `remainder` | JavaScript's `%` of singles |
//! | `integer` | what gives integers |
//! | `double` | what takes or gives doubles and halves |
//!
//! The coefficients of all polynomials were found with Remez's algorithm in 200-bit arithmetic, for the least relative error of the
//! function (unless a comment says otherwise), and then rounded; the error that is given is that of the rounded ones.

mod build;
mod double;
mod exponential;
mod hyperbolic;
mod integer;
mod inverse;
mod power;
mod remainder;
mod standalone;
mod trigonometric;

pub use standalone::module;

pub use build::Built;
use build::{binary, unary};

/// A function on vectors that kernels call. The names say what lanes they take: singles, if they say nothing.
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
    /// The quotient rounded down; anything for a divisor of 0 and for `i32::MIN / -1`.
    FloorDivide,
    /// The quotient rounded toward zero; 0 for a divisor of 0, and anything for `i32::MIN / -1`.
    TruncateDivide,
    /// The remainder with the sign of the dividend; 0 for a divisor of 0.
    IntRemainder,
    /// How many leading bits are zero.
    Clz32,
    /// The single that a half of these bits is.
    SingleOfHalf,
    /// The bits of the half nearest to a single.
    HalfOfSingle,
    /// JavaScript's `%` on doubles.
    DoubleRemainder,
    /// A double to the power of an integer.
    DoublePower,
    /// `Math.round` of a double.
    DoubleRound,
    /// `Math.sign` of a double.
    DoubleSign,
    /// [`Function::ToInt32`] of a double.
    DoubleToInt32,
    /// The integer not above a double, or `i32::MIN` where that does not fit.
    DoubleToIndex,
    /// The bits of the half nearest to a double.
    HalfOfDouble,
    /// Uint8ClampedArray's conversion of a double.
    ClampedDouble,
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
        Self::FloorDivide,
        Self::TruncateDivide,
        Self::IntRemainder,
        Self::Clz32,
        Self::SingleOfHalf,
        Self::HalfOfSingle,
        Self::DoubleRemainder,
        Self::DoublePower,
        Self::DoubleRound,
        Self::DoubleSign,
        Self::DoubleToInt32,
        Self::DoubleToIndex,
        Self::HalfOfDouble,
        Self::ClampedDouble,
    ];

    /// Its code: a function of two vectors for each operand (lanes 0 to 3, lanes 4 to 7), or of four for doubles, that gives as many.
    /// None calls another.
    pub fn build(self) -> Built {
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
            Self::FloorDivide => binary(integer::floor_divide),
            Self::TruncateDivide => binary(integer::truncate_divide),
            Self::IntRemainder => binary(integer::remainder),
            Self::Clz32 => unary(integer::clz32),
            Self::SingleOfHalf => unary(double::single_of_half),
            Self::HalfOfSingle => unary(double::half_of_single),
            Self::DoubleRemainder => binary(double::remainder),
            Self::DoublePower => binary(double::power),
            Self::DoubleRound => unary(double::round),
            Self::DoubleSign => unary(double::sign),
            Self::DoubleToInt32 => unary(double::to_int32),
            Self::DoubleToIndex => unary(double::to_index),
            Self::HalfOfDouble => unary(double::to_half),
            Self::ClampedDouble => unary(double::to_clamped),
        }
    }
}
