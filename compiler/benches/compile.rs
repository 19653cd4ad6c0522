//! How long a kernel takes from text to artifact. `cargo bench -p hpc-compiler`
//!
//! The bar: the Julia kernel in under one millisecond.

use artifact::{CanvasSize, Interface, UniformDescription, UniformType};
use criterion::{Criterion, criterion_group, criterion_main};

/// The program of the documentation; its one kernel is compiled.
const JULIA: &str = include_str!("../../examples/js/julia.js");

fn compile(criterion: &mut Criterion) {
    let uniform = |name: &str, ty| UniformDescription { name: name.into(), ty };
    let interface = Interface {
        uniforms: vec![
            uniform("mouse", UniformType::Vec2),
            uniform("maxIters", UniformType::Number),
            uniform("scale", UniformType::Number),
        ],
        canvas: Some(CanvasSize { width: 900, height: 500 }),
        ..Interface::default()
    };
    let kernel = compiler::find_kernels(JULIA).remove(0);
    if let Err(errors) = compiler::compile(&kernel.source, &interface) {
        panic!("{}", compiler::diagnostics::render(&errors, &kernel.source, "julia.js"));
    }
    criterion.bench_function("julia, text to artifact", |bencher| {
        bencher.iter(|| compiler::compile(std::hint::black_box(&kernel.source), &interface));
    });
}

criterion_group!(benches, compile);
criterion_main!(benches);
