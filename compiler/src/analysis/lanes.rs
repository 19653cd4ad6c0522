//! Which thread index should vary fastest among neighbouring invocations.
//!
//! Neighbours that touch neighbouring addresses share memory transactions. So each access votes for the thread index
//! that alone decides its contiguous index: the last one of a buffer, the column of a pixel. Accesses in loops count
//! more. A wrong answer costs time, never correctness, so the model is simple: it follows thread indices through
//! locals and parameters, component by component, and ignores by how much they are scaled.

use crate::ir::{
    Block, Expression, ExpressionKind, Function, Kernel, LocalId, Place, Statement, StatementKind,
};

/// A set of thread indices that a value depends on, with a fourth bit for what was read from memory.
type Axes = u8;

/// A value read from memory may be anything.
const MEMORY: Axes = 8;

/// How much more an access counts for each loop around it.
const LOOP_WEIGHT: u64 = 8;
/// From this depth on, more loops count no more.
const MAX_DEPTH: u32 = 6;

/// The thread index, 0 to 2, that most contiguous accesses follow; 0 if there is none.
pub(super) fn lane_axis(kernel: &Kernel) -> usize {
    let mut parameters: Vec<Vec<[Axes; 4]>> =
        kernel.functions.iter().map(|function| vec![[0; 4]; function.parameters.len()]).collect();
    let mut votes = [0; 3];
    visit(&kernel.entry, &[], &mut parameters, &mut votes);
    // Callers stand after their callees, so going backwards every call is seen before the callee is.
    for position in (0..kernel.functions.len()).rev() {
        let passed = std::mem::take(&mut parameters[position]);
        visit(&kernel.functions[position], &passed, &mut parameters, &mut votes);
    }
    let best = votes.into_iter().max().unwrap_or(0);
    votes.iter().position(|&vote| vote == best).unwrap_or(0)
}

fn visit(function: &Function, passed: &[[Axes; 4]], parameters: &mut [Vec<[Axes; 4]>], votes: &mut [u64; 3]) {
    let flow = Flow::of(function, passed);
    flow.vote(&function.body, 0, votes);
    function.body.walk_expressions(&mut |expression| {
        let ExpressionKind::Call { function, arguments } = &expression.kind else { return };
        let Some(parameters) = parameters.get_mut(function.0 as usize) else { return };
        for (parameter, argument) in parameters.iter_mut().zip(arguments) {
            merge(parameter, flow.axes(argument));
        }
    });
}

/// The thread axes that each local of a function depends on.
struct Flow {
    locals: Vec<[Axes; 4]>,
}

impl Flow {
    fn of(function: &Function, passed: &[[Axes; 4]]) -> Self {
        let mut flow = Self { locals: vec![[0; 4]; function.locals.len()] };
        for (&parameter, &axes) in function.parameters.iter().zip(passed) {
            flow.add(parameter, axes);
        }
        // Sets only grow, and there are few bits: this ends soon.
        while flow.propagate(&function.body) {}
        flow
    }

    /// Adds what one pass over the statements teaches; says whether that was anything.
    fn propagate(&mut self, body: &Block) -> bool {
        let mut changed = false;
        body.walk(&mut |statement| {
            changed |= match &statement.kind {
                StatementKind::Declare { local, value: Some(value) }
                | StatementKind::Assign { place: Place::Local(local), value } => {
                    let axes = self.axes(value);
                    self.add(*local, axes)
                }
                StatementKind::Assign { place: Place::Component { local, component }, value } => {
                    let mut axes = [0; 4];
                    axes[usize::from(*component & 3)] = union(self.axes(value));
                    self.add(*local, axes)
                }
                StatementKind::Assign { place: Place::Element { array: local, .. }, .. }
                | StatementKind::Update { old: local, .. } => self.add(*local, [MEMORY; 4]),
                _ => false,
            };
        });
        changed
    }

    fn add(&mut self, local: LocalId, axes: [Axes; 4]) -> bool {
        self.locals.get_mut(local.0 as usize).is_some_and(|known| merge(known, axes))
    }

    /// What each component of a value depends on; a scalar's only component is repeated.
    fn axes(&self, expression: &Expression) -> [Axes; 4] {
        use ExpressionKind as K;
        match &expression.kind {
            K::Literal(_) | K::Uniform(_) => [0; 4],
            K::Local(local) => self.locals.get(local.0 as usize).copied().unwrap_or([MEMORY; 4]),
            K::ThreadId => [1, 2, 4, 0],
            K::Load { .. } | K::Element { .. } | K::UniformElement { .. } | K::Random => [MEMORY; 4],
            K::Component { vector, component } => [self.axes(vector)[usize::from(*component & 3)]; 4],
            K::Swizzle { vector, components } => {
                let axes = self.axes(vector);
                picked(components.iter().map(|&component| axes[usize::from(component & 3)]))
            }
            K::Compose(parts) => picked(
                parts
                    .iter()
                    .flat_map(|part| self.axes(part).into_iter().take(usize::from(part.ty.components()))),
            ),
            K::Splat(_)
            | K::Unary { .. }
            | K::Binary { .. }
            | K::Convert(_)
            | K::ToInt32(_)
            | K::InRange { .. } => {
                let mut axes = [0; 4];
                for operand in expression.operands() {
                    merge(&mut axes, self.axes(operand));
                }
                axes
            }
            K::ArrayOf(_) | K::Select { .. } | K::Builtin { .. } | K::Call { .. } => {
                [expression.operands().into_iter().fold(0, |all, operand| all | union(self.axes(operand))); 4]
            }
        }
    }

    fn vote(&self, block: &Block, depth: u32, votes: &mut [u64; 3]) {
        let weight = LOOP_WEIGHT.pow(depth.min(MAX_DEPTH));
        for statement in &block.0 {
            self.vote_of_statement(statement, weight, votes);
            let deeper = depth + u32::from(matches!(statement.kind, StatementKind::Loop { .. }));
            for inner in statement.blocks() {
                self.vote(inner, deeper, votes);
            }
        }
    }

    fn vote_of_statement(&self, statement: &Statement, weight: u64, votes: &mut [u64; 3]) {
        let mut count = |contiguous: Option<&Expression>| {
            let axis = contiguous.map_or(0, |index| self.axes(index)[0]);
            if let Some(votes) = [1, 2, 4].iter().position(|&bit| bit == axis).map(|axis| &mut votes[axis]) {
                *votes += weight;
            }
        };
        match &statement.kind {
            StatementKind::Assign { place: Place::Buffer { index, .. }, .. } => count(index.last()),
            StatementKind::SetPixel { position, .. } => count(Some(&position[0])),
            _ => {}
        }
        for expression in statement.expressions() {
            expression.walk(&mut |expression| {
                if let ExpressionKind::Load { index, .. } = &expression.kind {
                    count(index.last());
                }
            });
        }
    }
}

fn picked(axes: impl Iterator<Item = Axes>) -> [Axes; 4] {
    let mut picked = [0; 4];
    picked.iter_mut().zip(axes).for_each(|(slot, axes)| *slot = axes);
    picked
}

fn union(axes: [Axes; 4]) -> Axes {
    axes.into_iter().fold(0, |all, axes| all | axes)
}

/// Adds `axes` to `known`; says whether that changed anything.
fn merge(known: &mut [Axes; 4], axes: [Axes; 4]) -> bool {
    let before = *known;
    known.iter_mut().zip(axes).for_each(|(known, axes)| *known |= axes);
    *known != before
}
