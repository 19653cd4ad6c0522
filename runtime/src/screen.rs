//! Where a canvas is shown, beside being read.

#[cfg(target_arch = "wasm32")]
use {crate::Error, js_sys::Object, wasm_bindgen::JsCast, wasm_bindgen::JsValue};

/// An element of a page, or a canvas of a worker, that shows what `update_canvas` presents. Natively there is none.
#[derive(Clone, Debug)]
pub enum Screen {
    /// A `<canvas>`.
    #[cfg(target_arch = "wasm32")]
    Element(web_sys::HtmlCanvasElement),
    /// An `OffscreenCanvas`.
    #[cfg(target_arch = "wasm32")]
    Offscreen(web_sys::OffscreenCanvas),
}

#[cfg(target_arch = "wasm32")]
impl Screen {
    /// The canvas, of whichever kind.
    pub(crate) fn canvas(&self) -> &Object {
        match self {
            Self::Element(canvas) => canvas,
            Self::Offscreen(canvas) => canvas,
        }
    }
}

/// A canvas that cannot be drawn on, and what the browser says.
#[cfg(target_arch = "wasm32")]
pub(crate) fn taken(error: JsValue) -> Error {
    let reason = error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| error.as_string(), |error| Some(error.message().into()));
    Error::ScreenTaken { reason: reason.unwrap_or_default() }
}
