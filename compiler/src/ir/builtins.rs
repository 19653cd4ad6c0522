//! The one table of builtin functions: `Math.*`, the methods of vectors, and functions of the library.
//!
//! A row drives name resolution and typing (`lower`), constant folding (`fold`), code (`emit_wgsl`), the reference
//! documentation and the tests. To add a builtin, add a row and follow the exhaustive matches.

/// A function that kernels can call by name without declaring it.
#[allow(missing_docs, reason = "each has its summary in the table")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Builtin {
    Abs,
    Acos,
    Acosh,
    Asin,
    Asinh,
    Atan,
    Atan2,
    Atanh,
    Cbrt,
    Ceil,
    Clz32,
    Cos,
    Cosh,
    Exp,
    Floor,
    Fround,
    Hypot,
    Imul,
    Log,
    Log10,
    Log2,
    Max,
    Min,
    Pow,
    Round,
    Sign,
    Sin,
    Sinh,
    Sqrt,
    Tan,
    Tanh,
    Trunc,
    ComplexConjugate,
    ComplexDivide,
    ComplexTimes,
    Cross,
    Distance,
    Dot,
    Length,
    Normalized,
    FloatBits,
    FromFloatBits,
}

/// The shape of a builtin's operands and result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// n numbers → number; as a method on vectors, component by component.
    Componentwise(u8),
    /// n numbers → number, not a method of vectors.
    Numbers(u8),
    /// n vectors of one size → vector of that size.
    VectorToVector(u8),
    /// n vectors of one size → number.
    VectorToNumber(u8),
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The builtin that the row describes.
    pub builtin: Builtin,
    /// Its name as a property of `Math`, if it is one.
    pub math: Option<&'static str>,
    /// Its name among what the library exports, if it is there.
    pub library: Option<&'static str>,
    /// Its name as a method of vectors, if it is one.
    pub method: Option<&'static str>,
    /// The sizes of vectors that have the method.
    pub sizes: &'static [u8],
    /// Operands and result; a method's receiver is the first operand.
    pub signature: Signature,
    /// The value on numbers, as JavaScript has it; absent for those on whole vectors.
    pub fold: Option<fn(&[f64]) -> f64>,
    /// What it computes, in one sentence for the reference documentation.
    pub summary: &'static str,
}

const ALL: &[u8] = &[2, 3, 4];

macro_rules! row {
    ($builtin:ident, math $math:expr, library $library:expr, method $method:expr, $sizes:expr, $signature:expr, $fold:expr, $summary:expr) => {
        Row {
            builtin: Builtin::$builtin,
            math: $math,
            library: $library,
            method: $method,
            sizes: $sizes,
            signature: $signature,
            fold: $fold,
            summary: $summary,
        }
    };
}

/// A `Math` function of numbers that is also a method of every vector, component by component.
macro_rules! both {
    ($builtin:ident, $name:literal, $arity:literal, $fold:expr, $summary:expr) => {
        row!($builtin, math Some($name), library None, method Some($name), ALL, Signature::Componentwise($arity), Some($fold), $summary)
    };
}

/// A `Math` function of numbers only.
macro_rules! math {
    ($builtin:ident, $name:literal, $arity:literal, $fold:expr, $summary:expr) => {
        row!($builtin, math Some($name), library None, method None, &[], Signature::Numbers($arity), Some($fold), $summary)
    };
}

/// A method of vectors that is no function of `Math`.
macro_rules! method {
    ($builtin:ident, $name:literal, $sizes:expr, $signature:expr, $summary:expr) => {
        row!($builtin, math None, library None, method Some($name), $sizes, $signature, None, $summary)
    };
}

/// A function that the library exports.
macro_rules! library {
    ($builtin:ident, $name:literal, $arity:literal, $fold:expr, $summary:expr) => {
        row!($builtin, math None, library Some($name), method None, &[], Signature::Numbers($arity), Some($fold), $summary)
    };
}

use Signature::{VectorToNumber, VectorToVector};

/// The table. Rows stand in the order of [`Builtin`], so a builtin's row is found by its number.
pub const TABLE: &[Row] = &[
    both!(Abs, "abs", 1, |x| x[0].abs(), "The absolute value."),
    both!(Acos, "acos", 1, |x| x[0].acos(), "The angle whose cosine is x, in radians; NaN outside [-1, 1]."),
    both!(Acosh, "acosh", 1, |x| x[0].acosh(), "The inverse hyperbolic cosine; NaN below 1."),
    both!(Asin, "asin", 1, |x| x[0].asin(), "The angle whose sine is x, in radians; NaN outside [-1, 1]."),
    both!(Asinh, "asinh", 1, |x| x[0].asinh(), "The inverse hyperbolic sine."),
    both!(Atan, "atan", 1, |x| x[0].atan(), "The angle whose tangent is x, in radians."),
    both!(Atan2, "atan2", 2, |x| x[0].atan2(x[1]), "The angle of the point (second, first), in radians."),
    both!(Atanh, "atanh", 1, |x| x[0].atanh(), "The inverse hyperbolic tangent; NaN outside [-1, 1]."),
    math!(Cbrt, "cbrt", 1, |x| x[0].cbrt(), "The cube root."),
    both!(Ceil, "ceil", 1, |x| x[0].ceil(), "The smallest integer not below x."),
    math!(
        Clz32,
        "clz32",
        1,
        |x| f64::from((artifact::to_int32(x[0]) as u32).leading_zeros()),
        "Leading zero bits of x as a 32-bit integer."
    ),
    both!(Cos, "cos", 1, |x| x[0].cos(), "The cosine of x radians."),
    both!(Cosh, "cosh", 1, |x| x[0].cosh(), "The hyperbolic cosine."),
    both!(Exp, "exp", 1, |x| x[0].exp(), "e to the power of x."),
    both!(Floor, "floor", 1, |x| x[0].floor(), "The largest integer not above x."),
    math!(Fround, "fround", 1, |x| f64::from(x[0] as f32), "x rounded to single precision."),
    math!(Hypot, "hypot", 2, |x| x[0].hypot(x[1]), "The length of the hypotenuse over x and y."),
    math!(
        Imul,
        "imul",
        2,
        |x| f64::from(artifact::to_int32(x[0]).wrapping_mul(artifact::to_int32(x[1]))),
        "The low 32 bits of the product of two integers."
    ),
    both!(Log, "log", 1, |x| x[0].ln(), "The natural logarithm; NaN below 0."),
    math!(Log10, "log10", 1, |x| x[0].log10(), "The decimal logarithm; NaN below 0."),
    both!(Log2, "log2", 1, |x| x[0].log2(), "The binary logarithm; NaN below 0."),
    both!(Max, "max", 2, |x| larger(x[0], x[1]), "The larger one; NaN if either is."),
    both!(Min, "min", 2, |x| -larger(-x[0], -x[1]), "The smaller one; NaN if either is."),
    both!(Pow, "pow", 2, |x| power(x[0], x[1]), "The first to the power of the second."),
    both!(Round, "round", 1, |x| round(x[0]), "The nearest integer; halves go up."),
    both!(
        Sign,
        "sign",
        1,
        |x| if x[0] > 0.0 {
            1.0
        } else if x[0] < 0.0 {
            -1.0
        } else {
            x[0]
        },
        "-1, 0 or 1; zero keeps its sign and NaN stays."
    ),
    both!(Sin, "sin", 1, |x| x[0].sin(), "The sine of x radians."),
    both!(Sinh, "sinh", 1, |x| x[0].sinh(), "The hyperbolic sine."),
    both!(Sqrt, "sqrt", 1, |x| x[0].sqrt(), "The square root; NaN below 0."),
    both!(Tan, "tan", 1, |x| x[0].tan(), "The tangent of x radians."),
    both!(Tanh, "tanh", 1, |x| x[0].tanh(), "The hyperbolic tangent."),
    both!(Trunc, "trunc", 1, |x| x[0].trunc(), "The integer part."),
    method!(
        ComplexConjugate,
        "cplxConj",
        &[2],
        VectorToVector(1),
        "The conjugate (x, -y) of a complex number."
    ),
    method!(ComplexDivide, "cplxDiv", &[2], VectorToVector(2), "The quotient of two complex numbers."),
    method!(ComplexTimes, "cplxTimes", &[2], VectorToVector(2), "The product of two complex numbers."),
    method!(Cross, "cross", &[3], VectorToVector(2), "The right-handed cross product."),
    method!(Distance, "dist", ALL, VectorToNumber(2), "The Euclidean distance."),
    method!(Dot, "dot", ALL, VectorToNumber(2), "The dot product."),
    method!(Length, "length", ALL, VectorToNumber(1), "The Euclidean length."),
    method!(
        Normalized,
        "normalized",
        ALL,
        VectorToVector(1),
        "The vector divided by its length; NaN for the zero vector."
    ),
    library!(
        FloatBits,
        "floatBits",
        1,
        |x| f64::from((x[0] as f32).to_bits()),
        "The bits of x as a single, an integer from 0 to 2^32 - 1; of NaN those of any NaN."
    ),
    library!(
        FromFloatBits,
        "fromFloatBits",
        1,
        |x| f64::from(f32::from_bits(artifact::to_int32(x[0]) as u32)),
        "The single with these bits, an integer of 32 bits with a sign or without."
    ),
];

/// The constants of `Math`.
pub const CONSTANTS: &[(&str, f64)] = &[
    ("E", std::f64::consts::E),
    ("LN10", std::f64::consts::LN_10),
    ("LN2", std::f64::consts::LN_2),
    ("LOG10E", std::f64::consts::LOG10_E),
    ("LOG2E", std::f64::consts::LOG2_E),
    ("PI", std::f64::consts::PI),
    ("SQRT1_2", std::f64::consts::FRAC_1_SQRT_2),
    ("SQRT2", std::f64::consts::SQRT_2),
];

impl Builtin {
    /// This builtin's row.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The builtin called `Math.name`.
    pub fn of_math(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.math == Some(name)).map(|row| row.builtin)
    }

    /// The builtin that the library exports as `name`.
    pub fn of_library(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.library == Some(name)).map(|row| row.builtin)
    }

    /// The builtin called `vector.name()`.
    pub fn of_method(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.method == Some(name)).map(|row| row.builtin)
    }

    /// The number of operands, a method's receiver included.
    pub fn arity(self) -> u8 {
        match self.row().signature {
            Signature::Componentwise(arity)
            | Signature::Numbers(arity)
            | Signature::VectorToVector(arity)
            | Signature::VectorToNumber(arity) => arity,
        }
    }

    /// Whether devices compute it of doubles: exactly, or by what they compute exactly. Powers have whole exponents then. The others are there
    /// for singles only.
    pub fn has_doubles(self) -> bool {
        use Builtin as B;
        match self {
            B::Abs
            | B::Ceil
            | B::Floor
            | B::Fround
            | B::Max
            | B::Min
            | B::Pow
            | B::Round
            | B::Sign
            | B::Sqrt
            | B::Trunc => true,
            B::ComplexConjugate | B::ComplexDivide | B::ComplexTimes | B::Cross => true,
            B::Distance | B::Dot | B::Length | B::Normalized => true,
            B::Acos
            | B::Acosh
            | B::Asin
            | B::Asinh
            | B::Atan
            | B::Atan2
            | B::Atanh
            | B::Cbrt
            | B::Cos
            | B::Cosh => false,
            B::Clz32 | B::Exp | B::Hypot | B::Imul | B::Log | B::Log10 | B::Log2 => false,
            B::Sin | B::Sinh | B::Tan | B::Tanh => false,
            // Of doubles they take what they are of.
            B::FloatBits | B::FromFloatBits => true,
        }
    }

    /// The name for messages and the printed IR.
    pub fn name(self) -> &'static str {
        let row = self.row();
        row.math.or(row.method).or(row.library).expect("every row has a name")
    }
}

/// Whether a constant exponent becomes multiplications, in every back end: they are exact where the result is.
pub fn is_multiplied_out(exponent: f64) -> bool {
    exponent != 0.0 && exponent.fract() == 0.0 && exponent.abs() <= 32.0
}

/// JavaScript's `Math.max` of two: NaN if either is, and 0 is larger than -0.
pub fn larger(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        if x.is_sign_negative() { y } else { x }
    } else {
        x.max(y)
    }
}

/// JavaScript's `Math.round`: to the nearest integer, halves up.
pub fn round(x: f64) -> f64 {
    let below = x.floor();
    // Not `below + 1`, which would lose the sign of -0.
    if x - below >= 0.5 { -(-1.0 - below) } else { below }
}

/// JavaScript's `**`, which differs from IEEE 754 `pow` in that 1 to an infinite power is NaN.
pub fn power(base: f64, exponent: f64) -> f64 {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        f64::NAN
    } else {
        base.powf(exponent)
    }
}

/// JavaScript's `%`.
pub fn remainder(left: f64, right: f64) -> f64 {
    left % right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_enum() {
        for (position, row) in TABLE.iter().enumerate() {
            assert_eq!(row.builtin as usize, position, "{:?}", row.builtin);
        }
        assert_eq!(TABLE.len(), Builtin::FromFloatBits as usize + 1);
    }

    #[test]
    fn zeros_have_an_order() {
        let of = |builtin: Builtin, x, y| (builtin.row().fold.expect("a function of numbers"))(&[x, y]);
        for (x, y) in [(0.0, -0.0), (-0.0, 0.0)] {
            assert!(of(Builtin::Max, x, y).is_sign_positive(), "max({x}, {y})");
            assert!(of(Builtin::Min, x, y).is_sign_negative(), "min({x}, {y})");
        }
        assert_eq!(of(Builtin::Min, 1.0, 2.0), 1.0);
        assert_eq!(of(Builtin::Max, 1.0, 2.0), 2.0);
    }
}
