//! Host-visible memory: one buffer a submission and direction.

use std::sync::{Mutex, PoisonError};

use crate::queue::{Step, Submission};

/// How many bytes of unused download buffers are kept.
const MAX_IDLE_BYTES: u64 = 128 * 1024 * 1024;
/// Sizes are rounded up to a power of two below this, to multiples of it above, so that buffers can be used again.
const COARSE: u64 = 1024 * 1024;

/// A buffer with the data of all writes of a submission, one behind the other.
pub(super) fn upload(device: &wgpu::Device, submission: &Submission) -> Option<wgpu::Buffer> {
    if submission.upload_bytes == 0 {
        return None;
    }
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("upload"),
        size: submission.upload_bytes,
        usage: wgpu::BufferUsages::COPY_SRC,
        mapped_at_creation: true,
    });
    let mut offset = 0;
    // Without memory there is no range; the error scope tells why.
    if let Ok(mut view) = buffer.get_mapped_range_mut(..) {
        for step in &submission.steps {
            if let Step::Write { data, .. } = step {
                let bytes: &[u8] = bytemuck::cast_slice(data);
                view.slice(offset..offset + bytes.len()).copy_from_slice(bytes);
                offset += bytes.len();
            }
        }
    }
    buffer.unmap();
    Some(buffer)
}

/// Buffers for the reads of submissions, used again and again.
#[derive(Debug, Default)]
pub(super) struct Pool(Mutex<Vec<wgpu::Buffer>>);

impl Pool {
    /// A buffer of at least `bytes` that can be copied to and mapped.
    pub(super) fn take(&self, device: &wgpu::Device, bytes: u64) -> wgpu::Buffer {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A far larger one is left for a read that needs it.
        let fits = |buffer: &wgpu::Buffer| (bytes..=2 * bytes.max(4096)).contains(&buffer.size());
        if let Some(position) = idle.iter().position(fits) {
            return idle.swap_remove(position);
        }
        drop(idle);
        let rounded = if bytes < COARSE { bytes.next_power_of_two() } else { bytes.next_multiple_of(COARSE) };
        device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("download"),
            size: rounded.min(device.limits().max_buffer_size).max(bytes),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        })
    }

    /// Takes a buffer back, unless too many are idle.
    pub(super) fn put(&self, buffer: wgpu::Buffer) {
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held: u64 = idle.iter().map(wgpu::Buffer::size).sum();
        if held + buffer.size() <= MAX_IDLE_BYTES {
            idle.push(buffer);
        }
    }
}
