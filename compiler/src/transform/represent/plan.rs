//! The representation of every variable of a kernel, for the runs of one text.

use std::cell::{Cell, RefCell};

use super::conditions::Relied;
use super::demand::Demand;
use super::node::{Known, Tree};
use crate::analysis::definitions::{Definitions, Variable};
use crate::analysis::sizes::Sizes;
use crate::analysis::value::Value;
use crate::diagnostics::Span;
use crate::ir::{Builtin, ExpressionKind, Scalar, StatementKind, Type};

/// The representation of every variable and expression.
pub(super) struct Plan<'f, 'd, 'k> {
    pub(super) known: Known<'f, 'd, 'k>,
    pub(super) sizes: Sizes<'f, 'd, 'k>,
    /// The statements of each function, in the order of [`crate::ir::Block::walk`].
    pub(super) trees: Vec<Vec<Tree<'k>>>,
    /// The demand on each variable.
    pub(super) demands: Vec<Cell<Demand>>,
    /// The demand on each uniform.
    pub(super) uniform_demands: Vec<Cell<Demand>>,
    /// The variables of which more was asked.
    pub(super) changed: RefCell<Vec<Variable>>,
    /// For each variable one that is represented as it is: arrays that are copied into one another are alike.
    pub(super) alike: Vec<usize>,
    scalars: Vec<Scalar>,
    pub(super) relied: RefCell<Relied>,
    /// Functions that are not there for doubles, and where they are called on some.
    pub(super) refused: RefCell<Vec<(Builtin, Span)>>,
    /// Whether demands are known, so that what is decided is relied on.
    pub(super) is_final: Cell<bool>,
}

impl<'f, 'd, 'k> Plan<'f, 'd, 'k> {
    /// Chooses the representations.
    pub(super) fn of(known: Known<'f, 'd, 'k>) -> Self {
        let definitions = known.definitions();
        let count = definitions.variables().count();
        let mut plan = Self {
            known,
            sizes: Sizes::new(known.facts, known.any),
            trees: known.trees(),
            demands: vec![Cell::new(Demand::NONE); count],
            uniform_demands: vec![Cell::new(Demand::NONE); known.facts.inputs().interface.uniforms.len()],
            changed: RefCell::default(),
            alike: alike(definitions),
            scalars: Vec::new(),
            relied: RefCell::default(),
            refused: RefCell::default(),
            is_final: Cell::new(false),
        };
        plan.find_demands();
        plan.is_final.set(true);
        let choose = |variable| {
            plan.definitions().type_of(variable).map_or(Scalar::F32, |ty| plan.choose(variable, ty))
        };
        plan.scalars = definitions.variables().map(choose).collect();
        plan.keep_what_was_read();
        plan
    }

    /// What an element was before an update is as it is in memory.
    fn keep_what_was_read(&mut self) {
        for (function, trees) in self.trees.iter().enumerate() {
            for tree in trees {
                let StatementKind::Update { old, element, .. } = &tree.statement.kind else { continue };
                let Some((buffer, ..)) = element.loaded() else { continue };
                let variable = self.known.definitions().local(function, *old);
                self.scalars[variable.0] = Scalar::of_component(self.element(buffer).component());
            }
        }
    }

    pub(super) fn definitions(&self) -> &'d Definitions<'k> {
        self.known.definitions()
    }

    /// Whether more is asked of each uniform than a single or its low 32 bits give.
    pub(super) fn exact_uniforms(&self) -> Vec<bool> {
        self.uniform_demands.iter().map(|asked| asked.get()).map(|asked| asked.exact || asked.order).collect()
    }

    /// The scalar type of a variable.
    pub(super) fn scalar(&self, variable: Variable) -> Scalar {
        self.scalars[variable.0]
    }

    /// The type that a variable of this type is represented in.
    pub(super) fn type_of(&self, variable: Variable, ty: Type) -> Type {
        ty.with_scalar(self.scalar(variable))
    }

    /// What is asked of a variable and those that are as it is.
    pub(super) fn demand_of(&self, variable: Variable) -> Demand {
        self.group(variable).fold(Demand::NONE, |all, one| all.union(self.demands[one].get()))
    }

    /// What a variable and those that are as it is can be in the runs at hand, and in any.
    pub(super) fn values(&self, variable: Variable) -> (Value, Value) {
        self.group(variable).fold((Value::NOTHING, Value::NOTHING), |(value, sure), one| {
            let one = Variable(one);
            (value.join(self.known.facts.variable(one)), sure.join(self.known.any.variable(one)))
        })
    }

    fn group(&self, variable: Variable) -> impl Iterator<Item = usize> {
        let first = self.alike[variable.0];
        let is_alone =
            !self.definitions().type_of(variable).is_some_and(|ty| matches!(ty, Type::Array { .. }));
        let range = if is_alone { variable.0..variable.0 + 1 } else { first..self.alike.len() };
        range.filter(move |&other| is_alone || self.alike[other] == first)
    }
}

/// For each variable the first of those that must be represented alike.
fn alike(definitions: &Definitions<'_>) -> Vec<usize> {
    let mut first: Vec<usize> = definitions.variables().map(|variable| variable.0).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for variable in definitions.variables() {
            if !matches!(definitions.type_of(variable), Some(Type::Array { .. })) {
                continue;
            }
            for definition in definitions.of_variable(variable).iter().filter(|definition| definition.whole) {
                let Some(ExpressionKind::Local(source)) = definition.value.map(|value| &value.kind) else {
                    continue;
                };
                let source = definitions.local(definition.function, *source).0;
                let least = first[source].min(first[variable.0]);
                changed |= first[source] != least || first[variable.0] != least;
                first[source] = least;
                first[variable.0] = least;
            }
        }
    }
    first
}
