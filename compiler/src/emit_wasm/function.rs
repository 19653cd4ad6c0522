//! One function: where its locals lie, what it is called with, what it returns.

use artifact::Form;
use wasm_encoder::{Instruction, ValType};

use super::arrays::component_bytes;
use super::assume::{AffineLocals, Assumptions};
use super::code::{Code, Label, Pair, Quad, Uniform};
use super::{Compiled, Context};
use crate::analysis::counters::Starts;
use crate::analysis::form;
use crate::analysis::uniformity::{FunctionFacts, Shape};
use crate::ir::{Expression, ExpressionKind, Function, LabelId, LocalId, Scalar, Type};

/// One component of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// The same in all lanes; a boolean is 0 or 1.
    Uniform(Uniform),
    /// An integer that grows by one from lane to lane: that of the first lane.
    Linear(Uniform),
    /// A boolean is a mask of ones or zeros.
    Varying(Pair),
    /// A double that differs.
    Wide(Quad),
}

/// Where a local lies.
#[derive(Clone, Debug)]
pub(super) enum Storage {
    /// In WebAssembly locals, component by component.
    Components(Vec<Value>),
    /// In scratch memory: for each element and each component, eight words.
    Memory { offset: u32, length: u32, components: u8 },
}

/// A statement around the current one that can be left.
pub(super) struct Target {
    pub(super) label: LabelId,
    /// Where a `Break` goes from the depth that is given, and where a `Continue` does.
    pub(super) leave: (Label, u32),
    pub(super) next: Option<(Label, u32)>,
    /// Who has left by a `Break`, and who by a `Continue` in this round, where others have not.
    pub(super) left: Option<Pair>,
    pub(super) skipped: Option<Pair>,
}

/// Writes one function.
pub(super) struct FunctionWriter<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) number: usize,
    pub(super) function: &'a Function,
    pub(super) code: Code,
    pub(super) locals: Vec<Storage>,
    /// The values of the uniforms it reads, by position in the interface.
    pub(super) uniforms: Vec<((usize, Form), Vec<Uniform>)>,
    /// The thread id, where it does not lie in globals.
    pub(super) thread: Option<[u32; 3]>,
    /// Which lanes are active.
    pub(super) mask: Pair,
    /// How many divergent regions there are around: see [`crate::analysis::uniformity`].
    pub(super) depth: u32,
    /// How many of them narrow the mask. The others are entered by all lanes, as is assumed.
    pub(super) narrowed: u32,
    pub(super) targets: Vec<Target>,
    /// The end of the innermost region: where to go when no lane is active.
    pub(super) skip: Label,
    /// The end of the function.
    pub(super) end: Label,
    /// The lanes that have returned, where others have not.
    pub(super) returned: Option<Pair>,
    pub(super) result: Vec<Value>,
    /// The counters of the loops around that are known to be below these limits, and not negative.
    pub(super) limits: Vec<(Uniform, u32)>,
    /// The initial values of its locals.
    pub(super) starts: Starts,
    /// The locals that hold a thread index plus a constant.
    pub(super) affine: AffineLocals,
    /// The assumptions so far, where assumptions are allowed.
    pub(super) assumptions: Option<Assumptions>,
}

/// Compiles a user's function: its parameters are the mask, then those of the IR.
pub(super) fn compile(context: &Context, number: usize) -> Compiled {
    let function = &context.kernel.functions[number];
    let facts = context.uniformity.function(number);
    let mut parameters = vec![ValType::V128; 2];
    for &parameter in &function.parameters {
        let ty = function.local(parameter).ty;
        for component in 0..usize::from(ty.components()) {
            parameters.extend(types(facts.local(parameter)[component], ty.scalar()));
        }
    }
    let code = Code::new(parameters.len() as u32, context.is_large);
    let mut writer = FunctionWriter::new(context, number, code, [0, 1]);
    writer.parameters();
    writer.load_uniforms();
    let result = function.result.map_or(Vec::new(), |ty| writer.slots(facts.result(), ty));
    writer.result = result;
    writer.body();
    let mut results = Vec::new();
    if let Some(ty) = function.result {
        writer.pass(&writer.result.clone(), facts.result(), ty.scalar());
        let shapes = facts.result().into_iter().take(ty.components().into());
        results.extend(shapes.flat_map(|shape| types(shape, ty.scalar())));
    }
    context.locals.set(context.locals.get().max(writer.code.local_count()));
    Compiled { parameters, results, code: writer.code.finish() }
}

/// What WebAssembly holds a component of this shape in.
fn types(shape: Shape, scalar: Scalar) -> Vec<ValType> {
    match shape {
        Shape::Uniform | Shape::Linear => vec![scalar_type(scalar)],
        Shape::Varying if scalar == Scalar::F64 => vec![ValType::V128; 4],
        Shape::Varying => vec![ValType::V128; 2],
    }
}

/// What WebAssembly holds a scalar in.
pub(super) fn scalar_type(scalar: Scalar) -> ValType {
    match scalar {
        Scalar::F32 => ValType::F32,
        Scalar::F64 => ValType::F64,
        _ => ValType::I32,
    }
}

impl<'a> FunctionWriter<'a> {
    /// A writer for the function of this number, without anything in it yet.
    pub(super) fn new(context: &'a Context<'a>, number: usize, code: Code, mask: Pair) -> Self {
        let functions = &context.kernel.functions;
        let function = functions.get(number).unwrap_or(&context.kernel.entry);
        Self {
            context,
            number,
            function,
            code,
            locals: Vec::new(),
            uniforms: Vec::new(),
            thread: None,
            mask,
            depth: 0,
            narrowed: 0,
            targets: Vec::new(),
            skip: Label::FUNCTION,
            end: Label::FUNCTION,
            returned: None,
            result: Vec::new(),
            limits: Vec::new(),
            starts: Starts::of(function),
            affine: AffineLocals::new(),
            assumptions: None,
        }
    }

    pub(super) fn facts(&self) -> &'a FunctionFacts {
        self.context.uniformity.function(self.number)
    }

    /// The whole body, in a block that returning leaves.
    pub(super) fn body(&mut self) {
        self.note_returns();
        self.end = self.code.block();
        self.skip = self.end;
        self.block(&self.function.body);
        self.code.close();
    }

    /// Finds a place for each local; that of a parameter is the parameter.
    fn parameters(&mut self) {
        let mut next = 2;
        for position in 0..self.function.parameters.len() {
            let ty = self.function.locals[position].ty;
            let shapes = self.facts().local(LocalId(position as u32));
            let components = (0..usize::from(ty.components())).map(|component| {
                let first = next;
                match shapes[component] {
                    Shape::Uniform => Value::Uniform(Uniform::Local({
                        next += 1;
                        first
                    })),
                    Shape::Linear => Value::Linear(Uniform::Local({
                        next += 1;
                        first
                    })),
                    Shape::Varying if ty.scalar() == Scalar::F64 => Value::Wide({
                        next += 4;
                        [[first, first + 1], [first + 2, first + 3]]
                    }),
                    Shape::Varying => Value::Varying({
                        next += 2;
                        [first, first + 1]
                    }),
                }
            });
            let components = components.collect();
            self.locals.push(Storage::Components(components));
        }
        self.place_locals();
    }

    /// Finds a place for each local that has none.
    pub(super) fn place_locals(&mut self) {
        for position in self.locals.len()..self.function.locals.len() {
            let ty = self.function.locals[position].ty;
            let storage = match ty {
                Type::Array { components, length, .. } => {
                    let bytes = component_bytes(ty.scalar());
                    let offset = self.context.reserve(length * u32::from(components) * bytes);
                    Storage::Memory { offset, length, components }
                }
                _ => {
                    let shapes = self.facts().local(LocalId(position as u32));
                    Storage::Components(self.slots(shapes, ty))
                }
            };
            self.locals.push(storage);
        }
    }

    /// New locals for the components of a value.
    pub(super) fn slots(&mut self, shapes: [Shape; 4], ty: Type) -> Vec<Value> {
        let scalar = scalar_type(ty.scalar());
        let slot = |&shape: &Shape| match shape {
            Shape::Uniform => Value::Uniform(Uniform::Local(self.code.local(scalar))),
            Shape::Linear => Value::Linear(Uniform::Local(self.code.local(scalar))),
            Shape::Varying if ty.scalar() == Scalar::F64 => Value::Wide(self.code.quad()),
            Shape::Varying => Value::Varying(self.code.pair()),
        };
        shapes[..usize::from(ty.components())].iter().map(slot).collect()
    }

    /// Reads the uniforms once, as they are the same for the whole run.
    pub(super) fn load_uniforms(&mut self) {
        let mut used = crate::collections::Set::default();
        self.function.body.walk_expressions(&mut |expression| {
            if let ExpressionKind::Uniform(uniform) = expression.kind {
                used.insert((uniform, form(expression.ty.scalar())));
            }
        });
        for (uniform, form) in used {
            let Some(offset) = self.context.uniform_offset(uniform, form) else { continue };
            let components = self.context.interface.uniforms[uniform].ty.components() as u64;
            let (scalar, bytes) = match form {
                Form::Single => (ValType::F32, 4),
                Form::Integer => (ValType::I32, 4),
                Form::Double => (ValType::F64, 8),
            };
            let words = (0..components)
                .map(|word| Uniform::Local(self.code.load_param(offset + bytes * word, scalar)));
            let words = words.collect();
            self.uniforms.push(((uniform, form), words));
        }
    }

    /// The components of a value of this type as they are passed to functions, in the shapes that these expect.
    pub(super) fn pass(&mut self, values: &[Value], shapes: [Shape; 4], scalar: Scalar) {
        for (&value, shape) in values.iter().zip(shapes) {
            match (shape, value) {
                (Shape::Uniform, Value::Uniform(value)) | (Shape::Linear, Value::Linear(value)) => {
                    self.code.uniform(value, scalar_type(scalar));
                }
                (Shape::Uniform | Shape::Linear, _) => unreachable!("the analysis says how values differ"),
                (Shape::Varying, value) => {
                    let lanes = self.all_lanes(value, scalar);
                    self.push_lanes_of(lanes);
                }
            }
        }
    }

    /// Calls a user's function for the lanes that are active.
    pub(super) fn call(&mut self, function: usize, arguments: &[Expression]) -> Vec<Value> {
        let callee = &self.context.kernel.functions[function];
        let facts = self.context.uniformity.function(function);
        let values: Vec<Vec<Value>> = arguments.iter().map(|argument| self.value(argument)).collect();
        self.code.get_pair(self.mask);
        for ((values, argument), &parameter) in values.iter().zip(arguments).zip(&callee.parameters) {
            self.pass(values, facts.local(parameter), argument.ty.scalar());
        }
        self.code.emit(Instruction::Call(function as u32));
        let Some(ty) = callee.result else { return Vec::new() };
        let results = self.slots(facts.result(), ty);
        self.pop(&results);
        results
    }

    /// Sets components, all locals, to what is on the stack.
    pub(super) fn pop(&mut self, slots: &[Value]) {
        for slot in slots.iter().rev() {
            match *slot {
                Value::Uniform(Uniform::Local(local)) | Value::Linear(Uniform::Local(local)) => {
                    self.code.set(local);
                }
                Value::Varying([low, high]) => {
                    self.code.set(high);
                    self.code.set(low);
                }
                Value::Wide(quad) => {
                    for local in quad.into_iter().flatten().rev() {
                        self.code.set(local);
                    }
                }
                Value::Uniform(_) | Value::Linear(_) => unreachable!("constants are not set"),
            }
        }
    }
}
