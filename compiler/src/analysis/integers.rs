//! Which numbers of a kernel are integers, and how large they can be.
//!
//! **Method.** Every local, parameter and result has one [`Value`] for its whole life, an array or vector one for all its parts. It is the
//! join over all definitions, found as a fixpoint: start from nothing, evaluate every definition, widen what keeps growing,
//! then tighten again for a few rounds. By induction over the steps of a run every number computed lies in its value: a
//! definition evaluated on operands that do gives a result that does, and the values found contain the results of all definitions.
//!
//! **Counters** would be widened to infinity, as `i = i + 1` grows in each round. Three arguments keep them finite:
//!
//! 1. *The loop's condition bounds it* (`super::bounds`): if all steps of `i` go up and stand in the same loop outside of loops within, and
//!    the loop goes on only while `i < e`, then a round starts with at most `max(e) - 1` and takes each step at most once, so `i` stays below
//!    `max(e)` plus the sum of the steps, or where it started. Likewise down.
//! 2. *The number of rounds bounds it*: what is added to `sum` in loops of at most m and n rounds is added at most m·n times
//!    for each life of `sum`.
//! 3. *It would take too long*: with steps of at most `SLOW`, an integer needs 2^27 rounds to leave the 32-bit integers, and K8 promises nothing about
//!    integers beyond. So a counter is **assumed** to stay within ±(2^31 − 1). This is no proof: nothing that must be safe may rest on
//!    it. [`Facts::proved`] does without.

use super::bits;
use super::bounds;
use super::definitions::{Definition, Definitions, Step, Variable};
use artifact::MAX_EXTENT;

use super::value::{LARGEST, TWO_24, TWO_32, Value};
use crate::ir::{BinaryOp, Builtin, Expression, ExpressionKind, FunctionId, Literal, Scalar, Type, UnaryOp};

/// A step of a counter that is assumed never to leave the integers.
const SLOW: f64 = 16.0;
/// How often a value may grow before it is widened.
const PATIENCE: u8 = 8;
/// How often values are tightened in the end.
const TIGHTENINGS: usize = 4;

/// What is known of every variable.
#[derive(Debug)]
pub struct Facts<'d, 'k> {
    definitions: &'d Definitions<'k>,
    values: Vec<Value>,
    assume: bool,
    /// What thread ids are along each axis.
    threads: [Value; 3],
}

impl<'d, 'k> Facts<'d, 'k> {
    /// Facts that rest on the assumption about counters, for runs whose extents are at most `max_extent`.
    pub fn assumed_within(definitions: &'d Definitions<'k>, max_extent: u32) -> Self {
        Self::find(definitions, true, [Value::integers(0.0, f64::from(max_extent) - 1.0); 3])
    }

    /// Facts that hold in any case, for kernels of open numbers as lowering makes them.
    pub fn proved(definitions: &'d Definitions<'k>) -> Self {
        Self::proved_within(definitions, [Value::integers(0.0, f64::from(MAX_EXTENT) - 1.0); 3])
    }

    /// Facts that hold in any run whose thread ids are these, also for represented kernels, whose integers may wrap.
    pub fn proved_within(definitions: &'d Definitions<'k>, threads: [Value; 3]) -> Self {
        Self::find(definitions, false, threads)
    }

    fn find(definitions: &'d Definitions<'k>, assume: bool, threads: [Value; 3]) -> Self {
        let count = definitions.variables().count();
        let mut facts = Self { definitions, values: vec![Value::NOTHING; count], assume, threads };
        let mut growths = vec![0_u8; count];
        while facts.grow(&mut growths) {}
        for _ in 0..TIGHTENINGS {
            for variable in definitions.variables() {
                let tightened = facts.held(variable).meet(facts.values[variable.0]);
                facts.values[variable.0] = tightened;
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
            let widened = if growths[variable.0] > PATIENCE { old.widen(next) } else { next };
            self.values[variable.0] = widened;
        }
        grew
    }

    /// The definitions these facts are about.
    pub fn definitions(&self) -> &'d Definitions<'k> {
        self.definitions
    }

    /// What a variable can hold.
    pub fn variable(&self, variable: Variable) -> Value {
        self.values[variable.0]
    }

    /// What an expression in this function can be.
    pub fn evaluate(&self, function: usize, expression: &Expression) -> Value {
        let operands: Vec<Value> =
            expression.operands().iter().map(|operand| self.evaluate(function, operand)).collect();
        self.transfer(function, expression, &operands)
    }

    /// What an expression can be, given what its operands can be. An integer that does not fit its type wraps to any that does.
    pub fn transfer(&self, function: usize, expression: &Expression, operands: &[Value]) -> Value {
        wrapped(self.computed(function, expression, operands), expression.ty.scalar())
    }

    fn computed(&self, function: usize, expression: &Expression, operands: &[Value]) -> Value {
        use ExpressionKind as K;
        if expression.ty.scalar() == Scalar::Bool {
            return Value::NOTHING;
        }
        match &expression.kind {
            K::Literal(Literal::Number(number)) => Value::of(*number),
            K::Local(local) => self.variable(self.definitions.local(function, *local)),
            // An index out of range reads zero.
            K::Element { array, .. } => {
                self.variable(self.definitions.local(function, *array)).join(Value::ZERO)
            }
            K::Call { function: callee, .. } => self.result(*callee),
            K::ThreadId => self.threads[0].join(self.threads[1]).join(self.threads[2]),
            K::Component { vector, component } if vector.kind == K::ThreadId => {
                self.threads.get(usize::from(*component)).copied().unwrap_or(Value::ANY)
            }
            K::Random => Value::floats(0.0, 1.0),
            K::Component { .. } | K::Swizzle { .. } | K::Splat(_) => operands[0],
            K::Compose(_) | K::ArrayOf(_) => operands.iter().copied().fold(Value::NOTHING, Value::join),
            K::Select { .. } => operands[1].join(operands[2]),
            K::Unary { op, .. } => unary(*op, operands[0]),
            K::Binary { op, .. } => binary(*op, operands[0], operands[1]),
            K::Builtin { builtin, .. } => call(*builtin, operands),
            K::ToInt32(_) => bits::int32(operands[0]),
            K::InRange { .. } => operands[0],
            // Only `F32` to `I32` rounds, and what does not fit is any integer afterwards.
            K::Convert(_) if !operands[0].nan => match expression.ty.scalar() {
                Scalar::I32 => operands[0].rounded(f64::floor),
                _ if operands[0].is_within(-TWO_24, TWO_24) => operands[0],
                Scalar::U32 => operands[0],
                _ => Value::ANY,
            },
            K::Convert(_) | K::Literal(Literal::Bool(_)) | K::Uniform(_) | K::Load { .. } => Value::ANY,
        }
    }

    fn result(&self, function: FunctionId) -> Value {
        self.variable(self.definitions.result(function))
    }

    /// What a variable holds by its definitions: any integer, where those do not fit its type.
    fn held(&self, variable: Variable) -> Value {
        let scalar = self.definitions.type_of(variable).map_or(Scalar::Number, Type::scalar);
        wrapped(self.defined(variable), scalar)
    }

    /// The join of a variable's definitions, those by itself bounded by one of the three arguments if possible.
    fn defined(&self, variable: Variable) -> Value {
        let scalar = self.definitions.type_of(variable).is_some_and(|ty| ty.is_number());
        let mut start = Value::NOTHING;
        let mut steps = Vec::new();
        for definition in self.definitions.of_variable(variable) {
            match self.definitions.step(variable, *definition).filter(|_| scalar) {
                Some(step) => steps.push((step, self.amount(&step))),
                None => start = start.join(self.definition(definition)),
            }
        }
        if steps.is_empty() || start.is_empty() {
            return start;
        }
        self.bounded(variable, start, &steps).unwrap_or_else(|| {
            let value = self.variable(variable);
            steps.iter().fold(start, |all, (_, amount)| all.join(value.plus(*amount)))
        })
    }

    fn definition(&self, definition: &Definition<'k>) -> Value {
        definition.value.map_or(Value::ZERO, |value| self.evaluate(definition.function, value))
    }

    fn amount(&self, step: &Step<'k>) -> Value {
        let amount = self.evaluate(step.definition.function, step.amount);
        if step.negated { amount.negate() } else { amount }
    }

    fn bounded(&self, variable: Variable, start: Value, steps: &[(Step<'k>, Value)]) -> Option<Value> {
        if !start.integer || start.nan || !steps.iter().all(|(_, amount)| amount.integer && !amount.nan) {
            return None;
        }
        if steps.iter().any(|(_, amount)| amount.is_empty()) {
            return Some(start);
        }
        let promised = if self.assume { promised(start) } else { start };
        let bounds = [
            bounds::by_condition(self, variable, promised, steps),
            bounds::by_rounds(self, variable, start, steps),
            self.assume.then(|| assumed(promised, steps)).flatten(),
        ];
        bounds.into_iter().flatten().reduce(Value::meet)
    }
}

/// The value in a representation: an integer that does not fit wraps to any that does, and floats are rounded.
fn wrapped(value: Value, scalar: Scalar) -> Value {
    match scalar {
        _ if value.is_empty() => value,
        Scalar::I32 if !value.fits_i32() => Value::INT32,
        Scalar::U32 if !value.fits_u32() => Value::integers(0.0, TWO_32 - 1.0),
        // Integers computed in floats are rounded from here on.
        Scalar::F32 if value.integer && !value.is_within(-TWO_24, TWO_24) => value.padded(),
        // A literal is rounded to a float, perhaps outward.
        Scalar::F32 if !value.integer => Value {
            low: value.low.min(f64::from(value.low as f32)),
            high: value.high.max(f64::from(value.high as f32)),
            ..value
        },
        _ => value,
    }
}

/// The third argument of the module: a counter that steps slowly stays in range.
fn assumed(start: Value, steps: &[(Step<'_>, Value)]) -> Option<Value> {
    if !steps.iter().all(|(_, amount)| amount.low >= -SLOW && amount.high <= SLOW) {
        return None;
    }
    let down = steps.iter().any(|(_, amount)| amount.low < 0.0);
    let up = steps.iter().any(|(_, amount)| amount.high > 0.0);
    let low = if down { start.low.min(-LARGEST) } else { start.low };
    let high = if up { start.high.max(LARGEST) } else { start.high };
    Some(Value { low, high, ..start })
}

/// A counter that starts just beyond the 32-bit integers in the last threads of the largest run is beyond what K8 promises.
fn promised(value: Value) -> Value {
    let low = if value.low >= -TWO_32 { value.low.max(-LARGEST) } else { value.low };
    let high = if value.high <= TWO_32 { value.high.min(LARGEST) } else { value.high };
    if low > high { value } else { Value { low, high, ..value } }
}

fn unary(op: UnaryOp, operand: Value) -> Value {
    match op {
        UnaryOp::Negate => operand.negate(),
        UnaryOp::BitNot => bits::not(operand),
        UnaryOp::Not => Value::NOTHING,
    }
}

fn binary(op: BinaryOp, left: Value, right: Value) -> Value {
    use BinaryOp as B;
    match op {
        B::Add => left.plus(right),
        B::Subtract => left.minus(right),
        B::Multiply => left.times(right),
        B::Divide => left.over(right),
        B::Remainder => left.remainder(right),
        B::FloorDivide => left.over(right).rounded(f64::floor),
        B::TruncateDivide => left.over(right).rounded(f64::trunc),
        B::CheckedAdd | B::CheckedSubtract | B::CheckedMultiply => Value::INT32,
        B::BitAnd | B::BitOr | B::BitXor | B::ShiftLeft | B::ShiftRight | B::ShiftRightUnsigned => {
            bits::binary(op, left, right)
        }
        B::Equal | B::NotEqual | B::Less | B::LessEqual | B::Greater | B::GreaterEqual | B::And | B::Or => {
            Value::NOTHING
        }
    }
}

fn call(builtin: Builtin, operands: &[Value]) -> Value {
    let first = operands[0];
    match builtin {
        Builtin::Floor => first.rounded(f64::floor),
        Builtin::Ceil => first.rounded(f64::ceil),
        Builtin::Trunc => first.rounded(f64::trunc),
        Builtin::Round => first.rounded(|bound| (bound + 0.5).floor()),
        Builtin::Fround if first.is_within(-TWO_24, TWO_24) => first,
        Builtin::Abs => first.abs(),
        Builtin::Sign => first.rounded(|bound| if bound == 0.0 { 0.0 } else { bound.signum() }),
        Builtin::Min => first.min(operands[1]),
        Builtin::Max => first.max(operands[1]),
        Builtin::Sqrt => first.sqrt(),
        Builtin::Imul => Value::INT32,
        Builtin::Clz32 => Value::integers(0.0, 32.0),
        _ => Value::ANY,
    }
}

#[cfg(test)]
mod tests {
    use super::{Definitions, Facts, LARGEST, Value};
    use crate::ir::build::*;
    use crate::ir::{BinaryOp, Builtin, Expression, Kernel, LocalId, Statement};

    /// The value of a local, with the assumption about counters or without.
    fn value_of(kernel: &Kernel, local: u32, assume: bool) -> Value {
        let definitions = Definitions::of(kernel);
        let threads = [Value::integers(0.0, f64::from(artifact::MAX_EXTENT) - 1.0); 3];
        Facts::find(&definitions, assume, threads).variable(definitions.local(0, LocalId(local)))
    }

    fn plus(position: u32, amount: Expression) -> Statement {
        assign(position, binary(BinaryOp::Add, local(position), amount))
    }

    #[test]
    fn a_loop_bounds_its_counter() {
        let up = kernel(1, count(0, number(100.0), Vec::new()).into());
        assert_eq!(value_of(&up, 0, false), Value::integers(0.0, 100.0));
        let stride =
            repeat(binary(BinaryOp::Less, local(0), number(100.0)), plus(0, number(7.0)), Vec::new());
        let stride = kernel(1, vec![declare(0, number(0.0)), stride]);
        assert_eq!(value_of(&stride, 0, false), Value::integers(0.0, 105.0));
        let down =
            repeat(binary(BinaryOp::GreaterEqual, local(0), number(0.0)), plus(0, number(-1.0)), Vec::new());
        let down = kernel(1, vec![declare(0, number(99.0)), down]);
        assert_eq!(value_of(&down, 0, false), Value::integers(-1.0, 99.0));
        let unequal =
            repeat(binary(BinaryOp::NotEqual, number(9.0), local(0)), plus(0, number(1.0)), Vec::new());
        let unequal = kernel(1, vec![declare(0, number(2.0)), unequal]);
        assert_eq!(value_of(&unequal, 0, false), Value::integers(2.0, 9.0));
    }

    #[test]
    fn a_counter_without_a_bound_is_only_assumed_to_fit() {
        let open = kernel(1, count(0, uniform(), Vec::new()).into());
        assert_eq!(value_of(&open, 0, true), Value::integers(0.0, LARGEST));
        assert_eq!(value_of(&open, 0, false).high, f64::INFINITY);
        let fast = repeat(binary(BinaryOp::Less, local(0), uniform()), plus(0, number(17.0)), Vec::new());
        let fast = kernel(1, vec![declare(0, number(0.0)), fast]);
        assert_eq!(value_of(&fast, 0, true).high, f64::INFINITY);
    }

    #[test]
    fn rounds_multiply() {
        let mut body = vec![declare(2, number(0.0))];
        let inner = count(1, number(20.0), vec![plus(2, local(1))]);
        body.extend(count(0, number(10.0), inner.into()));
        let nested = kernel(3, body);
        assert_eq!(value_of(&nested, 2, false), Value::integers(0.0, 10.0 * 20.0 * 20.0));
        // Declared within the outer loop, the sum starts anew in each of its rounds.
        let mut inner = vec![declare(2, number(0.0))];
        inner.extend(count(1, number(20.0), vec![plus(2, local(1))]));
        let anew = kernel(3, count(0, number(10.0), inner).into());
        assert_eq!(value_of(&anew, 2, false), Value::integers(0.0, 400.0));
    }

    #[test]
    fn indirect_growth_is_not_missed() {
        let swap = vec![assign(1, binary(BinaryOp::Add, local(0), number(1.0))), assign(0, local(1))];
        let condition = binary(BinaryOp::Less, local(2), uniform());
        let body = vec![
            declare(0, number(0.0)),
            declare(1, number(0.0)),
            declare(2, number(0.0)),
            repeat(condition, plus(2, number(1.0)), swap),
        ];
        assert_eq!(value_of(&kernel(3, body), 0, true).high, f64::INFINITY);
    }

    #[test]
    fn what_is_clamped_is_tightened_after_widening() {
        let next =
            builtin(Builtin::Min, vec![binary(BinaryOp::Multiply, local(0), number(3.0)), number(1000.0)]);
        let condition = binary(BinaryOp::Less, uniform(), number(1.0));
        let body = vec![declare(0, number(1.0)), repeat(condition, assign(0, next), Vec::new())];
        assert_eq!(value_of(&kernel(1, body), 0, false), Value::integers(1.0, 1000.0));
    }
}
