//! The representation of every variable.
//!
//! In this order:
//!
//! 1. `I32` if all it ever holds is an integer that an `i32` holds;
//! 2. `U32` if all it ever holds is an integer within [0, 2^32 − 1] and every definition is exact;
//! 3. `I32` if it is an integer that an index, a pixel position or a `switch` depends on and that is computed by integer
//!    arithmetic, although its bounds are not known (K8). A value that does not fit becomes `i32::MIN`, which is out of
//!    range everywhere. Roundings of floats alone do not count: they stay `F32`, which loses nothing, and are converted where they are used;
//! 4. `F32`.
//!
//! Arrays that are copied into one another have the same representation, as no conversion of arrays exists.

use crate::collections::Set;

use crate::analysis::definitions::{Definition, Definitions, Variable};
use crate::analysis::integers::Facts;
use crate::ir::{
    BinaryOp, Builtin, Expression, ExpressionKind, Scalar, Statement, StatementKind, Type, UnaryOp,
};

/// What was decided.
#[derive(Debug)]
pub(super) struct Plan<'f, 'k> {
    facts: &'f Facts<'f, 'k>,
    scalars: Vec<Scalar>,
}

impl<'f, 'k> Plan<'f, 'k> {
    /// Decides.
    pub(super) fn of(facts: &'f Facts<'f, 'k>) -> Self {
        let definitions = facts.definitions();
        let scalars = definitions.variables().map(|variable| first_choice(facts, variable)).collect();
        let mut plan = Self { facts, scalars };
        while plan.drop_inexact() | plan.level_arrays() {}
        let demanded = Demand::of(definitions);
        while plan.raise(&demanded) {}
        while plan.level_arrays() {}
        plan
    }

    /// What is known of the kernel.
    pub(super) fn facts(&self) -> &'f Facts<'f, 'k> {
        self.facts
    }

    /// What a variable is.
    pub(super) fn scalar(&self, variable: Variable) -> Scalar {
        self.scalars[variable.0]
    }

    /// The scalar that all numbers in a value of this type and variable have.
    pub(super) fn type_of(&self, variable: Variable, ty: Type) -> Type {
        ty.with_scalar(self.scalar(variable))
    }

    fn definitions(&self) -> &'f Definitions<'k> {
        self.facts.definitions()
    }

    /// Gives up a `U32` with a definition that is not exact.
    fn drop_inexact(&mut self) -> bool {
        let inexact: Vec<Variable> = self
            .definitions()
            .variables()
            .filter(|&variable| self.scalar(variable) == Scalar::U32)
            .filter(|&variable| {
                !self.definitions().of_variable(variable).iter().all(|one| self.is_exact(one))
            })
            .collect();
        for variable in &inexact {
            self.scalars[variable.0] = Scalar::F32;
        }
        !inexact.is_empty()
    }

    fn is_exact(&self, definition: &Definition<'k>) -> bool {
        definition.value.is_none_or(|value| {
            let node = self.annotate(definition.function, value);
            // The elements of a whole array are stored one by one.
            let parts = matches!(value.kind, ExpressionKind::ArrayOf(_));
            if parts { node.operands.iter().all(|part| part.exact) } else { node.exact }
        })
    }

    /// Makes arrays that are copied alike. Says whether any were not.
    fn level_arrays(&mut self) -> bool {
        let mut changed = false;
        for variable in self.definitions().variables() {
            if !matches!(self.definitions().type_of(variable), Some(Type::Array { .. })) {
                continue;
            }
            for definition in self.definitions().of_variable(variable) {
                let Some(ExpressionKind::Local(source)) = definition.value.map(|value| &value.kind) else {
                    continue;
                };
                let source = self.definitions().local(definition.function, *source);
                if definition.whole && self.scalar(source) != self.scalar(variable) {
                    self.scalars[source.0] = Scalar::F32;
                    self.scalars[variable.0] = Scalar::F32;
                    changed = true;
                }
            }
        }
        changed
    }

    /// Makes demanded integers `I32`. Says whether any were not.
    fn raise(&mut self, demanded: &Set<Variable>) -> bool {
        let raised: Vec<Variable> = demanded
            .iter()
            .copied()
            .filter(|&variable| self.scalar(variable) == Scalar::F32 && self.facts.variable(variable).integer)
            .filter(|&variable| {
                self.definitions()
                    .of_variable(variable)
                    .iter()
                    .any(|one| one.value.is_some_and(|value| self.is_arithmetic(one.function, value)))
            })
            .collect();
        for variable in &raised {
            self.scalars[variable.0] = Scalar::I32;
        }
        !raised.is_empty()
    }

    /// Whether an integer comes from integer arithmetic and not just from the rounding of a float.
    fn is_arithmetic(&self, function: usize, expression: &Expression) -> bool {
        use ExpressionKind as K;
        let within = |operand: &Expression| self.is_arithmetic(function, operand);
        let is_i32 = |variable| self.scalar(variable) == Scalar::I32;
        match &expression.kind {
            K::Binary { op: BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply, .. } => true,
            K::Unary { op: UnaryOp::Negate, operand } => within(operand),
            K::Select { accept, reject, .. } => within(accept) || within(reject),
            K::Compose(parts) | K::ArrayOf(parts) => parts.iter().any(within),
            K::Component { vector, .. } | K::Swizzle { vector, .. } | K::Splat(vector) => within(vector),
            K::Local(local) | K::Element { array: local, .. } => {
                is_i32(self.definitions().local(function, *local))
            }
            K::Call { function: callee, .. } => is_i32(self.definitions().result(*callee)),
            K::Builtin { builtin: Builtin::Floor | Builtin::Trunc, arguments } => match &arguments[0].kind {
                K::Binary { op: BinaryOp::Divide, left, .. } => within(left),
                _ => false,
            },
            _ => false,
        }
    }
}

fn first_choice(facts: &Facts<'_, '_>, variable: Variable) -> Scalar {
    let Some(ty) = facts.definitions().type_of(variable) else { return Scalar::F32 };
    let value = facts.variable(variable);
    if ty.scalar() == Scalar::Bool {
        Scalar::Bool
    } else if value.fits_i32() {
        Scalar::I32
    } else if value.fits_u32() && ty.components() == 1 {
        Scalar::U32
    } else {
        Scalar::F32
    }
}

/// Finds the variables that an index, a pixel position or a `switch` depends on.
struct Demand<'d, 'k> {
    definitions: &'d Definitions<'k>,
    found: Set<Variable>,
    open: Vec<Variable>,
}

impl<'d, 'k> Demand<'d, 'k> {
    fn of(definitions: &'d Definitions<'k>) -> Set<Variable> {
        let mut demand = Self { definitions, found: Set::default(), open: Vec::new() };
        for (position, function) in definitions.kernel.all_functions().enumerate() {
            function.body.walk(&mut |statement| demand.statement(position, statement));
            function.body.walk_expressions(&mut |expression| demand.indices(position, expression));
        }
        while let Some(variable) = demand.open.pop() {
            for definition in definitions.of_variable(variable) {
                if let Some(value) = definition.value {
                    demand.follow(definition.function, value);
                }
            }
        }
        demand.found
    }

    fn statement(&mut self, function: usize, statement: &Statement) {
        match &statement.kind {
            StatementKind::Assign { place, .. } => {
                place.indices().iter().for_each(|index| self.follow(function, index));
            }
            StatementKind::SetPixel { position, .. } => {
                position.iter().for_each(|index| self.follow(function, index));
            }
            StatementKind::Switch { selector, .. } => self.follow(function, selector),
            _ => {}
        }
    }

    fn indices(&mut self, function: usize, expression: &Expression) {
        match &expression.kind {
            ExpressionKind::Load { index, .. } => index.iter().for_each(|index| self.follow(function, index)),
            ExpressionKind::Element { index, .. } => self.follow(function, index),
            _ => {}
        }
    }

    fn add(&mut self, variable: Variable) {
        if self.found.insert(variable) {
            self.open.push(variable);
        }
    }

    /// Follows the operations that make integers of integers.
    fn follow(&mut self, function: usize, expression: &Expression) {
        use ExpressionKind as K;
        match &expression.kind {
            K::Local(local) | K::Element { array: local, .. } => {
                self.add(self.definitions.local(function, *local));
            }
            K::Call { function: callee, .. } => self.add(self.definitions.result(*callee)),
            K::Select { accept, reject, .. } => {
                self.follow(function, accept);
                self.follow(function, reject);
            }
            K::Builtin { builtin, .. } if !keeps_integers(*builtin) => {}
            K::Component { .. }
            | K::Swizzle { .. }
            | K::Splat(_)
            | K::Compose(_)
            | K::ArrayOf(_)
            | K::Unary { .. }
            | K::Binary { .. }
            | K::Builtin { .. } => {
                for operand in expression.operands() {
                    self.follow(function, operand);
                }
            }
            _ => {}
        }
    }
}

fn keeps_integers(builtin: Builtin) -> bool {
    matches!(
        builtin,
        Builtin::Abs
            | Builtin::Ceil
            | Builtin::Floor
            | Builtin::Fround
            | Builtin::Imul
            | Builtin::Max
            | Builtin::Min
            | Builtin::Round
            | Builtin::Trunc
    )
}
