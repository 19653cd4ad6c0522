//! What kernels tell by `console.log`: where calls stand, and how what they tell lies in the buffer that it comes back in.
//!
//! An interface whose kernels may log has a buffer more than its user declared, of words, behind those that it was opened with:
//!
//! | word | what |
//! |---|---|
//! | 0 | how many calls there were, or [`Log::MANY`] and some |
//! | 1… | records, each of [`Log::RECORD`] words |
//!
//! | word of a record | what |
//! |---|---|
//! | 0 | which call it is: its place in [`crate::Artifact::log`] |
//! | 1 | of each number what it is, two bits each, the first one lowest: see [`LogKind`] |
//! | 2, 3, 4 | the thread id |
//! | 5… | the numbers, two words each, the low one first; an integer, a single or a boolean takes one of them |
//!
//! Records lie in the order in which calls came, those of one thread in the thread's own.

use serde::{Deserialize, Serialize};

use crate::{BufferDescription, ElementType, Interface};

/// A call of `console.log`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LogCall {
    /// Its line in the kernel's text, from 1.
    pub line: u32,
    /// What it tells.
    pub parts: Vec<LogPart>,
}

/// An argument of `console.log`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LogPart {
    /// A string that is written there.
    Text(String),
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A vector of so many components and of this type: `vec3`, `vec2i`.
    Vector(u8, String),
}

impl LogPart {
    /// How many numbers of a record it takes.
    pub fn numbers(&self) -> u32 {
        match self {
            Self::Text(_) => 0,
            Self::Number | Self::Boolean => 1,
            Self::Vector(components, _) => u32::from(*components),
        }
    }
}

impl LogCall {
    /// Its line and its parts, with a zero character between them and a quote in front of a text: little to take apart.
    pub fn to_text(&self) -> String {
        let mut text = self.line.to_string();
        for part in &self.parts {
            text.push('\0');
            match part {
                LogPart::Text(part) => {
                    text.push('\'');
                    text.extend(part.chars().filter(|&character| character != '\0'));
                }
                LogPart::Number => text.push_str("number"),
                LogPart::Boolean => text.push_str("boolean"),
                LogPart::Vector(_, name) => text.push_str(name),
            }
        }
        text
    }
}

/// The buffer that calls of `console.log` come back in.
#[derive(Clone, Copy, Debug)]
pub struct Log;

impl Log {
    /// Its name among the interface's buffers.
    pub const BUFFER: &'static str = "hpc__log";
    /// How many calls of a run are kept if nobody says otherwise.
    pub const LIMIT: u32 = 64;
    /// How many may be kept at most.
    pub const LARGEST_LIMIT: u32 = 65_536;
    /// How many numbers a call may tell.
    pub const NUMBERS: u32 = 16;
    /// How many words a record has.
    pub const RECORD: u32 = Self::HEAD + 2 * Self::NUMBERS;
    /// How many of them lie before the numbers.
    pub const HEAD: u32 = 5;
    /// When this many calls have come they are not counted any more.
    pub const MANY: u32 = 1 << 31;

    /// The buffer that keeps so many calls.
    pub fn buffer(limit: u32) -> BufferDescription {
        let size = vec![1 + limit * Self::RECORD];
        BufferDescription { name: Self::BUFFER.into(), element: ElementType::U32, size }
    }

    /// Where an interface has it, and how many calls it keeps.
    pub fn of(interface: &Interface) -> Option<(usize, u32)> {
        let is_log = |buffer: &BufferDescription| buffer.name == Self::BUFFER;
        let buffer = interface.buffers.iter().position(is_log)?;
        Some((buffer, interface.buffers[buffer].size.first()? / Self::RECORD))
    }
}

/// What a number of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// An integer with a sign.
    Signed = 0,
    /// One without; of a boolean 0 or 1.
    Unsigned = 1,
    /// A single.
    Single = 2,
    /// A double.
    Double = 3,
}

impl Interface {
    /// The buffers that its user declared.
    pub fn declared(&self) -> impl Iterator<Item = &BufferDescription> {
        self.buffers.iter().filter(|buffer| buffer.name != Log::BUFFER)
    }
}
