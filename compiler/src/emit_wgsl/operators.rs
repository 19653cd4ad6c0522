//! Operators.

use super::function::FunctionWriter;
use super::text::{Level, Text, scalar_text};
use crate::ir::{BinaryOp, Expression, Scalar, Type, UnaryOp};

impl FunctionWriter<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &Expression) -> Text {
        Text::unary(op.symbol(), self.value(operand))
    }

    pub(super) fn binary(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        use BinaryOp as B;
        let integer = left.ty.scalar().is_integer();
        match op {
            B::Equal | B::NotEqual => self.equality(op, left, right),
            B::ShiftLeft | B::ShiftRight | B::ShiftRightUnsigned => self.shift(op, left, right),
            B::FloorDivide => self.floor_divide(left, right),
            B::Remainder if !integer => self.operation("hpc__remainder", left, right),
            B::CheckedAdd => self.operation("hpc__checked_add", left, right),
            B::CheckedSubtract => self.operation("hpc__checked_subtract", left, right),
            B::CheckedMultiply => self.operation("hpc__checked_multiply", left, right),
            _ => {
                let (left, right) = (self.value(left), self.value(right));
                let (symbol, level) = native(op);
                Text::binary(left, symbol, right, level)
            }
        }
    }

    /// A binary operator that a polyfill does.
    fn operation(&mut self, name: &str, left: &Expression, right: &Expression) -> Text {
        let name = self.helpers.polyfill(name, left.ty.components());
        let arguments = vec![self.value(left), self.value(right)];
        Text::call(&name, arguments)
    }

    fn equality(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        // `x !== x` asks for NaN, and compilers that assume there is none answer it with false.
        if left.ty == Type::F32 && left == right {
            let name = self.helpers.polyfill("hpc__is_nan", 1);
            let is_nan = Text::call(&name, vec![self.value(left)]);
            return if op == BinaryOp::NotEqual { is_nan } else { Text::unary("!", is_nan) };
        }
        let (whole, symbol) = if op == BinaryOp::Equal { ("all", "==") } else { ("any", "!=") };
        let is_vector = left.ty.is_vector();
        let (left, right) = (self.value(left), self.value(right));
        let compared = Text::binary(left, symbol, right, Level::Relational);
        if is_vector { Text::call(whole, vec![compared]) } else { compared }
    }

    /// The count is taken modulo 32, as in JavaScript; WGSL refuses larger constants.
    fn shift(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        let mut value = self.value(left);
        if op == BinaryOp::ShiftRightUnsigned && left.ty.scalar() != Scalar::U32 {
            value = Text::call(scalar_text(Scalar::U32), vec![value]);
        }
        let count = match right.as_number() {
            Some(count) => Text::primary(format!("{}u", count as i64 & 31)),
            None => {
                let count = Text::call("u32", vec![self.value(right)]);
                Text::binary(count, "&", Text::primary("31u"), Level::Bits(BinaryOp::BitAnd))
            }
        };
        let symbol = if op == BinaryOp::ShiftLeft { "<<" } else { ">>" };
        Text::binary(value, symbol, count, Level::Shift)
    }

    /// A shift where the divisor is a constant power of two, as it rounds down too.
    fn floor_divide(&mut self, left: &Expression, right: &Expression) -> Text {
        if left.ty.scalar() == Scalar::U32 {
            let (left, right) = (self.value(left), self.value(right));
            return Text::binary(left, "/", right, Level::Multiplicative);
        }
        let power = right.as_number().filter(|divisor| *divisor >= 1.0).map(|divisor| divisor as u32);
        if let Some(divisor) = power.filter(|divisor| divisor.is_power_of_two() && left.ty == Type::I32) {
            let count = Text::primary(format!("{}u", divisor.trailing_zeros()));
            let left = self.value(left);
            return Text::binary(left, ">>", count, Level::Shift);
        }
        self.operation("hpc__floor_divide", left, right)
    }
}

/// The operators that WGSL has itself.
pub(super) fn native(op: BinaryOp) -> (&'static str, Level) {
    use BinaryOp as B;
    match op {
        B::Add | B::CheckedAdd => ("+", Level::Additive),
        B::Subtract | B::CheckedSubtract => ("-", Level::Additive),
        B::Multiply | B::CheckedMultiply => ("*", Level::Multiplicative),
        B::Divide | B::TruncateDivide | B::FloorDivide => ("/", Level::Multiplicative),
        B::Remainder => ("%", Level::Multiplicative),
        B::Equal => ("==", Level::Relational),
        B::NotEqual => ("!=", Level::Relational),
        B::Less => ("<", Level::Relational),
        B::LessEqual => ("<=", Level::Relational),
        B::Greater => (">", Level::Relational),
        B::GreaterEqual => (">=", Level::Relational),
        B::And => ("&&", Level::Logic(op)),
        B::Or => ("||", Level::Logic(op)),
        B::BitAnd => ("&", Level::Bits(op)),
        B::BitOr => ("|", Level::Bits(op)),
        B::BitXor => ("^", Level::Bits(op)),
        B::ShiftLeft => ("<<", Level::Shift),
        B::ShiftRight | B::ShiftRightUnsigned => (">>", Level::Shift),
    }
}
