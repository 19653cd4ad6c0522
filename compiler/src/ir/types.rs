//! The types of values: scalars, vectors of two to four components, and arrays of fixed length.

use artifact::{Component, ElementType, UniformType};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A single value.
    Scalar(Scalar),
    /// Two to four components of one numeric scalar type.
    Vector(u8, Scalar),
    /// A fixed number of scalars (`components` = 1) or vectors.
    Array {
        /// Components of an element: 1 for scalars, 2 to 4 for vectors.
        components: u8,
        /// The type of one component.
        scalar: Scalar,
        /// How many elements, at least one.
        length: u32,
    },
}

/// The type of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A JavaScript number whose representation is not decided yet. Gone after `transform::represent`.
    Number,
    /// An IEEE 754 single.
    F32,
    /// A 32-bit integer in two's complement.
    I32,
    /// A 32-bit unsigned integer, the result of `>>>`.
    U32,
    /// An IEEE 754 double: JavaScript's own number. Devices without doubles compute it by integers.
    F64,
}

impl Type {
    /// A boolean.
    pub const BOOL: Self = Self::Scalar(Scalar::Bool);
    /// A number whose representation is open.
    pub const NUMBER: Self = Self::Scalar(Scalar::Number);
    /// A single-precision number.
    pub const F32: Self = Self::Scalar(Scalar::F32);
    /// A 32-bit signed integer.
    pub const I32: Self = Self::Scalar(Scalar::I32);
    /// A 32-bit unsigned integer.
    pub const U32: Self = Self::Scalar(Scalar::U32);

    /// A double-precision number.
    pub const F64: Self = Self::Scalar(Scalar::F64);

    /// The vector type of `size` components of open representation.
    pub const fn vector(size: u8) -> Self {
        Self::Vector(size, Scalar::Number)
    }

    /// A scalar for one component, a vector for two to four.
    pub fn of_components(components: u8, scalar: Scalar) -> Self {
        if components == 1 { Self::Scalar(scalar) } else { Self::Vector(components, scalar) }
    }

    /// The type of one component.
    pub fn scalar(self) -> Scalar {
        match self {
            Self::Scalar(scalar) | Self::Vector(_, scalar) | Self::Array { scalar, .. } => scalar,
        }
    }

    /// The same shape with components of another scalar type.
    pub fn with_scalar(self, scalar: Scalar) -> Self {
        match self {
            Self::Scalar(_) => Self::Scalar(scalar),
            Self::Vector(size, _) => Self::Vector(size, scalar),
            Self::Array { components, length, .. } => Self::Array { components, scalar, length },
        }
    }

    /// How many components a scalar or vector has; those of an element for an array.
    pub fn components(self) -> u8 {
        match self {
            Self::Scalar(_) => 1,
            Self::Vector(size, _) => size,
            Self::Array { components, .. } => components,
        }
    }

    /// The type of an array's elements.
    pub fn element(self) -> Option<Self> {
        match self {
            Self::Array { components, scalar, .. } => Some(Self::of_components(components, scalar)),
            Self::Scalar(_) | Self::Vector(..) => None,
        }
    }

    /// Whether this is a number, boolean excluded.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Scalar(scalar) if scalar != Scalar::Bool)
    }

    /// Whether this is a boolean.
    pub fn is_bool(self) -> bool {
        self == Self::BOOL
    }

    /// Whether this is a vector.
    pub fn is_vector(self) -> bool {
        matches!(self, Self::Vector(..))
    }

    /// The name users know it by: `number`, `boolean`, `vec3`, `array of 4 vec2`.
    pub fn user_name(self) -> String {
        match self {
            Self::Scalar(Scalar::Bool) => "boolean".to_owned(),
            Self::Scalar(_) => "number".to_owned(),
            Self::Vector(size, Scalar::I32) => format!("vec{size}i"),
            Self::Vector(size, Scalar::U32) => format!("vec{size}u"),
            Self::Vector(size, _) => format!("vec{size}"),
            Self::Array { components, scalar, length } => {
                let plural = if length == 1 { "" } else { "s" };
                let element = Self::of_components(components, scalar).user_name();
                format!("array of {length} {element}{plural}")
            }
        }
    }

    /// The user's name with its article, for sentences.
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::Array { .. }) { "an" } else { "a" };
        format!("{article} {}", self.user_name())
    }
}

impl Scalar {
    /// Whether arithmetic on it is exact integer arithmetic.
    pub fn is_integer(self) -> bool {
        matches!(self, Self::I32 | Self::U32)
    }
}

/// What kernels see of an element before numbers are represented: vectors of integers are of integers already.
impl From<ElementType> for Type {
    fn from(element: ElementType) -> Self {
        let components = element.components() as u8;
        match element.component() {
            Component::Boolean => Self::BOOL,
            component if components > 1 => Self::Vector(components, typed(component)),
            _ => Self::NUMBER,
        }
    }
}

/// What kernels see of a uniform: of an array, an element.
impl From<UniformType> for Type {
    fn from(uniform: UniformType) -> Self {
        let components = uniform.components() as u8;
        match uniform {
            UniformType::Boolean => Self::BOOL,
            UniformType::Number | UniformType::Numbers(_) | UniformType::Array(..) => Self::NUMBER,
            UniformType::Vec2 | UniformType::Vec3 | UniformType::Vec4 => Self::vector(components),
            UniformType::Vec2i | UniformType::Vec3i | UniformType::Vec4i => {
                Self::Vector(components, Scalar::I32)
            }
            UniformType::Vec2u | UniformType::Vec3u | UniformType::Vec4u => {
                Self::Vector(components, Scalar::U32)
            }
        }
    }
}

/// The scalar of a vector's components before numbers are represented.
fn typed(component: Component) -> Scalar {
    match component {
        Component::I32 => Scalar::I32,
        Component::U32 => Scalar::U32,
        _ => Scalar::Number,
    }
}

impl Scalar {
    /// What is read from memory of this type, once numbers are represented.
    pub fn of_component(component: Component) -> Self {
        match component {
            Component::F32 | Component::F16 => Self::F32,
            Component::F64 => Self::F64,
            Component::U32 => Self::U32,
            Component::Boolean => Self::Bool,
            Component::I32
            | Component::I16
            | Component::U16
            | Component::I8
            | Component::U8
            | Component::U8Clamped => Self::I32,
        }
    }
}
