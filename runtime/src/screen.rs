//! Where a canvas is shown, beside being read.

#[cfg(target_arch = "wasm32")]
use {
    crate::Error,
    artifact::CanvasSize,
    js_sys::{Object, Uint8ClampedArray},
    wasm_bindgen::{JsCast, JsValue},
    web_sys::{CanvasRenderingContext2d, ImageData},
};

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

    /// Columns and rows as they are now: the page may have changed them.
    fn size(&self) -> [u32; 2] {
        match self {
            Self::Element(canvas) => [canvas.width(), canvas.height()],
            Self::Offscreen(canvas) => [canvas.width(), canvas.height()],
        }
    }

    /// Takes hold of the screen for pictures that no GPU draws.
    pub(crate) fn claim(&self) -> Result<(), Error> {
        self.context().map(|_| ())
    }

    /// Shows a picture of four bytes a pixel. A page that has changed the size gets it back.
    pub(crate) fn show(&self, pixels: &Uint8ClampedArray, size: CanvasSize) -> Result<(), Error> {
        let CanvasSize { width, height } = size;
        if self.size() != [width, height] {
            self.resize(size);
        }
        let picture = ImageData::new_with_js_u8_clamped_array_and_sh(pixels, width, height).map_err(taken)?;
        self.context()?.put_image_data(&picture, 0.0, 0.0).map_err(taken)
    }

    fn resize(&self, size: CanvasSize) {
        match self {
            Self::Element(canvas) => {
                canvas.set_width(size.width);
                canvas.set_height(size.height);
            }
            Self::Offscreen(canvas) => {
                canvas.set_width(size.width);
                canvas.set_height(size.height);
            }
        }
    }

    /// The same one at each call.
    fn context(&self) -> Result<CanvasRenderingContext2d, Error> {
        let context: Option<Object> = match self {
            Self::Element(canvas) => canvas.get_context("2d"),
            Self::Offscreen(canvas) => canvas.get_context("2d"),
        }
        .map_err(taken)?;
        // That of an OffscreenCanvas has what is called here, too.
        context.map(JsCast::unchecked_into).ok_or_else(|| taken("it has a context of another kind".into()))
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
