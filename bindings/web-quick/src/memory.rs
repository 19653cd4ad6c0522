//! Memory that is taken and never given back: the instance ends with its kernel.

use core::arch::wasm32::{memory_grow, memory_size};
use std::alloc::{GlobalAlloc, Layout};
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

const PAGE: usize = 1 << 16;

#[global_allocator]
static MEMORY: Memory = Memory { end: AtomicUsize::new(0) };

/// What lies beyond the module's own data.
struct Memory {
    /// Where the taken part ends; 0 before anything is taken.
    end: AtomicUsize,
}

impl Memory {
    /// Where the taken part ends.
    fn end(&self) -> usize {
        unsafe extern "C" {
            /// The linker lets it stand where the heap may begin.
            static __heap_base: u8;
        }
        match self.end.load(Relaxed) {
            0 => ptr::addr_of!(__heap_base) as usize,
            end => end,
        }
    }

    /// Lets the taken part end at `end`, if there is so much memory.
    fn reach(&self, end: usize) -> Option<()> {
        let pages = memory_size(0);
        let missing = end.saturating_sub(pages * PAGE).div_ceil(PAGE);
        let grows = |by: usize| memory_grow(0, by) != usize::MAX;
        // Browsers take long for each growth.
        if missing > 0 && !grows(missing.max(pages / 2)) && !grows(missing) {
            return None;
        }
        self.end.store(end, Relaxed);
        Some(())
    }
}

// SAFETY: what is taken begins where all that was taken before ends, at the alignment asked for, in memory that is there, and nobody else
// ever gets it. An instance has one thread.
unsafe impl GlobalAlloc for Memory {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let taken = || {
            let start = self.end().checked_next_multiple_of(layout.align())?;
            self.reach(start.checked_add(layout.size())?)?;
            Some(start as *mut u8)
        };
        taken().unwrap_or(ptr::null_mut())
    }

    // Where nothing is given back, nobody needs code that looks for what could be.
    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let is_last = start as usize + layout.size() == self.end();
        if is_last && (start as usize).checked_add(size).and_then(|end| self.reach(end)).is_some() {
            return start;
        }
        // SAFETY: the caller promises that the size fits, and the new place is not the old one.
        unsafe {
            let other = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !other.is_null() {
                ptr::copy_nonoverlapping(start, other, layout.size().min(size));
            }
            other
        }
    }
}
