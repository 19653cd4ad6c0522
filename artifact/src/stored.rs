//! Artifacts as text, to be kept in files and bundles: JSON with the number of its format in front, WebAssembly in base64.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::Artifact;

/// Raised with every change of what is stored, and of what stored code expects of the runtime: layouts, bindings, names.
const FORMAT: u32 = 2;

#[derive(Serialize, Deserialize)]
struct Stored<A> {
    format: u32,
    artifact: A,
}

/// Why a text is no artifact that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// It is no artifact, or was changed.
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
    pub fn to_json(&self) -> String {
        serde_json::to_string(&Stored { format: FORMAT, artifact: self })
            .expect("plain data with names as keys")
    }

    /// Reads what [`Artifact::to_json`] made.
    ///
    /// # Errors
    ///
    /// [`StoredError`] says why it cannot be used.
    pub fn from_json(text: &str) -> Result<Self, StoredError> {
        let malformed = |error: serde_json::Error| StoredError::Malformed(error.to_string());
        // Another format may differ in everything but its number.
        let Stored::<IgnoredAny> { format, .. } = serde_json::from_str(text).map_err(malformed)?;
        if format != FORMAT {
            return Err(StoredError::Format(format));
        }
        Ok(serde_json::from_str::<Stored<Self>>(text).map_err(malformed)?.artifact)
    }
}

/// Bytes as base64, for which text has no other form.
pub(crate) mod base64_text {
    use std::borrow::Cow;

    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        STANDARD.encode(bytes).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        STANDARD.decode(&*text).map_err(D::Error::custom)
    }

    /// The same where there may be none.
    pub(crate) mod option {
        use super::{Deserialize, Deserializer, Engine, Error, STANDARD, Serialize, Serializer};

        pub(crate) fn serialize<S: Serializer>(
            bytes: &Option<Vec<u8>>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            bytes.as_ref().map(|bytes| STANDARD.encode(bytes)).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Vec<u8>>, D::Error> {
            let text = Option::<String>::deserialize(deserializer)?;
            text.map(|text| STANDARD.decode(text)).transpose().map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Access, BufferBinding, BufferDescription, Code, ElementType, Interface, Params, Pattern,
        UniformField, Wasm,
    };

    fn artifact() -> Artifact {
        let buffer = BufferDescription { name: "a".into(), element: ElementType::Vec2, size: vec![4, 5] };
        Artifact {
            interface: Interface { buffers: vec![buffer], using_cpu: true, ..Interface::default() },
            code: Code::Wasm(Wasm {
                common: vec![0, 97, 115, 109],
                beyond: Some(vec![255]),
                text: "kernel".into(),
                scratch: 16,
            }),
            max_extent: 7,
            buffers: vec![BufferBinding { buffer: 0, binding: 1, access: Access::Read }],
            canvas: None,
            params: Params {
                uniforms: vec![UniformField { uniform: 2, offset: 32 }],
                size: 48,
                random: false,
            },
            lane_axis: 1,
            axes_used: [true, true, false],
            pattern: Pattern::Streaming,
        }
    }

    /// If this changes, `FORMAT` does.
    const FORMAT_2: &str = concat!(
        r#"{"format":2,"artifact":{"interface":{"buffers":[{"name":"a","element":"Vec2","size":[4,5]}],"uniforms":[],"#,
        r#""canvas":null,"using_cpu":true},"code":{"Wasm":{"common":"AGFzbQ==","beyond":"/w==","text":"kernel","scratch":16}},"#,
        r#""max_extent":7,"buffers":[{"buffer":0,"binding":1,"access":"Read"}],"canvas":null,"#,
        r#""params":{"uniforms":[{"uniform":2,"offset":32}],"size":48,"random":false},"#,
        r#""lane_axis":1,"axes_used":[true,true,false],"pattern":"Streaming"}}"#,
    );

    #[test]
    fn what_is_stored_stays_as_it_is() {
        assert_eq!(artifact().to_json(), FORMAT_2);
        assert_eq!(Artifact::from_json(FORMAT_2), Ok(artifact()));
    }

    #[test]
    fn other_versions_and_other_texts_are_refused() {
        let of_the_future = r#"{"format":3,"artifact":"quite different"}"#;
        assert_eq!(Artifact::from_json(of_the_future), Err(StoredError::Format(3)));
        for text in ["", "{}", &FORMAT_2[..99], &FORMAT_2.replace("AGFzbQ==", "?")] {
            assert!(matches!(Artifact::from_json(text), Err(StoredError::Malformed(_))), "{text}");
        }
    }
}
