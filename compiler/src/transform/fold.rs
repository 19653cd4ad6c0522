//! Computes what is constant, as JavaScript computes it: in doubles, before numbers get a representation.
//!
//! Expressions have no effects, so an operand that does not matter may be dropped. Only the root of a statement may have some, and
//! a root that is a call or a random number is no operator on constants.

use artifact::to_int32;

use crate::ir::builtins::remainder;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Function, Kernel, Literal, Scalar, Statement, StatementKind,
    Type, UnaryOp,
};

/// The kernel with constants computed and branches that are never taken emptied.
pub fn fold(mut kernel: Kernel) -> Kernel {
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        fold_function(function);
    }
    kernel
}

fn fold_function(function: &mut Function) {
    let returns = function.result.is_some();
    fold_block(&mut function.body, returns);
}

fn fold_block(block: &mut Block, returns: bool) {
    let statements = std::mem::take(&mut block.0);
    for mut statement in statements {
        fold_statement(&mut statement, returns);
        block.0.extend(only_taken(statement, returns));
    }
}

/// For an `if` on a constant, the branch that is taken, if it may stand in place of the statement: one that declares locals
/// has to stay a block of its own. Then at least the other branch is emptied, unless a function could seem to lack its return.
fn only_taken(mut statement: Statement, returns: bool) -> Vec<Statement> {
    let StatementKind::If { condition, accept, reject } = &mut statement.kind else { return vec![statement] };
    let Some(condition) = condition.as_bool() else { return vec![statement] };
    let (taken, dropped) = if condition { (accept, reject) } else { (reject, accept) };
    let declares = taken.0.iter().any(|inner| inner.kind.declares().is_some());
    if !declares {
        return std::mem::take(&mut taken.0);
    }
    if !returns {
        dropped.0.clear();
    }
    vec![statement]
}

fn fold_statement(statement: &mut Statement, returns: bool) {
    statement.expressions_mut().into_iter().for_each(fold_expression);
    statement.blocks_mut().into_iter().for_each(|block| fold_block(block, returns));
}

/// Folds the expression in place, operands first.
pub fn fold_expression(expression: &mut Expression) {
    for operand in expression.operands_mut() {
        fold_expression(operand);
    }
    if let Some(replacement) = simpler(expression) {
        *expression = replacement;
    }
}

fn simpler(expression: &Expression) -> Option<Expression> {
    use ExpressionKind as K;
    match &expression.kind {
        K::Unary { op, operand } => fold_unary(*op, operand, expression),
        K::Binary { op, left, right } => fold_binary(*op, left, right, expression),
        K::Builtin { builtin, arguments } => {
            let of = builtin.row().fold?;
            let operands: Option<Vec<Vec<f64>>> = arguments.iter().map(constants).collect();
            componentwise(expression, &operands?, |numbers| Some(of(numbers)))
        }
        K::Select { condition, accept, reject } => {
            Some(if condition.as_bool()? { (**accept).clone() } else { (**reject).clone() })
        }
        K::Component { vector, component } => component_of(vector, *component),
        K::Swizzle { vector, components } => swizzle_of(vector, components, expression),
        _ => None,
    }
}

fn fold_unary(op: UnaryOp, operand: &Expression, whole: &Expression) -> Option<Expression> {
    let compute = |numbers: &[f64]| match op {
        UnaryOp::Negate => Some(-numbers[0]),
        UnaryOp::BitNot => Some(f64::from(!to_int32(numbers[0]))),
        UnaryOp::Not => None,
    };
    match op {
        UnaryOp::Not => Some(Expression::bool(!operand.as_bool()?, whole.span)),
        UnaryOp::Negate | UnaryOp::BitNot => componentwise(whole, &[constants(operand)?], compute),
    }
}

fn fold_binary(
    op: BinaryOp,
    left: &Expression,
    right: &Expression,
    whole: &Expression,
) -> Option<Expression> {
    match op {
        BinaryOp::And | BinaryOp::Or => fold_logic(op, left, right),
        _ if op.is_comparison() => {
            let truth = match (left.as_bool(), right.as_bool()) {
                (Some(left), Some(right)) => (left == right) == (op == BinaryOp::Equal),
                _ => compare(op, &constants(left)?, &constants(right)?),
            };
            Some(Expression::bool(truth, whole.span))
        }
        // Products of integers wrap, and doubles would lose what is kept.
        BinaryOp::Multiply if whole.ty.scalar().is_integer() => {
            componentwise(whole, &[constants(left)?, constants(right)?], |numbers| {
                Some(f64::from(to_int32(numbers[0]).wrapping_mul(to_int32(numbers[1]))))
            })
        }
        _ => componentwise(whole, &[constants(left)?, constants(right)?], |numbers| {
            arithmetic(op, numbers[0], numbers[1])
        }),
    }
}

/// `&&` and `||` with one constant side.
fn fold_logic(op: BinaryOp, left: &Expression, right: &Expression) -> Option<Expression> {
    let neutral = op == BinaryOp::And;
    match (left.as_bool(), right.as_bool()) {
        (Some(known), _) => Some(if known == neutral { right.clone() } else { left.clone() }),
        (None, Some(known)) => Some(if known == neutral { left.clone() } else { right.clone() }),
        (None, None) => None,
    }
}

fn compare(op: BinaryOp, left: &[f64], right: &[f64]) -> bool {
    match op {
        BinaryOp::Equal => left == right,
        BinaryOp::NotEqual => left != right,
        BinaryOp::Less => left[0] < right[0],
        BinaryOp::LessEqual => left[0] <= right[0],
        BinaryOp::Greater => left[0] > right[0],
        _ => left[0] >= right[0],
    }
}

/// The value of an operator on numbers; none for those that only later stages make.
fn arithmetic(op: BinaryOp, left: f64, right: f64) -> Option<f64> {
    use BinaryOp as B;
    let (a, b) = (to_int32(left), to_int32(right));
    let count = b as u32;
    Some(match op {
        B::Add => left + right,
        B::Subtract => left - right,
        B::Multiply => left * right,
        B::Divide => left / right,
        B::Remainder => remainder(left, right),
        B::BitAnd => f64::from(a & b),
        B::BitOr => f64::from(a | b),
        B::BitXor => f64::from(a ^ b),
        B::ShiftLeft => f64::from(a.wrapping_shl(count)),
        B::ShiftRight => f64::from(a.wrapping_shr(count)),
        B::ShiftRightUnsigned => f64::from((a as u32).wrapping_shr(count)),
        _ => return None,
    })
}

/// The components of a number or vector, if they are all constant.
fn constants(expression: &Expression) -> Option<Vec<f64>> {
    match &expression.kind {
        ExpressionKind::Literal(Literal::Number(number)) => Some(vec![*number]),
        ExpressionKind::Splat(part) => {
            let number = converted(part.as_number()?, expression.ty.scalar());
            Some(vec![number; usize::from(expression.ty.components())])
        }
        ExpressionKind::Compose(parts) => {
            let parts: Option<Vec<Vec<f64>>> = parts.iter().map(constants).collect();
            let numbers = parts?.concat();
            Some(numbers.into_iter().map(|number| converted(number, expression.ty.scalar())).collect())
        }
        _ => None,
    }
}

/// A number as a vector with such components holds it.
fn converted(number: f64, scalar: Scalar) -> f64 {
    match scalar {
        Scalar::I32 => f64::from(to_int32(number)),
        Scalar::U32 => f64::from(to_int32(number) as u32),
        _ => number,
    }
}

/// The constant of `whole`'s type, each component computed from those of the operands; a number goes with every component.
fn componentwise(
    whole: &Expression,
    operands: &[Vec<f64>],
    compute: impl Fn(&[f64]) -> Option<f64>,
) -> Option<Expression> {
    let size = usize::from(whole.ty.components());
    let number = |component: usize| {
        let numbers: Vec<f64> =
            operands.iter().map(|operand| operand[if operand.len() == 1 { 0 } else { component }]).collect();
        compute(&numbers).map(|value| Expression::number(value, whole.span))
    };
    if !whole.ty.is_vector() {
        return number(0);
    }
    let parts: Option<Vec<Expression>> = (0..size).map(number).collect();
    Some(Expression::new(ExpressionKind::Compose(parts?), whole.ty, whole.span))
}

/// One component of a vector that is put together in place, if it is not converted there.
fn component_of(vector: &Expression, component: u8) -> Option<Expression> {
    let scalar = vector.ty.scalar();
    let kept = |part: &Expression| match part.as_number() {
        _ if !scalar.is_integer() => Some(part.clone()),
        Some(number) => Some(Expression::number(converted(number, scalar), part.span)),
        None => None,
    };
    match &vector.kind {
        ExpressionKind::Splat(part) => kept(part),
        ExpressionKind::Compose(parts) => {
            let mut before = 0;
            for part in parts {
                let size = part.ty.components();
                if component < before + size {
                    let is_kept = part.ty.scalar() == scalar;
                    return if part.ty.is_vector() {
                        is_kept.then(|| component_expression(part, component - before))
                    } else {
                        kept(part)
                    };
                }
                before += size;
            }
            None
        }
        ExpressionKind::Swizzle { vector, components } => {
            Some(component_expression(vector, components[usize::from(component)]))
        }
        _ => None,
    }
}

/// A swizzle of a swizzle is one, and one of parts that cost nothing puts them together anew. Others might be computed twice.
fn swizzle_of(vector: &Expression, components: &[u8], whole: &Expression) -> Option<Expression> {
    use ExpressionKind as K;
    let kind = match &vector.kind {
        K::Swizzle { vector, components: first } => K::Swizzle {
            vector: vector.clone(),
            components: components.iter().map(|&component| first[usize::from(component)]).collect(),
        },
        K::Compose(parts) if parts.iter().all(|part| part.operands().is_empty()) => {
            let parts: Option<Vec<_>> =
                components.iter().map(|&component| component_of(vector, component)).collect();
            K::Compose(parts?)
        }
        K::Splat(part) => K::Splat(part.clone()),
        _ => return None,
    };
    Some(Expression::new(kind, whole.ty, whole.span))
}

fn component_expression(vector: &Expression, component: u8) -> Expression {
    component_of(vector, component).unwrap_or_else(|| {
        let kind = ExpressionKind::Component { vector: Box::new(vector.clone()), component };
        Expression::new(kind, Type::NUMBER, vector.span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Builtin;
    use crate::ir::build::*;

    fn folded(mut expression: Expression) -> Expression {
        fold_expression(&mut expression);
        expression
    }

    fn number_of(expression: Expression) -> f64 {
        folded(expression).as_number().expect("a constant")
    }

    #[test]
    fn numbers_are_computed_as_in_javascript() {
        let of = |op, left, right| number_of(binary(op, number(left), number(right)));
        assert_eq!(of(BinaryOp::Divide, 1.0, 2.0), 0.5);
        assert_eq!(of(BinaryOp::Divide, 1.0, 0.0), f64::INFINITY);
        assert_eq!(of(BinaryOp::Remainder, -7.0, 3.0), -1.0);
        assert!(of(BinaryOp::Remainder, 7.0, 0.0).is_nan());
        assert_eq!(of(BinaryOp::ShiftLeft, 1.0, 33.0), 2.0);
        assert_eq!(of(BinaryOp::ShiftRight, -8.0, 1.0), -4.0);
        assert_eq!(of(BinaryOp::ShiftRightUnsigned, -1.0, 0.0), 4_294_967_295.0);
        assert_eq!(of(BinaryOp::BitOr, 4_294_967_297.5, 0.0), 1.0);
        assert!(number_of(unary(UnaryOp::Negate, number(0.0))).is_sign_negative());
    }

    #[test]
    fn builtins_are_computed_by_their_rows() {
        assert_eq!(number_of(builtin(Builtin::Round, vec![number(-2.5)])), -2.0);
        assert_eq!(number_of(builtin(Builtin::Pow, vec![number(2.0), number(25.0)])), 33_554_432.0);
        assert_eq!(number_of(builtin(Builtin::Imul, vec![number(4_294_967_295.0), number(5.0)])), -5.0);
    }

    #[test]
    fn logic_with_one_constant_side_is_the_other_side() {
        let test = || binary(BinaryOp::Less, uniform(), number(1.0));
        let truth = |value| Expression::bool(value, test().span);
        assert_eq!(folded(binary(BinaryOp::And, truth(true), test())), test());
        assert_eq!(folded(binary(BinaryOp::And, test(), truth(false))), truth(false));
        assert_eq!(folded(binary(BinaryOp::Or, truth(false), test())), test());
        assert_eq!(folded(binary(BinaryOp::Less, number(f64::NAN), number(1.0))), truth(false));
        assert_eq!(folded(select(truth(false), number(1.0), uniform())), uniform());
    }

    #[test]
    fn vectors_are_computed_by_component() {
        let size = || compose(vec![number(640.0), number(480.0)]);
        let half = binary(BinaryOp::Divide, size(), number(2.0));
        assert_eq!(number_of(component(half, 1)), 240.0);
        let mixed = compose(vec![size(), uniform()]);
        assert_eq!(folded(component(mixed.clone(), 2)), uniform());
        assert_eq!(number_of(component(mixed, 1)), 480.0);
        assert_eq!(folded(binary(BinaryOp::Equal, size(), size())).as_bool(), Some(true));
    }

    #[test]
    fn branches_never_taken_go() {
        let truth = |value| Expression::bool(value, uniform().span);
        let kept = || store(number(0.0), number(1.0));
        let body = vec![when(truth(true), vec![kept()]), when(truth(false), vec![kept()])];
        assert_eq!(fold(kernel(0, body)).entry.body.0, [kept()]);
        let declares = when(truth(true), vec![declare(0, number(1.0))]);
        assert_eq!(fold(kernel(1, vec![declares.clone()])).entry.body.0, [declares]);
    }
}
