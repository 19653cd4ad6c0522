//! The quick compiler of pages: kernels in plain JavaScript without mistakes to artifacts.
//!
//! At anything else it panics, which is a trap here, and the page asks the full compiler (`bindings/web-compiler`). An
//! instance compiles one kernel, so that none finds what another left behind, and nothing needs to be freed. All it imports is the page's
//! mathematics. `packages/hpc.js/src/compiler/quick.ts` calls it. On other machines than a browser's there is nothing here.

#![cfg(target_arch = "wasm32")]

mod memory;

use std::slice;

use artifact::{BufferDescription, CanvasSize, ElementType, Interface, UniformDescription, UniformType};

/// A text in the memory of the instance.
#[repr(C)]
pub struct Text {
    start: *const u8,
    length: usize,
}

/// Room for `length` bytes of text.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::leak(vec![0; length].into_boxed_slice()).as_mut_ptr()
}

/// Compiles a kernel's text for what a session says its interface is; gives the artifact as text.
///
/// # Safety
///
/// `source` and `interface` are UTF-8 that was written to [`room`] for just so many bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn compile(
    source: *const u8,
    source_length: usize,
    interface: *const u8,
    interface_length: usize,
) -> *const Text {
    // SAFETY: the caller promises it, and nothing frees or changes the text.
    let text = |start, length| unsafe { str::from_utf8_unchecked(slice::from_raw_parts(start, length)) };
    let Ok(interface) = Interface::from_text(text(interface, interface_length)) else { panic!() };
    let artifact = artifact_of(text(source, source_length), &interface);
    Box::leak(Box::new(Text { start: artifact.as_ptr(), length: artifact.len() }))
}

fn artifact_of(source: &str, interface: &Interface) -> &'static str {
    let artifact = if cfg!(feature = "cpu") {
        compiler::compile_to_wasm(source, interface)
    } else {
        compiler::compile_to_wgsl(source, interface)
    };
    let Ok(artifact) = artifact else { panic!() };
    artifact.to_text().leak()
}

/// Compiles a kernel that has something of everything and that nobody waits for: the browser makes machine code of a function when it is
/// first called.
#[unsafe(no_mangle)]
pub extern "C" fn warm_up() {
    let buffer = |name: &str, element| BufferDescription { name: name.into(), element, size: vec![64] };
    let uniform = |name: &str, ty| UniformDescription { name: name.into(), ty, integral: false };
    let interface = Interface {
        buffers: vec![buffer("numbers", ElementType::Number), buffer("points", ElementType::Vec3)],
        uniforms: vec![uniform("scale", UniformType::Number), uniform("center", UniformType::Vec2)],
        canvas: Some(CanvasSize { width: 64, height: 64 }),
        using_cpu: cfg!(feature = "cpu"),
        ..Interface::default()
    };
    artifact_of(include_str!("warm_up.js"), &interface);
}
