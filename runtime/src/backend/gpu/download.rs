//! Memory that the device copies to and the host copies from.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::if_memory;

/// How many bytes of unused buffers are kept.
const MAX_IDLE_BYTES: u64 = 128 * 1024 * 1024;
/// Sizes are rounded up to a power of two below this, to multiples of it above, so that buffers can be used again.
const COARSE: u64 = 1024 * 1024;

/// Buffers for the reads of submissions, used again and again.
#[derive(Debug, Default)]
pub(crate) struct Downloads {
    idle: Mutex<Idle>,
    /// So many bytes there are in the eyes of a test, if it is not 0.
    #[cfg(test)]
    pub(super) most: std::sync::atomic::AtomicU64,
}

impl Downloads {
    /// A buffer of at least `bytes` that can be copied to and mapped; `None` if there is no memory. In a page that is not known yet.
    pub(super) fn take(&self, device: &wgpu::Device, bytes: u64) -> Option<wgpu::Buffer> {
        #[cfg(test)]
        if (1..bytes).contains(&self.most.load(std::sync::atomic::Ordering::Relaxed)) {
            return None;
        }
        let idle = self.lock().take(bytes);
        idle.or_else(|| {
            if_memory(device, || {
                device.create_buffer(&wgpu::BufferDescriptor {
                    label: Some("download"),
                    size: round_up(bytes, device),
                    usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
                    mapped_at_creation: false,
                })
            })
        })
    }

    /// How many bytes are idle.
    #[cfg(test)]
    pub(super) fn idle_bytes(&self) -> u64 {
        self.lock().bytes()
    }

    /// Gives the device back what is idle.
    pub(super) fn shrink(&self) {
        let idle = std::mem::take(&mut *self.lock());
        // The driver takes its time, so no lock is held.
        drop(idle);
    }

    /// Takes a buffer back, unless too many are idle.
    pub(super) fn put(&self, buffer: wgpu::Buffer) {
        self.lock().put(buffer);
    }

    fn lock(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Buffers that nobody uses, kept to be used again.
#[derive(Debug, Default)]
pub(crate) struct Idle(Vec<wgpu::Buffer>);

impl Idle {
    /// One of at least `bytes`, if there is one. A far larger one is left for who needs it.
    pub(crate) fn take(&mut self, bytes: u64) -> Option<wgpu::Buffer> {
        let fits = |buffer: &wgpu::Buffer| (bytes..=2 * bytes.max(4096)).contains(&buffer.size());
        self.0.iter().position(fits).map(|position| self.0.swap_remove(position))
    }

    /// How many bytes they have.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.iter().map(wgpu::Buffer::size).sum()
    }

    /// Keeps one, unless too many are idle.
    pub(crate) fn put(&mut self, buffer: wgpu::Buffer) {
        if self.bytes() + buffer.size() <= MAX_IDLE_BYTES {
            self.0.push(buffer);
        }
    }
}

/// The size of a buffer for so many bytes.
pub(crate) fn round_up(bytes: u64, device: &wgpu::Device) -> u64 {
    let rounded = if bytes < COARSE { bytes.next_power_of_two() } else { bytes.next_multiple_of(COARSE) };
    rounded.min(device.limits().max_buffer_size).max(bytes)
}
