//! How long a kernel takes from text to artifact. `cargo bench -p hpc-js-compiler`
//!
//! The bar: the Julia kernel in under one millisecond.

use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/support/mod.rs"]
mod support;

/// The Julia kernel of the documentation, on the interface of the golden tests.
const JULIA: &str = include_str!("../tests/golden/julia.js");

fn compile(criterion: &mut Criterion) {
    let interface = support::interface();
    if let Err(errors) = compiler::compile(JULIA, &interface) {
        panic!(
            "{}",
            compiler::diagnostics::render(
                &errors,
                JULIA,
                &compiler::diagnostics::Origin::in_file("julia.js")
            )
        );
    }
    criterion.bench_function("julia, text to artifact", |bencher| {
        bencher.iter(|| compiler::compile(std::hint::black_box(JULIA), &interface));
    });
}

criterion_group!(benches, compile);
criterion_main!(benches);
