//! Decides how each number is represented: `I32`, `U32`, `F32` or `F64`.
//!
//! A JavaScript number is a double. [`Facts`] say what each variable can hold, `demand` how closely it is looked at, `scalars` which type
//! serves both. What needs all of a double is one ([`Scalar::F64`]), whatever the device has to do for it; everything else is narrower.
//!
//! | file | what |
//! |---|---|
//! | `node` | the kernel's expressions, with what each part can be |
//! | `demand` | what is made of each number |
//! | `scalars` | types for values and operations |
//! | `plan` | the type of each variable |
//! | `conditions` | what a text for some runs relies on |
//! | `rewrite`, `compare` | expressions in their types |
//! | `wide` | what is told of doubles |
//!
//! **Why the result is right.** An operation is computed in a type only if that gives what is asked of JavaScript's result: wrapping integers
//! where it fits or only its bits are asked for, singles where they are exact or a single is asked for, else doubles. What may be asked for is
//! found from all uses of a variable, and what it can be from all its definitions.

mod compare;
mod conditions;
mod demand;
mod node;
mod plan;
mod rewrite;
mod scalars;
#[cfg(test)]
mod tests;
mod wide;

use std::cell::{Cell, RefCell};

use artifact::{Component, Conditions};

use crate::analysis::definitions::Variable;
use crate::analysis::ranges::Facts;
use crate::diagnostics::Span;
use crate::ir::{
    BinaryOp, Block, Builtin, Case, Expression, ExpressionKind, Function, FunctionId, Kernel, Local, LocalId,
    Place, Scalar, Statement, StatementKind,
};
pub use conditions::{add, at_most};
use demand::Demand;
use node::{Known, Node, Tree};
use plan::Plan;
use rewrite::convert;
pub use wide::{Why, Wide};

/// A kernel with every number represented, for the runs that meet its conditions.
pub struct Represented {
    /// The kernel.
    pub kernel: Kernel,
    /// The conditions under which the kernel is right.
    pub conditions: Conditions,
    /// Whether it relies on runs being no larger than was expected of them.
    pub expects: bool,
    /// The runs in which the indices marked by their position here are in range.
    pub in_range: Vec<Conditions>,
    /// Functions that are not there for doubles, and where they are called on some. If there are any, the kernel is none that can be emitted.
    pub refused: Vec<(Builtin, Span)>,
    /// The numbers that are doubles, to be explained.
    pub wide: Vec<Wide>,
}

/// Represents the numbers of a kernel, by `facts` that hold in the runs that it is for and by those that hold in `any`.
pub fn represent<'k>(facts: &Facts<'_, 'k>, any: &Facts<'_, 'k>) -> Represented {
    let plan = Plan::of(Known { facts, any });
    let functions = plan.definitions().kernel.functions.len();
    let function = |position| {
        Writer { plan: &plan, function: position, next: Cell::new(0), extra: RefCell::default() }.whole()
    };
    let kernel = Kernel { functions: (0..functions).map(function).collect(), entry: function(functions) };
    let relied = plan.relied.take();
    let wide = plan.wide();
    let refused = plan.refused.into_inner();
    Represented {
        wide,
        kernel,
        conditions: relied.conditions,
        expects: relied.expects,
        in_range: relied.in_range,
        refused,
    }
}

/// Whether more is asked of each uniform than a single or its low 32 bits give.
pub fn exact_uniforms(facts: &Facts<'_, '_>) -> Vec<bool> {
    Plan::of(Known { facts, any: facts }).exact_uniforms()
}

/// Writes one function.
struct Writer<'p, 'f, 'd, 'k> {
    plan: &'p Plan<'f, 'd, 'k>,
    function: usize,
    /// Which statement is next, in the order of [`Block::walk`].
    next: Cell<usize>,
    /// The locals that it needs besides its own.
    extra: RefCell<Vec<Local>>,
}

impl<'p, 'k> Writer<'p, '_, '_, 'k> {
    fn variable(&self, local: LocalId) -> Variable {
        self.plan.definitions().local(self.function, local)
    }

    fn whole(self) -> Function {
        let definitions = self.plan.definitions();
        let function = definitions.function(self.function);
        let locals = function.locals.iter().zip(0..).map(|(local, position)| {
            let ty = self.plan.type_of(self.variable(LocalId(position)), local.ty);
            Local { ty, ..local.clone() }
        });
        let mut locals: Vec<Local> = locals.collect();
        let result = definitions.result(FunctionId(self.function as u32));
        let body = self.block(&function.body);
        locals.append(&mut self.extra.into_inner());
        Function {
            name: function.name.clone(),
            span: function.span,
            parameters: function.parameters.clone(),
            result: function.result.map(|ty| self.plan.type_of(result, ty)),
            locals,
            body,
            effects: function.effects,
        }
    }

    fn block(&self, block: &Block) -> Block {
        let mut statements = Vec::new();
        for _ in &block.0 {
            let position = self.next.replace(self.next.get() + 1);
            let mut statement = self.statement(&self.plan.trees[self.function][position]);
            statements.extend(self.pinned_call(&mut statement));
            statements.push(statement);
        }
        Block(statements)
    }

    /// A call with effects has to be the whole value of a statement, and so has a draw. Where its result is converted, it becomes the
    /// value of a temporary that is declared before.
    fn pinned_call(&self, statement: &mut Statement) -> Option<Statement> {
        let span = statement.span;
        let (StatementKind::Declare { value: Some(value), .. } | StatementKind::Assign { value, .. }) =
            &mut statement.kind
        else {
            return None;
        };
        let call = converted_call(value)?;
        if let ExpressionKind::Call { function, .. } = call.kind
            && !self.plan.definitions().kernel.function(function).effects.any()
        {
            return None;
        }
        let mut extra = self.extra.borrow_mut();
        let position = self.plan.definitions().function(self.function).locals.len() + extra.len();
        let local = LocalId(position as u32);
        let ty = call.ty;
        extra.push(Local { name: "result".to_owned(), ty, span, mutable: false });
        let temporary = Expression::new(ExpressionKind::Local(local), ty, call.span);
        let value = Some(std::mem::replace(call, temporary));
        Some(Statement { kind: StatementKind::Declare { local, value }, span })
    }

    fn statement(&self, tree: &'p Tree<'k>) -> Statement {
        use StatementKind as K;
        let demands = self.plan.root_demands(self.function, tree);
        let preferred = |root: usize| self.plan.preferred(&tree.roots[root], demands[root]);
        let last = || tree.roots.last().zip(demands.last().copied());
        let kind = match &tree.statement.kind {
            K::Declare { local, .. } => {
                let scalar = self.plan.scalar(self.variable(*local));
                let value = last().map(|(root, demand)| self.plan.to(root, scalar, demand));
                K::Declare { local: *local, value }
            }
            K::Assign { place, .. } => self.assignment(place, &tree.roots, demands[tree.roots.len() - 1]),
            K::Update { old, element, .. } => {
                let (buffer, ..) = element.loaded().expect("an update is one of an element");
                let value = self.stored(&tree.roots[1], self.plan.element(buffer).component(), demands[1]);
                K::Update { old: *old, element: preferred(0), value }
            }
            K::Evaluate(_) => K::Evaluate(preferred(0)),
            K::SetPixel { .. } => self.pixel(&tree.roots, &demands),
            K::If { accept, reject, .. } => {
                let condition = preferred(0);
                K::If { condition, accept: self.block(accept), reject: self.block(reject) }
            }
            K::Loop { label, test, prelude, body, update, condition } => {
                let condition = condition.as_ref().map(|_| self.plan.loop_condition(&tree.roots[0]));
                let [prelude, body, update] = [prelude, body, update].map(|block| self.block(block));
                K::Loop { label: *label, test: *test, prelude, condition, body, update }
            }
            K::Scope { label, body } => K::Scope { label: *label, body: self.block(body) },
            K::Switch { label, cases, default, .. } => {
                let selector = self.selector(&tree.roots[0], cases);
                let case = |case: &Case| Case { values: case.values.clone(), body: self.block(&case.body) };
                let cases = cases.iter().map(case).collect();
                K::Switch { label: *label, selector, cases, default: self.block(default) }
            }
            K::Break(label) => K::Break(*label),
            K::Continue(label) => K::Continue(*label),
            K::Return(_) => {
                let result = self.plan.definitions().result(FunctionId(self.function as u32));
                let value = last().map(|(root, demand)| self.plan.to(root, self.plan.scalar(result), demand));
                K::Return(value)
            }
        };
        Statement { kind, span: tree.statement.span }
    }

    fn assignment(&self, place: &Place, roots: &'p [Node<'k>], demand: Demand) -> StatementKind {
        let (value, indices) = roots.split_last().expect("an assignment has a value");
        match place {
            Place::Local(local) | Place::Component { local, .. } => {
                let value = self.plan.to(value, self.plan.scalar(self.variable(*local)), demand);
                StatementKind::Assign { place: place.clone(), value }
            }
            Place::Element { array, component, .. } => {
                let index = self.plan.small_index(&indices[0]);
                let value = self.plan.to(value, self.plan.scalar(self.variable(*array)), demand);
                let place = Place::Element { array: *array, index, component: *component };
                StatementKind::Assign { place, value }
            }
            Place::Buffer { buffer, component, .. } => {
                let extents = self.plan.extents(*buffer);
                let index =
                    indices.iter().zip(extents).map(|(index, &extent)| self.plan.marked_index(index, extent));
                let place = Place::Buffer { buffer: *buffer, index: index.collect(), component: *component };
                let value = self.stored(value, self.plan.element(*buffer).component(), demand);
                StatementKind::Assign { place, value }
            }
        }
    }

    /// What is stored in memory of this type.
    fn stored(&self, node: &'p Node<'k>, component: Component, demand: Demand) -> Expression {
        let scalar = match component {
            Component::F32 => Scalar::F32,
            Component::F64 => Scalar::F64,
            Component::I32 | Component::I16 | Component::U16 | Component::I8 | Component::U8 => Scalar::I32,
            Component::U32 => Scalar::U32,
            Component::Boolean => Scalar::Bool,
            // They are converted from whatever it is, but for integers that a single rounds.
            Component::U8Clamped | Component::F16 => {
                let value = self.plan.preferred(node, demand);
                let is_large = component == Component::F16 && !node.sure.holds_singles();
                return match value.ty.scalar() {
                    Scalar::I32 | Scalar::U32 if is_large => convert(value, Scalar::F64),
                    Scalar::I32 if component == Component::F16 => convert(value, Scalar::F32),
                    Scalar::U32 => convert(value, Scalar::F32),
                    _ => value,
                };
            }
        };
        self.plan.to(node, scalar, demand)
    }

    fn pixel(&self, roots: &'p [Node<'k>], demands: &[Demand]) -> StatementKind {
        let interface = self.plan.known.facts.inputs().interface;
        let extents = interface.canvas.map_or([1, 1], |size| [size.width, size.height]);
        let color = |channel: usize| {
            let value = self.plan.preferred(&roots[2 + channel], demands[2 + channel]);
            if matches!(value.ty.scalar(), Scalar::I32 | Scalar::F32) {
                value
            } else {
                convert(value, Scalar::F32)
            }
        };
        let position = [0, 1].map(|axis| self.plan.marked_index(&roots[axis], extents[axis]));
        StatementKind::SetPixel { position, color: [0, 1, 2].map(color) }
    }

    /// The selector of a switch. What is no `i32` comes out as one that no case has, and so does a fraction.
    fn selector(&self, node: &'p Node<'k>, cases: &[Case]) -> Expression {
        let index = self.plan.index(node, Demand::VALUE);
        if node.value.fits_i32() {
            return index;
        }
        let taken = |value: i32| cases.iter().any(|case| case.values.contains(&value));
        let free = (0..).map(|step| i32::MIN + step).find(|&value| !taken(value)).unwrap_or(i32::MIN);
        let value = self.plan.preferred(node, Demand::VALUE);
        let span = node.expression.span;
        let same = match value.ty.scalar() {
            Scalar::U32 => {
                let largest = rewrite::number_literal(f64::from(i32::MAX), Scalar::U32, node.expression);
                Expression::binary(BinaryOp::LessEqual, value, largest, span)
            }
            scalar => Expression::binary(BinaryOp::Equal, convert(index.clone(), scalar), value, span),
        };
        let free = rewrite::number_literal(f64::from(free), Scalar::I32, node.expression);
        let kind = ExpressionKind::Select {
            condition: Box::new(same),
            accept: Box::new(index),
            reject: Box::new(free),
        };
        Expression::new(kind, crate::ir::Type::I32, span)
    }
}

/// The call or draw of which the expression makes something: it converts its result, or divides it for an index.
fn converted_call(value: &mut Expression) -> Option<&mut Expression> {
    value.operands_mut().into_iter().find_map(|operand| match operand.kind {
        ExpressionKind::Call { .. } | ExpressionKind::Random => Some(operand),
        _ => converted_call(operand),
    })
}
