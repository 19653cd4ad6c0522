//! The representation of numbers, for the runs that programs make and for all others.
//!
//! An index like `threadId.x * 7919 + 1` is a 32-bit integer for the runs that programs make, but not for the largest run there could
//! be. A kernel whose numbers can all be settled only for limited extents comes in two variants: `common`, right for every run
//! whose extents are at most `max_extent`, and `beyond` for the rest, which checks its integers or computes them as floats. The
//! runtime knows the extents of a run and picks. The limit is the largest power of two that settles as much as any.

use artifact::MAX_EXTENT;

use super::represent::represent;
use crate::ir::{BinaryOp, Expression, ExpressionKind, Kernel, Scalar};

/// A kernel with its numbers represented, once or twice.
pub struct Variants {
    /// Right for every run whose extents are at most `max_extent`.
    pub common: Kernel,
    /// The limit.
    pub max_extent: u32,
    /// Right for the others, if there are others.
    pub beyond: Option<Kernel>,
}

/// Represents the numbers of a kernel that lowering made.
pub fn variants(kernel: &Kernel) -> Variants {
    let general = represent(kernel, MAX_EXTENT);
    let unsettled = doubts(&general);
    let smallest = represent(kernel, 2);
    let settled = doubts(&smallest);
    if settled >= unsettled {
        return Variants { common: general, max_extent: MAX_EXTENT, beyond: None };
    }
    // Larger extents never settle more, so the limit can be searched for by halves.
    let (mut common, mut exponent, mut too_large) = (smallest, 1, 31);
    while too_large - exponent > 1 {
        let middle = (exponent + too_large) / 2;
        let candidate = represent(kernel, 1 << middle);
        if doubts(&candidate) == settled {
            (common, exponent) = (candidate, middle);
        } else {
            too_large = middle;
        }
    }
    Variants { common, max_extent: 1 << exponent, beyond: Some(general) }
}

/// How many operations of a represented kernel would be simpler if its integers were known to be smaller.
fn doubts(kernel: &Kernel) -> usize {
    let mut count = 0;
    for function in kernel.all_functions() {
        function.body.walk_expressions(&mut |expression| count += usize::from(is_doubtful(expression)));
    }
    count
}

/// Whether integers are checked, computed as floats, or taken as unsigned because they may be too large for signed ones.
fn is_doubtful(expression: &Expression) -> bool {
    let is_ring = |op| matches!(op, BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply);
    match &expression.kind {
        ExpressionKind::Binary { op, .. } => match op {
            BinaryOp::CheckedAdd | BinaryOp::CheckedSubtract | BinaryOp::CheckedMultiply => true,
            BinaryOp::Remainder => expression.ty.scalar() == Scalar::F32,
            op => is_ring(*op) && expression.ty.scalar() == Scalar::F32,
        },
        ExpressionKind::ToInt32(_) => true,
        ExpressionKind::Convert(operand) => {
            let unsigned = expression.ty.scalar() == Scalar::U32;
            unsigned && matches!(operand.kind, ExpressionKind::Binary { op, .. } if is_ring(op))
        }
        _ => false,
    }
}
