//! A compiled kernel: its code and how to bind data to it.
//!
//! The code addresses one bind group (group 0):
//!
//! | binding | what |
//! |---|---|
//! | 0 | [`Params`]: a uniform buffer with dynamic offset, one slot a dispatch |
//! | 1… | the storage buffers in [`Artifact::buffers`], each at its own `binding` |
//! | last | the pixel store, where [`Artifact::canvas`] names it |

use serde::{Deserialize, Serialize};

use crate::Interface;

/// A compiled kernel, free of any device.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Artifact {
    /// What it was compiled for: sizes are constants in the code, and buffers and uniforms go by their positions.
    pub interface: Interface,
    /// The WGSL text for runs whose extents are at most `max_extent`. Its entry point is [`Artifact::ENTRY_POINT`].
    pub wgsl: String,
    /// The largest extent, in any dimension, for which the integers of `wgsl` are known to fit.
    pub max_extent: u32,
    /// The WGSL text for larger runs, with the same bindings; none where `wgsl` is right for every run.
    pub wgsl_beyond: Option<String>,
    /// Whether every loop of the code provably ends, so that it may be compiled without a guard against loops that do not.
    pub loops_end: bool,
    /// The buffers the kernel uses, and no others.
    pub buffers: Vec<BufferBinding>,
    /// The binding of the pixel store (`array<u32>`, one packed RGB a pixel, read_write), if the kernel paints.
    pub canvas: Option<u32>,
    /// What the uniform buffer at binding 0 holds.
    pub params: Params,
    /// Which thread index neighbouring invocations should differ in: 0, 1 or 2 for x, y or z.
    pub lane_axis: usize,
    /// Which thread indices the kernel looks at at all.
    pub axes_used: [bool; 3],
}

impl Artifact {
    /// The name of the compute entry point in [`Artifact::wgsl`].
    pub const ENTRY_POINT: &'static str = "hpc__main";

    /// The WGSL text for a run of these extents.
    pub fn wgsl_for(&self, extents: [u32; 3]) -> &str {
        match &self.wgsl_beyond {
            Some(wgsl) if self.is_beyond(extents) => wgsl,
            _ => &self.wgsl,
        }
    }

    /// Whether a run of these extents needs [`Artifact::wgsl_beyond`].
    pub fn is_beyond(&self, extents: [u32; 3]) -> bool {
        self.wgsl_beyond.is_some() && extents.into_iter().any(|extent| extent > self.max_extent)
    }

    /// The names of the pipeline-overridable constants that set the workgroup size.
    pub const WORKGROUP_SIZE_OVERRIDES: [&'static str; 3] =
        ["hpc__workgroup_x", "hpc__workgroup_y", "hpc__workgroup_z"];
}

/// One storage buffer of a kernel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BufferBinding {
    /// Position in [`crate::Interface::buffers`].
    pub buffer: usize,
    /// `@binding` in the code.
    pub binding: u32,
    /// What the kernel does with it.
    pub access: Access,
}

/// How a kernel accesses a buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Access {
    /// Only reads.
    Read,
    /// Writes, and perhaps reads.
    ReadWrite,
}

/// The layout of the uniform buffer at binding 0, in bytes.
///
/// It starts with a fixed head; the uniforms that the kernel uses follow. All words are little-endian.
///
/// | offset | type | what |
/// |---|---|---|
/// | 0 | `vec3<i32>` | the extents of the whole run |
/// | 12 | `u32` | first word of the run's random key |
/// | 16 | `vec3<i32>` | the first thread id of this dispatch |
/// | 28 | `u32` | second word of the run's random key |
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Params {
    /// Where each used uniform lies.
    pub uniforms: Vec<UniformField>,
    /// How many bytes one slot takes, a multiple of 16.
    pub size: u32,
    /// Whether the kernel draws random numbers, so that the key matters.
    pub random: bool,
}

impl Params {
    /// Where the extents lie.
    pub const EXTENTS_OFFSET: usize = 0;
    /// Where the first word of the random key lies.
    pub const KEY_0_OFFSET: usize = 12;
    /// Where the first thread id lies.
    pub const BASE_OFFSET: usize = 16;
    /// Where the second word of the random key lies.
    pub const KEY_1_OFFSET: usize = 28;
    /// How long the head is: the first uniform may start here.
    pub const HEAD_SIZE: u32 = 32;
}

/// Where one uniform lies in a slot: `f32` words, or for a boolean one `u32` that is 0 or 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct UniformField {
    /// Position in [`crate::Interface::uniforms`].
    pub uniform: usize,
    /// Byte offset in the slot.
    pub offset: u32,
}

/// How many invocations a workgroup has along x, y and z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct WorkgroupShape(pub [u32; 3]);
