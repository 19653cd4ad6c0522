//! What builtin functions compute: in double precision, rounded once.

use compiler::ir::Builtin;

use crate::value::{Value, Word, to_int32};
use crate::{Stopped, broken};

pub(crate) fn builtin(builtin: Builtin, arguments: &[Value]) -> Result<Value, Stopped> {
    use Builtin as B;
    match (builtin, arguments) {
        (
            B::ComplexConjugate
            | B::ComplexDivide
            | B::ComplexTimes
            | B::Cross
            | B::Distance
            | B::Dot
            | B::Length
            | B::Normalized,
            _,
        ) => whole_vectors(builtin, arguments),
        (_, [operand]) => {
            let words = operand.words()?.iter().map(|&word| one_word(builtin, word));
            Ok(Value::of_words(words.collect::<Result<_, _>>()?))
        }
        (_, [left, right]) => {
            let pairs = left.words()?.iter().zip(right.words()?);
            let words = pairs.map(|(&left, &right)| two_words(builtin, left, right));
            Ok(Value::of_words(words.collect::<Result<_, _>>()?))
        }
        _ => broken(format!("{builtin:?} of {} arguments", arguments.len())),
    }
}

fn one_word(builtin: Builtin, operand: Word) -> Result<Word, Stopped> {
    Ok(match (builtin, operand) {
        (Builtin::FloatBits, Word::F32(value)) => Word::U32(value.to_bits()),
        (Builtin::FromFloatBits, Word::I32(bits)) => Word::F32(f32::from_bits(bits as u32)),
        (Builtin::FloatBits, Word::F64(value)) => Word::F64(f64::from((value as f32).to_bits())),
        (Builtin::FromFloatBits, Word::F64(bits)) => {
            Word::F64(f64::from(f32::from_bits(to_int32(bits) as u32)))
        }
        (_, Word::F32(value)) => Word::F32(function(builtin, f64::from(value))? as f32),
        (Builtin::Clz32, Word::F64(value)) => Word::F64(f64::from(to_int32(value).leading_zeros())),
        (_, Word::F64(value)) => Word::F64(function(builtin, value)?),
        // The absolute value of the lowest integer is itself, as in WGSL.
        (Builtin::Abs, Word::I32(value)) => Word::I32(value.wrapping_abs()),
        (Builtin::Abs, Word::U32(value)) => Word::U32(value),
        (Builtin::Sign, Word::I32(value)) => Word::I32(value.signum()),
        (Builtin::Clz32, Word::I32(value)) => Word::I32(value.leading_zeros() as i32),
        _ => return broken(format!("{builtin:?} of {operand:?}")),
    })
}

fn two_words(builtin: Builtin, left: Word, right: Word) -> Result<Word, Stopped> {
    use Builtin as B;
    Ok(match (builtin, left, right) {
        (_, Word::F32(left), Word::F32(right)) => {
            Word::F32(function_of_two(builtin, f64::from(left), f64::from(right))? as f32)
        }
        (B::Imul, Word::F64(left), Word::F64(right)) => {
            Word::F64(f64::from(to_int32(left).wrapping_mul(to_int32(right))))
        }
        (_, Word::F64(left), Word::F64(right)) => Word::F64(function_of_two(builtin, left, right)?),
        (B::Max, Word::I32(left), Word::I32(right)) => Word::I32(left.max(right)),
        (B::Min, Word::I32(left), Word::I32(right)) => Word::I32(left.min(right)),
        (B::Max, Word::U32(left), Word::U32(right)) => Word::U32(left.max(right)),
        (B::Min, Word::U32(left), Word::U32(right)) => Word::U32(left.min(right)),
        (B::Imul, Word::I32(left), Word::I32(right)) => Word::I32(left.wrapping_mul(right)),
        (B::Pow, Word::I32(left), Word::I32(right)) if right >= 0 => {
            Word::I32(left.wrapping_pow(right as u32))
        }
        _ => return broken(format!("{builtin:?} of {left:?} and {right:?}")),
    })
}

fn function(builtin: Builtin, x: f64) -> Result<f64, Stopped> {
    use Builtin as B;
    Ok(match builtin {
        B::Abs => x.abs(),
        B::Acos => x.acos(),
        B::Acosh => x.acosh(),
        B::Asin => x.asin(),
        B::Asinh => x.asinh(),
        B::Atan => x.atan(),
        B::Atanh => x.atanh(),
        B::Cbrt => x.cbrt(),
        B::Ceil => x.ceil(),
        B::Cos => x.cos(),
        B::Cosh => x.cosh(),
        B::Exp => x.exp(),
        B::Floor => x.floor(),
        B::Fround => f64::from(x as f32),
        B::Log => x.ln(),
        B::Log10 => x.log10(),
        B::Log2 => x.log2(),
        // Halves go up, and what rounds to zero keeps its sign.
        B::Round if x - x.floor() >= 0.5 => x.ceil(),
        B::Round => x.floor().copysign(x),
        B::Sign if x > 0.0 => 1.0,
        B::Sign if x < 0.0 => -1.0,
        B::Sign => x,
        B::Sin => x.sin(),
        B::Sinh => x.sinh(),
        B::Sqrt => x.sqrt(),
        B::Tan => x.tan(),
        B::Tanh => x.tanh(),
        B::Trunc => x.trunc(),
        _ => return broken(format!("{builtin:?} of a float")),
    })
}

fn function_of_two(builtin: Builtin, x: f64, y: f64) -> Result<f64, Stopped> {
    let has_nan = x.is_nan() || y.is_nan();
    Ok(match builtin {
        Builtin::Atan2 => x.atan2(y),
        Builtin::Hypot => x.hypot(y),
        Builtin::Max | Builtin::Min if has_nan => f64::NAN,
        // 0 is larger than -0.
        Builtin::Max if x == y => {
            if x.is_sign_negative() {
                y
            } else {
                x
            }
        }
        Builtin::Min if x == y => {
            if x.is_sign_negative() {
                x
            } else {
                y
            }
        }
        Builtin::Max => x.max(y),
        Builtin::Min => x.min(y),
        // In JavaScript, unlike in C, 1 to the power of NaN or infinity is NaN.
        Builtin::Pow if y.is_nan() || (x.abs() == 1.0 && y.is_infinite()) => f64::NAN,
        // Rounded once, as engines do.
        Builtin::Pow if y == 2.0 => x * x,
        Builtin::Pow => x.powf(y),
        _ => return broken(format!("{builtin:?} of two floats")),
    })
}

fn whole_vectors(builtin: Builtin, arguments: &[Value]) -> Result<Value, Stopped> {
    let doubles = |value: &Value| -> Result<Vec<f64>, Stopped> {
        value.words()?.iter().map(|word| word.number()).collect()
    };
    let operands = arguments.iter().map(doubles).collect::<Result<Vec<_>, _>>()?;
    let operands: Vec<&[f64]> = operands.iter().map(Vec::as_slice).collect();
    let components = match (builtin, &operands[..]) {
        (Builtin::ComplexConjugate, [[x, y]]) => vec![*x, -y],
        (Builtin::ComplexTimes, [[a, b], [c, d]]) => vec![a * c - b * d, a * d + b * c],
        (Builtin::ComplexDivide, [[a, b], [c, d]]) => {
            let square = c * c + d * d;
            vec![(a * c + b * d) / square, (b * c - a * d) / square]
        }
        (Builtin::Cross, [[a, b, c], [d, e, f]]) => vec![b * f - c * e, c * d - a * f, a * e - b * d],
        (Builtin::Distance, [a, b]) => vec![difference(a, b).iter().map(|x| x * x).sum::<f64>().sqrt()],
        (Builtin::Dot, [a, b]) => vec![dot(a, b)],
        (Builtin::Length, [a]) => vec![dot(a, a).sqrt()],
        (Builtin::Normalized, [a]) => a.iter().map(|x| x / dot(a, a).sqrt()).collect(),
        _ => return broken(format!("{builtin:?} of {arguments:?}")),
    };
    let is_single = arguments[0].words()?.iter().all(|word| matches!(word, Word::F32(_)));
    let word = |x| if is_single { Word::F32(x as f32) } else { Word::F64(x) };
    Ok(Value::of_words(components.into_iter().map(word).collect()))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}
