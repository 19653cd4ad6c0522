//! Operators with two operands.

use wasm_encoder::{Instruction as I, ValType};

use super::code::{Pair, Uniform};
use super::function::{FunctionWriter, Value};
use super::math::Function as Math;
use crate::ir::{BinaryOp, Expression, Scalar, Type};

impl FunctionWriter<'_> {
    pub(super) fn binary(
        &mut self,
        op: BinaryOp,
        left: &Expression,
        right: &Expression,
        ty: Type,
    ) -> Vec<Value> {
        let scalar = left.ty.scalar();
        let (lefts, rights) = (self.value(left), self.value(right));
        if let BinaryOp::Equal | BinaryOp::NotEqual = op {
            return vec![self.equality(op, &lefts, &rights, scalar)];
        }
        let count = lefts.len().max(rights.len());
        // A number goes with each component of a vector.
        let of = |values: &[Value], component: usize| values[component.min(values.len() - 1)];
        (0..count)
            .map(|component| {
                let operands = [of(&lefts, component), of(&rights, component)];
                self.component_of_binary(op, operands, scalar, ty.scalar())
            })
            .collect()
    }

    /// Whether all components are equal, or not all.
    fn equality(&mut self, op: BinaryOp, lefts: &[Value], rights: &[Value], scalar: Scalar) -> Value {
        let mut all: Option<Value> = None;
        for (&left, &right) in lefts.iter().zip(rights) {
            let equal = self.simple(BinaryOp::Equal, [left, right], scalar, Scalar::Bool);
            all = Some(match all {
                None => equal,
                Some(Value::Uniform(Uniform::Bits(0))) => Value::Uniform(Uniform::Bits(0)),
                Some(Value::Uniform(Uniform::Bits(_))) => equal,
                Some(all) => self.apply([I::I32And, I::V128And], &[all, equal], Scalar::Bool, Scalar::Bool),
            });
        }
        let all = all.unwrap_or(Value::Uniform(Uniform::Bits(1)));
        match (op, all) {
            (BinaryOp::Equal, _) => all,
            (_, Value::Uniform(Uniform::Bits(known))) => Value::Uniform(Uniform::Bits(u32::from(known == 0))),
            (_, Value::Varying(mask)) => Value::Varying(self.code.lanes(&I::V128Not, &[mask])),
            (_, all) => self.apply([I::I32Eqz, I::V128Not], &[all], Scalar::Bool, Scalar::Bool),
        }
    }

    pub(super) fn component_of_binary(
        &mut self,
        op: BinaryOp,
        operands: [Value; 2],
        scalar: Scalar,
        to: Scalar,
    ) -> Value {
        use BinaryOp as B;
        match op {
            _ if scalar == Scalar::F64 => self.binary_of_doubles(op, operands),
            B::Add | B::Subtract if scalar.is_integer() => self.sum(op, operands, scalar),
            B::Remainder if scalar == Scalar::F32 => self.math(Math::Remainder, &operands, scalar, scalar),
            B::Remainder => self.remainder(operands, scalar),
            B::FloorDivide | B::TruncateDivide => self.quotient(op, operands, scalar),
            B::ShiftLeft => self.shift([I::I32Shl, I::I32x4Shl], operands),
            B::ShiftRight => self.shift([I::I32ShrS, I::I32x4ShrS], operands),
            B::ShiftRightUnsigned => self.shift([I::I32ShrU, I::I32x4ShrU], operands),
            _ => self.simple(op, operands, scalar, to),
        }
    }

    /// Integers: a linear value plus or minus a uniform one is linear.
    fn sum(&mut self, op: BinaryOp, operands: [Value; 2], scalar: Scalar) -> Value {
        let bases = match (op, operands) {
            (_, [Value::Linear(base), Value::Uniform(other)]) => Some([base, other]),
            (BinaryOp::Add, [Value::Uniform(other), Value::Linear(base)]) => Some([base, other]),
            _ => None,
        };
        let Some(bases) = bases else {
            let sum = self.simple(op, operands, scalar, scalar);
            self.note_sum(op, operands, sum);
            return sum;
        };
        let [base, other] = bases.map(Value::Uniform);
        let sum = self.simple(op, [base, other], scalar, scalar);
        self.note_sum(op, [base, other], sum);
        sum.uniform().map_or(sum, Value::Linear)
    }

    /// What WebAssembly has itself.
    fn simple(&mut self, op: BinaryOp, operands: [Value; 2], scalar: Scalar, to: Scalar) -> Value {
        if scalar == Scalar::F64 {
            return self.binary_of_doubles(op, operands);
        }
        if let [Value::Uniform(Uniform::Bits(left)), Value::Uniform(Uniform::Bits(right))] = operands
            && let Some(bits) = folded(op, left, right).filter(|_| scalar.is_integer())
        {
            return Value::Uniform(Uniform::Bits(bits));
        }
        if scalar == Scalar::I32
            && op.is_comparison()
            && let Some(holds) = self.assume_comparison(op, operands[0], operands[1])
        {
            return Value::Uniform(Uniform::Bits(u32::from(holds)));
        }
        self.apply(native(op, scalar), &operands, scalar, to)
    }

    /// A shift, by the count modulo 32. WebAssembly shifts all lanes by one count.
    pub(super) fn shift(&mut self, operation: [I<'static>; 2], [value, count]: [Value; 2]) -> Value {
        let [scalar, lanes] = operation;
        match count.uniform() {
            Some(count) if value.uniform().is_none() => {
                let value = self.lanes_of(value, Scalar::I32);
                let result = self.code.pair();
                for half in 0..2 {
                    self.code.get(value[half]);
                    self.code.uniform(count, ValType::I32);
                    self.code.emit(&lanes);
                    self.code.set(result[half]);
                }
                Value::Varying(result)
            }
            Some(_) => self.apply([scalar, lanes], &[value, count], Scalar::I32, Scalar::I32),
            None => self.lane_by_lane(&[scalar], [value, count]),
        }
    }

    /// An operation on integers that is only there in scalars.
    fn lane_by_lane(&mut self, operation: &[I<'static>], operands: [Value; 2]) -> Value {
        let operands = operands.map(|operand| self.lanes_of(operand, Scalar::I32));
        let result = self.code.pair();
        for (half, words) in result.into_iter().enumerate() {
            for lane in 0..4 {
                self.code.get(words);
                operands.iter().for_each(|&operand| self.code.lane(operand, half, lane));
                operation.iter().for_each(|step| self.code.emit(step));
                self.code.emit(I::I32x4ReplaceLane(lane));
                self.code.set(words);
            }
        }
        Value::Varying(result)
    }

    /// A quotient of integers, rounded down or toward zero. In doubles, which hold it exactly enough and do not trap.
    fn quotient(&mut self, op: BinaryOp, operands: [Value; 2], scalar: Scalar) -> Value {
        let power = power_of_two(operands[1]);
        if let (Some(power), BinaryOp::FloorDivide) = (power, op) {
            let count = Value::Uniform(Uniform::Bits(power));
            let operation = match scalar {
                Scalar::U32 => [I::I32ShrU, I::I32x4ShrU],
                _ => [I::I32ShrS, I::I32x4ShrS],
            };
            return self.shift(operation, [operands[0], count]);
        }
        let is_uniform = operands.iter().all(|operand| operand.uniform().is_some());
        let function = if op == BinaryOp::FloorDivide { Math::FloorDivide } else { Math::TruncateDivide };
        if scalar == Scalar::I32 && !is_uniform {
            return self.math(function, &operands, scalar, scalar);
        }
        let round = if op == BinaryOp::FloorDivide { I::F64Floor } else { I::F64Trunc };
        self.in_scalars(operands, |writer, operands| {
            let quotient = writer.divide(operands, &round, scalar);
            writer.code.get(quotient);
            writer.keep_unless_zero(operands[1])
        })
    }

    /// A remainder of integers, with the sign of the dividend.
    fn remainder(&mut self, operands: [Value; 2], scalar: Scalar) -> Value {
        let is_uniform = operands.iter().all(|operand| operand.uniform().is_some());
        if let (Some(power), false) = (power_of_two(operands[1]), is_uniform) {
            return self.remainder_of_power(operands[0], power, scalar);
        }
        if scalar == Scalar::I32 && !is_uniform {
            return self.math(Math::IntRemainder, &operands, scalar, scalar);
        }
        self.in_scalars(operands, |writer, [left, right]| {
            let quotient = writer.divide([left, right], &I::F64Trunc, scalar);
            writer.code.get(left);
            writer.code.get(quotient);
            writer.code.get(right);
            writer.code.emit(I::I32Mul);
            writer.code.emit(I::I32Sub);
            writer.keep_unless_zero(right)
        })
    }

    /// The remainder of a division by 2^power: the low bits, counted from zero on either side.
    fn remainder_of_power(&mut self, value: Value, power: u32, scalar: Scalar) -> Value {
        let low = (1_u32 << power) - 1;
        let constant = |bits: u32| Value::Uniform(Uniform::Bits(bits));
        let and = || [I::I32And, I::V128And];
        if scalar == Scalar::U32 {
            return self.apply(and(), &[value, constant(low)], scalar, scalar);
        }
        let sign = self.shift([I::I32ShrS, I::I32x4ShrS], [value, constant(31)]);
        let bias = self.apply(and(), &[sign, constant(low)], scalar, scalar);
        let sum = self.simple(BinaryOp::Add, [value, bias], scalar, scalar);
        let bits = self.apply(and(), &[sum, constant(low)], scalar, scalar);
        self.simple(BinaryOp::Subtract, [bits, bias], scalar, scalar)
    }

    /// Does to uniform operands, or to the operands in each lane, what `operation` does to locals.
    fn in_scalars(&mut self, operands: [Value; 2], operation: impl Fn(&mut Self, [u32; 2]) -> u32) -> Value {
        if let [Some(left), Some(right)] = operands.map(Value::uniform) {
            let locals = [left, right].map(|operand| {
                self.code.uniform(operand, ValType::I32);
                self.code.keep(ValType::I32)
            });
            return Value::Uniform(Uniform::Local(operation(self, locals)));
        }
        let operands: [Pair; 2] = operands.map(|operand| self.lanes_of(operand, Scalar::I32));
        let result = self.code.pair();
        for (half, words) in result.into_iter().enumerate() {
            for lane in 0..4 {
                let locals = operands.map(|operand| {
                    self.code.lane(operand, half, lane);
                    self.code.keep(ValType::I32)
                });
                let value = operation(self, locals);
                self.code.get(words);
                self.code.get(value);
                self.code.emit(I::I32x4ReplaceLane(lane));
                self.code.set(words);
            }
        }
        Value::Varying(result)
    }

    /// Keeps what is on the stack, or 0 if the divisor is.
    fn keep_unless_zero(&mut self, divisor: u32) -> u32 {
        self.code.int(0);
        self.code.get(divisor);
        self.code.emit(I::Select);
        self.code.keep(ValType::I32)
    }

    /// The rounded quotient of two integers in locals.
    fn divide(&mut self, operands: [u32; 2], round: &I<'static>, scalar: Scalar) -> u32 {
        let is_signed = scalar != Scalar::U32;
        for operand in operands {
            self.code.get(operand);
            self.code.emit(if is_signed { I::F64ConvertI32S } else { I::F64ConvertI32U });
        }
        self.code.emit(I::F64Div);
        self.code.emit(round);
        self.code.emit(if is_signed { I::I32TruncSatF64S } else { I::I32TruncSatF64U });
        self.code.keep(ValType::I32)
    }
}

/// The result of an operation on two known integers, so that more is known.
fn folded(op: BinaryOp, left: u32, right: u32) -> Option<u32> {
    match op {
        BinaryOp::Add => Some(left.wrapping_add(right)),
        BinaryOp::Subtract => Some(left.wrapping_sub(right)),
        BinaryOp::Multiply => Some(left.wrapping_mul(right)),
        _ => None,
    }
}

/// The exponent of a constant power of two.
fn power_of_two(value: Value) -> Option<u32> {
    match value {
        Value::Uniform(Uniform::Bits(bits)) if bits.is_power_of_two() && bits < 1 << 31 => {
            Some(bits.trailing_zeros())
        }
        _ => None,
    }
}

/// The instructions for scalars and lanes.
fn native(op: BinaryOp, scalar: Scalar) -> [I<'static>; 2] {
    use BinaryOp as B;
    use Scalar::{F32, U32};
    match (op, scalar) {
        (B::Add, F32) => [I::F32Add, I::F32x4Add],
        (B::Subtract, F32) => [I::F32Sub, I::F32x4Sub],
        (B::Multiply, F32) => [I::F32Mul, I::F32x4Mul],
        (B::Divide, _) => [I::F32Div, I::F32x4Div],
        (B::Equal, F32) => [I::F32Eq, I::F32x4Eq],
        (B::Less, F32) => [I::F32Lt, I::F32x4Lt],
        (B::LessEqual, F32) => [I::F32Le, I::F32x4Le],
        (B::Greater, F32) => [I::F32Gt, I::F32x4Gt],
        (B::GreaterEqual, F32) => [I::F32Ge, I::F32x4Ge],
        (B::Add, _) => [I::I32Add, I::I32x4Add],
        (B::Subtract, _) => [I::I32Sub, I::I32x4Sub],
        (B::Multiply, _) => [I::I32Mul, I::I32x4Mul],
        (B::Less, U32) => [I::I32LtU, I::I32x4LtU],
        (B::LessEqual, U32) => [I::I32LeU, I::I32x4LeU],
        (B::Greater, U32) => [I::I32GtU, I::I32x4GtU],
        (B::GreaterEqual, U32) => [I::I32GeU, I::I32x4GeU],
        (B::Less, _) => [I::I32LtS, I::I32x4LtS],
        (B::LessEqual, _) => [I::I32LeS, I::I32x4LeS],
        (B::Greater, _) => [I::I32GtS, I::I32x4GtS],
        (B::GreaterEqual, _) => [I::I32GeS, I::I32x4GeS],
        (B::BitAnd, _) => [I::I32And, I::V128And],
        (B::BitOr, _) => [I::I32Or, I::V128Or],
        (B::BitXor, _) => [I::I32Xor, I::V128Xor],
        // Masks and integers alike.
        _ => [I::I32Eq, I::I32x4Eq],
    }
}
