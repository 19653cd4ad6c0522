//! The code of one WebAssembly function as it grows: instructions, locals, nesting.
//!
//! Every intermediate value gets a local of its own: the engine turns them into registers, and does that well.

use std::borrow::Borrow;

use super::Global;
use crate::ir::float_bits;
use wasm_encoder::{BlockType, Encode, Function, Instruction, MemArg, MemArgTarget, ValType};

/// A value for each of eight invocations: two locals of four lanes.
pub(super) type Pair = [u32; 2];

/// Doubles for each of eight invocations: four locals of two lanes, lanes 0 to 3 and lanes 4 to 7.
pub(super) type Quad = [Pair; 2];

/// A value that is the same for all invocations: bits that are known, 32 or those of a double, or a local of type `f32`, `i32` or `f64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Uniform {
    Bits(u32),
    Double(u64),
    Local(u32),
}

impl Uniform {
    pub(super) fn float(value: f32) -> Self {
        Self::Bits(float_bits(value))
    }

    pub(super) fn int(value: i32) -> Self {
        Self::Bits(value as u32)
    }

    /// NaN has but one form.
    pub(super) fn double(value: f64) -> Self {
        Self::Double(if value.is_nan() { 0x7ff8_0000_0000_0000 } else { value.to_bits() })
    }
}

/// A block that can be left by a branch, or a loop that can be started anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

impl Label {
    /// The whole function.
    pub(super) const FUNCTION: Self = Self(0);
}

/// The numbers of the lanes of each half.
pub(super) const LANES: [[u32; 4]; 2] = [[0, 1, 2, 3], [4, 5, 6, 7]];

/// The code of one function.
pub(super) struct Code {
    bytes: Vec<u8>,
    parameters: u32,
    locals: Vec<ValType>,
    nesting: u32,
    /// Whether addresses have 64 bits.
    is_large: bool,
}

impl Code {
    /// A function with so many parameters, in a module with addresses of 32 or 64 bits.
    pub(super) fn new(parameters: u32, is_large: bool) -> Self {
        Self { bytes: Vec::new(), parameters, locals: Vec::new(), nesting: 0, is_large }
    }

    /// How many locals it has, parameters included.
    pub(super) fn local_count(&self) -> u32 {
        self.parameters + self.locals.len() as u32
    }

    /// The whole function.
    pub(super) fn finish(mut self) -> Function {
        self.emit(Instruction::End);
        let mut function = Function::new_with_locals_types(self.locals);
        function.raw(self.bytes);
        function
    }

    pub(super) fn emit<'a>(&mut self, instruction: impl Borrow<Instruction<'a>>) {
        instruction.borrow().encode(&mut self.bytes);
    }

    /// A new local, which holds zero until it is set.
    pub(super) fn local(&mut self, ty: ValType) -> u32 {
        self.locals.push(ty);
        self.parameters + self.locals.len() as u32 - 1
    }

    /// A new pair of locals of four lanes.
    pub(super) fn pair(&mut self) -> Pair {
        [self.local(ValType::V128), self.local(ValType::V128)]
    }

    pub(super) fn get(&mut self, local: u32) {
        self.emit(Instruction::LocalGet(local));
    }

    pub(super) fn set(&mut self, local: u32) {
        self.emit(Instruction::LocalSet(local));
    }

    /// Puts what is on the stack in a new local.
    pub(super) fn keep(&mut self, ty: ValType) -> u32 {
        let local = self.local(ty);
        self.set(local);
        local
    }

    /// Puts the two vectors on the stack, the second on top, in new locals.
    pub(super) fn keep_pair(&mut self) -> Pair {
        let high = self.keep(ValType::V128);
        let low = self.keep(ValType::V128);
        [low, high]
    }

    pub(super) fn get_pair(&mut self, pair: Pair) {
        pair.into_iter().for_each(|half| self.get(half));
    }

    /// A new quad of locals.
    pub(super) fn quad(&mut self) -> Quad {
        [self.pair(), self.pair()]
    }

    pub(super) fn get_quad(&mut self, quad: Quad) {
        quad.into_iter().for_each(|pair| self.get_pair(pair));
    }

    /// Puts the four vectors on the stack, the last on top, in new locals.
    pub(super) fn keep_quad(&mut self) -> Quad {
        let high = self.keep_pair();
        let low = self.keep_pair();
        [low, high]
    }

    /// The lanes of an operation on doubles.
    pub(super) fn doubles(&mut self, operation: &Instruction<'static>, operands: &[Quad]) -> Quad {
        [0, 1].map(|half| {
            let operands: Vec<Pair> = operands.iter().map(|operand| operand[half]).collect();
            self.lanes(operation, &operands)
        })
    }

    /// Words of two vectors, numbered 0 to 7, as a new one.
    pub(super) fn shuffled(&mut self, [left, right]: Pair, words: [u8; 4]) -> u32 {
        self.get(left);
        self.get(right);
        self.emit(Instruction::I8x16Shuffle(std::array::from_fn(|byte| {
            words[byte / 4] * 4 + (byte % 4) as u8
        })));
        self.keep(ValType::V128)
    }

    /// Sets one pair to the value of another.
    pub(super) fn copy(&mut self, to: Pair, from: Pair) {
        for (to, from) in to.into_iter().zip(from) {
            self.get(from);
            self.set(to);
        }
    }

    /// The lanes of an operation on lanes.
    pub(super) fn lanes(&mut self, operation: &Instruction<'static>, operands: &[Pair]) -> Pair {
        let result = self.pair();
        self.lanes_into(result, operation, operands);
        result
    }

    pub(super) fn lanes_into(&mut self, result: Pair, operation: &Instruction<'static>, operands: &[Pair]) {
        // A half that is splat is both halves.
        for half in 0..2 {
            operands.iter().for_each(|operand| self.get(operand[half]));
            self.emit(operation);
            self.set(result[half]);
        }
    }

    pub(super) fn uniform(&mut self, value: Uniform, ty: ValType) {
        match value {
            Uniform::Local(local) => self.get(local),
            Uniform::Double(bits) => self.emit(Instruction::F64Const(f64::from_bits(bits).into())),
            Uniform::Bits(bits) if ty == ValType::F32 => {
                self.emit(Instruction::F32Const(f32::from_bits(bits).into()));
            }
            Uniform::Bits(bits) => self.int(bits as i32),
        }
    }

    pub(super) fn int(&mut self, value: i32) {
        self.emit(Instruction::I32Const(value));
    }

    /// A vector of known words, on the stack.
    pub(super) fn words(&mut self, words: [u32; 4]) {
        let bits = words.iter().rev().fold(0, |bits, &word| (bits << 32) | u128::from(word));
        self.emit(Instruction::V128Const(bits as i128));
    }

    /// A vector of known words in all lanes.
    pub(super) fn constant(&mut self, bits: u32) -> Pair {
        self.words([bits; 4]);
        [self.keep(ValType::V128); 2]
    }

    /// Begins a text that is to be inserted later, in so many more blocks than are open; returns what has been written so far.
    pub(super) fn begin_apart(&mut self, deeper: u32) -> Vec<u8> {
        self.nesting += deeper;
        std::mem::take(&mut self.bytes)
    }

    /// Ends the code that is kept apart, and returns its bytes.
    pub(super) fn end_apart(&mut self, deeper: u32, before: Vec<u8>) -> Vec<u8> {
        self.nesting -= deeper;
        std::mem::replace(&mut self.bytes, before)
    }

    /// Inserts code that was kept apart.
    pub(super) fn insert(&mut self, text: &[u8]) {
        self.bytes.extend(text);
    }

    /// Opens a block; a branch to it goes to its end.
    pub(super) fn block(&mut self) -> Label {
        self.open(Instruction::Block(BlockType::Empty))
    }

    /// Opens a loop; a branch to it goes to its start.
    pub(super) fn repeat(&mut self) -> Label {
        self.open(Instruction::Loop(BlockType::Empty))
    }

    /// Opens what is done if the top of the stack is not zero.
    pub(super) fn when(&mut self) -> Label {
        self.open(Instruction::If(BlockType::Empty))
    }

    pub(super) fn otherwise(&mut self) {
        self.emit(Instruction::Else);
    }

    fn open(&mut self, instruction: Instruction<'_>) -> Label {
        self.emit(instruction);
        self.nesting += 1;
        Label(self.nesting)
    }

    pub(super) fn close(&mut self) {
        self.nesting -= 1;
        self.emit(Instruction::End);
    }

    pub(super) fn branch(&mut self, to: Label) {
        self.emit(Instruction::Br(self.nesting - to.0));
    }

    pub(super) fn branch_if(&mut self, to: Label) {
        self.emit(Instruction::BrIf(self.nesting - to.0));
    }

    /// Whether any lane of a mask is set, on the stack.
    pub(super) fn any(&mut self, mask: Pair) {
        self.get_pair(mask);
        self.emit(Instruction::V128Or);
        self.emit(Instruction::V128AnyTrue);
    }

    /// Whether no lane of a mask is set, on the stack.
    pub(super) fn none(&mut self, mask: Pair) {
        self.any(mask);
        self.emit(Instruction::I32Eqz);
    }

    /// Whether all lanes of a mask are set, on the stack.
    pub(super) fn all(&mut self, mask: Pair) {
        self.get_pair(mask);
        self.emit(Instruction::V128And);
        self.emit(Instruction::I32x4AllTrue);
    }

    /// The type of addresses.
    pub(super) fn address_type(&self) -> ValType {
        if self.is_large { ValType::I64 } else { ValType::I32 }
    }

    /// A known address, on the stack.
    pub(super) fn address(&mut self, address: u32) {
        self.emit(match self.is_large {
            true => Instruction::I64Const(i64::from(address)),
            false => Instruction::I32Const(address as i32),
        });
    }

    /// The sum of the two addresses on the stack.
    pub(super) fn add_addresses(&mut self) {
        self.emit(if self.is_large { Instruction::I64Add } else { Instruction::I32Add });
    }

    /// Whether the address below the top of the stack is below the one at the top.
    pub(super) fn is_address_below(&mut self) {
        self.emit(if self.is_large { Instruction::I64LtU } else { Instruction::I32LtU });
    }

    /// Makes the index on the stack an address: multiplies it by the bytes from one element to the next.
    pub(super) fn scale_index(&mut self, stride: u64) {
        let (shift, is_power) = (stride.trailing_zeros(), stride.is_power_of_two());
        if is_power {
            self.index_to_address(shift);
        } else if self.is_large {
            self.emit(Instruction::I64ExtendI32U);
            self.emit(Instruction::I64Const(stride as i64));
            self.emit(Instruction::I64Mul);
        } else {
            self.int(stride as i32);
            self.emit(Instruction::I32Mul);
        }
    }

    /// Makes the index on the stack an address: shifts it by so many bits.
    pub(super) fn index_to_address(&mut self, shift: u32) {
        if self.is_large {
            self.emit(Instruction::I64ExtendI32U);
            self.emit(Instruction::I64Const(i64::from(shift)));
            self.emit(Instruction::I64Shl);
        } else {
            self.int(shift as i32);
            self.emit(Instruction::I32Shl);
        }
    }

    /// Reads a word of the params into a local.
    pub(super) fn load_param(&mut self, offset: u64, ty: ValType) -> u32 {
        self.address(0);
        let place = at(artifact::MemoryLayout::PARAMS + offset);
        self.emit(match ty {
            ValType::F32 => Instruction::F32Load(place),
            ValType::F64 => Instruction::F64Load(place),
            _ => Instruction::I32Load(place),
        });
        self.keep(ty)
    }

    /// Sets a pair to zero.
    pub(super) fn clear(&mut self, pair: Pair) {
        for half in pair {
            self.words([0; 4]);
            self.set(half);
        }
    }

    /// The global of this number, on the stack.
    pub(super) fn global(&mut self, global: Global) {
        self.emit(Instruction::GlobalGet(global as u32));
    }

    pub(super) fn set_global(&mut self, global: Global) {
        self.emit(Instruction::GlobalSet(global as u32));
    }

    /// A lane of a pair as an integer, on the stack.
    pub(super) fn lane(&mut self, pair: Pair, half: usize, lane: u8) {
        self.get(pair[half]);
        self.emit(Instruction::I32x4ExtractLane(lane));
    }
}

/// The memory at an address plus `offset`, of words.
pub(super) fn at(offset: u64) -> MemArg {
    MemArg { offset, align: 2, target: MemArgTarget::Memory(0), ordering: None }
}
