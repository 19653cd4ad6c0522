//! The device's storage buffers: the browser decides where they lie.

/// A storage buffer of zeros.
pub(crate) fn create(
    device: &wgpu::Device,
    _: &wgpu::Queue,
    descriptor: &wgpu::BufferDescriptor<'_>,
) -> wgpu::Buffer {
    device.create_buffer(descriptor)
}
