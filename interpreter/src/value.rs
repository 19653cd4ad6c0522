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
    /// A double-precision float.
    F64(f64),
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
            scalar => Word::of(0.0, scalar)?,
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

    /// The same numbers in another representation.
    pub(crate) fn converted(&self, scalar: Scalar) -> Result<Self, Stopped> {
        let words = self.words()?.iter().map(|word| word.convert(scalar));
        Ok(Self::of_words(words.collect::<Result<_, _>>()?))
    }

    /// Numbers of open representation as what a vector of integers holds.
    pub(crate) fn into_component_of(self, vector: Type) -> Result<Self, Stopped> {
        if !vector.scalar().is_integer() {
            return Ok(self);
        }
        let words = self.words()?.iter().map(|&word| match word {
            Word::F64(_) => word.to_int32()?.convert(vector.scalar()),
            other => other.convert(vector.scalar()),
        });
        Ok(Self::of_words(words.collect::<Result<_, _>>()?))
    }

    /// An index, a coordinate, or what a switch selects by.
    pub(crate) fn integer(&self) -> Result<i32, Stopped> {
        match self {
            Self::Scalar(Word::I32(value)) => Ok(*value),
            Self::Scalar(Word::F64(value)) => Ok(floor_to_i32(*value)),
            other => broken(format!("{other:?} is no signed integer")),
        }
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
    /// A number in a representation: rounded to singles, but integers have to be exact.
    pub(crate) fn of(number: f64, scalar: Scalar) -> Result<Self, Stopped> {
        let word = match scalar {
            Scalar::Bool => Self::Bool(number != 0.0),
            Scalar::F32 => Self::F32(number as f32),
            Scalar::F64 | Scalar::Number => Self::F64(number),
            Scalar::I32 => Self::I32(number as i32),
            Scalar::U32 => Self::U32(number as u32),
        };
        let is_exact = !scalar.is_integer() || word.number()? == number;
        if is_exact { Ok(word) } else { broken(format!("{number} is no {scalar:?}")) }
    }

    /// The number that it is.
    pub(crate) fn number(self) -> Result<f64, Stopped> {
        Ok(match self {
            Self::F32(value) => f64::from(value),
            Self::F64(value) => value,
            Self::I32(value) => f64::from(value),
            Self::U32(value) => f64::from(value),
            Self::Bool(_) => return broken(format!("{self:?} is no number")),
        })
    }

    /// Takes the place of this one, a component of a vector: a number of open representation becomes the integer that it holds.
    pub(crate) fn set(&mut self, value: Self) -> Result<(), Stopped> {
        *self = match (*self, value) {
            (Self::I32(_), Self::F64(_)) => value.to_int32()?,
            (Self::U32(_), Self::F64(_)) => value.to_int32()?.convert(Scalar::U32)?,
            _ => value,
        };
        Ok(())
    }

    /// JavaScript's ToInt32 of a float.
    pub(crate) fn to_int32(self) -> Result<Self, Stopped> {
        match self {
            Self::F32(_) | Self::F64(_) => Ok(Self::I32(to_int32(self.number()?))),
            other => broken(format!("{other:?} is no float")),
        }
    }

    /// The same number in another representation, as `Convert` has it.
    pub(crate) fn convert(self, to: Scalar) -> Result<Self, Stopped> {
        Ok(match (self, to) {
            (Self::Bool(_), _) => return broken(format!("{self:?} is converted to {to:?}")),
            (word, Scalar::Number) => Self::F64(word.number()?),
            (Self::I32(_), Scalar::I32) | (Self::U32(_), Scalar::U32) => self,
            (Self::I32(_) | Self::U32(_) | Self::F64(_), Scalar::F32) => Self::F32(self.number()? as f32),
            (Self::I32(_) | Self::U32(_) | Self::F32(_), Scalar::F64) => Self::F64(self.number()?),
            (Self::F32(_) | Self::F64(_), Scalar::I32) => Self::I32(floor_to_i32(self.number()?)),
            (Self::I32(value), Scalar::U32) => Self::U32(value as u32),
            (Self::U32(value), Scalar::I32) => Self::I32(value as i32),
            _ => return broken(format!("{self:?} is converted to {to:?}")),
        })
    }
}

/// The integer not above `value`; what does not fit, NaN too, is the lowest one.
fn floor_to_i32(value: f64) -> i32 {
    let below = value.floor();
    let fits = below >= f64::from(i32::MIN) && below <= f64::from(i32::MAX);
    if fits { below as i32 } else { i32::MIN }
}

/// JavaScript's ToInt32: truncates and wraps modulo 2^32; NaN and infinities give 0.
pub(crate) fn to_int32(value: f64) -> i32 {
    if !value.is_finite() {
        return 0;
    }
    // The remainder of doubles is exact, and fits in 64 bits.
    (value.trunc() % 4_294_967_296.0) as i64 as i32
}
