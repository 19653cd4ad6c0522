//! What writes bring and reads ask for, and the parts in which large ones are submitted: while the device copies one part, the host
//! copies the next.

use std::any::Any;
use std::fmt;
use std::ops::Range;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use crate::data::zero_pads;
use crate::health::Reply;
use crate::{Floats, bulk};

/// What a write brings.
#[derive(Debug)]
pub enum Payload {
    /// All of it.
    Floats(Arc<Vec<f32>>),
    /// Parts that the caller is still copying, in order. The command is in its place in the queue meanwhile, and whoever plans it waits
    /// for the caller, who waits for nobody. Not in pages.
    #[cfg(not(target_arch = "wasm32"))]
    Stream {
        /// The parts.
        parts: Receiver<Part>,
        /// How many bytes they have together.
        bytes: u64,
    },
}

impl Payload {
    /// A stream of so many bytes, and where its parts go.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn stream(bytes: u64) -> (Sender<Part>, Self) {
        let (sender, parts) = channel();
        (sender, Self::Stream { parts, bytes })
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Floats(floats) => floats.len() as u64 * 4,
            #[cfg(not(target_arch = "wasm32"))]
            Self::Stream { bytes, .. } => *bytes,
        }
    }

    /// Its parts, of at most so many bytes each if it is not a stream.
    pub(super) fn parts(self, most: u64) -> Box<dyn Iterator<Item = Part>> {
        match self {
            #[cfg(not(target_arch = "wasm32"))]
            Self::Stream { parts, .. } => Box::new(parts.into_iter()),
            Self::Floats(floats) => {
                let parts = split(floats.len() as u64 * 4, most);
                let range = |range: Range<u64>| range.start as usize / 4..range.end as usize / 4;
                Box::new(parts.map(move |part| Part::Floats { floats: floats.clone(), range: range(part) }))
            }
        }
    }
}

impl From<Vec<f32>> for Payload {
    fn from(floats: Vec<f32>) -> Self {
        Self::Floats(Arc::new(floats))
    }
}

/// A part of what a write brings.
#[derive(Debug)]
pub enum Part {
    /// Floats that others of its parts, or others who write the same, share.
    Floats {
        /// All of them.
        floats: Arc<Vec<f32>>,
        /// Which of them.
        range: Range<usize>,
    },
    /// What lies in memory of the device already.
    Staged(Staged),
}

impl Part {
    /// How many bytes it has.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Floats { range, .. } => range.len() as u64 * 4,
            Self::Staged(staged) => staged.bytes,
        }
    }

    /// Its bytes; none if they are the device's.
    pub fn host_bytes(&self) -> &[u8] {
        match self {
            Self::Floats { floats, range } => bytemuck::cast_slice(&floats[range.clone()]),
            Self::Staged(_) => &[],
        }
    }
}

impl From<Arc<Vec<f32>>> for Part {
    fn from(floats: Arc<Vec<f32>>) -> Self {
        let range = 0..floats.len();
        Self::Floats { floats, range }
    }
}

/// Floats that a device took at the call: see [`crate::backend::Device::stage`].
pub struct Staged {
    /// How many bytes they have.
    pub bytes: u64,
    /// The backend's own.
    pub memory: Box<dyn Any + Send>,
}

impl fmt::Debug for Staged {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Staged").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

/// A read and who waits for it.
#[derive(Debug)]
pub struct Read {
    /// The buffer.
    pub buffer: usize,
    /// Where to start in it, in bytes: where an element starts.
    pub start: u64,
    /// How many bytes to read.
    pub bytes: u64,
    /// Whether every fourth word is the pad of a vec3, which reads as zero whatever a kernel left there.
    pub zero_pads: bool,
    /// Whether the reader takes memory of the device instead of a copy, if the backend lends it.
    pub lent: bool,
    /// Where its floats go.
    pub reply: Reply<Floats>,
}

impl Read {
    /// Its parts, of at most so many bytes each; what is lent lies in one place.
    pub(super) fn parts(self, most: u64) -> impl Iterator<Item = ReadPart> {
        let (buffer, start, lent) = (self.buffer, self.start, self.lent);
        let parts = split(self.bytes, if lent { u64::MAX } else { most });
        let gathering = Arc::new(Mutex::new(Some(Gathering { read: self, words: Vec::new() })));
        parts.map(move |part| ReadPart {
            buffer,
            start: start + part.start,
            bytes: part.end - part.start,
            lent,
            gathering: gathering.clone(),
        })
    }
}

/// A part of a read, or all of it. Dropped without an answer, it tells the reader why.
#[derive(Debug)]
pub struct ReadPart {
    /// The buffer.
    pub buffer: usize,
    /// Where to start in it, in bytes.
    pub start: u64,
    /// How many bytes to read.
    pub bytes: u64,
    /// Whether the reader takes memory of the device instead of a copy. It is all of the read then.
    pub lent: bool,
    gathering: Arc<Mutex<Option<Gathering>>>,
}

/// What was read so far; `None` once it is answered.
#[derive(Debug)]
struct Gathering {
    read: Read,
    words: Vec<u32>,
}

impl ReadPart {
    /// Appends a copy of what was read. Parts answer in order; the last one tells the reader.
    pub fn answer(self, bytes: &[u8]) {
        self.gather(|gathering| {
            if gathering.words.capacity() == 0 {
                gathering.words = bulk::room(gathering.read.bytes as usize / 4);
            }
            bulk::append(&mut gathering.words, bytes);
        });
    }

    /// The same with words that the reader gets as they are, if they are all of the read.
    pub fn answer_owned(self, words: Vec<u32>) {
        self.gather(|gathering| match gathering.words.is_empty() {
            true => gathering.words = words,
            false => bulk::append(&mut gathering.words, bytemuck::cast_slice(&words)),
        });
    }

    /// Answers with memory of the device, which is all of the read.
    pub fn answer_lent(self, mut memory: Box<dyn Lent>) {
        let gathering = self.gathering.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Gathering { read, .. }) = gathering {
            if read.zero_pads {
                zero_pads(bytemuck::cast_slice_mut(memory.words_mut()));
            }
            read.reply.send(Ok(Floats::lent(memory)));
        }
    }

    fn gather(self, add: impl FnOnce(&mut Gathering)) {
        let mut place = self.gathering.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gathering) = place.as_mut() {
            add(gathering);
        }
        let complete = |gathering: &mut Gathering| gathering.words.len() as u64 * 4 >= gathering.read.bytes;
        let complete = place.take_if(complete);
        drop(place);
        // Wakes the reader, so no lock may be held.
        if let Some(Gathering { read, mut words }) = complete {
            if read.zero_pads {
                zero_pads(bytemuck::cast_slice_mut(&mut words));
            }
            read.reply.send(Ok(Floats::copied(words)));
        }
    }
}

/// Memory of a device that a reader has for a while: it goes back when this is dropped.
pub trait Lent: Send + Sync {
    /// What was read.
    fn words(&self) -> &[u32];

    /// The same to change; nobody else has it.
    fn words_mut(&mut self) -> &mut [u32];
}

/// The ranges of at most `most` bytes that make up so many bytes.
fn split(bytes: u64, most: u64) -> impl Iterator<Item = Range<u64>> {
    let count = bytes.div_ceil(most);
    (0..count).map(move |part| part * most..bytes.min((part + 1).saturating_mul(most)))
}
