//! The operators and functions of values.

use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Not, Shl, Sub};

use wasm_encoder::{BlockType, Instruction};

use super::kinds::{Bitwise, F32, F64, Float, I32, I64, Kind, Number, Ordered, Scalar};
use super::{Code, Value};

/// What can stand beside a value: another one, or a number of Rust, the same in all lanes.
pub(in super::super) trait Operand<'c, K> {
    /// As a value.
    fn in_code(self, code: &'c Code) -> Value<'c, K>;
}

impl<'c, K> Operand<'c, K> for Value<'c, K> {
    fn in_code(self, _: &'c Code) -> Self {
        self
    }
}

macro_rules! literal_operands {
    ($($literal:ty: $kind:ident),+) => {
        $(impl<'c> Operand<'c, $kind> for $literal {
            fn in_code(self, code: &'c Code) -> Value<'c, $kind> {
                code.splat(self)
            }
        })+
    };
}

literal_operands!(f32: F32, f64: F64, i32: I32, i64: I64, i64: Scalar);

macro_rules! arithmetic {
    ($operator:ident, $method:ident, $position:literal, $($kind:ident: $literal:ty),+) => {
        impl<'c, K: Number, O: Operand<'c, K>> $operator<O> for Value<'c, K> {
            type Output = Self;
            fn $method(self, other: O) -> Self {
                self.zip(other, &K::ARITHMETIC[$position])
            }
        }
        $(impl<'c> $operator<Value<'c, $kind>> for $literal {
            type Output = Value<'c, $kind>;
            fn $method(self, other: Value<'c, $kind>) -> Self::Output {
                other.code.splat::<$kind>(self).$method(other)
            }
        })+
    };
}

arithmetic!(Add, add, 0, F32: f32, F64: f64);
arithmetic!(Sub, sub, 1, F32: f32, F64: f64, I32: i32, Scalar: i64);
arithmetic!(Mul, mul, 2, F32: f32, F64: f64);

impl<'c, K: Float, O: Operand<'c, K>> Div<O> for Value<'c, K> {
    type Output = Self;
    fn div(self, other: O) -> Self {
        self.zip(other, &K::BINARY[0])
    }
}

impl<'c> Div<Value<'c, F64>> for f64 {
    type Output = Value<'c, F64>;
    fn div(self, other: Value<'c, F64>) -> Self::Output {
        other.code.splat::<F64>(self) / other
    }
}

impl<'c, K: Ordered> Value<'c, K> {
    pub(in super::super) fn lt(self, other: impl Operand<'c, K>) -> Value<'c, K::Mask> {
        self.zip(other, &K::COMPARISONS[0])
    }

    pub(in super::super) fn le(self, other: impl Operand<'c, K>) -> Value<'c, K::Mask> {
        self.zip(other, &K::COMPARISONS[1])
    }

    pub(in super::super) fn gt(self, other: impl Operand<'c, K>) -> Value<'c, K::Mask> {
        other.in_code(self.code).lt(self)
    }

    pub(in super::super) fn ge(self, other: impl Operand<'c, K>) -> Value<'c, K::Mask> {
        other.in_code(self.code).le(self)
    }

    pub(in super::super) fn eq(self, other: impl Operand<'c, K>) -> Value<'c, K::Mask> {
        self.zip(other, &K::COMPARISONS[2])
    }
}

impl<'c, K: Float> Value<'c, K> {
    pub(in super::super) fn abs(self) -> Self {
        self.map(&K::UNARY[..1])
    }

    pub(in super::super) fn sqrt(self) -> Self {
        self.map(&K::UNARY[1..2])
    }

    pub(in super::super) fn floor(self) -> Self {
        self.map(&K::UNARY[2..3])
    }

    pub(in super::super) fn trunc(self) -> Self {
        self.map(&K::UNARY[3..4])
    }

    /// The nearest integer; of two the even one.
    pub(in super::super) fn nearest(self) -> Self {
        self.map(&K::UNARY[4..])
    }

    /// The smaller one; this one where either is NaN.
    pub(in super::super) fn pmin(self, other: impl Operand<'c, K>) -> Self {
        self.zip(other, &K::BINARY[1])
    }

    /// The larger one; this one where either is NaN.
    pub(in super::super) fn pmax(self, other: impl Operand<'c, K>) -> Self {
        self.zip(other, &K::BINARY[2])
    }

    /// c₀ + c₁x + c₂x² + …: by Horner's rule if it is short, by Estrin's scheme if that would make too long a chain. The latter
    /// takes pairs first, then pairs of pairs, which are independent of each other.
    pub(in super::super) fn polynomial(self, coefficients: &[K::Literal]) -> Self {
        let terms: Vec<Self> = coefficients.iter().map(|&coefficient| self.code.splat(coefficient)).collect();
        if terms.len() <= 4 { self.horner(&terms) } else { self.estrin(&terms) }
    }

    fn horner(self, terms: &[Self]) -> Self {
        let (&last, rest) = terms.split_last().expect("a polynomial has coefficients");
        rest.iter().rev().fold(last, |sum, &term| sum * self + term)
    }

    fn estrin(self, terms: &[Self]) -> Self {
        let pairs =
            terms.chunks(2).map(|pair| pair[1..].iter().fold(pair[0], |low, &high| low + high * self));
        let pairs: Vec<Self> = pairs.collect();
        if let [sum] = pairs[..] { sum } else { (self * self).estrin(&pairs) }
    }

    /// The bits of each lane.
    pub(in super::super) fn bits(self) -> Value<'c, K::Mask> {
        self.reinterpret()
    }
}

macro_rules! bitwise {
    ($($operator:ident, $method:ident, $position:literal);+) => {
        $(impl<'c, K: Bitwise, O: Operand<'c, K>> $operator<O> for Value<'c, K> {
            type Output = Self;
            fn $method(self, other: O) -> Self {
                self.zip(other, &K::BITWISE[$position])
            }
        })+
    };
}

bitwise!(BitAnd, bitand, 0; BitOr, bitor, 1; BitXor, bitxor, 2);

impl<K: Bitwise> Shl<u8> for Value<'_, K> {
    type Output = Self;
    fn shl(self, count: u8) -> Self {
        self.map(&[K::amount(count), K::SHIFTS[0].clone()])
    }
}

impl<'c, K: Bitwise> Value<'c, K> {
    /// Lane by lane `yes` where this mask is set, `no` elsewhere.
    pub(in super::super) fn select<V: Kind>(
        self,
        yes: impl Operand<'c, V>,
        no: impl Operand<'c, V>,
    ) -> Value<'c, V> {
        let (yes, no) = (yes.in_code(self.code), no.in_code(self.code));
        let result = self.code.fresh::<V>();
        for part in 0..V::PARTS {
            self.code
                .emit_all([Instruction::LocalGet(yes.parts[part]), Instruction::LocalGet(no.parts[part])]);
            self.code.emit_all([Instruction::LocalGet(self.parts[part]), Instruction::V128Bitselect]);
            self.code.emit(Instruction::LocalSet(result.parts[part]));
        }
        result
    }

    /// Shifted right, zeros coming in.
    pub(in super::super) fn shr_u(self, count: u8) -> Self {
        self.map(&[K::amount(count), K::SHIFTS[1].clone()])
    }

    /// Shifted right, copies of the sign coming in.
    pub(in super::super) fn shr_s(self, count: u8) -> Self {
        self.map(&[K::amount(count), K::SHIFTS[2].clone()])
    }
}

impl Not for Value<'_, I32> {
    type Output = Self;
    fn not(self) -> Self {
        self.map(&[Instruction::V128Not])
    }
}

impl<'c> Value<'c, F32> {
    pub(in super::super) fn promote(self) -> Value<'c, F64> {
        self.widen(&Instruction::F64x2PromoteLowF32x4)
    }

    /// The integer part. What is too large gives the nearest i32, NaN gives 0.
    pub(in super::super) fn saturate(self) -> Value<'c, I32> {
        self.map(&[Instruction::I32x4TruncSatF32x4S])
    }

    /// The bit of the sign, alone.
    pub(in super::super) fn sign(self) -> Value<'c, I32> {
        self.bits() & i32::MIN
    }

    /// Negated where `sign` has the bit of the sign, which must be its only one.
    pub(in super::super) fn flip(self, sign: Value<'c, I32>) -> Self {
        (self.bits() ^ sign).floats()
    }
}

impl<'c> Value<'c, F64> {
    /// Rounded to 32 bits.
    pub(in super::super) fn demote(self) -> Value<'c, F32> {
        let halves: Self = self.map(&[Instruction::F32x4DemoteF64x2Zero]);
        halves.narrow([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23])
    }

    /// Puts an integer times `scale` into lane 0 of a variable.
    pub(in super::super) fn set_lane_0(self, value: Value<'c, Scalar>, scale: f64) {
        self.code.emit_all([Instruction::LocalGet(self.parts[0]), Instruction::LocalGet(value.parts[0])]);
        self.code.emit_all([
            Instruction::F64ConvertI64S,
            Instruction::F64Const(scale.into()),
            Instruction::F64Mul,
        ]);
        self.code.emit(Instruction::F64x2ReplaceLane(0));
        self.code.emit(Instruction::LocalSet(self.parts[0]));
    }
}

impl<'c> Value<'c, I32> {
    pub(in super::super) fn min(self, other: i32) -> Self {
        self.zip(other, &Instruction::I32x4MinS)
    }

    pub(in super::super) fn max(self, other: i32) -> Self {
        self.zip(other, &Instruction::I32x4MaxS)
    }

    /// a · b modulo 2^32.
    pub(in super::super) fn times(self, other: Self) -> Self {
        self.zip(other, &Instruction::I32x4Mul)
    }

    /// a · b, exactly.
    pub(in super::super) fn long_product(self, other: Self) -> Value<'c, I64> {
        let result = self.code.fresh();
        let halves = [Instruction::I64x2ExtMulLowI32x4S, Instruction::I64x2ExtMulHighI32x4S];
        for part in 0..4 {
            let (a, b) = (self.parts[part / 2], other.parts[part / 2]);
            self.code.emit_all([Instruction::LocalGet(a), Instruction::LocalGet(b)]);
            self.code.emit_all([halves[part % 2].clone(), Instruction::LocalSet(result.parts[part])]);
        }
        result
    }

    /// The nearest floats.
    pub(in super::super) fn to_f32(self) -> Value<'c, F32> {
        self.map(&[Instruction::F32x4ConvertI32x4S])
    }

    pub(in super::super) fn to_f64(self) -> Value<'c, F64> {
        self.widen(&Instruction::F64x2ConvertLowI32x4S)
    }

    /// The floats that have these bits.
    pub(in super::super) fn floats(self) -> Value<'c, F32> {
        self.reinterpret()
    }

    /// Lane 0, without sign.
    pub(in super::super) fn lane_0(self) -> Value<'c, Scalar> {
        let result = self.code.fresh::<Scalar>();
        self.code.emit_all([Instruction::LocalGet(self.parts[0]), Instruction::I32x4ExtractLane(0)]);
        self.code.emit_all([Instruction::I64ExtendI32U, Instruction::LocalSet(result.parts[0])]);
        result
    }

    /// Puts the low word of an integer into lane 0 of a variable.
    pub(in super::super) fn set_lane_0(self, value: Value<'c, Scalar>) {
        self.code.emit_all([Instruction::LocalGet(self.parts[0]), Instruction::LocalGet(value.parts[0])]);
        self.code.emit_all([Instruction::I32WrapI64, Instruction::I32x4ReplaceLane(0)]);
        self.code.emit(Instruction::LocalSet(self.parts[0]));
    }
}

impl<'c> Value<'c, I64> {
    /// The floats that have these bits.
    pub(in super::super) fn floats(self) -> Value<'c, F64> {
        self.reinterpret()
    }

    pub(in super::super) fn low_words(self) -> Value<'c, I32> {
        self.narrow([0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27])
    }

    pub(in super::super) fn high_words(self) -> Value<'c, I32> {
        self.narrow([4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31])
    }
}

impl<'c> Value<'c, Scalar> {
    /// Shifted left by a count modulo 64.
    pub(in super::super) fn shl_by(self, count: Self) -> Self {
        self.zip(count, &Instruction::I64Shl)
    }

    /// Shifted right by a count modulo 64, zeros coming in.
    pub(in super::super) fn shr_by(self, count: Self) -> Self {
        self.zip(count, &Instruction::I64ShrU)
    }

    /// `below` if this number, without sign, is less than the limit, otherwise `above`.
    pub(in super::super) fn choose(self, limit: i64, below: i64, above: i64) -> Self {
        let result = self.code.fresh::<Scalar>();
        self.code.emit_all([Instruction::I64Const(below), Instruction::I64Const(above)]);
        self.code.emit_all([Instruction::LocalGet(self.parts[0]), Instruction::I64Const(limit)]);
        self.code.emit_all([Instruction::I64LtU, Instruction::Select]);
        self.code.emit(Instruction::LocalSet(result.parts[0]));
        result
    }

    /// Runs `body` if this number, without sign, is less than the limit.
    pub(in super::super) fn if_below(self, limit: i64, body: impl FnOnce()) {
        self.code.emit_all([Instruction::LocalGet(self.parts[0]), Instruction::I64Const(limit)]);
        self.code.emit_all([Instruction::I64LtU, Instruction::If(BlockType::Empty)]);
        body();
        self.code.emit(Instruction::End);
    }
}
