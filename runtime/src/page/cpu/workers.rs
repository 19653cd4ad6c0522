//! The engine of a page, as the package has it in `packages/hpc.js/src/cpu/`: kernels run in workers, on the browser's own engine.

use artifact::MemoryLayout;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::Error;

// Seen from where the package keeps this WebAssembly.
#[wasm_bindgen(raw_module = "../esm/cpu/engine.js")]
extern "C" {
    /// The workers of one interface, and its memory.
    #[derive(Clone, Debug)]
    pub(super) type CpuEngine;
    #[wasm_bindgen(static_method_of = CpuEngine)]
    fn open(layout: &Object) -> Promise;
    #[wasm_bindgen(method, getter, js_name = threadCount)]
    pub(super) fn thread_count(this: &CpuEngine) -> u32;
    #[wasm_bindgen(method)]
    fn prepare(this: &CpuEngine, code: &[u8], scratch: u32) -> Promise;
    #[wasm_bindgen(method)]
    pub(super) fn forget(this: &CpuEngine, program: u32);
    #[wasm_bindgen(method)]
    pub(super) fn submit(this: &CpuEngine, recording: &Recording, params: Uint8Array) -> Promise;
    #[wasm_bindgen(method)]
    pub(super) fn stop(this: &CpuEngine);

    /// The steps of a submission. Places and sizes are in bytes.
    pub(super) type Recording;
    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> Recording;
    #[wasm_bindgen(method)]
    pub(super) fn run(this: &Recording, program: u32, lanes: u32, rows: u32, params: u32, bytes: u32);
    #[wasm_bindgen(method)]
    pub(super) fn write(this: &Recording, at: u32, bytes: Uint8Array);
    #[wasm_bindgen(method)]
    pub(super) fn copy(this: &Recording, from: u32, to: u32, bytes: u32);
    #[wasm_bindgen(method)]
    pub(super) fn grow(this: &Recording, pages: u32);
    #[wasm_bindgen(method)]
    pub(super) fn clear(this: &Recording, at: u32, bytes: u32);
    #[wasm_bindgen(method)]
    pub(super) fn read(this: &Recording, at: u32, bytes: u32);
    #[wasm_bindgen(method, getter)]
    pub(super) fn stops(this: &Recording) -> Vec<u32>;
    #[wasm_bindgen(method)]
    pub(super) fn present(this: &Recording, from: u32, to: u32, bytes: u32);

    /// Why it failed.
    type EngineError;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &EngineError) -> String;
    #[wasm_bindgen(method, getter)]
    fn message(this: &EngineError) -> String;
}

// Seen from there, too.
#[wasm_bindgen(raw_module = "../esm/cpu/screen.js")]
extern "C" {
    /// A canvas that shows pictures of a certain size.
    #[derive(Clone)]
    pub(super) type CpuScreen;
    #[wasm_bindgen(constructor, catch)]
    pub(super) fn new(canvas: &Object, width: u32, height: u32) -> Result<CpuScreen, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn show(this: &CpuScreen, pixels: &Uint8Array) -> Result<(), JsValue>;
}

/// Starts the workers of an interface and makes its memory, of so many pages at first.
pub(super) async fn start(layout: &MemoryLayout, pages: u64) -> Result<CpuEngine, Error> {
    let numbers = [
        ("pages", pages),
        ("mostPages", layout.most_pages()),
        ("params", MemoryLayout::PARAMS),
        ("scratch", layout.scratch),
        ("scratchBytes", MemoryLayout::SCRATCH_BYTES),
    ];
    let given = Object::new();
    for (name, number) in numbers {
        // A new object takes everything.
        let _ = Reflect::set(&given, &name.into(), &(number as f64).into());
    }
    let engine = JsFuture::from(CpuEngine::open(&given)).await.map_err(|error| translate(&error))?;
    Ok(engine.unchecked_into())
}

/// Compiles a kernel, off the page's thread; its number. Each thread needs `scratch` bytes for it.
pub(super) async fn prepare(engine: &CpuEngine, code: &[u8], scratch: u32) -> Result<u32, Error> {
    let number = JsFuture::from(engine.prepare(code, scratch)).await.map_err(|error| translate(&error))?;
    number.as_f64().map(|number| number as u32).ok_or_else(|| Error::internal("a kernel has no number", ""))
}

/// What a promise of the engine was rejected with.
pub(super) fn translate(error: &JsValue) -> Error {
    let error: &EngineError = error.unchecked_ref();
    let message = error.message();
    match error.kind().as_str() {
        "stopped" => Error::Dropped,
        "outOfMemory" => Error::OutOfMemory { what: message },
        "unstartable" => Error::NoWorkers { reason: message },
        "refused" => Error::internal("the browser refused a kernel", message),
        _ => Error::internal("a kernel failed on the CPU", message),
    }
}
