//! The device's storage buffers, large ones each in an allocation of the driver's that has nothing else in it.
//!
//! wgpu cuts buffers out of blocks. What loads, stores and adds at random places is slower there: on an H200, sums that 2^26 threads scatter
//! take 1.7 times as long as where the driver knows that the memory is one buffer's (`docs/decisions/0038-dedicated-allocations.md`).

#[cfg(not(target_vendor = "apple"))]
mod vulkan;

#[cfg(not(target_vendor = "apple"))]
use vulkan::dedicated;

/// A storage buffer of zeros; as with wgpu's own, a scope of errors tells of missing memory. The size is in whole words.
pub(crate) fn create(
    device: &wgpu::Device,
    queue: &wgpu::Queue,
    descriptor: &wgpu::BufferDescriptor<'_>,
) -> wgpu::Buffer {
    dedicated(device, queue, descriptor).unwrap_or_else(|| device.create_buffer(descriptor))
}

#[cfg(target_vendor = "apple")]
fn dedicated(_: &wgpu::Device, _: &wgpu::Queue, _: &wgpu::BufferDescriptor<'_>) -> Option<wgpu::Buffer> {
    None
}
