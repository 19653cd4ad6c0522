//! Runs a kernel: one of open numbers as JavaScript would, a represented one as the device does.

use crate::ir::builtins::{Builtin, to_int32};
use crate::ir::{
    BinaryOp as B, Block, Expression, ExpressionKind as K, Kernel, Literal, LocalId, Place, Scalar,
    StatementKind, TestPosition, UnaryOp,
};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    F32(f32),
    I32(i32),
    U32(u32),
    Bool(bool),
}

impl Value {
    pub(super) fn number(self) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::F32(number) => f64::from(number),
            Self::I32(number) => f64::from(number),
            Self::U32(number) => f64::from(number),
            Self::Bool(_) => panic!("a boolean is no number"),
        }
    }

    fn bool(self) -> bool {
        match self {
            Self::Bool(value) => value,
            other => panic!("{other:?} is no boolean"),
        }
    }
}

/// What a kernel sees and does.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) thread: f64,
    pub(super) uniform: f64,
    pub(super) locals: Vec<Value>,
    /// What was stored where.
    pub(super) stores: Vec<(f64, f64)>,
    /// Whether a double or a single had to be rounded on the way, or a double was NaN.
    pub(super) rounded: bool,
    /// The largest magnitude of any number computed.
    pub(super) largest: f64,
    /// Every value that a local ever had.
    pub(super) history: Vec<(LocalId, f64)>,
    pub(super) fuel: u32,
}

impl Machine {
    pub(super) fn new(locals: usize, thread: f64, uniform: f64) -> Self {
        Self {
            thread,
            uniform,
            locals: vec![Value::Bool(false); locals],
            stores: Vec::new(),
            rounded: false,
            largest: 0.0,
            history: Vec::new(),
            fuel: 5000,
        }
    }

    pub(super) fn run(mut self, kernel: &Kernel) -> Self {
        self.block(&kernel.entry.body);
        self
    }

    fn block(&mut self, block: &Block) {
        for statement in &block.0 {
            self.statement(&statement.kind);
        }
    }

    fn statement(&mut self, statement: &StatementKind) {
        match statement {
            StatementKind::Declare { local, value: Some(value) }
            | StatementKind::Assign { place: Place::Local(local), value } => {
                let value = self.eval(value);
                self.locals[local.0 as usize] = value;
                self.history.push((*local, value.number()));
            }
            StatementKind::Assign { place: Place::Buffer { index, .. }, value } => {
                let index = self.eval(&index[0]).number();
                let value = self.eval(value).number();
                self.stores.push((index, value));
            }
            StatementKind::If { condition, accept, reject } => {
                let taken = if self.eval(condition).bool() { accept } else { reject };
                self.block(taken);
            }
            StatementKind::Loop {
                test: TestPosition::First,
                condition: Some(condition),
                body,
                update,
                ..
            } => {
                while self.fuel > 0 && self.eval(condition).bool() {
                    self.fuel -= 1;
                    self.block(body);
                    self.block(update);
                }
            }
            other => panic!("no test has {other:?}"),
        }
    }

    pub(super) fn eval(&mut self, of: &Expression) -> Value {
        let value = self.compute(of);
        if let Value::Number(number) = value {
            self.largest = self.largest.max(number.abs());
            self.rounded |= number.is_nan() || number.abs() > crate::analysis::value::TWO_53;
        }
        value
    }

    fn of_type(&mut self, number: f64, scalar: Scalar) -> Value {
        match scalar {
            Scalar::Number => Value::Number(number),
            Scalar::F32 => {
                self.rounded |= !number.is_nan() && f64::from(number as f32) != number;
                Value::F32(number as f32)
            }
            Scalar::I32 => {
                assert_eq!(number, f64::from(number as i32), "an i32");
                Value::I32(number as i32)
            }
            Scalar::U32 => {
                assert_eq!(number, f64::from(number as u32), "a u32");
                Value::U32(number as u32)
            }
            Scalar::Bool => panic!("a number is no boolean"),
        }
    }

    fn compute(&mut self, of: &Expression) -> Value {
        let scalar = of.ty.scalar();
        match &of.kind {
            K::Literal(Literal::Bool(value)) => Value::Bool(*value),
            K::Literal(Literal::Number(number)) => self.of_type(*number, scalar),
            K::Local(local) => self.locals[local.0 as usize],
            K::Component { .. } => self.of_type(self.thread, scalar),
            K::Uniform(_) => self.of_type(self.uniform, scalar),
            K::Unary { op, operand } => {
                let operand = self.eval(operand);
                self.unary(*op, operand, scalar)
            }
            K::Binary { op, left, right } => {
                let (left, right) = (self.eval(left), self.eval(right));
                self.binary(*op, left, right, scalar)
            }
            K::Select { condition, accept, reject } => {
                let taken = if self.eval(condition).bool() { accept } else { reject };
                self.eval(taken)
            }
            K::Builtin { builtin, arguments } => {
                let operands: Vec<f64> =
                    arguments.iter().map(|operand| self.eval(operand).number()).collect();
                let of = builtin.row().fold.expect("a function of numbers");
                assert!(*builtin != Builtin::Imul || scalar != Scalar::F32);
                let result = of(&operands);
                // A float that is capped for a comparison counts as rounded.
                self.rounded |=
                    *builtin == Builtin::Min && operands[1] == 2_147_483_520.0 && operands[0] > operands[1];
                // The absolute value of the smallest integer is itself, as in WGSL.
                if *builtin == Builtin::Abs && scalar == Scalar::I32 {
                    return Value::I32((operands[0] as i32).wrapping_abs());
                }
                self.of_type(result, scalar)
            }
            K::Convert(inner) => {
                let inner = self.eval(inner);
                self.convert(inner, scalar)
            }
            K::InRange { index, .. } => self.eval(index),
            K::ToInt32(inner) => Value::I32(to_int32(self.eval(inner).number())),
            other => panic!("no test has {other:?}"),
        }
    }

    fn convert(&mut self, value: Value, scalar: Scalar) -> Value {
        match (value, scalar) {
            (Value::I32(value), Scalar::U32) => Value::U32(value as u32),
            (Value::U32(value), Scalar::I32) => Value::I32(value as i32),
            (Value::F32(value), Scalar::I32) => {
                let floor = f64::from(value).floor();
                let fits = floor == f64::from(floor as i32);
                Value::I32(if fits { floor as i32 } else { i32::MIN })
            }
            (value, Scalar::F32) => self.of_type(value.number(), scalar),
            other => panic!("no conversion of {other:?}"),
        }
    }

    fn unary(&mut self, op: UnaryOp, operand: Value, scalar: Scalar) -> Value {
        match (op, operand) {
            (UnaryOp::Not, operand) => Value::Bool(!operand.bool()),
            (UnaryOp::Negate, Value::I32(operand)) => Value::I32(operand.wrapping_neg()),
            (UnaryOp::Negate, operand) => self.of_type(-operand.number(), scalar),
            (UnaryOp::BitNot, operand) => self.of_type(f64::from(!to_int32(operand.number())), scalar),
        }
    }

    fn binary(&mut self, op: B, left: Value, right: Value, scalar: Scalar) -> Value {
        match (op, left, right) {
            (B::And, left, right) => return Value::Bool(left.bool() && right.bool()),
            (B::Or, left, right) => return Value::Bool(left.bool() || right.bool()),
            _ => {}
        }
        assert_eq!(
            std::mem::discriminant(&left),
            std::mem::discriminant(&right),
            "{left:?} {op:?} {right:?}"
        );
        if let (Value::I32(left), Value::I32(right)) = (left, right)
            && let Some(result) = integers(op, left, right)
        {
            return Value::I32(result);
        }
        let (left, right) = (left.number(), right.number());
        if let Some(truth) = comparison(op, left, right) {
            return Value::Bool(truth);
        }
        self.of_type(doubles(op, left, right), scalar)
    }
}

fn comparison(op: B, left: f64, right: f64) -> Option<bool> {
    Some(match op {
        B::Equal => left == right,
        B::NotEqual => left != right,
        B::Less => left < right,
        B::LessEqual => left <= right,
        B::Greater => left > right,
        B::GreaterEqual => left >= right,
        _ => return None,
    })
}

fn integers(op: B, left: i32, right: i32) -> Option<i32> {
    Some(match op {
        B::Add => left.wrapping_add(right),
        B::Subtract => left.wrapping_sub(right),
        B::Multiply => left.wrapping_mul(right),
        B::Remainder => left.wrapping_rem(right),
        B::CheckedAdd => left.checked_add(right).unwrap_or(i32::MIN),
        B::CheckedSubtract => left.checked_sub(right).unwrap_or(i32::MIN),
        B::CheckedMultiply => left.checked_mul(right).unwrap_or(i32::MIN),
        B::FloorDivide => (f64::from(left) / f64::from(right)).floor() as i32,
        B::TruncateDivide => left.wrapping_div(right),
        _ => return None,
    })
}

fn doubles(op: B, left: f64, right: f64) -> f64 {
    let (a, b) = (to_int32(left), to_int32(right));
    match op {
        B::Add => left + right,
        B::Subtract => left - right,
        B::Multiply => left * right,
        B::Divide => left / right,
        B::Remainder => left % right,
        B::BitAnd => f64::from(a & b),
        B::BitOr => f64::from(a | b),
        B::BitXor => f64::from(a ^ b),
        B::ShiftLeft => f64::from(a.wrapping_shl(b as u32)),
        B::ShiftRight => f64::from(a.wrapping_shr(b as u32)),
        B::ShiftRightUnsigned => f64::from((a as u32).wrapping_shr(b as u32)),
        other => panic!("{other:?} has no doubles"),
    }
}
