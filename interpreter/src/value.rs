//! Values.

use compiler::ir::{Scalar, Type};

use crate::{Stopped, broken};

/// A scalar of a machine type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Word {
    /// A boolean.
    Bool(bool),
    /// A single-precision float.
    F32(f32),
    /// A signed integer.
    I32(i32),
    /// An unsigned integer.
    U32(u32),
}

/// Anything that an expression gives or a local holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A single value.
    Scalar(Word),
    /// Two to four components of one type.
    Vector(Vec<Word>),
    /// The elements of an array: scalars or vectors, all of one type.
    Array(Vec<Value>),
}

impl Value {
    /// A number.
    pub fn number(value: f32) -> Self {
        Self::Scalar(Word::F32(value))
    }

    /// A boolean.
    pub fn boolean(value: bool) -> Self {
        Self::Scalar(Word::Bool(value))
    }

    /// A vector of numbers, one a component.
    pub fn vector(components: &[f32]) -> Self {
        Self::Vector(components.iter().copied().map(Word::F32).collect())
    }

    /// Zero, false, or as many of these as the type has.
    pub(crate) fn zero(ty: Type) -> Result<Self, Stopped> {
        let word = match ty.scalar() {
            Scalar::Bool => Word::Bool(false),
            Scalar::F32 => Word::F32(0.0),
            Scalar::I32 => Word::I32(0),
            Scalar::U32 => Word::U32(0),
            Scalar::Number => return broken("a number has no representation"),
        };
        let element = match ty.components() {
            1 => Self::Scalar(word),
            components => Self::Vector(vec![word; usize::from(components)]),
        };
        Ok(match ty {
            Type::Array { length, .. } => Self::Array(vec![element; length as usize]),
            Type::Scalar(_) | Type::Vector(..) => element,
        })
    }

    /// One word a component; the elements of an array have none.
    pub(crate) fn words(&self) -> Result<&[Word], Stopped> {
        match self {
            Self::Scalar(word) => Ok(std::slice::from_ref(word)),
            Self::Vector(words) => Ok(words),
            Self::Array(_) => broken("an array stands where a scalar or vector belongs"),
        }
    }

    /// A scalar from one word, else a vector.
    pub(crate) fn of_words(words: Vec<Word>) -> Self {
        match words[..] {
            [word] => Self::Scalar(word),
            _ => Self::Vector(words),
        }
    }

    pub(crate) fn scalar(&self) -> Result<Word, Stopped> {
        match self {
            Self::Scalar(word) => Ok(*word),
            other => broken(format!("{other:?} is no scalar")),
        }
    }

    pub(crate) fn bool(&self) -> Result<bool, Stopped> {
        match self {
            Self::Scalar(Word::Bool(value)) => Ok(*value),
            other => broken(format!("{other:?} is no boolean")),
        }
    }

    /// An index, a coordinate, or what a switch selects by.
    pub(crate) fn integer(&self) -> Result<i32, Stopped> {
        match self {
            Self::Scalar(Word::I32(value)) => Ok(*value),
            other => broken(format!("{other:?} is no signed integer")),
        }
    }

    /// The floats of a number or vector.
    pub(crate) fn floats(&self) -> Result<Vec<f32>, Stopped> {
        self.words()?.iter().map(|word| word.float()).collect()
    }

    /// The element at `index`, if there is one.
    pub(crate) fn element(&mut self, index: i32) -> Result<Option<&mut Self>, Stopped> {
        let Self::Array(elements) = self else { return broken("an element of what is no array") };
        Ok(usize::try_from(index).ok().and_then(|index| elements.get_mut(index)))
    }

    /// The component of a vector.
    pub(crate) fn component(&mut self, component: u8) -> Result<&mut Word, Stopped> {
        let Self::Vector(words) = self else { return broken("a component of what is no vector") };
        match words.get_mut(usize::from(component)) {
            Some(word) => Ok(word),
            None => broken(format!("there is no component {component}")),
        }
    }
}

impl Word {
    pub(crate) fn float(self) -> Result<f32, Stopped> {
        match self {
            Self::F32(value) => Ok(value),
            other => broken(format!("{other:?} is no float")),
        }
    }

    /// The same number in another representation, as `Convert` has it.
    pub(crate) fn convert(self, to: Scalar) -> Result<Self, Stopped> {
        Ok(match (self, to) {
            (Self::I32(value), Scalar::F32) => Self::F32(value as f32),
            (Self::U32(value), Scalar::F32) => Self::F32(value as f32),
            (Self::F32(value), Scalar::I32) => Self::I32(floor_to_i32(value)),
            (Self::I32(value), Scalar::U32) => Self::U32(value as u32),
            (Self::U32(value), Scalar::I32) => Self::I32(value as i32),
            _ => return broken(format!("{self:?} is converted to {to:?}")),
        })
    }
}

/// The integer not above `value`; what does not fit, NaN too, is the lowest one.
fn floor_to_i32(value: f32) -> i32 {
    let below = f64::from(value).floor();
    let fits = below >= f64::from(i32::MIN) && below <= f64::from(i32::MAX);
    if fits { below as i32 } else { i32::MIN }
}

/// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and infinities give 0.
pub(crate) fn to_int32(value: f32) -> i32 {
    if !value.is_finite() {
        return 0;
    }
    let whole = f64::from(value).trunc();
    // A single of this size is a multiple of 2^32, as it has only 24 digits. A smaller one fits in 64 bits.
    if whole.abs() >= 2_f64.powi(56) { 0 } else { whole as i64 as i32 }
}
