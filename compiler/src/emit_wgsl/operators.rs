//! Operators.

use super::builtins::may_be_nan;
use super::function::FunctionWriter;
use super::helpers::WideVector;
use super::text::{Level, Text, scalar_text, type_text};
use crate::ir::{BinaryOp, Expression, ExpressionKind, Literal, Scalar, Type, UnaryOp};

/// The literal by which a product is the quotient by a literal: for powers of two, whose inverses are exact.
fn inverse_of_power(divisor: &Expression) -> Option<Expression> {
    let number = divisor.as_number()?;
    let is_power = number.to_bits().trailing_zeros() >= 52 && (1e-300..1e300).contains(&number.abs());
    let kind = ExpressionKind::Literal(Literal::Number(1.0 / number));
    is_power.then(|| Expression::new(kind, divisor.ty, divisor.span))
}

/// The same for powers that are integers.
fn inverse_of_whole_power(divisor: &Expression) -> Option<Expression> {
    inverse_of_power(divisor).filter(|_| divisor.as_number().is_some_and(|divisor| divisor >= 1.0))
}

/// Whether the functions of `wide_whole.wgsl` take an operand of an operator on doubles.
fn is_plain(op: BinaryOp, operand: &Expression) -> bool {
    let is_plain = operand.is_whole
        || match &operand.kind {
            ExpressionKind::Literal(Literal::Number(number)) => {
                (*number == 0.0 && op.is_comparison()) || (1e-100..=f64::INFINITY).contains(&number.abs())
            }
            ExpressionKind::Convert(inner) => inner.ty.scalar().is_integer(),
            _ => false,
        };
    is_plain && !operand.ty.is_vector()
}

impl FunctionWriter<'_> {
    pub(super) fn unary(&mut self, op: UnaryOp, operand: &Expression) -> Text {
        if operand.ty.scalar() == Scalar::F64 {
            let name = self.helpers.polyfill("hpc__wide_negate", operand.ty.components());
            return Text::call(&name, vec![self.value(operand)]);
        }
        Text::unary(op.symbol(), self.value(operand))
    }

    pub(super) fn binary(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        use BinaryOp as B;
        let integer = left.ty.scalar().is_integer();
        match op {
            _ if left.ty.scalar() == Scalar::F64 || right.ty.scalar() == Scalar::F64 => {
                self.wide(op, left, right)
            }
            B::Equal | B::NotEqual => self.equality(op, left, right),
            B::ShiftLeft | B::ShiftRight | B::ShiftRightUnsigned => self.shift(op, left, right),
            B::FloorDivide => self.floor_divide(left, right),
            B::Remainder if !integer => self.operation("hpc__remainder", left, right),
            B::Remainder | B::TruncateDivide if !is_nonzero(right) => self.division(op, left, right),
            _ if cancels(op, left, right) => {
                // Drivers take `x - x` for 0 even if x is infinite or NaN.
                let size = Text::call("abs", vec![self.value(left)]);
                Text::binary(size, "*", self.hidden_zero(), Level::Multiplicative)
            }
            _ => {
                let (left, right) = self.factors(op, left, right);
                let (symbol, level) = native(op);
                Text::binary(left, symbol, right, level)
            }
        }
    }

    /// An operator on doubles.
    fn wide(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        use BinaryOp as B;
        if let Some(inverse) = inverse_of_power(right).filter(|_| op == B::Divide) {
            return self.wide(B::Multiply, left, &inverse);
        }
        let native = self.module.interface.native_doubles;
        if native
            && matches!(op, B::Equal | B::NotEqual)
            && right.as_number() == Some(0.0)
            && let Some(is_multiple) = self.is_multiple(left)
        {
            return if op == B::Equal { is_multiple } else { Text::unary("!", is_multiple) };
        }
        let is_whole = native && op != B::Divide && is_plain(op, left) && is_plain(op, right);
        let size = left.ty.components().max(right.ty.components());
        let mut operands = vec![self.operand(left, size), self.operand(right, size)];
        let name = match op {
            B::Add => "add",
            B::Subtract => "subtract",
            B::Multiply => "multiply",
            B::Divide => "divide",
            B::Remainder if is_whole && let Some(inverse) = inverse_of_whole_power(right) => {
                operands.push(self.value(&inverse));
                "remainder_of_power"
            }
            B::Remainder => "remainder",
            B::Less | B::Greater => "less",
            B::LessEqual | B::GreaterEqual => "less_or_equal",
            _ => "equal",
        };
        let library = if is_whole { "hpc__whole" } else { "hpc__wide" };
        let name = self.helpers.polyfill(&format!("{library}_{name}"), size);
        if matches!(op, B::Greater | B::GreaterEqual) {
            operands.reverse();
        }
        let whole = Text::call(&name, operands);
        let whole = if op.is_comparison() && size > 1 { Text::call("all", vec![whole]) } else { whole };
        if op == B::NotEqual { Text::unary("!", whole) } else { whole }
    }

    /// An operand of an operator on doubles with `size` components: a number is the same in each.
    fn operand(&mut self, operand: &Expression, size: u8) -> Text {
        let text = self.value(operand);
        let is_scaled = size > 1 && !operand.ty.is_vector();
        if is_scaled { Text::call(&self.helpers.wide(WideVector::Splat(size)), vec![text]) } else { text }
    }

    /// Whether a remainder of an integer by a power of two is 0.
    fn is_multiple(&mut self, remainder: &Expression) -> Option<Text> {
        let ExpressionKind::Binary { op: BinaryOp::Remainder, left, right } = &remainder.kind else {
            return None;
        };
        let inverse = inverse_of_whole_power(right).filter(|_| is_plain(BinaryOp::Remainder, left))?;
        let name = self.helpers.polyfill("hpc__whole_is_multiple", 1);
        Some(Text::call(&name, vec![self.value(left), self.value(right), self.value(&inverse)]))
    }

    /// A division of integers by what may be 0, which gives 0.
    fn division(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        let name = match (op, left.ty.scalar()) {
            (BinaryOp::Remainder, Scalar::U32) => "hpc__remainder_of_u32",
            (BinaryOp::Remainder, _) => "hpc__remainder_of_i32",
            (_, Scalar::U32) => "hpc__quotient_of_u32",
            _ => "hpc__quotient_of_i32",
        };
        self.operation(name, left, right)
    }

    /// A binary operator that a polyfill does.
    fn operation(&mut self, name: &str, left: &Expression, right: &Expression) -> Text {
        let name = self.helpers.polyfill(name, left.ty.components());
        let arguments = vec![self.value(left), self.value(right)];
        Text::call(&name, arguments)
    }

    fn equality(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        // `x !== x` asks for NaN, and compilers that assume there is none answer it with false.
        if left.ty == Type::F32 && same(left, right) {
            let name = self.helpers.polyfill("hpc__is_nan", 1);
            let is_nan = Text::call(&name, vec![self.value(left)]);
            return if op == BinaryOp::NotEqual { is_nan } else { Text::unary("!", is_nan) };
        }
        let is_vector = left.ty.is_vector();
        // `!=` is false for NaN in what naga makes of it, but NaN differs from everything.
        let inverts = op == BinaryOp::NotEqual && (is_vector || may_be_nan(left) || may_be_nan(right));
        let symbol = if op == BinaryOp::Equal || inverts { "==" } else { "!=" };
        let (left, right) = (self.value(left), self.value(right));
        let compared = Text::binary(left, symbol, right, Level::Relational);
        let whole = if is_vector { Text::call("all", vec![compared]) } else { compared };
        if inverts { Text::unary("!", whole) } else { whole }
    }

    /// The operands of an operator that WGSL has. Where drivers would take the result for 0 or 1 although it may be NaN, because
    /// an operand is zero, they do not see that it is.
    pub(super) fn factors(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> (Text, Text) {
        let (hides_left, hides_right) = match op {
            _ if left.ty.scalar() != Scalar::F32 => (false, false),
            BinaryOp::Multiply => (may_be_nan(right), may_be_nan(left)),
            BinaryOp::Divide => (true, true),
            _ => (false, false),
        };
        (self.factor(left, hides_left), self.factor(right, hides_right))
    }

    fn factor(&mut self, operand: &Expression, hides_zero: bool) -> Text {
        let Some(zero) = zero(operand).filter(|_| hides_zero) else { return self.value(operand) };
        let hidden = self.hidden_zero();
        let signed = if zero.is_sign_negative() { Text::unary("-", hidden) } else { hidden };
        if operand.ty.is_vector() { Text::call(&type_text(operand.ty), vec![signed]) } else { signed }
    }

    fn hidden_zero(&mut self) -> Text {
        Text::call(&self.helpers.polyfill("hpc__zero", 1), Vec::new())
    }

    /// The count is taken modulo 32, as in JavaScript; WGSL refuses larger constants.
    fn shift(&mut self, op: BinaryOp, left: &Expression, right: &Expression) -> Text {
        let value = match left.as_number() {
            _ if op != BinaryOp::ShiftRightUnsigned || left.ty.scalar() == Scalar::U32 => self.value(left),
            // WGSL refuses to convert negative constants.
            Some(bits) => self.unsigned(bits as i32 as u32),
            None => Text::call(scalar_text(Scalar::U32), vec![self.value(left)]),
        };
        let count = match right.as_number() {
            Some(count) => Text::primary(format!("{}u", count as i64 & 31)),
            None => {
                let ty = type_text(right.ty.with_scalar(Scalar::U32));
                let most = if right.ty.is_vector() { format!("{ty}(31u)") } else { "31u".to_owned() };
                let count = Text::call(&ty, vec![self.value(right)]);
                Text::binary(count, "&", Text::primary(most), Level::Bits(BinaryOp::BitAnd))
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

/// Whether a divisor is a literal other than 0.
fn is_nonzero(divisor: &Expression) -> bool {
    if let ExpressionKind::Convert(operand) = &divisor.kind {
        return divisor.ty.scalar().is_integer() && operand.ty.scalar().is_integer() && is_nonzero(operand);
    }
    divisor.as_number_of_all().is_some_and(|number| number != 0.0)
}

/// Whether two values are the same, wherever the user wrote them.
fn same(left: &Expression, right: &Expression) -> bool {
    use ExpressionKind as K;
    let (left_operands, right_operands) = (left.operands(), right.operands());
    let alike = match (&left.kind, &right.kind) {
        (K::Literal(left), K::Literal(right)) => left == right,
        (K::Local(left), K::Local(right)) => left == right,
        (K::ThreadId, K::ThreadId) => true,
        (K::Uniform(left), K::Uniform(right)) => left == right,
        (K::Load { buffer: left, .. }, K::Load { buffer: right, .. }) => left == right,
        (K::Element { array: left, .. }, K::Element { array: right, .. }) => left == right,
        (K::Component { component: left, .. }, K::Component { component: right, .. }) => left == right,
        (K::Unary { op: left, .. }, K::Unary { op: right, .. }) => left == right,
        (K::Binary { op: left, .. }, K::Binary { op: right, .. }) => left == right,
        (K::Builtin { builtin: left, .. }, K::Builtin { builtin: right, .. }) => left == right,
        (K::Convert(_), K::Convert(_)) => true,
        // Of the others drivers do not know that they are the same.
        _ => false,
    };
    alike
        && left.ty == right.ty
        && left_operands.len() == right_operands.len()
        && left_operands.into_iter().zip(right_operands).all(|(left, right)| same(left, right))
}

/// Whether a difference is 0 unless its operands are infinite or NaN.
pub(super) fn cancels(op: BinaryOp, left: &Expression, right: &Expression) -> bool {
    op == BinaryOp::Subtract && left.ty.scalar() == Scalar::F32 && may_be_nan(left) && same(left, right)
}

/// The zero that a value always is.
fn zero(expression: &Expression) -> Option<f64> {
    match &expression.kind {
        ExpressionKind::Literal(_) => expression.as_number().filter(|&value| value as f32 == 0.0),
        ExpressionKind::Splat(operand) => zero(operand),
        ExpressionKind::Convert(operand) => zero(operand).map(|_| 0.0),
        ExpressionKind::Binary { op: BinaryOp::Subtract, left, right } => {
            (left.ty == Type::I32 && same(left, right)).then_some(0.0)
        }
        _ => None,
    }
}

/// The operators that WGSL has itself.
pub(super) fn native(op: BinaryOp) -> (&'static str, Level) {
    use BinaryOp as B;
    match op {
        B::Add => ("+", Level::Additive),
        B::Subtract => ("-", Level::Additive),
        B::Multiply => ("*", Level::Multiplicative),
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
