//! The device's buffers, and which of them share one allocation.
//!
//! Some devices, and most browsers, let a kernel bind no more than eight or ten storage buffers. If an interface has more, its smallest
//! buffers are *packed*: they lie in one allocation behind one binding, as many as it takes until all can be bound. Which they are
//! depends on the interface and the device alone, so that every kernel of an interface is compiled for the same places.

use std::time::Duration;

use artifact::{PACKED_ALIGNMENT, packed_places};

use super::{Error, Request};
use crate::backend::Capabilities;
use crate::queue::SLOT_BYTES;

/// The device's buffers.
pub(super) struct Memory {
    /// In the order of the request.
    pub(super) storage: Vec<Storage>,
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
    /// In whole words of 32 bits, as devices copy and bind nothing else. What there is behind the contents is zero.
    pub(super) bytes: u64,
}

impl Memory {
    /// Makes the buffers of the request; `packed` are those that share an allocation.
    pub(super) fn new(
        device: &wgpu::Device,
        request: &Request,
        packed: &[usize],
        capabilities: &Capabilities,
    ) -> Self {
        let create = |label, size, usage| {
            device.create_buffer(&wgpu::BufferDescriptor { label, size, usage, mapped_at_creation: false })
        };
        let copy = wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        let (starts, size) = packed_places(packed.iter().map(|&buffer| request.buffers[buffer].bytes));
        let shared = (!packed.is_empty())
            .then(|| create(Some("packed buffers"), size, wgpu::BufferUsages::STORAGE | copy));
        let storage = request.buffers.iter().enumerate().map(|(position, asked)| {
            let bytes = whole_words(asked.bytes);
            let place = packed.iter().position(|&packed| packed == position);
            match (&shared, place) {
                (Some(shared), Some(place)) => {
                    Storage { buffer: shared.clone(), start: starts[place], bytes }
                }
                _ => {
                    let usage = wgpu::BufferUsages::STORAGE | copy;
                    Storage { buffer: create(Some(asked.label.as_str()), bytes, usage), start: 0, bytes }
                }
            }
        });
        let storage = storage.collect();
        let uniform = wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST;
        let largest = packed.iter().map(|&buffer| whole_words(request.buffers[buffer].bytes)).max();
        Self {
            storage,
            slots: create(Some("uniform slots"), SLOT_BYTES.into(), uniform),
            stopped: create(Some("stopped"), STOPPED_BYTES, wgpu::BufferUsages::STORAGE | copy),
            loop_limit: capabilities.loop_limit,
            slice: capabilities.slice,
            detour: largest.map(|bytes| create(Some("detour"), bytes, copy)),
        }
    }

    /// The pixels that `update_canvas` shows, where there is a canvas: the last of the buffers, which is never packed.
    pub(super) fn presented(&self) -> Option<&wgpu::Buffer> {
        self.storage.last().map(|storage| &storage.buffer)
    }

    /// Where a byte of a buffer lies: in which allocation, and where there.
    pub(super) fn place(&self, buffer: usize, byte: u64) -> (&wgpu::Buffer, u64) {
        let Storage { buffer, start, .. } = &self.storage[buffer];
        (buffer, start + byte)
    }

    /// Copies one buffer to another of the same size.
    pub(super) fn copy(&self, encoder: &mut wgpu::CommandEncoder, source: usize, destination: usize) {
        let (from, to) = (&self.storage[source], &self.storage[destination]);
        match &self.detour {
            Some(detour) if from.buffer == to.buffer => {
                encoder.copy_buffer_to_buffer(&from.buffer, from.start, detour, 0, from.bytes);
                encoder.copy_buffer_to_buffer(detour, 0, &to.buffer, to.start, from.bytes);
            }
            _ => encoder.copy_buffer_to_buffer(&from.buffer, from.start, &to.buffer, to.start, from.bytes),
        }
    }

    /// Gives the device its memory back, although somebody may still hold on to the buffers.
    pub(super) fn destroy(&self) {
        self.storage.iter().for_each(|storage| storage.buffer.destroy());
    }
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
    let size = |buffer: usize| (request.buffers[buffer].bytes, buffer);
    let smaller = |buffer| (0..named).filter(|&other| size(other) < size(buffer)).count();
    let smallest: Vec<usize> = (0..named).filter(|&buffer| smaller(buffer) < count).collect();
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
        let buffer = |&bytes: &u64| BufferRequest { label: String::new(), bytes };
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
