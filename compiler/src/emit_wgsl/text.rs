//! Pieces of WGSL text: types, and expressions with their precedence.

use crate::ir::{BinaryOp, Scalar, Type};

/// One step of indentation.
pub(super) const INDENT: &str = "    ";

/// The names of a vector's components.
pub(super) const COMPONENTS: [&str; 4] = ["x", "y", "z", "w"];

/// The name of doubles; vectors of them are structures of this name and their size.
pub(super) const WIDE: &str = "hpc__wide";

/// A type as WGSL writes it: `f32`, `vec2f`, `array<vec3f, 4>`.
pub(super) fn type_text(ty: Type) -> String {
    match ty {
        Type::Scalar(scalar) => scalar_text(scalar).to_owned(),
        // Vectors of booleans do not exist in kernels.
        Type::Vector(size, Scalar::I32) => format!("vec{size}i"),
        Type::Vector(size, Scalar::U32) => format!("vec{size}u"),
        Type::Vector(size, Scalar::F64) => format!("{WIDE}{size}"),
        Type::Vector(size, _) => format!("vec{size}f"),
        Type::Array { components, scalar, length } => {
            format!("array<{}, {length}>", type_text(Type::of_components(components, scalar)))
        }
    }
}

/// The name of a scalar type. `Number` does not get this far.
pub(super) fn scalar_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::I32 => "i32",
        Scalar::U32 => "u32",
        Scalar::F64 => WIDE,
        Scalar::F32 | Scalar::Number => "f32",
    }
}

/// The zero of a type.
pub(super) fn zero(ty: Type) -> String {
    match ty {
        Type::Scalar(Scalar::Bool) => "false".to_owned(),
        Type::Scalar(Scalar::I32) => "0".to_owned(),
        Type::Scalar(Scalar::U32) => "0u".to_owned(),
        Type::Scalar(Scalar::F32 | Scalar::Number) => "0.0".to_owned(),
        Type::Scalar(Scalar::F64) => format!("{WIDE}()"),
        Type::Vector(..) | Type::Array { .. } => format!("{}()", type_text(ty)),
    }
}

/// The text of an expression and what its outermost operator is.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) level: Level,
}

/// The outermost operator of an expression. WGSL's grammar is stricter than C's: operands of shifts and bitwise operators
/// must be unary, comparisons do not chain, and `&&` and `||` do not mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// `&`, `|` or `^`.
    Bits(BinaryOp),
    /// `&&` or `||`.
    Logic(BinaryOp),
    Relational,
    Shift,
    Additive,
    Multiplicative,
    Unary,
    Primary,
}

impl Level {
    fn rank(self) -> u8 {
        match self {
            Self::Bits(_) => 1,
            Self::Logic(_) => 2,
            Self::Relational => 3,
            Self::Shift => 4,
            Self::Additive => 5,
            Self::Multiplicative => 6,
            Self::Unary => 7,
            Self::Primary => 8,
        }
    }
}

impl Text {
    pub(super) fn new(text: impl Into<String>, level: Level) -> Self {
        Self { text: text.into(), level }
    }

    pub(super) fn primary(text: impl Into<String>) -> Self {
        Self::new(text, Level::Primary)
    }

    /// `name(arguments)`.
    pub(super) fn call(name: &str, arguments: Vec<Self>) -> Self {
        Self::primary(format!("{name}({})", Self::list(arguments)))
    }

    /// Arguments with commas. A comparison gets parentheses where what follows could make a template of it: `f(a < b, c > d)`.
    pub(super) fn list(arguments: Vec<Self>) -> String {
        let last = arguments.len().saturating_sub(1);
        let texts: Vec<String> = arguments
            .into_iter()
            .enumerate()
            .map(|(position, argument)| {
                let ambiguous = position < last && argument.level.rank() <= Level::Relational.rank();
                if ambiguous { argument.parenthesized() } else { argument.text }
            })
            .collect();
        texts.join(", ")
    }

    /// `operator operand`.
    pub(super) fn unary(operator: &str, operand: Self) -> Self {
        // `--` would be another token.
        let text = if operand.text.starts_with('-') && operand.level != Level::Primary {
            operand.parenthesized()
        } else {
            operand.at_least(Level::Unary)
        };
        Self::new(format!("{operator}{text}"), Level::Unary)
    }

    /// `left operator right`, with the parentheses that the grammar needs.
    pub(super) fn binary(left: Self, operator: &str, right: Self, level: Level) -> Self {
        let (outer_left, outer_right) = match level {
            Level::Bits(_) | Level::Shift => (Level::Unary, Level::Unary),
            Level::Logic(_) => (Level::Relational, Level::Relational),
            // A shift's `>>` would make a template of `a < b >> c`.
            Level::Relational => (Level::Shift, Level::Additive),
            Level::Additive => (Level::Additive, Level::Multiplicative),
            Level::Multiplicative | Level::Unary | Level::Primary => (Level::Multiplicative, Level::Unary),
        };
        let chains = left.level == level && matches!(level, Level::Bits(_) | Level::Logic(_));
        let left = if chains { left.text } else { left.at_least(outer_left) };
        Self::new(format!("{left} {operator} {}", right.at_least(outer_right)), level)
    }

    /// `operand.member`.
    pub(super) fn member(operand: Self, member: &str) -> Self {
        Self::primary(format!("{}.{member}", operand.at_least(Level::Primary)))
    }

    fn at_least(self, level: Level) -> String {
        if self.level.rank() < level.rank() { self.parenthesized() } else { self.text }
    }

    fn parenthesized(self) -> String {
        format!("({})", self.text)
    }
}
