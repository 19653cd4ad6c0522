//! What numbers are in memory: from one byte to eight, and what becomes of them when they are loaded and stored.

use artifact::Component;
use wasm_encoder::{Instruction as I, MemArg, ValType};

use super::code::{Code, Uniform, at};
use super::doubles::Lanes;
use super::function::{FunctionWriter, Value};
use super::math::Function as Math;
use super::memory::Region;
use crate::ir::{Expression, Scalar};

/// The instruction that loads a number as a scalar: small ones as integers.
pub(super) fn scalar_load(component: Component, place: MemArg) -> I<'static> {
    match component {
        Component::F32 => I::F32Load(place),
        Component::F64 => I::F64Load(place),
        Component::I32 | Component::U32 => I::I32Load(place),
        Component::I16 => I::I32Load16S(place),
        Component::U16 | Component::F16 => I::I32Load16U(place),
        Component::I8 => I::I32Load8S(place),
        Component::U8 | Component::U8Clamped | Component::Boolean => I::I32Load8U(place),
    }
}

/// The instruction that stores a lane of four words, or of two doubles, that lie above an address on the stack.
pub(super) fn lane_store(component: Component, memarg: MemArg, lane: u8) -> I<'static> {
    match component.bytes() {
        1 => I::V128Store8Lane { memarg, lane: 4 * lane },
        2 => I::V128Store16Lane { memarg, lane: 2 * lane },
        8 => I::V128Store64Lane { memarg, lane },
        _ => I::V128Store32Lane { memarg, lane },
    }
}

impl FunctionWriter<'_> {
    /// Loads a component as kernels see it; its address is on the stack.
    pub(super) fn load_scalar(&mut self, region: &Region, component: u8) {
        self.code.emit(scalar_load(region.component, region.place(component)));
        match region.component {
            Component::F16 => {
                let bits = self.code.keep(ValType::I32);
                let value = Value::Uniform(Uniform::Local(bits));
                let single = self.math(Math::SingleOfHalf, &[value], Scalar::I32, Scalar::F32);
                let Some(single) = single.uniform() else { unreachable!("all lanes are the same") };
                self.code.uniform(single, ValType::F32);
            }
            Component::Boolean => {
                self.code.int(0);
                self.code.emit(I::I32Ne);
            }
            _ => {}
        }
    }

    /// Eight neighbours, the first of which is at this address.
    pub(super) fn load_neighbours(&mut self, region: &Region, address: u32) -> Value {
        let mut vector = |offset: u64, load: fn(MemArg) -> I<'static>| {
            self.code.get(address);
            self.code.emit(load(MemArg { align: 0, ..at(region.start + offset) }));
            self.code.keep(ValType::V128)
        };
        let bits = match region.component {
            Component::F64 => {
                let quad = [0, 32].map(|half| [0, 16].map(|offset| vector(half + offset, I::V128Load)));
                return Value::Wide(quad);
            }
            Component::F32 | Component::I32 | Component::U32 => {
                return Value::Varying([0, 16].map(|offset| vector(offset, I::V128Load)));
            }
            Component::I16 => [0, 8].map(|offset| vector(offset, I::V128Load16x4S)),
            Component::U16 | Component::F16 => [0, 8].map(|offset| vector(offset, I::V128Load16x4U)),
            Component::I8 => {
                let words = vector(0, I::V128Load8x8S);
                self.extended(words, [I::I32x4ExtendLowI16x8S, I::I32x4ExtendHighI16x8S])
            }
            Component::U8 | Component::U8Clamped | Component::Boolean => {
                let words = vector(0, I::V128Load8x8U);
                self.extended(words, [I::I32x4ExtendLowI16x8U, I::I32x4ExtendHighI16x8U])
            }
        };
        self.of_bits(region, Value::Varying(bits))
    }

    fn extended(&mut self, words: u32, extend: [I<'static>; 2]) -> [u32; 2] {
        extend.map(|extend| {
            self.code.get(words);
            self.code.emit(extend);
            self.code.keep(ValType::V128)
        })
    }

    /// What kernels see of a number that was loaded as bits.
    pub(super) fn of_bits(&mut self, region: &Region, bits: Value) -> Value {
        match region.component {
            Component::F16 => self.math(Math::SingleOfHalf, &[bits], Scalar::I32, Scalar::F32),
            Component::Boolean => {
                let zero = Value::Uniform(Uniform::Bits(0));
                self.apply([I::I32Ne, I::I32x4Ne], &[bits, zero], Scalar::I32, Scalar::Bool)
            }
            _ => bits,
        }
    }

    /// Numbers as they are stored; those of small types as bits.
    pub(super) fn values_to_store(
        &mut self,
        region: &Region,
        values: Vec<Value>,
        scalar: Scalar,
    ) -> Vec<Value> {
        values.into_iter().map(|value| self.value_to_store(region.component, value, scalar)).collect()
    }

    fn value_to_store(&mut self, component: Component, value: Value, scalar: Scalar) -> Value {
        let (i32, f64) = (Scalar::I32, Scalar::F64);
        match (component, scalar) {
            (Component::F16, Scalar::F64) => self.math(Math::HalfOfDouble, &[value], f64, i32),
            (Component::F16, _) => self.math(Math::HalfOfSingle, &[value], Scalar::F32, i32),
            (Component::U8Clamped, Scalar::I32) => {
                let [zero, most] = [0, 255].map(|bound| Value::Uniform(Uniform::int(bound)));
                let at_least = self.extremum_of_integers(true, [value, zero], i32);
                self.extremum_of_integers(false, [at_least, most], i32)
            }
            (Component::U8Clamped, Scalar::F32) => {
                let double = self.double_of(value, scalar);
                self.math(Math::ClampedDouble, &[double], f64, i32)
            }
            (Component::U8Clamped, _) => self.math(Math::ClampedDouble, &[value], f64, i32),
            (Component::Boolean, _) => {
                let one = Value::Uniform(Uniform::Bits(1));
                match value {
                    Value::Varying(mask) => {
                        let one = self.lanes_of(one, i32);
                        Value::Varying(self.code.lanes(&I::V128And, &[mask, one]))
                    }
                    uniform => uniform,
                }
            }
            _ => value,
        }
    }

    /// Stores eight neighbours, the first of which is at this address.
    pub(super) fn store_neighbours(&mut self, region: &Region, address: u32, lanes: Lanes) {
        let vectors = match (lanes, region.component.bytes()) {
            (Lanes::Wide(quad), _) => quad.as_flattened().to_vec(),
            (Lanes::Narrow(pair), 1) => return self.store_bytes(region, address, pair),
            (Lanes::Narrow(pair), 2) => vec![self.code.shuffled_bytes(pair, &[0, 1])],
            (Lanes::Narrow(pair), _) => pair.to_vec(),
        };
        for (vector, offset) in vectors.into_iter().zip([0, 16, 32, 48]) {
            self.code.get(address);
            self.code.get(vector);
            self.code.emit(I::V128Store(MemArg { align: 0, ..at(region.start + offset) }));
        }
    }

    fn store_bytes(&mut self, region: &Region, address: u32, pair: [u32; 2]) {
        let bytes = self.code.shuffled_bytes(pair, &[0]);
        self.code.get(address);
        self.code.get(bytes);
        let memarg = MemArg { align: 0, ..at(region.start) };
        self.code.emit(I::V128Store64Lane { memarg, lane: 0 });
    }

    /// An element of a uniform, zero out of range.
    pub(super) fn uniform_element(&mut self, uniform: usize, index: &Expression, scalar: Scalar) -> Value {
        let form = crate::analysis::form(scalar);
        let Some(offset) = self.context.uniform_offset(uniform, form) else { unreachable!("it is bound") };
        let length = self.context.interface.uniforms[uniform].ty.components() as u32;
        let index = self.single(index);
        // They lie as the elements of a buffer would.
        let component = match scalar {
            Scalar::F64 => Component::F64,
            Scalar::F32 => Component::F32,
            _ => Component::I32,
        };
        let region = Region::of_uniform(offset, length, component);
        match index.uniform() {
            Some(index) => self.load_uniform(&region, &[index])[0],
            None => self.gather(&region, &[index])[0],
        }
    }
}

impl Code {
    /// The given bytes of each word of a pair, one word after the other, in one vector; what is left of it repeats.
    pub(super) fn shuffled_bytes(&mut self, [low, high]: [u32; 2], bytes: &[u8]) -> u32 {
        let per_word = bytes.len();
        let byte = |position: usize| {
            let word = position / per_word % 8;
            4 * word as u8 + bytes[position % per_word]
        };
        self.get(low);
        self.get(high);
        self.emit(I::I8x16Shuffle(std::array::from_fn(byte)));
        self.keep(ValType::V128)
    }
}

impl Lanes {
    /// The value of which these are all lanes.
    pub(super) fn value(self) -> Value {
        match self {
            Self::Narrow(pair) => Value::Varying(pair),
            Self::Wide(quad) => Value::Wide(quad),
        }
    }
}
