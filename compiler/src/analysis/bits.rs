//! The 32-bit operators of JavaScript on [`Value`]s.
//!
//! Operands go through ToInt32, so whatever they are the results are 32-bit integers; bounds are narrowed where operands are
//! known to be such integers already, or where a constant count or mask says so. All results here are exact integers.

use super::value::{Range, TWO_32, Value};
use crate::ir::BinaryOp;

/// The value as ToInt32 gives it: fractions are truncated, and NaN is 0.
pub fn int32(value: Value) -> Value {
    let whole = value.to_integer(f64::trunc);
    let result = if whole.integers.is_within(Value::INT32.integers.low, Value::INT32.integers.high) {
        Value::integers(whole.integers.low, whole.integers.high)
    } else {
        Value::INT32
    };
    if value.nan { result.join(Value::ZERO) } else { result }
}

/// `~value`
pub fn not(value: Value) -> Value {
    let Range { low, high } = int32(value).integers;
    Value::integers(-1.0 - high, -1.0 - low)
}

/// `left op right` for a bitwise `op`.
pub fn binary(op: BinaryOp, left: Value, right: Value) -> Value {
    let (left, right) = (int32(left), int32(right));
    if left.is_empty() || right.is_empty() {
        return Value::NOTHING;
    }
    let count = right.single().map(|count| count as i64 as u32 & 31);
    let (left, right) = (left.integers, right.integers);
    match op {
        BinaryOp::BitAnd => and(left, right),
        BinaryOp::BitOr | BinaryOp::BitXor => or(left, right),
        BinaryOp::ShiftLeft => count.map_or(Value::INT32, |count| shift_left(left, count)),
        BinaryOp::ShiftRight => shift_right(left, count),
        BinaryOp::ShiftRightUnsigned => shift_right_unsigned(left, count.unwrap_or(0)),
        _ => Value::INT32,
    }
}

/// A bit is set only if it is set in both, so the result is no larger than either that is not negative.
fn and(left: Range, right: Range) -> Value {
    match (left.low >= 0.0, right.low >= 0.0) {
        (true, true) => Value::integers(0.0, left.high.min(right.high)),
        (true, false) => Value::integers(0.0, left.high),
        (false, true) => Value::integers(0.0, right.high),
        (false, false) => Value::INT32,
    }
}

/// No bit above the highest of both can be set; this holds for `^` as well.
fn or(left: Range, right: Range) -> Value {
    if left.low < 0.0 || right.low < 0.0 {
        return Value::INT32;
    }
    let bits = 64 - (left.high.max(right.high) as u64).leading_zeros();
    Value::integers(0.0, ((1_u64 << bits) - 1) as f64)
}

fn shift_left(left: Range, count: u32) -> Value {
    let factor = (1_u64 << count) as f64;
    int32(Value::integers(left.low * factor, left.high * factor))
}

fn shift_right(left: Range, count: Option<u32>) -> Value {
    match count {
        Some(count) => {
            let [low, high] = [left.low, left.high].map(|bound| f64::from(bound as i32 >> count));
            Value::integers(low, high)
        }
        None => Value::integers(left.low.min(0.0), left.high.max(0.0)),
    }
}

fn shift_right_unsigned(left: Range, least: u32) -> Value {
    let high = if left.low >= 0.0 { left.high } else { TWO_32 - 1.0 };
    Value::integers(0.0, f64::from(high as u32 >> least))
}
