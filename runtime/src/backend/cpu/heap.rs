//! Where the resizable buffers lie: in the memory behind everything that stays where it is.

use artifact::MemoryLayout;

use crate::Error;
use crate::backend::{Places, Request};

/// Where each buffer lies.
#[derive(Debug)]
pub(crate) struct BufferPlaces {
    places: Places,
    /// In the order of the request, and behind them those that came later; none where one was destroyed.
    starts: Vec<Option<u64>>,
    pub(crate) heap: Heap,
}

impl BufferPlaces {
    /// Those of a layout.
    pub(crate) fn new(request: &Request, layout: &MemoryLayout) -> Self {
        let heap = Heap::behind(layout);
        Self { places: request.places(), starts: layout.buffers.iter().copied().map(Some).collect(), heap }
    }

    /// Places the resizable buffers of a request; how many bytes of memory there must be.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`].
    pub(crate) fn place_resizable(&mut self, request: &Request) -> Result<u64, Error> {
        for (buffer, asked) in request.buffers.iter().enumerate().filter(|(_, asked)| asked.resizable) {
            self.take(buffer, asked.bytes).ok_or_else(|| request.out_of_memory())?;
        }
        Ok(self.heap.end())
    }

    /// Places a buffer somewhere else; what it had is not given back.
    pub(crate) fn take(&mut self, buffer: usize, bytes: u64) -> Option<u64> {
        let start = self.heap.take(bytes)?;
        let count = self.starts.len().max(buffer + 1);
        self.starts.resize(count, None);
        self.starts[buffer] = Some(start);
        Some(start)
    }

    /// Lets go of a buffer. Only what lies in the heap is used again.
    pub(crate) fn free(&mut self, buffer: usize) {
        if let Some(start) = self.starts[buffer].take() {
            self.heap.give_back(start);
        }
    }

    /// Where a buffer starts, if there is one.
    pub(crate) fn start(&self, buffer: usize) -> Option<u64> {
        self.starts.get(buffer).copied().flatten()
    }

    /// The same where there must be one.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`].
    pub(crate) fn known_start(&self, buffer: usize) -> Result<u64, Error> {
        let none = || Error::internal("a buffer was used that there is not", buffer.to_string());
        self.start(buffer).ok_or_else(none)
    }

    /// Where a buffer of the interface starts, by its position there: as kernels are told.
    pub(crate) fn start_of(&self, buffer: usize) -> u64 {
        self.start(self.places.of(buffer)).unwrap_or(0)
    }
}

/// What is taken of a memory that can grow.
#[derive(Debug)]
pub(crate) struct Heap {
    /// Where it begins, in bytes.
    base: u64,
    /// Where it ends at most.
    pub(crate) most: u64,
    /// What is taken, as starts and ends, in ascending order.
    taken: Vec<(u64, u64)>,
}

impl Heap {
    /// An empty one behind the memory of a layout.
    pub(crate) fn behind(layout: &MemoryLayout) -> Self {
        Self { base: layout.bytes(), most: layout.most_pages() * PAGE, taken: Vec::new() }
    }

    /// Takes so many bytes where there is room first; where they start. `None` if addresses do not reach so far.
    pub(crate) fn take(&mut self, bytes: u64) -> Option<u64> {
        let bytes = bytes.max(1).next_multiple_of(MemoryLayout::UNIT);
        let mut start = self.base;
        let mut place = self.taken.len();
        for (position, &(taken, end)) in self.taken.iter().enumerate() {
            if start + bytes <= taken {
                place = position;
                break;
            }
            start = end;
        }
        let end = start + bytes;
        if end > self.most {
            return None;
        }
        self.taken.insert(place, (start, end));
        Some(start)
    }

    /// Gives back what starts there.
    pub(crate) fn give_back(&mut self, start: u64) {
        self.taken.retain(|&(taken, _)| taken != start);
    }

    /// How many bytes of memory there must be for all of it: whole pages.
    pub(crate) fn end(&self) -> u64 {
        self.taken.last().map_or(self.base, |&(_, end)| end.next_multiple_of(PAGE))
    }
}

/// What memory grows by.
pub(crate) const PAGE: u64 = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_taken_again() {
        let layout = MemoryLayout::of_sizes(std::iter::empty());
        let mut heap = Heap::behind(&layout);
        let base = layout.bytes();
        assert_eq!(heap.end(), base);
        let places = [100, 64, 1].map(|bytes| heap.take(bytes).unwrap());
        assert_eq!(places, [base, base + 128, base + 192]);
        heap.give_back(places[1]);
        assert_eq!(heap.take(65), Some(base + 256));
        assert_eq!(heap.take(64), Some(places[1]));
        places.into_iter().chain([base + 256]).for_each(|start| heap.give_back(start));
        assert_eq!(heap.end(), base);
    }

    #[test]
    fn short_addresses_reach_4_gib() {
        let mut heap = Heap::behind(&MemoryLayout::of_sizes(std::iter::empty()));
        assert_eq!(heap.take(1 << 32), None);
        assert!(heap.take(1 << 31).is_some());
        assert_eq!(heap.take(1 << 31), None);
    }
}
