//! What expressions give.

use compiler::ir::{Expression, ExpressionKind, Known, Literal, Scalar, Type};

use crate::statements::{Frame, Thread};
use crate::value::{Value, Word, to_int32};
use crate::{Stopped, broken, builtins, operators};

impl<'a> Thread<'a> {
    pub(crate) fn value(
        &mut self,
        frame: &mut Frame<'a>,
        expression: &'a Expression,
    ) -> Result<Value, Stopped> {
        let value = self.any_value(frame, expression)?;
        // Before representation a number is a double, wherever it comes from.
        let is_open = expression.ty.scalar() == Scalar::Number && !matches!(value, Value::Array(_));
        if is_open { value.converted(Scalar::Number) } else { Ok(value) }
    }

    fn any_value(&mut self, frame: &mut Frame<'a>, expression: &'a Expression) -> Result<Value, Stopped> {
        use ExpressionKind as K;
        Ok(match &expression.kind {
            K::Literal(literal) => Value::Scalar(word(*literal, expression.ty)?),
            K::Local(local) => frame.local(*local)?.clone(),
            K::ThreadId => Value::Vector(self.id.iter().map(|&index| Word::I32(index as i32)).collect()),
            K::Uniform(_) | K::UniformElement { .. } | K::Load { .. } | K::Element { .. } => {
                self.element(frame, expression)?
            }
            K::Component { .. } | K::Swizzle { .. } | K::Compose(_) | K::Splat(_) => {
                self.vector(frame, expression)?
            }
            K::ArrayOf(parts) => Value::Array(self.values(frame, parts)?),
            K::Unary { op, operand } => operators::unary(*op, &self.value(frame, operand)?)?,
            K::Binary { op, left, right } => {
                let left = self.value(frame, left)?;
                if operators::is_decided_by(*op, &left) {
                    return Ok(left);
                }
                operators::binary(*op, &left, &self.value(frame, right)?)?
            }
            K::Select { condition, accept, reject } => {
                let taken = if self.value(frame, condition)?.bool()? { accept } else { reject };
                self.value(frame, taken)?
            }
            K::Builtin { builtin, arguments } => {
                builtins::builtin(*builtin, &self.values(frame, arguments)?)?
            }
            K::Call { function, arguments } => {
                let arguments = self.values(frame, arguments)?;
                match self.call(*function, arguments)? {
                    Some(value) => value,
                    None => return broken("a call without a value stands in an expression"),
                }
            }
            K::Random => self.random(),
            K::Convert(operand) => self.value(frame, operand)?.converted(expression.ty.scalar())?,
            K::ToInt32(operand) => {
                let operand = self.value(frame, operand)?;
                let words = operand.words()?.iter().map(|word| word.to_int32());
                Value::of_words(words.collect::<Result<_, _>>()?)
            }
            K::InRange { index, .. } => self.value(frame, index)?,
        })
    }

    /// A uniform, or an element of a uniform, a buffer or an array.
    fn element(&mut self, frame: &mut Frame<'a>, expression: &'a Expression) -> Result<Value, Stopped> {
        use ExpressionKind as K;
        Ok(match &expression.kind {
            K::Uniform(uniform) => {
                let numbers = self.uniform(*uniform)?.iter();
                let words = numbers.map(|&number| uniform_word(number, expression.ty.scalar()));
                Value::of_words(words.collect::<Result<_, _>>()?)
            }
            K::UniformElement { uniform, index } => {
                let index = self.value(frame, index)?.integer()?;
                let numbers = self.uniform(*uniform)?;
                let number = usize::try_from(index).ok().and_then(|index| numbers.get(index)).unwrap_or(&0.0);
                Value::Scalar(uniform_word(*number, expression.ty.scalar())?)
            }
            K::Load { buffer, index } => {
                let position = self.integers(frame, index)?;
                self.check_marks(index, &position, self.memory.size(self.run.interface, *buffer)?)?;
                self.memory.load(self.run.interface, *buffer, &position)?
            }
            K::Element { array, index } => {
                let index = self.value(frame, index)?.integer()?;
                match frame.local(*array)?.element(index)? {
                    Some(element) => element.clone(),
                    None => Value::zero(expression.ty)?,
                }
            }
            _ => return broken("what is no element is taken for one"),
        })
    }

    /// A vector that is composed, or what is taken out of one.
    fn vector(&mut self, frame: &mut Frame<'a>, expression: &'a Expression) -> Result<Value, Stopped> {
        use ExpressionKind as K;
        Ok(match &expression.kind {
            K::Component { vector, component } => {
                Value::Scalar(*self.value(frame, vector)?.component(*component)?)
            }
            K::Swizzle { vector, components } => {
                let mut vector = self.value(frame, vector)?;
                let chosen = components.iter().map(|&component| vector.component(component).copied());
                Value::Vector(chosen.collect::<Result<_, _>>()?)
            }
            K::Compose(parts) => {
                let parts = self.values(frame, parts)?;
                let words: Result<Vec<_>, _> = parts.iter().map(Value::words).collect();
                Value::Vector(words?.concat()).into_component_of(expression.ty)?
            }
            K::Splat(operand) => {
                let word = self.value(frame, operand)?.scalar()?;
                let components = usize::from(expression.ty.components());
                Value::Vector(vec![word; components]).into_component_of(expression.ty)?
            }
            _ => return broken("what is no vector is taken for one"),
        })
    }

    /// Whether the indices that are marked as in range are.
    pub(crate) fn check_marks(
        &self,
        index: &[Expression],
        position: &[i32],
        size: &[u32],
    ) -> Result<(), Stopped> {
        for ((index, &position), &extent) in index.iter().zip(position).zip(size) {
            let Some(known) = index.known() else { continue };
            let exists = u32::try_from(position).is_ok_and(|position| position < extent);
            let applies = match known {
                Known::Always => true,
                Known::Conditionally(place) => {
                    self.in_range.get(usize::from(place)).copied().unwrap_or(false)
                }
            };
            if !exists && applies {
                return broken(format!("the index {position} is marked as in range of {extent}: {known:?}"));
            }
        }
        Ok(())
    }

    pub(crate) fn values(
        &mut self,
        frame: &mut Frame<'a>,
        expressions: &'a [Expression],
    ) -> Result<Vec<Value>, Stopped> {
        expressions.iter().map(|expression| self.value(frame, expression)).collect()
    }

    /// Indices or coordinates.
    pub(crate) fn integers(
        &mut self,
        frame: &mut Frame<'a>,
        expressions: &'a [Expression],
    ) -> Result<Vec<i32>, Stopped> {
        expressions.iter().map(|expression| self.value(frame, expression)?.integer()).collect()
    }

    fn uniform(&self, uniform: usize) -> Result<&'a [f64], Stopped> {
        match self.run.uniforms.get(uniform) {
            Some(numbers) => Ok(numbers),
            None => broken(format!("there is no uniform {uniform}")),
        }
    }

    /// The next random number of this thread.
    fn random(&mut self) -> Value {
        let ([x, y, z], [width, height, _]) = (self.id, self.run.extents);
        let row = height.wrapping_mul(z).wrapping_add(y);
        let linear_id = width.wrapping_mul(row).wrapping_add(x);
        let number = artifact::random(linear_id, self.draws, self.run.key);
        self.draws = self.draws.wrapping_add(1);
        Value::number(number)
    }
}

fn word(literal: Literal, ty: Type) -> Result<Word, Stopped> {
    Ok(match (literal, ty.scalar()) {
        (Literal::Bool(value), Scalar::Bool) => Word::Bool(value),
        (Literal::Number(value), scalar) => Word::of(value, scalar)?,
        _ => return broken(format!("{literal:?} is a {ty:?}")),
    })
}

/// A number of a uniform as it is read: integers are what ToInt32 gives, with a sign or without.
fn uniform_word(number: f64, scalar: Scalar) -> Result<Word, Stopped> {
    match scalar {
        Scalar::I32 => Ok(Word::I32(to_int32(number))),
        Scalar::U32 => Ok(Word::U32(to_int32(number) as u32)),
        _ => Word::of(number, scalar),
    }
}
