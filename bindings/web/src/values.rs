//! What comes from JavaScript: interfaces and uniforms. The JavaScript side has checked it; what is wrong here anyway is refused all
//! the same.

use hpc::{
    Backend, BufferDescription, Builder, ElementType, GpuInterface, RuntimeError, Screen, TunedRuns,
    UniformType, UniformValue,
};
use js_sys::Float32Array;
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
    /// Who executes the kernels, by name.
    #[wasm_bindgen(method, getter)]
    pub fn backend(this: &Setup) -> Option<String>;

    /// One buffer.
    pub type BufferSetup;
    /// Its name.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &BufferSetup) -> String;
    /// `number`, `vec2`, `vec3` or `vec4`.
    #[wasm_bindgen(method, getter)]
    pub fn element(this: &BufferSetup) -> String;
    /// One to three extents.
    #[wasm_bindgen(method, getter)]
    pub fn size(this: &BufferSetup) -> Vec<f64>;
    /// What it holds at first, packed as it is read; zeros if it is left out.
    #[wasm_bindgen(method, getter)]
    pub fn data(this: &BufferSetup) -> Option<Float32Array>;

    /// The value of a uniform.
    pub type UniformSetup;
    /// Its name.
    #[wasm_bindgen(method, getter)]
    pub fn name(this: &UniformSetup) -> String;
    /// `number`, `boolean`, `vec2`, `vec3` or `vec4`.
    #[wasm_bindgen(method, getter)]
    pub fn kind(this: &UniformSetup) -> String;
    /// Its components; 1 and 0 for `true` and `false`.
    #[wasm_bindgen(method, getter)]
    pub fn components(this: &UniformSetup) -> Vec<f64>;

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
            let size = buffer.size().into_iter().map(|extent| extent as u32).collect();
            let description =
                BufferDescription { name: buffer.name(), element: element_type(&buffer.element())?, size };
            builder = builder.packed(description, buffer.data().map(|data| data.to_vec()));
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
        Ok(match self.backend() {
            Some(backend) => builder.backend(Backend::from_name(&backend)?),
            None => builder,
        })
    }
}

impl UniformSetup {
    fn value(&self) -> Result<UniformValue, hpc::Error> {
        let kind = self.kind();
        let ty = UniformType::from_name(&kind).ok_or_else(|| unknown(&kind))?;
        let mut components = [0.0; 4];
        for (slot, component) in components.iter_mut().zip(self.components()) {
            *slot = component;
        }
        Ok(UniformValue::of(ty, &components))
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

fn unknown(kind: &str) -> hpc::Error {
    RuntimeError::internal(format!("{kind:?} is no type"), "").into()
}
