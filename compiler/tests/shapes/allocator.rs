//! An allocator that counts what the process is given, as a measure of work that is the same each time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, which refuses what goes beyond [`MOST`].
pub(crate) struct Counting;

/// How much may be in use at once, in bytes.
const MOST: usize = 512 << 20;

static TOTAL: AtomicUsize = AtomicUsize::new(0);
static IN_USE: AtomicUsize = AtomicUsize::new(0);

/// How much has been allocated in all so far.
pub(crate) fn total() -> usize {
    TOTAL.load(Relaxed)
}

// SAFETY: the system's allocator does it all; this only counts, and a null pointer is what an allocator without memory gives.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        TOTAL.fetch_add(layout.size(), Relaxed);
        if IN_USE.fetch_add(layout.size(), Relaxed) + layout.size() > MOST {
            return std::ptr::null_mut();
        }
        // SAFETY: the caller keeps the rules of `GlobalAlloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        IN_USE.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller keeps the rules of `GlobalAlloc`.
        unsafe { System.dealloc(start, layout) }
    }
}
