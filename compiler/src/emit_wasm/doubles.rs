//! Doubles: what is the same for all lanes in scalars, the rest in four vectors of two lanes.

use wasm_encoder::{Instruction as I, ValType};

use super::code::{Pair, Quad, Uniform};
use super::function::{FunctionWriter, Value};
use super::helpers::Helper;
use super::math::Function as Math;
use crate::ir::{BinaryOp, Builtin, Scalar};

/// Takes the sign bit of a double.
const SIGN: [u32; 4] = [0, 0x8000_0000, 0, 0x8000_0000];

impl FunctionWriter<'_> {
    /// All lanes of a double.
    pub(super) fn quad_of(&mut self, value: Value) -> Quad {
        match value {
            Value::Wide(quad) => quad,
            Value::Uniform(value) => {
                self.code.uniform(value, ValType::F64);
                self.code.emit(I::F64x2Splat);
                [[self.code.keep(ValType::V128); 2]; 2]
            }
            Value::Linear(_) | Value::Varying(_) => unreachable!("doubles have 64 bits"),
        }
    }

    /// An operation on doubles that gives doubles.
    pub(super) fn of_doubles(&mut self, [scalar, lanes]: [I<'static>; 2], operands: &[Value]) -> Value {
        if self.push_uniform_doubles(operands) {
            self.code.emit(scalar);
            return Value::Uniform(Uniform::Local(self.code.keep(ValType::F64)));
        }
        let operands: Vec<Quad> = operands.iter().map(|&operand| self.quad_of(operand)).collect();
        Value::Wide(self.code.doubles(&lanes, &operands))
    }

    /// A comparison of doubles.
    pub(super) fn test_doubles(&mut self, [scalar, lanes]: [I<'static>; 2], operands: &[Value]) -> Value {
        if self.push_uniform_doubles(operands) {
            self.code.emit(scalar);
            return Value::Uniform(Uniform::Local(self.code.keep(ValType::I32)));
        }
        let operands: Vec<Quad> = operands.iter().map(|&operand| self.quad_of(operand)).collect();
        let mask = self.code.doubles(&lanes, &operands);
        Value::Varying(mask.map(|pair| self.code.shuffled(pair, [0, 2, 4, 6])))
    }

    /// Puts operands on the stack, if all are uniform.
    fn push_uniform_doubles(&mut self, operands: &[Value]) -> bool {
        let uniform: Option<Vec<Uniform>> = operands.iter().map(|operand| operand.uniform()).collect();
        let Some(operands) = uniform else { return false };
        operands.into_iter().for_each(|operand| self.code.uniform(operand, ValType::F64));
        true
    }

    /// A function of the library; an operand is two vectors, or four if it is of doubles.
    pub(super) fn math(&mut self, function: Math, operands: &[Value], from: Scalar, to: Scalar) -> Value {
        let is_uniform = operands.iter().all(|operand| operand.uniform().is_some());
        let index = self.context.index_of(Helper::Math(function));
        let operands: Vec<Lanes> = operands.iter().map(|&operand| self.all_lanes(operand, from)).collect();
        operands.into_iter().for_each(|operand| self.push_lanes_of(operand));
        self.code.emit(I::Call(index));
        let result = match to {
            Scalar::F64 => Value::Wide(self.code.keep_quad()),
            _ => Value::Varying(self.code.keep_pair()),
        };
        if is_uniform { self.first_of(result, to) } else { result }
    }

    /// Half of the bits.
    pub(super) fn word(&mut self, double: Value, is_high: bool) -> Value {
        let words = if is_high { [1, 3, 5, 7] } else { [0, 2, 4, 6] };
        let is_uniform = double.uniform().is_some();
        let quad = self.quad_of(double);
        let word = Value::Varying(quad.map(|pair| self.code.shuffled(pair, words)));
        if is_uniform { self.first_of(word, Scalar::U32) } else { word }
    }

    /// All lanes of a number.
    pub(super) fn all_lanes(&mut self, value: Value, scalar: Scalar) -> Lanes {
        match scalar {
            Scalar::F64 => Lanes::Wide(self.quad_of(value)),
            _ => Lanes::Narrow(self.lanes_of(value, scalar)),
        }
    }

    pub(super) fn push_lanes_of(&mut self, lanes: Lanes) {
        match lanes {
            Lanes::Narrow(pair) => self.code.get_pair(pair),
            Lanes::Wide(quad) => self.code.get_quad(quad),
        }
    }

    /// The first lane of a value in which all are the same.
    fn first_of(&mut self, value: Value, scalar: Scalar) -> Value {
        match value {
            Value::Wide([[first, _], _]) => {
                self.code.get(first);
                self.code.emit(I::F64x2ExtractLane(0));
                Value::Uniform(Uniform::Local(self.code.keep(ValType::F64)))
            }
            Value::Varying(pair) => self.first_lane(pair, scalar),
            uniform => uniform,
        }
    }

    /// One of two doubles.
    pub(super) fn select_double(&mut self, condition: Value, accept: Value, reject: Value) -> Value {
        if let Some(condition) = condition.uniform()
            && self.push_uniform_doubles(&[accept, reject])
        {
            self.code.uniform(condition, ValType::I32);
            self.code.emit(I::Select);
            return Value::Uniform(Uniform::Local(self.code.keep(ValType::F64)));
        }
        let mask = self.lanes_of(condition, Scalar::Bool);
        let mask = self.wide_mask(mask);
        let (accept, reject) = (self.quad_of(accept), self.quad_of(reject));
        Value::Wide(self.code.doubles(&I::V128Bitselect, &[accept, reject, mask]))
    }

    /// A mask for doubles.
    pub(super) fn wide_mask(&mut self, mask: Pair) -> Quad {
        mask.map(|half| {
            [I::I64x2ExtendLowI32x4S, I::I64x2ExtendHighI32x4S].map(|extend| {
                self.code.get(half);
                self.code.emit(extend);
                self.code.keep(ValType::V128)
            })
        })
    }

    /// A number of another type as a double.
    pub(super) fn double_of(&mut self, value: Value, from: Scalar) -> Value {
        let [scalar, lanes] = match from {
            Scalar::I32 => [I::F64ConvertI32S, I::F64x2ConvertLowI32x4S],
            Scalar::U32 => [I::F64ConvertI32U, I::F64x2ConvertLowI32x4U],
            _ => [I::F64PromoteF32, I::F64x2PromoteLowF32x4],
        };
        if let Some(uniform) = value.uniform() {
            self.code.uniform(uniform, super::function::scalar_type(from));
            self.code.emit(scalar);
            return Value::Uniform(Uniform::Local(self.code.keep(ValType::F64)));
        }
        let pair = self.lanes_of(value, from);
        Value::Wide(pair.map(|half| {
            let upper = self.code.shuffled([half, half], [2, 3, 2, 3]);
            self.code.lanes(&lanes, &[[half, upper]])
        }))
    }

    /// A double rounded to a single.
    pub(super) fn single_of(&mut self, value: Value) -> Value {
        if let Some(uniform) = value.uniform() {
            self.code.uniform(uniform, ValType::F64);
            self.code.emit(I::F32DemoteF64);
            return Value::Uniform(Uniform::Local(self.code.keep(ValType::F32)));
        }
        let quad = self.quad_of(value);
        let singles = self.code.doubles(&I::F32x4DemoteF64x2Zero, &[quad]);
        Value::Varying(singles.map(|pair| self.code.shuffled(pair, [0, 1, 4, 5])))
    }

    pub(super) fn negate_double(&mut self, value: Value) -> Value {
        self.of_doubles([I::F64Neg, I::F64x2Neg], &[value])
    }

    /// An operator on doubles.
    pub(super) fn binary_of_doubles(&mut self, op: BinaryOp, operands: [Value; 2]) -> Value {
        use BinaryOp as B;
        match op {
            B::Add => self.of_doubles([I::F64Add, I::F64x2Add], &operands),
            B::Subtract => self.of_doubles([I::F64Sub, I::F64x2Sub], &operands),
            B::Multiply => self.of_doubles([I::F64Mul, I::F64x2Mul], &operands),
            B::Divide => match power_of_two(operands[1]) {
                // The inverse is exact, and so is the product as far as the quotient is.
                Some(inverse) => self.of_doubles([I::F64Mul, I::F64x2Mul], &[operands[0], inverse]),
                None => self.of_doubles([I::F64Div, I::F64x2Div], &operands),
            },
            B::Remainder => match power_of_two(operands[1]) {
                Some(inverse) => self.remainder_by_power(operands, inverse),
                None => self.math(Math::DoubleRemainder, &operands, Scalar::F64, Scalar::F64),
            },
            B::Less => self.test_doubles([I::F64Lt, I::F64x2Lt], &operands),
            B::LessEqual => self.test_doubles([I::F64Le, I::F64x2Le], &operands),
            B::Greater => self.test_doubles([I::F64Gt, I::F64x2Gt], &operands),
            B::GreaterEqual => self.test_doubles([I::F64Ge, I::F64x2Ge], &operands),
            _ => self.test_doubles([I::F64Eq, I::F64x2Eq], &operands),
        }
    }

    /// x - trunc(x / p) · p for a power of two, which is exact, with the sign of x.
    fn remainder_by_power(&mut self, [value, power]: [Value; 2], inverse: Value) -> Value {
        let quotient = self.of_doubles([I::F64Mul, I::F64x2Mul], &[value, inverse]);
        let whole = self.of_doubles([I::F64Trunc, I::F64x2Trunc], &[quotient]);
        let product = self.of_doubles([I::F64Mul, I::F64x2Mul], &[whole, power]);
        let rest = self.of_doubles([I::F64Sub, I::F64x2Sub], &[value, product]);
        self.with_sign(rest, value)
    }

    /// A number that has the sign of another or is 0: with that sign.
    fn with_sign(&mut self, size: Value, sign: Value) -> Value {
        if self.push_uniform_doubles(&[size, sign]) {
            self.code.emit(I::F64Copysign);
            return Value::Uniform(Uniform::Local(self.code.keep(ValType::F64)));
        }
        let (size, sign) = (self.quad_of(size), self.quad_of(sign));
        self.code.words(SIGN);
        let bit = [[self.code.keep(ValType::V128); 2]; 2];
        let sign = self.code.doubles(&I::V128And, &[sign, bit]);
        Value::Wide(self.code.doubles(&I::V128Or, &[size, sign]))
    }

    /// A function of doubles.
    pub(super) fn builtin_of_doubles(&mut self, builtin: Builtin, operands: &[Value]) -> Value {
        let f64 = Scalar::F64;
        match builtin {
            Builtin::Abs => self.of_doubles([I::F64Abs, I::F64x2Abs], operands),
            Builtin::Ceil => self.of_doubles([I::F64Ceil, I::F64x2Ceil], operands),
            Builtin::Floor => self.of_doubles([I::F64Floor, I::F64x2Floor], operands),
            Builtin::Trunc => self.of_doubles([I::F64Trunc, I::F64x2Trunc], operands),
            Builtin::Sqrt => self.of_doubles([I::F64Sqrt, I::F64x2Sqrt], operands),
            Builtin::Max => self.of_doubles([I::F64Max, I::F64x2Max], operands),
            Builtin::Min => self.of_doubles([I::F64Min, I::F64x2Min], operands),
            Builtin::Round => self.math(Math::DoubleRound, operands, f64, f64),
            Builtin::Sign => self.math(Math::DoubleSign, operands, f64, f64),
            Builtin::Pow => self.math(Math::DoublePower, operands, f64, f64),
            _ => unreachable!("lowering refuses other functions of doubles"),
        }
    }
}

/// All lanes of a number.
#[derive(Clone, Copy)]
pub(super) enum Lanes {
    Narrow(Pair),
    Wide(Quad),
}

/// The inverse of a constant power of two that is neither very large nor very small.
fn power_of_two(value: Value) -> Option<Value> {
    let Value::Uniform(Uniform::Double(bits)) = value else { return None };
    let number = f64::from_bits(bits);
    let is_power = bits << 12 == 0 && (1e-9..1e9).contains(&number.abs());
    is_power.then(|| Value::Uniform(Uniform::double(1.0 / number)))
}
