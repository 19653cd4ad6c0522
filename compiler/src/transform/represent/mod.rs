//! Decides how each number is represented: `F32`, `I32` or `U32`.
//!
//! A JavaScript number is a double. On the device it is a single, except where the compiler knows that it is an integer that fits
//! 32 bits: then it is one, so that indices, counters and thread ids are exact to 2^31 − 1 (K8).
//!
//! [`Facts`] say what each variable can hold; `plan` decides each variable, `typed` says what an expression is by nature, `rewrite` computes it in the
//! representation that its context asks for, `compare` compares numbers of different representation.
//!
//! **Why the result is right.** A value is represented as an integer only if it provably is one that fits, with two exceptions:
//! counters that would need 2^27 rounds to leave the range (see [`integers`](crate::analysis::integers)), and integers that an index depends on, about which K8
//! promises nothing beyond 2^31 − 1. No safety rests on either: a guard of an index tests the index that is really used.

mod compare;
mod plan;
mod rewrite;
#[cfg(test)]
mod tests;
mod typed;

use std::cell::RefCell;

use crate::analysis::definitions::{Definitions, Variable};
use crate::analysis::integers::Facts;
use crate::ir::{
    Block, Case, Expression, ExpressionKind, Function, FunctionId, Kernel, Local, LocalId, Place, Scalar,
    Statement, StatementKind,
};
use plan::Plan;
use rewrite::Rewriter;

/// The kernel with every number represented, for runs whose extents are at most `max_extent`.
pub fn represent(kernel: &Kernel, max_extent: u32) -> Kernel {
    let definitions = Definitions::of(kernel);
    let facts = Facts::assumed_within(&definitions, max_extent);
    let plan = Plan::of(&facts);
    let function = |position: usize| {
        let extra = RefCell::default();
        let mut function = Rewriter { plan: &plan, function: position, extra: &extra }.whole();
        function.locals.append(&mut extra.borrow_mut());
        function
    };
    Kernel {
        functions: (0..kernel.functions.len()).map(function).collect(),
        entry: function(kernel.functions.len()),
    }
}

impl Rewriter<'_, '_> {
    fn definitions(&self) -> &Definitions<'_> {
        self.plan.facts().definitions()
    }

    fn variable(&self, local: LocalId) -> Variable {
        self.definitions().local(self.function, local)
    }

    fn result(&self) -> Variable {
        self.definitions().result(FunctionId(self.function as u32))
    }

    fn whole(self) -> Function {
        let function = self.definitions().function(self.function);
        let locals = function.locals.iter().zip(0..).map(|(local, position)| {
            let ty = self.plan.type_of(self.variable(LocalId(position)), local.ty);
            Local { ty, ..local.clone() }
        });
        Function {
            name: function.name.clone(),
            span: function.span,
            parameters: function.parameters.clone(),
            result: function.result.map(|ty| self.plan.type_of(self.result(), ty)),
            locals: locals.collect(),
            body: self.block(&function.body),
            effects: function.effects,
        }
    }

    fn block(self, block: &Block) -> Block {
        let mut statements = Vec::new();
        for statement in &block.0 {
            let mut statement = self.statement(statement);
            statements.extend(self.pinned_call(&mut statement));
            statements.push(statement);
        }
        Block(statements)
    }

    /// A call with effects has to be the whole value of a statement. Where its result is converted, it becomes the
    /// value of a temporary that is declared before.
    fn pinned_call(self, statement: &mut Statement) -> Option<Statement> {
        let span = statement.span;
        let (StatementKind::Declare { value: Some(value), .. } | StatementKind::Assign { value, .. }) =
            &mut statement.kind
        else {
            return None;
        };
        let call = converted_call(value)?;
        let ExpressionKind::Call { function, .. } = call.kind else { return None };
        if !self.definitions().kernel.function(function).effects.any() {
            return None;
        }
        let mut extra = self.extra.borrow_mut();
        let position = self.definitions().function(self.function).locals.len() + extra.len();
        let local = LocalId(position as u32);
        let ty = call.ty;
        extra.push(Local { name: "result".to_owned(), ty, span, mutable: false });
        let temporary = Expression::new(ExpressionKind::Local(local), ty, call.span);
        let value = Some(std::mem::replace(call, temporary));
        Some(Statement { kind: StatementKind::Declare { local, value }, span })
    }

    fn statement(self, statement: &Statement) -> Statement {
        use StatementKind as K;
        let kind = match &statement.kind {
            K::Declare { local, value } => {
                let variable = self.variable(*local);
                K::Declare {
                    local: *local,
                    value: value.as_ref().map(|value| self.value_of(variable, value)),
                }
            }
            K::Assign { place, value } => {
                K::Assign { place: self.place(place), value: self.value_at(place, value) }
            }
            K::Evaluate(expression) => K::Evaluate(self.expression(expression)),
            K::SetPixel { position, color } => K::SetPixel {
                position: [0, 1].map(|axis| self.index_at(&position[axis], true)),
                color: [0, 1, 2].map(|channel| self.color(&color[channel])),
            },
            K::If { condition, accept, reject } => K::If {
                condition: self.expression(condition),
                accept: self.block(accept),
                reject: self.block(reject),
            },
            K::Loop { label, test, prelude, condition, body, update } => K::Loop {
                label: *label,
                test: *test,
                prelude: self.block(prelude),
                condition: condition
                    .as_ref()
                    .map(|condition| compare::as_end_of_loop(self.expression(condition))),
                body: self.block(body),
                update: self.block(update),
            },
            K::Scope { label, body } => K::Scope { label: *label, body: self.block(body) },
            K::Switch { label, selector, cases, default } => K::Switch {
                label: *label,
                selector: self.index_at(selector, false),
                cases: cases.iter().map(|case| self.case(case)).collect(),
                default: self.block(default),
            },
            K::Break(label) => K::Break(*label),
            K::Continue(label) => K::Continue(*label),
            K::Return(value) => K::Return(value.as_ref().map(|value| self.value_of(self.result(), value))),
        };
        Statement { kind, span: statement.span }
    }

    fn case(self, case: &Case) -> Case {
        Case { values: case.values.clone(), body: self.block(&case.body) }
    }

    fn place(self, place: &Place) -> Place {
        match place {
            Place::Local(_) | Place::Component { .. } => place.clone(),
            Place::Element { array, index, component } => {
                Place::Element { array: *array, index: self.index_at(index, true), component: *component }
            }
            Place::Buffer { buffer, index, component } => Place::Buffer {
                buffer: *buffer,
                index: index.iter().map(|index| self.index_at(index, true)).collect(),
                component: *component,
            },
        }
    }

    fn value_at(self, place: &Place, value: &Expression) -> Expression {
        match place {
            Place::Local(local) | Place::Component { local, .. } | Place::Element { array: local, .. } => {
                self.value_of(self.variable(*local), value)
            }
            Place::Buffer { .. } => self.float(&self.plan.annotate(self.function, value)),
        }
    }

    fn value_of(self, variable: Variable, value: &Expression) -> Expression {
        let fits = self.plan.facts().variable(variable).fits_i32();
        self.stored(&self.plan.annotate(self.function, value), self.plan.scalar(variable), fits)
    }

    fn expression(self, expression: &Expression) -> Expression {
        self.natural(&self.plan.annotate(self.function, expression))
    }

    fn index_at(self, expression: &Expression, outermost: bool) -> Expression {
        self.index(&self.plan.annotate(self.function, expression), outermost)
    }

    fn color(self, expression: &Expression) -> Expression {
        let node = self.plan.annotate(self.function, expression);
        if node.scalar == Scalar::U32 { self.float(&node) } else { self.natural(&node) }
    }
}

/// The call whose result the expression converts.
fn converted_call(value: &mut Expression) -> Option<&mut Expression> {
    let ExpressionKind::Convert(inner) = &mut value.kind else { return None };
    match inner.kind {
        ExpressionKind::Call { .. } => Some(inner),
        _ => converted_call(inner),
    }
}
