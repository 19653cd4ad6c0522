//! Large writes, which take their place in the queue at the call and whose parts follow while the caller copies them. Not in pages: there
//! nobody takes them meanwhile.

use std::sync::{Arc, Mutex};

use artifact::BufferDescription;

use super::{Inner, LARGE_BYTES, lock};
use crate::Error;
use crate::bytes::Bytes;
use crate::data::is_normal;
use crate::queue::{Command, Part, Payload};

/// How many copies are kept to be used again.
const MAX_KEPT: usize = 4;

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
            let staged = self.device.stage(bytes).map(Part::Staged);
            let sent = parts.send(staged.unwrap_or_else(|| self.copies.copy(bytes).into()));
            // Gone is who would take it: the queue was closed.
            if sent.is_err() {
                return self.queue.check();
            }
        }
        Ok(())
    }
}

/// Copies in memory that is used again: parts of writes that the device has not taken.
#[derive(Debug, Default)]
pub(super) struct Copies(Mutex<Vec<Arc<Bytes>>>);

impl Copies {
    /// A copy. Its memory is used again once nobody else has it.
    fn copy(&self, bytes: &[u8]) -> Arc<Bytes> {
        let mut kept = lock(&self.0);
        let fits = |copy: &Arc<Bytes>| Arc::strong_count(copy) == 1 && copy.capacity() >= bytes.len();
        let mut free = kept.iter().position(fits).map(|position| kept.swap_remove(position));
        drop(kept);
        let copied = match free.as_mut().and_then(Arc::get_mut) {
            Some(memory) => {
                memory.refill(bytes);
                free.unwrap_or_else(|| Arc::new(Bytes::copied(bytes)))
            }
            None => Arc::new(Bytes::copied(bytes)),
        };
        let mut kept = lock(&self.0);
        if kept.len() < MAX_KEPT {
            kept.push(copied.clone());
        }
        copied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_copies_is_used_again_once_they_are_dropped() {
        let copies = Copies::default();
        let first = copies.copy(&[1, 2, 3]);
        let second = copies.copy(&[4]);
        assert_eq!((&first[..], &second[..]), (&[1, 2, 3][..], &[4][..]));
        let place = first.as_ptr();
        drop(first);
        let third = copies.copy(&[5, 6]);
        assert_eq!((third.as_ptr(), &third[..]), (place, &[5, 6][..]));
        let more: Vec<_> = (0..10).map(|value| copies.copy(&[value])).collect();
        assert!((0..).zip(&more).all(|(value, copy)| copy[..] == [value]));
    }
}
