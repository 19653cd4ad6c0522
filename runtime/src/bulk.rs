//! Copying much memory at once. Most of the time of a copy to new memory goes into its pages, one after the other: so it asks for large
//! ones, and several threads share the work.

use std::alloc::Layout;
use std::mem::MaybeUninit;
use std::sync::{Mutex, PoisonError};
use std::thread::Builder;

use bytemuck::AnyBitPattern;

/// The bytes from which a copy is worth another thread.
const THREAD_BYTES: usize = 4 * 1024 * 1024;
/// More threads than that wait for the memory.
const MAX_THREADS: usize = 4;

/// An empty vector with room for so many words, in large pages if the system has them; `None` if there is no memory.
pub(crate) fn room<T>(words: usize) -> Option<Vec<T>> {
    let mut room = Vec::new();
    room.try_reserve_exact(words).ok()?;
    large_pages(bytes_of(room.spare_capacity_mut()));
    Some(room)
}

/// A copy of bytes, as the whole words that they are; `None` if there is no memory.
pub(crate) fn try_copy<T: AnyBitPattern>(bytes: &[u8]) -> Option<Vec<T>> {
    let mut words = room(bytes.len() / size_of::<T>())?;
    append(&mut words, bytes);
    Some(words)
}

/// The same for who has no answer to that: without memory the process ends, as it does wherever a vector grows.
pub(crate) fn copy<T: AnyBitPattern>(bytes: &[u8]) -> Vec<T> {
    try_copy(bytes).unwrap_or_else(|| std::alloc::handle_alloc_error(Layout::for_value(bytes)))
}

/// Appends the whole words that the bytes are.
pub(crate) fn append<T: AnyBitPattern>(words: &mut Vec<T>, bytes: &[u8]) {
    let count = bytes.len() / size_of::<T>();
    words.reserve(count);
    let room = bytes_of(&mut words.spare_capacity_mut()[..count]);
    fill(room, &bytes[..room.len()]);
    // SAFETY: `fill` has written so many words behind the old end, and any bits are a word.
    unsafe { words.set_len(words.len() + count) };
}

fn bytes_of<T>(room: &mut [MaybeUninit<T>]) -> &mut [MaybeUninit<u8>] {
    // SAFETY: the same memory; bytes need no alignment, and whatever is written as bytes may be uninitialized as words are.
    unsafe { std::slice::from_raw_parts_mut(room.as_mut_ptr().cast(), size_of_val(room)) }
}

/// Writes all of `room`, which is as long as `bytes`.
fn fill(room: &mut [MaybeUninit<u8>], bytes: &[u8]) {
    let threads = threads(bytes.len());
    if threads == 1 {
        room.write_copy_of_slice(bytes);
        return;
    }
    let part = bytes.len().div_ceil(threads).max(1);
    let parts = Mutex::new(room.chunks_mut(part).zip(bytes.chunks(part)));
    let next = || parts.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        while let Some((room, bytes)) = next() {
            room.write_copy_of_slice(bytes);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where the system has no thread to spare, the others do its part.
            let _ = Builder::new().name("hpc-copy".into()).spawn_scoped(scope, work);
        }
        work();
    });
}

fn threads(bytes: usize) -> usize {
    if cfg!(target_arch = "wasm32") {
        return 1;
    }
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    match bytes / THREAD_BYTES {
        0 | 1 => 1,
        worth => worth.min(MAX_THREADS).min(cores()),
    }
}

/// Asks for large pages, unless it is too little memory for them to matter.
#[cfg(target_os = "linux")]
fn large_pages(memory: &mut [MaybeUninit<u8>]) {
    const PAGE: usize = 4096;
    let range = memory.as_mut_ptr_range();
    let start = range.start.addr().next_multiple_of(PAGE);
    let bytes = range.end.addr().saturating_sub(start);
    if bytes >= THREAD_BYTES {
        // SAFETY: the pages are inside of the memory, whose contents the call leaves as they are. It is a wish: its failure changes
        // nothing.
        unsafe { libc::madvise(range.start.with_addr(start).cast(), bytes, libc::MADV_HUGEPAGE) };
    }
}

#[cfg(not(target_os = "linux"))]
fn large_pages(_: &mut [MaybeUninit<u8>]) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_appended_in_order_however_many_threads_copy() {
        let source: Vec<u8> = (0..20_000_007_u32).map(|index| (index % 251) as u8).collect();
        let mut words: Vec<u32> = room(source.len() / 4).unwrap();
        // Odd sizes, the second one for several threads; the third one needs more room than there is, and ends in a broken word.
        for part in [&source[..12], &source[12..19_000_004], &source[19_000_004..], &source[..8]] {
            append(&mut words, part);
        }
        let copied: &[u8] = bytemuck::cast_slice(&words);
        assert!(copied[..20_000_004] == source[..20_000_004] && copied[20_000_004..] == source[..8]);
        assert!(copy::<u8>(&source) == source && copy::<u64>(&[]).is_empty());
        assert!(try_copy::<u8>(&source) == Some(source));
        // More than a process can have.
        assert!(room::<u8>(1 << 60).is_none() && room::<u64>(usize::MAX).is_none());
    }
}
