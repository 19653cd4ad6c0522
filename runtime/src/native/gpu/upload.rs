//! Memory that the host writes and the device copies from, used again and again: it is mapped again as soon as the device is done with it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use crate::backend::gpu::download::{Idle, round_up};
use crate::backend::gpu::if_memory;
use crate::backend::gpu::memory::whole_words;
use crate::queue::Staged;

/// How many bytes callers can stage that the device has not taken.
const MAX_STAGED_BYTES: u64 = 128 * 1024 * 1024;

/// All of it on a device.
pub(crate) struct Uploads {
    device: wgpu::Device,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Buffers that are mapped.
    idle: Idle,
    staged_bytes: u64,
}

impl Uploads {
    /// An empty pool of upload buffers for a device.
    pub(crate) fn new(device: wgpu::Device) -> Arc<Self> {
        Arc::new(Self { device, state: Mutex::default() })
    }

    /// Memory for so many bytes, a multiple of 4; `None` if there is none.
    pub(crate) fn take(self: &Arc<Self>, bytes: u64) -> Option<Upload> {
        let idle = self.lock().idle.take(bytes);
        let buffer = idle.or_else(|| {
            if_memory(&self.device, || {
                self.device.create_buffer(&wgpu::BufferDescriptor {
                    label: Some("upload"),
                    size: round_up(bytes, &self.device),
                    usage: wgpu::BufferUsages::MAP_WRITE | wgpu::BufferUsages::COPY_SRC,
                    mapped_at_creation: true,
                })
            })
        })?;
        let view = buffer.get_mapped_range_mut(..).ok();
        Some(Upload { buffer, view, staged_bytes: 0, home: Arc::downgrade(self) })
    }

    /// A copy of the bytes in such memory, unless callers have staged enough, or there is none.
    pub(crate) fn stage(self: &Arc<Self>, bytes: &[u8]) -> Option<Staged> {
        let words = whole_words(bytes.len() as u64);
        let mut state = self.lock();
        if state.staged_bytes + words > MAX_STAGED_BYTES {
            return None;
        }
        state.staged_bytes += words;
        drop(state);
        // Where memory is short a copy elsewhere may do.
        let Some(mut upload) = self.take(words) else {
            self.lock().staged_bytes -= words;
            return None;
        };
        upload.staged_bytes = words;
        upload.write(0, bytes);
        Some(Staged { bytes: bytes.len() as u64, memory: Box::new(upload) })
    }

    /// How many bytes are idle.
    #[cfg(test)]
    pub(crate) fn idle_bytes(&self) -> u64 {
        self.lock().idle.bytes()
    }

    /// Gives the device back what is idle.
    pub(crate) fn shrink(&self) {
        let idle = std::mem::take(&mut self.lock().idle);
        // The driver takes its time, so no lock is held.
        drop(idle);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A piece of such memory. It goes back when the device is done with it, or when it is dropped without having been sent.
pub(crate) struct Upload {
    buffer: wgpu::Buffer,
    /// `None` on a lost device, and once it is sent.
    view: Option<wgpu::BufferViewMut>,
    /// How many bytes of it count as staged.
    staged_bytes: u64,
    home: Weak<Uploads>,
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

    /// Lets the device have it with the commands of `encoder`; the host has it again when these are done.
    pub(crate) fn send(&mut self, encoder: &wgpu::CommandEncoder) {
        self.view = None;
        self.buffer.unmap();
        let (buffer, home) = (self.buffer.clone(), self.home.clone());
        encoder.map_buffer_on_submit(&self.buffer, wgpu::MapMode::Write, .., move |result| {
            // A lost device maps nothing.
            if let (Ok(()), Some(home)) = (result, home.upgrade()) {
                home.lock().idle.put(buffer);
            }
        });
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let Some(home) = self.home.upgrade() else { return };
        home.lock().staged_bytes -= self.staged_bytes;
        if self.view.take().is_some() {
            home.lock().idle.put(self.buffer.clone());
        }
    }
}
