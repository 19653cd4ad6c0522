//! The memory that the host and the code of all kernels of an interface share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use memmap2::MmapRaw;

use crate::Error;

/// From this size on, the system is asked for large pages: kernels that go down columns touch a page with each access. Smaller memory
/// would rather not take megabytes. (Two thirds of this may be scratch memory that nobody touches.)
#[cfg(target_os = "linux")]
const LARGE: usize = 24 * 1024 * 1024;

/// The number of the word that code looks at, and of that in which it says why it gave up.
const STOP: usize = 0;
const REASON: usize = 1;

/// What the first word says: that code may run, or that it is to stop, for good or for this run.
const GOING: u32 = 0;
const STOPPED: u32 = 1;
const PAUSED: u32 = 2;

/// The memory of an interface, and the right to look at it: only the owner reads and writes, and only while no code runs,
/// because [`crate::Program::run`] borrows it.
#[derive(Debug)]
pub struct Memory(Shared);

/// The same memory, for instances that will run in it and for who wants to stop them.
#[derive(Clone, Debug)]
pub struct Shared(Arc<Mapping>);

/// Zeroed pages, which the system provides when they are first touched.
#[derive(Debug)]
pub(crate) struct Mapping(MmapRaw);

impl Memory {
    /// Zeroed memory of so many bytes, a positive multiple of 64 KiB.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`].
    pub fn new(bytes: u64) -> Result<Self, Error> {
        let out_of_memory = || Error::OutOfMemory { bytes };
        let size = usize::try_from(bytes).ok().filter(|size| *size <= isize::MAX as usize);
        let size = size.ok_or_else(out_of_memory)?;
        let pages = memmap2::MmapMut::map_anon(size).map_err(|_| out_of_memory())?;
        #[cfg(target_os = "linux")]
        if size >= LARGE {
            // Only a wish: without large pages it is slower.
            let _ = pages.advise(memmap2::Advice::HugePage);
        }
        Ok(Self(Shared(Arc::new(Mapping(pages.into())))))
    }

    /// Another memory, of at least as many bytes, that begins with what is in this one.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`].
    pub fn enlarged(&mut self, bytes: u64) -> Result<Self, Error> {
        let held = self.0.0.bytes();
        let mut larger = Self::new(bytes.max(held as u64))?;
        // The words that code looks at are new: nobody was told yet to stop there.
        let first = (REASON + 1) * size_of::<u32>();
        let rest = self.bytes(first as u64, held - first);
        larger.write(first as u64, rest);
        Ok(larger)
    }

    /// How many bytes it has.
    pub fn byte_count(&self) -> u64 {
        self.0.0.bytes() as u64
    }

    /// Makes so many bytes from the byte `at` on zeros.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn clear(&mut self, at: u64, count: usize) {
        let to = self.place(at, count);
        // SAFETY: as in `write`.
        unsafe { to.write_bytes(0, count) }
    }

    /// Whether code that runs in it was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.is_stopped()
    }

    /// The same memory, to make programs for it or to stop them.
    pub fn share(&self) -> Shared {
        self.0.clone()
    }

    /// So many bytes from the byte `at` on, until code runs again.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn bytes(&mut self, at: u64, count: usize) -> &[u8] {
        let from = self.place(at, count);
        // SAFETY: `place` checked that the bytes are inside; no code runs, as that borrows `self`, and nobody else writes. The memory has
        // been zeroed.
        unsafe { std::slice::from_raw_parts(from, count) }
    }

    /// Replaces the bytes from the byte `at` on.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn write(&mut self, at: u64, bytes: &[u8]) {
        let to = self.place(at, bytes.len());
        // SAFETY: as in `bytes`; these are somebody else's, so they do not overlap.
        unsafe { to.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) }
    }

    /// Copies so many bytes from one place to another.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn copy(&mut self, from: u64, to: u64, count: usize) {
        let (from, to) = (self.place(from, count), self.place(to, count));
        // SAFETY: as in `bytes`; the two may overlap.
        unsafe { to.copy_from(from, count) }
    }

    fn place(&self, at: u64, count: usize) -> *mut u8 {
        let mapping = &self.0.0;
        let end = usize::try_from(at).ok().and_then(|at| at.checked_add(count));
        assert!(end.is_some_and(|end| end <= mapping.bytes()), "outside of the memory");
        // SAFETY: the place is inside of the allocation.
        unsafe { mapping.start().add(at as usize) }
    }

    pub(crate) fn is(&self, shared: &Shared) -> bool {
        Arc::ptr_eq(&self.0.0, &shared.0)
    }
}

impl Shared {
    /// Makes running code stop at its next look at the first word of the memory, and code that starts later as well.
    pub fn stop(&self) {
        self.0.word(STOP).store(STOPPED, Ordering::Relaxed);
    }

    /// Whether code was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.0.word(STOP).load(Ordering::Relaxed) == STOPPED
    }

    /// Why code gave up; zero if none did.
    pub(crate) fn reason(&self) -> u32 {
        self.0.word(REASON).load(Ordering::Relaxed)
    }

    /// Makes what is running stop likewise, until [`Shared::resume`].
    pub(crate) fn pause(&self) {
        self.change(GOING, PAUSED);
    }

    /// Lets code run again that was stopped by [`Shared::pause`], and forgets why.
    pub(crate) fn resume(&self) {
        self.0.word(REASON).store(0, Ordering::Relaxed);
        self.change(PAUSED, GOING);
    }

    /// Who stops for good has the last word.
    fn change(&self, from: u32, to: u32) {
        let _ = self.0.word(STOP).compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed);
    }

    pub(crate) fn mapping(&self) -> Arc<Mapping> {
        self.0.clone()
    }
}

impl Mapping {
    pub(crate) fn bytes(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn start(&self) -> *mut u8 {
        self.0.as_mut_ptr()
    }

    /// The word of this number, of the first two.
    fn word(&self, number: usize) -> &AtomicU32 {
        assert!(number <= REASON, "the others are not atomic");
        // SAFETY: the word is inside and aligned, lives as long as the mapping, and everybody accesses it atomically: the host
        // here, code by `i32.atomic.load` and `i32.atomic.store`. Nothing else lies there, and the host writes nothing there.
        unsafe { AtomicU32::from_ptr(self.start().cast::<u32>().add(number)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_copied() {
        let mut memory = Memory::new(1 << 20).unwrap();
        memory.write(65, &[1, 2, 3]);
        memory.copy(65, 130, 3);
        assert_eq!(memory.bytes(129, 5), [0, 1, 2, 3, 0]);
    }

    #[test]
    #[should_panic(expected = "outside of the memory")]
    fn nothing_is_read_past_the_end() {
        Memory::new(1 << 16).unwrap().bytes((1 << 16) - 1, 2);
    }

    #[test]
    fn memory_that_there_is_not_is_an_error() {
        assert!(matches!(Memory::new(1 << 60), Err(Error::OutOfMemory { .. })));
        assert!(matches!(Memory::new(u64::MAX), Err(Error::OutOfMemory { .. })));
    }
}
