//! What the page brings: a device of its own, and buffers of that. wgpu takes neither, so both are handed to it where it asks the browser for new ones:
//! `packages/hpc.js/src/gpu/foreign.ts`.

use js_sys::Object;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::backend::BufferRequest;
use crate::backend::gpu::memory::whole_words;

// Seen from where the package keeps this WebAssembly.
#[wasm_bindgen(raw_module = "../esm/gpu/foreign.js")]
extern "C" {
    /// Calls `act` while the browser seems to have one adapter, whose only device is this.
    #[wasm_bindgen(js_name = withDevice)]
    fn with_device(device: &Object, act: &mut dyn FnMut());
    /// Calls `act` while the device makes no other buffer than this.
    #[wasm_bindgen(js_name = withBuffer)]
    fn with_buffer(device: &Object, buffer: &Object, act: &mut dyn FnMut());
}

/// A buffer that the page has made, a `GPUBuffer`.
pub type OwnBuffer = Object;

/// An instance of wgpu whose only device is this one of the page's; `None` if the browser does not let it be used.
pub(crate) fn instance(device: &Object) -> Option<wgpu::Instance> {
    let mut instance = None;
    let make = || wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    with_device(device, &mut || instance = Some(make()));
    instance
}

/// The buffer that the page has made for a request; its size and usages were checked where it came from.
pub(crate) fn buffer(
    device: &wgpu::Device,
    given: &OwnBuffer,
    request: &BufferRequest,
) -> Result<wgpu::Buffer, String> {
    let mut buffer = None;
    let descriptor = wgpu::BufferDescriptor {
        label: None,
        size: whole_words(request.bytes),
        usage: wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    };
    if let Some(theirs) = device.as_webgpu() {
        let mut take = || buffer = Some(device.create_buffer(&descriptor));
        with_buffer(theirs.unchecked_ref(), given, &mut take);
    }
    buffer.ok_or_else(|| "the browser does not let it be used".into())
}
