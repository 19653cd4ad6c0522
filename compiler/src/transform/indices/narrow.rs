//! What is known of a function's values at one place: [`Facts`], narrowed by what was tested on the way there.
//!
//! **Why it is right.** Narrowed are thread ids, which never change, and locals. A local that is set where it is declared and nowhere
//! else has the range of that value, as seen from there. Any other local is narrowed for a region only if nothing in the region sets it, so that what
//! the test found stays true. The region is the block behind a condition; the body of a loop that tests first; and, behind an `if` one of whose
//! blocks is always left before its end, the other one with the rest of the block it stands in. The other side of a comparison gives only numbers, the bounds of all it
//! could be. Only comparisons of `i32` count: they are exact, and neither side is NaN.

use crate::collections::Map;

use crate::analysis::integers::Facts;
use crate::analysis::value::Value;
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, LocalId, Statement, StatementKind, TestPosition, Type,
    UnaryOp,
};

/// What is known at one place of a function.
#[derive(Clone)]
pub(super) struct Narrowed<'a> {
    facts: &'a Facts<'a, 'a>,
    function: usize,
    known: Map<Term, Value>,
}

/// Something that can be narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Term {
    /// A scalar local.
    Local(LocalId),
    /// A component of a vector.
    Component(LocalId, u8),
    /// A thread id.
    Thread(u8),
}

impl<'a> Narrowed<'a> {
    /// What is known everywhere in a function.
    pub(super) fn new(facts: &'a Facts<'a, 'a>, function: usize) -> Self {
        Self { facts, function, known: Map::new() }
    }

    /// What an expression can be here.
    pub(super) fn evaluate(&self, expression: &Expression) -> Value {
        let operands: Vec<Value> =
            expression.operands().into_iter().map(|operand| self.evaluate(operand)).collect();
        let value = self.facts.transfer(self.function, expression, &operands);
        let known = term(expression).and_then(|term| self.known.get(&term));
        known.map_or(value, |&known| value.meet(known))
    }

    /// Goes on behind a statement, to the statements in `rest`.
    pub(super) fn pass(&mut self, statement: &Statement, rest: &[Statement]) {
        match &statement.kind {
            StatementKind::Declare { local, value: Some(value) } => self.declare(*local, value),
            StatementKind::If { condition, accept, reject } => {
                match (accept.completes(), reject.completes()) {
                    (false, true) => self.assume_for(condition, false, &|local| {
                        sets_any(&reject.0, local) || sets_any(rest, local)
                    }),
                    (true, false) => self.assume_for(condition, true, &|local| {
                        sets_any(&accept.0, local) || sets_any(rest, local)
                    }),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Goes into a block that is only reached if the condition holds, or does not.
    pub(super) fn assume(&mut self, condition: &Expression, holds: bool, block: &Block) {
        self.assume_for(condition, holds, &|local| sets_any(&block.0, local));
    }

    fn declare(&mut self, local: LocalId, value: &Expression) {
        let declared = self.facts.definitions().function(self.function).local(local);
        if declared.mutable {
            return;
        }
        match declared.ty {
            Type::I32 => {
                let value = self.evaluate(value);
                self.known.insert(Term::Local(local), value);
            }
            Type::Vector(size, _) => {
                for component in 0..size {
                    if let Some(value) = self.component(value, component) {
                        self.known.insert(Term::Component(local, component), value);
                    }
                }
            }
            _ => {}
        }
    }

    /// What a component of a vector of thread ids can be.
    fn component(&self, vector: &Expression, component: u8) -> Option<Value> {
        let scalar = |vector: &Expression, component| {
            let kind = ExpressionKind::Component { vector: Box::new(vector.clone()), component };
            self.evaluate(&Expression::new(kind, Type::Scalar(vector.ty.scalar()), vector.span))
        };
        match &vector.kind {
            ExpressionKind::ThreadId => Some(scalar(vector, component)),
            ExpressionKind::Swizzle { vector, components } => {
                Some(scalar(vector, *components.get(usize::from(component))?))
            }
            ExpressionKind::Compose(parts) if parts.iter().all(|part| !part.ty.is_vector()) => {
                Some(self.evaluate(parts.get(usize::from(component))?))
            }
            _ => None,
        }
    }

    /// Narrows what a condition tells of, unless `is_set` in the region.
    fn assume_for(&mut self, condition: &Expression, holds: bool, is_set: &dyn Fn(LocalId) -> bool) {
        match &condition.kind {
            ExpressionKind::Unary { op: UnaryOp::Not, operand } => self.assume_for(operand, !holds, is_set),
            ExpressionKind::Binary { op: BinaryOp::And, left, right } if holds => {
                self.assume_for(left, true, is_set);
                self.assume_for(right, true, is_set);
            }
            ExpressionKind::Binary { op: BinaryOp::Or, left, right } if !holds => {
                self.assume_for(left, false, is_set);
                self.assume_for(right, false, is_set);
            }
            ExpressionKind::Binary { op, left, right } if left.ty == Type::I32 && right.ty == Type::I32 => {
                let Some(op) = (if holds { Some(*op) } else { negated(*op) }) else { return };
                self.compare(left, op, right, is_set);
                self.compare(right, op.mirrored(), left, is_set);
            }
            _ => {}
        }
    }

    fn compare(
        &mut self,
        side: &Expression,
        op: BinaryOp,
        other: &Expression,
        is_set: &dyn Fn(LocalId) -> bool,
    ) {
        let Some(term) = term(side) else { return };
        if matches!(term, Term::Local(local) | Term::Component(local, _) if is_set(local)) {
            return;
        }
        let (value, other) = (self.evaluate(side), self.evaluate(other));
        if other.is_empty() {
            return;
        }
        let (mut low, mut high) = (value.low, value.high);
        match op {
            BinaryOp::Less => high = high.min(other.high - 1.0),
            BinaryOp::LessEqual => high = high.min(other.high),
            BinaryOp::Greater => low = low.max(other.low + 1.0),
            BinaryOp::GreaterEqual => low = low.max(other.low),
            BinaryOp::Equal => (low, high) = (low.max(other.low), high.min(other.high)),
            BinaryOp::NotEqual if other.single() == Some(low) => low += 1.0,
            BinaryOp::NotEqual if other.single() == Some(high) => high -= 1.0,
            _ => return,
        }
        self.known.insert(term, Value::integers(low, high));
    }
}

/// For each block directly within a statement, the condition that must hold for it to be reached, or must not.
pub(super) fn of_blocks(statement: &Statement) -> Vec<Option<(Expression, bool)>> {
    match &statement.kind {
        StatementKind::If { condition, .. } => {
            vec![Some((condition.clone(), true)), Some((condition.clone(), false))]
        }
        StatementKind::Loop { test: TestPosition::First, condition: Some(condition), .. } => {
            vec![None, Some((condition.clone(), true)), None]
        }
        _ => vec![None; statement.blocks().len()],
    }
}

fn term(expression: &Expression) -> Option<Term> {
    match &expression.kind {
        ExpressionKind::Local(local) if expression.ty == Type::I32 => Some(Term::Local(*local)),
        ExpressionKind::Component { vector, component } if expression.ty == Type::I32 => match vector.kind {
            ExpressionKind::ThreadId => Some(Term::Thread(*component)),
            ExpressionKind::Local(local) => Some(Term::Component(local, *component)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether any of the statements, or one within, sets the local.
fn sets_any(statements: &[Statement], local: LocalId) -> bool {
    statements.iter().any(|statement| statement.contains(&|kind| kind.sets() == Some(local)))
}

/// The comparison of integers that holds where this one does not.
fn negated(op: BinaryOp) -> Option<BinaryOp> {
    Some(match op {
        BinaryOp::Less => BinaryOp::GreaterEqual,
        BinaryOp::LessEqual => BinaryOp::Greater,
        BinaryOp::Greater => BinaryOp::LessEqual,
        BinaryOp::GreaterEqual => BinaryOp::Less,
        BinaryOp::Equal => BinaryOp::NotEqual,
        BinaryOp::NotEqual => BinaryOp::Equal,
        _ => return None,
    })
}
