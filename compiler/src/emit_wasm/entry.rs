//! The function that the engine calls: for each row and each group of eight along the lane axis, the kernel's body.

use artifact::Params;
use wasm_encoder::{Instruction as I, ValType};

use super::assume::{Affine, Assumptions, Range};
use super::code::{Code, LANES, Label};
use super::function::FunctionWriter;
use super::{Compiled, Context, Global};

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
    context.locals.set(context.locals.get().max(writer.code.local_count()));
    Compiled { parameters, results: Vec::new(), code: writer.code.finish() }
}

/// The body for most groups, and what it assumes of them.
struct Assumed {
    text: Vec<u8>,
    assumptions: Assumptions,
    /// Locals: the first lane for which the assumptions hold in this row, and from how many on they do not.
    from: u32,
    count: u32,
}

/// A body that is longer is not written twice, as that takes too long to compile.
const LONGEST_TWICE: usize = 12 * 1024;

/// How many blocks are open around the text for all groups, and around the one for most.
const GENERAL_DEPTH: u32 = 4;
const ASSUMED_DEPTH: u32 = 6;

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
        let assumed = self.assumed_body(thread);
        let general = self.body_apart(None, GENERAL_DEPTH).0;
        let others = self.other_axes();
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
        self.groups(assumed.as_ref(), &general, thread);
        self.code.get(ROW_FROM);
        self.code.int(1);
        self.code.emit(I::I32Add);
        self.code.set(ROW_FROM);
        self.code.branch(top);
        self.code.close();
        self.code.close();
    }

    /// The axes along which a row does not extend.
    fn other_axes(&self) -> [usize; 2] {
        match self.context.facts.lane_axis {
            0 => [1, 2],
            1 => [0, 2],
            _ => [0, 1],
        }
    }

    /// The body, kept apart.
    fn body_apart(&mut self, assumptions: Option<Assumptions>, depth: u32) -> (Vec<u8>, Option<Assumptions>) {
        let before = self.code.begin_apart(depth);
        // What is known of constants may be known only here.
        let locals = self.locals.clone();
        self.assumptions = assumptions;
        self.body();
        self.locals = locals;
        let text = self.code.end_apart(depth, before);
        self.affine.clear();
        (text, self.assumptions.take())
    }

    fn assumed_body(&mut self, thread: [u32; 3]) -> Option<Assumed> {
        for (axis, id) in thread.into_iter().enumerate() {
            self.affine.insert(id, Affine { axis, offset: 0 });
        }
        let (text, assumptions) = self.body_apart(Some(Assumptions::default()), ASSUMED_DEPTH);
        let assumptions = assumptions.filter(|_| text.len() <= LONGEST_TWICE)?;
        let [from, count] = [0; 2].map(|_: u32| self.code.local(ValType::I32));
        Some(Assumed { text, assumptions, from, count })
    }

    /// One row.
    fn groups(&mut self, assumed: Option<&Assumed>, general: &[u8], thread: [u32; 3]) {
        let lane = thread[self.context.facts.lane_axis];
        self.code.get(LANE_FROM);
        self.code.set(lane);
        if let Some(assumed) = assumed {
            self.find_assumed_part(assumed, thread);
        }
        let done = self.code.block();
        let top = self.code.repeat();
        self.code.get(lane);
        self.code.get(LANE_TO);
        self.code.emit(I::I32GeU);
        self.code.branch_if(done);
        if let Some(assumed) = assumed {
            self.assumed_groups(assumed, thread, top);
        }
        self.begin_group(thread);
        self.activate(lane);
        self.code.insert(general);
        self.next_group(lane);
        self.code.branch(top);
        self.code.close();
        self.code.close();
    }

    /// The groups from here on that are as assumed, in a loop of their own; then back to `top`.
    fn assumed_groups(&mut self, assumed: &Assumed, thread: [u32; 3], top: Label) {
        let lane = thread[self.context.facts.lane_axis];
        self.is_assumed(assumed, lane);
        self.code.when();
        let again = self.code.repeat();
        self.begin_group(thread);
        self.activate_all();
        self.code.insert(&assumed.text);
        self.next_group(lane);
        self.is_assumed(assumed, lane);
        self.code.branch_if(again);
        self.code.close();
        self.code.branch(top);
        self.code.close();
    }

    fn next_group(&mut self, lane: u32) {
        self.code.get(lane);
        self.code.int(artifact::Wasm::LANES as i32);
        self.code.emit(I::I32Add);
        self.code.set(lane);
    }

    fn begin_group(&mut self, thread: [u32; 3]) {
        self.allow_rounds();
        if self.context.facts.shares_thread_id {
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
    }

    /// Finds the part of a row in which a group may start that is as assumed: `count` lanes from `from` on, perhaps none.
    fn find_assumed_part(&mut self, assumed: &Assumed, thread: [u32; 3]) {
        let lane_axis = self.context.facts.lane_axis;
        let Range { low, high } = assumed.assumptions.ranges[lane_axis];
        let clamp = |bound: i64| bound.clamp(0, i64::from(i32::MAX)) as i32;
        let (low, high) = (clamp(low), clamp(high));
        self.code.int(low);
        self.code.set(assumed.from);
        // min(LANE_TO, high) - 7 - low, or nothing.
        self.code.get(LANE_TO);
        self.code.int(high);
        self.code.get(LANE_TO);
        self.code.int(high);
        self.code.emit(I::I32LtU);
        self.code.emit(I::Select);
        self.code.emit(I::I64ExtendI32U);
        self.code.emit(I::I64Const(7 + i64::from(low)));
        self.code.emit(I::I64Sub);
        let length = self.code.keep(ValType::I64);
        self.code.get(length);
        self.code.emit(I::I64Const(0));
        self.code.get(length);
        self.code.emit(I::I64Const(0));
        self.code.emit(I::I64GtS);
        self.code.emit(I::Select);
        self.code.emit(I::I32WrapI64);
        self.code.set(assumed.count);
        for axis in self.other_axes() {
            self.require(assumed, axis, thread[axis]);
        }
    }

    /// Makes the part empty if the index along another axis is not as assumed.
    fn require(&mut self, assumed: &Assumed, axis: usize, id: u32) {
        let Range { low, high } = assumed.assumptions.ranges[axis];
        let mut conditions = 0;
        if low > 0 || high < i64::from(i32::MAX) {
            self.code.get(id);
            self.code.emit(I::I64ExtendI32U);
            self.code.emit(I::I64Const(low));
            self.code.emit(I::I64Sub);
            self.code.emit(I::I64Const((high - low).max(0)));
            self.code.emit(I::I64LtU);
            conditions += 1;
        }
        for (_, index) in assumed.assumptions.excluded.iter().filter(|(excluded, _)| *excluded == axis) {
            self.code.get(id);
            self.code.emit(I::I64ExtendI32U);
            self.code.emit(I::I64Const(*index));
            self.code.emit(I::I64Ne);
            conditions += 1;
        }
        if conditions == 0 {
            return;
        }
        (1..conditions).for_each(|_| self.code.emit(I::I32And));
        self.code.get(assumed.count);
        self.code.emit(I::I32Mul);
        self.code.set(assumed.count);
    }

    /// Whether the group at `lane` is as assumed, on the stack.
    fn is_assumed(&mut self, assumed: &Assumed, lane: u32) {
        self.code.get(lane);
        self.code.get(assumed.from);
        self.code.emit(I::I32Sub);
        self.code.get(assumed.count);
        self.code.emit(I::I32LtU);
        let lane_axis = self.context.facts.lane_axis;
        for (_, index) in assumed.assumptions.excluded.iter().filter(|(axis, _)| *axis == lane_axis) {
            // No lane of the group is this one.
            self.code.emit(I::I64Const(*index));
            self.code.get(lane);
            self.code.emit(I::I64ExtendI32U);
            self.code.emit(I::I64Sub);
            self.code.emit(I::I64Const(i64::from(artifact::Wasm::LANES)));
            self.code.emit(I::I64GeU);
            self.code.emit(I::I32And);
        }
    }

    fn activate_all(&mut self) {
        for half in self.mask {
            self.code.words([u32::MAX; 4]);
            self.code.set(half);
        }
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
