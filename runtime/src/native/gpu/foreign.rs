//! What the program brings: here it is wgpu's already.

use crate::backend::BufferRequest;
use crate::backend::gpu::memory::whole_words;

/// A buffer that the program has made.
pub type OwnBuffer = wgpu::Buffer;

/// The buffer that the program has made for a request, or what is wrong with it.
pub(crate) fn buffer(
    _: &wgpu::Device,
    given: &OwnBuffer,
    request: &BufferRequest,
) -> Result<wgpu::Buffer, String> {
    let (size, needed) = (given.size(), whole_words(request.bytes));
    if size < needed {
        return Err(format!("it has {size} bytes, and {needed} are needed"));
    }
    let needed = wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
    let missing = needed - given.usage();
    if missing.is_empty() {
        Ok(given.clone())
    } else {
        Err(format!("make it with the usages {missing:?}, too"))
    }
}
