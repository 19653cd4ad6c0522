//! Errors as data, from which the JavaScript side makes its errors.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// Why a call failed, as a plain object.
    ///
    /// - `kind`: see [`hpc::Error::kind`].
    /// - `message`: the whole message.
    /// - `mistakes`: empty, as kernels' texts are read elsewhere.
    #[wasm_bindgen(extends = Object)]
    pub type Failure;
}

impl From<hpc::Error> for Failure {
    fn from(error: hpc::Error) -> Self {
        let fields = [
            ("kind", error.kind().into()),
            ("message", error.to_string().into()),
            ("mistakes", Array::new().into()),
        ];
        object(fields).into()
    }
}

/// A plain object.
pub(crate) fn object<const N: usize>(fields: [(&str, JsValue); N]) -> JsValue {
    let object = JsValue::from(Object::new());
    for (name, value) in fields {
        // Only frozen objects and proxies refuse, and this is neither.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object
}
