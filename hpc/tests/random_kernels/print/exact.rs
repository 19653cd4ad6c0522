//! Integers and booleans.

use super::{Kind, Printed, Printer, letter};
use crate::tree::{Bool, Int, Parameter};

/// Buffers of which this thread has an element that is an integer, and what makes one of it if need be.
pub(super) const OWN: &[(&str, &str)] = &[
    ("out", "$"),
    ("int32", "$"),
    ("uint32", "$"),
    ("int16", "$"),
    ("uint16", "$"),
    ("int8", "$"),
    ("uint8", "$"),
    ("clamped", "$"),
    ("numbers", "Math.floor($)"),
    ("halves", "Math.trunc($)"),
];

/// Buffers of integers that are read only, and what makes one of an element if need be. `#` stands for the index.
const READ: &[(&str, &str)] = &[
    ("ints[#]", "Math.floor($)"),
    ("i32s[#]", "$"),
    ("u32s[#]", "$"),
    ("i16s[#]", "$"),
    ("u16s[# & 3][#]", "$"),
    ("i8s[#]", "$"),
    ("u8s[#][1]", "$"),
    ("clampeds[#]", "$"),
    ("f16s[#]", "Math.ceil($)"),
    ("f64s[#]", "Math.round($)"),
];

/// Numbers that are uniforms.
const UNIFORMS: [&str; 3] = ["inputs.uniforms.count", "inputs.uniforms.size", "inputs.uniforms.large"];

/// A uniform as it is.
pub(super) fn raw_uniform(which: u8) -> &'static str {
    UNIFORMS[usize::from(which) % UNIFORMS.len()]
}

impl Printer {
    pub(super) fn int(&mut self, value: &Int) -> Printed {
        match value {
            Int::Literal(value) if *value < 0.0 => Printed::compound(value.to_string()),
            Int::Literal(value) => Printed::simple(value.to_string()),
            Int::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Int) {
                Some(variable) => Printed::simple(variable.name),
                None => Printed::simple("1"),
            },
            Int::Thread(axis) => Printed::simple(format!("inputs.threadId.{}", letter(*axis, 3))),
            Int::Uniform(which) => self.uniform(*which),
            Int::UniformElement(which, index) => self.uniform_element(*which, index),
            Int::Extent(which) => {
                let buffer = ["ints", "grid", "cube", "quads"][usize::from(which % 4)];
                let part = ["", ".y", ".z", ""][usize::from(which % 4)];
                Printed::simple(format!("dim(inputs.buffers.{buffer}){part}"))
            }
            Int::RandomBelow(bits) => Printed::simple(format!("Math.floor(Math.random() * {})", 1 << bits)),
            Int::Own(which) => {
                let (buffer, form) = OWN[usize::from(*which) % OWN.len()];
                taken(self.own_element(buffer), form)
            }
            Int::Slot(index) => {
                let index = self.int(index).operand();
                Printed::simple(self.own_slot("own", &index))
            }
            Int::Load(which, index, halved) => {
                let (index, half) = (self.int(index).operand(), if *halved { " / 2" } else { "" });
                self.load(*which, &format!("{index}{half}"))
            }
            Int::Element(which, index) => {
                let index = self.int(index);
                match self.pick(*which, |variable| matches!(variable.kind, Kind::Array(_))) {
                    Some(array) => Printed::simple(format!("{}[{}]", array.name, index.text)),
                    None => index,
                }
            }
            Int::Unary(form, operand) => self.int(operand).in_form(form),
            Int::Binary(op, left, right) => {
                let (left, right) = (self.int(left), self.int(right));
                match op.starts_with("Math.") {
                    true => Printed::simple(format!("{op}({}, {})", left.text, right.text)),
                    false => Printed::compound(format!("{} {op} {}", left.operand(), right.operand())),
                }
            }
            Int::Quotient(form, dividend, divisor) => {
                let (dividend, divisor) = (self.int(dividend).operand(), self.int(divisor).operand());
                Printed::compound(form.replace('$', &format!("{dividend} / {divisor}")))
            }
            Int::Scaled(form, op, value, uniform) => {
                let value = self.int(value).operand();
                Printed::compound(form.replace('$', &format!("{value} {op} {}", raw_uniform(*uniform))))
            }
            Int::FromDouble(form, value) => {
                let value = self.double(value).text;
                Printed::compound(form.replace('$', &value))
            }
            Int::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) = (self.int(accept).operand(), self.int(reject).operand());
                Printed::compound(format!("{condition} ? {accept} : {reject}"))
            }
            Int::Component(size, vector, which) => {
                let vector = self.vector(vector, *size);
                // A component is a single: an integer is made of it, which changes nothing but the sign of zero.
                Printed::compound(format!("{}.{} | 0", vector.operand(), letter(*which, *size)))
            }
            Int::CellComponent(shape, cell, which) => {
                let cell = self.cell(cell, *shape).operand();
                Printed::simple(format!("{cell}.{}", letter(*which, shape.size)))
            }
            Int::Dot(size, left, right) => {
                let (left, right) = (self.small_vector(left, *size), self.small_vector(right, *size));
                Printed::compound(format!("{}.dot({}) | 0", left.operand(), right.text))
            }
            Int::Call(which, values) => self.call(*which, values),
        }
    }

    /// A uniform that is an integer, or has been made one.
    fn uniform(&self, which: u8) -> Printed {
        match which % 5 {
            3 => Printed::simple("inputs.uniforms.cell.x"),
            4 => Printed::simple("inputs.uniforms.color.y"),
            _ if self.has_fractions => Printed::simple(raw_uniform(which))
                .in_form(["Math.floor($)", "Math.round($)"][usize::from(which / 5 % 2)]),
            _ => Printed::simple(raw_uniform(which)),
        }
    }

    /// An element of a uniform that is an array, or what has been made an integer of it.
    fn uniform_element(&mut self, which: u8, index: &Int) -> Printed {
        let index = self.int(index).text;
        let name = ["weights", "table", "steps", "deltas"][usize::from(which % 4)];
        let element = Printed::simple(format!("inputs.uniforms.{name}[{index}]"));
        let is_rounded = name == "deltas" || (name == "weights" && self.has_fractions);
        if is_rounded { element.in_form("Math.floor($)") } else { element }
    }

    /// An element of a buffer that is read only, at an index.
    fn load(&self, which: u8, index: &str) -> Printed {
        let (place, form) = READ[usize::from(which) % READ.len()];
        let index = if place.contains("# &") { format!("({index})") } else { index.to_owned() };
        taken(format!("inputs.buffers.{}", place.replace('#', &index)), form)
    }

    /// An element as it is, without what would make an integer of it.
    pub(super) fn raw_load(&self, which: u8, index: &str) -> String {
        let (place, _) = READ[usize::from(which) % READ.len()];
        format!("inputs.buffers.{}", place.replace('#', &format!("({index})")))
    }

    /// A call of a function, but not deep in loops, as that could take for ever.
    fn call(&mut self, which: u8, values: &[Int]) -> Printed {
        let deepest = usize::from(!self.is_in_function);
        if self.functions.is_empty() || self.loops.len() > deepest {
            return Printed::simple("2");
        }
        let (name, parameters) = self.functions[usize::from(which) % self.functions.len()].clone();
        let mut texts = Vec::new();
        for (parameter, value) in parameters.iter().zip(values) {
            texts.push(match parameter {
                Parameter::Number => self.int(value).text,
                Parameter::Boolean => format!("{} > 0", self.int(value).operand()),
                Parameter::Vector(size) => format!("vec{size}({})", self.small(value)),
                Parameter::Cell(shape) => format!("{}({})", shape.name(), self.int(value).text),
            });
        }
        Printed::simple(format!("{name}({})", texts.join(", ")))
    }

    pub(super) fn bool(&mut self, value: &Bool) -> Printed {
        match value {
            Bool::Literal(value) => Printed::simple(value.to_string()),
            Bool::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Bool) {
                Some(variable) => Printed::simple(variable.name),
                None => Printed::simple("true"),
            },
            Bool::Uniform => Printed::simple("inputs.uniforms.flag"),
            Bool::Load(index) => {
                Printed::simple(format!("inputs.buffers.booleans[{}]", self.int(index).text))
            }
            Bool::Own => Printed::simple(self.own_element("flags")),
            Bool::Compare(op, left, right) => {
                let (left, right) = (self.int(left), self.int(right));
                between(&left, op, &right)
            }
            Bool::CompareUniform(op, left, uniform) => {
                let left = self.int(left);
                between(&left, op, &Printed::simple(raw_uniform(*uniform)))
            }
            Bool::CompareDoubles(op, left, right) => {
                let (left, right) = (self.double(left), self.double(right));
                between(&left, op, &right)
            }
            Bool::Not(operand) => self.bool(operand).in_form("!$"),
            Bool::Both(op, left, right) => {
                let (left, right) = (self.bool(left), self.bool(right));
                between(&left, op, &right)
            }
            Bool::SameVectors(op, size, left, right) => {
                let (left, right) = (self.vector(left, *size), self.vector(right, *size));
                between(&left, op, &right)
            }
            Bool::SameCells(is_same, shape, left, right) => {
                let (left, right) = (self.cell(left, *shape).operand(), self.cell(right, *shape).text);
                let method = if *is_same { "equals" } else { "notEquals" };
                Printed::simple(format!("{left}.{method}({right})"))
            }
        }
    }
}

fn between(left: &Printed, op: &str, right: &Printed) -> Printed {
    Printed::compound(format!("{} {op} {}", left.operand(), right.operand()))
}

/// An element, made an integer by a form if that is needed.
fn taken(element: String, form: &str) -> Printed {
    let element = Printed::simple(element);
    if form == "$" { element } else { element.in_form(form) }
}
