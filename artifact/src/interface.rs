//! What a kernel may name: the buffers, uniforms and canvas of the interface it is created on.

use serde::{Deserialize, Serialize};

use crate::{Component, ElementType, RESERVED_PREFIX};

/// The buffers, uniforms and canvas that kernels of one `GpuInterface` see, and nothing of their contents.
///
/// Sizes are compile-time constants of a kernel, so two interfaces that differ only in a size make different artifacts; but for those of
/// resizable buffers.
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
    /// Whether the device computes in doubles itself. Shaders for devices that do not run on those that do, but not the other way round.
    pub native_doubles: bool,
    /// Whether the device adds to floats in memory in one step. Shaders for devices that do not run on those that do, but not the other way round.
    pub float_atomics: bool,
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
    /// Whether code for this interface runs on `other`: hints aside they are the same, but that `other` may compute in doubles itself, and add to floats in one step.
    pub fn runs_on(&self, other: &Self) -> bool {
        let same_uniforms = self.uniforms.len() == other.uniforms.len()
            && self
                .uniforms
                .iter()
                .zip(&other.uniforms)
                .all(|(mine, theirs)| mine.name == theirs.name && mine.ty == theirs.ty);
        self.buffers == other.buffers
            && same_uniforms
            && self.canvas == other.canvas
            && self.using_cpu == other.using_cpu
            && self.packed == other.packed
            && self.native_doubles <= other.native_doubles
            && self.float_atomics <= other.float_atomics
    }

    /// The position of the uniform that tells the extents of a resizable buffer.
    pub fn extents_of(&self, buffer: usize) -> Option<usize> {
        self.buffers.get(buffer).filter(|described| described.is_resizable())?;
        self.uniform_index(&extents_name(buffer))
    }

    /// Declares a uniform for each resizable buffer that has none: behind those that there are, whose positions stay.
    pub fn declare_extents(&mut self) {
        for buffer in 0..self.buffers.len() {
            if self.buffers[buffer].is_resizable() && self.extents_of(buffer).is_none() {
                let (name, ty) = (extents_name(buffer), UniformType::Vec3i);
                self.uniforms.push(UniformDescription { name, ty, integral: true });
            }
        }
    }

    /// The position of the buffer called `name`.
    pub fn buffer_index(&self, name: &str) -> Option<usize> {
        self.buffers.iter().position(|buffer| buffer.name == name)
    }

    /// The position of the uniform called `name`.
    pub fn uniform_index(&self, name: &str) -> Option<usize> {
        self.uniforms.iter().position(|uniform| uniform.name == name)
    }
}

/// The name of the uniform that tells the extents of a buffer. No user can give it.
fn extents_name(buffer: usize) -> String {
    format!("{RESERVED_PREFIX}extents_{buffer}")
}

/// One buffer: its name, the type of its elements and its extents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BufferDescription {
    /// The name under `inputs.buffers`.
    pub name: String,
    /// The type of one element.
    pub element: ElementType,
    /// One to three extents; the last one is contiguous in memory (row-major). For kernels all are 0 if the buffer is resizable: a uniform
    /// tells them ([`Interface::extents_of`]).
    pub size: Vec<u32>,
}

impl BufferDescription {
    /// Whether kernels learn its extents only when they run.
    pub fn is_resizable(&self) -> bool {
        self.size.first() == Some(&0)
    }

    /// What kernels see of it if it is resizable.
    pub fn resizable(&self) -> Self {
        Self { size: vec![0; self.size.len()], ..self.clone() }
    }

    /// How many elements the buffer has: the product of its extents.
    pub fn element_count(&self) -> u64 {
        self.size.iter().map(|&extent| u64::from(extent)).product()
    }

    /// How many bytes the elements take, on the device and in what is read; a vec3 takes as many as a vec4.
    pub fn byte_size(&self) -> u64 {
        self.element_count() * self.element.bytes() as u64
    }
}

/// One uniform: its name and type.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UniformDescription {
    /// The name under `inputs.uniforms`.
    pub name: String,
    /// The type of its value, fixed by the initial value.
    pub ty: UniformType,
    /// Whether its initial value is made of 32-bit integers, so that it will probably be so in runs. A hint: any value is right.
    pub integral: bool,
}

/// The type of a uniform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "vectors are as their names say")]
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
    Vec2i,
    Vec3i,
    Vec4i,
    Vec2u,
    Vec3u,
    Vec4u,
    /// An array of so many numbers.
    Numbers(u32),
    /// A typed array of so many elements, none of them `U8Clamped` or `Boolean`.
    Array(Component, u32),
}

impl UniformType {
    /// How many numbers a value has: 1 for a boolean, 2 to 4 for vectors, the length of an array.
    pub fn components(self) -> usize {
        match self {
            Self::Number | Self::Boolean => 1,
            Self::Vec2 | Self::Vec2i | Self::Vec2u => 2,
            Self::Vec3 | Self::Vec3i | Self::Vec3u => 3,
            Self::Vec4 | Self::Vec4i | Self::Vec4u => 4,
            Self::Numbers(length) | Self::Array(_, length) => length as usize,
        }
    }

    /// Whether kernels index it.
    pub fn is_array(self) -> bool {
        matches!(self, Self::Numbers(_) | Self::Array(..))
    }

    /// The name users know it by: `number`, `boolean`, `vec2`, `array of 3 numbers`, `array of 3 i32`.
    pub fn name(self) -> String {
        let name = match self {
            Self::Number => "number",
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
            Self::Numbers(length) => return format!("array of {length} numbers"),
            Self::Array(component, length) => return format!("array of {length} {}", component.name()),
        };
        name.to_owned()
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
