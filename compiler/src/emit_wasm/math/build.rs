//! Formulas on vectors: a [`Value`] stands for eight lanes, and an operator on values writes its instruction for all of them.
//!
//! Eight lanes of 32 bits are two vectors, eight of 64 bits are four. Everything works on both, so a formula can be computed in
//! double precision where that makes it simpler: widen, compute, narrow.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Not, Sub};

use wasm_encoder::{Function, Instruction as I, ValType};

use super::super::code::{Code, Pair};

/// Eight lanes of `T`.
pub(super) struct Value<'a, T> {
    code: &'a RefCell<Code>,
    /// Lanes 0 to 3 and 4 to 7, or 0 to 3 (in two vectors) and 4 to 7 (likewise) if the lanes are wide.
    pairs: [Pair; 2],
    element: PhantomData<T>,
}

impl<T> Clone for Value<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Value<'_, T> {}

/// A function of one operand.
pub(super) fn unary<T: Element, R: Element>(formula: for<'a> fn(Value<'a, T>) -> Value<'a, R>) -> Built {
    function::<T, R>(1, |code| formula(Value::parameter(code, 0)))
}

/// A function of two operands.
pub(super) fn binary<T: Element, R: Element>(
    formula: for<'a> fn(Value<'a, T>, Value<'a, T>) -> Value<'a, R>,
) -> Built {
    function::<T, R>(2, |code| formula(Value::parameter(code, 0), Value::parameter(code, 1)))
}

/// A function, and how many vectors it takes and gives.
pub struct Built {
    /// Its code.
    pub code: Function,
    /// How many operands it has.
    pub arity: usize,
    /// How many vectors an operand is: two of 32 bits a lane, four of 64.
    pub operand: usize,
    /// How many the result is.
    pub result: usize,
}

fn function<T: Element, R: Element>(
    arity: usize,
    formula: impl for<'a> FnOnce(&'a RefCell<Code>) -> Value<'a, R>,
) -> Built {
    let (operand, result) = (2 * T::PAIRS, 2 * R::PAIRS);
    let code = RefCell::new(Code::new((operand * arity) as u32, false));
    let pairs = formula(&code).pairs;
    pairs.into_iter().take(R::PAIRS).for_each(|pair| code.borrow_mut().get_pair(pair));
    Built { code: code.into_inner().finish(), arity, operand, result }
}

/// What lanes can hold.
pub(super) trait Element: Copy {
    /// The integer of the same size, which also holds the result of a comparison: all ones or all zeros.
    type Mask: Element;
    /// How many pairs of vectors eight lanes take.
    const PAIRS: usize;
    const ADD: I<'static>;
    const SUBTRACT: I<'static>;
    const MULTIPLY: I<'static>;
    const NEGATE: I<'static>;
    const EQUAL: I<'static>;
    const LESS: I<'static>;

    /// A vector with this number in all lanes.
    fn words(self) -> [u32; 4];
}

macro_rules! element {
    ($ty:ty, $mask:ty, $pairs:literal, $add:ident, $subtract:ident, $multiply:ident, $negate:ident, $equal:ident, $less:ident) => {
        impl Element for $ty {
            type Mask = $mask;
            const PAIRS: usize = $pairs;
            const ADD: I<'static> = I::$add;
            const SUBTRACT: I<'static> = I::$subtract;
            const MULTIPLY: I<'static> = I::$multiply;
            const NEGATE: I<'static> = I::$negate;
            const EQUAL: I<'static> = I::$equal;
            const LESS: I<'static> = I::$less;

            fn words(self) -> [u32; 4] {
                let bytes = self.to_le_bytes();
                std::array::from_fn(|word| {
                    let start = 4 * word % bytes.len();
                    u32::from_le_bytes(std::array::from_fn(|byte| bytes[start + byte]))
                })
            }
        }
    };
}

element!(f32, i32, 1, F32x4Add, F32x4Sub, F32x4Mul, F32x4Neg, F32x4Eq, F32x4Lt);
element!(f64, i64, 2, F64x2Add, F64x2Sub, F64x2Mul, F64x2Neg, F64x2Eq, F64x2Lt);
element!(i32, i32, 1, I32x4Add, I32x4Sub, I32x4Mul, I32x4Neg, I32x4Eq, I32x4LtS);
element!(i64, i64, 2, I64x2Add, I64x2Sub, I64x2Mul, I64x2Neg, I64x2Eq, I64x2LtS);

/// What an operand can be: a value, or a number for all lanes.
pub(super) trait Operand<'a, T> {
    fn value(self, code: &'a RefCell<Code>) -> Value<'a, T>;
}

impl<'a, T> Operand<'a, T> for Value<'a, T> {
    fn value(self, _: &'a RefCell<Code>) -> Self {
        self
    }
}

impl<'a, T: Element> Operand<'a, T> for T {
    fn value(self, code: &'a RefCell<Code>) -> Value<'a, T> {
        let mut writer = code.borrow_mut();
        writer.words(self.words());
        let local = writer.keep(ValType::V128);
        Value { code, pairs: [[local; 2]; 2], element: PhantomData }
    }
}

impl<'a, T: Element> Value<'a, T> {
    fn parameter(code: &'a RefCell<Code>, number: u32) -> Self {
        let first = 2 * T::PAIRS as u32 * number;
        let low = [first, first + 1];
        let pairs = [low, if T::PAIRS == 2 { [first + 2, first + 3] } else { low }];
        Self { code, pairs, element: PhantomData }
    }

    /// An instruction for all lanes of this value and others of its size.
    fn apply<R: Element>(self, instruction: I<'static>, others: &[[Pair; 2]]) -> Value<'a, R> {
        let mut code = self.code.borrow_mut();
        let mut pair = |number: usize| {
            let operands: Vec<Pair> = std::iter::once(self.pairs)
                .chain(others.iter().copied())
                .map(|pairs| pairs[number])
                .collect();
            code.lanes(&instruction, &operands)
        };
        let first = pair(0);
        let pairs = [first, if T::PAIRS == 2 { pair(1) } else { first }];
        Value { code: self.code, pairs, element: PhantomData }
    }

    fn with<R: Element>(self, instruction: I<'static>, other: impl Operand<'a, T>) -> Value<'a, R> {
        let other = other.value(self.code);
        self.apply(instruction, &[other.pairs])
    }

    /// Another number, in all lanes.
    pub(super) fn constant(self, number: T) -> Self {
        number.value(self.code)
    }

    /// The same bits as another type of the same size.
    pub(super) fn bits(self) -> Value<'a, T::Mask> {
        Value { code: self.code, pairs: self.pairs, element: PhantomData }
    }

    /// Whether the lanes are equal.
    pub(super) fn eq(self, other: impl Operand<'a, T>) -> Value<'a, T::Mask> {
        self.with(T::EQUAL, other)
    }

    /// Whether the lanes are less.
    pub(super) fn lt(self, other: impl Operand<'a, T>) -> Value<'a, T::Mask> {
        self.with(T::LESS, other)
    }

    /// Whether the lanes are greater.
    pub(super) fn gt(self, other: impl Operand<'a, T>) -> Value<'a, T::Mask> {
        other.value(self.code).lt(self)
    }

    /// `yes` in the lanes of a mask, and this value in the others.
    pub(super) fn or_where(self, mask: Value<'a, T::Mask>, yes: impl Operand<'a, T>) -> Self {
        yes.value(self.code).apply(I::V128Bitselect, &[self.pairs, mask.pairs])
    }

    /// `c[0] + c[1] * x + c[2] * x² …`, by Estrin's scheme: neighbouring terms are added first, as the sums of different pairs
    /// need not wait for each other.
    pub(super) fn polynomial(self, coefficients: &[T]) -> Self {
        let mut terms: Vec<Self> =
            coefficients.iter().map(|coefficient| coefficient.value(self.code)).collect();
        let mut power = self;
        while terms.len() > 1 {
            let sum = |pair: &[Self]| pair[1..].iter().fold(pair[0], |low, &high| high * power + low);
            terms = terms.chunks(2).map(sum).collect();
            power = power * power;
        }
        terms[0]
    }

    /// A copy that can be assigned to.
    pub(super) fn variable(self) -> Self {
        let first = self.code.borrow_mut().pair();
        let pairs = [first, if T::PAIRS == 2 { self.code.borrow_mut().pair() } else { first }];
        let variable = Self { pairs, ..self };
        variable.assign(self);
        variable
    }

    /// Sets a variable.
    pub(super) fn assign(self, value: Self) {
        for number in 0..T::PAIRS {
            self.code.borrow_mut().copy(self.pairs[number], value.pairs[number]);
        }
    }
}

impl<T: Element> Value<'_, T> {
    /// Whether any lane of this mask is set, on the stack.
    fn any(self) {
        let mut code = self.code.borrow_mut();
        let [low, high] = self.pairs;
        let mask = if T::PAIRS == 2 { code.lanes(&I::V128Or, &[low, high]) } else { low };
        code.any(mask);
    }

    /// Runs code if any lane of this mask is set.
    pub(super) fn when_any(self, body: impl FnOnce()) {
        self.any();
        self.code.borrow_mut().when();
        body();
        self.code.borrow_mut().close();
    }

    /// Runs code for as long as any lane of a mask is set: this one at first, then the one that the code gives.
    pub(super) fn while_any(self, body: impl FnOnce() -> Self) {
        let mask = self.variable();
        let start = self.code.borrow_mut().repeat();
        mask.when_any(|| {
            mask.assign(body());
            self.code.borrow_mut().branch(start);
        });
        self.code.borrow_mut().close();
    }
}

impl<'a> Value<'a, f32> {
    pub(super) fn abs(self) -> Self {
        self.apply(I::F32x4Abs, &[])
    }

    pub(super) fn floor(self) -> Self {
        self.apply(I::F32x4Floor, &[])
    }

    pub(super) fn trunc(self) -> Self {
        self.apply(I::F32x4Trunc, &[])
    }

    pub(super) fn le(self, other: impl Operand<'a, f32>) -> Value<'a, i32> {
        self.with(I::F32x4Le, other)
    }

    /// The lesser one; this value if it is NaN.
    pub(super) fn at_most(self, other: impl Operand<'a, f32>) -> Self {
        self.with(I::F32x4PMin, other)
    }

    /// The greater one; this value if it is NaN.
    pub(super) fn at_least(self, other: impl Operand<'a, f32>) -> Self {
        self.with(I::F32x4PMax, other)
    }

    /// The number with the sign changed where that of another is set.
    pub(super) fn times_sign_of(self, other: Self) -> Self {
        (self.bits() ^ (other.bits() & i32::MIN)).float()
    }

    /// In double precision.
    pub(super) fn widen(self) -> Value<'a, f64> {
        widened(self, I::F64x2PromoteLowF32x4)
    }

    /// As a signed integer, toward zero; what is none gives the nearest one, and NaN gives 0.
    pub(super) fn to_int(self) -> Value<'a, i32> {
        self.apply(I::I32x4TruncSatF32x4S, &[])
    }

    /// As an unsigned integer, likewise.
    pub(super) fn to_unsigned(self) -> Value<'a, i32> {
        self.apply(I::I32x4TruncSatF32x4U, &[])
    }
}

impl<'a> Value<'a, f64> {
    /// The lesser one; this value if it is NaN.
    pub(super) fn at_most(self, other: impl Operand<'a, f64>) -> Self {
        self.with(I::F64x2PMin, other)
    }

    /// The greater one; this value if it is NaN.
    pub(super) fn at_least(self, other: impl Operand<'a, f64>) -> Self {
        self.with(I::F64x2PMax, other)
    }

    pub(super) fn sqrt(self) -> Self {
        self.apply(I::F64x2Sqrt, &[])
    }

    pub(super) fn floor(self) -> Self {
        self.apply(I::F64x2Floor, &[])
    }

    pub(super) fn trunc(self) -> Self {
        self.apply(I::F64x2Trunc, &[])
    }

    pub(super) fn nearest(self) -> Self {
        self.apply(I::F64x2Nearest, &[])
    }

    pub(super) fn abs(self) -> Self {
        self.apply(I::F64x2Abs, &[])
    }

    pub(super) fn le(self, other: impl Operand<'a, f64>) -> Value<'a, i64> {
        self.with(I::F64x2Le, other)
    }

    /// The number with the sign changed where that of another is set.
    pub(super) fn times_sign_of(self, other: Self) -> Self {
        (self.bits() ^ (other.bits() & i64::MIN)).float()
    }

    /// The number with the sign of another.
    pub(super) fn with_sign_of(self, other: Self) -> Self {
        self.abs().times_sign_of(other)
    }

    /// As a signed integer of 32 bits, toward zero; what is none gives the nearest one, and NaN gives 0.
    pub(super) fn to_int(self) -> Value<'a, i32> {
        let integers: Self = self.apply(I::I32x4TruncSatF64x2SZero, &[]);
        gathered(integers, [0, 1, 4, 5])
    }

    /// As an unsigned integer of 32 bits, likewise.
    pub(super) fn to_unsigned(self) -> Value<'a, i32> {
        let integers: Self = self.apply(I::I32x4TruncSatF64x2UZero, &[]);
        gathered(integers, [0, 1, 4, 5])
    }

    /// Rounded to single precision.
    pub(super) fn narrow(self) -> Value<'a, f32> {
        let singles: Self = self.apply(I::F32x4DemoteF64x2Zero, &[]);
        gathered(singles, [0, 1, 4, 5])
    }
}

impl<'a> Value<'a, i32> {
    /// The same bits as floats.
    pub(super) fn float(self) -> Value<'a, f32> {
        Value { code: self.code, pairs: self.pairs, element: PhantomData }
    }

    pub(super) fn widen(self) -> Value<'a, i64> {
        widened(self, I::I64x2ExtendLowI32x4S)
    }

    /// The numbers in double precision.
    pub(super) fn to_double(self) -> Value<'a, f64> {
        widened(self, I::F64x2ConvertLowI32x4S)
    }

    /// The numbers, taken for unsigned, in single precision.
    pub(super) fn unsigned_to_float(self) -> Value<'a, f32> {
        self.apply(I::F32x4ConvertI32x4U, &[])
    }

    /// The lesser one of two unsigned integers.
    pub(super) fn unsigned_min(self, other: impl Operand<'a, i32>) -> Self {
        self.with(I::I32x4MinU, other)
    }

    pub(super) fn shift_left(self, count: i32) -> Self {
        shifted(self, &I::I32x4Shl, count)
    }

    pub(super) fn shift_right(self, count: i32) -> Self {
        shifted(self, &I::I32x4ShrS, count)
    }

    pub(super) fn unsigned_shift_right(self, count: i32) -> Self {
        shifted(self, &I::I32x4ShrU, count)
    }
}

impl<'a> Value<'a, i64> {
    /// The same bits as floats.
    pub(super) fn float(self) -> Value<'a, f64> {
        Value { code: self.code, pairs: self.pairs, element: PhantomData }
    }

    pub(super) fn shift_left(self, count: i32) -> Self {
        shifted(self, &I::I64x2Shl, count)
    }

    pub(super) fn unsigned_shift_right(self, count: i32) -> Self {
        shifted(self, &I::I64x2ShrU, count)
    }

    /// The lower halves of the lanes.
    pub(super) fn low_words(self) -> Value<'a, i32> {
        gathered(self, [0, 2, 4, 6])
    }
}

/// Makes wide lanes of the two lower lanes of each vector, and of its two upper ones.
fn widened<'a, T: Element, R: Element>(value: Value<'a, T>, instruction: I<'static>) -> Value<'a, R> {
    let mut code = value.code.borrow_mut();
    let pairs = value.pairs[0].map(|vector| {
        let upper = code.shuffled([vector, vector], [2, 3, 2, 3]);
        code.lanes(&instruction, &[[vector, upper]])
    });
    Value { code: value.code, pairs, element: PhantomData }
}

/// Makes one vector of two of wide lanes: their words of these numbers.
fn gathered<'a, T: Element, R: Element>(value: Value<'a, T>, words: [u8; 4]) -> Value<'a, R> {
    let mut code = value.code.borrow_mut();
    let pair = value.pairs.map(|pair| code.shuffled(pair, words));
    Value { code: value.code, pairs: [pair; 2], element: PhantomData }
}

fn shifted<'a, T: Element>(value: Value<'a, T>, instruction: &I<'static>, count: i32) -> Value<'a, T> {
    let mut code = value.code.borrow_mut();
    let mut pair = |number: usize| {
        value.pairs[number].map(|half| {
            code.get(half);
            code.int(count);
            code.emit(instruction);
            code.keep(ValType::V128)
        })
    };
    let first = pair(0);
    let pairs = [first, if T::PAIRS == 2 { pair(1) } else { first }];
    Value { code: value.code, pairs, element: PhantomData }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $instruction:expr) => {
        impl<'a, T: Element, R: Operand<'a, T>> $trait<R> for Value<'a, T> {
            type Output = Self;

            fn $method(self, other: R) -> Self {
                self.with($instruction, other)
            }
        }
    };
}

operator!(Add, add, T::ADD);
operator!(Sub, sub, T::SUBTRACT);
operator!(Mul, mul, T::MULTIPLY);
operator!(BitAnd, bitand, I::V128And);
operator!(BitOr, bitor, I::V128Or);
operator!(BitXor, bitxor, I::V128Xor);

impl<T: Element> Neg for Value<'_, T> {
    type Output = Self;

    fn neg(self) -> Self {
        self.apply(T::NEGATE, &[])
    }
}

impl<T: Element> Not for Value<'_, T> {
    type Output = Self;

    fn not(self) -> Self {
        self.apply(I::V128Not, &[])
    }
}

impl<'a, R: Operand<'a, f64>> Div<R> for Value<'a, f64> {
    type Output = Self;

    fn div(self, other: R) -> Self {
        self.with(I::F64x2Div, other)
    }
}

impl<'a> Sub<Value<'a, f64>> for f64 {
    type Output = Value<'a, f64>;

    fn sub(self, other: Value<'a, f64>) -> Value<'a, f64> {
        self.value(other.code) - other
    }
}

impl<'a> Div<Value<'a, f64>> for f64 {
    type Output = Value<'a, f64>;

    fn div(self, other: Value<'a, f64>) -> Value<'a, f64> {
        self.value(other.code) / other
    }
}
