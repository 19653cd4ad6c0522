//! What is read of programs, and what is not.

use artifact::{BufferDescription, CanvasSize, ElementType, UniformDescription, UniformType};

use super::*;
use crate::diagnostics::line_and_column;

const IMPORT: &str = "import GPUInterface, { createCanvas, vec2, vec3 } from 'hpc.js';\n";

fn compiled(rest: &str) -> CompiledProgram {
    compile_program(&format!("{IMPORT}{rest}"), "program.ts")
}

/// The interface of the only kernel of a program.
fn interface(declarations: &str, spec: &str) -> Interface {
    let program = compiled(&format!(
        "{declarations}; const gpu = await new GPUInterface({spec}).initialize(); await gpu.createKernel((inputs) => {{}});"
    ));
    assert_eq!(program.unknown, []);
    program.kernels[0].gpu.interface.clone()
}

fn buffer(name: &str, element: ElementType, size: &[u32]) -> BufferDescription {
    BufferDescription { name: name.into(), element, size: size.into() }
}

#[test]
fn where_the_interface_is_written_out_is_told() {
    let place = |declaration: &str, argument: &str| {
        let text = format!(
            "{declaration}; const gpu = new GPUInterface({argument}); gpu.createKernel((inputs) => {{}});"
        );
        let program = format!("{IMPORT}{text}");
        let spec = compiled(&text).kernels[0].spec;
        spec.map(|spec| spec.text(&program).to_owned())
    };
    assert_eq!(place("", "{ uniforms: {} }").as_deref(), Some("{ uniforms: {} }"));
    assert_eq!(place("const spec = {}", "spec").as_deref(), Some("{}"));
    assert_eq!(place("", ""), None);
}

/// Why the only kernel of a program cannot be compiled before it runs.
fn why(rest: &str) -> String {
    let program = compiled(rest);
    assert_eq!(program.kernels, []);
    program.unknown[0].message.clone()
}

#[test]
fn an_interface_is_read_through_constants_and_types() {
    let declarations = "
        const n = 8, width = 2 * n;
        const points: number[] = [1, 2, 3];
        const uniforms = { time: 0, on: !0, center: vec2(0.5) };
        const pixels = createCanvas(width, n - 1)";
    let spec = "{
        buffers: [
            { name: 'zeros', size: [n, width] } as const,
            { name: 'points', size: [points.length], initialData: points },
            { name: 'bodies', size: [n], initialData: Array.from({ length: n }, (_, i) => vec3(i, 0, 0)) },
            { name: 'typed', size: [n], type: 'vec2', initialData: load() },
        ],
        uniforms, canvas: pixels, options: { seed: seed() },
    }";
    let expected = Interface {
        buffers: vec![
            buffer("zeros", ElementType::Number, &[8, 16]),
            buffer("points", ElementType::Number, &[3]),
            buffer("bodies", ElementType::Vec3, &[8]),
            buffer("typed", ElementType::Vec2, &[8]),
        ],
        uniforms: [
            ("time", UniformType::Number),
            ("on", UniformType::Boolean),
            ("center", UniformType::Vec2),
        ]
        .map(|(name, ty)| UniformDescription { name: name.into(), ty, integral: true })
        .into(),
        canvas: Some(CanvasSize { width: 16, height: 7 }),
        ..Interface::default()
    };
    assert_eq!(interface(declarations, spec), expected);
}

#[test]
fn types_are_read_from_the_usual_ways_to_make_arrays() {
    let element = |data: &str| {
        let spec = format!("{{ buffers: [{{ name: 'a', size: [4], initialData: {data} }}] }}");
        interface("const rows = [[1], [2]]", &spec).buffers[0].element
    };
    for data in [
        "rows",
        "Array(4).fill(0)",
        "new Float32Array(4)",
        "Float32Array.from(rows)",
        "rows.map((row) => row[0] * 2)",
    ] {
        assert_eq!(element(data), ElementType::Number, "{data}");
    }
    for data in
        ["[vec2(1)]", "rows.map((row) => { const x = row[0]; return vec2(x); })", "Array(4).fill(vec2(0, 1))"]
    {
        assert_eq!(element(data), ElementType::Vec2, "{data}");
    }
}

#[test]
fn both_codes_are_made_of_a_kernel_that_is_declared_elsewhere() {
    let program = compiled(
        "
        function double(inputs) { inputs.buffers.a[inputs.threadId.x] *= 2; }
        export async function main() {
            const gpu = new GPUInterface({ buffers: [{ name: 'a', size: [4] }] });
            await gpu.initialize();
            return gpu.createKernel(double);
        }",
    );
    let [kernel] = program.kernels.as_slice() else { panic!("{program:?}") };
    assert!(kernel.gpu.code.wgsl().is_some() && kernel.cpu.code.wasm().is_some());
    assert_eq!(kernel.argument.end - kernel.argument.start, "double".len() as u32);
}

#[test]
fn an_interface_may_be_a_member_of_a_class() {
    let program = compiled(
        "
        class Fields {
            gpu = new GPUInterface();
            #kernel?: unknown;
            async start() { this.#kernel = await this.gpu.createKernel((inputs) => {}); }
        }
        class Privates {
            #gpu;
            constructor() { this.#gpu = new GPUInterface({ uniforms: { time: 0 } }); }
            async start() { return this.#gpu.createKernel((inputs) => {}); }
        }",
    );
    let uniforms: Vec<_> = program.kernels.iter().map(|kernel| kernel.gpu.interface.uniforms.len()).collect();
    assert_eq!((uniforms, program.unknown), (vec![0, 1], vec![]));
}

#[test]
fn a_mistake_has_its_place_in_the_program() {
    let text = format!(
        "{IMPORT}const gpu = new GPUInterface();\ngpu.createKernel((inputs) => {{\n  const µ = 'µ', x = oops;\n}});"
    );
    let mistakes = compile_program(&text, "program.mjs").mistakes;
    let places: Vec<_> =
        mistakes.iter().map(|mistake| line_and_column(&text, mistake.span().start)).collect();
    assert!(places.contains(&(4, 22)), "{mistakes:?}");
}

#[test]
fn what_is_not_known_is_named() {
    let gpu =
        |spec: &str| format!("const gpu = new GPUInterface({spec}); gpu.createKernel((inputs) => {{}});");
    let cases = [
        (gpu("{ buffers: [{ name: 'a', size: [count()] }] }"), "the size of the buffer \"a\""),
        (gpu("{ buffers: [{ name: 'a', size: [1], initialData: load() }] }"), "write its `type`"),
        (gpu("{ buffers: [{ name: names[0], size: [1] }] }"), "the name of this buffer"),
        (gpu("{ buffers: [...more] }"), "this buffer is not written out"),
        (gpu("{ ...rest }"), "this property is not written out"),
        (gpu("{ uniforms: { time: now() } }"), "the type of the uniform \"time\""),
        (gpu("{ canvas: document.querySelector('canvas') }"), "the size of the canvas"),
        (
            "const gpu = new GPUInterface(); gpu.createKernel(kernels.first);".into(),
            "the kernel is not a function of this file",
        ),
        ("this.gpu.createKernel((inputs) => {});".into(), "the interface is not a constant"),
        (
            "this.gpu = null; this.gpu = new GPUInterface(); this.gpu.createKernel((inputs) => {});".into(),
            "the interface is not a constant",
        ),
        (
            "other.gpu = new GPUInterface(); one.gpu.createKernel((inputs) => {});".into(),
            "the interface is not a constant",
        ),
        (
            "let gpu = new GPUInterface(); gpu.createKernel((inputs) => {});".into(),
            "the interface is not a constant",
        ),
        (
            "const n = m, m = n;".to_owned() + &gpu("{ buffers: [{ name: 'a', size: [n] }] }"),
            "the size of the buffer \"a\"",
        ),
        (
            "const n = 1; { const n = 2; }".to_owned() + &gpu("{ buffers: [{ name: 'a', size: [n] }] }"),
            "the size of the buffer \"a\"",
        ),
    ];
    for (program, expected) in cases {
        let message = why(&program);
        assert!(message.contains(expected), "{program}\n{message}");
    }
}

#[test]
fn definitions_that_go_in_circles_end() {
    let circles = [
        "const gpu = await gpu; gpu.createKernel((inputs) => {});",
        "const data = [data], gpu = new GPUInterface({ buffers: [{ name: 'a', size: [1], initialData: data }] }); gpu.createKernel((inputs) => {});",
        "const time = on ? time : 1, on = true, gpu = new GPUInterface({ uniforms: { time } }); gpu.createKernel((inputs) => {});",
        "const n = n + 1, gpu = new GPUInterface({ buffers: [{ name: 'a', size: [n] }] }); gpu.createKernel((inputs) => {});",
        "class A { gpu = this.gpu; start() { this.gpu.createKernel((inputs) => {}); } }",
    ];
    for program in circles {
        assert_eq!(compiled(program).unknown.len(), 1, "{program}");
    }
}

#[test]
fn other_programs_are_left_alone() {
    for program in [
        "const gpu = new GPUInterface(); gpu.createKernel((inputs) => { oops });",
        "import 'hpc.js'; gpu.createKernel((",
    ] {
        assert_eq!(compile_program(program, "program.js"), CompiledProgram::default());
    }
}
