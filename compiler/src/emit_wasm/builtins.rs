//! `Math.*` and the methods of vectors.

use wasm_encoder::{Instruction as I, ValType};

use super::code::{Pair, Uniform};
use super::function::{FunctionWriter, Value};
use super::math::Function as Math;
use crate::analysis::uniformity::is_componentwise;
use crate::ir::builtins::is_multiplied_out;
use crate::ir::{BinaryOp, Builtin, Expression, Literal, Scalar, Type};

const F32: Scalar = Scalar::F32;

impl FunctionWriter<'_> {
    pub(super) fn builtin(&mut self, builtin: Builtin, arguments: &[Expression], ty: Type) -> Vec<Value> {
        let values: Vec<Vec<Value>> = arguments.iter().map(|argument| self.value(argument)).collect();
        let from = arguments[0].ty.scalar();
        if !is_componentwise(builtin) {
            return self.of_vectors(builtin, &values, from);
        }
        let exponent = arguments.last().and_then(Expression::as_number_of_all);
        let scalar = ty.scalar();
        (0..usize::from(ty.components()))
            .map(|component| {
                let operands: Vec<Value> = values.iter().map(|value| value[component]).collect();
                match exponent {
                    Some(exponent) if builtin == Builtin::Pow => {
                        self.constant_power(operands[0], exponent, scalar)
                    }
                    _ if from == Scalar::F64 => self.builtin_of_doubles(builtin, &operands),
                    _ => self.of_numbers(builtin, &operands, from, ty.scalar()),
                }
            })
            .collect()
    }

    /// A function of numbers.
    fn of_numbers(&mut self, builtin: Builtin, operands: &[Value], from: Scalar, to: Scalar) -> Value {
        use Builtin as B;
        let function = match builtin {
            B::Abs if from == F32 => return self.apply([I::F32Abs, I::F32x4Abs], operands, from, to),
            // It has no sign.
            B::Abs if from == Scalar::U32 => return operands[0],
            B::Abs => return self.integer_size(operands[0]),
            B::Ceil => return self.apply([I::F32Ceil, I::F32x4Ceil], operands, from, to),
            B::Floor => return self.apply([I::F32Floor, I::F32x4Floor], operands, from, to),
            B::Trunc => return self.apply([I::F32Trunc, I::F32x4Trunc], operands, from, to),
            B::Sqrt => return self.apply([I::F32Sqrt, I::F32x4Sqrt], operands, from, to),
            B::Max if from == F32 => return self.apply([I::F32Max, I::F32x4Max], operands, from, to),
            B::Min if from == F32 => return self.apply([I::F32Min, I::F32x4Min], operands, from, to),
            B::Max | B::Min => {
                return self.extremum_of_integers(builtin == B::Max, [operands[0], operands[1]], from);
            }
            // Every value is single already.
            B::Fround => return operands[0],
            // Lanes are bits of any type.
            B::FloatBits => return self.apply([I::I32ReinterpretF32, I::Nop], operands, from, to),
            B::FromFloatBits => return self.apply([I::F32ReinterpretI32, I::Nop], operands, from, to),
            B::Imul => return self.apply([I::I32Mul, I::I32x4Mul], operands, from, to),
            B::Round => return self.round(operands[0]),
            B::Sign => return self.sign(operands[0], from),
            B::Clz32 => Math::Clz32,
            B::Acos => Math::Acos,
            B::Acosh => Math::Acosh,
            B::Asin => Math::Asin,
            B::Asinh => Math::Asinh,
            B::Atan => Math::Atan,
            B::Atan2 => Math::Atan2,
            B::Atanh => Math::Atanh,
            B::Cbrt => Math::Cbrt,
            B::Cos => Math::Cos,
            B::Cosh => Math::Cosh,
            B::Exp => Math::Exp,
            B::Hypot => Math::Hypot,
            B::Log => Math::Log,
            B::Log10 => Math::Log10,
            B::Log2 => Math::Log2,
            B::Pow => Math::Pow,
            B::Sin => Math::Sin,
            B::Sinh => Math::Sinh,
            B::Tan => Math::Tan,
            B::Tanh => Math::Tanh,
            B::ComplexConjugate | B::ComplexDivide | B::ComplexTimes => unreachable!("of vectors"),
            B::Cross | B::Distance | B::Dot | B::Length | B::Normalized => unreachable!("of vectors"),
        };
        self.math(function, operands, from, to)
    }

    /// A function of whole vectors, of singles or doubles.
    fn of_vectors(&mut self, builtin: Builtin, operands: &[Vec<Value>], scalar: Scalar) -> Vec<Value> {
        let first = operands[0].as_slice();
        let second = operands.get(1).map_or(first, Vec::as_slice);
        match builtin {
            Builtin::Dot => vec![self.dot(first, second, scalar)],
            Builtin::Length => vec![self.length(first, scalar)],
            Builtin::Distance => {
                let pairs = first.iter().zip(second);
                let difference: Vec<Value> = pairs.map(|(&a, &b)| self.minus(a, b, scalar)).collect();
                vec![self.length(&difference, scalar)]
            }
            Builtin::Normalized => {
                let length = self.length(first, scalar);
                first.iter().map(|&component| self.divide_floats(component, length, scalar)).collect()
            }
            Builtin::Cross => {
                let minor = |writer: &mut Self, i: usize, j: usize| {
                    writer.products([first[i], second[j]], [first[j], second[i]], Self::minus, scalar)
                };
                vec![minor(self, 1, 2), minor(self, 2, 0), minor(self, 0, 1)]
            }
            Builtin::ComplexTimes => {
                let real = self.products([first[0], second[0]], [first[1], second[1]], Self::minus, scalar);
                let imaginary =
                    self.products([first[0], second[1]], [first[1], second[0]], Self::plus, scalar);
                vec![real, imaginary]
            }
            Builtin::ComplexDivide => {
                let size = self.dot(second, second, scalar);
                let real = self.products([first[0], second[0]], [first[1], second[1]], Self::plus, scalar);
                let imaginary =
                    self.products([first[1], second[0]], [first[0], second[1]], Self::minus, scalar);
                vec![self.divide_floats(real, size, scalar), self.divide_floats(imaginary, size, scalar)]
            }
            Builtin::ComplexConjugate => {
                let negated = match scalar {
                    Scalar::F64 => self.negate_double(first[1]),
                    _ => self.apply([I::F32Neg, I::F32x4Neg], &[first[1]], F32, F32),
                };
                vec![first[0], negated]
            }
            _ => unreachable!("of numbers"),
        }
    }

    fn plus(&mut self, left: Value, right: Value, scalar: Scalar) -> Value {
        self.component_of_binary(BinaryOp::Add, [left, right], scalar, scalar)
    }

    fn minus(&mut self, left: Value, right: Value, scalar: Scalar) -> Value {
        self.component_of_binary(BinaryOp::Subtract, [left, right], scalar, scalar)
    }

    fn times(&mut self, left: Value, right: Value, scalar: Scalar) -> Value {
        self.component_of_binary(BinaryOp::Multiply, [left, right], scalar, scalar)
    }

    fn divide_floats(&mut self, left: Value, right: Value, scalar: Scalar) -> Value {
        self.component_of_binary(BinaryOp::Divide, [left, right], scalar, scalar)
    }

    /// The sum or difference of two products.
    fn products(
        &mut self,
        [a, b]: [Value; 2],
        [c, d]: [Value; 2],
        combine: fn(&mut Self, Value, Value, Scalar) -> Value,
        scalar: Scalar,
    ) -> Value {
        let (left, right) = (self.times(a, b, scalar), self.times(c, d, scalar));
        combine(self, left, right, scalar)
    }

    fn dot(&mut self, left: &[Value], right: &[Value], scalar: Scalar) -> Value {
        let products: Vec<Value> = left.iter().zip(right).map(|(&a, &b)| self.times(a, b, scalar)).collect();
        let [first, rest @ ..] = products.as_slice() else {
            return Value::Uniform(super::statements::zero(scalar));
        };
        rest.iter().fold(*first, |sum, &product| self.plus(sum, product, scalar))
    }

    fn length(&mut self, vector: &[Value], scalar: Scalar) -> Value {
        let square = self.dot(vector, vector, scalar);
        match scalar {
            Scalar::F64 => self.builtin_of_doubles(Builtin::Sqrt, &[square]),
            _ => self.apply([I::F32Sqrt, I::F32x4Sqrt], &[square], F32, F32),
        }
    }

    fn integer_size(&mut self, value: Value) -> Value {
        match value.uniform() {
            None => {
                let pair = self.lanes_of(value, Scalar::I32);
                Value::Varying(self.code.lanes(&I::I32x4Abs, &[pair]))
            }
            Some(_) => {
                let zero = Value::Uniform(Uniform::int(0));
                let is_negative =
                    self.apply([I::I32LtS, I::I32x4LtS], &[value, zero], Scalar::I32, Scalar::Bool);
                let negative = self.apply([I::I32Sub, I::I32x4Sub], &[zero, value], Scalar::I32, Scalar::I32);
                self.select(is_negative, negative, value, Scalar::I32)
            }
        }
    }

    pub(super) fn extremum_of_integers(
        &mut self,
        is_max: bool,
        operands: [Value; 2],
        scalar: Scalar,
    ) -> Value {
        let lanes = match (is_max, scalar) {
            (true, Scalar::U32) => I::I32x4MaxU,
            (true, _) => I::I32x4MaxS,
            (false, Scalar::U32) => I::I32x4MinU,
            (false, _) => I::I32x4MinS,
        };
        if operands.iter().any(|operand| operand.uniform().is_none()) {
            let operands: [Pair; 2] = operands.map(|operand| self.lanes_of(operand, scalar));
            return Value::Varying(self.code.lanes(&lanes, &operands));
        }
        let less = if scalar == Scalar::U32 { [I::I32LtU, I::I32x4LtU] } else { [I::I32LtS, I::I32x4LtS] };
        let is_less = self.apply(less, &operands, scalar, Scalar::Bool);
        let [smaller, larger] = if is_max { [1, 0] } else { [0, 1] };
        self.select(is_less, operands[smaller], operands[larger], scalar)
    }

    /// The nearest integer, halves up.
    fn round(&mut self, value: Value) -> Value {
        let below = self.apply([I::F32Floor, I::F32x4Floor], &[value], F32, F32);
        let rest = self.minus(value, below, F32);
        let half = Value::Uniform(Uniform::float(0.5));
        let goes_up = self.apply([I::F32Ge, I::F32x4Ge], &[rest, half], F32, Scalar::Bool);
        let above = self.plus(below, Value::Uniform(Uniform::float(1.0)), F32);
        let rounded = self.select(goes_up, above, below, F32);
        // What is between -0.5 and 0 gives -0.
        match (rounded.uniform(), value.uniform()) {
            (Some(rounded), Some(value)) => {
                self.code.uniform(rounded, ValType::F32);
                self.code.uniform(value, ValType::F32);
                self.code.emit(I::F32Copysign);
                Value::Uniform(Uniform::Local(self.code.keep(ValType::F32)))
            }
            _ => {
                let (rounded, value) = (self.lanes_of(rounded, F32), self.lanes_of(value, F32));
                let sign = self.code.constant(1 << 31);
                let sign = self.code.lanes(&I::V128And, &[value, sign]);
                Value::Varying(self.code.lanes(&I::V128Or, &[rounded, sign]))
            }
        }
    }

    /// -1, 0 or 1; zero keeps its sign and NaN stays.
    fn sign(&mut self, value: Value, scalar: Scalar) -> Value {
        let constant = |value: i32| match scalar {
            F32 => Value::Uniform(Uniform::float(value as f32)),
            _ => Value::Uniform(Uniform::int(value)),
        };
        let [less, greater] = match scalar {
            F32 => [[I::F32Lt, I::F32x4Lt], [I::F32Gt, I::F32x4Gt]],
            _ => [[I::I32LtS, I::I32x4LtS], [I::I32GtS, I::I32x4GtS]],
        };
        let is_negative = self.apply(less, &[value, constant(0)], scalar, Scalar::Bool);
        let is_positive = self.apply(greater, &[value, constant(0)], scalar, Scalar::Bool);
        let not_positive = self.select(is_negative, constant(-1), value, scalar);
        self.select(is_positive, constant(1), not_positive, scalar)
    }

    /// A power with a known exponent: by squaring, which is exact where the result is, if it is a small integer.
    fn constant_power(&mut self, base: Value, exponent: f64, scalar: Scalar) -> Value {
        if exponent == 0.5 && scalar == F32 {
            return self.power_of_half(base);
        }
        // Of doubles a power is rounded once, or nearly so.
        let is_rounded_often = scalar == Scalar::F64 && !(-1.0..=2.0).contains(&exponent);
        if is_rounded_often || !is_multiplied_out(exponent) {
            let operands =
                [base, Value::Uniform(super::expressions::bits(Literal::Number(exponent), scalar))];
            return match scalar {
                Scalar::F64 => self.builtin_of_doubles(Builtin::Pow, &operands),
                _ => self.math(Math::Pow, &operands, F32, F32),
            };
        }
        let (mut square, mut power) = (base, None);
        let mut digits = exponent.abs() as u32;
        while digits > 0 {
            if digits & 1 == 1 {
                power = Some(power.map_or(square, |power| self.times(power, square, scalar)));
            }
            digits >>= 1;
            if digits > 0 {
                square = self.times(square, square, scalar);
            }
        }
        let one = Value::Uniform(super::expressions::bits(Literal::Number(1.0), scalar));
        let power = power.unwrap_or(one);
        if exponent < 0.0 { self.divide_floats(one, power, scalar) } else { power }
    }

    /// x to the power of 0.5, which differs from the square root at -0 and -∞.
    fn power_of_half(&mut self, base: Value) -> Value {
        let root = self.apply([I::F32Sqrt, I::F32x4Sqrt], &[base], F32, F32);
        // The root of -0 is -0, and -0 + 0 is 0.
        let root = self.plus(root, Value::Uniform(Uniform::float(0.0)), F32);
        let lowest = Value::Uniform(Uniform::float(f32::NEG_INFINITY));
        let is_lowest = self.apply([I::F32Eq, I::F32x4Eq], &[base, lowest], F32, Scalar::Bool);
        self.select(is_lowest, Value::Uniform(Uniform::float(f32::INFINITY)), root, F32)
    }
}
