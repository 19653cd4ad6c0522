//! Integers, booleans and vectors of integers.

use super::{Kind, OWN, Printed, Printer, SMALL};
use crate::tree::{Bool, Int, Parameter, Vector};

/// A component of a vector of `size`.
pub(super) fn letter(which: u8, size: u8) -> &'static str {
    ["x", "y", "z", "w"][usize::from(which % size)]
}

/// `value` if it is small enough, else what is left of it.
fn reduced(value: Printed, limit: f64) -> Printed {
    if value.bound <= limit {
        return value;
    }
    let modulus =
        [1021.0, 127.0, 13.0, 2.0].into_iter().find(|modulus| modulus - 1.0 <= limit).unwrap_or(2.0);
    Printed::compound(format!("{} % {modulus}", value.operand()), modulus - 1.0)
}

fn vector_within(value: Printed, size: u8, limit: f64) -> Printed {
    if value.bound <= limit {
        return value;
    }
    let text = format!("{}.max(vec{size}(-999)).min(vec{size}(999))", value.operand());
    Printed::simple(text, 999.0)
}

impl Printer {
    /// An integer for a variable or an element.
    pub(super) fn small(&mut self, value: &Int) -> String {
        self.within(value, SMALL)
    }

    pub(super) fn within(&mut self, value: &Int, limit: f64) -> String {
        reduced(self.int(value), limit).text
    }

    fn operand_within(&mut self, value: &Int, limit: f64) -> (String, f64) {
        let value = reduced(self.int(value), limit);
        (value.operand(), value.bound)
    }

    pub(super) fn int(&mut self, value: &Int) -> Printed {
        match value {
            Int::Literal(value) if *value < 0 => Printed::compound(value.to_string(), f64::from(value.abs())),
            Int::Literal(value) => Printed::simple(value.to_string(), f64::from(*value)),
            Int::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Int) {
                Some(variable) => Printed::simple(variable.name, SMALL),
                None => Printed::simple("1", 1.0),
            },
            Int::Thread(axis) => Printed::simple(format!("inputs.threadId.{}", letter(*axis, 3)), 100.0),
            Int::Uniform => Printed::simple("inputs.uniforms.count", 7.0),
            Int::Extent(which) => {
                let buffer = ["ints", "grid", "cube", "quads"][usize::from(which % 4)];
                let part = ["", ".y", ".z", ""][usize::from(which % 4)];
                Printed::simple(format!("dim(inputs.buffers.{buffer}){part}"), 32.0)
            }
            Int::RandomBelow(bits) => {
                let range = 1 << bits;
                Printed::simple(format!("Math.floor(Math.random() * {range})"), f64::from(range))
            }
            Int::Out => Printed::simple(self.own_element("out"), SMALL),
            Int::Own(index) => Printed::simple(self.own_slot(index), OWN),
            Int::Load(index, halved) => {
                let (index, half) = (self.int(index), if *halved { " / 2" } else { "" });
                Printed::simple(format!("inputs.buffers.ints[{}{half}]", index.operand()), SMALL)
            }
            Int::Element(which, index) => self.element(*which, index),
            Int::Unary(op, operand) => self.unary(op, operand),
            Int::Binary(op, left, right) => self.binary(op, left, right),
            Int::Quotient(rounding, dividend, divisor) => {
                let dividend = self.int(dividend);
                Printed::simple(format!("{rounding}({} / {divisor})", dividend.operand()), dividend.bound)
            }
            Int::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) = (self.int(accept), self.int(reject));
                let text = format!("{condition} ? {} : {}", accept.operand(), reject.operand());
                Printed::compound(text, accept.bound.max(reject.bound))
            }
            Int::Component(size, vector, which) => {
                let vector = self.vector(vector, *size);
                Printed::simple(format!("{}.{}", vector.operand(), letter(*which, *size)), vector.bound)
            }
            Int::Dot(size, left, right) => {
                let left = vector_within(self.vector(left, *size), *size, SMALL);
                let right = vector_within(self.vector(right, *size), *size, SMALL);
                let bound = left.bound * right.bound * f64::from(*size);
                Printed::simple(format!("{}.dot({})", left.operand(), right.text), bound)
            }
            Int::Call(which, values) => self.call(*which, values),
        }
    }

    fn element(&mut self, which: u8, index: &Int) -> Printed {
        match self.pick(which, |variable| matches!(variable.kind, Kind::Array(_))) {
            Some(array) => Printed::simple(format!("{}[{}]", array.name, self.int(index).text), SMALL),
            None => self.int(index),
        }
    }

    fn unary(&mut self, op: &str, operand: &Int) -> Printed {
        let operand = self.int(operand);
        match op {
            "-" | "+" => Printed::compound(format!("{op}{}", operand.operand()), operand.bound),
            "~" => Printed::compound(format!("~{}", operand.operand()), operand.bound + 1.0),
            "Math.clz32" => Printed::simple(format!("{op}({})", operand.text), 32.0),
            "Math.sign" => Printed::simple(format!("{op}({})", operand.text), 1.0),
            _ => Printed::simple(format!("{op}({})", operand.text), operand.bound),
        }
    }

    fn binary(&mut self, op: &str, left: &Int, right: &Int) -> Printed {
        /// Twice this is an exact single.
        const SUMMAND: f64 = 4_000_000.0;
        /// The square of this is.
        const FACTOR: f64 = 2047.0;
        if op == "**" {
            let exponent = if matches!(right, Int::Literal(value) if value % 2 == 0) { 2 } else { 3 };
            let (base, bound) = self.operand_within(left, 127.0);
            return Printed::compound(format!("{base} ** {exponent}"), bound.powi(exponent));
        }
        let limit = if op == "*" { FACTOR } else { SUMMAND };
        let ((left, a), (right, b)) = (self.operand_within(left, limit), self.operand_within(right, limit));
        let bits = 2_f64.powf((a.max(b) + 1.0).log2().ceil());
        match op {
            "+" | "-" => Printed::compound(format!("{left} {op} {right}"), a + b),
            "*" => Printed::compound(format!("{left} * {right}"), a * b),
            "%" => Printed::compound(format!("{left} % ({right} | 1)"), a),
            "&" | "|" | "^" => Printed::compound(format!("{left} {op} {right}"), bits),
            ">>" => Printed::compound(format!("{left} >> ({right} & 7)"), a),
            "<<" | ">>>" => Printed::compound(format!("({left} {op} ({right} & 15)) & 1023"), SMALL),
            "Math.imul" => Printed::compound(format!("Math.imul({left}, {right}) & 1023"), SMALL),
            _ => Printed::simple(format!("{op}({left}, {right})"), a.max(b)),
        }
    }

    /// A call of a function, but not deep in loops, as that could take for ever.
    fn call(&mut self, which: u8, values: &[Int]) -> Printed {
        let deepest = usize::from(!self.is_in_function);
        if self.functions.is_empty() || self.loops.len() > deepest {
            return Printed::simple("2", 2.0);
        }
        let (name, parameters) = self.functions[usize::from(which) % self.functions.len()].clone();
        let mut texts = Vec::new();
        for (parameter, value) in parameters.iter().zip(values) {
            let value = self.within(value, SMALL);
            texts.push(match parameter {
                Parameter::Number => value,
                Parameter::Boolean => format!("({value}) > 0"),
                Parameter::Vector(size) => format!("vec{size}({value})"),
            });
        }
        Printed::simple(format!("{name}({})", texts.join(", ")), SMALL)
    }

    pub(super) fn bool(&mut self, value: &Bool) -> Printed {
        match value {
            Bool::Literal(value) => Printed::simple(value.to_string(), 1.0),
            Bool::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Bool) {
                Some(variable) => Printed::simple(variable.name, 1.0),
                None => Printed::simple("true", 1.0),
            },
            Bool::Uniform => Printed::simple("inputs.uniforms.flag", 1.0),
            Bool::Compare(op, left, right) => {
                let (left, right) = (self.int(left).operand(), self.int(right).operand());
                Printed::compound(format!("{left} {op} {right}"), 1.0)
            }
            Bool::Not(operand) => Printed::compound(format!("!{}", self.bool(operand).operand()), 1.0),
            Bool::Both(op, left, right) => {
                let (left, right) = (self.bool(left).operand(), self.bool(right).operand());
                Printed::compound(format!("{left} {op} {right}"), 1.0)
            }
            Bool::SameVectors(op, size, left, right) => {
                let (left, right) = (self.vector(left, *size).operand(), self.vector(right, *size).operand());
                Printed::compound(format!("{left} {op} {right}"), 1.0)
            }
        }
    }

    /// A vector for a variable or an element.
    pub(super) fn small_vector(&mut self, value: &Vector, size: u8) -> String {
        self.limited_vector(value, size).text
    }

    pub(super) fn limited_vector(&mut self, value: &Vector, size: u8) -> Printed {
        vector_within(self.vector(value, size), size, SMALL)
    }

    pub(super) fn vector(&mut self, value: &Vector, size: u8) -> Printed {
        match value {
            Vector::Splat(value) => {
                let value = self.int(value);
                Printed::simple(format!("vec{size}({})", value.text), value.bound)
            }
            Vector::Variable(which) if size == 3 && which % 4 == 0 => {
                Printed::simple("inputs.threadId", 100.0)
            }
            Vector::Variable(which) => {
                match self.pick(*which, |variable| variable.kind == Kind::Vector(size)) {
                    Some(variable) => Printed::simple(variable.name, SMALL),
                    None => Printed::simple(format!("vec{size}(1)"), 1.0),
                }
            }
            Vector::Uniform => {
                let name = ["two", "three", "four"][usize::from(size - 2)];
                Printed::simple(format!("inputs.uniforms.{name}"), 9.0)
            }
            Vector::Compose(parts) => {
                let parts: Vec<_> = parts[..usize::from(size)].iter().map(|part| self.int(part)).collect();
                let bound = parts.iter().fold(0.0, |bound: f64, part| bound.max(part.bound));
                let texts: Vec<_> = parts.into_iter().map(|part| part.text).collect();
                Printed::simple(format!("vec{size}({})", texts.join(", ")), bound)
            }
            Vector::Load(index) => {
                let (buffer, rank) = [("grid", 2), ("cube", 3), ("quads", 1)][usize::from(size - 2)];
                let index: Vec<_> =
                    index[..rank].iter().map(|index| format!("[{}]", self.int(index).text)).collect();
                Printed::simple(format!("inputs.buffers.{buffer}{}", index.concat()), 9.0)
            }
            Vector::Method(name, operand) => {
                let operand = self.vector(operand, size);
                Printed::simple(format!("{}.{name}()", operand.operand()), operand.bound)
            }
            Vector::Combine(name, left, right) => self.combine(name, left, right, size),
            Vector::Scale(vector, by) => {
                let vector = self.limited_vector(vector, size);
                let by = reduced(self.int(by), SMALL);
                Printed::simple(format!("{}.times({})", vector.operand(), by.text), vector.bound * by.bound)
            }
            Vector::Swizzle(from, vector, letters) => {
                let vector = self.vector(vector, *from);
                let letters: String =
                    letters[..usize::from(size)].iter().map(|&which| letter(which, *from)).collect();
                Printed::simple(format!("{}.{letters}", vector.operand()), vector.bound)
            }
            Vector::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) = (self.vector(accept, size), self.vector(reject, size));
                let text = format!("{condition} ? {} : {}", accept.operand(), reject.operand());
                Printed::compound(text, accept.bound.max(reject.bound))
            }
        }
    }

    fn combine(&mut self, name: &str, left: &Vector, right: &Vector, size: u8) -> Printed {
        let (left, right) = (self.limited_vector(left, size), self.limited_vector(right, size));
        let name = if name == "cross" && size != 3 { "plus" } else { name };
        let bound = match name {
            "plus" | "minus" => left.bound + right.bound,
            "times" => left.bound * right.bound,
            "cross" => 2.0 * left.bound * right.bound,
            _ => left.bound.max(right.bound),
        };
        Printed::simple(format!("{}.{name}({})", left.operand(), right.text), bound)
    }
}
