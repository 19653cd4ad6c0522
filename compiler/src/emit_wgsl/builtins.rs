//! `Math.*` and the methods of vectors.

use super::function::FunctionWriter;
use super::text::{Level, Text};
use crate::ir::builtins::is_multiplied_out;
use crate::ir::{Builtin, Expression, ExpressionKind, Scalar};

impl FunctionWriter<'_> {
    pub(super) fn builtin(&mut self, builtin: Builtin, arguments: &[Expression]) -> Text {
        let [first, rest @ ..] = arguments else { return Text::primary("0.0") };
        match (builtin, rest) {
            _ if first.ty.scalar() == Scalar::F64 => self.wide_builtin(builtin, arguments),
            // Every value is single already, but drivers may join what stands before and behind.
            (Builtin::Fround, _) => {
                let name = self.helpers.polyfill("hpc__rounded", 1);
                Text::call(&name, vec![self.value(first)])
            }
            (Builtin::FloatBits, _) => Text::call("bitcast<u32>", vec![self.value(first)]),
            (Builtin::FromFloatBits, _) => Text::call("bitcast<f32>", vec![self.value(first)]),
            (Builtin::Imul, [second]) => {
                let (left, right) = (self.value(first), self.value(second));
                Text::binary(left, "*", right, Level::Multiplicative)
            }
            (Builtin::Max | Builtin::Min, [second]) => self.extremum(builtin, first, second),
            (Builtin::Pow, [exponent]) => self.power(first, exponent),
            _ => {
                let name = self.function_name(builtin, first);
                Text::call(&name, self.values(arguments))
            }
        }
    }

    /// A function of doubles.
    fn wide_builtin(&mut self, builtin: Builtin, arguments: &[Expression]) -> Text {
        use Builtin as B;
        let size = arguments[0].ty.components();
        let of_vectors = |name: &str| format!("hpc__wide_{name}{size}");
        let (name, components) = match builtin {
            B::Dot => (of_vectors("dot"), 1),
            B::Length => (of_vectors("length"), 1),
            B::Distance => (of_vectors("distance"), 1),
            B::Normalized => (of_vectors("normalized"), 1),
            B::Cross => ("hpc__wide_cross".to_owned(), 1),
            B::ComplexTimes => ("hpc__wide_complex_times".to_owned(), 1),
            B::ComplexDivide => ("hpc__wide_complex_divide".to_owned(), 1),
            B::ComplexConjugate => ("hpc__wide_complex_conjugate".to_owned(), 1),
            _ => (format!("hpc__wide_{}", builtin.name()), size),
        };
        let name = self.helpers.polyfill(&name, components);
        Text::call(&name, self.values(arguments))
    }

    /// WGSL's own function where it does what JavaScript does, else the polyfill.
    fn function_name(&mut self, builtin: Builtin, operand: &Expression) -> String {
        use Builtin as B;
        let integer = operand.ty.scalar() == Scalar::I32;
        let components = operand.ty.components();
        let polyfill = match builtin {
            B::Abs => return "abs".to_owned(),
            B::Ceil => return "ceil".to_owned(),
            B::Floor => return "floor".to_owned(),
            B::Trunc => return "trunc".to_owned(),
            B::Clz32 => return "countLeadingZeros".to_owned(),
            B::Cross => return "cross".to_owned(),
            B::Distance => return "distance".to_owned(),
            B::Dot => return "dot".to_owned(),
            B::Length => return "length".to_owned(),
            B::Sign if integer => return "sign".to_owned(),
            B::ComplexConjugate => return self.helpers.polyfill("hpc__complex_conjugate", 1),
            B::ComplexDivide => return self.helpers.polyfill("hpc__complex_divide", 1),
            B::ComplexTimes => return self.helpers.polyfill("hpc__complex_times", 1),
            B::Normalized => return self.helpers.polyfill(&format!("hpc__normalized{components}"), 1),
            B::Acos => "hpc__acos",
            B::Acosh => "hpc__acosh",
            B::Asin => "hpc__asin",
            B::Asinh => "hpc__asinh",
            B::Atan => "hpc__atan",
            B::Atan2 => "hpc__atan2",
            B::Atanh => "hpc__atanh",
            B::Cbrt => "hpc__cbrt",
            B::Cos => "hpc__cos",
            B::Cosh => "hpc__cosh",
            B::Exp => "hpc__exp",
            B::Hypot => "hpc__hypot",
            B::Log => "hpc__log",
            B::Log10 => "hpc__log10",
            B::Log2 => "hpc__log2",
            B::Round => "hpc__round",
            B::Sign => "hpc__sign",
            B::Sin => "hpc__sin",
            B::Sinh => "hpc__sinh",
            B::Sqrt => "hpc__sqrt",
            B::Tan => "hpc__tan",
            B::Tanh => "hpc__tanh",
            B::FloatBits | B::FromFloatBits | B::Fround | B::Imul | B::Max | B::Min | B::Pow => {
                return builtin.name().to_owned();
            }
        };
        self.helpers.polyfill(polyfill, components)
    }

    /// `max` or `min`, with a test for each operand that may be NaN.
    fn extremum(&mut self, builtin: Builtin, first: &Expression, second: &Expression) -> Text {
        let name = builtin.name();
        let components = first.ty.components();
        let (left, right) = (self.value(first), self.value(second));
        match (may_be_nan(first), may_be_nan(second)) {
            (false, false) => Text::call(name, vec![left, right]),
            (true, true) => {
                Text::call(&self.helpers.polyfill(&format!("hpc__{name}"), components), vec![left, right])
            }
            (first_may, _) => {
                let operands = if first_may { vec![left, right] } else { vec![right, left] };
                let name = self.helpers.polyfill(&format!("hpc__{name}_of_known"), components);
                Text::call(&name, operands)
            }
        }
    }

    fn power(&mut self, base: &Expression, exponent: &Expression) -> Text {
        let components = base.ty.components();
        match exponent.as_number_of_all() {
            Some(1.0) => self.value(base),
            Some(2.0) if is_simple(base) => {
                let text = self.value(base);
                Text::binary(text.clone(), "*", text, Level::Multiplicative)
            }
            Some(0.5) => {
                let name = self.helpers.polyfill("hpc__pow_of_half", components);
                Text::call(&name, vec![self.value(base)])
            }
            Some(power) if base.ty.scalar().is_integer() => {
                let name = self.helpers.power_of_integer(power as i32, components);
                Text::call(&name, vec![self.value(base)])
            }
            Some(power) if is_multiplied_out(power) => {
                let name = self.helpers.power(power as i32, components);
                Text::call(&name, vec![self.value(base)])
            }
            _ => {
                let name = self.helpers.polyfill("hpc__pow", components);
                let arguments = vec![self.value(base), self.value(exponent)];
                Text::call(&name, arguments)
            }
        }
    }
}

/// Whether a value can be written twice without being computed twice.
fn is_simple(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Local(_) | ExpressionKind::Uniform(_) => true,
        ExpressionKind::Component { vector: operand, .. } | ExpressionKind::Convert(operand) => {
            is_simple(operand)
                && (operand.ty.scalar().is_integer() || operand.ty.scalar() == expression.ty.scalar())
        }
        _ => false,
    }
}

/// Whether a value may be NaN or infinite, as far as its own text tells. Infinite literals count as numbers.
pub(super) fn may_be_nan(expression: &Expression) -> bool {
    if expression.ty.scalar().is_integer() {
        return false;
    }
    match &expression.kind {
        ExpressionKind::Literal(_) => expression.as_number().is_none_or(f64::is_nan),
        ExpressionKind::Convert(operand) => may_be_nan(operand),
        ExpressionKind::Random => false,
        ExpressionKind::Splat(operand) => may_be_nan(operand),
        ExpressionKind::Compose(parts) => parts.iter().any(may_be_nan),
        ExpressionKind::Builtin {
            builtin:
                Builtin::Abs | Builtin::Floor | Builtin::Ceil | Builtin::Trunc | Builtin::Max | Builtin::Min,
            arguments,
        } => arguments.iter().any(may_be_nan),
        _ => true,
    }
}
