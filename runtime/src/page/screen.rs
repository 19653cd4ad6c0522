//! Where a canvas is shown, beside being read.

use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

use crate::Error;

/// An element of a page, or a canvas of a worker, that shows what `update_canvas` presents.
#[derive(Clone, Debug)]
pub enum Screen {
    /// A `<canvas>`.
    Element(web_sys::HtmlCanvasElement),
    /// An `OffscreenCanvas`.
    Offscreen(web_sys::OffscreenCanvas),
}

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
pub(crate) fn taken(error: JsValue) -> Error {
    let reason = error
        .dyn_ref::<js_sys::Error>()
        .map_or_else(|| error.as_string(), |error| Some(error.message().into()));
    Error::ScreenTaken { reason: reason.unwrap_or_default() }
}
