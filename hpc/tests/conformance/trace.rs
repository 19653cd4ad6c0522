//! What the oracle recorded; `tests/oracle/trace.js` writes it.

use std::collections::BTreeMap;

use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Traces {
    pub(crate) cases: Vec<Case>,
}

/// One program: what it made and called, in order.
#[derive(Clone, Deserialize)]
pub(crate) struct Case {
    /// Its path below `tests/conformance/`, such as `language/switch_nested`.
    pub(crate) name: String,
    pub(crate) title: String,
    /// Why some drivers cannot run it.
    pub(crate) judges: BTreeMap<String, String>,
    /// `gpu` and `cpu`, where the expectation depends on it.
    pub(crate) backends: Vec<String>,
    pub(crate) interfaces: Vec<Interface>,
    pub(crate) steps: Vec<Step>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Interface {
    pub(crate) buffers: Vec<Buffer>,
    pub(crate) uniforms: Vec<Uniform>,
    pub(crate) canvas: Option<[u32; 2]>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Buffer {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) size: Vec<u32>,
    /// The components of all elements, without padding; none for zeros.
    pub(crate) data: Vec<Number>,
}

#[derive(Clone, Deserialize)]
pub(crate) struct Uniform {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) ty: String,
    pub(crate) value: Vec<Number>,
}

/// One call on one interface.
#[derive(Clone, Deserialize)]
pub(crate) struct Step {
    pub(crate) interface: usize,
    #[serde(flatten)]
    pub(crate) call: Call,
    /// Set if the call must be refused; for a kernel it may be the code of the mistake.
    pub(crate) fails: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase")]
pub(crate) enum Call {
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

#[derive(Clone, Deserialize)]
pub(crate) struct Data {
    #[serde(rename = "type")]
    pub(crate) ty: String,
    /// The extents of the nested arrays, if they are regular.
    pub(crate) shape: Option<Vec<u32>>,
    pub(crate) components: Vec<Number>,
}

/// What a read must give, and how closely.
#[derive(Clone, Deserialize)]
pub(crate) struct Expected {
    #[serde(rename = "expect")]
    pub(crate) values: Vec<Number>,
    pub(crate) tolerance: Tolerance,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Tolerance {
    Class(Class),
    Custom {
        relative: f32,
        absolute: f32,
        /// The share of the elements that must agree, where a few may fall on the other side of an edge.
        #[serde(default = "all")]
        share: f32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Class {
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
pub(crate) enum Number {
    Plain(f64),
    Text(String),
}

impl Number {
    pub(crate) fn single(&self) -> f32 {
        match self {
            Self::Plain(value) => *value as f32,
            Self::Text(text) => text.parse().unwrap_or(f32::NAN),
        }
    }

    /// The value as a number of threads, if Rust can write it as one.
    pub(crate) fn extent(&self) -> Option<u32> {
        match *self {
            Self::Plain(value) if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) => {
                Some(value as u32)
            }
            _ => None,
        }
    }
}

pub(crate) fn singles(numbers: &[Number]) -> Vec<f32> {
    numbers.iter().map(Number::single).collect()
}
