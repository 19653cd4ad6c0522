//! What was read, where it lies.

use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::queue::Lent;

/// The contents of a buffer: `f32` in row-major order, a vec3 in four floats of which the last is zero.
///
/// They are a copy, or lie in memory where the device wrote them. That is the reader's alone until this is dropped, and stays so when the
/// session ends or the device is lost.
pub struct Floats(Place);

enum Place {
    Copied(Vec<u32>),
    Lent(Box<dyn Lent>),
}

impl Floats {
    pub(crate) fn copied(words: Vec<u32>) -> Self {
        Self(Place::Copied(words))
    }

    pub(crate) fn lent(memory: Box<dyn Lent>) -> Self {
        Self(Place::Lent(memory))
    }

    /// Whether they lie where the device wrote them.
    pub fn is_lent(&self) -> bool {
        matches!(self.0, Place::Lent(_))
    }

    /// The floats in a vector, which are copied if the device lent its memory.
    pub fn into_vec(self) -> Vec<f32> {
        bytemuck::cast_vec(self.into_words())
    }

    /// The same, as words.
    pub(crate) fn into_words(self) -> Vec<u32> {
        match self.0 {
            Place::Copied(words) => words,
            Place::Lent(memory) => {
                let mut words = crate::bulk::room(memory.words().len());
                crate::bulk::append(&mut words, bytemuck::cast_slice(memory.words()));
                words
            }
        }
    }
}

impl Deref for Floats {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        bytemuck::cast_slice(match &self.0 {
            Place::Copied(words) => words,
            Place::Lent(memory) => memory.words(),
        })
    }
}

impl DerefMut for Floats {
    fn deref_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(match &mut self.0 {
            Place::Copied(words) => words,
            Place::Lent(memory) => memory.words_mut(),
        })
    }
}

impl PartialEq for Floats {
    fn eq(&self, other: &Self) -> bool {
        self[..] == other[..]
    }
}

impl fmt::Debug for Floats {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Floats").field("len", &self.len()).field("is_lent", &self.is_lent()).finish()
    }
}
