//! Doubles: what is computed from elements of f64 buffers and of uniforms that are Float64Arrays.

use super::{Kind, Printed, Printer};
use crate::tree::Double;

impl Printer {
    pub(super) fn double(&mut self, value: &Double) -> Printed {
        match value {
            Double::Variable(which) => match self.pick(*which, |variable| variable.kind == Kind::Double) {
                Some(variable) => Printed::simple(variable.name),
                None => Printed::simple(self.own_element("doubles")),
            },
            Double::Uniform(which) => Printed::simple(format!("inputs.uniforms.deltas[{}]", which % 4)),
            Double::Load(index) => Printed::simple(format!("inputs.buffers.f64s[{}]", self.int(index).text)),
            Double::Own => Printed::simple(self.own_element("doubles")),
            Double::Unary(form, operand) => self.double(operand).in_form(form),
            Double::Binary(op, left, right) => {
                let (left, right) = (self.double(left), self.double(right));
                operation(op, &left, &right)
            }
            Double::Literal(op, left, right) => {
                let left = self.double(left);
                operation(op, &left, &Printed::simple(right.to_string()))
            }
            Double::WithInt(op, left, right) => {
                let (left, right) = (self.double(left), self.int(right));
                operation(op, &left, &right)
            }
            Double::Choose(condition, accept, reject) => {
                let condition = self.bool(condition).operand();
                let (accept, reject) = (self.double(accept).operand(), self.double(reject).operand());
                Printed::compound(format!("{condition} ? {accept} : {reject}"))
            }
        }
    }
}

fn operation(op: &str, left: &Printed, right: &Printed) -> Printed {
    match op.starts_with("Math.") {
        true => Printed::simple(format!("{op}({}, {})", left.text, right.text)),
        false => Printed::compound(format!("{} {op} {}", left.operand(), right.operand())),
    }
}
