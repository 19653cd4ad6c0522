//! Buffers that others have, too: a renderer on the same device.

pub use crate::platform::gpu::foreign::OwnBuffer;

/// A buffer that is not the interface's alone. Its elements lie one behind the other: numbers and integers of 32 bits take 4 bytes, a `vec3` takes 16, and all
/// others are packed.
#[derive(Clone, Debug)]
pub enum External {
    /// The interface makes it, so that it can be used like this, too.
    Made(wgpu::BufferUsages),
    /// The program has made it. It has to be of the interface's device, large enough, and usable as storage and to copy from and to.
    Given(OwnBuffer),
}

impl External {
    /// How it is made; `None` if it is there.
    pub(crate) fn usage(&self) -> Option<wgpu::BufferUsages> {
        match self {
            Self::Made(usage) => Some(*usage),
            Self::Given(_) => None,
        }
    }
}
