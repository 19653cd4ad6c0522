//! Values.

use wasm_encoder::{Instruction as I, ValType};

use super::Global;
use super::code::{LANES, Pair, Uniform};
use super::function::{FunctionWriter, Storage, Value, scalar_type};
use super::helpers::Helper;
use super::math::Function as Math;
use crate::analysis::form;
use crate::ir::{BinaryOp, Expression, ExpressionKind, Literal, Scalar, UnaryOp, float_bits};

impl FunctionWriter<'_> {
    /// The components of a value.
    pub(super) fn value(&mut self, expression: &Expression) -> Vec<Value> {
        use ExpressionKind as K;
        let scalar = expression.ty.scalar();
        match &expression.kind {
            K::Literal(literal) => vec![Value::Uniform(bits(*literal, scalar))],
            K::Local(local) => match &self.locals[local.0 as usize] {
                Storage::Components(components) => components.clone(),
                Storage::Memory { .. } => unreachable!("an array is read as a whole only to be copied"),
            },
            K::ThreadId => self.thread_id(),
            K::Uniform(uniform) => {
                let wanted = (*uniform, form(scalar));
                let known = self.uniforms.iter().find(|(known, _)| *known == wanted);
                let words = known.map_or(Vec::new(), |(_, words)| words.clone());
                words.into_iter().map(Value::Uniform).collect()
            }
            K::UniformElement { uniform, index } => vec![self.uniform_element(*uniform, index, scalar)],
            K::Load { buffer, index } => self.load(*buffer, index),
            K::Element { array, index } => self.element(*array, index),
            K::Component { vector, component } => vec![self.value(vector)[usize::from(*component)]],
            K::Swizzle { vector, components } => {
                let vector = self.value(vector);
                components.iter().map(|&component| vector[usize::from(component)]).collect()
            }
            K::Compose(parts) => parts.iter().flat_map(|part| self.value(part)).collect(),
            K::ArrayOf(_) => unreachable!("arrays are stored element by element"),
            K::Splat(operand) => vec![self.single(operand); usize::from(expression.ty.components())],
            K::Unary { op, operand } => {
                self.value(operand).into_iter().map(|value| self.unary(*op, value, scalar)).collect()
            }
            K::Binary { op: op @ (BinaryOp::And | BinaryOp::Or), left, right } => {
                vec![self.logic(*op, left, right)]
            }
            K::Binary { op, left, right } => self.binary(*op, left, right, expression.ty),
            K::Select { condition, accept, reject } => {
                let condition = self.single(condition);
                let (accept, reject) = (self.value(accept), self.value(reject));
                let pairs = accept.into_iter().zip(reject);
                pairs.map(|(accept, reject)| self.select(condition, accept, reject, scalar)).collect()
            }
            K::Builtin { builtin, arguments } => self.builtin(*builtin, arguments, expression.ty),
            K::Call { function, arguments } => self.call(function.0 as usize, arguments),
            K::Random => vec![self.random()],
            K::Convert(operand) => {
                let from = operand.ty.scalar();
                self.value(operand).into_iter().map(|value| self.convert(value, from, scalar)).collect()
            }
            K::ToInt32(operand) => {
                let from = operand.ty.scalar();
                let function = if from == Scalar::F64 { Math::DoubleToInt32 } else { Math::ToInt32 };
                let values = self.value(operand).into_iter();
                values.map(|value| self.math(function, &[value], from, Scalar::I32)).collect()
            }
            K::Word { double, is_high } => {
                let double = self.single(double);
                vec![self.word(double, *is_high)]
            }
            K::InRange { index, .. } => self.value(index),
        }
    }

    /// A value of one component.
    pub(super) fn single(&mut self, expression: &Expression) -> Value {
        self.value(expression)[0]
    }

    /// The next random number of each active lane.
    fn random(&mut self) -> Value {
        self.code.get_pair(self.mask);
        self.code.emit(I::Call(self.context.index_of(Helper::Random)));
        Value::Varying(self.code.keep_pair())
    }

    fn thread_id(&mut self) -> Vec<Value> {
        let lane_axis = self.context.facts.lane_axis;
        let ids = self.thread.unwrap_or_else(|| {
            [Global::ThreadX, Global::ThreadY, Global::ThreadZ].map(|global| {
                self.code.global(global);
                self.code.keep(ValType::I32)
            })
        });
        let value = |(axis, id)| {
            let id = Uniform::Local(id);
            if axis == lane_axis { Value::Linear(id) } else { Value::Uniform(id) }
        };
        ids.into_iter().enumerate().map(value).collect()
    }

    /// All lanes of a component.
    pub(super) fn lanes_of(&mut self, value: Value, scalar: Scalar) -> Pair {
        match value {
            Value::Varying(pair) => pair,
            Value::Wide(_) | Value::Uniform(Uniform::Double(_)) => unreachable!("doubles have 64 bits"),
            Value::Uniform(Uniform::Bits(bits)) => {
                let ones = if scalar == Scalar::Bool && bits != 0 { u32::MAX } else { bits };
                self.code.constant(ones)
            }
            Value::Uniform(value) => {
                if scalar == Scalar::Bool {
                    self.code.int(0);
                    self.code.uniform(value, ValType::I32);
                    self.code.emit(I::I32Sub);
                    self.code.emit(I::I32x4Splat);
                } else {
                    self.code.uniform(value, scalar_type(scalar));
                    self.code.emit(if scalar == Scalar::F32 { I::F32x4Splat } else { I::I32x4Splat });
                }
                [self.code.keep(ValType::V128); 2]
            }
            Value::Linear(base) => {
                self.code.uniform(base, ValType::I32);
                self.code.emit(I::I32x4Splat);
                let splat = self.code.keep(ValType::V128);
                LANES.map(|lanes| {
                    self.code.get(splat);
                    self.code.words(lanes);
                    self.code.emit(I::I32x4Add);
                    self.code.keep(ValType::V128)
                })
            }
        }
    }

    /// The first lane of a pair in which all are the same.
    pub(super) fn first_lane(&mut self, pair: Pair, scalar: Scalar) -> Value {
        self.code.get(pair[0]);
        self.code.emit(match scalar {
            Scalar::F32 => I::F32x4ExtractLane(0),
            _ => I::I32x4ExtractLane(0),
        });
        if scalar == Scalar::Bool {
            self.code.int(1);
            self.code.emit(I::I32And);
        }
        Value::Uniform(Uniform::Local(self.code.keep(scalar_type(scalar))))
    }

    /// An operation in scalars if all operands are uniform, else in lanes. Operands are of type `from`.
    pub(super) fn apply(
        &mut self,
        [scalar, lanes]: [I<'static>; 2],
        operands: &[Value],
        from: Scalar,
        to: Scalar,
    ) -> Value {
        let uniform: Option<Vec<Uniform>> = operands.iter().map(|operand| operand.uniform()).collect();
        if let Some(operands) = uniform {
            operands.into_iter().for_each(|operand| self.code.uniform(operand, scalar_type(from)));
            self.code.emit(scalar);
            return Value::Uniform(Uniform::Local(self.code.keep(scalar_type(to))));
        }
        let operands: Vec<Pair> = operands.iter().map(|&operand| self.lanes_of(operand, from)).collect();
        Value::Varying(self.code.lanes(&lanes, &operands))
    }

    /// One of two values.
    pub(super) fn select(&mut self, condition: Value, accept: Value, reject: Value, scalar: Scalar) -> Value {
        if scalar == Scalar::F64 {
            return self.select_double(condition, accept, reject);
        }
        match (condition.uniform(), accept.uniform(), reject.uniform()) {
            (Some(condition), Some(accept), Some(reject)) => {
                let ty = scalar_type(scalar);
                self.code.uniform(accept, ty);
                self.code.uniform(reject, ty);
                self.code.uniform(condition, ValType::I32);
                self.code.emit(I::Select);
                Value::Uniform(Uniform::Local(self.code.keep(ty)))
            }
            _ => {
                let mask = self.lanes_of(condition, Scalar::Bool);
                let (accept, reject) = (self.lanes_of(accept, scalar), self.lanes_of(reject, scalar));
                Value::Varying(self.code.lanes(&I::V128Bitselect, &[accept, reject, mask]))
            }
        }
    }

    fn convert(&mut self, value: Value, from: Scalar, to: Scalar) -> Value {
        match (from, to) {
            (Scalar::I32, Scalar::F32) => {
                self.apply([I::F32ConvertI32S, I::F32x4ConvertI32x4S], &[value], from, to)
            }
            (Scalar::U32, Scalar::F32) => {
                self.apply([I::F32ConvertI32U, I::F32x4ConvertI32x4U], &[value], from, to)
            }
            (Scalar::F32, Scalar::I32) => self.floor_to_int(value),
            (_, Scalar::F64) => self.double_of(value, from),
            (Scalar::F64, Scalar::F32) => self.single_of(value),
            (Scalar::F64, _) => self.math(Math::DoubleToIndex, &[value], from, to),
            // The bits stay.
            _ => value,
        }
    }

    /// The integer not above a float, or the lowest one if that does not fit.
    fn floor_to_int(&mut self, value: Value) -> Value {
        let floor = self.apply([I::F32Floor, I::F32x4Floor], &[value], Scalar::F32, Scalar::F32);
        let truncate = [I::I32TruncSatF32S, I::I32x4TruncSatF32x4S];
        let integer = self.apply(truncate, &[floor], Scalar::F32, Scalar::I32);
        let size = self.apply([I::F32Abs, I::F32x4Abs], &[floor], Scalar::F32, Scalar::F32);
        let limit = Value::Uniform(Uniform::float(2_147_483_648.0));
        let fits = self.apply([I::F32Lt, I::F32x4Lt], &[size, limit], Scalar::F32, Scalar::Bool);
        let lowest = Value::Uniform(Uniform::int(i32::MIN));
        self.select(fits, integer, lowest, Scalar::I32)
    }

    fn unary(&mut self, op: UnaryOp, value: Value, scalar: Scalar) -> Value {
        let constant = |bits: u32| Value::Uniform(Uniform::Bits(bits));
        match op {
            UnaryOp::Negate if scalar == Scalar::F64 => self.negate_double(value),
            UnaryOp::Negate if scalar == Scalar::F32 => {
                self.apply([I::F32Neg, I::F32x4Neg], &[value], scalar, scalar)
            }
            UnaryOp::Negate => self.apply([I::I32Sub, I::I32x4Sub], &[constant(0), value], scalar, scalar),
            UnaryOp::Not => match value {
                Value::Uniform(Uniform::Bits(known)) => constant(u32::from(known == 0)),
                Value::Varying(mask) => Value::Varying(self.code.lanes(&I::V128Not, &[mask])),
                _ => self.apply([I::I32Eqz, I::V128Not], &[value], scalar, scalar),
            },
            UnaryOp::BitNot => {
                self.apply([I::I32Xor, I::V128Xor], &[value, constant(u32::MAX)], scalar, scalar)
            }
        }
    }

    /// `&&` and `||`. The right operand has no effects and is evaluated in any case, unless it calls a function,
    /// which could take long: then only for the lanes that it decides.
    fn logic(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Value {
        let mut calls = false;
        right.walk(&mut |part| calls |= matches!(part.kind, ExpressionKind::Call { .. }));
        let operation = match op {
            BinaryOp::And => [I::I32And, I::V128And],
            _ => [I::I32Or, I::V128Or],
        };
        let left = self.single(left);
        if let Value::Uniform(Uniform::Bits(known)) = left {
            let decides = (known == 0) == (op == BinaryOp::And);
            return if decides { left } else { self.single(right) };
        }
        if !calls {
            let right = self.single(right);
            return self.apply(operation, &[left, right], Scalar::Bool, Scalar::Bool);
        }
        let is_uniform = left.uniform().is_some() && self.context.uniformity.is_uniform(self.number, right);
        let left = self.lanes_of(left, Scalar::Bool);
        let undecided = if op == BinaryOp::And { I::V128And } else { I::V128AndNot };
        let saved = self.code.pair();
        self.code.copy(saved, self.mask);
        self.code.lanes_into(self.mask, &undecided, &[saved, left]);
        let result = self.code.pair();
        self.code.copy(result, left);
        self.code.any(self.mask);
        self.code.when();
        let right = self.single(right);
        let right = self.lanes_of(right, Scalar::Bool);
        self.code.lanes_into(result, &operation[1], &[left, right]);
        self.code.close();
        self.code.copy(self.mask, saved);
        if is_uniform { self.first_lane(result, Scalar::Bool) } else { Value::Varying(result) }
    }
}

impl Value {
    /// The value, if it is uniform.
    pub(super) fn uniform(self) -> Option<Uniform> {
        match self {
            Self::Uniform(value) => Some(value),
            Self::Linear(_) | Self::Varying(_) | Self::Wide(_) => None,
        }
    }
}

/// A literal in this representation.
pub(super) fn bits(literal: Literal, scalar: Scalar) -> Uniform {
    Uniform::Bits(match literal {
        Literal::Bool(value) => u32::from(value),
        Literal::Number(value) => match scalar {
            Scalar::F64 => return Uniform::double(value),
            Scalar::F32 => float_bits(value as f32),
            Scalar::U32 => value as u32,
            _ => value as i32 as u32,
        },
    })
}
