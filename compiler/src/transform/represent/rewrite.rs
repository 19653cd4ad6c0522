//! Expressions in a given representation.
//!
//! The same node comes out differently by what it is needed for:
//!
//! * [`preferred`](Plan::preferred): in the type that suits it best, given what is asked of it.
//! * [`to`](Plan::to): in a given type, which holds it.
//! * [`bits`](Plan::bits): as the `I32` that ToInt32 gives.
//! * [`index`](Plan::index): as the `I32` of an index, rounded down. What does not fit, NaN too, comes out as a negative number.

use super::demand::{Demand, index_demand};
use super::node::Node;
use super::plan::Plan;
use super::scalars::keeps_zero;
use crate::analysis::value::{LARGEST, Range, TWO_32};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, FunctionId, Literal, Scalar, Type, UnaryOp};
use artifact::to_int32;

impl<'k> Plan<'_, '_, 'k> {
    /// The node in the type that suits it best.
    pub(super) fn preferred(&self, node: &Node<'k>, demand: Demand) -> Expression {
        use ExpressionKind as K;
        match &node.expression.kind {
            K::Literal(Literal::Number(_)) => literal(node, self.computed(node, demand)),
            K::Literal(Literal::Bool(_)) | K::ThreadId | K::Random => self.leaf(node),
            K::Uniform(_) => retyped(node, Vec::new(), self.computed(node, demand)),
            K::UniformElement { .. } => {
                let index = self.small_index(&node.operands[0]);
                retyped(node, vec![index], self.computed(node, demand))
            }
            K::Local(local) | K::Element { array: local, .. } => {
                let indices = node.operands.iter().map(|index| self.small_index(index)).collect();
                let variable = self.definitions().local(node.at.function, *local);
                retyped(node, indices, self.scalar(variable))
            }
            K::Call { function, .. } => {
                let scalar = self.scalar(self.definitions().result(*function));
                retyped(node, self.arguments(*function, node), scalar)
            }
            K::Load { buffer, .. } => self.load(*buffer, node),
            K::Component { .. } | K::Swizzle { .. } => {
                let vector = self.preferred(&node.operands[0], demand);
                let scalar = vector.ty.scalar();
                retyped(node, vec![vector], scalar)
            }
            K::Unary { op: UnaryOp::Not, .. } | K::Binary { op: BinaryOp::And | BinaryOp::Or, .. } => {
                let operands =
                    node.operands.iter().map(|operand| self.preferred(operand, Demand::NONE)).collect();
                retyped(node, operands, Scalar::Bool)
            }
            K::Unary { op: UnaryOp::BitNot, .. } => self.bit_not(node),
            K::Binary { op, .. } if op.is_comparison() => self.compare(*op, node),
            K::Binary { op, .. } if op.is_bitwise() => self.bitwise(*op, node),
            K::Binary { op: BinaryOp::Divide, .. } => self.divided(node, demand),
            K::Builtin { builtin, .. } => self.builtin(*builtin, node, demand),
            _ => self.in_type(node, self.computed(node, demand), demand),
        }
    }

    /// The type that the node comes out in.
    pub(super) fn preferred_scalar(&self, node: &Node<'k>, demand: Demand) -> Scalar {
        use ExpressionKind as K;
        match &node.expression.kind {
            K::Local(local) | K::Element { array: local, .. } => {
                self.scalar(self.definitions().local(node.at.function, *local))
            }
            K::Call { function, .. } => self.scalar(self.definitions().result(*function)),
            K::Load { buffer, .. } => Scalar::of_component(self.element(*buffer).component()),
            K::Component { .. } | K::Swizzle { .. } => self.preferred_scalar(&node.operands[0], demand),
            _ => self.computed(node, demand),
        }
    }

    /// The node in this type, which holds it; an `I32` or `U32` has its bits, whatever it is.
    pub(super) fn to(&self, node: &Node<'k>, scalar: Scalar, demand: Demand) -> Expression {
        use ExpressionKind as K;
        match &node.expression.kind {
            K::Literal(Literal::Number(number)) => {
                let number = match scalar {
                    Scalar::I32 if demand.is_order() => {
                        number.clamp(f64::from(i32::MIN), f64::from(i32::MAX))
                    }
                    _ if scalar.is_integer() => f64::from(to_int32(*number)),
                    _ => *number,
                };
                let number = if scalar == Scalar::U32 && number < 0.0 { number + TWO_32 } else { number };
                number_literal(number, scalar, node.expression)
            }
            K::Compose(_) | K::Splat(_) if node.expression.ty.scalar() == Scalar::Number => {
                self.in_type(node, scalar, demand)
            }
            K::ArrayOf(_) | K::Select { .. } => self.in_type(node, scalar, demand),
            K::Builtin { builtin, .. } if scalar == Scalar::F32 && is_rounding(*builtin) => {
                self.rounded_single(*builtin, node, demand)
            }
            _ if scalar == Scalar::I32 && demand.is_order() && !node.expression.ty.is_vector() => {
                self.stopped(node, demand)
            }
            _ if scalar.is_integer() => convert(self.bits(node), scalar),
            _ => convert(self.preferred(node, demand), scalar),
        }
    }

    /// An integer as an `I32` that stops at the ends of its range.
    fn stopped(&self, node: &Node<'k>, demand: Demand) -> Expression {
        let preferred = self.preferred(node, demand);
        if preferred.ty == Type::I32 {
            return preferred;
        }
        // The last single below 2^31.
        let most = if preferred.ty == Type::F32 { 2_147_483_520.0 } else { f64::from(i32::MAX) };
        let ends = Range::new(f64::from(i32::MIN), most);
        convert(clamped(preferred, node.sure.range(), ends), Scalar::I32)
    }

    /// A sum, difference or product that stops near the ends of the range of an `I32`.
    fn stopping(&self, node: &Node<'k>, (position, ends): (usize, Range)) -> Expression {
        let operands = node.operands.iter().enumerate().map(|(side, operand)| {
            let value = self.to(operand, Scalar::I32, self.operand_demand(node, Demand::ORDER, side));
            if side == position { clamped(value, operand.sure.range(), ends) } else { value }
        });
        retyped(node, operands.collect(), Scalar::I32)
    }

    /// The node as ToInt32 gives it.
    pub(super) fn bits(&self, node: &Node<'k>) -> Expression {
        use ExpressionKind as K;
        match &node.expression.kind {
            K::Literal(Literal::Number(number)) => {
                number_literal(f64::from(to_int32(*number)), Scalar::I32, node.expression)
            }
            K::Select { .. } => self.in_type(node, Scalar::I32, Demand::BITS),
            _ => to_bits(self.preferred(node, Demand::BITS)),
        }
    }

    /// The node as an index into something small: rounded down.
    pub(super) fn small_index(&self, node: &Node<'k>) -> Expression {
        self.index(node, Demand::ORDER)
    }

    /// The node as an index: rounded down.
    pub(super) fn index(&self, node: &Node<'k>, demand: Demand) -> Expression {
        use ExpressionKind as K;
        // What does not fit wraps to a negative number.
        let wraps = node.sure.is_within(-LARGEST - 1.0, TWO_32 - 1.0);
        match &node.expression.kind {
            K::Literal(Literal::Number(number)) => {
                number_literal(floor_to_i32(*number), Scalar::I32, node.expression)
            }
            K::Unary { op: UnaryOp::Negate, .. }
            | K::Binary { op: BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply, .. }
                if wraps && node.has_integers() =>
            {
                self.in_type(node, Scalar::I32, Demand::BITS)
            }
            K::Builtin { builtin: Builtin::Floor, .. } if !node.operands[0].value.is_integer() => {
                self.index(&node.operands[0], Demand::VALUE)
            }
            K::Binary { op: BinaryOp::Divide, .. } if let Some(scalar) = self.divides_surely(node) => {
                convert(self.integer_quotient(node, BinaryOp::FloorDivide, scalar), Scalar::I32)
            }
            _ => convert(self.preferred(node, demand), Scalar::I32),
        }
    }

    /// The same operation on operands of this type.
    fn in_type(&self, node: &Node<'k>, scalar: Scalar, demand: Demand) -> Expression {
        use ExpressionKind as K;
        if scalar == Scalar::I32
            && demand.is_order()
            && is_ring(&node.expression.kind)
            && !node.value.fits_i32()
            && let Some(stops) = self.stops(node)
        {
            return self.stopping(node, stops);
        }
        let of = |position: usize, operand: &Node<'k>| {
            let asked = match node.expression.kind {
                K::Compose(_) | K::Splat(_) if node.expression.ty.scalar().is_integer() => Demand::BITS,
                K::Compose(_) | K::Splat(_) | K::ArrayOf(_) => demand,
                _ => self.operand_demand(node, demand, position),
            };
            match node.expression.kind {
                K::Select { .. } if position == 0 => self.preferred(operand, Demand::NONE),
                _ => self.to(operand, scalar, asked),
            }
        };
        let operands =
            node.operands.iter().enumerate().map(|(position, operand)| of(position, operand)).collect();
        if scalar == Scalar::U32
            && node.expression.ty.scalar() == Scalar::Number
            && is_ring(&node.expression.kind)
        {
            // Wrapping is the same with and without a sign.
            let operands = node.operands.iter().map(|operand| self.bits(operand)).collect();
            return convert(retyped(node, operands, Scalar::I32), scalar);
        }
        retyped(node, operands, scalar)
    }

    fn leaf(&self, node: &Node<'k>) -> Expression {
        let scalar = match node.expression.kind {
            ExpressionKind::ThreadId => Scalar::I32,
            ExpressionKind::Random => Scalar::F32,
            _ => Scalar::Bool,
        };
        retyped(node, Vec::new(), scalar)
    }

    fn load(&self, buffer: usize, node: &Node<'k>) -> Expression {
        let extents = self.extents(buffer);
        let indices = node
            .operands
            .iter()
            .zip(extents)
            .map(|(index, &extent)| self.marked_index(index, extent))
            .collect();
        retyped(node, indices, Scalar::of_component(self.element(buffer).component()))
    }

    /// The extents of a buffer.
    pub(super) fn extents(&self, buffer: usize) -> &[u32] {
        let interface = self.known.facts.inputs().interface;
        interface.buffers.get(buffer).map_or(&[], |described| &described.size)
    }

    /// An index into a dimension of this extent, marked if it is known to be in range.
    pub(super) fn marked_index(&self, node: &Node<'k>, extent: u32) -> Expression {
        let index = self.index(node, index_demand(Some(extent)));
        let is_literal = index.as_number().is_some();
        match self.in_range(node, extent).filter(|_| !is_literal) {
            Some(known) => {
                let (ty, span) = (index.ty, index.span);
                Expression::new(ExpressionKind::InRange { index: Box::new(index), known }, ty, span)
            }
            None => index,
        }
    }

    fn arguments(&self, function: FunctionId, node: &Node<'k>) -> Vec<Expression> {
        let definitions = self.definitions();
        let parameters = &definitions.kernel.function(function).parameters;
        let pass = |(&parameter, argument): (_, &Node<'k>)| {
            let variable = definitions.local(function.0 as usize, parameter);
            self.to(argument, self.scalar(variable), self.demand_of(variable))
        };
        parameters.iter().zip(&node.operands).map(pass).collect()
    }

    fn bit_not(&self, node: &Node<'k>) -> Expression {
        let ty = node.expression.ty;
        if ty.scalar() != Scalar::Number {
            // Vectors of integers have their type.
            return self.in_type(node, ty.scalar(), Demand::BITS);
        }
        let inner = self.bits(&node.operands[0]);
        match inner.kind {
            ExpressionKind::Unary { op: UnaryOp::BitNot, operand } => *operand,
            _ => retyped(node, vec![inner], Scalar::I32),
        }
    }

    /// A bitwise operator; `x | 0` and its like are just `x`.
    fn bitwise(&self, op: BinaryOp, node: &Node<'k>) -> Expression {
        let ty = node.expression.ty;
        if ty.scalar() != Scalar::Number {
            // Vectors of integers have their type.
            return self.in_type(node, ty.scalar(), Demand::BITS);
        }
        let [left, right] = [0, 1].map(|side| self.bits(&node.operands[side]));
        let unsigned = op == BinaryOp::ShiftRightUnsigned;
        let result = if unsigned { Scalar::U32 } else { Scalar::I32 };
        let whole = if right.as_number() == Some(0.0) && op != BinaryOp::BitAnd {
            convert(left, result)
        } else if left.as_number() == Some(0.0) && matches!(op, BinaryOp::BitOr | BinaryOp::BitXor) {
            right
        } else {
            retyped(node, vec![left, right], result)
        };
        // An unsigned number that fits is as good as a signed one.
        if unsigned && node.value.fits_i32() && node.sure.fits_i32() {
            convert(whole, Scalar::I32)
        } else {
            whole
        }
    }

    /// A quotient that is not rounded, unless only its bits are asked for.
    fn divided(&self, node: &Node<'k>, demand: Demand) -> Expression {
        match self.computed(node, demand) {
            scalar @ (Scalar::I32 | Scalar::U32) => {
                self.integer_quotient(node, BinaryOp::TruncateDivide, scalar)
            }
            scalar => self.in_type(node, scalar, demand),
        }
    }

    fn integer_quotient(&self, node: &Node<'k>, op: BinaryOp, scalar: Scalar) -> Expression {
        // Without a sign, down is toward zero.
        let op = if scalar == Scalar::U32 { BinaryOp::TruncateDivide } else { op };
        let [left, right] = [0, 1].map(|side| self.to(&node.operands[side], scalar, Demand::VALUE));
        Expression::binary(op, left, right, node.expression.span)
    }

    /// Whether a quotient of integers may be 2^31, which is -2^31 by -1: not by a uniform that the runtime makes sure is positive.
    pub(super) fn overflows(&self, node: &Node<'k>) -> bool {
        let [dividend, divisor] = [0, 1].map(|side| node.operands[side].sure.range().low);
        dividend < -LARGEST && divisor <= 0.0 && !self.rely_on_positive(&node.operands[1])
    }

    fn builtin(&self, builtin: Builtin, node: &Node<'k>, demand: Demand) -> Expression {
        let first = &node.operands[0];
        match builtin {
            Builtin::Floor | Builtin::Ceil | Builtin::Trunc | Builtin::Round => {
                self.rounded(builtin, node, demand)
            }
            Builtin::Imul | Builtin::Clz32 => {
                let operands = node.operands.iter().map(|operand| self.bits(operand)).collect();
                retyped(node, operands, Scalar::I32)
            }
            Builtin::FloatBits => {
                let single = self.to(first, Scalar::F32, Demand::SINGLE);
                retyped(node, vec![single], Scalar::U32)
            }
            Builtin::FromFloatBits => retyped(node, vec![self.bits(first)], Scalar::F32),
            // Every single is one already.
            Builtin::Fround if first.value.is_integer() && first.value.holds_singles() => {
                self.preferred(first, demand)
            }
            Builtin::Fround => {
                let single = self.to(first, Scalar::F32, Demand::SINGLE);
                retyped(node, vec![single], Scalar::F32)
            }
            Builtin::Abs
                if first.value.range().low >= 0.0
                    && !first.value.negative_zero
                    && first.value.is_integer() =>
            {
                self.preferred(first, demand)
            }
            Builtin::Sign if self.computed(node, demand) == Scalar::U32 => {
                let [one, operand] =
                    [number_literal(1.0, Scalar::U32, first.expression), self.to(first, Scalar::U32, demand)];
                let kind = ExpressionKind::Builtin { builtin: Builtin::Min, arguments: vec![operand, one] };
                convert(Expression::new(kind, Type::U32, node.expression.span), Scalar::I32)
            }
            Builtin::Abs => {
                // The absolute value of the least integer has the right bits for an unsigned one.
                let scalar = self.computed(node, demand);
                let is_large = scalar == Scalar::I32 && !node.value.fits_i32();
                convert(self.in_type(node, scalar, demand), if is_large { Scalar::U32 } else { scalar })
            }
            _ => self.in_type(node, self.computed(node, demand), demand),
        }
    }

    /// A rounding to an integer: of a quotient of integers by integer division, else as its operand is.
    fn rounded(&self, builtin: Builtin, node: &Node<'k>, demand: Demand) -> Expression {
        let operand = &node.operands[0];
        if operand.value.fractions.is_empty() {
            return self.preferred(operand, demand);
        }
        let keeps_zero = keeps_zero(node.value, demand);
        if keeps_zero && let Some(quotient) = self.rounded_quotient(builtin, operand) {
            return quotient;
        }
        let scalar = self.computed(node, demand);
        let asked = self.operand_demand(node, demand, 0);
        let whole = retyped(node, vec![self.to(operand, scalar, asked)], scalar);
        if node.value.fits_i32() && keeps_zero && !demand.is_single() {
            self.rely(node, super::conditions::Limit::I32);
            return convert(whole, Scalar::I32);
        }
        whole
    }

    /// The rounded quotient of two integers.
    fn rounded_quotient(&self, builtin: Builtin, quotient: &Node<'k>) -> Option<Expression> {
        let scalar = self.rounds_quotient(builtin, quotient)?;
        match builtin {
            Builtin::Floor => Some(self.integer_quotient(quotient, BinaryOp::FloorDivide, scalar)),
            Builtin::Trunc => Some(self.integer_quotient(quotient, BinaryOp::TruncateDivide, scalar)),
            // -floor(-a / b)
            _ => {
                let [left, right] =
                    [0, 1].map(|side| self.to(&quotient.operands[side], Scalar::I32, Demand::VALUE));
                let floor =
                    Expression::binary(BinaryOp::FloorDivide, negated(left), right, quotient.expression.span);
                Some(negated(floor))
            }
        }
    }

    /// A rounding whose result is needed as a single: what is rounded from a single is one.
    fn rounded_single(&self, builtin: Builtin, node: &Node<'k>, demand: Demand) -> Expression {
        let is_single =
            self.computed(node, demand) == Scalar::F32 && !node.operands[0].value.fractions.is_empty();
        if is_single && self.rounds_quotient(builtin, &node.operands[0]).is_none() {
            let operand = self.to(&node.operands[0], Scalar::F32, self.operand_demand(node, demand, 0));
            return retyped(node, vec![operand], Scalar::F32);
        }
        convert(self.preferred(node, demand), Scalar::F32)
    }
}

/// A number kept between `ends`, given the range that it is in anyway.
fn clamped(number: Expression, range: Range, ends: Range) -> Expression {
    let (ty, span) = (number.ty, number.span);
    let bound = |number: Expression, builtin, end| {
        let literal = Expression::new(ExpressionKind::Literal(Literal::Number(end)), ty, span);
        Expression::new(ExpressionKind::Builtin { builtin, arguments: vec![number, literal] }, ty, span)
    };
    let below = if range.high > ends.high { bound(number, Builtin::Min, ends.high) } else { number };
    let is_signed = ty.scalar() != Scalar::U32;
    if range.low < ends.low && is_signed { bound(below, Builtin::Max, ends.low) } else { below }
}

fn is_rounding(builtin: Builtin) -> bool {
    matches!(builtin, Builtin::Floor | Builtin::Ceil | Builtin::Round | Builtin::Trunc)
}

fn is_ring(kind: &ExpressionKind) -> bool {
    matches!(
        kind,
        ExpressionKind::Binary { op: BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply, .. }
            | ExpressionKind::Unary { op: UnaryOp::Negate, .. }
            | ExpressionKind::Builtin { builtin: Builtin::Pow, .. }
    )
}

/// The same expression with other operands, whose numbers are `scalar`.
pub(super) fn retyped(node: &Node<'_>, operands: Vec<Expression>, scalar: Scalar) -> Expression {
    let expression = node.expression;
    let mut result = shell(expression);
    for (slot, operand) in result.operands_mut().into_iter().zip(operands) {
        *slot = operand;
    }
    if expression.ty.scalar() != Scalar::Bool {
        result.ty = expression.ty.with_scalar(scalar);
    }
    result.is_whole = scalar == Scalar::F64 && node.value.is_integer();
    result
}

/// A copy of the node with placeholders for its operands, so that no subtree is copied in vain.
fn shell(expression: &Expression) -> Expression {
    use ExpressionKind as K;
    let hole = |_: &Expression| Expression::bool(false, expression.span);
    let boxed = || Box::new(Expression::bool(false, expression.span));
    let holes = |parts: &[Expression]| parts.iter().map(hole).collect::<Vec<_>>();
    let kind = match &expression.kind {
        K::Literal(literal) => K::Literal(*literal),
        K::Local(local) => K::Local(*local),
        K::ThreadId => K::ThreadId,
        K::Uniform(uniform) => K::Uniform(*uniform),
        K::UniformElement { uniform, .. } => K::UniformElement { uniform: *uniform, index: boxed() },
        K::Random => K::Random,
        K::Load { buffer, index } => K::Load { buffer: *buffer, index: holes(index) },
        K::Element { array, .. } => K::Element { array: *array, index: boxed() },
        K::Component { component, .. } => K::Component { vector: boxed(), component: *component },
        K::Swizzle { components, .. } => K::Swizzle { vector: boxed(), components: components.clone() },
        K::Compose(parts) => K::Compose(holes(parts)),
        K::Splat(_) => K::Splat(boxed()),
        K::ArrayOf(parts) => K::ArrayOf(holes(parts)),
        K::Unary { op, .. } => K::Unary { op: *op, operand: boxed() },
        K::Binary { op, .. } => K::Binary { op: *op, left: boxed(), right: boxed() },
        K::Select { .. } => K::Select { condition: boxed(), accept: boxed(), reject: boxed() },
        K::Builtin { builtin, arguments } => K::Builtin { builtin: *builtin, arguments: holes(arguments) },
        K::Call { function, arguments } => K::Call { function: *function, arguments: holes(arguments) },
        K::Convert(_) => K::Convert(boxed()),
        K::ToInt32(_) => K::ToInt32(boxed()),
        K::InRange { known, .. } => K::InRange { index: boxed(), known: *known },
    };
    Expression::new(kind, expression.ty, expression.span)
}

fn literal(node: &Node<'_>, scalar: Scalar) -> Expression {
    Expression { ty: node.expression.ty.with_scalar(scalar), ..node.expression.clone() }
}

pub(super) fn number_literal(number: f64, scalar: Scalar, origin: &Expression) -> Expression {
    let kind = ExpressionKind::Literal(Literal::Number(number));
    Expression::new(kind, Type::Scalar(scalar), origin.span)
}

/// What the conversion of a number to an index gives.
fn floor_to_i32(number: f64) -> f64 {
    let floor = number.floor();
    if floor >= f64::from(i32::MIN) && floor <= f64::from(i32::MAX) {
        floor + 0.0
    } else {
        f64::from(i32::MIN)
    }
}

fn negated(operand: Expression) -> Expression {
    let (ty, span) = (operand.ty, operand.span);
    Expression::new(ExpressionKind::Unary { op: UnaryOp::Negate, operand: Box::new(operand) }, ty, span)
}

/// The bits of a represented number, as ToInt32 gives them.
fn to_bits(expression: Expression) -> Expression {
    match expression.ty.scalar() {
        Scalar::F32 | Scalar::F64 => {
            let (ty, span) = (expression.ty.with_scalar(Scalar::I32), expression.span);
            Expression::new(ExpressionKind::ToInt32(Box::new(expression)), ty, span)
        }
        _ => convert(expression, Scalar::I32),
    }
}

/// The expression in another representation. Rounding down before a conversion to `I32` is part of the conversion, and between `I32` and
/// `U32` and back nothing changes.
pub(super) fn convert(expression: Expression, scalar: Scalar) -> Expression {
    let from = expression.ty.scalar();
    if from == scalar {
        return expression;
    }
    if scalar == Scalar::U32 && !from.is_integer() {
        return convert(to_bits(expression), scalar);
    }
    let ty = expression.ty.with_scalar(scalar);
    let span = expression.span;
    match expression.kind {
        ExpressionKind::Literal(Literal::Number(number)) if fits(number, scalar) => {
            // Adding zero makes a negative zero positive.
            let number = if scalar.is_integer() { number + 0.0 } else { number };
            Expression::new(ExpressionKind::Literal(Literal::Number(number)), ty, span)
        }
        ExpressionKind::Convert(inner)
            if inner.ty.scalar() == scalar && from.is_integer() && scalar.is_integer() =>
        {
            *inner
        }
        ExpressionKind::Builtin { builtin: Builtin::Floor, mut arguments } if scalar == Scalar::I32 => {
            convert(arguments.remove(0), scalar)
        }
        kind => {
            let whole = Expression::new(kind, expression.ty, span);
            Expression::new(ExpressionKind::Convert(Box::new(whole)), ty, span)
        }
    }
}

fn fits(number: f64, scalar: Scalar) -> bool {
    match scalar {
        Scalar::F32 | Scalar::F64 => true,
        Scalar::I32 => number == f64::from(number as i32),
        Scalar::U32 => number == f64::from(number as u32),
        Scalar::Bool | Scalar::Number => false,
    }
}
