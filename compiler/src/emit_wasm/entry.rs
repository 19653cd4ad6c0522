//! The function that the engine calls: for each row and each group of eight along the lane axis, the kernel's body.

use artifact::Params;
use wasm_encoder::{Instruction as I, ValType};

use super::code::{Code, LANES};
use super::function::FunctionWriter;
use super::{Compiled, Context, Global};
use crate::ir::{ExpressionKind, Function};

/// The parameters, as [`artifact::Wasm`] describes them.
const SCRATCH: u32 = 0;
const LANE_FROM: u32 = 1;
const LANE_TO: u32 = 2;
const ROW_FROM: u32 = 3;
const ROW_TO: u32 = 4;

pub(super) fn compile(context: &Context) -> Compiled {
    let mut parameters = vec![ValType::I64];
    parameters.extend([ValType::I32; 4]);
    let mut code = Code::new(parameters.len() as u32, context.is_large);
    let mask = code.pair();
    let mut writer = FunctionWriter::new(context, context.kernel.functions.len(), code, mask);
    writer.rows();
    Compiled { parameters, results: Vec::new(), code: writer.code.finish() }
}

impl FunctionWriter<'_> {
    fn rows(&mut self) {
        self.place_locals();
        self.load_uniforms();
        self.code.get(SCRATCH);
        if !self.context.is_large {
            self.code.emit(I::I32WrapI64);
        }
        self.code.set_global(Global::Scratch);
        let thread = [0; 3].map(|_: u32| self.code.local(ValType::I32));
        self.thread = Some(thread);
        let others: Vec<usize> = (0..3).filter(|&axis| axis != self.context.facts.lane_axis).collect();
        let offset = (Params::EXTENTS_OFFSET + 4 * others[0]) as u64;
        let count = self.code.load_param(offset, ValType::I32);
        let done = self.code.block();
        let top = self.code.repeat();
        self.code.get(ROW_FROM);
        self.code.get(ROW_TO);
        self.code.emit(I::I32GeU);
        self.code.branch_if(done);
        self.stop_on_demand();
        for (axis, operation) in others.into_iter().zip([I::I32RemU, I::I32DivU]) {
            self.code.get(ROW_FROM);
            self.code.get(count);
            self.code.emit(operation);
            self.code.set(thread[axis]);
        }
        self.groups(thread);
        self.code.get(ROW_FROM);
        self.code.int(1);
        self.code.emit(I::I32Add);
        self.code.set(ROW_FROM);
        self.code.branch(top);
        self.code.close();
        self.code.close();
    }

    /// One row.
    fn groups(&mut self, thread: [u32; 3]) {
        let lane = thread[self.context.facts.lane_axis];
        self.code.get(LANE_FROM);
        self.code.set(lane);
        let done = self.code.block();
        let top = self.code.repeat();
        self.code.get(lane);
        self.code.get(LANE_TO);
        self.code.emit(I::I32GeU);
        self.code.branch_if(done);
        self.activate(lane);
        if self.context.shares_thread() {
            for (id, global) in thread.into_iter().zip([Global::ThreadX, Global::ThreadY, Global::ThreadZ]) {
                self.code.get(id);
                self.code.set_global(global);
            }
        }
        if self.context.facts.random {
            for global in [Global::RandomLow, Global::RandomHigh] {
                self.code.words([0; 4]);
                self.code.set_global(global);
            }
        }
        self.body();
        self.code.get(lane);
        self.code.int(artifact::Wasm::LANES as i32);
        self.code.emit(I::I32Add);
        self.code.set(lane);
        self.code.branch(top);
        self.code.close();
        self.code.close();
    }

    /// Activates the lanes that are below the end.
    fn activate(&mut self, lane: u32) {
        self.code.get(LANE_TO);
        self.code.get(lane);
        self.code.emit(I::I32Sub);
        self.code.emit(I::I32x4Splat);
        let left = self.code.keep(ValType::V128);
        for (half, lanes) in self.mask.into_iter().zip(LANES) {
            self.code.get(left);
            self.code.words(lanes);
            self.code.emit(I::I32x4GtS);
            self.code.set(half);
        }
    }
}

impl Context<'_> {
    /// Whether functions need to know which thread they are called for.
    fn shares_thread(&self) -> bool {
        self.facts.random || self.kernel.functions.iter().any(uses_thread_id)
    }
}

fn uses_thread_id(function: &Function) -> bool {
    let mut found = false;
    function.body.walk_expressions(&mut |expression| found |= expression.kind == ExpressionKind::ThreadId);
    found
}
