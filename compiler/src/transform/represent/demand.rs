//! What is made of numbers: how closely each expression and variable is looked at.
//!
//! A variable that is only ever masked, shifted and multiplied by `Math.imul` needs its low 32 bits and no more, whatever else it holds. One
//! that only goes into a buffer of numbers may be a single. So representations are chosen for a value *and* for a demand, and a variable's
//! demand is that of all its uses together. One that is only compared with small integers, or an index, may be any number beyond these that is
//! on the same side of them. Demands go from results to operands, over and over until nothing changes.

use artifact::{Component, ElementType};

use super::node::{Node, Tree};
use super::plan::Plan;
use crate::analysis::definitions::Variable;
use crate::analysis::value::Grade;
use crate::ir::{BinaryOp, Builtin, ExpressionKind, FunctionId, Place, Scalar, StatementKind, UnaryOp};

/// A statement: which function it is in, and where in the order of [`crate::ir::Block::walk`].
type Position = (usize, usize);

/// The properties of a number that its uses depend on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    /// By its low 32 bits, as ToInt32 gives them.
    pub(super) bits: bool,
    /// Rounded to a single.
    pub(super) single: bool,
    /// Its exact value.
    pub(super) exact: bool,
    /// By its order among integers below [`NEAR`], and as an index into less.
    pub(super) order: bool,
    /// By the sign of zero.
    pub(super) sign: bool,
}

/// How far from zero comparisons see exactly if only the order is asked for: half of what singles hold.
pub(super) const NEAR: f64 = 8_388_608.0;

/// How much an operation may add to what stops at the end of a range: a thousand such operations in a row do not bring it near.
pub(super) const LITTLE: f64 = 65_536.0;

impl Demand {
    /// No use at all.
    pub(super) const NONE: Self =
        Self { bits: false, single: false, exact: false, order: false, sign: false };
    /// By its low 32 bits.
    pub(super) const BITS: Self = Self { bits: true, ..Self::NONE };
    /// As a single.
    pub(super) const SINGLE: Self = Self { single: true, sign: true, ..Self::NONE };
    /// As it is, but for the sign of zero: in comparisons and indices.
    pub(super) const VALUE: Self = Self { exact: true, ..Self::NONE };
    /// By its order among small integers.
    pub(super) const ORDER: Self = Self { order: true, ..Self::NONE };
    /// Its exact value.
    pub(super) const EXACT: Self = Self { exact: true, sign: true, ..Self::NONE };

    /// The demand of both.
    pub(super) fn union(self, other: Self) -> Self {
        Self {
            bits: self.bits || other.bits,
            single: self.single || other.single,
            exact: self.exact || other.exact,
            order: self.order || other.order,
            sign: self.sign || other.sign,
        }
    }

    /// Whether nothing but the low 32 bits counts.
    pub(super) fn is_bits(self) -> bool {
        self.bits && !self.single && !self.exact && !self.order
    }

    /// Whether it may be rounded to a single.
    pub(super) fn is_single(self) -> bool {
        !self.bits && !self.exact && !self.order
    }

    /// Whether only its order among small integers counts: it may be any other number as far from zero.
    pub(super) fn is_order(self) -> bool {
        self.order && !self.bits && !self.single && !self.exact
    }

    /// With the sign of zero only if the result's counts.
    fn signed_as(self, result: Self) -> Self {
        Self { sign: self.sign && result.sign, ..self }
    }
}

/// What an index into a dimension of this extent is looked at for.
pub(super) fn index_demand(extent: Option<u32>) -> Demand {
    if extent.is_some_and(|extent| extent > 0 && f64::from(extent) < NEAR) {
        Demand::ORDER
    } else {
        Demand::VALUE
    }
}

/// Whether it is an integer near zero in any run.
fn is_near(node: &Node<'_>) -> bool {
    node.sure.is_integer() && node.sure.is_within(-NEAR + 1.0, NEAR - 1.0) && !node.expression.ty.is_vector()
}

/// Whether an operand of `min` or `max` is the other function, and both have another operand near zero: then the result is near zero too,
/// and of the operand only the order counts.
fn clamps(node: &Node<'_>, position: usize) -> bool {
    let builtin = |node: &Node<'_>| match node.expression.kind {
        ExpressionKind::Builtin { builtin: builtin @ (Builtin::Min | Builtin::Max), .. } => Some(builtin),
        _ => None,
    };
    let inner = &node.operands[position];
    let is_other = builtin(inner).is_some_and(|inner| builtin(node) != Some(inner));
    is_other && is_near(&node.operands[1 - position]) && inner.operands.iter().any(is_near)
}

/// What a store to memory of this type looks at.
pub(super) fn of_component(component: Component) -> Demand {
    match component {
        Component::F32 => Demand::SINGLE,
        Component::F64 => Demand::EXACT,
        // It is rounded once, from what it is.
        Component::F16 => Demand::EXACT,
        Component::U8Clamped => Demand::VALUE,
        Component::Boolean => Demand::NONE,
        Component::I32 | Component::U32 | Component::I16 | Component::U16 | Component::I8 | Component::U8 => {
            Demand::BITS
        }
    }
}

impl<'k> Plan<'_, '_, 'k> {
    /// Finds the demand of every variable.
    pub(super) fn find_demands(&self) {
        for variable in self.definitions().variables() {
            // What is counted in fractions is counted exactly; of an integer its uses decide.
            if self.known.facts.is_counter(variable)
                && !self.known.facts.variable(variable).fractions.is_empty()
            {
                self.ask(variable, Demand::VALUE);
            }
        }
        // What nobody has asked for yet may be asked for little in the end, so it asks for nothing before all else has.
        let askers = self.askers();
        self.spread(&askers, |demand| demand != Demand::NONE);
        self.spread(&askers, |_| true);
    }

    /// Takes demands from statements to what their expressions name, until nothing changes; of values only such as are `counted`. The last
    /// statements are looked at first, as demands go from uses to definitions, and each again only if more is asked of what it sets.
    fn spread(&self, askers: &[Vec<Position>], counted: impl Fn(Demand) -> bool) {
        let mut places: Vec<Position> = Vec::new();
        for (function, trees) in self.trees.iter().enumerate() {
            places.extend((0..trees.len()).map(|tree| (function, tree)));
        }
        let mut is_waiting: Vec<Vec<bool>> = self.trees.iter().map(|trees| vec![true; trees.len()]).collect();
        while let Some((function, position)) = places.pop() {
            is_waiting[function][position] = false;
            let tree = &self.trees[function][position];
            let demands = self.root_demands(function, tree);
            let roots = tree.roots.iter().zip(demands);
            roots.filter(|(_, demand)| counted(*demand)).for_each(|(root, demand)| self.follow(root, demand));
            for variable in self.changed.take() {
                for &(function, position) in &askers[self.alike[variable.0]] {
                    if !std::mem::replace(&mut is_waiting[function][position], true) {
                        places.push((function, position));
                    }
                }
            }
        }
    }

    /// For each variable the statements that ask for more if more is asked of it, or of one that is represented like it.
    fn askers(&self) -> Vec<Vec<Position>> {
        let mut askers = vec![Vec::new(); self.demands.len()];
        for (function, trees) in self.trees.iter().enumerate() {
            for (position, tree) in trees.iter().enumerate() {
                let mut add = |variable: Variable| askers[self.alike[variable.0]].push((function, position));
                if let Some(local) = tree.statement.kind.sets() {
                    add(self.definitions().local(function, local));
                }
                if matches!(tree.statement.kind, StatementKind::Return(_))
                    && function < self.definitions().kernel.functions.len()
                {
                    add(self.definitions().result(FunctionId(function as u32)));
                }
                for expression in tree.statement.expressions() {
                    expression.walk(&mut |expression| {
                        let ExpressionKind::Call { function, .. } = &expression.kind else { return };
                        let parameters = &self.definitions().kernel.function(*function).parameters;
                        let callee = function.0 as usize;
                        parameters.iter().for_each(|&local| add(self.definitions().local(callee, local)));
                    });
                }
            }
        }
        askers
    }

    /// What is asked of each expression directly in a statement.
    pub(super) fn root_demands(&self, function: usize, tree: &Tree<'k>) -> Vec<Demand> {
        use StatementKind as K;
        let local = |local| self.demand_of(self.definitions().local(function, local));
        let mut demands = vec![Demand::VALUE; tree.roots.len()];
        match &tree.statement.kind {
            K::Assign { place: Place::Buffer { buffer, .. }, .. } => {
                let extents = self.extents(*buffer).iter().map(|&extent| index_demand(Some(extent)));
                demands.iter_mut().zip(extents).for_each(|(demand, index)| *demand = index);
            }
            K::Assign { place: Place::Element { .. }, .. } => demands[0] = Demand::ORDER,
            // What the element was is as it is in memory.
            K::Update { .. } => demands[0] = Demand::EXACT,
            _ => {}
        }
        let asked = match &tree.statement.kind {
            K::Declare { local: declared, .. } => local(*declared),
            K::Assign { place, .. } => match place {
                Place::Local(set)
                | Place::Component { local: set, .. }
                | Place::Element { array: set, .. } => local(*set),
                Place::Buffer { buffer, .. } => of_component(self.element(*buffer).component()),
            },
            K::Update { element, .. } => {
                let (buffer, ..) = element.loaded().expect("an update is one of an element");
                of_component(self.element(buffer).component())
            }
            K::Return(_) if function < self.definitions().kernel.functions.len() => {
                self.demand_of(self.definitions().result(FunctionId(function as u32)))
            }
            K::SetPixel { .. } => {
                // No canvas has so many pixels that more than the order counts.
                demands[..2].fill(Demand::ORDER);
                demands[2..].fill(Demand { sign: false, ..Demand::SINGLE });
                return demands;
            }
            _ => return demands,
        };
        if let Some(last) = demands.last_mut() {
            *last = asked;
        }
        demands
    }

    pub(super) fn element(&self, buffer: usize) -> ElementType {
        let interface = self.known.facts.inputs().interface;
        interface.buffers.get(buffer).map_or(ElementType::Number, |described| described.element)
    }

    /// Adds a demand on a variable.
    fn ask(&self, variable: Variable, demand: Demand) {
        let asked = &self.demands[variable.0];
        let all = asked.get().union(demand);
        if all != asked.replace(all) {
            self.changed.borrow_mut().push(variable);
        }
    }

    /// Asks for an expression, and so for the variables that it is made of.
    fn follow(&self, node: &Node<'k>, demand: Demand) {
        use ExpressionKind as K;
        let function = node.at.function;
        match &node.expression.kind {
            K::Local(local) | K::Element { array: local, .. } => {
                self.ask(self.definitions().local(function, *local), demand);
            }
            K::Call { function, .. } => self.ask(self.definitions().result(*function), demand),
            K::Uniform(uniform) | K::UniformElement { uniform, .. } => {
                let asked = &self.uniform_demands[*uniform];
                asked.set(asked.get().union(demand));
            }
            _ => {}
        }
        for (position, operand) in node.operands.iter().enumerate() {
            self.follow(operand, self.operand_demand(node, demand, position));
        }
    }

    /// What an expression of which this is asked asks of an operand.
    pub(super) fn operand_demand(&self, node: &Node<'k>, demand: Demand, position: usize) -> Demand {
        use ExpressionKind as K;
        match &node.expression.kind {
            K::Load { buffer, .. } => index_demand(self.extents(*buffer).get(position).copied()),
            K::Element { .. } | K::UniformElement { .. } => Demand::ORDER,
            K::Call { function, .. } => {
                let parameter = self.definitions().kernel.function(*function).parameters[position];
                self.demand_of(self.definitions().local(function.0 as usize, parameter))
            }
            K::Compose(_) | K::Splat(_) if node.expression.ty.scalar().is_integer() => Demand::BITS,
            K::Select { .. } if position == 0 => Demand::NONE,
            K::Unary { op: UnaryOp::BitNot, .. } => Demand::BITS,
            K::Unary { op: UnaryOp::Not, .. } => Demand::NONE,
            K::Unary { op: UnaryOp::Negate, .. } => self.arithmetic_demand(node, demand, position),
            K::Binary { op, .. } => self.binary_demand(*op, node, demand, position),
            K::Builtin { builtin, .. } => self.builtin_demand(*builtin, node, demand, position),
            _ => demand,
        }
    }

    fn binary_demand(&self, op: BinaryOp, node: &Node<'k>, demand: Demand, position: usize) -> Demand {
        match op {
            BinaryOp::And | BinaryOp::Or => Demand::NONE,
            _ if op.is_bitwise() => Demand::BITS,
            _ if op.is_comparison() => self.comparison_demand(node, position),
            BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply => {
                self.arithmetic_demand(node, demand, position)
            }
            BinaryOp::Divide | BinaryOp::Remainder => {
                // The sign of a divisor that is zero decides which infinity it is.
                let sign = if position == 0 { demand.sign } else { op == BinaryOp::Divide };
                match self.computed(node, demand) {
                    Scalar::F32 => Demand { sign, ..Demand::SINGLE },
                    Scalar::I32 | Scalar::U32 => Demand::VALUE,
                    _ => Demand { sign, ..Demand::EXACT },
                }
            }
            _ => Demand::EXACT,
        }
    }

    /// What sums, differences, products and negations ask of their operands: those that wrap, their bits.
    fn arithmetic_demand(&self, node: &Node<'k>, demand: Demand, position: usize) -> Demand {
        match self.computed(node, demand) {
            Scalar::I32 if demand.is_order() && !node.value.fits_i32() => {
                // What stops is as far from zero behind the next operation.
                if self.stops(&node.operands[position]).is_some() { Demand::ORDER } else { Demand::VALUE }
            }
            Scalar::I32 | Scalar::U32 => Demand::BITS,
            Scalar::F32 => Demand::SINGLE.signed_as(demand),
            _ => Demand::EXACT.signed_as(demand),
        }
    }

    /// Fractions that are no doubles are compared as singles, also with a literal near zero. What is counted is compared as it is, and so is
    /// what may be an integer that is too large for singles, unless it is a fraction that was computed, or the other side is a single.
    fn comparison_demand(&self, node: &Node<'k>, position: usize) -> Demand {
        let is_whole = |node: &Node<'k>| node.value.fractions.is_empty();
        let is_counted =
            |node: &Node<'k>| is_whole(node) && (node.expression.as_number().is_none() || !is_near(node));
        let is_double = |node: &Node<'k>| !is_whole(node) && node.value.grade >= Grade::Counter;
        let is_exact = |node: &Node<'k>| is_counted(node) || is_double(node);
        let is_single = |node: &Node<'k>| {
            !is_whole(node) && node.value.grade == Grade::Single && node.value.integers.is_empty()
        };
        let may_be_rounded = |node: &Node<'k>| {
            node.value.holds_singles() || (!is_whole(node) && node.value.grade == Grade::Fraction)
        };
        // Uniforms may be integers, and are compared as they are with one another.
        let is_open = |node: &Node<'k>| !is_whole(node) && node.value.grade == Grade::Open;
        let operands = &node.operands;
        let is_exact =
            operands.iter().any(is_exact) || operands.iter().all(is_whole) || operands.iter().all(is_open);
        if !is_exact && (operands.iter().any(is_single) || operands.iter().all(may_be_rounded)) {
            Demand { sign: false, ..Demand::SINGLE }
        } else if is_near(&operands[1 - position]) {
            Demand::ORDER
        } else {
            Demand::VALUE
        }
    }

    fn builtin_demand(&self, builtin: Builtin, node: &Node<'k>, demand: Demand, position: usize) -> Demand {
        match builtin {
            Builtin::Imul | Builtin::Clz32 | Builtin::FromFloatBits => Demand::BITS,
            Builtin::FloatBits => Demand::SINGLE,
            Builtin::Floor | Builtin::Ceil | Builtin::Trunc | Builtin::Round => {
                Demand::EXACT.signed_as(demand)
            }
            Builtin::Fround => Demand::SINGLE.signed_as(demand),
            Builtin::Abs | Builtin::Sign | Builtin::Min | Builtin::Max if demand.is_single() => demand,
            Builtin::Min | Builtin::Max if demand.is_order() || clamps(node, position) => {
                Demand::ORDER.signed_as(demand)
            }
            Builtin::Abs => Demand::VALUE,
            Builtin::Sign | Builtin::Min | Builtin::Max => Demand::EXACT.signed_as(demand),
            _ => match self.computed(node, demand) {
                Scalar::I32 | Scalar::U32 => Demand::BITS,
                Scalar::F32 => Demand::SINGLE,
                _ => Demand::EXACT,
            },
        }
    }
}
