//! Bytes of the host, in memory that is aligned for the elements that they are.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytemuck::allocation::try_cast_vec;
use bytemuck::{AnyBitPattern, NoUninit, Pod};

use crate::bulk;

/// Bytes in a vector of words as wide as the components of their elements: vectors of elements become bytes without a copy, and bytes
/// become vectors of elements.
#[derive(Clone)]
pub struct Bytes(Words);

#[derive(Clone)]
enum Words {
    W8(Vec<u8>),
    W16(Vec<u16>),
    W32(Vec<u32>),
    W64(Vec<u64>),
}

/// Does the same with whichever vector it is.
macro_rules! each {
    ($words:expr, $vector:ident => $does:expr) => {
        match $words {
            Words::W8($vector) => $does,
            Words::W16($vector) => $does,
            Words::W32($vector) => $does,
            Words::W64($vector) => $does,
        }
    };
}

impl Bytes {
    /// None, and room for so many in memory aligned to `alignment` bytes: 1, 2, 4 or 8. `None` if there is no memory.
    pub(crate) fn with_room(alignment: usize, bytes: usize) -> Option<Self> {
        Some(Self(match alignment {
            8 => Words::W64(bulk::room(bytes / 8)?),
            4 => Words::W32(bulk::room(bytes / 4)?),
            2 => Words::W16(bulk::room(bytes / 2)?),
            _ => Words::W8(bulk::room(bytes)?),
        }))
    }

    /// A copy of bytes that are only to be passed on: it is aligned for nothing. `None` if there is no memory.
    pub(crate) fn try_copied(bytes: &[u8]) -> Option<Self> {
        bulk::try_copy(bytes).map(|copy| Self(Words::W8(copy)))
    }

    /// The same for who has no answer to that.
    pub(crate) fn copied(bytes: &[u8]) -> Self {
        Self(Words::W8(bulk::copy(bytes)))
    }

    /// Appends bytes, a multiple of the alignment.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        each!(&mut self.0, words => bulk::append(words, bytes));
    }

    /// Appends so many zeros, a multiple of the alignment. They are returned, to be written.
    pub(crate) fn append_zeros(&mut self, bytes: usize) -> &mut [u8] {
        let start = self.len();
        each!(&mut self.0, words => append_zeros(words, bytes));
        &mut self[start..]
    }

    /// Replaces them by others in the same memory.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn refill(&mut self, bytes: &[u8]) {
        each!(&mut self.0, words => words.clear());
        self.append(bytes);
    }

    /// The number of bytes that fit without another allocation.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn capacity(&self) -> usize {
        each!(&self.0, words => capacity(words))
    }

    /// The elements that they are, in the same memory if it is aligned as vectors of these are, else in a copy. A broken element at the end
    /// is left out.
    pub fn into_vec<T: NoUninit + AnyBitPattern>(self) -> Vec<T> {
        each!(self.0, words => try_cast_vec(words).unwrap_or_else(|(_, words)| bulk::copy(bytemuck::cast_slice(&words))))
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn capacity<T>(words: &Vec<T>) -> usize {
    words.capacity() * size_of::<T>()
}

fn append_zeros<T: Pod>(words: &mut Vec<T>, bytes: usize) {
    words.resize(words.len() + bytes / size_of::<T>(), T::zeroed());
}

impl<T: NoUninit> From<Vec<T>> for Bytes {
    fn from(elements: Vec<T>) -> Self {
        let words = match align_of::<T>() {
            1 => try_cast_vec(elements).map(Words::W8),
            2 => try_cast_vec(elements).map(Words::W16),
            4 => try_cast_vec(elements).map(Words::W32),
            _ => try_cast_vec(elements).map(Words::W64),
        };
        words.map_or_else(|(_, elements)| Self::copied(as_bytes(&elements)), Self)
    }
}

/// The bytes of elements, where they lie.
pub fn as_bytes<T: NoUninit>(elements: &[T]) -> &[u8] {
    bytemuck::cast_slice(elements)
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        each!(&self.0, words => bytemuck::cast_slice(words))
    }
}

impl DerefMut for Bytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        each!(&mut self.0, words => bytemuck::cast_slice_mut(words))
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Bytes").field("len", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_of_elements_come_and_go_without_a_copy() {
        fn round_trip<T: Pod + PartialEq>(elements: Vec<T>) {
            let (place, copy) = (elements.as_ptr(), elements.clone());
            let bytes = Bytes::from(elements);
            assert_eq!(bytes[..], *as_bytes(&copy));
            let elements: Vec<T> = bytes.into_vec();
            assert!(elements.as_ptr() == place && elements == copy);
        }
        round_trip(vec![1_u8, 2, 255]);
        round_trip(vec![-1_i16, 7]);
        round_trip(vec![half::f16::ONE, half::f16::NEG_INFINITY]);
        round_trip(vec![0.5_f32, -0.0]);
        round_trip(vec![[1_i32, -2], [3, 4]]);
        round_trip(vec![1e300_f64]);
        round_trip(Vec::<u32>::new());
    }

    #[test]
    fn bytes_of_another_alignment_are_copied() {
        let bytes = Bytes::copied(&[1, 0, 2, 0, 9]);
        assert_eq!(bytes.into_vec::<u16>(), [1, 2]);
    }

    #[test]
    fn what_is_appended_is_aligned() {
        for alignment in [1, 2, 4, 8] {
            let mut bytes = Bytes::with_room(alignment, 16).unwrap();
            bytes.append(&[1; 8]);
            bytes.append_zeros(8)[7] = 2;
            assert_eq!((bytes[0], bytes[7], bytes[8], bytes[15], bytes.len()), (1, 1, 0, 2, 16));
            assert!(bytes.as_ptr().addr().is_multiple_of(alignment));
        }
        let mut kept = Bytes::copied(&[1, 2, 3]);
        let (place, capacity) = (kept.as_ptr(), kept.capacity());
        kept.refill(&[4]);
        assert_eq!((kept.as_ptr(), kept.capacity(), &kept[..]), (place, capacity, &[4][..]));
    }
}
