//! Memory that the host writes and the device copies from: new for each submission, since the browser keeps what it gives.

use std::sync::Arc;

/// The source of upload buffers: the device.
pub(crate) struct Uploads(wgpu::Device);

impl Uploads {
    pub(crate) fn new(device: wgpu::Device) -> Arc<Self> {
        Arc::new(Self(device))
    }

    /// Does nothing: no buffers are kept.
    pub(crate) fn shrink(&self) {}

    /// Memory for so many bytes, a multiple of 4. The error scope tells if there is none.
    pub(crate) fn take(self: &Arc<Self>, bytes: u64) -> Option<Upload> {
        let buffer = self.0.create_buffer(&wgpu::BufferDescriptor {
            label: Some("upload"),
            size: bytes,
            usage: wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: true,
        });
        let view = buffer.get_mapped_range_mut(..).ok();
        Some(Upload { buffer, view })
    }
}

/// One upload buffer, mapped until it is sent.
pub(crate) struct Upload {
    buffer: wgpu::Buffer,
    /// `None` without memory, and once it is sent.
    view: Option<wgpu::BufferViewMut>,
}

impl Upload {
    /// Writes bytes from the byte `start` on, and zeros behind them in the last word: the device copies whole words.
    pub(crate) fn write(&mut self, start: u64, bytes: &[u8]) {
        if let Some(view) = &mut self.view {
            let (start, end) = (start as usize, start as usize + bytes.len());
            view.slice(start..end).copy_from_slice(bytes);
            view.slice(end..end.next_multiple_of(4)).fill(0);
        }
    }

    /// Where the device copies from.
    pub(crate) fn buffer(&self) -> &wgpu::Buffer {
        &self.buffer
    }

    /// Lets the device have it.
    pub(crate) fn send(&mut self, _: &wgpu::CommandEncoder) {
        self.view = None;
        self.buffer.unmap();
    }
}
