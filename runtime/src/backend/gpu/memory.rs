//! The device's buffers, and which of them share one allocation.
//!
//! Some devices, and most browsers, let a kernel bind no more than eight or ten storage buffers. If an interface has more, its smallest
//! buffers are *packed*: they lie in one allocation behind one binding, as many as it takes until all can be bound. Which they are
//! depends on the interface and the device alone, so that every kernel of an interface is compiled for the same places.

use std::time::Duration;

use artifact::{PACKED_ALIGNMENT, packed_places};

use super::{Error, Request, if_memory};
use crate::backend::{Capabilities, Places};
use crate::platform::gpu::storage;
use crate::queue::{Allocation, Copy, SLOT_BYTES};

/// The device's buffers.
pub(super) struct Memory {
    /// In the order of the request, and behind them those that came later; none where one was destroyed.
    storage: Vec<Option<Storage>>,
    /// Where the interface's are.
    places: Places,
    /// How often a buffer has come, gone or changed.
    changes: u64,
    /// The slots of the submission that is encoded. One buffer serves all: an upload to it is ordered between
    /// submissions.
    pub(super) slots: wgpu::Buffer,
    /// Where loops tell that they have made too many rounds: [`artifact::Counted::binding`].
    pub(super) stopped: wgpu::Buffer,
    /// How many rounds they may make.
    pub(super) loop_limit: u32,
    /// How long submissions should take, if that matters.
    pub(super) slice: Option<Duration>,
    /// What copies between packed buffers go through, as an allocation cannot be copied to itself; as large as the largest of them.
    detour: Option<wgpu::Buffer>,
}

/// The size of [`Memory::stopped`].
pub(super) const STOPPED_BYTES: u64 = 12;

/// One buffer: its allocation, and where it lies there.
pub(super) struct Storage {
    pub(super) buffer: wgpu::Buffer,
    pub(super) start: u64,
    /// The number of the change that made it.
    changed: u64,
}

impl Memory {
    /// Makes the buffers of the request; `packed` are those that share an allocation.
    pub(super) fn new(
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        request: &Request,
        packed: &[usize],
        capabilities: &Capabilities,
    ) -> Self {
        let create = |label, size, usage| {
            device.create_buffer(&wgpu::BufferDescriptor { label, size, usage, mapped_at_creation: false })
        };
        let copy = wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        let (starts, size) = packed_places(packed.iter().map(|&buffer| request.buffers[buffer].bytes));
        let shared = (!packed.is_empty()).then(|| create_storage(device, queue, "packed buffers", size));
        let storage = request.buffers.iter().enumerate().map(|(position, asked)| {
            let place = packed.iter().position(|&packed| packed == position);
            match (&shared, place) {
                (Some(shared), Some(place)) => {
                    Some(Storage { buffer: shared.clone(), start: starts[place], changed: 0 })
                }
                _ => {
                    let buffer = create_storage(device, queue, &asked.label, asked.bytes);
                    Some(Storage { buffer, start: 0, changed: 0 })
                }
            }
        });
        let storage = storage.collect();
        let uniform = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
        let largest = packed.iter().map(|&buffer| whole_words(request.buffers[buffer].bytes)).max();
        Self {
            storage,
            places: request.places(),
            changes: 0,
            slots: create(Some("uniform slots"), SLOT_BYTES.into(), uniform),
            stopped: create(Some("stopped"), STOPPED_BYTES, wgpu::BufferUsages::STORAGE | copy),
            loop_limit: capabilities.loop_limit,
            slice: capabilities.slice,
            detour: largest.map(|bytes| create(Some("detour"), bytes, copy)),
        }
    }

    /// The pixels that `update_canvas` shows, where there is a canvas; they are never packed.
    pub(super) fn presented(&self) -> Option<&wgpu::Buffer> {
        self.storage(self.places.pixels() + 1).ok().map(|storage| &storage.buffer)
    }

    /// What a kernel binds for a buffer of its interface, and the number of the change that made it.
    pub(super) fn bound(&self, buffer: usize) -> Result<(&wgpu::Buffer, u64), Error> {
        self.storage(self.places.of(buffer)).map(|storage| (&storage.buffer, storage.changed))
    }

    /// What a kernel that paints binds.
    pub(super) fn pixels(&self) -> Result<&wgpu::Buffer, Error> {
        self.storage(self.places.pixels()).map(|storage| &storage.buffer)
    }

    /// How often a buffer has come, gone or changed.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    /// Where a byte of a buffer lies: in which allocation, and where there.
    pub(super) fn place(&self, buffer: usize, byte: u64) -> Result<(&wgpu::Buffer, u64), Error> {
        self.storage(buffer).map(|storage| (&storage.buffer, storage.start + byte))
    }

    fn storage(&self, buffer: usize) -> Result<&Storage, Error> {
        let none = || Error::internal("a buffer was used that there is not", buffer.to_string());
        self.storage.get(buffer).and_then(Option::as_ref).ok_or_else(none)
    }

    /// Copies bytes of one buffer to another: whole words, as devices copy nothing else. What there is behind the contents is zero.
    pub(super) fn copy(&self, encoder: &mut wgpu::CommandEncoder, copy: Copy) -> Result<(), Error> {
        let ((source, from), (destination, to)) =
            (self.place(copy.source, copy.from)?, self.place(copy.destination, copy.to)?);
        let bytes = whole_words(copy.bytes);
        match &self.detour {
            Some(detour) if source == destination => {
                encoder.copy_buffer_to_buffer(source, from, detour, 0, bytes);
                encoder.copy_buffer_to_buffer(detour, 0, destination, to, bytes);
            }
            _ => encoder.copy_buffer_to_buffer(source, from, destination, to, bytes),
        }
        Ok(())
    }

    /// Gives a buffer memory, and tells what it had before; it is not destroyed while something uses it.
    pub(super) fn allocate(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        allocation: &Allocation,
    ) -> Result<Option<wgpu::Buffer>, Error> {
        let &Allocation { buffer: place, bytes, ref label, .. } = allocation;
        let buffer = if_memory(device, || create_storage(device, queue, label, bytes));
        let buffer =
            buffer.ok_or_else(|| Error::OutOfMemory { what: format!("{bytes} bytes of {label}") })?;
        self.changes += 1;
        let count = self.storage.len().max(place + 1);
        self.storage.resize_with(count, || None);
        let before = self.storage[place].replace(Storage { buffer, start: 0, changed: self.changes });
        Ok(before.map(|storage| storage.buffer))
    }

    /// Lets go of a buffer. One that shares its allocation with others keeps its place there.
    pub(super) fn free(&mut self, buffer: usize) {
        self.changes += 1;
        self.storage[buffer] = None;
    }

    /// Gives the device its memory back, although somebody may still hold on to the buffers.
    pub(super) fn destroy(&self) {
        self.storage.iter().flatten().for_each(|storage| storage.buffer.destroy());
    }
}

/// A buffer that kernels bind, in whole words of 32 bits, as devices copy and bind nothing else.
fn create_storage(device: &wgpu::Device, queue: &wgpu::Queue, label: &str, bytes: u64) -> wgpu::Buffer {
    let descriptor = wgpu::BufferDescriptor {
        label: Some(label),
        size: whole_words(bytes),
        usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    };
    storage::create(device, queue, &descriptor)
}

/// How many bytes the words of 32 bits take that so many bytes lie in.
pub(crate) fn whole_words(bytes: u64) -> u64 {
    bytes.next_multiple_of(4)
}

/// Which buffers must share an allocation so that a kernel can bind all of the interface: the smallest, in ascending order.
///
/// # Errors
///
/// [`Error::BufferTooLarge`] if they are too large together.
pub(super) fn choose_packed(
    request: &Request,
    capabilities: &Capabilities,
    adapter: &str,
) -> Result<Vec<usize>, Error> {
    let named = request.named;
    // The pixel store is bound, too; the presented picture is not.
    let needed = named + usize::from(request.buffers.len() > named);
    // One more is for what loops tell.
    let available = (capabilities.max_storage_buffers as usize).saturating_sub(1);
    if needed <= available {
        return Ok(Vec::new());
    }
    let count = needed + 1 - available.max(1);
    // Those that change their sizes need allocations of their own.
    let fixed = || (0..named).filter(|&buffer| !request.buffers[buffer].resizable);
    let size = |buffer: usize| (request.buffers[buffer].bytes, buffer);
    let smaller = |buffer| fixed().filter(|&other| size(other) < size(buffer)).count();
    let smallest: Vec<usize> = fixed().filter(|&buffer| smaller(buffer) < count).collect();
    let (_, bytes) = packed_places(smallest.iter().map(|&buffer| request.buffers[buffer].bytes));
    let limit = capabilities.max_buffer_bytes;
    if bytes > limit {
        let what = format!("{} of {needed} buffers, of which it binds {available},", smallest.len());
        return Err(Error::BufferTooLarge { what, bytes, limit, adapter: adapter.into() });
    }
    debug_assert!(bytes.is_multiple_of(PACKED_ALIGNMENT));
    Ok(smallest)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::backend::BufferRequest;

    fn packed(bytes: &[u64], named: usize, max_storage_buffers: u32) -> Result<Vec<usize>, Error> {
        let buffer = |&bytes: &u64| BufferRequest { label: String::new(), bytes, resizable: false };
        let buffers = bytes.iter().map(buffer).collect();
        let request = Request {
            adapter: None,
            tuned: None,
            loop_limit: 1000,
            slice: None,
            buffers,
            named,
            screen: None,
            health: Arc::default(),
        };
        let capabilities = Capabilities {
            max_storage_buffers: max_storage_buffers + 1,
            max_buffer_bytes: 1000,
            ..Capabilities::unlimited()
        };
        choose_packed(&request, &capabilities, "a test")
    }

    #[test]
    fn the_smallest_buffers_are_packed_until_all_can_be_bound() {
        assert_eq!(packed(&[40, 8, 16, 4], 4, 4), Ok(vec![]));
        assert_eq!(packed(&[40, 8, 16, 4], 4, 3), Ok(vec![1, 3]));
        assert_eq!(packed(&[40, 8, 16, 4], 4, 2), Ok(vec![1, 2, 3]));
        assert_eq!(packed(&[40, 8, 16, 4], 4, 1), Ok(vec![0, 1, 2, 3]));
    }

    #[test]
    fn the_pixel_store_is_bound_too_and_never_packed() {
        assert_eq!(packed(&[40, 8, 4, 4], 2, 3), Ok(vec![]));
        assert_eq!(packed(&[40, 8, 4, 4], 2, 2), Ok(vec![0, 1]));
    }

    #[test]
    fn what_is_too_large_together_is_refused() {
        assert!(matches!(packed(&[600, 600], 2, 1), Err(Error::BufferTooLarge { bytes: 1216, .. })));
    }
}
