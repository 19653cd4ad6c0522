//! What comes from JavaScript: interfaces and uniforms. The JavaScript side has checked it; what is wrong here anyway is refused all
//! the same.

use std::num::NonZeroU32;
use std::time::Duration;

use hpc::{
    Backend, BufferDescription, Builder, ElementType, GpuInterface, RuntimeError, Screen, TunedRuns,
    UniformValue,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::OffscreenCanvas;

#[wasm_bindgen]
extern "C" {
    /// What an interface consists of.
    pub type Setup;
    /// The buffers.
    #[wasm_bindgen(method, getter)]
    pub fn buffers(this: &Setup) -> Vec<BufferSetup>;
    /// The uniforms with their first values.
    #[wasm_bindgen(method, getter)]
    pub fn uniforms(this: &Setup) -> Vec<UniformSetup>;
    /// The size of the canvas.
    #[wasm_bindgen(method, getter)]
    pub fn canvas(this: &Setup) -> Option<CanvasSetup>;
    /// Makes `Math.random()` repeatable: an integer up to 2^53.
    #[wasm_bindgen(method, getter)]
    pub fn seed(this: &Setup) -> Option<f64>;
    /// A part of the adapter's name, or its index.
    #[wasm_bindgen(method, getter)]
    pub fn adapter(this: &Setup) -> Option<String>;
    /// Which runs are tuned, by name.
    #[wasm_bindgen(method, getter)]
    pub fn tuned(this: &Setup) -> Option<String>;
    /// How many rounds loops may make that are not known to end.
    #[wasm_bindgen(method, getter, js_name = loopLimit)]
    pub fn loop_limit(this: &Setup) -> Option<u32>;
    /// How many milliseconds submissions should take; 0 for as many as they take.
    #[wasm_bindgen(method, getter)]
    pub fn slice(this: &Setup) -> Option<f64>;
    /// Who executes the kernels, by name.
    #[wasm_bindgen(method, getter)]
    pub fn backend(this: &Setup) -> Option<String>;

    /// One buffer.
    pub type BufferSetup;
    /// Its name.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &BufferSetup) -> String;
    /// The name of the elements' type.
    #[wasm_bindgen(method, getter)]
    pub fn element(this: &BufferSetup) -> String;
    /// One to three extents.
    #[wasm_bindgen(method, getter)]
    pub fn size(this: &BufferSetup) -> Vec<f64>;
    /// What it holds at first, bytes as they are read; zeros if it is left out.
    #[wasm_bindgen(method, getter)]
    pub fn data(this: &BufferSetup) -> Option<Uint8Array>;

    /// Whether its size can change.
    #[wasm_bindgen(method, getter)]
    pub fn resizable(this: &BufferSetup) -> Option<bool>;

    /// The value of a uniform.
    pub type UniformSetup;
    /// Its name.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &UniformSetup) -> String;
    /// The name of its type, as [`UniformValue::of`] knows it.
    #[wasm_bindgen(method, getter, js_name = type)]
    pub fn ty(this: &UniformSetup) -> String;
    /// The numbers that it consists of; 1 and 0 for `true` and `false`.
    #[wasm_bindgen(method, getter)]
    pub fn numbers(this: &UniformSetup) -> Vec<f64>;

    /// A canvas.
    pub type CanvasSetup;
    /// Columns.
    #[wasm_bindgen(method, getter)]
    pub fn width(this: &CanvasSetup) -> u32;
    /// Rows.
    #[wasm_bindgen(method, getter)]
    pub fn height(this: &CanvasSetup) -> u32;
    /// A `<canvas>` or an `OffscreenCanvas` to show it on; it is only read if this is left out.
    #[wasm_bindgen(method, getter)]
    pub fn screen(this: &CanvasSetup) -> Option<js_sys::Object>;
}

impl Setup {
    /// The same as a builder.
    pub(crate) fn builder(&self) -> Result<Builder, hpc::Error> {
        let mut builder = GpuInterface::builder();
        for buffer in self.buffers() {
            if buffer.resizable() == Some(true) {
                builder = builder.resizable(buffer.name());
            }
            let (description, data) = buffer.taken()?;
            builder = builder.packed(description, data);
        }
        for uniform in self.uniforms() {
            builder = builder.uniform(uniform.name(), uniform.value()?);
        }
        if let Some(canvas) = self.canvas() {
            builder = builder.canvas(canvas.width(), canvas.height());
            if let Some(canvas) = canvas.screen() {
                builder = builder.screen(screen(canvas));
            }
        }
        if let Some(seed) = self.seed() {
            builder = builder.seed(seed as u64);
        }
        if let Some(adapter) = self.adapter() {
            builder = builder.adapter(adapter);
        }
        if let Some(tuned) = self.tuned() {
            builder = builder.tuned(TunedRuns::from_name(&tuned)?);
        }
        if let Some(rounds) = self.loop_limit().and_then(NonZeroU32::new) {
            builder = builder.loop_limit(rounds);
        }
        if let Some(slice) = self.slice() {
            builder = builder.slice(Duration::from_micros((slice * 1000.0) as u64));
        }
        Ok(match self.backend() {
            Some(backend) => builder.backend(Backend::from_name(&backend)?),
            None => builder,
        })
    }
}

impl BufferSetup {
    /// What it is, and a copy of its data.
    pub(crate) fn taken(&self) -> Result<(BufferDescription, Option<Vec<u8>>), hpc::Error> {
        let size = self.size().into_iter().map(|extent| extent as u32).collect();
        let description =
            BufferDescription { name: self.name(), element: element_type(&self.element())?, size };
        Ok((description, self.data().map(|data| data.to_vec())))
    }
}

impl UniformSetup {
    pub(crate) fn value(&self) -> Result<UniformValue, hpc::Error> {
        let ty = self.ty();
        UniformValue::of(&ty, &self.numbers()).ok_or_else(|| unknown(&ty))
    }
}

/// Elements of other documents are no instances of this one's class, so whatever is not off-screen is one.
fn screen(canvas: js_sys::Object) -> Screen {
    match canvas.dyn_into::<OffscreenCanvas>() {
        Ok(canvas) => Screen::Offscreen(canvas),
        Err(canvas) => Screen::Element(JsValue::from(canvas).unchecked_into()),
    }
}

fn element_type(name: &str) -> Result<ElementType, hpc::Error> {
    ElementType::from_name(name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> hpc::Error {
    RuntimeError::internal(format!("{name:?} is no type, or has more numbers"), "").into()
}
