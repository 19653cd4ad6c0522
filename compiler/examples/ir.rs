//! Prints what the front end makes of a kernel read from standard input.

use std::io::Read;

fn main() {
    let mut source = String::new();
    std::io::stdin().read_to_string(&mut source).expect("standard input is text");
    let buffer = |name: &str, element, size: &[u32]| artifact::BufferDescription {
        name: name.into(),
        element,
        size: size.to_vec(),
    };
    use artifact::ElementType::{Number, Vec2, Vec3};
    let uniform = |name: &str, ty| artifact::UniformDescription { name: name.into(), ty };
    use artifact::UniformType as U;
    let interface = artifact::Interface {
        buffers: vec![
            buffer("data", Number, &[16]),
            buffer("grid", Number, &[8, 8]),
            buffer("points", Vec3, &[16]),
            buffer("flat", Vec2, &[16]),
        ],
        uniforms: vec![uniform("scale", U::Number), uniform("on", U::Boolean), uniform("center", U::Vec2)],
        canvas: Some(artifact::CanvasSize { width: 16, height: 16 }),
        using_cpu: false,
    };
    match compiler::pipeline::front_end(&source, &interface) {
        Ok(kernel) => {
            println!("{}", compiler::ir::print(&kernel, Some(&interface)));
            println!("{:?}", compiler::ir::verify(&kernel, &interface, compiler::ir::Stage::Lowered));
        }
        Err(diagnostics) => println!("{}", compiler::diagnostics::render(&diagnostics, &source, "kernel.js")),
    }
}
