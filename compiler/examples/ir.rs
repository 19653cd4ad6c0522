//! Prints what becomes of a kernel read from standard input, on the interface of the tests: the IR, then the WGSL.
//!
//! `cargo run -p hpc-compiler --example ir < compiler/tests/golden/julia.js`

use std::io::Read;

use compiler::diagnostics::{Origin, render};
use compiler::{ir, pipeline};

#[path = "../tests/support/mod.rs"]
#[allow(dead_code, reason = "only the interface is needed here")]
mod support;

fn main() {
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source).expect("standard input is text");
    let interface = support::interface();
    let compiled = pipeline::front_end(&source, &interface)
        .and_then(|kernel| pipeline::compile(&source, &interface).map(|artifact| (kernel, artifact)));
    match compiled {
        Ok((kernel, artifact)) => {
            println!("{}\n{}", ir::print(&kernel, Some(&interface)), artifact.code.text());
            println!(
                "// right for extents up to {}; all loops end: {}",
                artifact.max_extent,
                artifact.code.wgsl().is_some_and(|code| code.loops_end)
            );
        }
        Err(mistakes) => println!("{}", render(&mistakes, &source, &Origin::default())),
    }
}
