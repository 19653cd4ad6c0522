//! Kernels as WebAssembly, executed.

use artifact::{
    BufferDescription, CanvasSize, ElementType, Interface, MemoryLayout, UniformDescription, UniformType,
    Wasm,
};
use wasmtime::{Config, Engine, Instance, Module, Store};

struct Run {
    interface: Interface,
    buffers: Vec<Vec<f32>>,
    pixels: Vec<u32>,
}

fn run(body: &str, extents: [u32; 3], uniform: f32, buffers: &[(&str, ElementType, &[u32])]) -> Run {
    let interface = Interface {
        buffers: buffers
            .iter()
            .map(|(name, element, size)| BufferDescription {
                name: (*name).into(),
                element: *element,
                size: size.to_vec(),
            })
            .collect(),
        uniforms: vec![UniformDescription { name: "u".into(), ty: UniformType::Number }],
        canvas: Some(CanvasSize { width: 20, height: 10 }),
        using_cpu: true,
    };
    let source = format!("inputs => {{ {body} }}");
    let artifact = compiler::compile(&source, &interface)
        .unwrap_or_else(|errors| panic!("{}", compiler::diagnostics::render(&errors, &source, "k")));
    let code = artifact.code.wasm().unwrap();
    if let Ok(path) = std::env::var("HPC_DUMP") {
        std::fs::write(path, &code.common).unwrap();
    }
    let mut config = Config::new();
    config.signals_based_traps(false);
    let engine = Engine::new(&config).unwrap();
    let module = Module::new(&engine, &code.common).unwrap_or_else(|e| panic!("{e:?}"));
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let memory = instance.get_memory(&mut store, Wasm::MEMORY).unwrap();
    let layout = MemoryLayout::of(&interface);
    let mut params = vec![0_u8; artifact.params.size as usize];
    for (axis, extent) in extents.iter().enumerate() {
        params[4 * axis..4 * axis + 4].copy_from_slice(&extent.to_le_bytes());
    }
    params[12..16].copy_from_slice(&7_u32.to_le_bytes());
    for field in &artifact.params.uniforms {
        params[field.offset as usize..field.offset as usize + 4].copy_from_slice(&uniform.to_le_bytes());
    }
    memory.write(&mut store, MemoryLayout::PARAMS as usize, &params).unwrap();
    // Buffers hold their own positions to start with.
    for (buffer, start) in interface.buffers.iter().zip(&layout.buffers) {
        for i in 0..buffer.float_count() {
            memory.write(&mut store, (*start + 4 * i) as usize, &(i as f32).to_le_bytes()).unwrap();
        }
    }
    let entry =
        instance.get_typed_func::<(i64, i32, i32, i32, i32), ()>(&mut store, Wasm::ENTRY_POINT).unwrap();
    let lane = artifact.lane_axis;
    let rows: u32 = (0..3).filter(|&axis| axis != lane).map(|axis| extents[axis]).product();
    entry.call(&mut store, (layout.scratch as i64, 0, extents[lane] as i32, 0, rows as i32)).unwrap();
    let mut words = |start: u64, count: u64| -> Vec<u32> {
        (0..count)
            .map(|i| {
                let mut b = [0; 4];
                memory.read(&store, (start + 4 * i) as usize, &mut b).unwrap();
                u32::from_le_bytes(b)
            })
            .collect()
    };
    let buffers = interface
        .buffers
        .iter()
        .zip(&layout.buffers)
        .map(|(buffer, &start)| words(start, buffer.float_count()).into_iter().map(f32::from_bits).collect())
        .collect();
    let pixels = words(layout.buffers[interface.buffers.len()], 200);
    Run { interface, buffers, pixels }
}

const N: &[(&str, ElementType, &[u32])] =
    &[("a", ElementType::Number, &[21]), ("b", ElementType::Number, &[21])];

#[test]
fn elementwise() {
    let out = run(
        "const i = inputs.threadId.x; inputs.buffers.a[i] = inputs.buffers.b[i] * 2 + inputs.uniforms.u;",
        [19, 1, 1],
        0.5,
        N,
    );
    let expected: Vec<f32> = (0..21).map(|i| if i < 19 { i as f32 * 2.0 + 0.5 } else { i as f32 }).collect();
    assert_eq!(out.buffers[0], expected);
}

#[test]
fn neighbours_and_branches() {
    let out = run(
        "const i = inputs.threadId.x; let t = 0; if (i > 0) t += inputs.buffers.b[i - 1]; else t = -5; if (i % 3 === 1) { t += 100; } inputs.buffers.a[i] = t + inputs.buffers.b[i + 1];",
        [21, 1, 1],
        0.5,
        N,
    );
    let b = |i: i32| if (0..21).contains(&i) { i as f32 } else { 0.0 };
    let expected: Vec<f32> = (0..21)
        .map(|i| (if i > 0 { b(i - 1) } else { -5.0 }) + (if i % 3 == 1 { 100.0 } else { 0.0 }) + b(i + 1))
        .collect();
    assert_eq!(out.buffers[0], expected);
}

#[test]
fn loops_that_part() {
    let out = run(
        "const i = inputs.threadId.x; let n = 0, s = 0; while (n < 100) { if (n * n > i) break; n++; if (n % 2 === 0) continue; s += n; } inputs.buffers.a[i] = n; inputs.buffers.b[i] = s;",
        [21, 1, 1],
        0.5,
        N,
    );
    for i in 0..21 {
        let (mut n, mut s) = (0, 0);
        while n < 100 {
            if n * n > i {
                break;
            }
            n += 1;
            if n % 2 == 0 {
                continue;
            }
            s += n;
        }
        assert_eq!((out.buffers[0][i as usize], out.buffers[1][i as usize]), (n as f32, s as f32), "{i}");
    }
}

#[test]
fn functions_that_return_early() {
    let source = "function f(x = types.number) { for (let k = 0; k < 10; k++) { if (k * 2 > x) return k; if (x === 7) { return -1; } } return 99; } const i = inputs.threadId.x; if (i === 3) return; inputs.buffers.a[i] = f(i);";
    let out = run(source, [21, 1, 1], 0.5, N);
    for i in 0..21 {
        let f = |x: i32| {
            for k in 0..10 {
                if k * 2 > x {
                    return k;
                }
                if x == 7 {
                    return -1;
                }
            }
            99
        };
        let expected = if i == 3 { 3 } else { f(i) };
        assert_eq!(out.buffers[0][i as usize], expected as f32, "{i}");
    }
}

#[test]
fn switches_arrays_and_pixels() {
    let source = "const i = inputs.threadId.x; const t = array([10, 20, 30]); let u = array(20, 1); u[i] = 5; let r = 0; switch (i % 4) { case 0: r = 1; case 1: r += 2; break; case 2: r = t[i - 1]; break; default: r = u[i] + u[0]; } inputs.buffers.a[i] = r; inputs.canvas.setPixel(i, 2, 300, i, 1.9);";
    let out = run(source, [21, 1, 1], 0.5, N);
    for i in 0..21_i32 {
        let expected = match i % 4 {
            0 => 3,
            1 => 2,
            2 => [10, 20, 30].get((i - 1) as usize).copied().unwrap_or(0),
            _ => (if i < 20 { 5 } else { 0 }) + 1,
        };
        assert_eq!(out.buffers[0][i as usize], expected as f32, "{i}");
        if i < 20 {
            assert_eq!(out.pixels[40 + i as usize], 255 | (i as u32) << 8 | 1 << 16);
        }
    }
    assert_eq!(out.interface.buffers.len(), 2);
}

#[test]
fn vectors_in_two_dimensions() {
    let buffers: &[(&str, ElementType, &[u32])] =
        &[("a", ElementType::Vec3, &[5, 9]), ("b", ElementType::Vec2, &[5, 9])];
    let source = "const x = inputs.threadId.x, y = inputs.threadId.y; const v = inputs.buffers.b[x][y]; inputs.buffers.a[x][y] = vec3(v.y, v.x, y).times(2); inputs.buffers.b[x][y].x = Math.random();";
    let out = run(source, [5, 9, 1], 0.5, buffers);
    for x in 0..5_usize {
        for y in 0..9_usize {
            let at = x * 9 + y;
            assert_eq!(
                out.buffers[0][4 * at..4 * at + 4],
                [(2 * at + 1) as f32 * 2.0, (2 * at) as f32 * 2.0, y as f32 * 2.0, 0.0]
            );
            assert_eq!(out.buffers[1][2 * at], artifact::random((x + 5 * y) as u32, 0, [7, 0]));
        }
    }
}
