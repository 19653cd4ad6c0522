//! Vectors: of singles that are small integers, and of integers of 32 bits.

use super::{Kind, Printed, Printer, SMALL, letter};
use crate::tree::{Cell, Int, Shape, Vector};

impl Printer {
    /// A small integer for a component.
    pub(super) fn small(&mut self, value: &Int) -> String {
        match value {
            Int::Literal(number) if number.abs() <= 511.0 => number.to_string(),
            _ => format!("{} & 511", self.int(value).operand()),
        }
    }

    /// A vector for a variable or an element.
    pub(super) fn small_vector(&mut self, value: &Vector, size: u8) -> Printed {
        let value = self.vector(value, size);
        if value.bound <= SMALL {
            return value;
        }
        let text = format!("{}.max(vec{size}(-999)).min(vec{size}(999))", value.operand());
        Printed::simple(text).within(SMALL)
    }

    pub(super) fn vector(&mut self, value: &Vector, size: u8) -> Printed {
        match value {
            Vector::Splat(value) => {
                Printed::simple(format!("vec{size}({})", self.small(value))).within(511.0)
            }
            Vector::Variable(which) if size == 3 && which % 4 == 0 => {
                Printed::simple("inputs.threadId").within(100.0)
            }
            Vector::Variable(which) => {
                match self.pick(*which, |variable| variable.kind == Kind::Vector(size)) {
                    Some(variable) => Printed::simple(variable.name).within(SMALL),
                    None => Printed::simple(format!("vec{size}(1)")).within(1.0),
                }
            }
            Vector::Uniform => {
                let name = ["two", "three", "four"][usize::from(size - 2)];
                Printed::simple(format!("inputs.uniforms.{name}")).within(9.0)
            }
            Vector::Compose(parts) => {
                let parts: Vec<_> = parts[..usize::from(size)].iter().map(|part| self.small(part)).collect();
                Printed::simple(format!("vec{size}({})", parts.join(", "))).within(511.0)
            }
            Vector::Load(index) => {
                let (buffer, rank) = [("grid", 2), ("cube", 3), ("quads", 1)][usize::from(size - 2)];
                let index: Vec<_> =
                    index[..rank].iter().map(|index| format!("[{}]", self.int(index).text)).collect();
                Printed::simple(format!("inputs.buffers.{buffer}{}", index.concat())).within(9.0)
            }
            Vector::FromCell(is_signed, cell) => {
                let shape = Shape { size, is_signed: *is_signed };
                let cell = self.cell(cell, shape).operand();
                Printed::simple(format!("vec{size}({cell}.and({}(255)))", shape.name())).within(255.0)
            }
            Vector::Method(name, operand) => {
                let operand = self.vector(operand, size);
                Printed::simple(format!("{}.{name}()", operand.operand())).within(operand.bound)
            }
            Vector::Combine(name, left, right) => self.combine(name, left, right, size),
            Vector::Scale(vector, by) => {
                let vector = self.small_vector(vector, size);
                let by = self.small(by);
                Printed::simple(format!("{}.times({by})", vector.operand())).within(vector.bound * 511.0)
            }
            Vector::Swizzle(from, vector, letters) => {
                let vector = self.vector(vector, *from);
                Printed::simple(format!("{}.{}", vector.operand(), word(letters, *from, size)))
                    .within(vector.bound)
            }
            Vector::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) = (self.vector(accept, size), self.vector(reject, size));
                let text = format!("{condition} ? {} : {}", accept.operand(), reject.operand());
                Printed::compound(text).within(accept.bound.max(reject.bound))
            }
        }
    }

    fn combine(&mut self, name: &str, left: &Vector, right: &Vector, size: u8) -> Printed {
        let (left, right) = (self.small_vector(left, size), self.small_vector(right, size));
        let name = if name == "cross" && size != 3 { "plus" } else { name };
        let bound = match name {
            "plus" | "minus" => left.bound + right.bound,
            "times" => left.bound * right.bound,
            "cross" => 2.0 * left.bound * right.bound,
            _ => left.bound.max(right.bound),
        };
        Printed::simple(format!("{}.{name}({})", left.operand(), right.text)).within(bound)
    }

    pub(super) fn cell(&mut self, value: &Cell, shape: Shape) -> Printed {
        let ty = shape.name();
        match value {
            Cell::Splat(value) => Printed::simple(format!("{ty}({})", self.int(value).text)),
            Cell::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Cell(shape)) {
                Some(variable) => Printed::simple(variable.name),
                None => Printed::simple(format!("{ty}(1)")),
            },
            Cell::Uniform => Printed::simple(match (shape.size, shape.is_signed) {
                (2, true) => "inputs.uniforms.cell".to_owned(),
                (3, false) => "inputs.uniforms.color".to_owned(),
                _ => format!("{ty}(inputs.uniforms.cell.y)"),
            }),
            Cell::Compose(parts) => {
                let parts: Vec<_> =
                    parts[..usize::from(shape.size)].iter().map(|part| self.int(part).text).collect();
                Printed::simple(format!("{ty}({})", parts.join(", ")))
            }
            Cell::Load(index) => {
                let has_rows = ["vec4i", "vec3u"].contains(&&*ty);
                let index: Vec<_> = index
                    .iter()
                    .take(if has_rows { 2 } else { 1 })
                    .map(|index| format!("[{}]", self.int(index).text))
                    .collect();
                Printed::simple(format!("inputs.buffers.{ty}s{}", index.concat()))
            }
            Cell::FromVector(vector) => {
                Printed::simple(format!("{ty}({})", self.vector(vector, shape.size).text))
            }
            Cell::Convert(cell) => {
                let other = self.cell(cell, Shape { is_signed: !shape.is_signed, ..shape });
                Printed::simple(format!("{ty}({})", other.text))
            }
            Cell::Method(name, operand) => {
                let name = if shape.is_signed { name } else { "not" };
                Printed::simple(format!("{}.{name}()", self.cell(operand, shape).operand()))
            }
            Cell::Combine(name, left, right) => {
                let (left, right) = (self.cell(left, shape).operand(), self.cell(right, shape).text);
                Printed::simple(format!("{left}.{name}({right})"))
            }
            Cell::With(name, cell, by) => {
                let (cell, by) = (self.cell(cell, shape).operand(), self.int(by).text);
                Printed::simple(format!("{cell}.{name}({by})"))
            }
            Cell::Swizzle(from, cell, letters) => {
                let cell = self.cell(cell, Shape { size: *from, ..shape }).operand();
                Printed::simple(format!("{cell}.{}", word(letters, *from, shape.size)))
            }
            Cell::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) =
                    (self.cell(accept, shape).operand(), self.cell(reject, shape).operand());
                Printed::compound(format!("{condition} ? {accept} : {reject}"))
            }
        }
    }
}

/// So many components of a vector of size `from`.
fn word(letters: &[u8], from: u8, size: u8) -> String {
    letters[..usize::from(size)].iter().map(|&which| letter(which, from)).collect()
}
