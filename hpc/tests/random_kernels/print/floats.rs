//! Floats: only functions that do not make an error much larger, and only where they do not.

use super::{FLOAT, Kind, Printed, Printer, letter};
use crate::tree::Float;

/// Functions of one float of at most [`FLOAT`], with what their results do not exceed.
const FUNCTIONS: &[(&str, f64)] = &[
    ("Math.sin($)", 1.0),
    ("Math.cos($)", 1.0),
    ("Math.atan($)", 1.6),
    ("Math.tanh($)", 1.0),
    ("Math.abs($)", FLOAT),
    ("-($)", FLOAT),
    ("Math.sqrt(Math.abs($) + 1)", 3.0),
    ("Math.cbrt(Math.abs($) + 1)", 2.1),
    ("Math.log(Math.abs($) + 1)", 2.2),
    ("Math.log2(Math.abs($) + 1)", 3.2),
    ("Math.log10(Math.abs($) + 1)", 1.0),
    ("Math.exp(($) * 0.25)", 7.4),
    ("Math.asinh($)", 2.8),
    ("Math.acosh(Math.abs($) + 1.5)", 3.0),
    ("Math.atanh(($) * 0.0625)", 0.6),
    ("Math.asin(($) * 0.0625)", 0.6),
    ("Math.acos(($) * 0.0625)", 2.1),
    ("Math.sinh(($) * 0.25)", 3.7),
    ("Math.cosh(($) * 0.25)", 3.8),
    ("Math.tan(($) * 0.125)", 1.6),
    ("Math.pow(Math.abs($) + 1, 1.5)", 27.0),
    ("(Math.abs($) + 1) ** -2", 1.0),
    ("1 / (Math.abs($) + 1)", 1.0),
    ("Math.fround($)", FLOAT),
];

/// Functions of two floats.
const OPERATORS: &[(&str, f64)] = &[
    ("$1 + $2", 2.0 * FLOAT),
    ("$1 - $2", 2.0 * FLOAT),
    ("$1 * $2", FLOAT * FLOAT),
    ("$1 / (Math.abs($2) + 1)", FLOAT),
    ("Math.min($1, $2)", FLOAT),
    ("Math.max($1, $2)", FLOAT),
    ("Math.atan2($1, Math.abs($2) + 1)", 1.6),
    ("Math.hypot($1, $2)", 12.0),
];

/// Makes a float small again.
fn scaled(value: Printed) -> Printed {
    let mut factor = 1.0;
    while value.bound * factor > FLOAT {
        factor *= 0.5;
    }
    if factor == 1.0 {
        return value;
    }
    Printed::compound(format!("{} * {factor}", value.operand())).within(value.bound * factor)
}

impl Printer {
    /// A float for a variable or element. Where it may be computed from what was there before, again and again, it is
    /// divided, lest errors grow from round to round.
    pub(super) fn steady_float(&mut self, value: &Float) -> String {
        let value = self.float(value);
        let is_repeated = self.is_in_function || !self.loops.is_empty();
        if is_repeated { format!("{} * 0.0625 + 1", value.operand()) } else { value.text }
    }

    pub(super) fn float(&mut self, value: &Float) -> Printed {
        scaled(match value {
            Float::Literal(quarters) => {
                let value = f64::from(*quarters) * 0.25;
                Printed { text: value.to_string(), bound: value.abs(), is_compound: value < 0.0 }
            }
            Float::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Float) {
                Some(variable) => Printed::simple(variable.name).within(FLOAT),
                None => Printed::simple(self.own_element("floats")).within(FLOAT),
            },
            Float::Uniform => Printed::simple("inputs.uniforms.scale").within(1.0),
            Float::Random => Printed::simple("Math.random()").within(1.0),
            Float::FromInt(value) => {
                Printed::compound(format!("({} & 15) * 0.5", self.int(value).operand())).within(FLOAT)
            }
            Float::Function(which, operand) => {
                let (form, bound) = FUNCTIONS[usize::from(*which) % FUNCTIONS.len()];
                Printed::compound(form.replace('$', &self.float(operand).operand())).within(bound)
            }
            Float::Binary(which, left, right) => {
                let (form, bound) = OPERATORS[usize::from(*which) % OPERATORS.len()];
                let (left, right) = (self.float(left).operand(), self.float(right).operand());
                Printed::compound(form.replace("$1", &left).replace("$2", &right)).within(bound)
            }
            Float::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) = (self.float(accept).operand(), self.float(reject).operand());
                Printed::compound(format!("{condition} ? {accept} : {reject}")).within(FLOAT)
            }
            Float::Length(size, vector) => {
                let vector = self.small_vector(vector, *size);
                let bound = vector.bound * f64::from(*size).sqrt();
                Printed::simple(format!("{}.length()", vector.operand())).within(bound)
            }
            Float::Mapped(method, parts, which) => {
                let parts: Vec<_> = parts.iter().map(|part| self.float(part).text).collect();
                let part = letter(*which, 3);
                Printed::simple(format!("vec3({}).{method}().{part}", parts.join(", "))).within(FLOAT)
            }
        })
    }
}
