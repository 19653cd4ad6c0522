//! What the oracle recorded; `tests/oracle/trace.js` writes it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

/// All that one recording wrote.
#[derive(Deserialize)]
pub(crate) struct Traces {
    pub(crate) cases: Vec<Case>,
}

/// One program: what it made and called, in order.
#[derive(Clone, Deserialize)]
pub struct Case {
    /// Its path below `tests/conformance/`, such as `language/switch_nested`.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// Why some drivers cannot run it.
    pub judges: BTreeMap<String, String>,
    /// `gpu` and `cpu`, where the expectation depends on it.
    pub backends: Vec<String>,
    /// What it makes, in order.
    pub interfaces: Vec<Interface>,
    /// What it calls, in order.
    pub steps: Vec<Step>,
}

/// What an interface declares.
#[derive(Clone, Deserialize)]
pub struct Interface {
    /// In the order of their declaration.
    pub buffers: Vec<Buffer>,
    /// In the order of their declaration.
    pub uniforms: Vec<Uniform>,
    /// The canvas's width and height.
    pub canvas: Option<[u32; 2]>,
}

/// A buffer and what it holds at first.
#[derive(Clone, Deserialize)]
pub struct Buffer {
    /// Its name.
    pub name: String,
    /// The name of its type.
    #[serde(rename = "type")]
    pub ty: String,
    /// One to three extents.
    pub size: Vec<u32>,
    /// The components of all elements, without padding; none for zeros.
    pub data: Vec<Number>,
}

/// A uniform and its value.
#[derive(Clone, Deserialize)]
pub struct Uniform {
    /// Its name.
    pub name: String,
    /// The name of its type, as it crosses from JavaScript to Rust.
    #[serde(rename = "type")]
    pub ty: String,
    /// The numbers that it consists of; 0 or 1 for a boolean.
    pub value: Vec<Number>,
}

/// One call on one interface.
#[derive(Clone, Deserialize)]
pub struct Step {
    /// Position in [`Case::interfaces`].
    pub interface: usize,
    #[serde(flatten)]
    /// What is called.
    pub call: Call,
    /// Set if the call must be refused; for a kernel it may be the code of the mistake.
    pub fails: Option<String>,
}

/// What is called: the names are those of the JavaScript API.
#[allow(missing_docs, reason = "each stands in the documentation of the API")]
#[derive(Clone, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub enum Call {
    CreateKernel {
        source: String,
    },
    Run {
        source: String,
        extents: Vec<Number>,
    },
    SetUniforms {
        values: Vec<Uniform>,
    },
    WriteBuffer {
        name: String,
        data: Data,
    },
    CopyBuffer {
        from: String,
        to: String,
    },
    ReadBuffer {
        name: String,
        #[serde(flatten)]
        expected: Option<Expected>,
    },
    UnmapBuffer {},
    UpdateCanvas {},
    ReadCanvas {
        #[serde(flatten)]
        expected: Option<Expected>,
    },
}

/// What a buffer is to hold.
#[derive(Clone, Deserialize)]
pub struct Data {
    /// The type of all its leaves; anything else cannot be written.
    #[serde(rename = "type")]
    pub ty: String,
    /// The extents of the nested arrays, if they are regular.
    pub shape: Option<Vec<u32>>,
    /// The components of all elements, without padding.
    pub components: Vec<Number>,
}

/// What a read must give, and how closely.
#[derive(Clone, Deserialize)]
pub struct Expected {
    #[serde(rename = "expect")]
    /// The components of a buffer, padding included, or the bytes of an image.
    pub values: Vec<Number>,
    /// How closely.
    pub tolerance: Tolerance,
}

/// How closely a read must agree.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Tolerance {
    /// By a name.
    Class(Class),
    /// By numbers, of which one suffices.
    Custom {
        /// As a share of the expected value.
        relative: f32,
        /// As a number.
        absolute: f32,
        /// The share of the elements that must agree, where a few may fall on the other side of an edge.
        #[serde(default = "all")]
        share: f32,
    },
}

/// The named tolerances; the README of the corpus has them in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// `Exact` if all expected values are integers, else `Arithmetic`.
    Auto,
    /// Equal bits.
    Bits,
    /// Equal numbers.
    Exact,
    /// As `+ - * /` and `sqrt` of correct rounding give, in any order.
    Arithmetic,
    /// As GPUs compute `sin`, `exp` and their like.
    Transcendental,
}

fn all() -> f32 {
    1.0
}

/// A number that JSON may not have: `"NaN"`, `"Infinity"`, `"-Infinity"` and `"-0"` are texts.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Number {
    /// Any other number.
    Plain(f64),
    /// One of these texts.
    Text(String),
}

impl Number {
    /// The value.
    pub fn double(&self) -> f64 {
        match self {
            Self::Plain(value) => *value,
            Self::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    /// The value, rounded.
    pub fn single(&self) -> f32 {
        self.double() as f32
    }

    /// The value as a number of threads, if Rust can write it as one.
    pub fn extent(&self) -> Option<u32> {
        match *self {
            Self::Plain(value) if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) => {
                Some(value as u32)
            }
            _ => None,
        }
    }
}

/// The values.
pub fn doubles(numbers: &[Number]) -> Vec<f64> {
    numbers.iter().map(Number::double).collect()
}

/// The values, rounded.
pub fn singles(numbers: &[Number]) -> Vec<f32> {
    numbers.iter().map(Number::single).collect()
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CreateKernel { .. } => write!(formatter, "createKernel"),
            Self::Run { extents, .. } => write!(formatter, "run {:?}", singles(extents)),
            Self::SetUniforms { .. } => write!(formatter, "setUniforms"),
            Self::WriteBuffer { name, .. } => write!(formatter, "writeBuffer {name}"),
            Self::CopyBuffer { from, to } => write!(formatter, "copyBuffer {from} to {to}"),
            Self::ReadBuffer { name, .. } => write!(formatter, "readBuffer {name}"),
            Self::UnmapBuffer {} => write!(formatter, "unmapBuffer"),
            Self::UpdateCanvas {} => write!(formatter, "updateCanvas"),
            Self::ReadCanvas { .. } => write!(formatter, "readCanvas"),
        }
    }
}
