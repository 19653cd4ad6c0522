//! Which values are the same in all invocations that are computed together, and where control flow parts them.
//!
//! The CPU backend computes eight neighbours along the lane axis at once. What is *uniform* among them is computed once; what is
//! *linear*, `base + lane`, is an index of neighbouring elements; the rest is *varying*. Where some neighbours go one way
//! and some another, control flow is *divergent*: the code runs for those that take it, under a mask.
//!
//! **Uniform among whom.** A value is uniform if it is the same in all invocations that are active where it is read. So a local that
//! is declared and used inside of a divergent region may be uniform there. What spoils this is an assignment in a region that only a
//! part of those enters, or leaves later, that see the local afterwards. So each divergent region has a *depth*, and a local
//! has that of its home: an assignment from a greater depth makes it varying, and has to be masked. The home of a local is the region
//! that declares it, or the loop behind its declaration if it is used nowhere else, as the counters of `for` are.
//!
//! Regions are: the branches of an `if` and the cases of a `switch` that do not all take together; a loop that they leave in
//! different rounds; the body of a loop that some leave early by `continue`; a scope or switch that some leave early. A `return`
//! makes no region: who has returned sees nothing any more.
//!
//! All of it depends on itself, so it starts with the assumption that everything is uniform and goes on until nothing changes.

#[cfg(test)]
mod tests;

use crate::collections::{Map, Set};

use super::mentions::Mentions;
use crate::ir::{
    BinaryOp, Block, Builtin, Expression, ExpressionKind, Function, FunctionId, Kernel, LabelId, LocalId,
    Place, Statement, StatementKind, Type,
};

/// How one component of a value differs among neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// The same in all lanes.
    #[default]
    Uniform,
    /// By one from each to the next: an integer.
    Linear,
    /// Different in some other way.
    Varying,
}

/// The shapes of up to four components.
pub type Shapes = [Shape; 4];

/// What is known of each function of a kernel; the entry is the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Uniformity {
    lane_axis: usize,
    functions: Vec<FunctionFacts>,
}

/// The shapes of one function's values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FunctionFacts {
    /// The shape of each local; none for one that is never set.
    locals: Vec<[Option<Shape>; 4]>,
    /// The depth of each local's home.
    depths: Vec<u32>,
    /// The locals that only one loop uses, the one behind their declaration.
    homes: Map<LocalId, LabelId>,
    /// The loops, scopes and switches that some leave by a `Break` before the others.
    breaks: Set<LabelId>,
    /// The loops of which some go on to the next round before the others.
    continues: Set<LabelId>,
    /// The loops that some leave in an earlier round than the others, by a `Break` or by the condition.
    loops: Set<LabelId>,
    /// Whether some return before the others.
    returns: bool,
    result: [Option<Shape>; 4],
}

/// Finds out how the values of a represented kernel differ among neighbours along `lane_axis`.
pub fn uniformity(kernel: &Kernel, lane_axis: usize) -> Uniformity {
    let functions = kernel.all_functions().map(FunctionFacts::new).collect();
    let mut facts = Uniformity { lane_axis, functions };
    loop {
        let before = facts.clone();
        // Callers stand after their callees, so going backwards parameters are known sooner.
        for (number, function) in kernel.all_functions().enumerate().collect::<Vec<_>>().into_iter().rev() {
            Walk { facts: &mut facts, number, targets: Vec::new() }.block(&function.body, 0);
        }
        if facts == before {
            return facts;
        }
    }
}

impl Uniformity {
    /// The shape of each component of a value in the function with this number.
    pub fn shapes(&self, number: usize, expression: &Expression) -> Shapes {
        use ExpressionKind as K;
        use Shape::Varying;
        let shapes = |operand| self.shapes(number, operand);
        match &expression.kind {
            K::Literal(_) | K::Uniform(_) => Shapes::default(),
            K::Local(local) => self.functions[number].local(*local),
            K::ThreadId => std::array::from_fn(|axis| match axis == self.lane_axis {
                true => Shape::Linear,
                false => Shape::Uniform,
            }),
            K::Load { index, .. } => {
                let is_uniform = index.iter().all(|index| shapes(index)[0] == Shape::Uniform);
                [if is_uniform { Shape::Uniform } else { Varying }; 4]
            }
            K::UniformElement { index, .. } => {
                [if shapes(index)[0] == Shape::Uniform { Shape::Uniform } else { Varying }; 4]
            }
            K::Element { .. } | K::ArrayOf(_) | K::Random => [Varying; 4],
            K::Component { vector, component } => [shapes(vector)[usize::from(*component & 3)]; 4],
            K::Swizzle { vector, components } => {
                let vector = shapes(vector);
                picked(components.iter().map(|&component| vector[usize::from(component & 3)]))
            }
            K::Compose(parts) => picked(
                parts.iter().flat_map(|part| shapes(part).into_iter().take(part.ty.components().into())),
            ),
            K::Splat(operand) => [shapes(operand)[0]; 4],
            K::InRange { index, .. } => shapes(index),
            K::Binary { op, left, right } => self.binary(number, *op, left, right),
            K::Builtin { builtin, arguments } if !is_componentwise(*builtin) => {
                [flat(arguments.iter().flat_map(|argument| components(argument.ty, shapes(argument)))); 4]
            }
            K::Unary { .. } | K::Select { .. } | K::Builtin { .. } | K::ToInt32(_) => {
                // Once for each operand, not for each component: nested calls would double at each level.
                let operands: Vec<(Type, Shapes)> =
                    expression.operands().into_iter().map(|operand| (operand.ty, shapes(operand))).collect();
                std::array::from_fn(|component| {
                    flat(operands.iter().map(|&(ty, shapes)| broadcast(ty, shapes, component)))
                })
            }
            K::Convert(operand) => {
                let keeps_bits = operand.ty.scalar().is_integer() && expression.ty.scalar().is_integer();
                shapes(operand).map(|shape| if keeps_bits { shape } else { flattened(shape) })
            }
            K::Call { function, .. } => self.functions[function.0 as usize].result().map(flattened),
        }
    }

    fn binary(&self, number: usize, op: BinaryOp, left: &Expression, right: &Expression) -> Shapes {
        let (lefts, rights) = (self.shapes(number, left), self.shapes(number, right));
        if op.is_comparison() {
            let all = components(left.ty, lefts).chain(components(right.ty, rights));
            return [flat(all); 4];
        }
        let is_integer = left.ty.scalar().is_integer() && right.ty.scalar().is_integer();
        std::array::from_fn(|component| {
            let left = broadcast(left.ty, lefts, component);
            let right = broadcast(right.ty, rights, component);
            match (op, left, right) {
                (BinaryOp::Add, Shape::Linear, Shape::Uniform) if is_integer => Shape::Linear,
                (BinaryOp::Add, Shape::Uniform, Shape::Linear) if is_integer => Shape::Linear,
                (BinaryOp::Subtract, Shape::Linear, Shape::Uniform) if is_integer => Shape::Linear,
                _ => flat([left, right].into_iter()),
            }
        })
    }

    /// The facts of the function with this number.
    pub fn function(&self, number: usize) -> &FunctionFacts {
        &self.functions[number]
    }

    /// Whether a condition or selector is the same for all.
    pub fn is_uniform(&self, number: usize, expression: &Expression) -> bool {
        self.shapes(number, expression)[0] == Shape::Uniform
    }
}

impl FunctionFacts {
    fn new(function: &Function) -> Self {
        let count = function.locals.len();
        let homes = Homes::of(function);
        Self { locals: vec![[None; 4]; count], depths: vec![0; count], homes, ..Self::default() }
    }

    /// The shapes of a local's components.
    pub fn local(&self, local: LocalId) -> Shapes {
        self.locals[local.0 as usize].map(Option::unwrap_or_default)
    }

    /// The depth of the region that a local belongs to: what is set from a greater one is masked.
    pub fn depth(&self, local: LocalId) -> u32 {
        self.depths[local.0 as usize]
    }

    /// Whether some leave this loop, scope or switch before the others.
    pub fn breaks_diverge(&self, label: LabelId) -> bool {
        self.breaks.contains(&label)
    }

    /// Whether some leave this loop in an earlier round than the others.
    pub fn loop_diverges(&self, label: LabelId) -> bool {
        self.loops.contains(&label)
    }

    /// Whether some go on to the next round of this loop before the others.
    pub fn continues_diverge(&self, label: LabelId) -> bool {
        self.continues.contains(&label)
    }

    /// Whether some return before the others.
    pub fn returns_diverge(&self) -> bool {
        self.returns
    }

    /// The shapes of what the function returns.
    pub fn result(&self) -> Shapes {
        self.result.map(Option::unwrap_or_default).map(flattened)
    }
}

/// One way through a function.
struct Walk<'a> {
    facts: &'a mut Uniformity,
    number: usize,
    targets: Vec<Target>,
}

/// A statement around the current one that can be left.
struct Target {
    label: LabelId,
    /// The depth from which leaving it is the same for all.
    break_depth: u32,
    /// Likewise for going on to the next round.
    continue_depth: u32,
}

impl Walk<'_> {
    fn own(&mut self) -> &mut FunctionFacts {
        &mut self.facts.functions[self.number]
    }

    fn block(&mut self, block: &Block, depth: u32) {
        for statement in &block.0 {
            self.statement(statement, depth);
        }
    }

    fn statement(&mut self, statement: &Statement, depth: u32) {
        use StatementKind as K;
        for expression in statement.expressions() {
            self.calls(expression);
        }
        match &statement.kind {
            K::Declare { local, value } => self.declare(*local, value.as_ref(), depth),
            K::Assign { place, value } => self.assign(place, value, depth),
            // Each thread finds what the one before it has left.
            K::Update { old, .. } => {
                self.own().depths[old.0 as usize] = depth;
                self.set(*old, [Shape::Varying; 4]);
            }
            K::If { condition, accept, reject } => {
                let inner = depth + u32::from(!self.facts.is_uniform(self.number, condition));
                self.block(accept, inner);
                self.block(reject, inner);
            }
            K::Loop { label, prelude, condition, body, update, .. } => {
                if condition.as_ref().is_some_and(|test| !self.facts.is_uniform(self.number, test)) {
                    self.own().loops.insert(*label);
                }
                let inner = depth + u32::from(self.own().loops.contains(label));
                let inside = inner + u32::from(self.own().continues.contains(label));
                self.targets.push(Target { label: *label, break_depth: inner, continue_depth: inside });
                self.block(prelude, inner);
                self.block(body, inside);
                self.block(update, inner);
                self.targets.pop();
            }
            K::Scope { label, body } => {
                let inner = depth + u32::from(self.own().breaks.contains(label));
                self.targets.push(Target { label: *label, break_depth: inner, continue_depth: 0 });
                self.block(body, inner);
                self.targets.pop();
            }
            K::Switch { label, selector, .. } => {
                let is_uniform = self.facts.is_uniform(self.number, selector);
                let inner = depth + u32::from(!is_uniform || self.own().breaks.contains(label));
                self.targets.push(Target { label: *label, break_depth: inner, continue_depth: 0 });
                for block in statement.blocks() {
                    self.block(block, inner);
                }
                self.targets.pop();
            }
            K::Break(label) => {
                if self.target(*label).is_some_and(|target| depth > target.break_depth) {
                    self.own().breaks.insert(*label);
                    self.own().loops.insert(*label);
                }
            }
            K::Continue(label) => {
                if self.target(*label).is_some_and(|target| depth > target.continue_depth) {
                    self.own().continues.insert(*label);
                }
            }
            K::Return(value) => self.give(value.as_ref(), depth),
            K::Evaluate(_) | K::SetPixel { .. } => {}
        }
    }

    fn target(&self, label: LabelId) -> Option<&Target> {
        self.targets.iter().find(|target| target.label == label)
    }

    fn declare(&mut self, local: LocalId, value: Option<&Expression>, depth: u32) {
        let shapes = value.map_or(Shapes::default(), |value| self.facts.shapes(self.number, value));
        let own = self.own();
        // A loop that some leave before the others is a region of its own.
        let home = own.homes.get(&local).copied();
        own.depths[local.0 as usize] = depth;
        if let Some(label) = home
            && own.loops.contains(&label)
        {
            own.depths[local.0 as usize] += 1;
        }
        self.set(local, shapes);
    }

    fn assign(&mut self, place: &Place, value: &Expression, depth: u32) {
        let shapes = self.facts.shapes(self.number, value);
        let masked = |own: &FunctionFacts, local: LocalId| depth > own.depth(local);
        match place {
            Place::Local(local) => {
                let shapes = if masked(self.own(), *local) { [Shape::Varying; 4] } else { shapes };
                self.set(*local, shapes);
            }
            Place::Component { local, component } => {
                let shape = if masked(self.own(), *local) { Shape::Varying } else { shapes[0] };
                join(&mut self.own().locals[local.0 as usize][usize::from(*component & 3)], shape);
            }
            // Arrays lie in memory, an element for each invocation.
            Place::Element { .. } | Place::Buffer { .. } => {}
        }
    }

    fn set(&mut self, local: LocalId, shapes: Shapes) {
        for (known, shape) in self.own().locals[local.0 as usize].iter_mut().zip(shapes) {
            join(known, shape);
        }
    }

    fn give(&mut self, value: Option<&Expression>, depth: u32) {
        self.own().returns |= depth > 0;
        let diverges = self.own().returns;
        let Some(value) = value else { return };
        let shapes = self.facts.shapes(self.number, value);
        for (known, shape) in self.own().result.iter_mut().zip(shapes) {
            join(known, if diverges { Shape::Varying } else { shape });
        }
    }

    /// What is passed to functions.
    fn calls(&mut self, expression: &Expression) {
        let mut passed = Vec::new();
        expression.walk(&mut |expression| {
            if let ExpressionKind::Call { function, arguments } = &expression.kind {
                for (argument, position) in arguments.iter().zip(0..) {
                    passed.push((*function, position, self.facts.shapes(self.number, argument)));
                }
            }
        });
        for (FunctionId(function), position, shapes) in passed {
            // Parameters are the first locals.
            let callee = &mut self.facts.functions[function as usize];
            for (known, shape) in callee.locals[position].iter_mut().zip(shapes) {
                join(known, shape);
            }
        }
    }
}

/// Adds a shape to what is known.
fn join(known: &mut Option<Shape>, shape: Shape) {
    *known = match *known {
        Some(known) if known != shape => Some(Shape::Varying),
        _ => Some(shape),
    };
}

/// A shape where a base is of no use.
fn flattened(shape: Shape) -> Shape {
    if shape == Shape::Linear { Shape::Varying } else { shape }
}

/// The shape of what is made of all these.
fn flat(mut shapes: impl Iterator<Item = Shape>) -> Shape {
    if shapes.all(|shape| shape == Shape::Uniform) { Shape::Uniform } else { Shape::Varying }
}

fn picked(shapes: impl Iterator<Item = Shape>) -> Shapes {
    let mut picked = Shapes::default();
    picked.iter_mut().zip(shapes).for_each(|(slot, shape)| *slot = shape);
    picked
}

/// The shapes of the components that a type has.
fn components(ty: Type, shapes: Shapes) -> impl Iterator<Item = Shape> {
    shapes.into_iter().take(ty.components().into())
}

/// The shape that goes with this component of the other operand: a scalar goes with each.
fn broadcast(ty: Type, shapes: Shapes, component: usize) -> Shape {
    if ty.components() == 1 { shapes[0] } else { shapes[component] }
}

/// Whether each component of the result depends on the same component of the operands only.
pub fn is_componentwise(builtin: Builtin) -> bool {
    use crate::ir::builtins::Signature;
    matches!(builtin.row().signature, Signature::Componentwise(_) | Signature::Numbers(_))
}

/// Finds the locals that only one loop behind their declaration uses.
struct Homes<'a> {
    mentions: &'a Mentions,
    /// The block that declares each local, as far as blocks have been looked at.
    declared: Vec<usize>,
    /// How often the loop at hand names each local.
    counts: Vec<u32>,
    blocks: usize,
    found: Map<LocalId, LabelId>,
}

impl Homes<'_> {
    fn of(function: &Function) -> Map<LocalId, LabelId> {
        let (count, mentions) = (function.locals.len(), Mentions::of(function));
        let (declared, counts) = (vec![0; count], vec![0; count]);
        let mut homes = Homes { mentions: &mentions, declared, counts, blocks: 0, found: Map::new() };
        homes.block(&function.body);
        homes.found
    }

    fn block(&mut self, block: &Block) {
        self.blocks += 1;
        let number = self.blocks;
        for statement in &block.0 {
            match &statement.kind {
                StatementKind::Declare { local, .. } => self.declared[local.0 as usize] = number,
                StatementKind::Loop { label, .. } => self.loop_of(statement, *label, number),
                _ => {}
            }
            statement.blocks().into_iter().for_each(|inner| self.block(inner));
        }
    }

    /// Of a local of this block the declaration is the only one that stands before the loop.
    fn loop_of(&mut self, statement: &Statement, label: LabelId, block: usize) {
        statement.locals(&mut |local| self.counts[local.0 as usize] += 1);
        statement.locals(&mut |local| {
            let count = std::mem::take(&mut self.counts[local.0 as usize]);
            let is_all = count > 0 && count + 1 == self.mentions.count(local);
            if is_all && self.declared[local.0 as usize] == block {
                self.found.insert(local, label);
            }
        });
    }
}
