//! Uniform values: small read-only inputs that a run captures at its call.

use artifact::{Artifact, Params, UniformType};

/// The value of a uniform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum UniformValue {
    /// A number.
    Number(f32),
    /// `true` or `false`.
    Boolean(bool),
    /// Two numbers.
    Vec2([f32; 2]),
    /// Three numbers.
    Vec3([f32; 3]),
    /// Four numbers.
    Vec4([f32; 4]),
}

impl UniformValue {
    /// The value of this type that the first of the components make; anything but zero is `true`.
    pub fn of(ty: UniformType, components: &[f64; 4]) -> Self {
        let [x, y, z, w] = components.map(|component| component as f32);
        match ty {
            UniformType::Number => Self::Number(x),
            UniformType::Boolean => Self::Boolean(x != 0.0),
            UniformType::Vec2 => Self::Vec2([x, y]),
            UniformType::Vec3 => Self::Vec3([x, y, z]),
            UniformType::Vec4 => Self::Vec4([x, y, z, w]),
        }
    }

    /// The type of the value.
    pub fn ty(&self) -> UniformType {
        match self {
            Self::Number(_) => UniformType::Number,
            Self::Boolean(_) => UniformType::Boolean,
            Self::Vec2(_) => UniformType::Vec2,
            Self::Vec3(_) => UniformType::Vec3,
            Self::Vec4(_) => UniformType::Vec4,
        }
    }

    fn write(&self, bytes: &mut [u8]) {
        let floats = |bytes: &mut [u8], floats: &[f32]| {
            for (slot, value) in bytes.chunks_exact_mut(4).zip(floats) {
                slot.copy_from_slice(&value.to_le_bytes());
            }
        };
        match self {
            Self::Boolean(value) => bytes[..4].copy_from_slice(&u32::from(*value).to_le_bytes()),
            Self::Number(value) => floats(bytes, &[*value]),
            Self::Vec2(value) => floats(bytes, value),
            Self::Vec3(value) => floats(bytes, value),
            Self::Vec4(value) => floats(bytes, value),
        }
    }
}

macro_rules! from {
    ($($type:ty => $variant:ident),*) => {
        $(impl From<$type> for UniformValue {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        })*
    };
}

from!(f32 => Number, bool => Boolean, [f32; 2] => Vec2, [f32; 3] => Vec3, [f32; 4] => Vec4);

/// What one dispatch finds in its slot of the uniform buffer, beside the uniforms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) extents: [u32; 3],
    pub(crate) base: [u32; 3],
    pub(crate) key: [u32; 2],
}

/// Appends the slot of one dispatch to `bytes`, laid out as [`artifact::Params`] says.
pub(crate) fn append_slot(bytes: &mut Vec<u8>, artifact: &Artifact, head: &Head, uniforms: &[UniformValue]) {
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
    for field in &artifact.params.uniforms {
        uniforms[field.uniform].write(&mut slot[field.offset as usize..]);
    }
}
