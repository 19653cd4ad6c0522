//! Buffers and pixels: loads and stores.
//!
//! Out of range a load gives zero and a store does nothing, index by index (K4). What all lanes access is accessed once. Where lanes access
//! neighbouring numbers, that is a few vectors, if the whole of them is in range; at the edges, and wherever lanes
//! go their own ways, a helper does it lane by lane. `elements` knows what numbers are in memory.

use artifact::{BufferDescription, Component, Form, MemoryLayout};
use wasm_encoder::{Instruction as I, ValType};

use super::Context;
use super::code::{Code, Uniform, at};
use super::function::{FunctionWriter, Value, scalar_type};
use super::helpers::Helper;
use crate::ir::{Expression, Scalar};

/// A part of the memory: a buffer or the pixels.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) kind: Kind,
    /// Where it starts, in bytes.
    pub(super) start: u64,
    /// How many elements along each dimension; the last is contiguous. All are 0 of a resizable buffer.
    pub(super) extents: Vec<u32>,
    /// Where the params tell the start and the extents of a resizable buffer.
    pub(super) told: Option<Told>,
    /// Components of an element, and how many there is room for.
    pub(super) components: u8,
    pub(super) slots: u8,
    /// What a component is in memory.
    pub(super) component: Component,
}

/// Where the params tell of a resizable buffer: in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// Where it starts, in multiples of [`MemoryLayout::UNIT`].
    start: u64,
    /// How many elements there are along the first dimension, behind which the others follow.
    extents: u64,
}

impl Told {
    /// Where the extent of a dimension is told.
    pub(super) fn extent(self, dimension: usize) -> u64 {
        self.extents + 4 * dimension as u64
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Buffer(usize),
    Pixels,
    /// So many numbers among the params that lie so far behind their start.
    Uniform(u32, u32),
}

impl Region {
    pub(super) fn of_buffer(context: &Context, buffer: usize) -> Self {
        let BufferDescription { element, size, .. } = &context.interface.buffers[buffer];
        let extents = context.interface.extents_of(buffer);
        let extents = extents.and_then(|uniform| context.uniform_offset(uniform, Form::Integer));
        let told = context.start_offset(buffer).zip(extents).map(|(start, extents)| Told { start, extents });
        Self {
            kind: Kind::Buffer(buffer),
            start: if told.is_some() { 0 } else { context.layout.buffers[buffer] },
            extents: size.clone(),
            told,
            components: element.components() as u8,
            slots: element.slots() as u8,
            component: element.component(),
        }
    }

    /// The pixels: a word each, row by row.
    pub(super) fn of_pixels(context: &Context) -> Self {
        let extents = context.interface.canvas.map_or(vec![1, 1], |size| vec![size.height, size.width]);
        let start = context.layout.buffers.get(context.interface.buffers.len()).copied().unwrap_or(0);
        Self {
            kind: Kind::Pixels,
            start,
            extents,
            told: None,
            components: 1,
            slots: 1,
            component: Component::U32,
        }
    }

    /// The elements of a uniform, so many bytes behind the start of the params.
    pub(super) fn of_uniform(offset: u64, length: u32, component: Component) -> Self {
        let kind = Kind::Uniform(offset as u32, length);
        let start = MemoryLayout::PARAMS + offset;
        Self { kind, start, extents: vec![length], told: None, components: 1, slots: 1, component }
    }

    /// What a component is once it is loaded.
    pub(super) fn scalar(&self) -> Scalar {
        Scalar::of_component(self.component)
    }

    /// What a component is when it is stored: bits, where it is small.
    pub(super) fn stored(&self) -> Scalar {
        if self.component.is_small() { Scalar::I32 } else { self.scalar() }
    }

    /// How many bytes it is from one element to the next.
    pub(super) fn stride(&self) -> u64 {
        u64::from(self.slots) * self.component.bytes() as u64
    }

    /// How many elements there are along a dimension, on the stack.
    pub(super) fn push_extent(&self, code: &mut Code, dimension: usize) {
        match self.told {
            Some(told) => {
                let extent = code.load_param(told.extent(dimension), ValType::I32);
                code.get(extent);
            }
            None => code.int(self.extents[dimension] as i32),
        }
    }

    /// Adds the start of a resizable buffer to the offset on the stack. That of others is in the places of components.
    pub(super) fn add_start(&self, code: &mut Code) {
        if let Some(told) = self.told {
            let start = code.load_param(told.start, ValType::I32);
            code.get(start);
            code.index_to_address(MemoryLayout::UNIT.trailing_zeros());
            code.add_addresses();
        }
    }

    /// The memory of this component of an element.
    pub(super) fn place(&self, component: u8) -> wasm_encoder::MemArg {
        let bytes = self.component.bytes() as u64;
        wasm_encoder::MemArg {
            align: self.component.bytes().trailing_zeros(),
            ..at(self.start + bytes * u64::from(component))
        }
    }
}

impl FunctionWriter<'_> {
    /// The components of an element of a buffer.
    pub(super) fn load(&mut self, buffer: usize, index: &[Expression]) -> Vec<Value> {
        let index: Vec<Value> = index.iter().map(|index| self.single(index)).collect();
        let region = Region::of_buffer(self.context, buffer);
        if let Some(index) = all_uniform(&index) {
            return self.load_uniform(&region, &index);
        }
        match contiguous(&region, &index) {
            Some(first) => vec![self.load_run(&region, &first, &index)],
            None => self.gather(&region, &index),
        }
    }

    /// What all lanes read.
    pub(super) fn load_uniform(&mut self, region: &Region, index: &[Uniform]) -> Vec<Value> {
        let scalar = region.scalar();
        let slots: Vec<u32> = (0..region.components).map(|_| self.code.local(scalar_type(scalar))).collect();
        let is_checked = self.push_in_range(index, region);
        if is_checked {
            for &slot in &slots {
                self.code.uniform(super::statements::zero(scalar), scalar_type(scalar));
                self.code.set(slot);
            }
            self.code.when();
        }
        let address = self.address_of(index, region);
        for (&slot, component) in slots.iter().zip(0..) {
            self.code.get(address);
            self.load_scalar(region, component);
            self.code.set(slot);
        }
        if is_checked {
            self.code.close();
        }
        slots.into_iter().map(|slot| Value::Uniform(Uniform::Local(slot))).collect()
    }

    /// What lanes read from neighbouring numbers; `first` is the index of the first.
    fn load_run(&mut self, region: &Region, first: &[Uniform], index: &[Value]) -> Value {
        let slot = self.new_lanes(region.scalar());
        let is_checked = self.push_run_in_range(first, region);
        if is_checked {
            self.code.when();
        }
        let address = self.address_of(first, region);
        let value = self.load_neighbours(region, address);
        self.pass(&[value], [slot.shape(); 4], region.scalar());
        self.pop(&[slot]);
        if !is_checked {
            return slot;
        }
        self.code.otherwise();
        let gathered = self.gather(region, index);
        self.pass(&gathered, [slot.shape(); 4], region.scalar());
        self.pop(&[slot]);
        self.code.close();
        slot
    }

    /// New locals for a number that differs.
    fn new_lanes(&mut self, scalar: Scalar) -> Value {
        if scalar == Scalar::F64 { Value::Wide(self.code.quad()) } else { Value::Varying(self.code.pair()) }
    }

    /// What lanes read wherever it is.
    pub(super) fn gather(&mut self, region: &Region, index: &[Value]) -> Vec<Value> {
        let components = self.gather_bits(region, index);
        components.into_iter().map(|value| self.of_bits(region, value)).collect()
    }

    /// The same as it lies in memory.
    pub(super) fn gather_bits(&mut self, region: &Region, index: &[Value]) -> Vec<Value> {
        let helper = match region.kind {
            Kind::Buffer(buffer) => Helper::Load(buffer),
            Kind::Uniform(offset, length) => Helper::LoadUniform(offset, length, region.component),
            Kind::Pixels => unreachable!("pixels are not read"),
        };
        self.push_lanes(index, Scalar::I32);
        self.code.emit(I::Call(self.context.index_of(helper)));
        let slots: Vec<Value> = (0..region.components).map(|_| self.new_lanes(region.stored())).collect();
        self.pop(&slots);
        slots
    }

    /// Stores an element, or one component of it, for the active lanes. Values are as they are stored.
    pub(super) fn store(
        &mut self,
        region: &Region,
        index: &[Value],
        component: Option<u8>,
        values: &[Value],
    ) {
        let run = contiguous(region, index).filter(|_| all_uniform(index).is_none());
        let Some(first) = run else { return self.scatter(region, index, component, values) };
        let lanes = self.all_lanes(values[0], region.stored());
        let mut is_checked = self.push_run_in_range(&first, region);
        if !self.is_full() {
            self.code.all(self.mask);
            if is_checked {
                self.code.emit(I::I32And);
            }
            is_checked = true;
        }
        if is_checked {
            self.code.when();
        }
        let address = self.address_of(&first, region);
        self.store_neighbours(region, address, lanes);
        if !is_checked {
            return;
        }
        self.code.otherwise();
        self.scatter(region, index, component, &[lanes.value()]);
        self.code.close();
    }

    fn scatter(&mut self, region: &Region, index: &[Value], component: Option<u8>, values: &[Value]) {
        self.push_lanes(index, Scalar::I32);
        self.code.get_pair(self.mask);
        self.push_lanes(values, region.stored());
        let helper = match region.kind {
            Kind::Buffer(buffer) => Helper::Store(buffer, component),
            Kind::Pixels => Helper::StorePixel,
            Kind::Uniform(..) => unreachable!("uniforms are only read"),
        };
        self.code.emit(I::Call(self.context.index_of(helper)));
    }

    pub(super) fn push_lanes(&mut self, values: &[Value], scalar: Scalar) {
        for &value in values {
            let lanes = self.all_lanes(value, scalar);
            self.push_lanes_of(lanes);
        }
    }

    /// Whether indices are in range, on the stack; false, and nothing on the stack, if they are known to be.
    fn push_in_range(&mut self, index: &[Uniform], region: &Region) -> bool {
        let mut count = 0;
        for (dimension, (&index, &extent)) in index.iter().zip(&region.extents).enumerate() {
            let is_known = region.told.is_none()
                && (self.is_below(index, extent) || self.assume_in_range(index, extent));
            if is_known {
                continue;
            }
            // A negative index is a large unsigned one.
            self.code.uniform(index, ValType::I32);
            region.push_extent(&mut self.code, dimension);
            self.code.emit(I::I32LtU);
            count += 1;
        }
        (1..count).for_each(|_| self.code.emit(I::I32And));
        count > 0
    }

    /// Whether an index is known to be in range: a constant, or the counter of a loop.
    fn is_below(&self, index: Uniform, extent: u32) -> bool {
        match index {
            Uniform::Bits(bits) => bits < extent,
            Uniform::Double(_) => false,
            Uniform::Local(_) => {
                self.limits.iter().any(|&(counter, limit)| counter == index && limit <= extent)
            }
        }
    }

    /// Whether all lanes of a run are in range, on the stack; false, and nothing on the stack, if they are known to be.
    fn push_run_in_range(&mut self, first: &[Uniform], region: &Region) -> bool {
        let (Some((last, others)), Some(extent)) = (first.split_last(), region.extents.last()) else {
            return false;
        };
        let mut count = usize::from(self.push_in_range(others, region));
        if region.told.is_some() {
            // The first lane, which may be negative, and the last one.
            let dimension = others.len();
            for lane in [0, 7] {
                self.code.uniform(*last, ValType::I32);
                self.code.int(lane);
                self.code.emit(I::I32Add);
                region.push_extent(&mut self.code, dimension);
                self.code.emit(I::I32LtU);
            }
            self.code.emit(I::I32And);
            count += 1;
        } else if !self.assume_in_range(*last, *extent) {
            self.code.uniform(*last, ValType::I32);
            self.code.int(extent.saturating_sub(7) as i32);
            self.code.emit(I::I32LtU);
            count += 1;
        }
        if count == 2 {
            self.code.emit(I::I32And);
        }
        count > 0
    }

    /// The offset of an element in its region, in a local of the type of addresses.
    fn address_of(&mut self, index: &[Uniform], region: &Region) -> u32 {
        if region.told.is_some() {
            for (dimension, &index) in index.iter().enumerate() {
                if dimension > 0 {
                    region.push_extent(&mut self.code, dimension);
                    self.code.emit(I::I32Mul);
                }
                self.code.uniform(index, ValType::I32);
                if dimension > 0 {
                    self.code.emit(I::I32Add);
                }
            }
            self.code.scale_index(region.stride());
            region.add_start(&mut self.code);
            return self.code.keep(self.code.address_type());
        }
        // Term by term, so that what does not change in a loop need not be computed in it.
        let mut stride = region.stride();
        for (position, (&index, &extent)) in index.iter().zip(&region.extents).enumerate().rev() {
            self.code.uniform(index, ValType::I32);
            self.code.scale_index(stride);
            if position + 1 < region.extents.len() {
                self.code.add_addresses();
            }
            stride *= u64::from(extent);
        }
        self.code.keep(self.code.address_type())
    }
}

fn all_uniform(index: &[Value]) -> Option<Vec<Uniform>> {
    index.iter().map(|value| value.uniform()).collect()
}

/// The index of the first lane, if the lanes access neighbouring numbers.
fn contiguous(region: &Region, index: &[Value]) -> Option<Vec<Uniform>> {
    let (Value::Linear(first), others) = index.split_last().map(|(last, others)| (*last, others))? else {
        return None;
    };
    if region.slots != 1 {
        return None;
    }
    let mut all = all_uniform(others)?;
    all.push(first);
    Some(all)
}
