//! The presented picture on a page's canvas. The package draws it, in `packages/hpc.js/src/gpu/screen.ts`.

use artifact::CanvasSize;
use js_sys::Object;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::backend::gpu::scoped;
use crate::screen::taken;
use crate::{Error, Screen};

// Seen from where the package keeps this WebAssembly.
#[wasm_bindgen(raw_module = "../esm/gpu/screen.js")]
extern "C" {
    /// A canvas, and the buffer that holds its picture.
    type GpuScreen;
    #[wasm_bindgen(constructor, catch)]
    fn new(
        device: &wgpu::webgpu::GpuDevice,
        canvas: &Object,
        pixels: &wgpu::webgpu::GpuBuffer,
        width: u32,
        height: u32,
    ) -> Result<GpuScreen, JsValue>;
    #[wasm_bindgen(method, catch, js_name = drawWithNext)]
    fn draw_with_next(this: &GpuScreen) -> Result<(), JsValue>;
}

/// Draws the presented picture.
pub(crate) struct Presenter(GpuScreen);

impl Presenter {
    /// Takes hold of the screen for good; `presented` holds a picture of this size.
    pub(crate) async fn new(
        device: &wgpu::Device,
        presented: Option<&wgpu::Buffer>,
        screen: &Screen,
        size: CanvasSize,
    ) -> Result<Self, Error> {
        // A screen comes with a canvas, and all is WebGPU here.
        let handles = device.as_webgpu().zip(presented.and_then(wgpu::Buffer::as_webgpu));
        let (theirs, pixels) = handles.ok_or(Error::NoCanvas)?;
        let make = || GpuScreen::new(theirs, screen.canvas(), pixels, size.width, size.height);
        let made = scoped(device, "what draws on the canvas", make).await?;
        made.map(Self).map_err(taken)
    }

    /// Shows the picture at the end of the next submission.
    pub(crate) fn draw_with_next(&self) -> Result<(), Error> {
        self.0.draw_with_next().map_err(taken)
    }
}
