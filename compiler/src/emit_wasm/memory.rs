//! Buffers and pixels: loads and stores.
//!
//! Out of range a load gives zero and a store does nothing, index by index (K4). What all lanes access is accessed once. Where lanes access
//! neighbouring numbers, that is one vector for each half, if the whole of it is in range; at the edges, and wherever lanes
//! go their own ways, a helper does it lane by lane.

use artifact::BufferDescription;
use wasm_encoder::{Instruction as I, ValType};

use super::Context;
use super::code::{Uniform, at};
use super::function::{FunctionWriter, Value};
use super::helpers::Helper;
use crate::ir::{Expression, Scalar};

/// A part of the memory: a buffer or the pixels.
#[derive(Clone, Debug)]
pub(super) struct Region {
    pub(super) kind: Kind,
    /// Where it starts, in bytes.
    pub(super) start: u64,
    /// How many elements along each dimension; the last is contiguous.
    pub(super) extents: Vec<u32>,
    /// Components of an element, and words that it takes.
    pub(super) components: u8,
    pub(super) words: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Buffer(usize),
    Pixels,
}

impl Region {
    pub(super) fn of_buffer(context: &Context, buffer: usize) -> Self {
        let BufferDescription { element, size, .. } = &context.interface.buffers[buffer];
        Self {
            kind: Kind::Buffer(buffer),
            start: context.layout.buffers[buffer],
            extents: size.clone(),
            components: element.components() as u8,
            words: element.slots() as u8,
        }
    }

    /// The pixels: a word each, row by row.
    pub(super) fn of_pixels(context: &Context) -> Self {
        let extents = context.interface.canvas.map_or(vec![1, 1], |size| vec![size.height, size.width]);
        let start = context.layout.buffers.get(context.interface.buffers.len()).copied().unwrap_or(0);
        Self { kind: Kind::Pixels, start, extents, components: 1, words: 1 }
    }

    /// The component type.
    pub(super) fn scalar(&self) -> Scalar {
        if self.kind == Kind::Pixels { Scalar::U32 } else { Scalar::F32 }
    }

    /// How far an index has to be shifted to be an offset in bytes.
    pub(super) fn shift(&self) -> u32 {
        2 + u32::from(self.words).trailing_zeros()
    }

    /// The memory of this word of an element.
    pub(super) fn word(&self, word: u8) -> wasm_encoder::MemArg {
        at(self.start + 4 * u64::from(word))
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
    fn load_uniform(&mut self, region: &Region, index: &[Uniform]) -> Vec<Value> {
        let slots: Vec<u32> = (0..region.components).map(|_| self.code.local(ValType::F32)).collect();
        let is_checked = self.push_in_range(index, &region.extents);
        if is_checked {
            for &slot in &slots {
                self.code.uniform(Uniform::float(0.0), ValType::F32);
                self.code.set(slot);
            }
            self.code.when();
        }
        let address = self.address_of(index, region);
        for (&slot, word) in slots.iter().zip(0..) {
            self.code.get(address);
            self.code.emit(I::F32Load(region.word(word)));
            self.code.set(slot);
        }
        if is_checked {
            self.code.close();
        }
        slots.into_iter().map(|slot| Value::Uniform(Uniform::Local(slot))).collect()
    }

    /// What lanes read from neighbouring numbers; `first` is the index of the first.
    fn load_run(&mut self, region: &Region, first: &[Uniform], index: &[Value]) -> Value {
        let result = self.code.pair();
        let is_checked = self.push_run_in_range(first, region);
        if is_checked {
            self.code.when();
        }
        let address = self.address_of(first, region);
        for (half, slot) in [0, 4].into_iter().zip(result) {
            self.code.get(address);
            self.code.emit(I::V128Load(region.word(half)));
            self.code.set(slot);
        }
        if !is_checked {
            return Value::Varying(result);
        }
        self.code.otherwise();
        for value in self.gather(region, index) {
            let Value::Varying(gathered) = value else { unreachable!("lanes differ") };
            self.code.copy(result, gathered);
        }
        self.code.close();
        Value::Varying(result)
    }

    /// What lanes read wherever it is.
    fn gather(&mut self, region: &Region, index: &[Value]) -> Vec<Value> {
        let Kind::Buffer(buffer) = region.kind else { unreachable!("pixels are not read") };
        self.push_lanes(index, Scalar::I32);
        self.code.emit(I::Call(self.context.index_of(Helper::Load(buffer))));
        let slots: Vec<Value> = (0..region.components).map(|_| Value::Varying(self.code.pair())).collect();
        self.pop(&slots);
        slots
    }

    /// Stores an element, or one component of it, for the active lanes.
    pub(super) fn store(
        &mut self,
        region: &Region,
        index: &[Value],
        component: Option<u8>,
        values: &[Value],
    ) {
        let run = contiguous(region, index).filter(|_| all_uniform(index).is_none());
        let Some(first) = run else { return self.scatter(region, index, component, values) };
        let value = self.lanes_of(values[0], region.scalar());
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
        for (word, half) in [0, 4].into_iter().zip(value) {
            self.code.get(address);
            self.code.get(half);
            self.code.emit(I::V128Store(region.word(word)));
        }
        if !is_checked {
            return;
        }
        self.code.otherwise();
        self.scatter(region, index, component, &[Value::Varying(value)]);
        self.code.close();
    }

    fn scatter(&mut self, region: &Region, index: &[Value], component: Option<u8>, values: &[Value]) {
        self.push_lanes(index, Scalar::I32);
        self.code.get_pair(self.mask);
        self.push_lanes(values, region.scalar());
        let helper = match region.kind {
            Kind::Buffer(buffer) => Helper::Store(buffer, component),
            Kind::Pixels => Helper::StorePixel,
        };
        self.code.emit(I::Call(self.context.index_of(helper)));
    }

    fn push_lanes(&mut self, values: &[Value], scalar: Scalar) {
        for &value in values {
            let pair = self.lanes_of(value, scalar);
            self.code.get_pair(pair);
        }
    }

    /// Whether indices are in range, on the stack; false, and nothing on the stack, if they are known to be.
    fn push_in_range(&mut self, index: &[Uniform], extents: &[u32]) -> bool {
        let mut count = 0;
        for (&index, &extent) in index.iter().zip(extents) {
            if self.is_below(index, extent) || self.assume_in_range(index, extent) {
                continue;
            }
            // A negative index is a large unsigned one.
            self.code.uniform(index, ValType::I32);
            self.code.int(extent as i32);
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
            Uniform::Local(_) => {
                self.limits.iter().any(|&(counter, limit)| counter == index && limit <= extent)
            }
        }
    }

    /// Whether all lanes of a run are in range, on the stack; false, and nothing on the stack, if they are known to be.
    fn push_run_in_range(&mut self, first: &[Uniform], region: &Region) -> bool {
        let (Some((last, others)), Some((extent, extents))) =
            (first.split_last(), region.extents.split_last())
        else {
            return false;
        };
        let mut count = usize::from(self.push_in_range(others, extents));
        if !self.assume_in_range(*last, *extent) {
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
        // Term by term, so that what does not change in a loop need not be computed in it.
        let mut stride = u64::from(region.words) * 4;
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
    if region.words != 1 {
        return None;
    }
    let mut all = all_uniform(others)?;
    all.push(first);
    Some(all)
}
