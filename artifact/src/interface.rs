//! What a kernel may name: the buffers, uniforms and canvas of the interface it is created on.

use serde::{Deserialize, Serialize};

/// The buffers, uniforms and canvas that kernels of one `GpuInterface` see, and nothing of their contents.
///
/// Sizes are compile-time constants of a kernel, so two interfaces that differ only in a size make different artifacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interface {
    /// The buffers, in the order they were declared.
    pub buffers: Vec<BufferDescription>,
    /// The uniforms, in the order they were declared.
    pub uniforms: Vec<UniformDescription>,
    /// The size of the canvas, where there is one.
    pub canvas: Option<CanvasSize>,
    /// Whether kernels will run on the CPU backend: the value of `inputs.usingCpu`.
    pub using_cpu: bool,
    /// The buffers that are packed behind one binding, in this order, at the places that [`packed_places`] says: on devices that bind
    /// fewer buffers than there are. Empty on most.
    pub packed: Vec<usize>,
}

/// A packed buffer starts at a multiple of this many bytes, which suits every element.
pub const PACKED_ALIGNMENT: u64 = 16;

/// Where packed buffers of so many bytes start, and how many bytes they take together.
pub fn packed_places(sizes: impl IntoIterator<Item = u64>) -> (Vec<u64>, u64) {
    let mut end = 0;
    let starts = sizes.into_iter().map(|bytes: u64| {
        let start = end;
        end += bytes.next_multiple_of(PACKED_ALIGNMENT);
        start
    });
    (starts.collect(), end)
}

impl Interface {
    /// The position of the buffer called `name`.
    pub fn buffer_index(&self, name: &str) -> Option<usize> {
        self.buffers.iter().position(|buffer| buffer.name == name)
    }

    /// The position of the uniform called `name`.
    pub fn uniform_index(&self, name: &str) -> Option<usize> {
        self.uniforms.iter().position(|uniform| uniform.name == name)
    }
}

/// One buffer: its name, the type of its elements and its extents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BufferDescription {
    /// The name under `inputs.buffers`.
    pub name: String,
    /// What one element is.
    pub element: ElementType,
    /// One to three extents; the last one is contiguous in memory (row-major).
    pub size: Vec<u32>,
}

impl BufferDescription {
    /// How many elements the buffer has: the product of its extents.
    pub fn element_count(&self) -> u64 {
        self.size.iter().map(|&extent| u64::from(extent)).product()
    }

    /// How many `f32` the buffer holds on the device and in `read_buffer`'s result; a vec3 takes four.
    pub fn float_count(&self) -> u64 {
        self.element_count() * self.element.floats() as u64
    }

    /// How many bytes the buffer takes on the device.
    pub fn byte_size(&self) -> u64 {
        self.float_count() * 4
    }
}

/// The type of a buffer's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ElementType {
    /// A JavaScript number, stored as one `f32`.
    Number,
    /// Two components.
    Vec2,
    /// Three components, stored in four floats of which the last is zero.
    Vec3,
    /// Four components.
    Vec4,
}

impl ElementType {
    /// How many components an element has: 1, 2, 3 or 4.
    pub fn components(self) -> usize {
        match self {
            Self::Number => 1,
            Self::Vec2 => 2,
            Self::Vec3 => 3,
            Self::Vec4 => 4,
        }
    }

    /// How many `f32` an element takes in memory: 1, 2, 4 or 4.
    pub fn floats(self) -> usize {
        match self {
            Self::Number => 1,
            Self::Vec2 => 2,
            Self::Vec3 | Self::Vec4 => 4,
        }
    }

    /// The name users know it by: `number`, `vec2`, `vec3` or `vec4`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Vec2 => "vec2",
            Self::Vec3 => "vec3",
            Self::Vec4 => "vec4",
        }
    }

    /// The type that [`ElementType::name`] calls so.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Number, Self::Vec2, Self::Vec3, Self::Vec4];
        all.into_iter().find(|element| element.name() == name)
    }
}

/// One uniform: its name and type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UniformDescription {
    /// The name under `inputs.uniforms`.
    pub name: String,
    /// What its value is, fixed by the initial value.
    pub ty: UniformType,
}

/// The type of a uniform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UniformType {
    /// A JavaScript number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// Two numbers.
    Vec2,
    /// Three numbers.
    Vec3,
    /// Four numbers.
    Vec4,
}

impl UniformType {
    /// How many 32-bit words a value takes: 1, 1, 2, 3 or 4.
    pub fn words(self) -> usize {
        match self {
            Self::Number | Self::Boolean => 1,
            Self::Vec2 => 2,
            Self::Vec3 => 3,
            Self::Vec4 => 4,
        }
    }

    /// The name users know it by: `number`, `boolean`, `vec2`, `vec3` or `vec4`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Vec2 => "vec2",
            Self::Vec3 => "vec3",
            Self::Vec4 => "vec4",
        }
    }

    /// The type that [`UniformType::name`] calls so.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::Number, Self::Boolean, Self::Vec2, Self::Vec3, Self::Vec4];
        all.into_iter().find(|ty| ty.name() == name)
    }
}

/// The width and height of a canvas in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CanvasSize {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl CanvasSize {
    /// How many pixels there are.
    pub fn pixel_count(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}
