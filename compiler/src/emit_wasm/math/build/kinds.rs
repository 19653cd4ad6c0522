//! What lanes can be, and which instructions of Wasm do arithmetic on them.

use wasm_encoder::{Instruction, ValType};

/// What the lanes of a value are.
pub(in super::super) trait Kind: Copy {
    /// How many locals hold the eight lanes; 1 for scalars.
    const PARTS: usize = 2;
    /// The type of those locals.
    const TYPE: ValType = ValType::V128;
}

/// Eight 32-bit floats.
#[derive(Clone, Copy)]
pub(in super::super) struct F32;
/// Eight 64-bit floats.
#[derive(Clone, Copy)]
pub(in super::super) struct F64;
/// Eight 32-bit integers, or a mask: each lane all ones or all zeros.
#[derive(Clone, Copy)]
pub(in super::super) struct I32;
/// Eight 64-bit integers, or a mask.
#[derive(Clone, Copy)]
pub(in super::super) struct I64;
/// One 64-bit integer.
#[derive(Clone, Copy)]
pub(in super::super) struct Scalar;

impl Kind for F32 {}
impl Kind for I32 {}
impl Kind for F64 {
    const PARTS: usize = 4;
}
impl Kind for I64 {
    const PARTS: usize = 4;
}
impl Kind for Scalar {
    const PARTS: usize = 1;
    const TYPE: ValType = ValType::I64;
}

/// Kinds with arithmetic.
pub(in super::super) trait Number: Kind {
    /// A number of Rust that can stand beside an operator.
    type Literal: Copy;
    /// The literal in all lanes.
    fn constant(literal: Self::Literal) -> Instruction<'static>;
    /// Lane by lane a + b, a - b and a · b; integers wrap.
    const ARITHMETIC: [Instruction<'static>; 3];
}

fn vector_of_words(bits: u32) -> Instruction<'static> {
    vector_of_long_words(u64::from(bits) << 32 | u64::from(bits))
}

fn vector_of_long_words(bits: u64) -> Instruction<'static> {
    Instruction::V128Const(i128::from(bits.cast_signed()) << 64 | i128::from(bits))
}

impl Number for F32 {
    type Literal = f32;
    const ARITHMETIC: [Instruction<'static>; 3] =
        [Instruction::F32x4Add, Instruction::F32x4Sub, Instruction::F32x4Mul];

    fn constant(literal: f32) -> Instruction<'static> {
        vector_of_words(literal.to_bits())
    }
}

impl Number for F64 {
    type Literal = f64;
    const ARITHMETIC: [Instruction<'static>; 3] =
        [Instruction::F64x2Add, Instruction::F64x2Sub, Instruction::F64x2Mul];

    fn constant(literal: f64) -> Instruction<'static> {
        vector_of_long_words(literal.to_bits())
    }
}

impl Number for I32 {
    type Literal = i32;
    const ARITHMETIC: [Instruction<'static>; 3] =
        [Instruction::I32x4Add, Instruction::I32x4Sub, Instruction::I32x4Mul];

    fn constant(literal: i32) -> Instruction<'static> {
        vector_of_words(literal.cast_unsigned())
    }
}

impl Number for I64 {
    type Literal = i64;
    const ARITHMETIC: [Instruction<'static>; 3] =
        [Instruction::I64x2Add, Instruction::I64x2Sub, Instruction::I64x2Mul];

    fn constant(literal: i64) -> Instruction<'static> {
        vector_of_long_words(literal.cast_unsigned())
    }
}

impl Number for Scalar {
    type Literal = i64;
    const ARITHMETIC: [Instruction<'static>; 3] =
        [Instruction::I64Add, Instruction::I64Sub, Instruction::I64Mul];

    fn constant(literal: i64) -> Instruction<'static> {
        Instruction::I64Const(literal)
    }
}

/// Kinds that can be compared.
pub(in super::super) trait Ordered: Number {
    /// The kind of masks of that size.
    type Mask: Kind;
    /// a < b, a ≤ b and a = b as masks.
    const COMPARISONS: [Instruction<'static>; 3];
}

impl Ordered for F32 {
    type Mask = I32;
    const COMPARISONS: [Instruction<'static>; 3] =
        [Instruction::F32x4Lt, Instruction::F32x4Le, Instruction::F32x4Eq];
}

impl Ordered for F64 {
    type Mask = I64;
    const COMPARISONS: [Instruction<'static>; 3] =
        [Instruction::F64x2Lt, Instruction::F64x2Le, Instruction::F64x2Eq];
}

impl Ordered for I32 {
    type Mask = Self;
    const COMPARISONS: [Instruction<'static>; 3] =
        [Instruction::I32x4LtS, Instruction::I32x4LeS, Instruction::I32x4Eq];
}

/// Kinds whose lanes are floats.
pub(in super::super) trait Float: Ordered {
    /// a / b; then the smaller and the larger of two, as `b < a ? b : a` and `a < b ? b : a`.
    const BINARY: [Instruction<'static>; 3];
    /// |a|, √a, and a rounded to an integer: down, toward zero, and to the nearest, of two the even one.
    const UNARY: [Instruction<'static>; 5];
}

impl Float for F32 {
    const BINARY: [Instruction<'static>; 3] =
        [Instruction::F32x4Div, Instruction::F32x4PMin, Instruction::F32x4PMax];
    const UNARY: [Instruction<'static>; 5] = [
        Instruction::F32x4Abs,
        Instruction::F32x4Sqrt,
        Instruction::F32x4Floor,
        Instruction::F32x4Trunc,
        Instruction::F32x4Nearest,
    ];
}

impl Float for F64 {
    const BINARY: [Instruction<'static>; 3] =
        [Instruction::F64x2Div, Instruction::F64x2PMin, Instruction::F64x2PMax];
    const UNARY: [Instruction<'static>; 5] = [
        Instruction::F64x2Abs,
        Instruction::F64x2Sqrt,
        Instruction::F64x2Floor,
        Instruction::F64x2Trunc,
        Instruction::F64x2Nearest,
    ];
}

/// Kinds that have bits.
pub(in super::super) trait Bitwise: Number {
    /// a & b, a | b and a ^ b.
    const BITWISE: [Instruction<'static>; 3];
    /// a shifted left, right, and right with copies of the sign.
    const SHIFTS: [Instruction<'static>; 3];
    /// How far to shift, as the shifts want it.
    fn amount(count: u8) -> Instruction<'static> {
        Instruction::I32Const(i32::from(count))
    }
}

const VECTOR_BITWISE: [Instruction<'static>; 3] =
    [Instruction::V128And, Instruction::V128Or, Instruction::V128Xor];

impl Bitwise for I32 {
    const BITWISE: [Instruction<'static>; 3] = VECTOR_BITWISE;
    const SHIFTS: [Instruction<'static>; 3] =
        [Instruction::I32x4Shl, Instruction::I32x4ShrU, Instruction::I32x4ShrS];
}

impl Bitwise for I64 {
    const BITWISE: [Instruction<'static>; 3] = VECTOR_BITWISE;
    const SHIFTS: [Instruction<'static>; 3] =
        [Instruction::I64x2Shl, Instruction::I64x2ShrU, Instruction::I64x2ShrS];
}

impl Bitwise for Scalar {
    const BITWISE: [Instruction<'static>; 3] = [Instruction::I64And, Instruction::I64Or, Instruction::I64Xor];
    const SHIFTS: [Instruction<'static>; 3] =
        [Instruction::I64Shl, Instruction::I64ShrU, Instruction::I64ShrS];

    fn amount(count: u8) -> Instruction<'static> {
        Instruction::I64Const(i64::from(count))
    }
}
