//! Mistakes in a kernel's text as data, from which the JavaScript side makes its errors.

use compiler::diagnostics::{Diagnostic, Origin, line_and_column, render};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Why there is no artifact, as a plain object.
    ///
    /// - `kind`: `Kernel` for mistakes in the text, else `Internal`.
    /// - `message`: the whole message, which shows the lines that it is about.
    /// - `mistakes`: what is wrong with the text, in its order.
    #[wasm_bindgen(extends = Object)]
    pub type Failure;
}

impl Failure {
    /// Everything that is wrong with a kernel's text.
    pub(crate) fn of_kernel(source: &str, origin: &Origin, mistakes: &[Diagnostic]) -> Self {
        let message = render(mistakes, source, origin);
        let mistakes = mistakes.iter().map(|diagnostic| mistake(diagnostic, source)).collect();
        Self::new("Kernel", &message, mistakes)
    }

    /// A mistake of ours.
    pub(crate) fn internal(message: &str) -> Self {
        Self::new("Internal", message, Array::new())
    }

    fn new(kind: &str, message: &str, mistakes: Array) -> Self {
        object([("kind", kind.into()), ("message", message.into()), ("mistakes", mistakes.into())]).into()
    }
}

/// One mistake in a kernel's text.
fn mistake(diagnostic: &Diagnostic, source: &str) -> JsValue {
    let (line, column) = line_and_column(source, diagnostic.span().start);
    let notes: Array = diagnostic.notes.iter().map(JsValue::from).collect();
    let mistake = object([
        ("code", diagnostic.code.to_string().into()),
        ("message", diagnostic.message.as_str().into()),
        ("line", line.into()),
        ("column", column.into()),
        ("notes", notes.into()),
    ]);
    if let Some(help) = &diagnostic.help {
        set(&mistake, "help", &help.into());
    }
    mistake
}

/// A plain object.
fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = JsValue::from(Object::new());
    fields.iter().for_each(|(name, value)| set(&object, name, value));
    object
}

fn set(object: &JsValue, name: &str, value: &JsValue) {
    // Only frozen objects and proxies refuse, and this is neither.
    let _ = Reflect::set(object, &name.into(), value);
}
