//! Statements that do something; `control` has those that decide what is done.

use wasm_encoder::Instruction as I;

use super::code::Uniform;
use super::function::{FunctionWriter, Storage, Value};
use super::memory::Region;
use crate::analysis::uniformity::Shape;
use crate::ir::{Block, Expression, LocalId, Place, Scalar, Statement, StatementKind};

impl FunctionWriter<'_> {
    /// Writes a block's statements, up to the first that leaves it.
    pub(super) fn block(&mut self, block: &Block) {
        for statement in &block.0 {
            self.statement(statement);
            if !statement.completes() {
                break;
            }
        }
    }

    fn statement(&mut self, statement: &Statement) {
        use StatementKind as K;
        match &statement.kind {
            K::Declare { local, value } => self.declare(*local, value.as_ref()),
            K::Assign { place, value } => self.assign(place, value),
            K::Update { old, element, value } => self.update(*old, element, value),
            K::Evaluate(expression) => {
                self.value(expression);
            }
            K::SetPixel { position, color } => self.set_pixel(position, color),
            K::Log { .. } => unreachable!("it is a store"),
            K::If { .. } => self.branch(statement),
            K::Loop { .. } => self.repeat(statement),
            K::Scope { .. } => self.scope(statement),
            K::Switch { .. } => self.switch(statement),
            K::Break(label) => self.leave(*label),
            K::Continue(label) => self.go_on(*label),
            K::Return(value) => self.give(value.as_ref()),
        }
    }

    fn declare(&mut self, local: LocalId, value: Option<&Expression>) {
        if let Storage::Memory { .. } = self.locals[local.0 as usize] {
            return self.set_array(local, value, false);
        }
        let ty = self.function.local(local).ty;
        let values = match value {
            Some(value) => self.value(value),
            None => vec![Value::Uniform(zero(ty.scalar())); usize::from(ty.components())],
        };
        if self.function.local(local).mutable {
            self.set(local, None, &values, false);
        } else {
            self.define(local, &values);
        }
    }

    /// Sets a local that is never set again: what is known of its value is known of it.
    fn define(&mut self, local: LocalId, values: &[Value]) {
        let scalar = self.function.local(local).ty.scalar();
        let Storage::Components(slots) = &self.locals[local.0 as usize] else {
            unreachable!("arrays lie in memory");
        };
        let mut slots = slots.clone();
        for (slot, &value) in slots.iter_mut().zip(values) {
            match value {
                Value::Uniform(Uniform::Bits(_) | Uniform::Double(_)) => *slot = value,
                _ => {
                    self.set_slots(&[*slot], &[value], scalar, false);
                    self.note_affine(*slot, value);
                }
            }
        }
        self.locals[local.0 as usize] = Storage::Components(slots);
    }

    fn assign(&mut self, place: &Place, value: &Expression) {
        let is_masked = |writer: &Self, local: LocalId| writer.depth > writer.facts().depth(local);
        match place {
            Place::Local(local) => {
                let masked = is_masked(self, *local);
                if let Storage::Memory { .. } = self.locals[local.0 as usize] {
                    return self.set_array(*local, Some(value), masked);
                }
                let values = self.value(value);
                self.set(*local, None, &values, masked);
            }
            Place::Component { local, component } => {
                let values = self.value(value);
                self.set(*local, Some(*component), &values, is_masked(self, *local));
            }
            Place::Element { array, index, component } => {
                let masked = is_masked(self, *array);
                self.set_element(*array, index, *component, value, masked);
            }
            Place::Buffer { buffer, index, component } => {
                let index: Vec<Value> = index.iter().map(|index| self.single(index)).collect();
                let values = self.value(value);
                let region = Region::of_buffer(self.context, *buffer);
                let values = self.values_to_store(&region, values, value.ty.scalar());
                self.store(&region, &index, *component, &values);
            }
        }
    }

    /// Sets a local, or one component of it; where it is masked, for the active lanes only.
    pub(super) fn set(&mut self, local: LocalId, component: Option<u8>, values: &[Value], masked: bool) {
        let scalar = self.function.local(local).ty.scalar();
        let Storage::Components(slots) = &self.locals[local.0 as usize] else {
            unreachable!("arrays lie in memory");
        };
        let slots = match component {
            Some(component) => vec![slots[usize::from(component)]],
            None => slots.clone(),
        };
        self.set_slots(&slots, values, scalar, masked);
    }

    /// Sets components to values. All are put on the stack before any is set, as they may stand for each other.
    pub(super) fn set_slots(&mut self, slots: &[Value], values: &[Value], scalar: Scalar, masked: bool) {
        for (&slot, &value) in slots.iter().zip(values) {
            match slot {
                Value::Varying(old) if masked => {
                    let new = self.lanes_of(value, scalar);
                    for half in 0..2 {
                        self.code.get(new[half]);
                        self.code.get(old[half]);
                        self.code.get(self.mask[half]);
                        self.code.emit(I::V128Bitselect);
                    }
                }
                Value::Wide(old) if masked => {
                    let new = self.quad_of(value);
                    let mask = self.wide_mask(self.mask);
                    for half in 0..2 {
                        for part in 0..2 {
                            self.code.get(new[half][part]);
                            self.code.get(old[half][part]);
                            self.code.get(mask[half][part]);
                            self.code.emit(I::V128Bitselect);
                        }
                    }
                }
                _ => self.pass(&[value], [slot.shape(); 4], scalar),
            }
        }
        self.pop(slots);
    }

    fn set_pixel(&mut self, position: &[Expression; 2], color: &[Expression; 3]) {
        let [column, row] = [0, 1].map(|axis| self.single(&position[axis]));
        let mut packed = Value::Uniform(Uniform::Bits(0));
        for (channel, shift) in color.iter().zip([0, 8, 16]) {
            let byte = self.channel(channel);
            let shift = Value::Uniform(Uniform::Bits(shift));
            let bits = self.shift([I::I32Shl, I::I32x4Shl], [byte, shift]);
            packed = self.apply([I::I32Or, I::V128Or], &[packed, bits], Scalar::I32, Scalar::I32);
        }
        let region = Region::of_pixels(self.context);
        self.store(&region, &[row, column], None, &[packed]);
    }

    /// A colour as a byte: rounded down and clamped; NaN is 0.
    fn channel(&mut self, channel: &Expression) -> Value {
        let value = self.single(channel);
        let [zero, most] = [0_i32, 255].map(|bound| Value::Uniform(Uniform::int(bound)));
        let scalar = channel.ty.scalar();
        let integer = match scalar {
            // Converts NaN to 0 and what is too large to the nearest integer there is; negative numbers are clamped in any case.
            Scalar::F32 => {
                let conversion = [I::I32TruncSatF32S, I::I32x4TruncSatF32x4S];
                self.apply(conversion, &[value], Scalar::F32, Scalar::I32)
            }
            _ => value,
        };
        let scalar = if scalar == Scalar::U32 { Scalar::U32 } else { Scalar::I32 };
        let at_least = self.extremum_of_integers(true, [integer, zero], scalar);
        self.extremum_of_integers(false, [at_least, most], scalar)
    }
}

/// The zero of a scalar.
pub(super) fn zero(scalar: Scalar) -> Uniform {
    if scalar == Scalar::F64 { Uniform::Double(0) } else { Uniform::Bits(0) }
}

impl Value {
    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Uniform(_) => Shape::Uniform,
            Self::Linear(_) => Shape::Linear,
            Self::Varying(_) | Self::Wide(_) => Shape::Varying,
        }
    }
}
