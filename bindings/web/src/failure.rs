//! Errors as data, from which the JavaScript side makes its errors.

use hpc::diagnostics::Diagnostic;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Why a call failed, as a plain object.
    ///
    /// - `kind`: see [`hpc::Error::kind`].
    /// - `message`: the whole message; a kernel's shows the lines that it is about.
    /// - `mistakes`: what is wrong with a kernel's text, in the order of the text; empty for other kinds.
    #[wasm_bindgen(extends = Object)]
    pub type Failure;
}

impl From<hpc::Error> for Failure {
    fn from(error: hpc::Error) -> Self {
        let message = error.to_string();
        let mistakes: Array = match &error {
            hpc::Error::Compile(error) => {
                error.diagnostics().iter().zip(error.places()).map(mistake).collect()
            }
            _ => Array::new(),
        };
        let fields = [
            ("kind", error.kind().into()),
            ("message", message.into()),
            ("mistakes", JsValue::from(mistakes)),
        ];
        object(fields).into()
    }
}

/// One mistake in a kernel's text.
fn mistake((diagnostic, (line, column)): (&Diagnostic, (u32, u32))) -> JsValue {
    let notes: Array = diagnostic.notes.iter().map(JsValue::from).collect();
    let fields = [
        ("code", diagnostic.code.to_string().into()),
        ("message", diagnostic.message.as_str().into()),
        ("line", line.into()),
        ("column", column.into()),
        ("notes", notes.into()),
    ];
    let mistake = object(fields);
    if let Some(help) = &diagnostic.help {
        set(&mistake, "help", &help.into());
    }
    mistake
}

/// A plain object.
pub(crate) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = JsValue::from(Object::new());
    fields.iter().for_each(|(name, value)| set(&object, name, value));
    object
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Only frozen objects and proxies refuse, and this is neither.
    let _ = Reflect::set(object, &name.into(), value);
}
