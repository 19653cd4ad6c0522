//! Artifacts and interfaces as text, to be kept in files and bundles and handed from one module to another.
//!
//! The text is postcard's encoding with the number of the format in front, of which bytes that are no printable ASCII are written like `%0a`.
//! So shaders can be read in it, it survives whatever bundlers and servers think of encodings, and reading it takes little code, of which
//! pages download every byte.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Artifact, Interface};

/// Raised with every change of what is stored, and of what stored code expects of the runtime: layouts, bindings, names.
const FORMAT: u32 = 5;

/// Lines stay lines.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'%').remove(b'\n');

/// Why a text is no artifact that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// The text is no artifact, or was changed.
    #[error("this is no compiled kernel ({0}): compile it again")]
    Malformed(String),
    /// Another version has stored it.
    #[error(
        "the kernel was compiled by another version of HPC.js (format {0}, and this one reads {FORMAT}): compile it again"
    )]
    Format(u32),
}

impl Artifact {
    /// The artifact as text. It can be read by the versions of HPC.js that have the same format.
    pub fn to_text(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Artifact::to_text`] made.
    ///
    /// # Errors
    ///
    /// [`StoredError`] says why it cannot be used.
    pub fn from_text(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }
}

impl Interface {
    /// The interface as text, for a compiler of the same version that is elsewhere.
    pub fn to_text(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Interface::to_text`] made.
    ///
    /// # Errors
    ///
    /// [`StoredError`] says why it cannot be used.
    pub fn from_text(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }
}

fn to_text(value: &impl Serialize) -> String {
    // Without `expect`, which would bring code that prints what is wrong to pages.
    let Ok(bytes) = postcard::to_allocvec(&(FORMAT, value)) else {
        unreachable!("plain data fits in memory")
    };
    percent_encode(&bytes, ESCAPED).to_string()
}

fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, StoredError> {
    let malformed = |why: &str| StoredError::Malformed(why.into());
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    // Another format may differ in everything but its number.
    let (format, rest) = postcard::take_from_bytes(&bytes).map_err(|_| malformed("it is empty"))?;
    if format != FORMAT {
        return Err(StoredError::Format(format));
    }
    match postcard::take_from_bytes(rest) {
        Ok((value, [])) => Ok(value),
        Ok(_) => Err(malformed("it goes on behind its end")),
        Err(_) => Err(malformed("it is damaged, or cut off")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Access, Bound, BufferBinding, BufferDescription, Code, Conditions, ElementType, Factor, Form,
        Interface, Params, Pattern, Term, UniformField, UniformPart, Wasm,
    };

    fn artifact() -> Artifact {
        let buffer = BufferDescription { name: "a".into(), element: ElementType::Vec2, size: vec![4, 500] };
        Artifact {
            interface: Interface { buffers: vec![buffer], using_cpu: true, ..Interface::default() },
            code: Code::Wasm(Wasm {
                common: vec![0, 97, 115, 109],
                general: Some(vec![255]),
                text: "kernel".into(),
                scratch: 16,
                starts: vec![(3, 40)],
            }),
            common: Conditions {
                integers: vec![UniformPart { uniform: 2, component: None }],
                small: Vec::new(),
                bounds: vec![Bound {
                    terms: vec![Term { coefficient: -3, factors: vec![Factor::Extent(1)] }],
                    limit: 1 << 31,
                }],
            },
            buffers: vec![BufferBinding { buffer: 0, binding: 1, access: Access::Read }],
            canvas: None,
            params: Params {
                uniforms: vec![UniformField { uniform: 2, form: Form::Double, offset: 32 }],
                size: 48,
                random: false,
            },
            lane_axis: 1,
            axes_used: [true, true, false],
            pattern: Pattern::Streaming,
            explanation: "short".into(),
        }
    }

    /// If this changes, `FORMAT` does.
    const FORMAT_5: &str = concat!(
        "%05%01%01a%0B%02%04%F4%03%00%00%01%00%00%00%01%04%00asm%01%01%FF%06kernel%10%01%03(%01%02%00%00%01%01%05%01%00%01",
        "%80%80%80%80%10%01%00%01%00%00%01%02%02 0%00%01%01%01%00%00%05short",
    );

    #[test]
    fn what_is_stored_stays_as_it_is() {
        assert_eq!(artifact().to_text(), FORMAT_5);
        assert_eq!(Artifact::from_text(FORMAT_5), Ok(artifact()));
        let interface = artifact().interface;
        assert_eq!(Interface::from_text(&interface.to_text()), Ok(interface));
    }

    #[test]
    fn other_versions_and_other_texts_are_refused() {
        assert_eq!(Artifact::from_text("%06quite different"), Err(StoredError::Format(6)));
        assert!(matches!(Artifact::from_text(""), Err(StoredError::Malformed(_))));
        let longer = format!("{FORMAT_5}!");
        let foreign = FORMAT_5.replace("kernel", "kernél");
        let cut = (0..FORMAT_5.len()).filter_map(|end| FORMAT_5.get(..end));
        for text in cut.chain([longer.as_str(), foreign.as_str(), "%05%FF%FF%FF%FF%FF%"]) {
            assert!(Artifact::from_text(text).is_err(), "{text:?}");
        }
    }
}
