//! Large writes, which take their place in the queue at the call and whose parts follow while the caller copies them. Not in pages: there
//! nobody takes them meanwhile.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use artifact::BufferDescription;

use super::{Inner, LARGE_BYTES, lock};
use crate::Error;
use crate::bytes::Bytes;
use crate::data::is_normal;
use crate::queue::{Command, Part, Payload};
use crate::task::serves_a_queue;

/// How many copies are kept to be used again.
const MAX_KEPT: usize = 4;
/// So long a caller waits for memory before the write fails, and with it the interface.
const PATIENCE: Duration = Duration::from_secs(2);

impl Inner {
    /// Whether a write to this buffer gains from parts.
    pub(super) fn streams(&self, description: &BufferDescription) -> bool {
        let is_large = description.byte_size() >= LARGE_BYTES;
        let has_parts = self.device.capabilities().transfer_bytes != u64::MAX;
        // Bytes cannot be changed in memory that is only written, and a recording keeps its data.
        let can_be_staged = is_normal(description.element);
        is_large && has_parts && can_be_staged && self.recorder.with(|_| ()).is_none()
    }

    /// Writes bytes that fill a buffer, part by part.
    pub(super) fn stream(&self, buffer: usize, bytes: &[u8]) -> Result<(), Error> {
        let _call = self.profiler.call(|| format!("write {}", self.interface.buffers[buffer].name));
        let (parts, data) = Payload::stream(bytes.len() as u64);
        self.queue.push(Command::WriteBuffer { buffer, data })?;
        for bytes in bytes.chunks(self.device.capabilities().transfer_bytes as usize) {
            let part = self.device.stage(bytes).map(Part::Staged).or_else(|| self.copy(bytes));
            let Some(part) = part else {
                // The queue waits for what there will never be.
                self.queue.health().fail(self.no_memory(buffer, bytes.len() as u64));
                return self.queue.check();
            };
            // Gone is who would take it: the queue was closed.
            if parts.send(part).is_err() {
                return self.queue.check();
            }
        }
        Ok(())
    }

    /// A copy of a part. Where there is no memory, there will be once earlier parts are taken: it waits for a while.
    fn copy(&self, bytes: &[u8]) -> Option<Part> {
        let begun = Instant::now();
        loop {
            let copied = self.copies.copy(bytes);
            // Whoever takes parts must not wait for it.
            let is_over = begun.elapsed() > PATIENCE || serves_a_queue() || self.queue.check().is_err();
            if copied.is_some() || is_over {
                return copied.map(Part::from);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

/// Copies in memory that is used again: parts of writes that the device has not taken.
#[derive(Debug, Default)]
pub(super) struct Copies(Mutex<Vec<Arc<Bytes>>>);

impl Copies {
    /// A copy. Its memory is used again once nobody else has it. `None` if there is none.
    fn copy(&self, bytes: &[u8]) -> Option<Arc<Bytes>> {
        let mut kept = lock(&self.0);
        let fits = |copy: &Arc<Bytes>| Arc::strong_count(copy) == 1 && copy.capacity() >= bytes.len();
        let mut free = kept.iter().position(fits).map(|position| kept.swap_remove(position));
        drop(kept);
        if let Some(memory) = free.as_mut().and_then(Arc::get_mut) {
            memory.refill(bytes);
        } else {
            free = None;
        }
        let copied = free.or_else(|| Bytes::try_copied(bytes).map(Arc::new))?;
        let mut kept = lock(&self.0);
        if kept.len() < MAX_KEPT {
            kept.push(copied.clone());
        }
        Some(copied)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_copies_is_used_again_once_they_are_dropped() {
        let copies = Copies::default();
        let copy = |bytes: &[u8]| copies.copy(bytes).unwrap();
        let first = copy(&[1, 2, 3]);
        let second = copy(&[4]);
        assert_eq!((&first[..], &second[..]), (&[1, 2, 3][..], &[4][..]));
        let place = first.as_ptr();
        drop(first);
        let third = copy(&[5, 6]);
        assert_eq!((third.as_ptr(), &third[..]), (place, &[5, 6][..]));
        let more: Vec<_> = (0..10).map(|value| copy(&[value])).collect();
        assert!((0..).zip(&more).all(|(value, copy)| copy[..] == [value]));
    }
}
