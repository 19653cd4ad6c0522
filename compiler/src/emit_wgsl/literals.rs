//! Constants.

use super::function::FunctionWriter;
use super::text::{Level, Text};
use crate::ir::decimal::decimal;
use crate::ir::{Expression, ExpressionKind, Literal, Scalar, float_bits};

impl FunctionWriter<'_> {
    pub(super) fn literal(&mut self, literal: Literal, scalar: Scalar) -> Text {
        match (literal, scalar) {
            (Literal::Bool(value), _) => Text::primary(value.to_string()),
            (Literal::Number(value), Scalar::I32) => self.signed(value as i32),
            (Literal::Number(value), Scalar::U32) => self.unsigned(value as u32),
            (Literal::Number(value), Scalar::F64) => self.double(value),
            (Literal::Number(value), _) => self.float(value as f32),
        }
    }

    fn signed(&mut self, value: i32) -> Text {
        let text = if value == i32::MIN { format!("i32({value})") } else { value.to_string() };
        if self.hides_constants {
            return Text::call(&self.helpers.polyfill("hpc__i32", 1), vec![Text::primary(text)]);
        }
        let negative = value < 0 && value != i32::MIN;
        Text::new(text, if negative { Level::Additive } else { Level::Primary })
    }

    pub(super) fn unsigned(&mut self, value: u32) -> Text {
        let text = Text::primary(format!("{value}u"));
        if self.hides_constants {
            Text::call(&self.helpers.polyfill("hpc__u32", 1), vec![text])
        } else {
            text
        }
    }

    pub(super) fn float(&mut self, value: f32) -> Text {
        // WGSL has no literals for special values, and compilers need not keep subnormal ones.
        let plain = value.is_normal() || value.to_bits() == 0;
        if plain && !self.hides_constants {
            let level = if value < 0.0 { Level::Additive } else { Level::Primary };
            return Text::new(decimal(value), level);
        }
        let bits = Text::primary(format!("0x{:08x}u", float_bits(value)));
        Text::call(&self.helpers.polyfill("hpc__f32", 1), vec![bits])
    }
}

impl FunctionWriter<'_> {
    /// A double. Small integers are written as such: those of the library are pairs of words where the device has no doubles.
    fn double(&mut self, value: f64) -> Text {
        let is_small = value == f64::from(value as i32) && !(value == 0.0 && value.is_sign_negative());
        if is_small {
            let integer = self.signed(value as i32);
            return Text::call(&self.helpers.polyfill("hpc__wide_of_i32", 1), vec![integer]);
        }
        let bits = if value.is_nan() { 0x7ff8_0000_0000_0000 } else { value.to_bits() };
        let [low, high] = [bits as u32, (bits >> 32) as u32].map(|word| format!("0x{word:08x}u"));
        let pair = Text::primary(format!("vec2u({low}, {high})"));
        Text::call(&self.helpers.polyfill("hpc__wide_of_bits", 1), vec![pair])
    }
}

/// Whether the WGSL compiler would compute an expression itself, and refuse it where the result is no finite number.
pub(super) fn is_constant(expression: &Expression) -> bool {
    use ExpressionKind as K;
    match &expression.kind {
        K::Literal(_) if expression.ty.scalar() != Scalar::F64 => true,
        K::Component { .. }
        | K::Swizzle { .. }
        | K::Compose(_)
        | K::Splat(_)
        | K::Unary { .. }
        | K::Binary { .. }
        | K::Select { .. }
        | K::Builtin { .. }
        | K::Convert(_)
        | K::ToInt32(_)
        | K::Word { .. }
        | K::InRange { .. } => expression.operands().into_iter().all(is_constant),
        // Functions of the library hide what they are given, doubles among them.
        K::Literal(_)
        | K::Local(_)
        | K::ThreadId
        | K::Uniform(_)
        | K::UniformElement { .. }
        | K::Load { .. }
        | K::Element { .. }
        | K::ArrayOf(_)
        | K::Call { .. }
        | K::Random => false,
    }
}

/// Whether an expression computes, so that a constant operand might make it fail while compiling.
pub(super) fn computes(expression: &Expression) -> bool {
    use ExpressionKind as K;
    matches!(
        expression.kind,
        K::Unary { .. }
            | K::Binary { .. }
            | K::Builtin { .. }
            | K::Convert(_)
            | K::ToInt32(_)
            | K::Word { .. }
    )
}
