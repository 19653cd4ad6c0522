//! Where a canvas is shown, beside being read.

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
    /// The same for wgpu.
    pub(crate) fn target(&self) -> wgpu::SurfaceTarget<'static> {
        match self {
            Self::Element(canvas) => wgpu::SurfaceTarget::Canvas(canvas.clone()),
            Self::Offscreen(canvas) => wgpu::SurfaceTarget::OffscreenCanvas(canvas.clone()),
        }
    }

    /// Columns and rows as they are now: the page may have changed them.
    pub(crate) fn size(&self) -> [u32; 2] {
        match self {
            Self::Element(canvas) => [canvas.width(), canvas.height()],
            Self::Offscreen(canvas) => [canvas.width(), canvas.height()],
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Screen {
    /// The same for wgpu.
    pub(crate) fn target(&self) -> wgpu::SurfaceTarget<'static> {
        match *self {}
    }

    /// Columns and rows as they are now.
    pub(crate) fn size(&self) -> [u32; 2] {
        match *self {}
    }
}
