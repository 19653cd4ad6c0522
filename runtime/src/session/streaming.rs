//! Large writes, which take their place in the queue at the call and whose parts follow while the caller copies them. Not in pages: there
//! nobody takes them meanwhile.

use std::sync::{Arc, Mutex};

use artifact::{BufferDescription, ElementType};

use super::{Inner, LARGE_BYTES, lock};
use crate::queue::{Command, Part, Payload};
use crate::{Error, bulk};

/// How many copies are kept to be used again.
const MAX_KEPT: usize = 4;

impl Inner {
    /// Whether a write to this buffer gains from parts.
    pub(super) fn streams(&self, description: &BufferDescription) -> bool {
        let is_large = description.byte_size() >= LARGE_BYTES;
        let has_parts = self.device.capabilities().transfer_bytes != u64::MAX;
        // Pads cannot be set in memory that is only written, and a recording keeps its data.
        let can_be_staged = description.element != ElementType::Vec3;
        is_large && has_parts && can_be_staged && self.recorder.with(|_| ()).is_none()
    }

    /// Writes floats that fill a buffer, part by part.
    pub(super) fn stream(&self, buffer: usize, floats: &[f32]) -> Result<(), Error> {
        let _call = self.profiler.call(|| format!("write {}", self.interface.buffers[buffer].name));
        let (parts, data) = Payload::stream(floats.len() as u64 * 4);
        self.queue.push(Command::WriteBuffer { buffer, data })?;
        for floats in floats.chunks((self.device.capabilities().transfer_bytes / 4) as usize) {
            let staged = self.device.stage(floats).map(Part::Staged);
            let sent = parts.send(staged.unwrap_or_else(|| self.copies.copy(floats).into()));
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
pub(super) struct Copies(Mutex<Vec<Arc<Vec<f32>>>>);

impl Copies {
    /// A copy. Its memory is used again once nobody else has it.
    fn copy(&self, floats: &[f32]) -> Arc<Vec<f32>> {
        let mut kept = lock(&self.0);
        let fits = |copy: &Arc<Vec<f32>>| Arc::strong_count(copy) == 1 && copy.capacity() >= floats.len();
        let mut free = kept.iter().position(fits).map(|position| kept.swap_remove(position));
        drop(kept);
        let copied = match free.as_mut().and_then(Arc::get_mut) {
            Some(vector) => {
                vector.clear();
                vector.extend_from_slice(floats);
                free.unwrap_or_default()
            }
            None => Arc::new(bulk::copy(floats)),
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
        let first = copies.copy(&[1.0, 2.0, 3.0]);
        let second = copies.copy(&[4.0]);
        assert_eq!((&**first, &**second), (&[1.0, 2.0, 3.0][..], &[4.0][..]));
        let place = first.as_ptr();
        drop(first);
        let third = copies.copy(&[5.0, 6.0]);
        assert_eq!((third.as_ptr(), &**third), (place, &[5.0, 6.0][..]));
        let more: Vec<_> = (0..10).map(|value| copies.copy(&[value as f32])).collect();
        assert!(more.iter().enumerate().all(|(value, copy)| ***copy == [value as f32]));
    }
}
