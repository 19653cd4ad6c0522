//! Comparisons of lengths without the root: `z.length() > 2` is `z.dot(z) > 4`, which saves a square root and what waits for it.
//!
//! **Why it is allowed.** For a literal c ≥ 0, `length(z) ⋚ c` and `dot(z, z) ⋚ c²` say the same of real numbers, and both are false where a
//! component is NaN. Where rounding decides, within a few units in the last place of c, either answer is one that the specification's
//! tolerance of roots allows. c² must be far from the ends of single precision, so that a dot product that overflows
//! or vanishes is on the same side of c² as the length is of c. `Math.sqrt(x) > c` is `x > c²` likewise; with `<` it is not, as the root of
//! a negative number is NaN.
//!
//! The operand is written twice, so it must be a local.

use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, Kernel, Statement};

/// The range of c² in which the comparison of squares is exact enough.
const SAFE: std::ops::RangeInclusive<f64> = 1e-30..=1e30;

/// The kernel with its comparisons of lengths simplified.
pub fn simplify(mut kernel: Kernel) -> Kernel {
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        function.body.0.iter_mut().for_each(statement);
    }
    kernel
}

fn statement(simplified: &mut Statement) {
    simplified.expressions_mut().into_iter().for_each(expression);
    simplified.blocks_mut().into_iter().flat_map(|block| &mut block.0).for_each(statement);
}

fn expression(simplified: &mut Expression) {
    simplified.operands_mut().into_iter().for_each(expression);
    let ExpressionKind::Binary { op, left, right } = &mut simplified.kind else { return };
    if !op.is_comparison() {
        return;
    }
    let mirrored = op.mirrored();
    let _ = square(*op, left, right) || square(mirrored, right, left);
}

/// Squares both sides of `root op bound` where that says the same; says whether it did.
fn square(op: BinaryOp, root: &mut Expression, bound: &mut Expression) -> bool {
    let Some(number) = bound.as_number().filter(|bound| *bound >= 0.0 && SAFE.contains(&(bound * bound)))
    else {
        return false;
    };
    let Some(squared) = squared(op, root) else { return false };
    *root = squared;
    *bound = Expression::number(number * number, bound.span);
    true
}

/// The operand of a square root.
fn squared(op: BinaryOp, root: &Expression) -> Option<Expression> {
    let grows = matches!(op, BinaryOp::Greater | BinaryOp::GreaterEqual);
    let shrinks = matches!(op, BinaryOp::Less | BinaryOp::LessEqual);
    let ExpressionKind::Builtin { builtin, arguments } = &root.kind else { return None };
    match (builtin, &arguments[..]) {
        (Builtin::Length, [vector])
            if (grows || shrinks) && matches!(vector.kind, ExpressionKind::Local(_)) =>
        {
            let arguments = vec![vector.clone(), vector.clone()];
            let kind = ExpressionKind::Builtin { builtin: Builtin::Dot, arguments };
            Some(Expression::new(kind, root.ty, root.span))
        }
        (Builtin::Sqrt, [operand]) if grows && !operand.ty.is_vector() => Some(operand.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::print;
    use crate::ir::testing::small_interface;

    /// The condition `text`, of numbers `x` and vectors `z`, as it is printed behind the pass.
    fn condition(text: &str) -> String {
        let source = format!(
            "inputs => {{ let x = inputs.uniforms.n; const z = vec2(x, 1); if ({text}) {{ inputs.buffers.data[0] = 1; }} }}"
        );
        let kernel =
            crate::pipeline::middle_end(&source, &small_interface()).expect("a correct kernel").common;
        let text = print(&kernel, None);
        let line = text.lines().find(|line| line.trim_start().starts_with("if")).expect("an if");
        line.trim().trim_start_matches("if ").trim_end_matches(" {").to_owned()
    }

    #[test]
    fn lengths_are_compared_squared() {
        assert_eq!(condition("z.length() > 2"), "(dot(z#1, z#1) > 4.0)");
        assert_eq!(condition("z.length() <= 3"), "(dot(z#1, z#1) <= 9.0)");
        assert_eq!(condition("0.5 > z.length()"), "(0.25 > dot(z#1, z#1))");
        assert_eq!(condition("Math.sqrt(x) >= 2"), "(x#0 >= 4.0)");
    }

    #[test]
    fn what_says_something_else_stays() {
        for text in [
            "z.length() === 2",
            "z.length() > 0",
            "z.length() > -1",
            "z.length() < 1e20",
            "Math.sqrt(x) < 2",
            "z.length() > x",
        ] {
            assert!(!condition(text).contains("dot") && !condition(text).contains("4.0"), "{text}");
        }
    }
}
