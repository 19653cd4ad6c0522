//! Expressions: values without side effects.

use super::builtins::Builtin;
use super::statement::{FunctionId, LocalId};
use super::types::Type;
use crate::diagnostics::Span;

/// A value, its type and the text it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    /// How the value is computed.
    pub kind: ExpressionKind,
    /// The value's type.
    pub ty: Type,
    /// Whether a double is known to be an integer or infinite, and not NaN. Told by `transform::represent`, of what it gives a type.
    pub is_whole: bool,
    /// The source range that the expression was lowered from.
    pub span: Span,
}

/// How a value is computed.
#[derive(Clone, Debug, PartialEq)]
pub enum ExpressionKind {
    /// A constant.
    Literal(Literal),
    /// The current value of a local of any type.
    Local(LocalId),
    /// `inputs.threadId`, three integers.
    ThreadId,
    /// The uniform at this position of the interface.
    Uniform(usize),
    /// An element of a uniform that is an array. Out of range gives zero, a fractional index is rounded down.
    UniformElement {
        /// Position in the interface.
        uniform: usize,
        /// The index of the element.
        index: Box<Expression>,
    },
    /// An element of a buffer, one index a dimension. Out of range gives zero (K4), a fractional index is rounded down.
    Load {
        /// Position in the interface.
        buffer: usize,
        /// One index for each dimension of the buffer.
        index: Vec<Expression>,
    },
    /// An element of an array. Out of range gives zero, a fractional index is rounded down.
    Element {
        /// The array.
        array: LocalId,
        /// The index of the element.
        index: Box<Expression>,
    },
    /// One component of a vector: 0 to 3 for x, y, z, w.
    Component {
        /// The vector.
        vector: Box<Expression>,
        /// The component: 0 to 3 for x, y, z, w.
        component: u8,
    },
    /// A vector of two to four components of a vector, in any order.
    Swizzle {
        /// The vector.
        vector: Box<Expression>,
        /// The components, in the order of the result: 0 to 3 for x, y, z, w.
        components: Vec<u8>,
    },
    /// A vector put together from scalars and vectors, whose components add up to its size.
    Compose(Vec<Expression>),
    /// A vector with the same value in each component.
    Splat(Box<Expression>),
    /// A whole array from its elements.
    ArrayOf(Vec<Expression>),
    /// An operator with one operand; component-wise on vectors.
    Unary {
        /// The operator.
        op: UnaryOp,
        /// The operand.
        operand: Box<Expression>,
    },
    /// An operator with two operands of one type; `Multiply` and `Divide` also take a vector and a number.
    Binary {
        /// The operator.
        op: BinaryOp,
        /// The left operand.
        left: Box<Expression>,
        /// The right operand.
        right: Box<Expression>,
    },
    /// `condition ? accept : reject` where both are cheap and free of effects; either may be evaluated.
    Select {
        /// A boolean.
        condition: Box<Expression>,
        /// The value if true.
        accept: Box<Expression>,
        /// The value if false.
        reject: Box<Expression>,
    },
    /// A function of the builtin table; component-wise on vectors where its row says so.
    Builtin {
        /// The builtin that is called.
        builtin: Builtin,
        /// The operands, as many as the builtin's row says.
        arguments: Vec<Expression>,
    },
    /// A user's function that returns a value. One with effects may stand only at the root of a statement.
    Call {
        /// The user's function that is called.
        function: FunctionId,
        /// The arguments, one for each parameter.
        arguments: Vec<Expression>,
    },
    /// The next random number in [0, 1). May stand only at the root of a statement.
    Random,
    /// The operand in another representation. Only after `transform::represent`.
    ///
    /// To `F32` it rounds to nearest, to `F64` it is exact. `F32` and `F64` → `I32` rounds down; what does not fit, NaN too, becomes
    /// `i32::MIN`, which is out of range everywhere. `I32` ↔ `U32` keeps the bits. Vectors convert component by component.
    Convert(Box<Expression>),
    /// JavaScript's ToInt32 of an `F32` or `F64`: truncates and wraps modulo 2^32; NaN and infinities give 0. Vectors component by
    /// component. Only after `transform::represent`.
    ToInt32(Box<Expression>),
    /// The operand, an `I32` index that is in range: it needs no check. Only after `transform::represent`.
    InRange {
        /// The index.
        index: Box<Expression>,
        /// The runs in which it is in range.
        known: Known,
    },
}

/// The runs in which an index is known to be in range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// Every run.
    Always,
    /// The runs that meet the conditions at this position of [`artifact::Wgsl::in_range`].
    Conditionally(u8),
}

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// `true` or `false`.
    Bool(bool),
    /// A number, with the precision of the source text; the type of the expression says how it is represented.
    Number(f64),
}

/// The bits of a constant. NaN has but one form here: which one mathematics gives depends on the machine that compiles.
pub(crate) fn float_bits(value: f32) -> u32 {
    if value.is_nan() { 0x7fc0_0000 } else { value.to_bits() }
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-x`, on numbers and vectors.
    Negate,
    /// `!x`, on booleans.
    Not,
    /// `~x`, on numbers as 32-bit integers.
    BitNot,
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`: a fraction, also between integers.
    Divide,
    /// `%` with the sign of the dividend. On integers a divisor of zero gives zero.
    Remainder,
    /// `===`, on two scalars or two vectors (all components equal).
    Equal,
    /// `!==`
    NotEqual,
    /// `<`, false for NaN
    Less,
    /// `<=`, false for NaN
    LessEqual,
    /// `>`, false for NaN
    Greater,
    /// `>=`, false for NaN
    GreaterEqual,
    /// `&&` of booleans; the right operand is evaluated only if the left is true.
    And,
    /// `||` of booleans; the right operand is evaluated only if the left is false.
    Or,
    /// `&`
    BitAnd,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `<<`, the count modulo 32
    ShiftLeft,
    /// `>>`, keeping the sign, the count modulo 32
    ShiftRight,
    /// `>>>`, the count modulo 32; the result is `U32`
    ShiftRightUnsigned,
    /// Division of `I32`s rounding down; the divisor is known not to be zero. Only after `transform::represent`.
    FloorDivide,
    /// Division of `I32`s rounding toward zero; a divisor of zero gives zero. Only after `transform::represent`.
    TruncateDivide,
}

impl BinaryOp {
    /// Whether the result is a boolean.
    pub fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Equal | Self::NotEqual | Self::Less | Self::LessEqual | Self::Greater | Self::GreaterEqual
        )
    }

    /// The comparison that holds if this one holds with its operands swapped.
    pub fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
            same => same,
        }
    }

    /// The comparison that holds where this one does not, NaN aside.
    pub fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterEqual,
            Self::LessEqual => Self::Greater,
            Self::Greater => Self::LessEqual,
            Self::GreaterEqual => Self::Less,
            same => same,
        }
    }

    /// Whether operands are taken as 32-bit integers.
    pub fn is_bitwise(self) -> bool {
        matches!(
            self,
            Self::BitAnd
                | Self::BitOr
                | Self::BitXor
                | Self::ShiftLeft
                | Self::ShiftRight
                | Self::ShiftRightUnsigned
        )
    }

    /// How it is written in JavaScript, or in the printed IR where JavaScript has no such operator.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Equal => "===",
            Self::NotEqual => "!==",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::And => "&&",
            Self::Or => "||",
            Self::BitAnd => "&",
            Self::BitOr => "|",
            Self::BitXor => "^",
            Self::ShiftLeft => "<<",
            Self::ShiftRight => ">>",
            Self::ShiftRightUnsigned => ">>>",
            Self::FloorDivide => "floor/",
            Self::TruncateDivide => "trunc/",
        }
    }
}

impl UnaryOp {
    /// The operator as JavaScript writes it.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Negate => "-",
            Self::Not => "!",
            Self::BitNot => "~",
        }
    }
}

impl Expression {
    /// A value of type `ty` from the text at `span`.
    pub fn new(kind: ExpressionKind, ty: Type, span: Span) -> Self {
        Self { kind, ty, is_whole: false, span }
    }

    /// A number of open representation.
    pub fn number(value: f64, span: Span) -> Self {
        Self::new(ExpressionKind::Literal(Literal::Number(value)), Type::NUMBER, span)
    }

    /// A boolean constant.
    pub fn bool(value: bool, span: Span) -> Self {
        Self::new(ExpressionKind::Literal(Literal::Bool(value)), Type::BOOL, span)
    }

    /// An operator on two represented operands of one type: a boolean, or of their type.
    pub fn binary(op: BinaryOp, left: Self, right: Self, span: Span) -> Self {
        let is_boolean = op.is_comparison() || matches!(op, BinaryOp::And | BinaryOp::Or);
        let ty = if is_boolean { Type::BOOL } else { left.ty };
        Self::new(ExpressionKind::Binary { op, left: Box::new(left), right: Box::new(right) }, ty, span)
    }

    /// The value of a number literal.
    pub fn as_number(&self) -> Option<f64> {
        match self.kind {
            ExpressionKind::Literal(Literal::Number(value)) => Some(value),
            _ => None,
        }
    }

    /// The number literal that all components of the value are.
    pub fn as_number_of_all(&self) -> Option<f64> {
        match &self.kind {
            ExpressionKind::Splat(operand) => operand.as_number(),
            _ => self.as_number(),
        }
    }

    /// The value of a boolean literal.
    pub fn as_bool(&self) -> Option<bool> {
        match self.kind {
            ExpressionKind::Literal(Literal::Bool(value)) => Some(value),
            _ => None,
        }
    }

    /// The operands, in the order of evaluation.
    pub fn operands(&self) -> Vec<&Expression> {
        use ExpressionKind as K;
        match &self.kind {
            K::Literal(_) | K::Local(_) | K::ThreadId | K::Uniform(_) | K::Random => Vec::new(),
            K::Load { index, .. } => index.iter().collect(),
            K::Element { index: operand, .. }
            | K::UniformElement { index: operand, .. }
            | K::Component { vector: operand, .. }
            | K::Swizzle { vector: operand, .. }
            | K::Splat(operand)
            | K::Unary { operand, .. }
            | K::Convert(operand)
            | K::ToInt32(operand)
            | K::InRange { index: operand, .. } => vec![operand],
            K::Compose(parts)
            | K::ArrayOf(parts)
            | K::Builtin { arguments: parts, .. }
            | K::Call { arguments: parts, .. } => parts.iter().collect(),
            K::Binary { left, right, .. } => vec![left, right],
            K::Select { condition, accept, reject } => vec![condition, accept, reject],
        }
    }

    /// The operands, in the order of evaluation, to be changed in place.
    pub fn operands_mut(&mut self) -> Vec<&mut Expression> {
        use ExpressionKind as K;
        match &mut self.kind {
            K::Literal(_) | K::Local(_) | K::ThreadId | K::Uniform(_) | K::Random => Vec::new(),
            K::Load { index, .. } => index.iter_mut().collect(),
            K::Element { index: operand, .. }
            | K::UniformElement { index: operand, .. }
            | K::Component { vector: operand, .. }
            | K::Swizzle { vector: operand, .. }
            | K::Splat(operand)
            | K::Unary { operand, .. }
            | K::Convert(operand)
            | K::ToInt32(operand)
            | K::InRange { index: operand, .. } => vec![operand],
            K::Compose(parts)
            | K::ArrayOf(parts)
            | K::Builtin { arguments: parts, .. }
            | K::Call { arguments: parts, .. } => parts.iter_mut().collect(),
            K::Binary { left, right, .. } => vec![left, right],
            K::Select { condition, accept, reject } => vec![condition, accept, reject],
        }
    }

    /// The buffer, the indices and the component of an element, or of a component of one, that the expression loads and does nothing else.
    pub fn loaded(&self) -> Option<(usize, &[Expression], Option<u8>)> {
        match &self.kind {
            ExpressionKind::Load { buffer, index } => Some((*buffer, index, None)),
            ExpressionKind::Component { vector, component } => match &vector.kind {
                ExpressionKind::Load { buffer, index } => Some((*buffer, index, Some(*component))),
                _ => None,
            },
            _ => None,
        }
    }

    /// In which runs the expression is known to be in range, if it is an index that is marked so.
    pub fn known(&self) -> Option<Known> {
        match self.kind {
            ExpressionKind::InRange { known, .. } => Some(known),
            _ => None,
        }
    }

    /// Renames every local in this expression and its operands by `name`.
    pub fn rename_locals(&mut self, name: &impl Fn(LocalId) -> LocalId) {
        self.operands_mut().into_iter().for_each(|operand| operand.rename_locals(name));
        if let ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } = &mut self.kind {
            *local = name(*local);
        }
    }

    /// Calls `visit` on this expression and all below it, operands first.
    pub fn walk(&self, visit: &mut impl FnMut(&Expression)) {
        for operand in self.operands() {
            operand.walk(visit);
        }
        visit(self);
    }
}
