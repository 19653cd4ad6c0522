//! Marks the indices that provably exist, so that they need no check: [`ExpressionKind::InRange`].
//!
//! **What is known.** [`Facts`] give a range for each variable for its whole life. This pass walks the statements and narrows the
//! ranges by what has been tested on the way (`narrow.rs`): in `if (x > 0) … heat[x - 1]` the index is not negative. It does so twice, for
//! runs of any extents, and for runs *inside* the buffers: whose extents are no larger than the dimensions that thread ids are used as
//! indices of. The runtime knows which kind a run is.
//!
//! **Why it is right.** An index is marked if all it can be is in range, by intervals whose soundness is argued in
//! [`crate::analysis::value`], [`crate::analysis::integers`] and `narrow.rs`. The assumption about counters that represents them (K8) is
//! not made here. And if all of this were wrong, the device would still clamp the index to its buffer: a wrong number, but
//! no memory of others.

mod narrow;
#[cfg(test)]
mod tests;

use artifact::{Interface, MAX_EXTENT};

use crate::analysis::definitions::{Definition, Definitions};
use crate::analysis::integers::Facts;
use crate::analysis::value::Value;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Kernel, Known, Place, Statement, StatementKind, Type,
};
use narrow::Narrowed;

/// The represented kernel with its indices marked, and the extents that its marks [`Known::Inside`] are for, if it has any.
pub fn mark_indices(kernel: &Kernel, interface: &Interface) -> (Kernel, Option<[u32; 3]>) {
    let definitions = Definitions::of(kernel);
    let inside = inside(&definitions, interface);
    let facts = [[MAX_EXTENT; 3], inside].map(|extents| {
        let threads = extents.map(|extent| Value::integers(0.0, f64::from(extent) - 1.0));
        Facts::proved_within(&definitions, threads)
    });
    let mut marked = kernel.clone();
    let mut uses_inside = false;
    let functions = marked.functions.iter_mut().chain(std::iter::once(&mut marked.entry));
    for (position, function) in functions.enumerate() {
        let narrowed = [0, 1].map(|which| Narrowed::new(&facts[which], position));
        let mut marker = Marker { narrowed, interface, uses_inside: false };
        marker.block(&mut function.body);
        uses_inside |= marker.uses_inside;
    }
    (marked, uses_inside.then_some(inside))
}

/// Marks the indices of one function.
struct Marker<'a> {
    /// What is known where the walk is: in all runs, and in those inside.
    narrowed: [Narrowed<'a>; 2],
    interface: &'a Interface,
    uses_inside: bool,
}

impl Marker<'_> {
    fn block(&mut self, block: &mut Block) {
        for position in 0..block.0.len() {
            self.statement(&mut block.0[position]);
            for narrowed in &mut self.narrowed {
                narrowed.pass(&block.0[position], &block.0[position + 1..]);
            }
        }
    }

    fn statement(&mut self, statement: &mut Statement) {
        for expression in statement.expressions_mut() {
            self.expression(expression);
        }
        match &mut statement.kind {
            StatementKind::Assign { place: Place::Buffer { buffer, index, .. }, .. } => {
                self.mark(*buffer, index);
            }
            StatementKind::SetPixel { position, .. } => {
                let size = self.interface.canvas.map(|canvas| vec![canvas.width, canvas.height]);
                self.mark_each(position, &size.unwrap_or_default());
            }
            _ => {}
        }
        let conditions = narrow::of_blocks(statement);
        for (block, condition) in statement.blocks_mut().into_iter().zip(conditions) {
            let before = self.narrowed.clone();
            if let Some((condition, holds)) = condition {
                self.narrowed.iter_mut().for_each(|narrowed| narrowed.assume(&condition, holds, block));
            }
            self.block(block);
            self.narrowed = before;
        }
    }

    fn expression(&mut self, expression: &mut Expression) {
        expression.operands_mut().into_iter().for_each(|operand| self.expression(operand));
        if let ExpressionKind::Load { buffer, index } = &mut expression.kind {
            self.mark(*buffer, index);
        }
    }

    fn mark(&mut self, buffer: usize, index: &mut [Expression]) {
        let size = self.interface.buffers.get(buffer).map_or(&[][..], |described| &described.size);
        // All literals are spelled without a check anyway.
        if index.iter().any(|index| index.as_number().is_none()) {
            self.mark_each(index, size);
        }
    }

    fn mark_each(&mut self, index: &mut [Expression], size: &[u32]) {
        for (index, &extent) in index.iter_mut().zip(size) {
            if let Some(known) = self.known(index, extent) {
                self.uses_inside |= known == Known::Inside;
                let (ty, span) = (index.ty, index.span);
                let hole = Expression::new(ExpressionKind::ThreadId, ty, span);
                let operand = Box::new(std::mem::replace(index, hole));
                *index = Expression::new(ExpressionKind::InRange { index: operand, known }, ty, span);
            }
        }
    }

    fn known(&self, index: &Expression, extent: u32) -> Option<Known> {
        if index.ty != Type::I32 {
            return None;
        }
        let exists =
            |narrowed: &Narrowed<'_>| narrowed.evaluate(index).is_within(0.0, f64::from(extent) - 1.0);
        match &self.narrowed {
            [always, _] if exists(always) => Some(Known::Always),
            [_, inside] if exists(inside) => Some(Known::Inside),
            _ => None,
        }
    }
}

/// For each axis the least dimension that a thread id along it is an index of, give or take a constant.
fn inside(definitions: &Definitions<'_>, interface: &Interface) -> [u32; 3] {
    let mut least = [MAX_EXTENT; 3];
    let mut note = |function: usize, index: &[Expression], size: &[u32]| {
        for (index, &extent) in index.iter().zip(size) {
            if let Some(axis) = thread_axis(definitions, function, index) {
                least[axis] = least[axis].min(extent);
            }
        }
    };
    let size = |buffer: usize| interface.buffers.get(buffer).map_or(&[][..], |described| &described.size);
    for (position, function) in definitions.kernel.all_functions().enumerate() {
        function.body.walk(&mut |statement| match &statement.kind {
            StatementKind::Assign { place: Place::Buffer { buffer, index, .. }, .. } => {
                note(position, index, size(*buffer));
            }
            StatementKind::SetPixel { position: pixel, .. } => {
                if let Some(canvas) = interface.canvas {
                    note(position, pixel, &[canvas.width, canvas.height]);
                }
            }
            _ => {}
        });
        function.body.walk_expressions(&mut |expression| {
            if let ExpressionKind::Load { buffer, index } = &expression.kind {
                note(position, index, size(*buffer));
            }
        });
    }
    least
}

/// The axis of thread ids that an index is of: itself, a local that holds it, or a neighbour.
fn thread_axis(definitions: &Definitions<'_>, function: usize, index: &Expression) -> Option<usize> {
    match &index.kind {
        ExpressionKind::Component { vector, component } => match &vector.kind {
            ExpressionKind::ThreadId => Some(usize::from(*component)).filter(|&axis| axis < 3),
            ExpressionKind::Local(_) => {
                let (function, vector) = only_value(definitions, function, vector)?;
                let (vector, component) = match &vector.kind {
                    ExpressionKind::Swizzle { vector, components } => {
                        (vector.as_ref(), *components.get(usize::from(*component))?)
                    }
                    _ => (vector, *component),
                };
                let kind = ExpressionKind::Component { vector: Box::new(vector.clone()), component };
                thread_axis(definitions, function, &Expression::new(kind, Type::I32, index.span))
            }
            _ => None,
        },
        ExpressionKind::Local(_) => {
            let (function, value) = only_value(definitions, function, index)?;
            thread_axis(definitions, function, value)
        }
        ExpressionKind::Binary { op: BinaryOp::Add | BinaryOp::Subtract, left, right } => {
            right.as_number().and_then(|_| thread_axis(definitions, function, left))
        }
        _ => None,
    }
}

/// The only value that a local ever has, and the function whose locals it names.
fn only_value<'k>(
    definitions: &Definitions<'k>,
    function: usize,
    local: &Expression,
) -> Option<(usize, &'k Expression)> {
    let ExpressionKind::Local(local) = local.kind else { return None };
    match definitions.of_variable(definitions.local(function, local)) {
        [Definition { function, value: Some(value), whole: true, .. }] => Some((*function, value)),
        _ => None,
    }
}
