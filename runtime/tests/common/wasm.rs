//! Kernels for the CPU backend, assembled by hand.

use artifact::{
    Access, Artifact, BufferBinding, Code, Conditions, Form, Interface, MemoryLayout, Params, UniformField,
    Wasm,
};
use wasm_encoder::{
    BlockType, CodeSection, ExportKind, ExportSection, Function, FunctionSection, InstructionSink, MemArg,
    MemorySection, MemoryType, Module, TypeSection, ValType,
};

/// Where the arguments of `run` lie.
const LANE_FROM: u32 = 1;
const LANE_TO: u32 = 2;
const ROW_FROM: u32 = 3;
const ROW_TO: u32 = 4;
const ROW: u32 = 5;
/// The locals that hold the thread id.
pub(crate) const ID: [u32; 3] = [6, 7, 8];
/// A local for the body.
pub(crate) const COUNTER: u32 = 9;
/// Where the uniform `t` lies in the params.
const T_OFFSET: u32 = 32;

/// What a body is written to.
pub(crate) struct Assembler<'a, 'b> {
    pub(crate) code: &'a mut InstructionSink<'b>,
    layout: MemoryLayout,
}

impl Assembler<'_, '_> {
    /// Pushes the index of this thread among all: `(z * height + y) * width + x`.
    pub(crate) fn index(&mut self) -> &mut Self {
        let [x, y, z] = ID;
        self.code.local_get(z);
        self.extent(1).code.i32_mul().local_get(y).i32_add();
        self.extent(0).code.i32_mul().local_get(x).i32_add();
        self
    }

    /// Pushes the extent of the run along an axis.
    pub(crate) fn extent(&mut self, axis: u32) -> &mut Self {
        self.code.i32_const(0).i32_load(word(MemoryLayout::PARAMS + u64::from(4 * axis)));
        self
    }

    /// Pushes the uniform `t`.
    pub(crate) fn uniform(&mut self) -> &mut Self {
        self.code.i32_const(0).f32_load(word(MemoryLayout::PARAMS + u64::from(T_OFFSET)));
        self
    }

    /// Replaces the index at the top by the float at it in a buffer.
    pub(crate) fn load(&mut self, buffer: usize) -> &mut Self {
        self.code.i32_const(4).i32_mul().f32_load(word(self.layout.buffers[buffer]));
        self
    }

    /// Pops a float that `value` pushes and an index below it, and stores the one at the other in a buffer.
    pub(crate) fn store(&mut self, buffer: usize, value: impl FnOnce(&mut Self)) {
        self.code.i32_const(4).i32_mul();
        value(self);
        self.code.f32_store(word(self.layout.buffers[buffer]));
    }

    /// Adds what `value` pushes to this thread's float in a buffer.
    pub(crate) fn add(&mut self, buffer: usize, value: impl FnOnce(&mut Self)) {
        self.index().store(buffer, |own| {
            own.index().load(buffer);
            value(own);
            own.code.f32_add();
        });
    }

    /// Traps if the control word is set.
    pub(crate) fn poll(&mut self) {
        poll(self.code);
    }
}

pub(crate) fn word(offset: u64) -> MemArg {
    MemArg { offset, align: 2, target: Default::default(), ordering: None }
}

fn poll(code: &mut InstructionSink<'_>) {
    code.i32_const(0).i32_atomic_load(word(MemoryLayout::CANCEL)).if_(BlockType::Empty).unreachable().end();
}

/// A kernel over all buffers of an interface, with lanes along x.
pub(crate) fn artifact(interface: &Interface, body: impl Fn(&mut Assembler<'_, '_>)) -> Artifact {
    along(0, interface, body)
}

/// A kernel with lanes along an axis.
pub(crate) fn along(
    lane_axis: usize,
    interface: &Interface,
    body: impl Fn(&mut Assembler<'_, '_>),
) -> Artifact {
    let binding = |buffer| BufferBinding { buffer, binding: buffer as u32 + 1, access: Access::ReadWrite };
    let common = module(lane_axis, interface, body);
    Artifact {
        interface: interface.clone(),
        code: Code::Wasm(Wasm {
            common,
            general: None,
            text: "by hand".into(),
            scratch: 0,
            starts: Vec::new(),
        }),
        common: Conditions::default(),
        buffers: (0..interface.buffers.len()).map(binding).collect(),
        canvas: interface.canvas.map(|_| interface.buffers.len() as u32 + 1),
        params: Params {
            uniforms: vec![UniformField { uniform: 0, form: Form::Single, offset: T_OFFSET }],
            size: 48,
            random: false,
        },
        lane_axis,
        axes_used: [true; 3],
        pattern: artifact::Pattern::Streaming,
        explanation: String::new(),
    }
}

/// A module as [`Wasm`] describes it.
pub(crate) fn module(
    lane_axis: usize,
    interface: &Interface,
    body: impl Fn(&mut Assembler<'_, '_>),
) -> Vec<u8> {
    let layout = MemoryLayout::of(interface);
    let pages = layout.pages;
    let mut function = Function::new([(5, ValType::I32)]);
    let mut code = function.instructions();
    let lane = ID[lane_axis];
    begin_loop(&mut code, ROW, ROW_FROM, ROW_TO);
    poll(&mut code);
    let others: Vec<usize> = (0..3).filter(|&axis| axis != lane_axis).collect();
    let extent = word(MemoryLayout::PARAMS + 4 * others[0] as u64);
    code.local_get(ROW).i32_const(0).i32_load(extent).i32_rem_u().local_set(ID[others[0]]);
    code.local_get(ROW).i32_const(0).i32_load(extent).i32_div_u().local_set(ID[others[1]]);
    begin_loop(&mut code, lane, LANE_FROM, LANE_TO);
    body(&mut Assembler { code: &mut code, layout });
    end_loop(&mut code, lane);
    end_loop(&mut code, ROW);
    code.end();
    wrap(pages, &function)
}

fn begin_loop(code: &mut InstructionSink<'_>, counter: u32, from: u32, to: u32) {
    code.local_get(from).local_set(counter).block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(counter).local_get(to).i32_ge_s().br_if(1);
}

fn end_loop(code: &mut InstructionSink<'_>, counter: u32) {
    code.local_get(counter).i32_const(1).i32_add().local_set(counter).br(0).end().end();
}

/// A module with this function and a memory of so many pages.
fn wrap(pages: u64, function: &Function) -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64, ValType::I32, ValType::I32, ValType::I32, ValType::I32], []);
    let (mut functions, mut memories) = (FunctionSection::new(), MemorySection::new());
    functions.function(0);
    memories.memory(MemoryType {
        minimum: pages,
        maximum: Some(pages),
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let (mut exports, mut codes) = (ExportSection::new(), CodeSection::new());
    exports.export(Wasm::MEMORY, ExportKind::Memory, 0).export(Wasm::ENTRY_POINT, ExportKind::Func, 0);
    codes.function(function);
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&codes);
    module.finish()
}
