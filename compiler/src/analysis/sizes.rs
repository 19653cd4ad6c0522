//! How large integers can be, as sums over what a run is given: `row * n + k` is at most `Y * n - 1` in a run of Y rows where `k < n`.
//!
//! [`super::ranges`] finds bounds that hold for all runs, or for those that one expects; these here tell the runtime for which runs exactly
//! something holds. They rest on uniforms that were integers at first being integers still, as the runtime makes sure ([`Conditions`]).
//!
//! **Why it is right.** An expression is bounded by its operands' bounds, and a variable by those of all its definitions, each where it
//! stands, by induction over the steps of a run as in [`super::ranges`]. A variable that is asked for while it is being found out about has no
//! bound but what is known to hold there: in `i = i + 1` where `i < n`, that is `n`. A step that only goes up does not move the lower bound, and
//! one that only goes down not the upper one. A sum in loops is bounded by its start and the rounds times the step.
//!
//! A bound is a sum whose products count only if both factors are not negative where control gets there.
//!
//! [`Conditions`]: artifact::Conditions

use std::cell::{Cell, RefCell};

use artifact::{Factor, UniformPart, UniformType};

use super::bounds::comparisons_of_each_side;
use super::definitions::{Definition, Definitions, Source, Step, Variable};
use super::guards::Guards;
use super::ranges::{At, Facts};
use super::sums::Sum;
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, LocalId, TestPosition, UnaryOp};

/// Bounds of a number v: `v ≤ up` and `-v ≤ down`, where they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// The upper bound.
    pub up: Option<Sum>,
    /// The lower bound, negated.
    pub down: Option<Sum>,
}

/// Bounds of the integers of a kernel.
#[derive(Debug)]
pub struct Sizes<'f, 'd, 'k> {
    /// What holds in the runs at hand, whose uniforms are integers where they are expected to be.
    facts: &'f Facts<'d, 'k>,
    /// The facts that hold in all runs.
    any: &'f Facts<'d, 'k>,
    known: RefCell<Vec<State>>,
    /// How deep the search for a bound has gone.
    depth: Cell<usize>,
    /// How many more expressions may be looked at for it.
    left: Cell<usize>,
}

/// How deep the search for a bound goes, through expressions and the definitions of variables: then there is none.
const DEEPEST: usize = 100;

/// How many expressions are looked at for a bound: then there is none.
const MOST_LOOKS: usize = 2000;

#[derive(Clone, Debug)]
enum State {
    Unknown,
    /// The bound is being computed.
    Open,
    Known(Size),
}

impl Size {
    pub(super) fn of_constant(value: i64) -> Self {
        Self { up: Some(Sum::constant(value)), down: value.checked_neg().map(Sum::constant) }
    }

    fn negate(self) -> Self {
        Self { up: self.down, down: self.up }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let sum = |left: &Option<Sum>, right: &Option<Sum>| left.as_ref()?.plus(right.as_ref()?);
        Self { up: sum(&self.up, &other.up), down: sum(&self.down, &other.down) }
    }

    pub(super) fn join(&self, other: &Self) -> Self {
        let join = |left: &Option<Sum>, right: &Option<Sum>| left.as_ref()?.join(right.as_ref()?);
        Self { up: join(&self.up, &other.up), down: join(&self.down, &other.down) }
    }

    /// Whether a bound is not known.
    pub(super) fn is_open(&self) -> bool {
        self.up.is_none() || self.down.is_none()
    }

    /// The bounds, completed by those of `other`.
    fn or(self, other: Self) -> Self {
        Self { up: self.up.or(other.up), down: self.down.or(other.down) }
    }

    fn as_constant(&self) -> Option<i64> {
        let (up, down) = (self.up.as_ref()?.as_constant()?, self.down.as_ref()?.as_constant()?);
        (Some(up) == down.checked_neg()).then_some(up)
    }
}

impl<'f, 'd, 'k> Sizes<'f, 'd, 'k> {
    /// Bounds for the runs of `facts`; `any` is what holds in all runs.
    pub fn new(facts: &'f Facts<'d, 'k>, any: &'f Facts<'d, 'k>) -> Self {
        let count = facts.definitions().variables().count();
        Self {
            facts,
            any,
            known: RefCell::new(vec![State::Unknown; count]),
            depth: Cell::new(0),
            left: Cell::new(0),
        }
    }

    fn definitions(&self) -> &'d Definitions<'k> {
        self.facts.definitions()
    }

    /// The bounds of an expression where it stands.
    pub fn of(&self, at: At, expression: &Expression) -> Size {
        if self.depth.get() == 0 {
            self.left.set(MOST_LOOKS);
        }
        let Some(left) = self.left.get().checked_sub(1).filter(|_| self.depth.get() < DEEPEST) else {
            return Size::default();
        };
        self.left.set(left);
        self.depth.set(self.depth.get() + 1);
        let size = self.found(at, expression);
        self.depth.set(self.depth.get() - 1);
        size
    }

    fn found(&self, at: At, expression: &Expression) -> Size {
        let mut size = self.refined(at, expression);
        if size.is_open() {
            size = size.or(self.symbolic(at, expression));
        }
        if size.is_open() {
            size = size.or(self.constant(at, expression));
        }
        size
    }

    /// The bounds of a variable, for its whole life.
    pub fn variable(&self, variable: Variable) -> Size {
        let state = self.known.borrow()[variable.0].clone();
        match state {
            State::Known(size) => return size,
            State::Open => return Size::default(),
            State::Unknown => {}
        }
        self.known.borrow_mut()[variable.0] = State::Open;
        let size = self.defined(variable);
        self.known.borrow_mut()[variable.0] = State::Known(size.clone());
        size
    }

    /// The constant bounds of an expression, which hold in all runs.
    fn constant(&self, at: At, expression: &Expression) -> Size {
        let value = self.any.evaluate(at, expression);
        let range = value.range();
        let bound =
            |bound: f64| (bound.abs() < 9e15 && !value.nan).then(|| Sum::constant(bound.ceil() as i64));
        Size { up: bound(range.high), down: bound(-range.low) }
    }

    fn symbolic(&self, at: At, expression: &Expression) -> Size {
        use ExpressionKind as K;
        let of = |operand: &Expression| self.of(at, operand);
        match &expression.kind {
            K::Local(local) => self.variable(self.definitions().local(at.function, *local)),
            K::Element { array, .. } => {
                self.variable(self.definitions().local(at.function, *array)).join(&Size::of_constant(0))
            }
            K::Call { function, .. } => self.variable(self.definitions().result(*function)),
            K::Literal(_) => expression.as_number().map_or(Size::default(), of_literal),
            K::Uniform(uniform) => self.uniform(*uniform, None),
            K::UniformElement { uniform, .. } => self.uniform(*uniform, None).join(&Size::of_constant(0)),
            K::Component { vector, component } => {
                match self.definitions().component(at.function, vector, *component) {
                    Some(Source::Thread(axis)) => thread(axis),
                    Some(Source::Uniform(uniform, component)) => self.uniform(uniform, Some(component)),
                    Some(Source::Number(function, number)) => {
                        self.of(At { function, guards: Guards::default() }, number)
                    }
                    None => of(vector),
                }
            }
            K::ThreadId => (1..3).map(thread).fold(thread(0), |all, axis| all.join(&axis)),
            K::Swizzle { vector: operand, .. } | K::Splat(operand) | K::InRange { index: operand, .. } => {
                of(operand)
            }
            K::Compose(parts) | K::ArrayOf(parts) => {
                parts.iter().map(of).reduce(|all, part| all.join(&part)).unwrap_or_default()
            }
            K::Select { accept, reject, .. } => of(accept).join(&of(reject)),
            K::Unary { op: UnaryOp::Negate, operand } => of(operand).negate(),
            K::Binary { op, left, right } => self.binary(at, *op, left, right),
            K::Builtin { builtin, arguments } => self.call(at, *builtin, arguments),
            _ => Size::default(),
        }
    }

    /// A number of a uniform, if it is an integer in the runs at hand.
    fn uniform(&self, uniform: usize, component: Option<u8>) -> Size {
        let inputs = self.facts.inputs();
        let described =
            inputs.interface.uniforms.get(uniform).filter(|described| described.ty != UniformType::Boolean);
        if described.is_none() || !inputs.uniform(uniform).is_integer() {
            return Size::default();
        }
        let part = UniformPart { uniform, component };
        Size {
            up: Some(Sum::factor(Factor::Positive(part))),
            down: Some(Sum::factor(Factor::Negative(part))),
        }
    }

    fn binary(&self, at: At, op: BinaryOp, left: &Expression, right: &Expression) -> Size {
        let (a, b) = (self.of(at, left), self.of(at, right));
        match op {
            BinaryOp::Add => a.plus(&b),
            BinaryOp::Subtract => a.plus(&b.negate()),
            BinaryOp::Multiply => match self.multiple(at, [left, right]) {
                Some(dividend) => dividend,
                None => self.product(at, [left, right], [a, b]),
            },
            BinaryOp::Divide => self.quotient(at, [left, right], [a, b]),
            BinaryOp::Remainder => self.remainder(at, a, b, [left, right]),
            _ => Size::default(),
        }
    }

    /// The bounds of `Math.floor(a / b) * b`, see [`Facts::multiple`].
    fn multiple(&self, at: At, factors: [&Expression; 2]) -> Option<Size> {
        let found = self.facts.multiple(at, factors)?;
        let slack = self.of(at, factors[found.divisor]).down?.positive();
        let up = self.of(found.at, found.dividend).up?.plus(&slack);
        Some(Size { up, down: Some(Sum::default()) })
    }

    fn product(&self, at: At, factors: [&Expression; 2], [a, b]: [Size; 2]) -> Size {
        for (constant, other) in [(&a, &b), (&b, &a)] {
            if let Some(factor) = constant.as_constant() {
                let other = if factor < 0 { other.clone().negate() } else { other.clone() };
                let scaled = |sum: Option<Sum>| sum?.scaled(factor.checked_abs()?);
                return Size { up: scaled(other.up), down: scaled(other.down) };
            }
        }
        let [a, b] = [(factors[0], a), (factors[1], b)].map(|(factor, size)| self.sided(at, factor, size));
        let sum = |pairs: [(&Option<Sum>, &Option<Sum>); 2]| {
            let [first, second] = pairs.map(|(left, right)| left.as_ref()?.times(right.as_ref()?));
            first?.plus(&second?)
        };
        Size {
            up: sum([(&a.up, &b.up), (&a.down, &b.down)]),
            down: sum([(&a.up, &b.down), (&a.down, &b.up)]),
        }
    }

    /// Bounds that are not negative where control gets there, so that they can be multiplied.
    fn sided(&self, at: At, factor: &Expression, size: Size) -> Size {
        let range = self.any.evaluate(at, factor).range();
        if range.low >= 0.0 {
            return Size { up: size.up, down: Some(Sum::default()) };
        }
        Size { up: size.up.map(|up| up.positive()), down: size.down.map(|down| down.positive()) }
    }

    /// The quotient by an integer other than 0 is no further from 0 than the dividend; a negative divisor turns its sign.
    fn quotient(&self, at: At, [dividend, divisor]: [&Expression; 2], [a, b]: [Size; 2]) -> Size {
        if let Some(divisor) = b.as_constant().filter(|divisor| *divisor > 0) {
            return Size { up: a.up.map(|up| up.over(divisor)), down: a.down.map(|down| down.over(divisor)) };
        }
        if !self.divides(at, divisor) {
            return Size::default();
        }
        let [a, b] = [(dividend, a), (divisor, b)].map(|(factor, size)| self.sided(at, factor, size));
        let (up, down) = (a.up.map(|up| up.positive()), a.down);
        let turned = |bound: &Option<Sum>| bound.as_ref()?.times(b.down.as_ref()?);
        let sum = |bound: &Option<Sum>, other: &Option<Sum>| bound.as_ref()?.plus(&turned(other)?);
        Size { up: sum(&up, &down), down: sum(&down, &up) }
    }

    /// Whether a divisor is an integer other than 0.
    fn divides(&self, at: At, divisor: &Expression) -> bool {
        let value = self.facts.evaluate(at, divisor);
        value.is_integer() && (!value.has_zero() || self.facts.is_assumed_nonzero(at, divisor))
    }

    /// The remainder has the sign of the dividend, and is smaller than the divisor.
    fn remainder(&self, at: At, a: Size, b: Size, [left, right]: [&Expression; 2]) -> Size {
        if !self.divides(at, right) {
            return Size::default();
        }
        let one_less = |sum: &Option<Sum>| sum.as_ref()?.plus(&Sum::constant(-1));
        let divisor = match (&b.up, &b.down) {
            (Some(up), Some(down)) => up.positive().plus(&down.positive()),
            _ => None,
        };
        let smaller = one_less(&divisor);
        let is_positive = self.any.evaluate(at, left).range().low >= 0.0;
        let positive = |sum: Option<Sum>| sum.map(|sum| sum.positive());
        Size {
            up: smaller.clone().or(positive(a.up)),
            down: if is_positive { Some(Sum::default()) } else { smaller.or(positive(a.down)) },
        }
    }

    fn call(&self, at: At, builtin: Builtin, arguments: &[Expression]) -> Size {
        let of = |position: usize| self.of(at, &arguments[position]);
        // The smaller bound of two, if that is known: a constant is.
        let less = |left: Option<Sum>, right: Option<Sum>| match (left, right) {
            (Some(left), Some(right)) if right.as_constant().is_some() && left.as_constant().is_none() => {
                Some(right)
            }
            (left, right) => left.or(right),
        };
        match builtin {
            // A bound of integers is one of what is rounded to integers too, as it is an integer itself.
            Builtin::Floor | Builtin::Ceil | Builtin::Trunc | Builtin::Round => of(0),
            Builtin::Min => {
                let (a, b) = (of(0), of(1));
                Size { up: less(b.up.clone(), a.up.clone()), down: a.join(&b).down }
            }
            Builtin::Max => {
                let (a, b) = (of(0), of(1));
                Size { up: a.join(&b).up, down: less(b.down, a.down) }
            }
            Builtin::Abs => {
                let a = of(0);
                Size { up: a.join(&a.clone().negate()).up, down: Some(Sum::default()) }
            }
            _ => Size::default(),
        }
    }

    /// What is known to hold where a local or a thread id is named.
    fn refined(&self, at: At, expression: &Expression) -> Size {
        let mut size = Size::default();
        let there = At { guards: Guards::default(), ..at };
        self.facts.comparisons(at, expression, &mut |op, other| {
            let are_integers = [(at, expression), (there, other)]
                .into_iter()
                .all(|(at, side)| self.facts.evaluate(at, side).is_integer());
            if !are_integers {
                return;
            }
            let other = self.of(there, other);
            let one_less = |sum: Option<Sum>| sum?.plus(&Sum::constant(-1));
            let found = match op {
                BinaryOp::Less => Size { up: one_less(other.up), down: None },
                BinaryOp::LessEqual => Size { up: other.up, down: None },
                BinaryOp::Greater => Size { up: None, down: one_less(other.down) },
                BinaryOp::GreaterEqual => Size { up: None, down: other.down },
                BinaryOp::Equal => other,
                _ => return,
            };
            size = std::mem::take(&mut size).or(found);
        });
        size
    }

    /// The join of a variable's definitions.
    fn defined(&self, variable: Variable) -> Size {
        let (mut start, mut all) = (None, None);
        let mut steps = Vec::new();
        let join = |all: &mut Option<Size>, size: Size| {
            *all = Some(all.take().map_or_else(|| size.clone(), |all| all.join(&size)));
        };
        for definition in self.definitions().of_variable(variable) {
            let size = self.definition(definition);
            match self.definitions().step(variable, *definition) {
                Some(step) => steps.push((step, size)),
                None => join(&mut start, size),
            }
        }
        let start = start.unwrap_or_default();
        join(&mut all, start.clone());
        for (step, mut size) in steps.iter().cloned() {
            let amount = self.facts.amount(&step).range();
            if amount.low >= 0.0 {
                size.down.clone_from(&start.down);
            }
            if amount.high <= 0.0 {
                size.up.clone_from(&start.up);
            }
            join(&mut all, size);
        }
        let all = all.unwrap_or_default();
        if steps.is_empty() || (all.up.is_some() && all.down.is_some()) {
            return all;
        }
        all.or(self.by_rounds(variable, &start, &steps))
    }

    fn definition(&self, definition: &Definition<'k>) -> Size {
        match definition.value {
            Some(value) => self.of(At::of(definition), value),
            None => Size::of_constant(0),
        }
    }

    /// The start, and each step as often as its loops go round for each life of the variable.
    fn by_rounds(&self, variable: Variable, start: &Size, steps: &[(Step<'k>, Size)]) -> Size {
        let definitions = self.definitions();
        let birth = definitions.birth(variable);
        let mut size = start.clone();
        for (step, _) in steps {
            let site = step.definition.site;
            if step.copied.is_some_and(|copied| copied.innermost != site.innermost) {
                return Size::default();
            }
            let mut times = Some(Sum::constant(1));
            for inner in definitions.loops_around(site.innermost).take_while(|&inner| Some(inner) != birth) {
                times = times.and_then(|times| times.times(&self.rounds(inner)?));
            }
            let amount = self.of(At::of(&step.definition), step.amount);
            let amount = if step.negated { amount.negate() } else { amount };
            let whole = |amount: &Option<Sum>| times.as_ref()?.times(&amount.as_ref()?.positive());
            size = size.plus(&Size { up: whole(&amount.up), down: whole(&amount.down) });
        }
        size
    }

    /// How many rounds a loop makes at most, and one more for what its condition needs.
    fn rounds(&self, number: usize) -> Option<Sum> {
        let info = self.definitions().loops[number];
        let there = At { function: info.function, guards: Guards::default() };
        comparisons_of_each_side(info.condition?).into_iter().find_map(|(op, counter, end)| {
            let ExpressionKind::Local(local) = counter.kind else { return None };
            let up = match op {
                BinaryOp::Less | BinaryOp::LessEqual => true,
                BinaryOp::Greater | BinaryOp::GreaterEqual => false,
                _ => return None,
            };
            self.steps_surely(number, info.function, local, up).then_some(())?;
            let (counter, end) = (self.of(there, counter), self.of(there, end));
            let span = if up { end.up?.plus(&counter.down?)? } else { counter.up?.plus(&end.down?)? };
            let last = if info.test == TestPosition::Last { 2 } else { 1 };
            Some(span.plus(&Sum::constant(1 + last))?.positive())
        })
    }

    /// Whether each round of a loop moves a local by at least one towards the end, and nothing else in the loop moves it.
    fn steps_surely(&self, number: usize, function: usize, local: LocalId, up: bool) -> bool {
        let definitions = self.definitions();
        let variable = definitions.local(function, local);
        let inside = |definition: &&Definition<'k>| {
            definitions.loops_around(definition.site.innermost).any(|around| around == number)
        };
        let mut is_sure = false;
        let all_step = definitions.of_variable(variable).iter().filter(inside).all(|definition| {
            let Some(step) = definitions.step(variable, *definition) else { return false };
            let amount = self.facts.amount(&step);
            let range = if up { amount.range() } else { amount.range().negate() };
            is_sure |= range.low >= 1.0 && super::bounds::is_sure(definitions, number, definition.site);
            let is_near = step.copied.is_none_or(|copied| copied.innermost == definition.site.innermost);
            amount.is_integer() && range.low >= 0.0 && is_near
        });
        all_step && is_sure
    }
}

fn thread(axis: u8) -> Size {
    let up = Sum::factor(Factor::Extent(axis)).plus(&Sum::constant(-1));
    Size { up, down: Some(Sum::default()) }
}

fn of_literal(number: f64) -> Size {
    let bound = |number: f64| (number.abs() < 9e15).then(|| Sum::constant(number.ceil() as i64));
    Size { up: bound(number), down: bound(-number) }
}
