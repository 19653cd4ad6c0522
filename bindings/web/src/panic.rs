//! Panics: after one nothing in here works any more, and nothing in here can tell those who wait.

use std::panic::PanicHookInfo;

use js_sys::{Function, JsString};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Calls `tell` with the message of a panic, if one ever comes; the call that panics then throws, or its task ends.
#[wasm_bindgen(js_name = onPanic)]
pub fn on_panic(tell: Function) {
    let tell = Told(tell);
    std::panic::set_hook(Box::new(move |info| tell.call(info)));
}

/// A function of the page.
struct Told(Function);

// SAFETY: there is one thread.
unsafe impl Send for Told {}
// SAFETY: there is one thread.
unsafe impl Sync for Told {}

impl Told {
    fn call(&self, info: &PanicHookInfo<'_>) {
        // What it throws is of no more use than the panic.
        drop(self.0.call1(&JsValue::UNDEFINED, &JsString::from(info.to_string())));
    }
}
