//! The compiler for browsers: a kernel's text in, what is to be stored of it out, or what is wrong with it. It converts values and
//! nothing else.
//!
//! It is built twice, for WebGPU and for the CPU backend. On other machines than a browser's there is nothing here.

#![cfg(target_arch = "wasm32")]

mod failure;

use artifact::{
    Artifact, BufferDescription, CanvasSize, ElementType, Interface, UniformDescription, UniformType,
};
use compiler::diagnostics;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsValue, throw_str};

use failure::Failure;

#[wasm_bindgen]
extern "C" {
    /// Where a kernel's text stands.
    pub type Origin;
    /// The name of its file.
    #[wasm_bindgen(method, getter)]
    pub fn file(this: &Origin) -> String;
    /// The line there of the text's first line, counted from 1.
    #[wasm_bindgen(method, getter)]
    pub fn line(this: &Origin) -> u32;
    /// What stands in that line before the text.
    #[wasm_bindgen(method, getter)]
    pub fn before(this: &Origin) -> String;
}

impl Origin {
    fn place(&self) -> diagnostics::Origin {
        diagnostics::Origin { file: self.file(), line: self.line(), before: self.before() }
    }
}

/// Compiles a kernel for what a session says its `interface` is. Gives the artifact as text, or a [`Failure`], whose message shows the
/// lines of `origin`. Throws if there is a mistake in here, after which nothing in here works any more.
#[wasm_bindgen]
pub fn compile(source: &str, interface: &str, origin: Option<Origin>) -> JsValue {
    artifact_of(source, interface, origin, |artifact| artifact.to_text())
}

/// What the compiler found out about a kernel and chose for it, in lines for people; else gives what [`compile`] gives.
#[wasm_bindgen]
pub fn explain(source: &str, interface: &str, origin: Option<Origin>) -> JsValue {
    artifact_of(source, interface, origin, |artifact| artifact.explanation)
}

fn artifact_of(
    source: &str,
    interface: &str,
    origin: Option<Origin>,
    text: fn(Artifact) -> String,
) -> JsValue {
    let origin = origin.as_ref().map(Origin::place).unwrap_or_default();
    let interface = match Interface::from_text(interface) {
        Ok(interface) => interface,
        Err(error) => return Failure::internal(&error.to_string()).into(),
    };
    match compiled(source, &interface) {
        Ok(artifact) => text(artifact).into(),
        Err(mistakes) => Failure::of_kernel(source, &origin, &mistakes).into(),
    }
}

/// Compiles for the backend that this is built for.
fn compiled(source: &str, interface: &Interface) -> diagnostics::Result<Artifact> {
    if cfg!(feature = "cpu") {
        compiler::compile_to_wasm(source, interface)
    } else {
        compiler::compile_to_wgsl(source, interface)
    }
}

/// Compiles a kernel that has something of everything and that nobody waits for: the browser makes machine code of a function when it is
/// first called. Says whether it compiles.
#[wasm_bindgen(js_name = warmUp)]
pub fn warm_up() -> bool {
    let buffer = |name: &str, element| BufferDescription { name: name.into(), element, size: vec![64] };
    let uniform = |name: &str, ty| UniformDescription { name: name.into(), ty, integral: false };
    let interface = Interface {
        buffers: vec![buffer("numbers", ElementType::Number), buffer("points", ElementType::Vec3)],
        uniforms: vec![uniform("scale", UniformType::Number), uniform("center", UniformType::Vec2)],
        canvas: Some(CanvasSize { width: 64, height: 64 }),
        using_cpu: cfg!(feature = "cpu"),
        ..Interface::default()
    };
    compiled(include_str!("warm_up.js"), &interface).is_ok()
}

/// Panics become exceptions, which tell more than that the WebAssembly stopped.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|panic| throw_str(&panic.to_string())));
}
