//! Kernels as WebAssembly, executed on one thread: where lanes part and meet, where rows end, what lies where.
//!
//! That all of the language computes what it should is the business of the conformance corpus and of random kernels, on every backend.

use artifact::{
    Artifact, BufferDescription, CanvasSize, ElementType, Interface, MemoryLayout, UniformDescription,
    UniformType, Wasm,
};
use compiler::diagnostics::{Origin, render};
use wasmtime::{Config, Engine, Instance, Memory, Module, Store};

/// What a kernel left.
struct Left {
    buffers: Vec<Vec<f32>>,
    pixels: Vec<u32>,
}

const KEY: u32 = 7;
const UNIFORM: f32 = 0.5;

/// Two buffers of numbers.
fn numbers(length: u32) -> Vec<BufferDescription> {
    vec![buffer("a", ElementType::Number, &[length]), buffer("b", ElementType::Number, &[length])]
}

fn buffer(name: &str, element: ElementType, size: &[u32]) -> BufferDescription {
    BufferDescription { name: name.into(), element, size: size.to_vec() }
}

/// Runs a kernel on buffers in which each number is its own position.
fn run(body: &str, extents: [u32; 3], buffers: Vec<BufferDescription>) -> Left {
    let interface = Interface {
        buffers,
        uniforms: vec![UniformDescription { name: "u".into(), ty: UniformType::Number, integral: false }],
        canvas: Some(CanvasSize { width: 20, height: 10 }),
        using_cpu: true,
        ..Interface::default()
    };
    let source = format!("inputs => {{ {body} }}");
    let artifact = compiler::compile(&source, &interface)
        .unwrap_or_else(|errors| panic!("{}", render(&errors, &source, &Origin::default())));
    let mut config = Config::new();
    config.signals_based_traps(false);
    let engine = Engine::new(&config).unwrap();
    let module = Module::new(&engine, &artifact.code.wasm().unwrap().common).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let memory = instance.get_memory(&mut store, Wasm::MEMORY).unwrap();
    let layout = MemoryLayout::of(&interface);
    memory.write(&mut store, MemoryLayout::PARAMS as usize, &params(&artifact, extents)).unwrap();
    for (described, &start) in interface.buffers.iter().zip(&layout.buffers) {
        let positions: Vec<u8> =
            (0..described.byte_size() / 4).flat_map(|position| (position as f32).to_le_bytes()).collect();
        memory.write(&mut store, start as usize, &positions).unwrap();
    }
    let rows: u32 = (0..3).filter(|&axis| axis != artifact.lane_axis).map(|axis| extents[axis]).product();
    let lanes = extents[artifact.lane_axis];
    instance
        .get_typed_func::<(i64, i32, i32, i32, i32), ()>(&mut store, Wasm::ENTRY_POINT)
        .and_then(|run| run.call(&mut store, (layout.scratch as i64, 0, lanes as i32, 0, rows as i32)))
        .unwrap();
    let counts = interface.buffers.iter().map(|described| described.byte_size() / 4);
    let mut all = layout
        .buffers
        .iter()
        .zip(counts.chain([200]))
        .map(|(&start, count)| words(&memory, &store, start, count));
    let buffers = all.by_ref().take(interface.buffers.len());
    let buffers = buffers.map(|words| words.into_iter().map(f32::from_bits).collect()).collect();
    Left { buffers, pixels: all.next().unwrap() }
}

fn params(artifact: &Artifact, extents: [u32; 3]) -> Vec<u8> {
    let mut params = vec![0; artifact.params.size as usize];
    let mut set = |offset: usize, word: [u8; 4]| params[offset..offset + 4].copy_from_slice(&word);
    for (axis, extent) in extents.into_iter().enumerate() {
        set(4 * axis, extent.to_le_bytes());
    }
    set(artifact::Params::KEY_0_OFFSET, KEY.to_le_bytes());
    for field in &artifact.params.uniforms {
        set(field.offset as usize, UNIFORM.to_le_bytes());
    }
    params
}

fn words(memory: &Memory, store: &Store<()>, start: u64, count: u64) -> Vec<u32> {
    let bytes = &memory.data(store)[start as usize..][..4 * count as usize];
    bytes.as_chunks().0.iter().map(|&word| u32::from_le_bytes(word)).collect()
}

#[test]
fn a_row_may_end_within_a_group() {
    for count in [1, 7, 8, 9, 16, 19] {
        let body =
            "const i = inputs.threadId.x; inputs.buffers.a[i] = inputs.buffers.b[i] * 2 + inputs.uniforms.u;";
        let left = run(body, [count, 1, 1], numbers(21));
        let expected = |i: u32| if i < count { i as f32 * 2.0 + UNIFORM } else { i as f32 };
        assert_eq!(left.buffers[0], (0..21).map(expected).collect::<Vec<_>>(), "{count}");
    }
}

#[test]
fn edges_are_where_they_are() {
    let body = "const i = inputs.threadId.x;
        let t = 0;
        if (i > 0) t += inputs.buffers.b[i - 1]; else t = -5;
        if (i % 3 === 1) t += 100;
        if (i === 50) t += 1000;
        inputs.buffers.a[i] = t + inputs.buffers.b[i + 1];";
    let left = run(body, [101, 1, 1], numbers(101));
    let b = |i: i32| if (0..101).contains(&i) { i as f32 } else { 0.0 };
    for i in 0..101 {
        let mut expected = if i > 0 { b(i - 1) } else { -5.0 };
        expected += if i % 3 == 1 { 100.0 } else { 0.0 } + if i == 50 { 1000.0 } else { 0.0 };
        assert_eq!(left.buffers[0][i as usize], expected + b(i + 1), "{i}");
    }
}

#[test]
fn lanes_leave_a_loop_and_skip_rounds_on_their_own() {
    let body = "const i = inputs.threadId.x;
        let n = 0, s = 0;
        while (n < 100) { if (n * n > i) break; n++; if (n % 2 === 0) continue; s += n; }
        inputs.buffers.a[i] = n; inputs.buffers.b[i] = s;";
    let left = run(body, [21, 1, 1], numbers(21));
    for i in 0..21 {
        let (mut n, mut s) = (0, 0);
        while n < 100 {
            if n * n > i {
                break;
            }
            n += 1;
            s += if n % 2 == 0 { 0 } else { n };
        }
        let i = i as usize;
        assert_eq!((left.buffers[0][i], left.buffers[1][i]), (n as f32, s as f32), "{i}");
    }
}

#[test]
fn lanes_return_from_functions_and_kernels_on_their_own() {
    let body = "function f(x = types.number) {
            for (let k = 0; k < 10; k++) { if (k * 2 > x) return k; if (x === 7) { return -1; } }
            return 99;
        }
        const i = inputs.threadId.x;
        if (i === 3) return;
        inputs.buffers.a[i] = f(i);";
    let left = run(body, [21, 1, 1], numbers(21));
    let f = |x: i32| match x {
        7 => -1,
        _ => (0..10).find(|k| k * 2 > x).unwrap_or(99),
    };
    for i in 0..21 {
        assert_eq!(left.buffers[0][i as usize], if i == 3 { 3 } else { f(i) } as f32, "{i}");
    }
}

#[test]
fn lanes_choose_cases_elements_and_pixels_on_their_own() {
    let body = "const i = inputs.threadId.x;
        const t = array([10, 20, 30]);
        let u = array(20, 1);
        u[i] = 5;
        let r = 0;
        switch (i % 4) { case 0: r = 1; case 1: r += 2; break; case 2: r = t[i - 1]; break; default: r = u[i] + u[0]; }
        inputs.buffers.a[i] = r;
        inputs.canvas.setPixel(i, 2, 300, i, 1.9);";
    let left = run(body, [21, 1, 1], numbers(21));
    for i in 0..21 {
        let expected = match i % 4 {
            0 => 3,
            1 => 2,
            2 => [10, 20, 30].get(i - 1).copied().unwrap_or(0),
            _ => {
                if i < 20 {
                    6
                } else {
                    1
                }
            }
        };
        assert_eq!(left.buffers[0][i], expected as f32, "{i}");
        if i < 20 {
            assert_eq!(left.pixels[40 + i], 255 | (i as u32) << 8 | 1 << 16);
        }
    }
}

#[test]
fn lanes_go_along_the_contiguous_index() {
    let buffers = vec![buffer("a", ElementType::Vec3, &[5, 9]), buffer("b", ElementType::Vec2, &[5, 9])];
    let body = "const x = inputs.threadId.x, y = inputs.threadId.y;
        const v = inputs.buffers.b[x][y];
        inputs.buffers.a[x][y] = vec3(v.y, v.x, y).times(2);
        inputs.buffers.b[x][y].x = Math.random();";
    let left = run(body, [5, 9, 1], buffers);
    for (x, y) in (0..5).flat_map(|x| (0..9).map(move |y| (x, y))) {
        let at = x * 9 + y;
        let vector = [(4 * at + 2) as f32, (4 * at) as f32, (2 * y) as f32, 0.0];
        assert_eq!(left.buffers[0][4 * at..][..4], vector);
        assert_eq!(left.buffers[1][2 * at], artifact::random((x + 5 * y) as u32, 0, [KEY, 0]));
    }
}

#[test]
fn long_chains_mean_what_they_say() {
    const LINKS: usize = 150;
    let rows = |row: &dyn Fn(usize) -> String| (0..LINKS).map(row).collect::<String>();
    let stored = "const i = inputs.threadId.x; inputs.buffers.a[i] = ";
    let chain = |body: &dyn Fn(usize) -> String| {
        format!("{}{{ t = -1; }}", rows(&|link| format!("if (i === {link}) {{ {} }} else ", body(link))))
    };
    // The bodies: one that goes on, one that leaves, and both in turns.
    let goes_on = chain(&|link| format!("t = {};", link * 2));
    let leaves = chain(&|link| format!("return {};", link * 2));
    let either = chain(&|link| match link / 40 % 2 {
        0 => format!("return {};", link * 2),
        _ => format!("t = {};", link * 2),
    });
    let function = |chain: &str| {
        format!("function f(i = types.number) {{ let t = -2; {chain} return t; }} {stored}f(i);")
    };
    let given = leaves.replace("t = -1;", "return -1;");
    let tests = rows(&|link| format!("case i + {link} - i: t = {}; break; ", link * 2));
    let falls = rows(&|link| format!("case {link}: t = t < 0 ? {} : t; ", link * 2));
    let values = rows(&|link| format!("case {link}: t = {}; break; ", link * 2));
    let switch = |cases: &str| {
        format!(
            "const i = inputs.threadId.x; let t = -2; switch (i) {{ {cases} default: if (t < 0) t = -1; }} inputs.buffers.a[i] = t;"
        )
    };
    let found = |i: usize| if i < LINKS { i as f32 * 2.0 } else { -1.0 };
    for (name, body) in [
        ("goes on", format!("const i = inputs.threadId.x; let t = -2; {goes_on} inputs.buffers.a[i] = t;")),
        ("goes on in a function", function(&goes_on)),
        ("leaves", function(&leaves)),
        ("gives", format!("function f(i = types.number) {{ let t = 0; {given} }} {stored}f(i);")),
        ("either", function(&either)),
        ("tests", switch(&tests)),
        ("falls", switch(&falls)),
        ("values", switch(&values)),
    ] {
        let left = run(&body, [200, 1, 1], numbers(200));
        assert_eq!(left.buffers[0], (0..200).map(found).collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn long_expressions_mean_what_they_say() {
    let load = "inputs.buffers.b[inputs.threadId.x]";
    let nested = |open: &str, close: &str| format!("{}{load}{}", open.repeat(90), close.repeat(90));
    for (expression, expected) in [
        (format!("{load}{}", " + 1".repeat(200)), (|i| i + 200.0) as fn(f32) -> f32),
        (format!("{load}{}", " - 2 + 1".repeat(100)), |i| i - 100.0),
        (nested("Math.min(", ", 20)"), |i| i.min(20.0)),
        (nested("(", " + 1)"), |i| i + 90.0),
        (nested("Math.abs(", " - 1)"), |i| if i >= 90.0 { i - 90.0 } else { ((90 - i as i32) % 2) as f32 }),
        (format!("Math.max({load}{})", ", 7".repeat(200)), |i| i.max(7.0)),
        (format!("({load} > 3{}) ? 1 : 2", format!(" && {load} < 9").repeat(120)), |i| {
            if i > 3.0 && i < 9.0 { 1.0 } else { 2.0 }
        }),
        (format!("({load} === 3{}) ? 1 : 2", format!(" || {load} === 9").repeat(120)), |i| {
            if i == 3.0 || i == 9.0 { 1.0 } else { 2.0 }
        }),
        (format!("vec2({load}, 1){}.x", ".plus(vec2(1, 2))".repeat(120)), |i| i + 120.0),
        (format!("vec2({load}, 1){}.x", ".yx".repeat(121)), |_| 1.0),
    ] {
        let body = format!("inputs.buffers.a[inputs.threadId.x] = {expression};");
        let left = run(&body, [30, 1, 1], numbers(30));
        let expected: Vec<f32> = (0..30).map(|i| expected(i as f32)).collect();
        assert_eq!(left.buffers[0], expected, "{expression}");
    }
}
