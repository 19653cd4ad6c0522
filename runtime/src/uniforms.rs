//! Uniform values: small read-only inputs that a run captures at its call.

use std::sync::Arc;

use artifact::{Artifact, Component, ElementType, Form, Params, UniformType, to_int32};
use half::f16;

use crate::Error;

/// How many numbers an array has at most: more would not fit the uniform buffers of most devices.
pub const MAX_UNIFORM_LENGTH: u64 = 16_384;

/// The value of a uniform. Numbers are doubles, so every number of JavaScript arrives as it is.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "vectors of integers are as their names say")]
pub enum UniformValue {
    /// A number.
    Number(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// Two numbers.
    Vec2([f64; 2]),
    /// Three numbers.
    Vec3([f64; 3]),
    /// Four numbers.
    Vec4([f64; 4]),
    Vec2i([i32; 2]),
    Vec3i([i32; 3]),
    Vec4i([i32; 4]),
    Vec2u([u32; 2]),
    Vec3u([u32; 3]),
    Vec4u([u32; 4]),
    /// An array of numbers, at least one.
    Numbers(Arc<[f64]>),
    /// A typed array, at least one element: what its elements are, which is neither `U8Clamped` nor `Boolean`, and the elements, which are
    /// such that the type has.
    Array(Component, Arc<[f64]>),
}

impl UniformValue {
    /// The value of a type with this name that the numbers make, as other languages pass it: `number`, `boolean`, `vec2` … `vec4u`, `number[]`
    /// for an array of numbers, or `i32[]` and its kin for typed arrays. A boolean is any number but 0. `None` if there is no such type, or
    /// the numbers are too few for it.
    pub fn of(type_name: &str, numbers: &[f64]) -> Option<Self> {
        if let Some(element) = type_name.strip_suffix("[]") {
            return match element {
                "number" => Some(Self::Numbers(numbers.into())),
                _ => Some(Self::Array(component_named(element)?, numbers.into())),
            };
        }
        Some(match ElementType::from_name(type_name)? {
            ElementType::Number => Self::Number(*numbers.first()?),
            ElementType::Boolean => Self::Boolean(*numbers.first()? != 0.0),
            ElementType::Vec2 => Self::Vec2(*numbers.first_chunk()?),
            ElementType::Vec3 => Self::Vec3(*numbers.first_chunk()?),
            ElementType::Vec4 => Self::Vec4(*numbers.first_chunk()?),
            ElementType::Vec2i => Self::Vec2i(signed(numbers)?),
            ElementType::Vec3i => Self::Vec3i(signed(numbers)?),
            ElementType::Vec4i => Self::Vec4i(signed(numbers)?),
            ElementType::Vec2u => Self::Vec2u(unsigned(numbers)?),
            ElementType::Vec3u => Self::Vec3u(unsigned(numbers)?),
            ElementType::Vec4u => Self::Vec4u(unsigned(numbers)?),
            _ => return None,
        })
    }

    /// The type of the value.
    pub fn ty(&self) -> UniformType {
        match self {
            Self::Number(_) => UniformType::Number,
            Self::Boolean(_) => UniformType::Boolean,
            Self::Vec2(_) => UniformType::Vec2,
            Self::Vec3(_) => UniformType::Vec3,
            Self::Vec4(_) => UniformType::Vec4,
            Self::Vec2i(_) => UniformType::Vec2i,
            Self::Vec3i(_) => UniformType::Vec3i,
            Self::Vec4i(_) => UniformType::Vec4i,
            Self::Vec2u(_) => UniformType::Vec2u,
            Self::Vec3u(_) => UniformType::Vec3u,
            Self::Vec4u(_) => UniformType::Vec4u,
            Self::Numbers(numbers) => UniformType::Numbers(numbers.len() as u32),
            Self::Array(component, numbers) => UniformType::Array(*component, numbers.len() as u32),
        }
    }

    /// Whether a uniform called `name` can have it.
    ///
    /// # Errors
    ///
    /// [`Error::UniformLength`] and [`Error::UniformComponent`].
    pub(crate) fn check(&self, name: &str) -> Result<(), Error> {
        let (Self::Numbers(numbers) | Self::Array(_, numbers)) = self else { return Ok(()) };
        let length = numbers.len() as u64;
        if !(1..=MAX_UNIFORM_LENGTH).contains(&length) {
            return Err(Error::UniformLength { name: name.into(), length });
        }
        match *self {
            Self::Array(component @ (Component::U8Clamped | Component::Boolean), _) => {
                Err(Error::UniformComponent { name: name.into(), component })
            }
            _ => Ok(()),
        }
    }
}

/// What the elements of a typed array can be.
fn component_named(name: &str) -> Option<Component> {
    use Component::{F16, F32, F64, I8, I16, I32, U8, U16, U32};
    [F32, I32, U32, I16, U16, I8, U8, F16, F64].into_iter().find(|component| component.name() == name)
}

fn signed<const N: usize>(numbers: &[f64]) -> Option<[i32; N]> {
    numbers.first_chunk().map(|vector| vector.map(|number| number as i32))
}

fn unsigned<const N: usize>(numbers: &[f64]) -> Option<[u32; N]> {
    numbers.first_chunk().map(|vector| vector.map(|number| number as u32))
}

macro_rules! numbers {
    ($($type:ty),*) => {
        $(impl From<$type> for UniformValue {
            fn from(number: $type) -> Self {
                Self::Number(number.into())
            }
        })*
    };
}

numbers!(f64, f32, i32, u32);

impl From<bool> for UniformValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

macro_rules! vectors {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for UniformValue {
            fn from(vector: $type) -> Self {
                Self::$variant(vector.map(Into::into))
            }
        })*
    };
}

vectors!([f64; 2] => Vec2, [f64; 3] => Vec3, [f64; 4] => Vec4, [f32; 2] => Vec2, [f32; 3] => Vec3, [f32; 4] => Vec4);
vectors!([i32; 2] => Vec2i, [i32; 3] => Vec3i, [i32; 4] => Vec4i, [u32; 2] => Vec2u, [u32; 3] => Vec3u, [u32; 4] => Vec4u);

macro_rules! typed_arrays {
    ($($type:ty => $component:ident),*) => {
        $(impl From<&[$type]> for UniformValue {
            fn from(elements: &[$type]) -> Self {
                Self::Array(Component::$component, elements.iter().map(|&element| f64::from(element)).collect())
            }
        }

        impl From<&Vec<$type>> for UniformValue {
            fn from(elements: &Vec<$type>) -> Self {
                elements[..].into()
            }
        }

        impl From<Vec<$type>> for UniformValue {
            fn from(elements: Vec<$type>) -> Self {
                elements[..].into()
            }
        })*
    };
}

typed_arrays!(f32 => F32, i32 => I32, u32 => U32, i16 => I16, u16 => U16, i8 => I8, u8 => U8, f16 => F16, f64 => F64);

/// What runs carry of a uniform: the numbers that it consists of, whatever its type. A boolean is 0 or 1.
#[derive(Clone, Debug)]
pub struct Numbers(Held);

#[derive(Clone, Debug)]
enum Held {
    /// So many of these.
    Few([f64; 4], u8),
    Many(Arc<[f64]>),
}

impl Numbers {
    /// The numbers.
    pub fn as_slice(&self) -> &[f64] {
        match &self.0 {
            Held::Few(numbers, count) => &numbers[..usize::from(*count)],
            Held::Many(numbers) => numbers,
        }
    }
}

impl From<UniformValue> for Numbers {
    fn from(value: UniformValue) -> Self {
        match value {
            UniformValue::Number(x) => few([x]),
            UniformValue::Boolean(value) => few([f64::from(u8::from(value))]),
            UniformValue::Vec2(vector) => few(vector),
            UniformValue::Vec3(vector) => few(vector),
            UniformValue::Vec4(vector) => few(vector),
            UniformValue::Vec2i(vector) => few(vector.map(f64::from)),
            UniformValue::Vec3i(vector) => few(vector.map(f64::from)),
            UniformValue::Vec4i(vector) => few(vector.map(f64::from)),
            UniformValue::Vec2u(vector) => few(vector.map(f64::from)),
            UniformValue::Vec3u(vector) => few(vector.map(f64::from)),
            UniformValue::Vec4u(vector) => few(vector.map(f64::from)),
            UniformValue::Numbers(numbers) | UniformValue::Array(_, numbers) => Self(Held::Many(numbers)),
        }
    }
}

fn few<const N: usize>(numbers: [f64; N]) -> Numbers {
    let mut held = [0.0; 4];
    held[..N].copy_from_slice(&numbers);
    Numbers(Held::Few(held, N as u8))
}

/// What one dispatch finds in its slot of the uniform buffer, beside the uniforms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) extents: [u32; 3],
    pub(crate) base: [u32; 3],
    pub(crate) key: [u32; 2],
    /// See [`artifact::Counted::ticket`].
    pub(crate) ticket: u32,
}

/// Appends the slot of one dispatch to `bytes`, laid out as [`artifact::Params`] says.
pub(crate) fn append_slot(bytes: &mut Vec<u8>, artifact: &Artifact, head: &Head, uniforms: &[Numbers]) {
    let start = bytes.len();
    bytes.resize(start + artifact.params.size as usize, 0);
    let slot = &mut bytes[start..];
    let mut word = |offset: usize, value: u32| slot[offset..offset + 4].copy_from_slice(&value.to_le_bytes());
    for axis in 0..3 {
        word(Params::EXTENTS_OFFSET + 4 * axis, head.extents[axis]);
        word(Params::BASE_OFFSET + 4 * axis, head.base[axis]);
    }
    // A kernel that draws no random numbers must not get a slot of its own for each run because of the key.
    if artifact.params.random {
        word(Params::KEY_0_OFFSET, head.key[0]);
        word(Params::KEY_1_OFFSET, head.key[1]);
    }
    if let Some(counted) = artifact.code.wgsl().and_then(|code| code.counted.as_ref()) {
        word(counted.ticket as usize, head.ticket);
    }
    for field in &artifact.params.uniforms {
        write(field.form, uniforms[field.uniform].as_slice(), &mut slot[field.offset as usize..]);
    }
}

/// Writes numbers in a form.
fn write(form: Form, numbers: &[f64], bytes: &mut [u8]) {
    match form {
        Form::Single => each(numbers, bytes, |number| (number as f32).to_le_bytes()),
        Form::Integer => each(numbers, bytes, |number| to_int32(number).to_le_bytes()),
        Form::Double => each(numbers, bytes, f64::to_le_bytes),
    }
}

fn each<const N: usize>(numbers: &[f64], bytes: &mut [u8], encode: impl Fn(f64) -> [u8; N]) {
    for (place, &number) in bytes.as_chunks_mut().0.iter_mut().zip(numbers) {
        *place = encode(number);
    }
}
