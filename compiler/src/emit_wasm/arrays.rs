//! Arrays: in scratch memory, for each element and component the words of eight lanes.

use wasm_encoder::{Instruction as I, ValType};

use super::Global;
use super::code::{Uniform, at};
use super::doubles::Lanes;
use super::function::{FunctionWriter, Storage, Value};
use super::helpers::Helper;
use crate::ir::{Expression, ExpressionKind, LocalId, Scalar};

/// How many bytes a component of an element takes: a word for each lane, or two for doubles.
pub(super) fn component_bytes(scalar: Scalar) -> u32 {
    if scalar == Scalar::F64 { 64 } else { 32 }
}

/// An array in scratch memory.
#[derive(Clone, Copy)]
struct Array {
    offset: u32,
    length: u32,
    components: u8,
    scalar: Scalar,
}

impl Array {
    fn element_bytes(self) -> u32 {
        u32::from(self.components) * component_bytes(self.scalar)
    }

    fn is_wide(self) -> bool {
        self.scalar == Scalar::F64
    }

    /// Where a component of a known element lies.
    fn place(self, element: u32, component: u8) -> u32 {
        self.offset + element * self.element_bytes() + u32::from(component) * component_bytes(self.scalar)
    }
}

impl FunctionWriter<'_> {
    fn array(&self, local: LocalId) -> Array {
        let scalar = self.function.local(local).ty.scalar();
        match self.locals[local.0 as usize] {
            Storage::Memory { offset, length, components } => Array { offset, length, components, scalar },
            Storage::Components(_) => unreachable!("the verifier knows that it is an array"),
        }
    }

    /// The components of an element.
    pub(super) fn element(&mut self, local: LocalId, index: &Expression) -> Vec<Value> {
        let array = self.array(local);
        let index = self.single(index);
        if let Value::Uniform(Uniform::Bits(element)) = index
            && element < array.length
        {
            return (0..array.components)
                .map(|component| self.load_lanes(array, array.place(element, component)))
                .collect();
        }
        let index = self.lanes_of(index, Scalar::I32);
        (0..array.components)
            .map(|component| {
                self.push_element_operands(array, component);
                self.code.get_pair(index);
                self.code.emit(I::Call(self.context.index_of(Helper::LoadElement(array.is_wide()))));
                match array.is_wide() {
                    true => Value::Wide(self.code.keep_quad()),
                    false => Value::Varying(self.code.keep_pair()),
                }
            })
            .collect()
    }

    pub(super) fn set_element(
        &mut self,
        local: LocalId,
        index: &Expression,
        component: Option<u8>,
        value: &Expression,
        masked: bool,
    ) {
        let array = self.array(local);
        let index = self.single(index);
        let values = self.value(value);
        let components = component.map_or(0..array.components, |component| component..component + 1);
        let values: Vec<Lanes> =
            values.into_iter().map(|value| self.all_lanes(value, array.scalar)).collect();
        if let Value::Uniform(Uniform::Bits(element)) = index
            && element < array.length
        {
            for (component, value) in components.zip(values) {
                self.store_lanes(array, array.place(element, component), value, masked);
            }
            return;
        }
        let index = self.lanes_of(index, Scalar::I32);
        for (component, value) in components.zip(values) {
            self.push_element_operands(array, component);
            self.code.get_pair(index);
            self.code.get_pair(self.mask);
            self.push_lanes_of(value);
            self.code.emit(I::Call(self.context.index_of(Helper::StoreElement(array.is_wide()))));
        }
    }

    /// What helpers need to know of an array: where the component of its first element lies, its length, bytes from element to element.
    fn push_element_operands(&mut self, array: Array, component: u8) {
        self.code.global(Global::Scratch);
        self.code.address(array.place(0, component));
        self.code.add_addresses();
        self.code.int(array.length as i32);
        self.code.int(array.element_bytes() as i32);
    }

    /// Sets a whole array.
    pub(super) fn set_array(&mut self, local: LocalId, value: Option<&Expression>, masked: bool) {
        let array = self.array(local);
        match value.map(|value| &value.kind) {
            None => self.zero_array(array),
            Some(ExpressionKind::ArrayOf(parts)) => {
                let values: Vec<Vec<Value>> = parts.iter().map(|part| self.value(part)).collect();
                for (values, element) in values.into_iter().zip(0..) {
                    for (value, component) in values.into_iter().zip(0..) {
                        let lanes = self.all_lanes(value, array.scalar);
                        self.store_lanes(array, array.place(element, component), lanes, masked);
                    }
                }
            }
            Some(ExpressionKind::Local(from)) => {
                let from = self.array(*from);
                self.copy_array(from, array, masked);
            }
            Some(_) => unreachable!("functions return no arrays"),
        }
    }

    fn zero_array(&mut self, array: Array) {
        self.code.global(Global::Scratch);
        self.code.address(array.offset);
        self.code.add_addresses();
        self.code.int(0);
        self.code.address(array.length * array.element_bytes());
        self.code.emit(I::MemoryFill(0));
    }

    /// Copies element by element, in a loop: arrays can be long.
    fn copy_array(&mut self, from: Array, to: Array, masked: bool) {
        let ty = self.code.address_type();
        let place = self.code.local(ty);
        self.code.global(Global::Scratch);
        self.code.set(place);
        self.code.global(Global::Scratch);
        self.code.address(to.length * to.element_bytes());
        self.code.add_addresses();
        let end = self.code.keep(ty);
        let top = self.code.repeat();
        let masks = self.masks_of(to, masked);
        for (mask, offset) in masks.into_iter().zip([0, 16, 32, 48]) {
            self.code.get(place);
            self.code.get(place);
            self.code.emit(I::V128Load(at(u64::from(from.offset + offset))));
            if masked {
                self.code.get(place);
                self.code.emit(I::V128Load(at(u64::from(to.offset + offset))));
                self.code.get(mask);
                self.code.emit(I::V128Bitselect);
            }
            self.code.emit(I::V128Store(at(u64::from(to.offset + offset))));
        }
        self.code.get(place);
        self.code.address(component_bytes(to.scalar));
        self.code.add_addresses();
        self.code.emit(I::LocalTee(place));
        self.code.get(end);
        self.code.is_address_below();
        self.code.branch_if(top);
        self.code.close();
    }

    /// The mask of each vector of a component, whose size is right even if no mask is asked for.
    fn masks_of(&mut self, array: Array, masked: bool) -> Vec<u32> {
        match (array.is_wide(), masked) {
            (true, true) => self.wide_mask(self.mask).as_flattened().to_vec(),
            (true, false) => [self.mask, self.mask].as_flattened().to_vec(),
            (false, _) => self.mask.to_vec(),
        }
    }

    /// The lanes at a known place of the scratch memory.
    fn load_lanes(&mut self, array: Array, place: u32) -> Value {
        let mut vector = |offset: u32| {
            self.code.global(Global::Scratch);
            self.code.emit(I::V128Load(at(u64::from(place + offset))));
            self.code.keep(ValType::V128)
        };
        match array.is_wide() {
            true => Value::Wide([[vector(0), vector(16)], [vector(32), vector(48)]]),
            false => Value::Varying([vector(0), vector(16)]),
        }
    }

    fn store_lanes(&mut self, array: Array, place: u32, value: Lanes, masked: bool) {
        let masks = self.masks_of(array, masked);
        let vectors = match value {
            Lanes::Narrow(pair) => pair.to_vec(),
            Lanes::Wide(quad) => quad.as_flattened().to_vec(),
        };
        for ((vector, mask), offset) in vectors.into_iter().zip(masks).zip([0, 16, 32, 48]) {
            let place = at(u64::from(place + offset));
            self.code.global(Global::Scratch);
            self.code.get(vector);
            if masked {
                self.code.global(Global::Scratch);
                self.code.emit(I::V128Load(place));
                self.code.get(mask);
                self.code.emit(I::V128Bitselect);
            }
            self.code.emit(I::V128Store(place));
        }
    }
}
