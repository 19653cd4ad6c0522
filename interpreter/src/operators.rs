//! What operators compute.

use std::fmt;

use compiler::ir::{BinaryOp, Scalar, UnaryOp};

use crate::value::{Value, Word, to_int32};
use crate::{Stopped, broken};

pub(crate) fn unary(op: UnaryOp, operand: &Value) -> Result<Value, Stopped> {
    let words = operand.words()?.iter().map(|&word| {
        Ok(match (op, word) {
            (UnaryOp::Negate, Word::F32(value)) => Word::F32(-value),
            (UnaryOp::Negate, Word::F64(value)) => Word::F64(-value),
            (UnaryOp::Negate, Word::I32(value)) => Word::I32(value.wrapping_neg()),
            (UnaryOp::Not, Word::Bool(value)) => Word::Bool(!value),
            (UnaryOp::BitNot, Word::F64(value)) => Word::F64(f64::from(!to_int32(value))),
            (UnaryOp::BitNot, Word::I32(value)) => Word::I32(!value),
            (UnaryOp::BitNot, Word::U32(value)) => Word::U32(!value),
            _ => return broken(format!("{op:?} of {word:?}")),
        })
    });
    Ok(Value::of_words(words.collect::<Result<_, _>>()?))
}

/// Whether the left operand alone is the result, so that the right one is not looked at.
pub(crate) fn is_decided_by(op: BinaryOp, left: &Value) -> bool {
    match op {
        BinaryOp::And => *left == Value::boolean(false),
        BinaryOp::Or => *left == Value::boolean(true),
        _ => false,
    }
}

pub(crate) fn binary(op: BinaryOp, left: &Value, right: &Value) -> Result<Value, Stopped> {
    match op {
        // The left operand has not decided.
        BinaryOp::And | BinaryOp::Or => Ok(Value::boolean(right.bool()?)),
        BinaryOp::Equal => Ok(Value::boolean(equal(left, right)?)),
        BinaryOp::NotEqual => Ok(Value::boolean(!equal(left, right)?)),
        _ => component_by_component(left, right, |left, right| words(op, left, right)),
    }
}

/// Applies an operator to the components of two vectors, or of one and a scalar.
fn component_by_component(
    left: &Value,
    right: &Value,
    operator: impl Fn(Word, Word) -> Result<Word, Stopped>,
) -> Result<Value, Stopped> {
    let (lefts, rights) = (left.words()?, right.words()?);
    let result: Result<Vec<Word>, Stopped> = match (left, right) {
        (Value::Vector(_), Value::Scalar(right)) => {
            lefts.iter().map(|&left| operator(left, *right)).collect()
        }
        (Value::Scalar(left), Value::Vector(_)) => {
            rights.iter().map(|&right| operator(*left, right)).collect()
        }
        _ if lefts.len() == rights.len() => {
            lefts.iter().zip(rights).map(|(&left, &right)| operator(left, right)).collect()
        }
        _ => broken("the operands are vectors of two sizes"),
    };
    Ok(Value::of_words(result?))
}

/// Whether all components are equal; NaN is not.
fn equal(left: &Value, right: &Value) -> Result<bool, Stopped> {
    let (left, right) = (left.words()?, right.words()?);
    let same_types =
        |(left, right): (&Word, &Word)| std::mem::discriminant(left) == std::mem::discriminant(right);
    if left.len() != right.len() || !left.iter().zip(right).all(same_types) {
        return broken("values of two types are compared");
    }
    Ok(left == right)
}

fn words(op: BinaryOp, left: Word, right: Word) -> Result<Word, Stopped> {
    match (left, right) {
        (Word::F32(_), Word::F32(_)) => {
            let result = floats(op, left.number()?, right.number()?)?;
            // An operation on singles in double precision, rounded to a single, is that operation on singles.
            if op.is_comparison() { Ok(result) } else { result.convert(Scalar::F32) }
        }
        (Word::F64(left), Word::F64(right)) if op.is_bitwise() => {
            let result = signed(op, to_int32(left), to_int32(right))?;
            Ok(Word::F64(result.number()?))
        }
        (Word::F64(left), Word::F64(right)) => floats(op, left, right),
        (Word::I32(left), Word::I32(right)) => signed(op, left, right),
        (Word::U32(left), Word::U32(right)) => unsigned(op, left, right),
        _ => broken(format!("{left:?} {} {right:?}", op.symbol())),
    }
}

fn floats(op: BinaryOp, left: f64, right: f64) -> Result<Word, Stopped> {
    use BinaryOp as B;
    Ok(match op {
        B::Add => Word::F64(left + right),
        B::Subtract => Word::F64(left - right),
        B::Multiply => Word::F64(left * right),
        B::Divide => Word::F64(left / right),
        // Exact, and with the sign of the dividend.
        B::Remainder => Word::F64(left % right),
        B::Less => Word::Bool(left < right),
        B::LessEqual => Word::Bool(left <= right),
        B::Greater => Word::Bool(left > right),
        B::GreaterEqual => Word::Bool(left >= right),
        _ => return broken(format!("{} of floats", op.symbol())),
    })
}

fn signed(op: BinaryOp, left: i32, right: i32) -> Result<Word, Stopped> {
    use BinaryOp as B;
    if right == 0
        && let Some(result) = by_zero(op, format_args!("{left}"))?
    {
        return Ok(Word::I32(result));
    }
    // Counts are taken modulo 32.
    let count = right as u32 & 31;
    Ok(Word::I32(match op {
        B::Add => left.wrapping_add(right),
        B::Subtract => left.wrapping_sub(right),
        B::Multiply => left.wrapping_mul(right),
        B::Remainder => left.wrapping_rem(right),
        B::FloorDivide => {
            let (dividend, divisor) = (i64::from(left), i64::from(right));
            let toward_zero = dividend / divisor;
            let is_above = toward_zero * divisor != dividend && (dividend < 0) != (divisor < 0);
            (toward_zero - i64::from(is_above)) as i32
        }
        B::TruncateDivide => left.wrapping_div(right),
        B::BitAnd => left & right,
        B::BitOr => left | right,
        B::BitXor => left ^ right,
        B::ShiftLeft => left << count,
        B::ShiftRight => left >> count,
        B::ShiftRightUnsigned => return Ok(Word::U32(left as u32 >> count)),
        B::Less => return Ok(Word::Bool(left < right)),
        B::LessEqual => return Ok(Word::Bool(left <= right)),
        B::Greater => return Ok(Word::Bool(left > right)),
        B::GreaterEqual => return Ok(Word::Bool(left >= right)),
        B::Divide | B::And | B::Or | B::Equal | B::NotEqual => {
            return broken(format!("{} of signed integers", op.symbol()));
        }
    }))
}

/// What an operator on integers gives if its right operand is 0 and that is special.
fn by_zero(op: BinaryOp, left: fmt::Arguments<'_>) -> Result<Option<i32>, Stopped> {
    match op {
        BinaryOp::Remainder | BinaryOp::TruncateDivide => Ok(Some(0)),
        BinaryOp::FloorDivide => broken(format!("{left} {} 0", op.symbol())),
        _ => Ok(None),
    }
}

fn unsigned(op: BinaryOp, left: u32, right: u32) -> Result<Word, Stopped> {
    use BinaryOp as B;
    if right == 0
        && let Some(result) = by_zero(op, format_args!("{left}"))?
    {
        return Ok(Word::U32(result as u32));
    }
    let count = right & 31;
    Ok(Word::U32(match op {
        B::Add => left.wrapping_add(right),
        B::Subtract => left.wrapping_sub(right),
        B::Multiply => left.wrapping_mul(right),
        B::Remainder => left % right,
        B::FloorDivide | B::TruncateDivide => left / right,
        B::BitAnd => left & right,
        B::BitOr => left | right,
        B::BitXor => left ^ right,
        B::ShiftLeft => left << count,
        B::ShiftRightUnsigned => left >> count,
        B::Less => return Ok(Word::Bool(left < right)),
        B::LessEqual => return Ok(Word::Bool(left <= right)),
        B::Greater => return Ok(Word::Bool(left > right)),
        B::GreaterEqual => return Ok(Word::Bool(left >= right)),
        _ => return broken(format!("{} of unsigned integers", op.symbol())),
    }))
}
