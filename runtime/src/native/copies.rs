//! Copies of what callers write, in memory that is used again. Not in pages, whose writes are copied once and at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::bytes::Bytes;

/// How many copies are kept to be used again.
const MAX_KEPT: usize = 4;

/// Copies in memory that is used again: parts of writes that the device has not taken.
#[derive(Debug, Default)]
pub(crate) struct Copies(Mutex<Vec<Arc<Bytes>>>);

impl Copies {
    /// A copy. Its memory is used again once nobody else has it. `None` if there is none.
    pub(crate) fn copy(&self, bytes: &[u8]) -> Option<Arc<Bytes>> {
        let refilled = self.free(bytes.len()).and_then(|mut copy| {
            Arc::get_mut(&mut copy)?.refill(bytes);
            Some(copy)
        });
        let copied = refilled.or_else(|| Bytes::try_copied(bytes).map(Arc::new))?;
        let mut kept = self.lock();
        if kept.len() < MAX_KEPT {
            kept.push(copied.clone());
        }
        Some(copied)
    }

    /// A copy with so much room that nobody else has.
    fn free(&self, bytes: usize) -> Option<Arc<Bytes>> {
        let mut kept = self.lock();
        let fits = |copy: &Arc<Bytes>| Arc::strong_count(copy) == 1 && copy.capacity() >= bytes;
        kept.iter().position(fits).map(|position| kept.swap_remove(position))
    }

    /// Gives back the memory that nobody has.
    pub(crate) fn shrink(&self) {
        let kept = std::mem::take(&mut *self.lock());
        // The system takes its time, so no lock is held.
        drop(kept);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Bytes>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
