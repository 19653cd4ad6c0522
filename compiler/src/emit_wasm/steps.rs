//! Updates: what changes a number in memory in one step, for eight threads one after the other, in the order of their lanes.
//!
//! Integers have operations for that. Everything else is tried: the numbers are read, the new ones computed for all lanes at once, and stored
//! lane by lane where nobody came between; a lane for which somebody did, perhaps one before it, tries again.

use artifact::Component;
use wasm_encoder::{Instruction as I, MemArg, ValType};

use super::code::{Code, Pair};
use super::function::{FunctionWriter, Storage, Value};
use super::helpers::{Helper, Parameters, flat, in_range, lane_address, vectors_of};
use super::memory::Region;
use super::{Compiled, Context};
use crate::analysis::steps::{Operation, is_instruction, operation};
use crate::ir::{Expression, LocalId, Scalar};

/// What a helper does to numbers in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An operation that there is; it gives what was there.
    Does(Operation),
    /// Stores what is given where the number still is what it was; it gives the mask of the lanes where it is not.
    Tries,
}

impl FunctionWriter<'_> {
    /// An update.
    pub(super) fn update(&mut self, old: LocalId, element: &Expression, value: &Expression) {
        let Some((buffer, index, component)) = element.loaded() else { return };
        let index: Vec<Value> = index.iter().map(|index| self.single(index)).collect();
        let region = Region::of_buffer(self.context, buffer);
        let Storage::Components(slots) = &self.locals[old.0 as usize] else {
            unreachable!("arrays lie in memory");
        };
        let slot = slots[0];
        match operation(old, element, value)
            .filter(|(operation, _)| is_instruction(*operation, region.component))
        {
            Some((operation, operand)) => {
                let operand = self.single(operand);
                self.push_lanes(&index, Scalar::I32);
                self.code.get_pair(self.mask);
                self.push_lanes(&[operand], Scalar::I32);
                let helper = Helper::Step(buffer, component, Step::Does(operation));
                self.code.emit(I::Call(self.context.index_of(helper)));
                self.pop(&[slot]);
            }
            None => self.attempt(&region, &index, (buffer, component), slot, value),
        }
    }

    /// Retries a compare-exchange until it succeeds, for all active lanes.
    fn attempt(
        &mut self,
        region: &Region,
        index: &[Value],
        (buffer, component): (usize, Option<u8>),
        old: Value,
        value: &Expression,
    ) {
        let waiting = self.code.pair();
        self.code.copy(waiting, self.mask);
        let again = self.code.repeat();
        let bits = self.gather_bits(region, index)[usize::from(component.unwrap_or(0))];
        let fresh = self.of_bits(region, bits);
        let mask = std::mem::replace(&mut self.mask, waiting);
        self.set_slots(&[old], &[fresh], region.scalar(), true);
        self.mask = mask;
        let values = self.value(value);
        let values = self.values_to_store(region, values, value.ty.scalar());
        self.push_lanes(index, Scalar::I32);
        self.code.get_pair(waiting);
        self.push_lanes(&[bits, values[0]], region.stored());
        let helper = Helper::Step(buffer, component, Step::Tries);
        self.code.emit(I::Call(self.context.index_of(helper)));
        self.pop(&[Value::Varying(waiting)]);
        self.code.any(waiting);
        self.code.branch_if(again);
        self.code.close();
    }
}

pub(super) fn compile(context: &Context, region: &Region, component: Option<u8>, step: Step) -> Compiled {
    let rank = region.extents.len();
    let vectors = vectors_of(region);
    let given_vectors = if step == Step::Tries { 2 * vectors } else { vectors };
    let parameters = vec![ValType::V128; 2 * (rank + 1) + given_vectors];
    let mut code = Code::new(parameters.len() as u32, context.is_large);
    let mut given = Parameters { next: 0 };
    let (index, mask) = (given.pairs(rank), given.pair());
    let mut values = || (0..vectors).map(|_| given.one()).collect::<Vec<u32>>();
    let first = values();
    let second = if step == Step::Tries { values() } else { Vec::new() };
    let in_range = in_range(&mut code, &index, region);
    let position = flat(&mut code, &index, region);
    let mask = code.lanes(&I::V128And, &[mask, in_range]);
    let result: Pair = code.pair();
    let memarg = region.place(component.unwrap_or(0));
    let each = 8 / vectors;
    for lane in 0..8_usize {
        let (half, place) = (lane / 4, (lane % 4) as u8);
        let (vector, inside) = (lane / each, (lane % each) as u8);
        code.lane(mask, half, place);
        code.when();
        let address = lane_address(&mut code, position, half, place, region);
        match step {
            Step::Does(operation) => {
                code.get(address);
                push_lane(&mut code, first[vector], inside, region.component);
                code.emit(read_and_write(operation, region.component, memarg));
                extend(&mut code, region.component);
            }
            Step::Tries => {
                code.get(address);
                push_bits(&mut code, first[vector], inside, region.component);
                push_lane(&mut code, second[vector], inside, region.component);
                code.emit(compare_and_exchange(region.component, memarg));
                push_bits(&mut code, first[vector], inside, region.component);
                code.emit(if region.component.bytes() == 8 { I::I64Ne } else { I::I32Ne });
                // A lane of a mask is -1 or 0.
                code.int(-1);
                code.emit(I::I32Mul);
            }
        }
        let word = code.keep(ValType::I32);
        code.get(result[half]);
        code.get(word);
        code.emit(I::I32x4ReplaceLane(place));
        code.set(result[half]);
        code.close();
    }
    code.get_pair(result);
    Compiled { parameters, results: vec![ValType::V128; 2], code: code.finish() }
}

fn push_lane(code: &mut Code, vector: u32, lane: u8, component: Component) {
    code.get(vector);
    code.emit(if component.bytes() == 8 { I::I64x2ExtractLane(lane) } else { I::I32x4ExtractLane(lane) });
}

/// The bits of a lane that lie in memory, with zeros above.
fn push_bits(code: &mut Code, vector: u32, lane: u8, component: Component) {
    push_lane(code, vector, lane, component);
    if component.is_small() {
        code.int(if component.bytes() == 1 { 0xff } else { 0xffff });
        code.emit(I::I32And);
    }
}

/// Gives a small integer that was read without its sign the sign that it has.
fn extend(code: &mut Code, component: Component) {
    match component {
        Component::I8 => code.emit(I::I32Extend8S),
        Component::I16 => code.emit(I::I32Extend16S),
        _ => {}
    }
}

fn compare_and_exchange(component: Component, place: MemArg) -> I<'static> {
    match component.bytes() {
        1 => I::I32AtomicRmw8CmpxchgU(place),
        2 => I::I32AtomicRmw16CmpxchgU(place),
        8 => I::I64AtomicRmwCmpxchg(place),
        _ => I::I32AtomicRmwCmpxchg(place),
    }
}

fn read_and_write(operation: Operation, component: Component, place: MemArg) -> I<'static> {
    let [byte, half, word] = match operation {
        Operation::Add => {
            [I::I32AtomicRmw8AddU(place), I::I32AtomicRmw16AddU(place), I::I32AtomicRmwAdd(place)]
        }
        Operation::Subtract => {
            [I::I32AtomicRmw8SubU(place), I::I32AtomicRmw16SubU(place), I::I32AtomicRmwSub(place)]
        }
        Operation::And => {
            [I::I32AtomicRmw8AndU(place), I::I32AtomicRmw16AndU(place), I::I32AtomicRmwAnd(place)]
        }
        Operation::Or => [I::I32AtomicRmw8OrU(place), I::I32AtomicRmw16OrU(place), I::I32AtomicRmwOr(place)],
        Operation::Xor => {
            [I::I32AtomicRmw8XorU(place), I::I32AtomicRmw16XorU(place), I::I32AtomicRmwXor(place)]
        }
        Operation::Exchange | Operation::Min | Operation::Max => {
            [I::I32AtomicRmw8XchgU(place), I::I32AtomicRmw16XchgU(place), I::I32AtomicRmwXchg(place)]
        }
    };
    match component.bytes() {
        1 => byte,
        2 => half,
        _ => word,
    }
}
