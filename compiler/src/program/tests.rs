//! What is read of programs, and what is not.

use artifact::{BufferDescription, CanvasSize, Component, ElementType, UniformDescription, UniformType};

use super::*;
use crate::diagnostics::line_and_column;

const IMPORT: &str = "import GPUInterface, { createCanvas, vec2, vec2i, vec3, vec3u } from 'hpc.js';\n";

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
fn a_canvas_of_a_page_may_be_made_with_its_size() {
    let expected = Some(CanvasSize { width: 64, height: 32 });
    let assigned = "Object.assign(document.createElement('canvas'), { width: 64, height: 32 })";
    for canvas in ["new OffscreenCanvas(64, 32)", assigned] {
        assert_eq!(interface(&format!("const canvas = {canvas}"), "{ canvas }").canvas, expected);
    }
    for canvas in
        ["Object.assign(element, sizes)", "Object.assign(element, { id: 'a' })", "new Canvas(64, 32)"]
    {
        assert!(
            why(&format!(
                "const gpu = new GPUInterface({{ canvas: {canvas} }}); gpu.createKernel((inputs) => {{}});"
            ))
            .contains("the size of the canvas")
        );
    }
}

#[test]
fn what_kernels_bind_is_theirs() {
    let program = compiled(
        "const canvas = createCanvas(8, 4);
        const scale = 3;
        const gpu = new GPUInterface({ canvas });
        function first({ canvas, threadId }) {
            let scale = threadId.x;
            scale += 1;
            canvas.setPixel(vec2(0, 0), vec3(scale, 0, 0));
        }
        gpu.createKernel(first);
        gpu.createKernel(({ canvas, threadId }) => { canvas.setPixel(vec2(0, 0), vec3(scale, 0, 0)); });",
    );
    assert_eq!(program.unknown, []);
    assert_eq!(program.mistakes.len(), 0, "{:?}", program.mistakes);
    let size = Some(CanvasSize { width: 8, height: 4 });
    let [first, second] = &program.kernels[..] else { panic!("both are compiled") };
    assert_eq!((first.gpu.interface.canvas, second.gpu.interface.canvas), (size, size));
    let names = |kernel: &ProgramKernel| kernel.seen.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(second), ["scale"]);
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
            ("time", UniformType::Number, true),
            ("on", UniformType::Boolean, true),
            ("center", UniformType::Vec2, false),
        ]
        .map(|(name, ty, integral)| UniformDescription { name: name.into(), ty, integral })
        .into(),
        canvas: Some(CanvasSize { width: 16, height: 7 }),
        ..Interface::default()
    };
    assert_eq!(interface(declarations, spec), expected);
}

#[test]
fn the_fields_of_objects_are_columns() {
    let spec =
        "{ buffers: [{ name: 'p', size: [4], type: { at: 'vec2', body: Body, 'tags': [['u8', n], 3] } }] }";
    let declarations = "const n = 2, Body = { mass: 'f64', arms: [{ long: 'boolean' }, n] }";
    let expected = vec![
        buffer("p[].at", ElementType::Vec2, &[4]),
        buffer("p[].body.mass", ElementType::F64, &[4]),
        buffer("p[].body.arms[].long", ElementType::Boolean, &[4, 2]),
        buffer("p[].tags[][]", ElementType::U8, &[4, 3, 2]),
    ];
    assert_eq!(interface(declarations, spec).buffers, expected);
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
    for (data, expected) in [
        ("new Int32Array(4)", ElementType::I32),
        ("new Uint32Array(rows)", ElementType::U32),
        ("Int16Array.from(rows)", ElementType::I16),
        ("Uint16Array.of(1, 2, 3, 4)", ElementType::U16),
        ("[new Int8Array(2), new Int8Array(2)]", ElementType::I8),
        ("Array.from({ length: 2 }, () => new Uint8Array(2))", ElementType::U8),
        ("new Uint8ClampedArray(4).fill(255)", ElementType::U8Clamped),
        ("new Float16Array(4)", ElementType::F16),
        ("new Float64Array(4).map((_, i) => i / 3)", ElementType::F64),
        ("Array.from(new Int32Array(4))", ElementType::Number),
        ("Array(4).fill(false)", ElementType::Boolean),
        ("rows.map((row) => row[0] > 1)", ElementType::Boolean),
        ("Array(4).fill(vec2i(1))", ElementType::Vec2i),
        ("rows.map((row) => vec3u(row[0]))", ElementType::Vec3u),
    ] {
        assert_eq!(element(data), expected, "{data}");
    }
    for data in
        ["[vec2(1)]", "rows.map((row) => { const x = row[0]; return vec2(x); })", "Array(4).fill(vec2(0, 1))"]
    {
        assert_eq!(element(data), ElementType::Vec2, "{data}");
    }
}

#[test]
fn types_of_uniforms_are_read_from_their_values() {
    let uniform = |value: &str| {
        let spec = format!("{{ uniforms: {{ a: {value} }} }}");
        let described =
            interface("const n = 3, weights = [1, 4, 6, 4, 1], half = 0.5", &spec).uniforms[0].clone();
        (described.ty, described.integral)
    };
    let cases = [
        ("2 * n", UniformType::Number, true),
        ("-n", UniformType::Number, true),
        ("n > 2 ? 1 : 0", UniformType::Number, true),
        ("Math.floor(Math.random() * 9)", UniformType::Number, true),
        ("Math.max(n, 7)", UniformType::Number, true),
        ("half", UniformType::Number, false),
        ("1 / n", UniformType::Number, false),
        ("n * half + 1", UniformType::Number, false),
        ("-0", UniformType::Number, false),
        ("2 ** 31", UniformType::Number, false),
        ("2 ** 31 - 1", UniformType::Number, true),
        ("2 * Math.PI", UniformType::Number, false),
        ("Math.random()", UniformType::Number, false),
        ("performance.now() / 1000", UniformType::Number, false),
        ("vec2(1, n)", UniformType::Vec2, true),
        ("vec2(1, half)", UniformType::Vec2, false),
        ("vec2i(-1, 1)", UniformType::Vec2i, true),
        ("vec3u(7)", UniformType::Vec3u, true),
        ("weights", UniformType::Numbers(5), true),
        ("[1, half]", UniformType::Numbers(2), false),
        ("weights.map((weight) => weight / 16)", UniformType::Numbers(5), false),
        ("Array(n).fill(0)", UniformType::Numbers(3), true),
        ("new Array(n).fill(0.5)", UniformType::Numbers(3), false),
        ("Array.from({ length: 4 }, (_, i) => i * i)", UniformType::Numbers(4), true),
        ("new Int32Array(weights)", UniformType::Array(Component::I32, 5), true),
        ("Uint8Array.of(1, 2, 3)", UniformType::Array(Component::U8, 3), true),
        ("new Float32Array([0.5])", UniformType::Array(Component::F32, 1), false),
        ("Float64Array.from(weights)", UniformType::Array(Component::F64, 5), true),
        ("new Float64Array(2 * n)", UniformType::Array(Component::F64, 6), true),
        ("new Uint32Array(2).fill(9)", UniformType::Array(Component::U32, 2), true),
    ];
    for (value, ty, integral) in cases {
        assert_eq!(uniform(value), (ty, integral), "{value}");
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
        (gpu("{ uniforms: { a: new Int32Array(count()) } }"), "the type of the uniform \"a\""),
        (gpu("{ uniforms: { a: [] } }"), "the type of the uniform \"a\""),
        (gpu("{ uniforms: { a: [...more] } }"), "the type of the uniform \"a\""),
        (gpu("{ uniforms: { a: [true] } }"), "the type of the uniform \"a\""),
        (gpu("{ uniforms: { a: new Uint8ClampedArray(2) } }"), "the type of the uniform \"a\""),
        (gpu("{ uniforms: { a: new BigInt64Array(2) } }"), "the type of the uniform \"a\""),
        (
            gpu("{ buffers: [{ name: 'a', size: [1], initialData: new BigInt64Array(1) }] }"),
            "write its `type`",
        ),
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
        "const T = { a: T }, gpu = new GPUInterface({ buffers: [{ name: 'a', size: [1], type: T }] }); gpu.createKernel((inputs) => {});",
        "const T = [T, 2], gpu = new GPUInterface({ buffers: [{ name: 'a', size: [1], type: { a: T } }] }); gpu.createKernel((inputs) => {});",
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

/// The constants that the only kernel of a program is compiled with: those that are given, and those that are seen.
fn constants(declarations: &str, kernel: &str, options: &str) -> [Vec<String>; 2] {
    let program = compiled(&format!(
        "{declarations}; const gpu = await new GPUInterface({{ buffers: [{{ name: 'a', size: [4] }}] }}).initialize();
         await gpu.createKernel((inputs) => {{ {kernel} }}{options});"
    ));
    assert_eq!((&program.unknown[..], &program.mistakes[..]), (&[][..], &[][..]), "{declarations}");
    let kernel = &program.kernels[0];
    [&kernel.given, &kernel.seen].map(|constants| {
        let text = constants::behind("", constants);
        text.lines().skip(2).map(str::to_owned).collect()
    })
}

#[test]
fn constants_of_the_file_are_seen() {
    let declarations = "
        const N = 4, SIZE = N * 2 ** 3, isOn = !0;
        const half: number = 1 / 2;
        const center = vec2(0.5), weights = [1, -N, Math.PI];
        const unused = 3;";
    let kernel =
        "let list = array(SIZE, 0); inputs.buffers.a[0] = isOn ? half + center.x : weights[N] + list[0];";
    let seen = [
        "const SIZE = 32.0;",
        "const isOn = true;",
        "const half = 0.5;",
        "const center = vec2(0.5, 0.5);",
        "const weights = array([1.0, -4.0, 3.141592653589793]);",
        "const N = 4.0;",
    ];
    assert_eq!(constants(declarations, kernel, ""), [vec![], seen.map(str::to_owned).to_vec()]);
}

#[test]
fn constants_that_are_given_are_read() {
    let options = ", { constants: { N, COUNT: 2 * N, ups: [vec3u(1, 2, 3)] } }";
    let kernel = "inputs.buffers.a[0] = N + COUNT + ups[0].x;";
    let given = ["const N = 4.0;", "const COUNT = 8.0;", "const ups = array([vec3u(1.0, 2.0, 3.0)]);"];
    assert_eq!(constants("const N = 4", kernel, options), [given.map(str::to_owned).to_vec(), vec![]]);
    let unknown =
        "const gpu = new GPUInterface({}); gpu.createKernel((inputs) => {}, { constants: { N: now() } });";
    assert_eq!(why(unknown), "the constant \"N\" is not known before the program runs");
}

#[test]
fn what_other_code_may_change_is_no_constant() {
    let seen = |change: &str| {
        let program = compiled(&format!(
            "const table = [1, 2]; {change}; const gpu = new GPUInterface({{ buffers: [{{ name: 'a', size: [table.length] }}] }});
             gpu.createKernel((inputs) => {{ inputs.buffers.a[0] = table[1]; }});"
        ));
        program.mistakes.is_empty()
    };
    assert!(seen(""));
    for change in
        ["table[0] = 5", "table.push(5)", "change(table)", "const other = table", "export { table }"]
    {
        assert!(!seen(change), "{change}");
    }
}
