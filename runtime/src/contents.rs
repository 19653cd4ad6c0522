//! What was read, where it lies.

use std::fmt;
use std::ops::{Deref, DerefMut};

use bytemuck::{AnyBitPattern, NoUninit};

use crate::bulk;
use crate::bytes::Bytes;
use crate::queue::Lent;

/// The contents of a buffer, or of a part of it: bytes in row-major order, aligned for the components of its elements. An element of three
/// components takes four, of which the last is zero; a boolean is a byte that is 0 or 1.
///
/// They are a copy, or lie in memory where the device wrote them. That is the reader's alone until this is dropped, and stays so when the
/// session ends or the device is lost.
pub struct Contents(Place);

enum Place {
    Copied(Bytes),
    Lent(Box<dyn Lent>),
}

impl From<Vec<u8>> for Contents {
    /// Bytes that were read elsewhere.
    fn from(bytes: Vec<u8>) -> Self {
        Self::copied(bytes.into())
    }
}

impl Contents {
    pub(crate) fn copied(bytes: Bytes) -> Self {
        Self(Place::Copied(bytes))
    }

    pub(crate) fn lent(memory: Box<dyn Lent>) -> Self {
        Self(Place::Lent(memory))
    }

    /// Whether they lie where the device wrote them.
    pub fn is_lent(&self) -> bool {
        matches!(self.0, Place::Lent(_))
    }

    /// The bytes that they are: those of a copy, or a copy of them.
    pub(crate) fn into_bytes(self) -> Bytes {
        match self.0 {
            Place::Copied(bytes) => bytes,
            Place::Lent(memory) => Bytes::from(memory.bytes().to_vec()),
        }
    }

    /// The elements that they are, in a vector: in the same memory if it is a copy and these are the buffer's own components or elements.
    pub fn into_vec<T: NoUninit + AnyBitPattern>(self) -> Vec<T> {
        match self.0 {
            Place::Copied(bytes) => bytes.into_vec(),
            Place::Lent(memory) => bulk::copy(memory.bytes()),
        }
    }

    /// The elements that they are, where they lie; `None` if they are no whole ones, or not aligned as these are.
    pub fn elements<T: AnyBitPattern>(&self) -> Option<&[T]> {
        bytemuck::try_cast_slice(self).ok()
    }

    /// The same to change.
    pub fn elements_mut<T: NoUninit + AnyBitPattern>(&mut self) -> Option<&mut [T]> {
        bytemuck::try_cast_slice_mut(self).ok()
    }
}

impl Deref for Contents {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Place::Copied(bytes) => bytes,
            Place::Lent(memory) => memory.bytes(),
        }
    }
}

impl DerefMut for Contents {
    fn deref_mut(&mut self) -> &mut [u8] {
        match &mut self.0 {
            Place::Copied(bytes) => bytes,
            Place::Lent(memory) => memory.bytes_mut(),
        }
    }
}

impl PartialEq for Contents {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl fmt::Debug for Contents {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Contents")
            .field("len", &self.len())
            .field("is_lent", &self.is_lent())
            .finish()
    }
}
