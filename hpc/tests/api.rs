//! The public surface: what compiles, what is refused, what comes back. Runs on any backend.

use std::future::Future;

use hpc::{Artifact, Backend, Builder, Error, GpuInterface, Kernel, RuntimeError, UniformValue};
use pollster::block_on;

fn open(builder: Builder) -> GpuInterface {
    let blueprint = builder.build().unwrap();
    block_on(blueprint.initialize()).expect("these tests need a GPU adapter, or HPC_BACKEND=noop")
}

fn refusal(builder: Builder) -> String {
    builder.build().unwrap_err().to_string()
}

/// `numbers[id.x] += 1` over a buffer of 64 numbers.
fn add_one(gpu: &GpuInterface) -> Kernel {
    let kernel = "inputs => { inputs.buffers.numbers[inputs.threadId.x] += 1; }";
    block_on(gpu.create_kernel(kernel)).unwrap()
}

fn numbers() -> Builder {
    GpuInterface::builder().zeros::<f32>("numbers", 64)
}

#[test]
fn everything_can_be_sent_to_other_threads() {
    fn send<T: Send + 'static>(_: &T) {}
    fn shared<T: Sync>(_: &T) {}
    fn future<T: Future + Send + Unpin + 'static>(_: T) {}
    let gpu = open(numbers());
    let kernel = add_one(&gpu);
    let painted = open(Builder::default().canvas(2, 2));
    send(&gpu);
    shared(&gpu);
    send(&kernel);
    shared(&kernel);
    future(gpu.read_buffer::<f32>("numbers"));
    future(gpu.read_elements::<f32>("numbers", ..));
    let elements = block_on(gpu.read_elements::<f32>("numbers", ..)).unwrap();
    send(&elements);
    shared(&elements);
    future(gpu.read_bytes("numbers", ..));
    let bytes = block_on(gpu.read_bytes("numbers", ..)).unwrap();
    send(&bytes);
    shared(&bytes);
    let list = gpu.record(|| Ok(())).unwrap();
    send(&list);
    shared(&list);
    let profiling = gpu.profile().unwrap();
    send(&profiling);
    future(profiling.stop());
    future(painted.canvas().unwrap());
    future(gpu.on_submitted_work_done());
}

#[test]
fn extents_are_numbers_arrays_or_tuples() {
    let gpu = open(numbers());
    let kernel = add_one(&gpu);
    kernel.run(64).unwrap();
    kernel.run([64]).unwrap();
    kernel.run([64, 1]).unwrap();
    kernel.run([64, 1, 1]).unwrap();
    kernel.run((64,)).unwrap();
    kernel.run((64, 1)).unwrap();
    kernel.run((64, 1, 1)).unwrap();
    let invalid = Error::Runtime(RuntimeError::InvalidExtent { extents: [64, 0, 1] });
    assert_eq!(kernel.run([64, 0]), Err(invalid));
    let floats = block_on(gpu.read_buffer::<f32>("numbers")).unwrap();
    let expected = if gpu.backend_type() != Backend::Noop { 7.0 } else { 0.0 };
    assert_eq!(floats, [expected; 64]);
    assert!(kernel.source().contains("numbers["));
}

#[test]
fn data_comes_in_many_forms_and_returns() {
    let triples = vec![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0_f32]];
    let gpu = open(GpuInterface::builder().buffer("v", 2, &triples).zeros::<[f32; 3]>("w", [2]));
    assert_eq!(block_on(gpu.read_buffer::<[f32; 3]>("v")).unwrap(), triples);
    gpu.copy_buffer("v", "w").unwrap();
    gpu.copy_buffer("v", "v").unwrap();
    let packed = block_on(gpu.read_buffer::<f32>("w")).unwrap();
    assert_eq!(packed, [1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0]);
    gpu.write_buffer("v", [9.0_f32; 8]).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<f32>("v")).unwrap(), [9.0, 9.0, 9.0, 0.0, 9.0, 9.0, 9.0, 0.0]);
    gpu.write_buffer("v", &triples[..]).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<[f32; 3]>("v")).unwrap(), triples);
}

#[test]
fn the_builder_refuses_before_any_device_is_touched() {
    let builder = GpuInterface::builder;
    assert!(refusal(builder().zeros::<f32>("a", 0)).starts_with("the buffer \"a\" cannot have size [0]"));
    assert!(refusal(builder().zeros::<f32>("a", [65_536, 65_536])).contains("[65536, 65536]"));
    assert!(
        refusal(builder().zeros::<f32>("a", 1).zeros::<f32>("a", 1)).contains("two buffers are called \"a\"")
    );
    for name in ["", "1a", "a b", "hpc__a", "a.b"] {
        assert!(refusal(builder().zeros::<f32>(name, 1)).contains("cannot be called"), "{name}");
    }
    for name in ["a", "_", "$", "größe", "for", "var", "array", "a1"] {
        builder().zeros::<f32>(name, 1).uniform(name, 1.0).build().unwrap();
    }
    assert!(
        refusal(builder().uniform("t", 1.0).uniform("t", true)).contains("two uniforms are called \"t\"")
    );
    assert!(refusal(builder().canvas(0, 1)).contains("0 x 1"));
    assert!(refusal(builder().buffer("a", 3, [1.0_f32, 2.0])).contains("holds 3 elements"));
}

#[test]
fn refused_calls_name_the_item_and_the_way_out() {
    let gpu = open(numbers().zeros::<[f32; 2]>("pairs", 64).uniform("time", 0.0));
    let text = |result: Result<(), Error>| result.unwrap_err().to_string();
    assert_eq!(
        text(gpu.write_buffer("nombers", [0.0_f32; 64])),
        "there is no buffer \"nombers\"; did you mean \"numbers\"? (the buffers are numbers, pairs)"
    );
    assert_eq!(
        text(gpu.write_buffer("numbers", [[0.0_f32; 2]; 64])),
        "the buffer \"numbers\" holds elements of type number, not vec2; use number here"
    );
    assert_eq!(
        text(gpu.copy_buffer("numbers", "pairs")),
        "cannot copy \"numbers\" (size [64], number) to \"pairs\" (size [64], vec2): \
         make sizes and element types the same"
    );
    assert_eq!(
        text(gpu.set_uniforms([("tme", 1.0)])),
        "there is no uniform \"tme\"; did you mean \"time\"? (the uniforms are time)"
    );
    assert_eq!(
        text(gpu.set_uniforms([("time", UniformValue::from(true))])),
        "the uniform \"time\" is a number and was set to a boolean; set it to a number, the type of its first value"
    );
    assert_eq!(
        text(gpu.update_canvas()),
        "there is no canvas; declare one with canvas(width, height) when building the interface"
    );
    let mismatch = block_on(gpu.read_buffer::<[f32; 4]>("pairs")).unwrap_err().to_string();
    assert_eq!(mismatch, "the buffer \"pairs\" holds elements of type vec2, not vec4; use vec2 here");
    gpu.set_uniforms::<f32>([]).unwrap();
}

#[test]
fn first_contents_of_the_wrong_shape_are_refused() {
    let with = |elements: Vec<f32>| refusal(GpuInterface::builder().buffer("image", [2, 3], elements));
    for given in [0, 1, 5, 7, 12] {
        let expected = format!(
            "the buffer \"image\" of size [2, 3] holds 6 elements of type number, but {given} were given; \
             give exactly as many"
        );
        assert_eq!(with(vec![0.0; given]), expected);
    }
    let none: [[f32; 2]; 0] = [];
    assert!(refusal(GpuInterface::builder().buffer("v", 1, none)).contains("but 0 were given"));
    for size in [[0, 1, 1], [1, 0, 1], [1, 1, 0]] {
        let text = refusal(GpuInterface::builder().zeros::<f32>("image", size));
        assert!(text.contains(&format!("{size:?}")) && text.contains("at least 1"), "{text}");
    }
    assert!(refusal(GpuInterface::builder().canvas(65_536, 65_536)).contains("65536 x 65536"));
}

#[test]
fn a_refused_call_leaves_everything_as_it_was() {
    let gpu = open(numbers().buffer("pairs", 2, [[1.0, 2.0_f32]; 2]).uniform("step", 1.0));
    let text = "inputs => { inputs.buffers.numbers[inputs.threadId.x] += inputs.uniforms.step; }";
    let kernel = block_on(gpu.create_kernel(text)).unwrap();
    gpu.write_buffer("numbers", [5.0_f32; 64]).unwrap();
    let step = |value: f32| ("step", UniformValue::from(value));
    let refused: [(&str, Result<(), Error>); 14] = [
        ("an unknown uniform", gpu.set_uniforms([step(9.0), ("speed", 1.0.into())])),
        ("a uniform's type", gpu.set_uniforms([step(9.0), ("step", true.into())])),
        ("a vector for a number", gpu.set_uniforms([step(9.0), ("step", [1.0, 2.0].into())])),
        ("an unknown buffer written", gpu.write_buffer("numbs", [9.0_f32; 64])),
        ("too few", gpu.write_buffer("numbers", [9.0_f32; 63])),
        ("too many", gpu.write_buffer("numbers", [9.0_f32; 65])),
        ("another type", gpu.write_buffer("numbers", [[9.0_f32; 2]; 32])),
        ("numbers that fill no pairs", gpu.write_buffer("pairs", [9.0_f32; 3])),
        ("an unknown source", gpu.copy_buffer("nowhere", "numbers")),
        ("an unknown destination", gpu.copy_buffer("numbers", "nowhere")),
        ("a copy of another shape", gpu.copy_buffer("pairs", "numbers")),
        ("no canvas", gpu.update_canvas()),
        ("no threads", kernel.run([64, 0])),
        ("too many threads", kernel.run([65_536, 65_536])),
    ];
    for (what, result) in refused {
        let error = result.expect_err(what).to_string();
        assert!(!error.is_empty() && !error.contains("please report"), "{what}: {error}");
    }
    assert!(block_on(gpu.read_buffer::<f32>("nowhere")).is_err());
    assert!(gpu.canvas().is_err());
    let computes = gpu.backend_type() != Backend::Noop;
    kernel.run(64).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<f32>("numbers")).unwrap(), [if computes { 6.0 } else { 5.0 }; 64]);
    assert_eq!(block_on(gpu.read_buffer::<f32>("pairs")).unwrap(), [1.0, 2.0, 1.0, 2.0]);
}

#[test]
fn an_artifact_of_another_interface_is_refused() {
    let gpu = open(GpuInterface::builder());
    let stored = add_one(&open(numbers())).artifact().to_text();
    let error = block_on(gpu.create_kernel_from(Artifact::from_text(&stored).unwrap())).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the artifact does not fit this interface: it was compiled for the buffer")
    );
}

#[test]
fn a_kernel_of_a_program_runs_on_typed_buffers() {
    let program = "
        import GPUInterface, { vec2i } from 'hpc.js';
        const weights = new Float64Array([0.5, 0.25]);
        const gpu = await new GPUInterface({
            buffers: [
                { name: 'doubles', size: [2], initialData: new Float64Array(2).fill(1) },
                { name: 'bytes', size: [2], initialData: Uint8Array.of(7, 7) },
                { name: 'places', size: [2], initialData: Array(2).fill(vec2i(1)) },
            ],
            uniforms: { n: 2 ** 24 + 1, offsets: [-1, 1], weights, corner: vec2i(3, 4) },
        }).initialize();
        const kernel = await gpu.createKernel((inputs) => {
            const i = inputs.threadId.x;
            inputs.buffers.doubles[i] = inputs.uniforms.n * inputs.uniforms.weights[i];
            inputs.buffers.bytes[i] = inputs.uniforms.offsets[i];
            inputs.buffers.places[i] = inputs.uniforms.corner.plus(inputs.buffers.places[i]);
        });";
    let precompiled = hpc::precompile(program, "program.js");
    assert_eq!((precompiled.unknown, precompiled.mistakes), (vec![], None));
    let gpu = open(
        GpuInterface::builder()
            .buffer("doubles", 2, [1.0, 1.0_f64])
            .zeros::<u8>("bytes", 2)
            .buffer("places", 2, [[1, 1]; 2])
            .uniform("n", 16_777_217)
            .uniform("offsets", UniformValue::Numbers([-1.0, 1.0].into()))
            .uniform("weights", vec![0.5, 0.25])
            .uniform("corner", [3, 4]),
    );
    let stored = match gpu.backend_type() {
        Backend::Cpu => precompiled.kernels[0].cpu.to_text(),
        _ => precompiled.kernels[0].gpu.to_text(),
    };
    let kernel = block_on(gpu.create_kernel_from(Artifact::from_text(&stored).unwrap())).unwrap();
    kernel.run(2).unwrap();
    if gpu.backend_type() != Backend::Noop {
        assert_eq!(block_on(gpu.read_buffer::<f64>("doubles")).unwrap(), [8_388_608.5, 4_194_304.25]);
        assert_eq!(block_on(gpu.read_buffer::<u8>("bytes")).unwrap(), [255, 1]);
        assert_eq!(block_on(gpu.read_buffer::<[i32; 2]>("places")).unwrap(), [[4, 5]; 2]);
    }
}

#[test]
fn an_interface_can_be_empty() {
    let gpu = open(GpuInterface::builder());
    gpu.flush().unwrap();
    block_on(gpu.on_submitted_work_done()).unwrap();
}

#[test]
fn a_kernel_outlives_its_interface_but_does_not_run() {
    let gpu = open(numbers());
    let kernel = add_one(&gpu);
    drop(gpu);
    assert_eq!(kernel.run(64), Err(Error::Runtime(RuntimeError::Dropped)));
}

#[test]
fn backends_have_names() {
    assert_eq!(Backend::from_name("GPU"), Ok(Backend::Gpu));
    assert_eq!(Backend::from_name("noop"), Ok(Backend::Noop));
    let text = |name| Backend::from_name(name).unwrap_err().to_string();
    assert_eq!(Backend::from_name("cpu"), Ok(Backend::Cpu));
    assert_eq!(text("tpu"), "the backend \"tpu\" is unknown; use gpu, cpu or noop");
}

#[test]
fn the_runtime_does_not_know_the_compiler() {
    let manifest = include_str!("../../runtime/Cargo.toml");
    assert!(!manifest.contains("compiler"), "the runtime must run with no compiler aboard");
}

#[test]
fn a_power_of_a_double_is_the_nearest_one_or_its_neighbour() {
    let bases: [f64; 8] = [3.7, -0.3, 1e103, 1e-103, 1.000_000_1, -12_345.678, 5e-324, 1e308];
    let exponents: [i32; 9] = [-3, -2, -1, 2, 3, 5, 7, 15, -7];
    let gpu = open(GpuInterface::builder().buffer("a", bases.len() as u32, bases));
    for exponent in exponents {
        gpu.write_buffer("a", bases).unwrap();
        let text = format!(
            "inputs => {{ const i = inputs.threadId.x; inputs.buffers.a[i] = inputs.buffers.a[i] ** {exponent}; }}"
        );
        let kernel = block_on(gpu.create_kernel(&text)).unwrap();
        kernel.run(bases.len() as u32).unwrap();
        if gpu.backend_type() == Backend::Noop {
            return;
        }
        for (power, base) in block_on(gpu.read_buffer::<f64>("a")).unwrap().into_iter().zip(bases) {
            let wanted = base.powi(exponent.abs()).signum() * base.abs().powf(f64::from(exponent));
            let steps = power.to_bits().abs_diff(wanted.to_bits());
            assert!(steps <= 1, "{base:e} ** {exponent} is {power:e}, not {wanted:e}");
        }
    }
}

#[test]
fn a_chain_of_any_length_is_parsed() {
    let gpu = open(numbers());
    // For so many conditions the parser needs more than the stack of this thread; then it is refused for its parameters.
    let chain = "if (a) { b; } else ".repeat(40_000);
    let refused = block_on(gpu.create_kernel(&format!("(a, b) => {{ {chain} c; }}"))).unwrap_err();
    assert!(refused.to_string().contains("HPC0003"), "{refused}");
}
