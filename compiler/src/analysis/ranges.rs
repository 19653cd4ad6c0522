//! Which numbers each variable and expression of a kernel can be.
//!
//! **Method.** Every local, parameter and result has one [`Value`] for its whole life, an array or vector one for all its parts. It is the
//! join over all definitions, each evaluated where it stands, with what is known to hold there ([`super::guards`]). It is found as a fixpoint:
//! start from nothing, evaluate every definition, widen what keeps growing, then tighten again for a few rounds. By induction over the steps
//! of a run every number computed lies in its value: a definition evaluated on operands that do gives a result that does, and the values
//! found contain the results of all definitions.
//!
//! **Counters** end at the condition of their loop: in `for (let i = 0; i < n; i++)` the step is only reached while `i < n`. What widens goes
//! first to the constants that it is compared with, so that `i !== 10` ends it too. A sum is bounded by how often its loops go round
//! ([`super::bounds`]).
//!
//! **Steps** of fractions are counted as JavaScript counts them: a variable that a loop changes by the same exact amount each time, such as
//! `for (let t = 0; t < 1; t += 0.1)` or `for (let j = row[i]; j < end; j++)`, is a double.
//!
//! **Other fractions that a loop computes from themselves** are singles.
//!
//! What holds is proved, on the assumption that thread ids and uniforms are as [`Inputs`] say.

mod quotients;

use std::cell::Cell;

use super::bits;
use super::bounds;
use super::definitions::{Definition, Definitions, LoopInfo, Site, Source, Step, Variable};
use super::guards::{Comparison, Guard, Guards};
use super::inputs::{Granted, Inputs};
use super::value::{EXACT, Grade, Range, TWO_32, Value};
use crate::ir::builtins::is_multiplied_out;
use crate::ir::{
    BinaryOp, Builtin, Expression, ExpressionKind, Literal, LocalId, Scalar, TestPosition, UnaryOp,
};

/// How often a value may grow before it is widened.
const PATIENCE: u8 = 6;
/// How often values are tightened in the end.
const TIGHTENINGS: usize = 4;
/// How many constants values are widened to at most.
const MOST_THRESHOLDS: usize = 64;
/// How many parts of expressions are evaluated beside one.
const MOST_BESIDE: usize = 200;
/// How many comparisons of a condition are looked at.
const MOST_COMPARISONS: usize = 32;

/// The value range of every variable.
#[derive(Debug)]
pub struct Facts<'d, 'k> {
    definitions: &'d Definitions<'k>,
    inputs: Inputs<'d>,
    values: Vec<Value>,
    /// The variables that a loop changes by the same amount each time.
    counters: Vec<bool>,
    /// Constants that variables are compared with, in order.
    thresholds: Vec<f64>,
    /// How many more parts of expressions may be evaluated beside the one at hand, while that is done.
    beside: Cell<Option<usize>>,
}

impl<'d, 'k> Facts<'d, 'k> {
    /// Computes the ranges for the kernel behind `definitions`.
    pub fn of(definitions: &'d Definitions<'k>, inputs: Inputs<'d>) -> Self {
        let count = definitions.variables().count();
        let counters = definitions.variables().map(|variable| is_counter(definitions, variable)).collect();
        let mut facts = Self {
            definitions,
            inputs,
            values: vec![Value::NOTHING; count],
            counters,
            thresholds: thresholds(definitions),
            beside: Cell::new(None),
        };
        let mut growths = vec![0_u8; count];
        while facts.grow(&mut growths) {}
        for _ in 0..TIGHTENINGS {
            for variable in definitions.variables() {
                facts.values[variable.0] = facts.held(variable).meet(facts.values[variable.0]);
            }
        }
        facts
    }

    /// Evaluates every definition once. Says whether any value grew.
    fn grow(&mut self, growths: &mut [u8]) -> bool {
        let mut grew = false;
        for variable in self.definitions.variables() {
            let old = self.values[variable.0];
            let next = old.join(self.held(variable));
            if next == old {
                continue;
            }
            grew = true;
            growths[variable.0] = growths[variable.0].saturating_add(1);
            let patience = usize::from(growths[variable.0].saturating_sub(PATIENCE));
            let widened = match patience {
                0 => next,
                // Each constant is tried once.
                tried if tried <= self.thresholds.len() => old.widen_to(next, &self.thresholds),
                _ => old.widen_to(next, &[]),
            };
            self.values[variable.0] = widened;
        }
        grew
    }

    /// The definitions these facts are about.
    pub fn definitions(&self) -> &'d Definitions<'k> {
        self.definitions
    }

    /// The inputs that the ranges assume.
    pub fn inputs(&self) -> &Inputs<'d> {
        &self.inputs
    }

    /// The range of a variable.
    pub fn variable(&self, variable: Variable) -> Value {
        self.values[variable.0]
    }

    /// Whether a loop changes a variable by the same amount each time.
    pub fn is_counter(&self, variable: Variable) -> bool {
        self.counters[variable.0]
    }

    /// The range of an expression at a place.
    pub fn evaluate(&self, at: At, expression: &Expression) -> Value {
        match self.beside.get() {
            Some(0) => return Value::any_double(),
            left => self.beside.set(left.map(|left| left - 1)),
        }
        let operands = expression.operands().into_iter().map(|operand| self.evaluate(at, operand));
        let operands: Vec<Value> = operands.collect();
        self.transfer(at, expression, &operands)
    }

    /// What an expression can be that is no operand of the one at hand, but that tells something of it; nothing if that takes long. Without
    /// an end, looking from each of a chain of variables at all before it would take a time that doubles with each.
    fn evaluate_beside(&self, at: At, expression: &Expression) -> Option<Value> {
        let around = self.beside.get();
        self.beside.set(around.or(Some(MOST_BESIDE)));
        let value = self.evaluate(at, expression);
        let is_known = self.beside.get() != Some(0);
        if around.is_none() {
            self.beside.set(None);
        }
        is_known.then_some(value)
    }

    /// What an expression can be there, given what its operands can be.
    pub fn transfer(&self, at: At, expression: &Expression, operands: &[Value]) -> Value {
        use ExpressionKind as K;
        let value = match expression.kind {
            K::Unary { .. } | K::Binary { .. } | K::Builtin { .. }
                if operands.iter().any(|operand| operand.grade == Grade::Counter) =>
            {
                let operands: Vec<Value> = operands.iter().map(|operand| operand.as_operand()).collect();
                self.computed(at, expression, &operands)
            }
            _ => self.computed(at, expression, operands),
        };
        let value = match expression.ty.scalar() {
            Scalar::I32 if !value.fits_i32() => Value::INT32,
            Scalar::U32 if !value.fits_u32() => Value::UINT32,
            _ => value,
        };
        if self.term(at, expression).is_none() {
            return value;
        }
        self.definitions
            .guards
            .iter(at.guards)
            .fold(value, |value, guard| self.refined(at, guard, expression, value))
    }

    fn computed(&self, at: At, expression: &Expression, operands: &[Value]) -> Value {
        use ExpressionKind as K;
        if expression.ty.scalar() == Scalar::Bool {
            return Value::NOTHING;
        }
        let local = |local: LocalId| self.variable(self.definitions.local(at.function, local));
        match &expression.kind {
            K::Literal(Literal::Number(number)) => Value::of(*number),
            K::Literal(Literal::Bool(_)) => Value::NOTHING,
            K::Local(id) => local(*id),
            // An index out of range reads zero.
            K::Element { array, .. } => local(*array).join(Value::ZERO),
            K::UniformElement { uniform, .. } => self.inputs.uniform(*uniform).join(Value::ZERO),
            K::Load { buffer, .. } => self.inputs.buffer(*buffer).join(Value::ZERO),
            K::Call { function: callee, .. } => self.variable(self.definitions.result(*callee)),
            K::ThreadId => self.inputs.threads.into_iter().fold(Value::NOTHING, Value::join),
            K::Uniform(uniform) => self.inputs.uniform(*uniform),
            K::Random => Value::fractions(Grade::Single, 0.0, 1.0),
            K::Component { vector, component } => {
                match self.definitions.component(at.function, vector, *component) {
                    Some(Source::Thread(axis)) => self.thread(axis),
                    Some(Source::Number(function, number)) => {
                        let there = At { function, guards: Guards::default() };
                        self.evaluate_beside(there, number).unwrap_or(operands[0])
                    }
                    Some(Source::Uniform(..)) | None => operands[0],
                }
            }
            K::Swizzle { .. } | K::Splat(_) | K::InRange { .. } => operands[0],
            K::Compose(_) | K::ArrayOf(_) => operands.iter().copied().fold(Value::NOTHING, Value::join),
            K::Select { condition, accept, reject } => {
                let arms = [(accept, operands[1], true), (reject, operands[2], false)];
                let arms =
                    arms.map(|(arm, value, holds)| self.refined(at, Guard { condition, holds }, arm, value));
                arms[0].join(arms[1])
            }
            K::Unary { op: UnaryOp::BitNot, .. } if expression.ty.scalar() == Scalar::U32 => {
                Value::integers(0.0, TWO_32 - 1.0)
            }
            K::Unary { op: UnaryOp::BitNot, .. } => bits::not(operands[0]),
            K::Unary { .. } => operands[0].negate(),
            K::Binary { op: BinaryOp::Multiply, left, right } => {
                self.product(at, [left, right], [operands[0], operands[1]])
            }
            K::Binary { op: BinaryOp::Subtract, left, right } => {
                let difference = binary(BinaryOp::Subtract, operands[0], operands[1]);
                let rest =
                    self.rest(at, (left, operands[0]), right).filter(|_| difference.fractions.is_empty());
                rest.map_or(difference, |most| difference.clipped(Range::new(0.0, most)))
            }
            K::Binary { op: op @ (BinaryOp::Divide | BinaryOp::Remainder), right, .. } => {
                // The runtime makes sure that it is not 0.
                let nonzero = operands[1].nonzero || self.is_assumed_nonzero(at, right);
                let value = binary(*op, operands[0], Value { nonzero, ..operands[1] });
                let mut guards = self.definitions.guards.iter(at.guards);
                let is_whole = guards.any(|guard| self.is_whole_quotient(at, guard, expression));
                if is_whole { value.to_integer(|bound| bound) } else { value }
            }
            K::Binary { op, .. } => binary(*op, operands[0], operands[1]),
            K::Builtin { builtin, .. } => call(*builtin, operands, expression),
            K::Convert(_) | K::ToInt32(_) => operands[0],
        }
    }

    /// Whether a divisor is a uniform that is assumed to be an integer: then it is also assumed not to be 0.
    pub fn is_assumed_nonzero(&self, at: At, divisor: &Expression) -> bool {
        let ExpressionKind::Uniform(uniform) = self.definitions.resolved(at.function, divisor).1.kind else {
            return false;
        };
        divisor.ty.is_number() && matches!(self.inputs.uniforms[uniform], Granted::Integer(_))
    }

    /// Calls `visit` on what a local or a thread id is known to compare with there.
    pub(super) fn comparisons(
        &self,
        at: At,
        expression: &Expression,
        visit: &mut impl FnMut(BinaryOp, &'k Expression),
    ) {
        let Some(term) = self.term(at, expression) else { return };
        let mut seen = 0;
        for guard in self.definitions.guards.iter(at.guards) {
            guard.comparisons(&mut |comparison: Comparison<'k>| {
                seen += 1;
                if seen <= MOST_COMPARISONS && self.term(at, comparison.left) == Some(term) {
                    visit(comparison.op, comparison.right);
                }
            });
        }
    }

    /// What comparisons can tell of an expression.
    fn term(&self, at: At, expression: &Expression) -> Option<Term> {
        let is_named = matches!(expression.kind, ExpressionKind::Local(_) | ExpressionKind::Component { .. });
        if !is_named || !expression.ty.is_number() {
            return None;
        }
        if let Some(axis) = self.definitions.thread_axis(at.function, expression) {
            return Some(Term::Thread(axis));
        }
        match &expression.kind {
            ExpressionKind::Local(local) => Some(Term::Local(*local)),
            ExpressionKind::Component { vector, component } => match vector.kind {
                ExpressionKind::Local(local) => Some(Term::Component(local, *component)),
                _ => None,
            },
            _ => None,
        }
    }

    fn thread(&self, axis: u8) -> Value {
        self.inputs.threads.get(usize::from(axis)).copied().unwrap_or(Value::ZERO)
    }

    /// A value of an expression, given that a condition holds or does not.
    fn refined(&self, at: At, guard: Guard<'_>, expression: &Expression, value: Value) -> Value {
        if self.is_whole_quotient(at, guard, expression) {
            return value.to_integer(|bound| bound);
        }
        let Some(term) = self.term(at, expression) else { return value };
        self.refined_term(at, guard, term, value)
    }

    fn refined_term(&self, at: At, guard: Guard<'_>, term: Term, value: Value) -> Value {
        let (mut refined, mut seen) = (value, 0);
        guard.comparisons(&mut |comparison: Comparison<'_>| {
            seen += 1;
            if seen <= MOST_COMPARISONS && self.term(at, comparison.left) == Some(term) {
                let there = At { guards: Guards::default(), ..at };
                refined = compared(refined, comparison, self.evaluate(there, comparison.right));
            } else if let Some(shift) = self.shift(at, comparison.left, term) {
                let there = At { guards: Guards::default(), ..at };
                let other = self.evaluate(there, comparison.right);
                // Beyond 2^53 a sum is rounded, and only a shift up keeps within what it is compared with.
                let is_exact = other.is_integer()
                    && other.is_within(-EXACT / 2.0, EXACT / 2.0)
                    && value.fractions.is_empty();
                if is_exact {
                    refined = compared(refined, comparison, other.plus(Value::of(-shift)));
                }
            }
        });
        refined
    }

    /// The integer that a sum adds to a term.
    fn shift(&self, at: At, sum: &Expression, term: Term) -> Option<f64> {
        let ExpressionKind::Binary { op: op @ (BinaryOp::Add | BinaryOp::Subtract), left, right } = &sum.kind
        else {
            return None;
        };
        let literal = right.as_number().filter(|literal| literal.fract() == 0.0 && literal.abs() < TWO_32)?;
        let is_term = self.term(at, left) == Some(term);
        is_term.then_some(if *op == BinaryOp::Add { literal } else { -literal })
    }

    /// The union of the ranges that a variable's definitions give it.
    fn held(&self, variable: Variable) -> Value {
        let value = self.defined(variable);
        let counts = self.counters[variable.0] && !value.fractions.is_empty() && value.grade < Grade::Counter;
        if counts { value.graded(Grade::Counter) } else { value }
    }

    /// The join of a variable's definitions, sums bounded by the number of rounds if possible.
    fn defined(&self, variable: Variable) -> Value {
        let is_number = self.definitions.type_of(variable).is_some_and(|ty| ty.is_number());
        let mut start = Value::NOTHING;
        let mut steps = Vec::new();
        for definition in self.definitions.of_variable(variable) {
            match self.definitions.step(variable, *definition).filter(|_| is_number) {
                Some(step) => steps.push((step, self.amount(&step))),
                None => start = start.join(self.definition(definition)),
            }
        }
        let mut all = start;
        for (step, amount) in &steps {
            let value = self.definition(&step.definition);
            let tested = self.behind_test(variable, &step.definition, start).filter(|_| steps.len() == 1);
            all = all.join(tested.map_or(value, |before| value.meet(before.plus(*amount))));
        }
        if steps.is_empty() || all.is_within(-EXACT, EXACT) {
            return all;
        }
        // An integer that is stepped by integers was one from the start.
        let bounded = bounds::by_rounds(self, variable, start.integers, &steps);
        bounded.map_or(all, |range| Value { integers: all.integers.meet(range), ..all })
    }

    /// What a variable is before its only step, where that is in a loop that tests last, and the loop is entered but once in a life of the
    /// variable: what it starts as, or what the condition let through.
    fn behind_test(&self, variable: Variable, step: &Definition<'k>, start: Value) -> Option<Value> {
        let number = step.site.innermost?;
        let LoopInfo { function, parent, test: TestPosition::Last, condition: Some(condition), .. } =
            self.definitions.loops[number]
        else {
            return None;
        };
        let (_, local) = self.definitions.as_local(variable)?;
        let inside =
            |site: Site| self.definitions.loops_around(site.innermost).any(|around| around == number);
        let others = self.definitions.of_variable(variable).iter().filter(|other| inside(other.site)).count();
        if others != 1 || self.definitions.birth(variable) != parent {
            return None;
        }
        let guard = Guard { condition, holds: true };
        let at = At { function, guards: Guards::default() };
        Some(start.join(self.refined_term(at, guard, Term::Local(local), self.values[variable.0])))
    }

    fn definition(&self, definition: &Definition<'k>) -> Value {
        definition.value.map_or(Value::ZERO, |value| self.evaluate(At::of(definition), value))
    }

    /// How much a step adds.
    pub fn amount(&self, step: &Step<'k>) -> Value {
        let amount = self.evaluate(At::of(&step.definition), step.amount);
        if step.negated { amount.negate() } else { amount }
    }
}

/// A place in a kernel: in which function, and what is known to hold there.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// The function whose locals are named.
    pub function: usize,
    /// The conditions that are known to hold.
    pub guards: Guards,
}

impl At {
    /// The place of a definition.
    pub fn of(definition: &Definition<'_>) -> Self {
        Self { function: definition.function, guards: definition.site.guards }
    }
}

/// Something that a comparison tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    /// A scalar local.
    Local(LocalId),
    /// A component of a vector.
    Component(LocalId, u8),
    /// A thread id.
    Thread(u8),
}

/// The value of the left side of a comparison that is known to hold, given that of the right side.
fn compared(value: Value, comparison: Comparison<'_>, other: Value) -> Value {
    let Comparison { op, negated, .. } = comparison;
    let range = other.range();
    if range.is_empty() || (negated && other.nan) {
        return value;
    }
    let (below, above) = (Range::new(f64::NEG_INFINITY, range.high), Range::new(range.low, f64::INFINITY));
    let (integers, fractions) = match op {
        BinaryOp::Less => (Range::new(below.low, below.high.ceil() - 1.0), below),
        BinaryOp::LessEqual => (below, below),
        BinaryOp::Greater => (Range::new(above.low.floor() + 1.0, above.high), above),
        BinaryOp::GreaterEqual => (above, above),
        BinaryOp::Equal => (range, range),
        _ => return unequal(value, other),
    };
    let integers = Range::new(integers.low.ceil(), integers.high.floor());
    Value {
        integers: value.integers.meet(integers),
        fractions: value.fractions.meet(fractions),
        nan: value.nan && negated,
        ..value
    }
}

/// A value that is not `other`.
fn unequal(mut value: Value, other: Value) -> Value {
    let Some(excluded) = other.single() else { return value };
    value.nonzero |= excluded == 0.0;
    if value.integers.low == excluded {
        value.integers.low += 1.0;
    }
    if value.integers.high == excluded {
        value.integers.high -= 1.0;
    }
    value
}

/// Whether a loop around a step of the variable, which is not around its declaration, changes it by the same exact amount each time.
fn is_counter(definitions: &Definitions<'_>, variable: Variable) -> bool {
    let steps = definitions.of_variable(variable).iter().filter_map(|one| definitions.step(variable, *one));
    let birth = definitions.birth(variable);
    steps
        .filter(|step| step.definition.site.innermost != birth)
        .any(|step| definitions.is_exact_amount(step.definition.function, step.amount))
}

/// Literals that numbers are compared with, and their neighbours, in order.
fn thresholds(definitions: &Definitions<'_>) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    let mut add = |literal: f64| {
        let place = found.partition_point(|&other| other < literal);
        if found.len() < MOST_THRESHOLDS && found.get(place) != Some(&literal) && literal.is_finite() {
            found.insert(place, literal);
        }
    };
    for function in definitions.kernel.all_functions() {
        function.body.walk_expressions(&mut |expression| {
            let ExpressionKind::Binary { op, left, right } = &expression.kind else { return };
            let literals =
                [left, right].into_iter().filter(|_| op.is_comparison()).filter_map(|side| side.as_number());
            for literal in literals {
                [-1.0, 0.0, 1.0].into_iter().for_each(|more| add(literal + more));
            }
        });
    }
    found
}

fn binary(op: BinaryOp, left: Value, right: Value) -> Value {
    use BinaryOp as B;
    match op {
        B::Add => left.plus(right),
        B::Subtract => left.minus(right),
        B::Multiply => left.times(right),
        B::Divide => left.over(right),
        B::Remainder => left.remainder(right),
        B::FloorDivide => left.over(right).to_integer(f64::floor),
        B::TruncateDivide => left.over(right).to_integer(f64::trunc),
        B::BitAnd | B::BitOr | B::BitXor | B::ShiftLeft | B::ShiftRight | B::ShiftRightUnsigned => {
            bits::binary(op, left, right)
        }
        B::Equal | B::NotEqual | B::Less | B::LessEqual | B::Greater | B::GreaterEqual | B::And | B::Or => {
            Value::NOTHING
        }
    }
}

fn call(builtin: Builtin, operands: &[Value], whole: &Expression) -> Value {
    let first = operands[0];
    match builtin {
        Builtin::Floor => first.to_integer(f64::floor),
        Builtin::Ceil => first.to_integer(f64::ceil),
        Builtin::Trunc => first.to_integer(f64::trunc),
        Builtin::Round => first.to_integer(|bound| (bound + 0.5).floor()),
        Builtin::Fround => first.fround(),
        Builtin::Abs => first.abs(),
        Builtin::Sign => first.sign(),
        Builtin::Min => first.min(operands[1]),
        Builtin::Max => first.max(operands[1]),
        Builtin::Sqrt => first.sqrt(),
        Builtin::Imul => Value::INT32,
        Builtin::FloatBits => Value::UINT32,
        Builtin::FromFloatBits => Value::any(Grade::Single),
        Builtin::Clz32 => Value::integers(0.0, 32.0),
        Builtin::Pow => power(first, operands[1]),
        Builtin::Dot => dot(first, operands[1], whole),
        _ => others(operands),
    }
}

/// A power: integers to integers that are not negative are integers.
fn power(base: Value, exponent: Value) -> Value {
    if let Some(exponent) =
        exponent.single().filter(|&exponent| exponent > 0.0 && is_multiplied_out(exponent))
    {
        let product = (1..exponent as u32).fold(base, |product, _| product.times(base));
        let is_square = exponent % 2.0 == 0.0;
        return if is_square { product.clipped(Range::new(0.0, f64::INFINITY)) } else { product };
    }
    let is_integer =
        base.fractions.is_empty() && exponent.fractions.is_empty() && exponent.integers.low >= 0.0;
    if !is_integer {
        return others(&[base, exponent]);
    }
    let largest = base.integers.low.abs().max(base.integers.high.abs());
    let mut high = 1.0;
    let mut rounds = exponent.integers.high;
    while rounds > 0.0 && largest > 1.0 && high < f64::INFINITY {
        high *= largest;
        rounds -= 1.0;
    }
    let low = if base.integers.low < 0.0 { -high } else { 0.0 };
    let nan = base.nan || exponent.nan;
    Value { nan, negative_zero: base.negative_zero, ..Value::integers(low, high) }
}

/// A sum of as many products as vectors have components.
fn dot(left: Value, right: Value, whole: &Expression) -> Value {
    let size = whole.operands().first().map_or(1, |operand| operand.ty.components());
    let product = left.times(right);
    (1..size).fold(product, |sum, _| sum.plus(product))
}

/// What any other function gives: a fraction, which is a double if an operand is.
fn others(operands: &[Value]) -> Value {
    let is_double =
        operands.iter().any(|operand| !operand.fractions.is_empty() && operand.grade == Grade::Double);
    Value::any(if is_double { Grade::Double } else { Grade::Single })
}
