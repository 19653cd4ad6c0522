//! Writes an algorithm on eight lanes as a formula: `let rest = x - quarters * HALF_PI;`.
//!
//! A [`Value`] stands for the locals of Wasm that hold it: two vectors for eight 32-bit lanes, four for eight 64-bit lanes. An
//! operator appends its instruction once for each of those vectors, so the independent halves are interleaved.

mod kinds;
mod operators;

use std::cell::RefCell;
use std::marker::PhantomData;

use wasm_encoder::{BlockType, Function, Instruction, ValType};

pub(super) use kinds::{F32, F64, I32, Kind};
use kinds::{I64, Number};
use operators::Operand;

/// The code of one function while it is written.
pub(super) struct Code {
    parameters: u32,
    locals: RefCell<Vec<ValType>>,
    body: RefCell<Vec<Instruction<'static>>>,
}

impl Code {
    /// An empty function of so many operands, each of two vectors.
    pub(super) fn new(operands: usize) -> Self {
        let parameters = u32::try_from(2 * operands).expect("functions have few operands");
        Self { parameters, locals: RefCell::default(), body: RefCell::default() }
    }

    /// An operand, counted from 0.
    pub(super) fn operand<K: Kind>(&self, index: u32) -> Value<'_, K> {
        Value { code: self, parts: [2 * index, 2 * index + 1, 0, 0], kind: PhantomData }
    }

    /// The function that gives `result`.
    pub(super) fn finish(self, result: [u32; 2]) -> Function {
        let mut function = Function::new_with_locals_types(self.locals.into_inner());
        for instruction in self.body.into_inner() {
            function.instruction(&instruction);
        }
        function.instruction(&Instruction::LocalGet(result[0]));
        function.instruction(&Instruction::LocalGet(result[1]));
        function.instruction(&Instruction::End);
        function
    }

    /// The same literal in all lanes.
    pub(super) fn splat<K: Number>(&self, literal: K::Literal) -> Value<'_, K> {
        self.emit(K::constant(literal));
        let local = self.local(K::TYPE);
        self.emit(Instruction::LocalSet(local));
        Value { code: self, parts: [local; 4], kind: PhantomData }
    }

    /// A local that holds `initial` until [`Value::set`] changes it.
    pub(super) fn variable<'c, K: Kind>(&'c self, initial: Value<'c, K>) -> Value<'c, K> {
        let variable = self.fresh();
        variable.set(initial);
        variable
    }

    /// Runs `body` if some lane's mask is set.
    pub(super) fn if_any<K: Kind>(&self, mask: Value<'_, K>, body: impl FnOnce()) {
        self.any(mask);
        self.emit(Instruction::If(BlockType::Empty));
        body();
        self.emit(Instruction::End);
    }

    /// Runs `body` once, and again as long as the mask that it gives is set, which must be the same in all lanes.
    pub(super) fn repeat_while<'c>(&'c self, body: impl FnOnce() -> Value<'c, I64>) {
        self.emit(Instruction::Loop(BlockType::Empty));
        let mask = body();
        self.emit(Instruction::LocalGet(mask.parts[0]));
        self.emit(Instruction::V128AnyTrue);
        self.emit(Instruction::BrIf(0));
        self.emit(Instruction::End);
    }

    /// Runs `body` eight times. It works on lane 0 and ends with [`Value::rotate`] on all that have lanes, which brings the next
    /// lane there and, after the last one, all lanes back to their places.
    pub(super) fn for_each_lane(&self, body: impl FnOnce()) {
        let count = self.local(ValType::I32);
        self.emit_all([Instruction::I32Const(8), Instruction::LocalSet(count)]);
        self.emit(Instruction::Loop(BlockType::Empty));
        body();
        self.emit_all([Instruction::LocalGet(count), Instruction::I32Const(1), Instruction::I32Sub]);
        self.emit_all([Instruction::LocalTee(count), Instruction::BrIf(0), Instruction::End]);
    }

    /// Leaves on the stack whether some lane of the mask is set.
    fn any<K: Kind>(&self, mask: Value<'_, K>) {
        self.emit(Instruction::LocalGet(mask.parts[0]));
        for &part in &mask.parts[1..K::PARTS] {
            self.emit_all([Instruction::LocalGet(part), Instruction::V128Or]);
        }
        self.emit(Instruction::V128AnyTrue);
    }

    fn fresh<K: Kind>(&self) -> Value<'_, K> {
        let mut parts = [0; 4];
        for part in &mut parts[..K::PARTS] {
            *part = self.local(K::TYPE);
        }
        Value { code: self, parts, kind: PhantomData }
    }

    fn local(&self, ty: ValType) -> u32 {
        let mut locals = self.locals.borrow_mut();
        locals.push(ty);
        self.parameters + u32::try_from(locals.len() - 1).expect("functions have few locals")
    }

    fn emit(&self, instruction: Instruction<'static>) {
        self.body.borrow_mut().push(instruction);
    }

    fn emit_all<const N: usize>(&self, instructions: [Instruction<'static>; N]) {
        self.body.borrow_mut().extend(instructions);
    }
}

/// A value in locals of Wasm.
#[derive(Clone, Copy)]
pub(super) struct Value<'c, K> {
    /// The function that it is part of.
    pub(super) code: &'c Code,
    parts: [u32; 4],
    kind: PhantomData<K>,
}

impl<'c, K: Kind> Value<'c, K> {
    /// Gives a variable another value.
    pub(super) fn set(self, value: Self) {
        for part in 0..K::PARTS {
            self.code.emit_all([
                Instruction::LocalGet(value.parts[part]),
                Instruction::LocalSet(self.parts[part]),
            ]);
        }
    }

    /// Moves each lane of a variable one place down, and lane 0 to the top.
    pub(super) fn rotate(self) {
        let size = 2 * K::PARTS;
        let lanes = std::array::from_fn(|byte| u8::try_from(byte + size).expect("fewer than 32 bytes"));
        let first = self.code.local(K::TYPE);
        self.code.emit_all([Instruction::LocalGet(self.parts[0]), Instruction::LocalSet(first)]);
        for part in 0..K::PARTS {
            let next = if part + 1 == K::PARTS { first } else { self.parts[part + 1] };
            self.code.emit_all([Instruction::LocalGet(self.parts[part]), Instruction::LocalGet(next)]);
            self.code.emit_all([Instruction::I8x16Shuffle(lanes), Instruction::LocalSet(self.parts[part])]);
        }
    }

    /// The locals of a value of two vectors.
    pub(super) fn pair(self) -> [u32; 2] {
        [self.parts[0], self.parts[1]]
    }

    /// The same bits as lanes of another kind.
    pub(super) fn reinterpret<R: Kind>(self) -> Value<'c, R> {
        assert_eq!(K::PARTS, R::PARTS, "the lanes are of one size");
        Value { code: self.code, parts: self.parts, kind: PhantomData }
    }

    fn map<R: Kind>(self, instructions: &[Instruction<'static>]) -> Value<'c, R> {
        let result = self.code.fresh();
        for part in 0..K::PARTS {
            self.code.emit(Instruction::LocalGet(self.parts[part]));
            instructions.iter().for_each(|instruction| self.code.emit(instruction.clone()));
            self.code.emit(Instruction::LocalSet(result.parts[part]));
        }
        result
    }

    fn zip<R: Kind>(self, other: impl Operand<'c, K>, instruction: &Instruction<'static>) -> Value<'c, R> {
        let other = other.in_code(self.code);
        let result = self.code.fresh();
        for part in 0..K::PARTS {
            self.code.emit_all([
                Instruction::LocalGet(self.parts[part]),
                Instruction::LocalGet(other.parts[part]),
                instruction.clone(),
                Instruction::LocalSet(result.parts[part]),
            ]);
        }
        result
    }

    /// Half as many vectors: of each two, the chosen bytes.
    fn narrow<R: Kind>(self, bytes: [u8; 16]) -> Value<'c, R> {
        let result = self.code.fresh();
        for part in 0..R::PARTS {
            self.code.emit_all([
                Instruction::LocalGet(self.parts[2 * part]),
                Instruction::LocalGet(self.parts[2 * part + 1]),
                Instruction::I8x16Shuffle(bytes),
                Instruction::LocalSet(result.parts[part]),
            ]);
        }
        result
    }

    /// Twice as many vectors: of each one, `instruction` on its low half and then on its high half.
    fn widen<R: Kind>(self, instruction: &Instruction<'static>) -> Value<'c, R> {
        const HIGH_HALF: [u8; 16] = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
        let result = self.code.fresh();
        for part in 0..K::PARTS {
            let whole = Instruction::LocalGet(self.parts[part]);
            self.code.emit_all([whole.clone(), instruction.clone()]);
            self.code.emit(Instruction::LocalSet(result.parts[2 * part]));
            self.code.emit_all([whole.clone(), whole, Instruction::I8x16Shuffle(HIGH_HALF)]);
            self.code.emit_all([instruction.clone(), Instruction::LocalSet(result.parts[2 * part + 1])]);
        }
        result
    }
}
