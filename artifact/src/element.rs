//! What buffers hold: types of elements, and how their components lie in memory.

use serde::{Deserialize, Serialize};

/// The type of a buffer's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "vectors of integers are as their names say")]
pub enum ElementType {
    /// A JavaScript number, stored as a single.
    Number,
    /// A signed integer of 32 bits.
    I32,
    /// An unsigned integer of 32 bits.
    U32,
    /// A signed integer of 16 bits.
    I16,
    /// An unsigned integer of 16 bits.
    U16,
    /// A signed integer of 8 bits.
    I8,
    /// An unsigned integer of 8 bits.
    U8,
    /// An integer from 0 to 255, to which what is stored is clamped and rounded, ties to even.
    U8Clamped,
    /// An IEEE 754 half.
    F16,
    /// An IEEE 754 double: JavaScript's own number.
    F64,
    /// `true` or `false`, stored as a byte that is 1 or 0.
    Boolean,
    /// Two singles.
    Vec2,
    /// Three singles, stored in four of which the last is zero.
    Vec3,
    /// Four singles.
    Vec4,
    Vec2i,
    /// Three components, stored in four of which the last is zero.
    Vec3i,
    Vec4i,
    Vec2u,
    /// Three components, stored in four of which the last is zero.
    Vec3u,
    Vec4u,
}

/// What one component of an element is in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Component {
    F32,
    I32,
    U32,
    I16,
    U16,
    I8,
    U8,
    U8Clamped,
    F16,
    F64,
    /// A byte that is 0 or 1.
    Boolean,
}

impl Component {
    /// How many bytes it takes: 1, 2, 4 or 8.
    pub fn bytes(self) -> usize {
        match self {
            Self::I8 | Self::U8 | Self::U8Clamped | Self::Boolean => 1,
            Self::I16 | Self::U16 | Self::F16 => 2,
            Self::F32 | Self::I32 | Self::U32 => 4,
            Self::F64 => 8,
        }
    }

    /// The name users know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "f32",
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::I16 => "i16",
            Self::U16 => "u16",
            Self::I8 => "i8",
            Self::U8 => "u8",
            Self::U8Clamped => "u8-clamped",
            Self::F16 => "f16",
            Self::F64 => "f64",
            Self::Boolean => "boolean",
        }
    }

    /// Whether several of them share a word of 32 bits.
    pub fn is_small(self) -> bool {
        self.bytes() < 4
    }
}

impl ElementType {
    /// Every type, in the order in which messages list them.
    pub const ALL: [Self; 20] = [
        Self::Number,
        Self::I32,
        Self::U32,
        Self::I16,
        Self::U16,
        Self::I8,
        Self::U8,
        Self::U8Clamped,
        Self::F16,
        Self::F64,
        Self::Boolean,
        Self::Vec2,
        Self::Vec3,
        Self::Vec4,
        Self::Vec2i,
        Self::Vec3i,
        Self::Vec4i,
        Self::Vec2u,
        Self::Vec3u,
        Self::Vec4u,
    ];

    /// How many components an element has: 1, 2, 3 or 4.
    pub fn components(self) -> usize {
        match self {
            Self::Vec2 | Self::Vec2i | Self::Vec2u => 2,
            Self::Vec3 | Self::Vec3i | Self::Vec3u => 3,
            Self::Vec4 | Self::Vec4i | Self::Vec4u => 4,
            _ => 1,
        }
    }

    /// How many components an element takes in memory, on the device and in what is read: 1, 2 or 4.
    pub fn slots(self) -> usize {
        self.components().next_power_of_two()
    }

    /// What a component is in memory.
    pub fn component(self) -> Component {
        match self {
            Self::Number | Self::Vec2 | Self::Vec3 | Self::Vec4 => Component::F32,
            Self::I32 | Self::Vec2i | Self::Vec3i | Self::Vec4i => Component::I32,
            Self::U32 | Self::Vec2u | Self::Vec3u | Self::Vec4u => Component::U32,
            Self::I16 => Component::I16,
            Self::U16 => Component::U16,
            Self::I8 => Component::I8,
            Self::U8 => Component::U8,
            Self::U8Clamped => Component::U8Clamped,
            Self::F16 => Component::F16,
            Self::F64 => Component::F64,
            Self::Boolean => Component::Boolean,
        }
    }

    /// How many bytes an element takes in memory: 1, 2, 4, 8 or 16.
    pub fn bytes(self) -> usize {
        self.slots() * self.component().bytes()
    }

    /// The name users know it by, such as `number`, `u8-clamped` or `vec3i`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::I32 => "i32",
            Self::U32 => "u32",
            Self::I16 => "i16",
            Self::U16 => "u16",
            Self::I8 => "i8",
            Self::U8 => "u8",
            Self::U8Clamped => "u8-clamped",
            Self::F16 => "f16",
            Self::F64 => "f64",
            Self::Boolean => "boolean",
            Self::Vec2 => "vec2",
            Self::Vec3 => "vec3",
            Self::Vec4 => "vec4",
            Self::Vec2i => "vec2i",
            Self::Vec3i => "vec3i",
            Self::Vec4i => "vec4i",
            Self::Vec2u => "vec2u",
            Self::Vec3u => "vec3u",
            Self::Vec4u => "vec4u",
        }
    }

    /// The type that [`ElementType::name`] calls so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|element| element.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_a_name_of_its_own() {
        for element in ElementType::ALL {
            assert_eq!(ElementType::from_name(element.name()), Some(element));
        }
        assert_eq!(ElementType::from_name("i64"), None);
    }

    #[test]
    fn elements_take_whole_powers_of_two() {
        let bytes = ElementType::ALL.map(ElementType::bytes);
        assert_eq!(bytes, [4, 4, 4, 2, 2, 1, 1, 1, 2, 8, 1, 8, 16, 16, 8, 16, 16, 8, 16, 16]);
    }
}
