//! Which scalar type a number is represented by, given what it can be and what is asked of it; and what an operation is computed in.
//!
//! In this order, a value is
//!
//! 1. an `I32` if all it can be is an integer that an `i32` holds, or if only its low 32 bits are asked for;
//! 2. a `U32` likewise;
//! 3. an `F32` if singles hold the integers that it can be, and no exact fraction is asked for, or if a single is all that is asked for;
//! 4. an `F64`, JavaScript's own number.
//!
//! **Order.** Where only the order among small integers counts, an integer may be an `I32` that stops at the ends of its range, and what
//! may be NaN besides an `F32`, rounded once. Both are on the same side of every small integer as the number itself.
//!
//! An integer type has one zero, so a value that may be -0 has none of them where the sign counts.
//!
//! **Sums, differences and products** of integers are computed modulo 2^32 where the result fits or only its bits are asked for: the operands'
//! bits suffice, whatever happens in between, as long as JavaScript computes exactly (below 2^53). In singles they are right, rounded once,
//! if singles hold the operands.

use artifact::UniformType;

use super::conditions::{Limit, add};
use super::demand::{Demand, LITTLE};
use super::node::Node;
use super::plan::Plan;
use crate::analysis::definitions::Variable;
use crate::analysis::value::{EXACT, Grade, LARGEST, Range, Value};
use crate::ir::builtins::is_multiplied_out;
use crate::ir::{BinaryOp, Builtin, ExpressionKind, Scalar, Type, UnaryOp};

/// The type that a value is stored in. `sure` is what it can be in any run.
pub(super) fn stored(value: Value, sure: Value, demand: Demand, ty: Type) -> Scalar {
    if ty.scalar() != Scalar::Number {
        return ty.scalar();
    }
    if value.is_empty() && !value.nan {
        return Scalar::I32;
    }
    let may_wrap = ty.components() == 1 && !ty.is_vector();
    // What is an integer only as long as uniforms are needs no integer type where singles do.
    let single_will_do = demand.is_single() && !sure.fractions.is_empty() && value.holds_singles();
    if demand.is_order() && may_wrap && value.fractions.is_empty() && !value.fits_i32() {
        return if value.is_integer() && keeps_zero(value, demand) { Scalar::I32 } else { Scalar::F32 };
    }
    if demand.is_bits() || (value.fits_i32() && keeps_zero(value, demand) && !single_will_do) {
        Scalar::I32
    } else if value.fits_u32() && keeps_zero(value, demand) && may_wrap && !single_will_do {
        Scalar::U32
    } else if is_double(value) {
        Scalar::F64
    } else if demand.is_single() || (value.holds_singles() && !is_exact_fraction(value, demand)) {
        Scalar::F32
    } else {
        Scalar::F64
    }
}

/// The integers of 32 bits that hold all of these, vectors of which have a sign, and what that relies on.
fn integers(nodes: &[Node<'_>]) -> Option<(Scalar, Limit)> {
    let fit = |fits: fn(Value) -> bool| nodes.iter().all(|node| fits(node.value));
    if fit(Value::fits_i32) {
        Some((Scalar::I32, Limit::I32))
    } else if fit(Value::fits_u32) && !nodes.iter().any(|node| node.expression.ty.is_vector()) {
        Some((Scalar::U32, Limit::U32))
    } else {
        None
    }
}

/// Whether an integer type keeps all that is asked of zero.
pub(super) fn keeps_zero(value: Value, demand: Demand) -> bool {
    !(value.negative_zero && demand.sign)
}

/// Whether a fraction is asked for as it is that can be had so.
fn is_exact_fraction(value: Value, demand: Demand) -> bool {
    !demand.is_single() && !value.fractions.is_empty() && value.grade != Grade::Single
}

fn is_double(value: Value) -> bool {
    !value.fractions.is_empty() && value.grade == Grade::Double
}

fn have_doubles(nodes: &[Node<'_>]) -> bool {
    nodes.iter().any(|node| is_double(node.value))
}

/// Whether the result of an operation may be much smaller than its operands.
fn cancels(node: &Node<'_>) -> bool {
    let ranges: Vec<Range> = node.operands.iter().map(|operand| operand.value.range()).collect();
    let have_one_sign = |left: Range, right: Range| {
        (left.low >= 0.0 && right.low >= 0.0) || (left.high <= 0.0 && right.high <= 0.0)
    };
    match (&node.expression.kind, &ranges[..]) {
        (ExpressionKind::Binary { op: BinaryOp::Multiply, .. }, _) => false,
        (ExpressionKind::Binary { op: BinaryOp::Add, .. }, &[left, right]) => !have_one_sign(left, right),
        (ExpressionKind::Binary { op: BinaryOp::Subtract, .. }, &[left, right]) => {
            !have_one_sign(left, right.negate())
        }
        _ => true,
    }
}

/// Whether it is a product with 0 as it is written.
fn is_nothing_times(node: &Node<'_>) -> bool {
    let is_zero = |operand: &Node<'_>| operand.expression.as_number_of_all() == Some(0.0);
    matches!(node.expression.kind, ExpressionKind::Binary { op: BinaryOp::Multiply, .. })
        && node.operands.iter().any(is_zero)
}

impl<'k> Plan<'_, '_, 'k> {
    /// The type that a variable is stored in, and a reliance on what that takes.
    pub(super) fn choose(&self, variable: Variable, ty: Type) -> Scalar {
        let (value, sure) = self.values(variable);
        let demand = self.demand_of(variable);
        let scalar = stored(value, sure, demand, ty);
        let limit = match scalar {
            _ if ty.scalar() != Scalar::Number || demand.is_bits() => return scalar,
            _ if demand.is_order() && !value.fits_i32() => return scalar,
            Scalar::I32 => Limit::I32,
            Scalar::U32 => Limit::U32,
            Scalar::F32 if !demand.is_single() => Limit::Single,
            _ => return scalar,
        };
        self.rely_on_variable(variable, limit, sure);
        scalar
    }

    /// What an operator or function is computed in.
    pub(super) fn computed(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        use ExpressionKind as K;
        match &node.expression.kind {
            _ if node.expression.ty.scalar() != Scalar::Number => node.expression.ty.scalar(),
            K::Unary { op: UnaryOp::Negate, .. }
            | K::Binary { op: BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply, .. } => {
                self.ring(node, demand)
            }
            K::Binary { op: BinaryOp::Divide, .. } => self.quotient(node, demand),
            K::Binary { op: BinaryOp::Remainder, .. } => self.remainder(node, demand),
            K::Unary { op: UnaryOp::BitNot, .. } => Scalar::I32,
            K::Binary { op: BinaryOp::ShiftRightUnsigned, .. } => Scalar::U32,
            K::Binary { .. } => Scalar::I32,
            K::Builtin { builtin, .. } => self.function(*builtin, node, demand),
            K::UniformElement { uniform, .. } if let Some(scalar) = self.declared(*uniform) => scalar,
            // What is read is not one that stops.
            K::Uniform(_) | K::UniformElement { .. } if demand.is_order() => {
                stored(node.value, node.sure, Demand::VALUE, node.expression.ty)
            }
            _ => stored(node.value, node.sure, demand, node.expression.ty),
        }
    }

    /// What the elements of a uniform are, if that is declared.
    fn declared(&self, uniform: usize) -> Option<Scalar> {
        match self.known.facts.inputs().interface.uniforms.get(uniform)?.ty {
            UniformType::Array(component, _) => Some(Scalar::of_component(component)),
            _ => None,
        }
    }

    fn ring(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        let value = node.value;
        let (are_integers, may_be_unsigned) = (node.has_integers(), !node.expression.ty.is_vector());
        if are_integers && demand.is_bits() && value.is_within(-EXACT, EXACT) {
            self.rely(node, Limit::Exact);
            return Scalar::I32;
        }
        if demand.is_single()
            && !node.is_surely_whole()
            && self.can_be_single(node)
            && !is_double(value)
            && !is_nothing_times(node)
        {
            return Scalar::F32;
        }
        if are_integers && value.fits_i32() && keeps_zero(value, demand) {
            self.rely(node, Limit::I32);
            return Scalar::I32;
        }
        if are_integers && demand.is_order() && self.stops(node).is_some() {
            node.operands
                .iter()
                .filter(|operand| operand.value.fits_i32())
                .for_each(|operand| self.rely(operand, Limit::I32));
            return Scalar::I32;
        }
        if are_integers && value.fits_u32() && keeps_zero(value, demand) && may_be_unsigned {
            self.rely(node, Limit::U32);
            return Scalar::U32;
        }
        self.float(node, demand)
    }

    /// The operand of a sum, difference or product that is kept so near to zero that the result is an `i32`, and the range that it is kept in,
    /// where the other operand is small. For a product it is a literal: a small factor would make a small number of a large one.
    pub(super) fn stops(&self, node: &Node<'k>) -> Option<(usize, Range)> {
        let [left, right] = &node.operands[..] else { return None };
        let (least, most) = (f64::from(i32::MIN), f64::from(i32::MAX));
        let is_small = |node: &Node<'k>| node.sure.is_integer() && node.sure.is_within(-LITTLE, LITTLE);
        let is_scalar = !node.expression.ty.is_vector();
        let position = match (is_scalar, is_small(left), is_small(right)) {
            (true, _, true) => 0,
            (true, true, false) => 1,
            _ => return None,
        };
        let (kept, other) = (&node.operands[position], node.operands[1 - position].sure.range());
        let fits = kept.value.fits_i32() || (kept.value.is_integer() && self.stops(kept).is_some());
        if !fits || !keeps_zero(node.value, Demand::ORDER) {
            return None;
        }
        match node.expression.kind {
            ExpressionKind::Binary { op: BinaryOp::Add, .. } => {
                Some((position, Range::new(least - other.low.min(0.0), most - other.high.max(0.0))))
            }
            ExpressionKind::Binary { op: BinaryOp::Subtract, .. } if position == 0 => {
                Some((position, Range::new(least + other.high.max(0.0), most + other.low.min(0.0))))
            }
            ExpressionKind::Binary { op: BinaryOp::Multiply, .. }
                if other.low == other.high && other.low != 0.0 =>
            {
                let size = (most / other.low.abs()).floor();
                Some((position, Range::new(-size, size)))
            }
            _ => None,
        }
    }

    /// Whether an operation on numbers that may be fractions is right enough in singles: its operands are singles, or else its result is no
    /// integer, and rounded to singles the operands do not cancel out.
    fn can_be_single(&self, node: &Node<'k>) -> bool {
        let is_fraction = node.value.integers.is_empty();
        let may_be_rounded = is_fraction && !cancels(node);
        node.operands.iter().all(|operand| {
            operand.value.holds_singles() || may_be_rounded || (is_fraction && !operand.is_surely_whole())
        })
    }

    /// `F32` if that gives all that is asked for, else `F64`.
    fn float(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        let value = node.value;
        let holds_operands = node.operands.iter().all(|operand| operand.value.holds_singles());
        let fits = if is_double(value) || have_doubles(&node.operands) {
            false
        } else if is_nothing_times(node) {
            // Drivers take any single times 0 for 0, whatever its sign.
            false
        } else if value.fractions.is_empty() {
            holds_operands && (demand.is_single() || demand.is_order() || value.holds_singles())
        } else if value.grade == Grade::Single {
            // What is computed from singles is one; but it may be an integer that was no single on the way.
            value.integers.is_empty() || (holds_operands && (demand.is_single() || value.holds_singles()))
        } else {
            demand.is_single() && self.can_be_single(node)
        };
        if fits {
            node.operands.iter().for_each(|operand| self.rely_on_single(operand));
            return Scalar::F32;
        }
        Scalar::F64
    }

    /// A quotient is a fraction, but for its bits, which are those of the integer that it is truncated to.
    fn quotient(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        // What it can be was found on the assumption that its divisor is not 0, if that was assumed.
        self.is_nonzero(node);
        if demand.is_bits()
            && let Some(scalar) = self.divides_integers(node)
        {
            return scalar;
        }
        let is_double = is_double(node.value) || have_doubles(&node.operands);
        let is_single = node.value.grade == Grade::Single
            && node.operands.iter().all(|operand| operand.value.holds_singles());
        if !is_double && (demand.is_single() || is_single) { Scalar::F32 } else { Scalar::F64 }
    }

    /// The integers of 32 bits that both operands are. A divisor that may be 0 gives 0, as is right where only bits are asked for.
    pub(super) fn divides_integers(&self, node: &Node<'k>) -> Option<Scalar> {
        let (scalar, limit) = integers(&node.operands).filter(|_| !node.expression.ty.is_vector())?;
        node.operands.iter().for_each(|operand| self.rely(operand, limit));
        Some(scalar)
    }

    /// The integers of 32 bits that a quotient is of, if the divisor is not 0 and the quotient is no more than they hold.
    pub(super) fn divides_surely(&self, node: &Node<'k>) -> Option<Scalar> {
        if !self.is_nonzero(node) {
            return None;
        }
        self.divides_integers(node).filter(|&scalar| scalar == Scalar::U32 || !self.overflows(node))
    }

    /// Whether the divisor is not 0, also for the reason that the runtime makes sure of it.
    fn is_nonzero(&self, node: &Node<'k>) -> bool {
        let divisor = &node.operands[1];
        if !divisor.sure.has_zero() || !divisor.value.has_zero() {
            return !divisor.value.nan;
        }
        self.rely_on_nonzero(divisor)
    }

    fn remainder(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        let is_nonzero = self.is_nonzero(node);
        if (is_nonzero || demand.is_bits())
            && keeps_zero(node.value, demand)
            && let Some(scalar) = self.divides_integers(node)
        {
            return scalar;
        }
        let holds_operands = node.operands.iter().all(|operand| operand.value.holds_singles());
        let is_exact = node.value.fractions.is_empty() || node.value.grade == Grade::Single;
        if holds_operands && is_exact && !have_doubles(&node.operands) {
            node.operands.iter().for_each(|operand| self.rely_on_single(operand));
            return Scalar::F32;
        }
        Scalar::F64
    }

    fn function(&self, builtin: Builtin, node: &Node<'k>, demand: Demand) -> Scalar {
        match builtin {
            Builtin::Imul | Builtin::Clz32 => Scalar::I32,
            Builtin::FloatBits => Scalar::U32,
            Builtin::FromFloatBits => Scalar::F32,
            Builtin::Fround => self.stored_node(node, demand),
            Builtin::Floor | Builtin::Ceil | Builtin::Trunc | Builtin::Round => {
                self.rounding(builtin, node, demand)
            }
            Builtin::Min | Builtin::Max => {
                let asked = [0, 1].map(|position| match self.operand_demand(node, demand, position) {
                    asked if asked.is_order() => asked,
                    _ => demand,
                });
                // Drivers take either zero for the lesser one.
                let is_zero_asked =
                    demand.exact && demand.sign && node.value.negative_zero && node.is_surely_whole();
                match self.common(&node.operands, &asked) {
                    Scalar::F32 if is_zero_asked => Scalar::F64,
                    scalar => scalar,
                }
            }
            Builtin::Abs | Builtin::Sign => self.common(&node.operands, &[demand]),
            Builtin::Pow => self.power(node, demand),
            Builtin::Sqrt
            | Builtin::Dot
            | Builtin::Cross
            | Builtin::ComplexTimes
            | Builtin::ComplexConjugate => self.float(node, demand),
            _ if have_doubles(&node.operands) => {
                if !builtin.has_doubles() {
                    self.refuse(builtin, node);
                }
                Scalar::F64
            }
            _ => Scalar::F32,
        }
    }

    /// Notes that a function is not there for doubles.
    fn refuse(&self, builtin: Builtin, node: &Node<'k>) {
        add(&mut self.refused.borrow_mut(), (builtin, node.expression.span));
    }

    /// The integers that a rounded quotient can be computed in.
    pub(super) fn rounds_quotient(&self, builtin: Builtin, quotient: &Node<'k>) -> Option<Scalar> {
        if !matches!(quotient.expression.kind, ExpressionKind::Binary { op: BinaryOp::Divide, .. }) {
            return None;
        }
        let scalar = self.divides_surely(quotient)?;
        let fits = match builtin {
            Builtin::Floor | Builtin::Trunc => true,
            Builtin::Ceil => scalar == Scalar::I32 && quotient.operands[0].sure.range().low >= -LARGEST,
            _ => false,
        };
        fits.then_some(scalar)
    }

    /// What a rounding to an integer is computed in: what its operand is.
    fn rounding(&self, builtin: Builtin, node: &Node<'k>, demand: Demand) -> Scalar {
        let operand = &node.operands[0];
        if operand.value.fractions.is_empty() {
            return self.stored_node(operand, demand);
        }
        if keeps_zero(node.value, demand)
            && let Some(scalar) = self.rounds_quotient(builtin, operand)
        {
            return scalar;
        }
        let is_single = operand.value.grade == Grade::Single && operand.value.holds_singles();
        if is_single && self.computed(operand, Demand::EXACT) == Scalar::F32 {
            Scalar::F32
        } else {
            Scalar::F64
        }
    }

    /// The type in which values can be chosen among and compared.
    pub(super) fn common(&self, nodes: &[Node<'k>], demands: &[Demand]) -> Scalar {
        let demand = demands.iter().fold(Demand::NONE, |all, one| all.union(*one));
        let keep_zero = nodes.iter().all(|node| keeps_zero(node.value, demand));
        let is_vector = nodes.iter().any(|node| node.expression.ty.is_vector());
        let is_sure = nodes.iter().all(Node::is_surely_whole);
        if demand.is_single()
            && !is_sure
            && nodes.iter().all(|node| node.value.holds_singles())
            && !have_doubles(nodes)
        {
            return Scalar::F32;
        }
        if let Some((scalar, limit)) = integers(nodes).filter(|_| keep_zero) {
            nodes.iter().for_each(|node| self.rely(node, limit));
            return scalar;
        }
        let is_order = |(node, demand): (&Node<'k>, &Demand)| {
            demand.is_order() && node.value.fractions.is_empty() && !node.value.holds_singles()
        };
        let is_single = |(node, asked): (&Node<'k>, &Demand)| {
            let exact = is_exact_fraction(node.value, demand) || !node.value.holds_singles();
            !is_double(node.value) && (demand.is_single() || !exact || is_order((node, asked)))
        };
        // An integer that stops at the ends of its range is on the right side of what is near.
        let stops = |(node, asked): (&Node<'k>, &Demand)| {
            node.value.fits_i32() || (is_order((node, asked)) && node.value.is_integer())
        };
        let pairs = || nodes.iter().zip(demands);
        if keep_zero && !is_vector && pairs().all(stops) {
            pairs().filter(|pair| !is_order(*pair)).for_each(|(node, _)| self.rely(node, Limit::I32));
            return Scalar::I32;
        }
        if pairs().all(is_single) {
            pairs().filter(|pair| !is_order(*pair)).for_each(|(node, _)| self.rely_on_single(node));
            return Scalar::F32;
        }
        Scalar::F64
    }

    /// A power by a constant is a product; others are computed in doubles where an integer of more digits than singles have is asked for.
    fn power(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        let exponent = node.operands[1].expression.as_number_of_all();
        let is_product = exponent.is_some_and(|exponent| exponent > 0.0 && is_multiplied_out(exponent));
        if is_product {
            return self.ring(node, demand);
        }
        match node.value.is_integer() {
            true => self.float(node, demand),
            false if have_doubles(&node.operands) => {
                if !node.operands[1].value.is_integer() {
                    self.refuse(Builtin::Pow, node);
                }
                Scalar::F64
            }
            false => Scalar::F32,
        }
    }

    fn stored_node(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        let scalar = stored(node.value, node.sure, demand, node.expression.ty);
        match scalar {
            Scalar::I32 if !demand.is_bits() => self.rely(node, Limit::I32),
            Scalar::U32 => self.rely(node, Limit::U32),
            Scalar::F32 if !demand.is_single() => self.rely_on_single(node),
            _ => {}
        }
        scalar
    }
}
