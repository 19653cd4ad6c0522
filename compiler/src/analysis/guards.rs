//! What is known to hold where a statement stands, because control got there: the conditions of the `if`s and loops around it and before it.
//!
//! **Why they hold.** A condition that was tested stays true as long as nothing sets a local that it names. It is known in the block that is
//! only reached if it holds (or does not); behind an `if` one of whose blocks is always left before its end, as the negation of that block's; in
//! the body of a loop that tests first; in what comes between two rounds, if the body does not set its locals; and, negated, behind a loop
//! that nothing but its condition ends. Loads may change, but only their ranges are ever used.

use crate::collections::Set;
use crate::ir::{BinaryOp, Expression, ExpressionKind, LocalId, Statement, UnaryOp};

/// A place in the list of what holds there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guards(Option<usize>);

/// All lists of a kernel: each guard names the next one, so that lists share their ends.
#[derive(Debug, Default)]
pub struct GuardArena<'k> {
    nodes: Vec<Node<'k>>,
}

#[derive(Debug)]
struct Node<'k> {
    guard: Guard<'k>,
    locals: Set<LocalId>,
    next: Guards,
    /// The length of the list from here on.
    length: usize,
}

/// More conditions than that are not kept: what is known from far away is rarely asked for.
const LONGEST: usize = 24;

/// A condition that holds, or does not.
#[derive(Clone, Copy, Debug)]
pub struct Guard<'k> {
    /// The condition.
    pub condition: &'k Expression,
    /// Whether it holds.
    pub holds: bool,
}

impl<'k> GuardArena<'k> {
    /// The list with one more condition in front. Conditions that hold together are listed one by one, so that one of them goes when only
    /// its locals are set.
    pub fn with(&mut self, guards: Guards, condition: &'k Expression, holds: bool) -> Guards {
        match &condition.kind {
            ExpressionKind::Unary { op: UnaryOp::Not, operand } => return self.with(guards, operand, !holds),
            ExpressionKind::Binary { op, left, right }
                if *op == (if holds { BinaryOp::And } else { BinaryOp::Or }) =>
            {
                let guards = self.with(guards, left, holds);
                return self.with(guards, right, holds);
            }
            _ => {}
        }
        if self.length(guards) == LONGEST {
            return guards;
        }
        let mut locals = Set::default();
        condition.walk(&mut |part| {
            if let ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } = part.kind {
                locals.insert(local);
            }
        });
        self.push(Guard { condition, holds }, locals, guards)
    }

    fn push(&mut self, guard: Guard<'k>, locals: Set<LocalId>, next: Guards) -> Guards {
        let length = self.length(next) + 1;
        self.nodes.push(Node { guard, locals, next, length });
        Guards(Some(self.nodes.len() - 1))
    }

    fn length(&self, guards: Guards) -> usize {
        guards.0.map_or(0, |position| self.nodes[position].length)
    }

    /// The list without the conditions that name any of these locals, as they are set.
    pub fn without(&mut self, guards: Guards, set: &Set<LocalId>) -> Guards {
        let Guards(Some(position)) = guards else { return guards };
        let Node { guard, next, .. } = self.nodes[position];
        let rest = self.without(next, set);
        if self.nodes[position].locals.iter().any(|local| set.contains(local)) {
            return rest;
        }
        if rest == next {
            return guards;
        }
        let locals = self.nodes[position].locals.clone();
        self.push(guard, locals, rest)
    }

    /// The conditions of a list, the latest first.
    pub fn iter(&self, guards: Guards) -> impl Iterator<Item = Guard<'k>> {
        let node = |guards: Guards| guards.0.map(|position| &self.nodes[position]);
        std::iter::successors(node(guards), move |found| node(found.next)).map(|found| found.guard)
    }
}

/// A comparison that is known to hold.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'k> {
    /// How the sides compare.
    pub op: BinaryOp,
    /// The left side.
    pub left: &'k Expression,
    /// The right side.
    pub right: &'k Expression,
    /// Whether it was found by a comparison that does not hold: then it says nothing where a side is NaN.
    pub negated: bool,
}

impl<'k> Guard<'k> {
    /// Calls `visit` on every comparison that is known to hold, seen from each side.
    pub fn comparisons(self, visit: &mut impl FnMut(Comparison<'k>)) {
        comparisons(self.condition, self.holds, visit);
    }
}

fn comparisons<'k>(condition: &'k Expression, holds: bool, visit: &mut impl FnMut(Comparison<'k>)) {
    match &condition.kind {
        ExpressionKind::Unary { op: UnaryOp::Not, operand } => comparisons(operand, !holds, visit),
        ExpressionKind::Binary { op, left, right }
            if (*op == BinaryOp::And && holds) || (*op == BinaryOp::Or && !holds) =>
        {
            comparisons(left, holds, visit);
            comparisons(right, holds, visit);
        }
        ExpressionKind::Binary { op, left, right } if op.is_comparison() && left.ty.is_number() => {
            let op = if holds { *op } else { op.negated() };
            let found = Comparison { op, left, right, negated: !holds };
            visit(found);
            visit(Comparison { op: op.mirrored(), left: right, right: left, ..found });
        }
        _ => {}
    }
}

/// The locals that statements set, as a whole or in part.
pub fn set_in<'s>(statements: impl IntoIterator<Item = &'s Statement>) -> Set<LocalId> {
    let mut found = Set::default();
    for statement in statements {
        found.extend(statement.kind.sets());
        for block in statement.blocks() {
            block.walk(&mut |inner| found.extend(inner.kind.sets()));
        }
    }
    found
}
