//! What writes bring and reads ask for, and the parts in which large ones are submitted: while the device copies one part, the host
//! copies the next.

use std::any::Any;
use std::fmt;
use std::ops::Range;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use artifact::ElementType;

use crate::bytes::Bytes;
use crate::data::normalize;
use crate::health::Reply;
use crate::{Contents, Error};

/// What a write brings.
#[derive(Debug)]
pub enum Payload {
    /// All of it.
    Bytes(Arc<Bytes>),
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
            Self::Bytes(bytes) => bytes.len() as u64,
            #[cfg(not(target_arch = "wasm32"))]
            Self::Stream { bytes, .. } => *bytes,
        }
    }

    /// Its parts, of at most so many bytes each if it is not a stream.
    pub(super) fn parts(self, most: u64) -> Box<dyn Iterator<Item = Part>> {
        match self {
            #[cfg(not(target_arch = "wasm32"))]
            Self::Stream { parts, .. } => Box::new(parts.into_iter()),
            Self::Bytes(bytes) => Box::new(split(bytes.len() as u64, most).map(move |part| Part::Bytes {
                bytes: bytes.clone(),
                range: part.start as usize..part.end as usize,
            })),
        }
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(Arc::new(bytes))
    }
}

/// A part of what a write brings.
#[derive(Debug)]
pub enum Part {
    /// Bytes that others of its parts, or others who write the same, share.
    Bytes {
        /// All of them.
        bytes: Arc<Bytes>,
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
            Self::Bytes { range, .. } => range.len() as u64,
            Self::Staged(staged) => staged.bytes,
        }
    }

    /// Its bytes; none if they are the device's.
    pub fn host_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes { bytes, range } => &bytes[range.clone()],
            Self::Staged(_) => &[],
        }
    }
}

impl From<Arc<Bytes>> for Part {
    fn from(bytes: Arc<Bytes>) -> Self {
        let range = 0..bytes.len();
        Self::Bytes { bytes, range }
    }
}

/// Bytes that a device took at the call: see [`crate::backend::Device::stage`].
pub struct Staged {
    /// How many they are.
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
    /// What to call the buffer in messages.
    pub label: Arc<str>,
    /// What the elements are: so it is known how their memory is aligned, and what they are made whatever a kernel left there.
    pub element: ElementType,
    /// Whether the reader takes memory of the device instead of a copy, if the backend lends it.
    pub lent: bool,
    /// Where they go.
    pub reply: Reply<Contents>,
}

impl Read {
    /// Its parts, of at most so many bytes each; what is lent lies in one place.
    pub(super) fn parts(self, most: u64) -> impl Iterator<Item = ReadPart> {
        let (buffer, start, lent) = (self.buffer, self.start, self.lent);
        let parts = split(self.bytes, if lent { u64::MAX } else { most });
        let gathering = Arc::new(Mutex::new(Some(Gathering { read: self, gathered: None })));
        parts.map(move |part| ReadPart {
            buffer,
            start: start + part.start,
            bytes: part.end - part.start,
            lent,
            behind: 0,
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
    /// The latest ticket ([`super::Launch::ticket`]) before it in its submission, or 0.
    pub behind: u32,
    gathering: Arc<Mutex<Option<Gathering>>>,
}

/// What was read so far; `None` once it is answered.
#[derive(Debug)]
struct Gathering {
    read: Read,
    /// `None` before the first part, and without memory.
    gathered: Option<Bytes>,
}

impl ReadPart {
    /// The whole words of 32 bits that it lies in, as a range of the buffer's bytes: GPUs copy nothing else.
    pub fn words(&self) -> Range<u64> {
        self.start / 4 * 4..(self.start + self.bytes).next_multiple_of(4)
    }

    /// Where it lies in these.
    pub fn place_in_words(&self) -> Range<usize> {
        let lead = (self.start % 4) as usize;
        lead..lead + self.bytes as usize
    }

    /// Appends a copy of what was read. Parts answer in order; the last one tells the reader.
    pub fn answer(self, bytes: &[u8]) {
        self.gather(|gathered| gathered.append(bytes));
    }

    /// The same with bytes that are written by a function.
    pub fn answer_by(self, write: impl FnOnce(&mut [u8])) {
        let bytes = self.bytes as usize;
        self.gather(|gathered| write(gathered.append_zeros(bytes)));
    }

    /// Answers with memory of the device, which is all of the read.
    pub fn answer_lent(self, mut memory: Box<dyn Lent>) {
        let gathering = self.gathering.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Gathering { read, .. }) = gathering {
            normalize(read.element, memory.bytes_mut());
            read.reply.send(Ok(Contents::lent(memory)));
        }
    }

    /// Tells the reader that there is no memory for what is read. Further parts are not gathered.
    pub fn refuse(self) {
        let gathering = self.gathering.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Gathering { read, .. }) = gathering {
            read.refuse();
        }
    }

    fn gather(self, add: impl FnOnce(&mut Bytes)) {
        let mut place = self.gathering.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Gathering { read, gathered }) = place.as_mut() else { return };
        let (alignment, all) = (read.element.component().bytes(), read.bytes);
        if gathered.is_none() {
            *gathered = usize::try_from(all).ok().and_then(|all| Bytes::with_room(alignment, all));
        }
        if let Some(gathered) = gathered {
            add(gathered);
            if (gathered.len() as u64) < all {
                return;
            }
        }
        let complete = place.take();
        // Wakes the reader, so no lock may be held.
        drop(place);
        match complete {
            Some(Gathering { read, gathered: Some(mut bytes) }) => {
                normalize(read.element, &mut bytes);
                read.reply.send(Ok(Contents::copied(bytes)));
            }
            Some(Gathering { read, gathered: None }) => read.refuse(),
            None => {}
        }
    }
}

impl Read {
    /// Tells the reader that there is no memory.
    fn refuse(self) {
        self.reply.send(Err(Error::NoMemory { what: self.label.to_string(), bytes: self.bytes }));
    }
}

/// Memory of a device that a reader has for a while: it goes back when this is dropped.
pub trait Lent: Send + Sync {
    /// What was read, aligned for elements of up to 8 bytes.
    fn bytes(&self) -> &[u8];

    /// The same to change; nobody else has it.
    fn bytes_mut(&mut self) -> &mut [u8];
}

/// The ranges of at most `most` bytes that make up so many bytes.
fn split(bytes: u64, most: u64) -> impl Iterator<Item = Range<u64>> {
    let count = bytes.div_ceil(most);
    (0..count).map(move |part| part * most..bytes.min((part + 1).saturating_mul(most)))
}
