//! The IR as WebAssembly with SIMD: a single program over multiple data, eight invocations at once.
//!
//! The eight are neighbours along the lane axis. What is the same for all of them ([`crate::analysis::uniformity`]) is computed once, in
//! WebAssembly's scalars; what differs lies in two vectors of four lanes, so that the processor always has two independent
//! chains of work. Where the eight part, both ways are run under a mask of those that are active; a way that nobody takes is skipped.
//!
//! | module | what |
//! |---|---|
//! | `function` | one function: where its locals lie, its parameters and results |
//! | `statements`, `control` | statements, and where control flow parts the lanes |
//! | `stop` | loops that stop |
//! | `expressions`, `operators`, `builtins` | values |
//! | `doubles` | values of 64 bits, in four vectors |
//! | `memory`, `elements`, `arrays` | loads and stores, in and out of range |
//! | `assume` | what is assumed of most groups, so that they need no checks |
//! | `helpers` | the functions that those call |
//! | `entry` | the function that the engine calls: rows, groups of eight, and whether to stop |
//! | `math` | sine, power and their kin |
//! | `code` | instructions and locals |
//!
//! Nothing traps but what is to stop: divisions are done in floating point, and indices are checked as K4 asks.

mod arrays;
mod assume;
mod builtins;
mod code;
mod control;
mod doubles;
mod elements;
mod entry;
mod expressions;
mod function;
mod helpers;
pub mod math;
mod memory;
mod operators;
mod statements;
mod steps;
mod stop;

use std::cell::{Cell, RefCell};

use artifact::{Form, Interface, MemoryLayout, Wasm};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, FunctionSection, GlobalSection, GlobalType,
    MemorySection, MemoryType, Module as Encoder, TypeSection, ValType,
};

use crate::analysis::AccessFacts;
use crate::analysis::uniformity::{Uniformity, uniformity};
use crate::bindings::Bindings;
use crate::ir::Kernel;
use helpers::Helper;
use stop::Repeats;

/// A kernel as a module.
pub struct Module {
    /// The module.
    pub bytes: Vec<u8>,
    /// The bytes of scratch memory that a call needs.
    pub scratch: u32,
    /// How many locals its largest function has, parameters included.
    pub locals: u32,
}

/// Emits a kernel, which was written as `source`, for `interface`; `facts` are those of [`crate::analysis::access`] on it, or on its other
/// text.
pub fn emit(
    kernel: &Kernel,
    source: &str,
    interface: &Interface,
    facts: &AccessFacts,
    bindings: &Bindings,
) -> Module {
    let layout = MemoryLayout::of(interface);
    let context = Context {
        kernel,
        interface,
        facts,
        bindings,
        uniformity: uniformity(kernel, facts.lane_axis),
        repeats: Repeats::of(kernel, source),
        is_large: layout.is_large(),
        layout,
        helpers: RefCell::default(),
        scratch: Cell::new(0),
        locals: Cell::new(0),
    };
    let mut functions: Vec<Compiled> =
        (0..kernel.functions.len()).map(|number| function::compile(&context, number)).collect();
    functions.push(entry::compile(&context));
    // Each helper once, in the order in which they were first needed.
    let mut done = 0;
    while let Some(helper) = context.helper(done) {
        functions.push(helpers::compile(&context, helper));
        done += 1;
    }
    Module { bytes: context.module(functions), scratch: context.scratch.get(), locals: context.locals.get() }
}

/// A function and its type.
struct Compiled {
    parameters: Vec<ValType>,
    results: Vec<ValType>,
    code: wasm_encoder::Function,
}

/// The module-wide tables that every part of the emitter reads.
struct Context<'a> {
    kernel: &'a Kernel,
    interface: &'a Interface,
    facts: &'a AccessFacts,
    bindings: &'a Bindings,
    uniformity: Uniformity,
    repeats: Repeats,
    layout: MemoryLayout,
    /// Whether addresses have 64 bits.
    is_large: bool,
    /// The helpers in use, in the order of their functions.
    helpers: RefCell<Vec<Helper>>,
    /// The bytes of scratch memory that the arrays take so far.
    scratch: Cell<u32>,
    /// How many locals the largest of the kernel's functions has.
    locals: Cell<u32>,
}

/// The globals of a module: what functions need to know of the invocations they are called for.
enum Global {
    /// Where this call's scratch memory starts.
    Scratch,
    /// The thread id; along the lane axis, that of the first lane.
    ThreadX,
    ThreadY,
    ThreadZ,
    /// How many random numbers each lane has drawn.
    RandomLow,
    RandomHigh,
    /// How many rounds loops that are not known to end may make before they look, and how often they may look.
    Rounds,
    Strides,
}

impl Context<'_> {
    /// The number of the function that the engine calls.
    fn entry(&self) -> u32 {
        self.kernel.functions.len() as u32
    }

    /// The number of a helper's function.
    fn index_of(&self, helper: Helper) -> u32 {
        let mut helpers = self.helpers.borrow_mut();
        let position = helpers.iter().position(|&known| known == helper).unwrap_or_else(|| {
            helpers.push(helper);
            helpers.len() - 1
        });
        self.entry() + 1 + position as u32
    }

    fn helper(&self, position: usize) -> Option<Helper> {
        self.helpers.borrow().get(position).copied()
    }

    fn module(&self, functions: Vec<Compiled>) -> Vec<u8> {
        let (mut types, mut declared, mut code) =
            (TypeSection::new(), FunctionSection::new(), CodeSection::new());
        for (function, number) in functions.iter().zip(0..) {
            types.ty().function(function.parameters.clone(), function.results.clone());
            declared.function(number);
            code.function(&function.code);
        }
        let mut memory = MemorySection::new();
        let grows = !self.bindings.starts.is_empty();
        memory.memory(MemoryType {
            minimum: self.layout.pages,
            maximum: Some(if grows { self.layout.most_pages() } else { self.layout.pages }),
            memory64: self.is_large,
            shared: false,
            page_size_log2: None,
        });
        let mut exports = ExportSection::new();
        exports.export(Wasm::MEMORY, ExportKind::Memory, 0);
        exports.export(Wasm::ENTRY_POINT, ExportKind::Func, self.entry());
        let mut module = Encoder::new();
        module.section(&types).section(&declared).section(&memory).section(&self.globals());
        module.section(&exports).section(&code);
        module.finish()
    }

    fn globals(&self) -> GlobalSection {
        let mut globals = GlobalSection::new();
        let mut add = |val_type, zero: &ConstExpr| {
            globals.global(GlobalType { val_type, mutable: true, shared: false }, zero);
        };
        let zero = if self.is_large { ConstExpr::i64_const(0) } else { ConstExpr::i32_const(0) };
        add(if self.is_large { ValType::I64 } else { ValType::I32 }, &zero);
        (0..3).for_each(|_| add(ValType::I32, &ConstExpr::i32_const(0)));
        (0..2).for_each(|_| add(ValType::V128, &ConstExpr::v128_const(0)));
        (0..2).for_each(|_| add(ValType::I32, &ConstExpr::i32_const(0)));
        globals
    }

    /// Where a uniform lies in the params in this form.
    fn uniform_offset(&self, uniform: usize, form: Form) -> Option<u64> {
        let fields = &self.bindings.params.uniforms;
        let field = fields.iter().find(|field| field.uniform == uniform && field.form == form)?;
        Some(u64::from(field.offset))
    }

    /// Where the params tell the start of a resizable buffer.
    fn start_offset(&self, buffer: usize) -> Option<u64> {
        let (_, offset) = self.bindings.starts.iter().find(|(resizable, _)| *resizable == buffer)?;
        Some(u64::from(*offset))
    }

    /// Sets aside scratch memory; the offset from its start.
    fn reserve(&self, bytes: u32) -> u32 {
        let start = self.scratch.get();
        self.scratch.set(start + bytes.next_multiple_of(16));
        start
    }
}
