//! What is told of numbers that need all of a double.

use super::demand::Demand;
use super::node::Node;
use super::plan::Plan;
use crate::analysis::value::{Grade, Value};
use crate::diagnostics::Span;
use crate::ir::{ExpressionKind, Scalar};

/// A number that is a double on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide {
    /// The variable where it is declared, or the expression.
    pub span: Span,
    /// Why it is one.
    pub why: Why,
}

/// Why a number is a double.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// An integer that 32 bits may not hold.
    LargeInteger,
    /// Possibly -0, which no integer type has, or NaN.
    NoInteger,
    /// Computed from a double.
    Double,
    /// A counter whose steps are fractions.
    Counter,
    /// A number that may be a fraction, and of which all digits count.
    Exact,
}

impl<'k> Plan<'_, '_, 'k> {
    /// The variables that are doubles, and the expressions that are though no variable in them is.
    pub(super) fn wide(&self) -> Vec<Wide> {
        let mut found = Vec::new();
        for variable in self.definitions().variables() {
            let Some((function, local)) = self.definitions().as_local(variable) else { continue };
            let local = self.definitions().function(function).local(local);
            if local.ty.scalar() == Scalar::Number && self.scalar(variable) == Scalar::F64 {
                found.push(Wide { span: local.span, why: why(self.values(variable).0) });
            }
        }
        for (function, trees) in self.trees.iter().enumerate() {
            for tree in trees {
                let demands = self.root_demands(function, tree);
                tree.roots
                    .iter()
                    .zip(demands)
                    .for_each(|(root, demand)| self.computed_wide(root, demand, &mut found));
            }
        }
        found
    }

    /// Adds the outermost expressions that are computed in doubles.
    fn computed_wide(&self, node: &Node<'k>, demand: Demand, found: &mut Vec<Wide>) {
        let computes =
            matches!(node.expression.kind, ExpressionKind::Binary { .. } | ExpressionKind::Builtin { .. });
        if computes
            && node.expression.ty.scalar() == Scalar::Number
            && self.computed(node, demand) == Scalar::F64
        {
            if !self.names_wide(node) {
                found.push(Wide { span: node.expression.span, why: why(node.value) });
            }
            return;
        }
        for (position, operand) in node.operands.iter().enumerate() {
            self.computed_wide(operand, self.operand_demand(node, demand, position), found);
        }
    }

    /// Whether a variable in an expression is a double, which is told where it is declared.
    fn names_wide(&self, node: &Node<'k>) -> bool {
        let is_wide = match node.expression.kind {
            ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } => {
                self.scalar(self.definitions().local(node.at.function, local)) == Scalar::F64
            }
            _ => false,
        };
        is_wide || node.operands.iter().any(|operand| self.names_wide(operand))
    }
}

fn why(value: Value) -> Why {
    match value {
        _ if !value.fractions.is_empty() && value.grade == Grade::Counter => Why::Counter,
        _ if !value.fractions.is_empty() && value.grade == Grade::Double => Why::Double,
        _ if value.fractions.is_empty() && (value.fits_i32() || value.fits_u32()) => Why::NoInteger,
        _ if value.fractions.is_empty() => Why::LargeInteger,
        _ => Why::Exact,
    }
}

impl Why {
    /// It in words, with a way to make the number narrow.
    pub fn words(self) -> &'static str {
        match self {
            Self::LargeInteger => {
                "it may be an integer beyond 32 bits; `| 0` or `>>> 0` after each step keeps it in 32"
            }
            Self::NoInteger => "it may be -0 or NaN, which no integer is; `| 0` makes an integer of it",
            Self::Double => "it is computed from doubles; `Math.fround` makes a single of them",
            Self::Counter => {
                "it counts in steps that are fractions; count with integers, and compute from these"
            }
            Self::Exact => {
                "it may be a large integer, or a fraction that is compared or rounded; `| 0` or `Math.fround` narrows it"
            }
        }
    }
}
