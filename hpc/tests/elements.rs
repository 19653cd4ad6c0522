//! Every Rust type that buffers hold, and every kind of uniform, without kernels. Runs on any backend.

use std::fmt::Debug;

use hpc::{Builder, Clamped, Element, Error, GpuInterface, UniformType, UniformValue, f16};
use pollster::block_on;

fn open(builder: Builder) -> GpuInterface {
    block_on(builder.build().unwrap().initialize())
        .expect("these tests need a GPU adapter, or HPC_BACKEND=noop")
}

/// Whether elements make round trips in all the ways there are.
fn round_trips<E: Element + PartialEq + Debug>(elements: &[E; 5]) {
    let gpu = open(GpuInterface::builder().buffer("a", 5, elements).zeros::<E>("b", 5));
    let read = |name| block_on(gpu.read_buffer::<E>(name)).unwrap();
    assert_eq!(gpu.interface().buffers[0].element, E::TYPE);
    assert_eq!(read("a"), elements);
    // Zeros, whatever they are in Rust.
    let zeros = read("b");
    assert!(zeros.iter().all(|element| *element == zeros[0]) && zeros[0] != elements[1]);

    gpu.write_buffer("b", &elements[..]).unwrap();
    assert_eq!(read("b"), elements);
    let mut turned = elements.to_vec();
    turned.reverse();
    gpu.write_buffer("b", turned.clone()).unwrap();
    assert_eq!(read("b"), turned);
    assert_eq!(block_on(gpu.read_buffer_range::<E>("b", 1..4)).unwrap(), turned[1..4]);
    let mut lent = block_on(gpu.read_elements::<E>("b", 2..)).unwrap();
    assert_eq!(lent[..], turned[2..]);
    lent[0] = elements[0];
    assert_eq!((lent.is_lent(), lent.into_vec()[0]), (false, elements[0]));

    gpu.copy_buffer("b", "a").unwrap();
    assert_eq!(read("a"), turned);
    let list = gpu.record(|| gpu.write_buffer("a", elements)).unwrap();
    assert_eq!(read("a"), turned);
    list.replay(2).unwrap();
    assert_eq!(read("a"), elements);

    let bytes = block_on(gpu.read_bytes("a", ..)).unwrap();
    assert_eq!(bytes.len(), 5 * E::TYPE.bytes());
    gpu.write_bytes("b", &bytes[..]).unwrap();
    assert_eq!(read("b"), elements);
    gpu.write_buffer("b", turned).unwrap();
    gpu.write_bytes("b", bytes.to_vec()).unwrap();
    assert_eq!(read("b"), elements);
    refusals::<E>(&gpu, elements);
}

fn refusals<E: Element>(gpu: &GpuInterface, elements: &[E; 5]) {
    let name = E::TYPE.name();
    let text = |result: Result<(), Error>| result.unwrap_err().to_string();
    let short = format!("of size [5] holds 5 elements of type {name}, but 4 were given");
    assert!(text(gpu.write_buffer("a", &elements[..4])).contains(&short));
    assert!(text(gpu.write_bytes("a", vec![0; 4 * E::TYPE.bytes()])).contains(&short));
    let builder = GpuInterface::builder().buffer("a", 5, &elements[..4]);
    assert!(builder.build().unwrap_err().to_string().contains(&short));
    // Nothing is made of this.
    let other = format!("holds elements of type {name}, not f64; use {name} here");
    if name == "f64" {
        let other = "holds elements of type f64, not number; use f64 here";
        assert!(text(gpu.write_buffer("a", [1.0_f32; 5])).contains(other));
        assert!(text(block_on(gpu.read_buffer::<f32>("a")).map(drop)).contains(other));
    } else {
        assert!(text(gpu.write_buffer("a", [1.0; 5])).contains(&other));
        assert!(text(gpu.write_buffer("a", vec![1.0; 5])).contains(&other));
        assert!(text(block_on(gpu.read_buffer::<f64>("a")).map(drop)).contains(&other));
        assert!(text(block_on(gpu.read_buffer_range::<f64>("a", 1..)).map(drop)).contains(&other));
        assert!(text(block_on(gpu.read_elements::<f64>("a", ..)).map(drop)).contains(&other));
    }
    assert!(text(block_on(gpu.read_buffer_range::<E>("a", 2..6)).map(drop)).contains("the elements 2 to 6"));
}

#[test]
fn scalars_make_round_trips() {
    round_trips(&[0.5_f32, -1.0, f32::INFINITY, f32::MIN_POSITIVE, 16_777_217.0]);
    round_trips(&[0_i32, -1, i32::MIN, i32::MAX, 16_777_217]);
    round_trips(&[0_u32, 1, u32::MAX, 16_777_217, 7]);
    round_trips(&[0_i16, -1, i16::MIN, i16::MAX, 7]);
    round_trips(&[0_u16, 1, u16::MAX, 256, 7]);
    round_trips(&[0_i8, -1, i8::MIN, i8::MAX, 7]);
    round_trips(&[0_u8, 1, u8::MAX, 128, 7]);
    round_trips(&[0, 1, 255, 128, 7].map(Clamped));
    round_trips(&[0.5, -1.0, 65_504.0, 6e-8, f32::INFINITY].map(f16::from_f32));
    round_trips(&[0.1, -1.0, 1e300, f64::MIN_POSITIVE, 9_007_199_254_740_993.0]);
    round_trips(&[false, true, true, false, true]);
}

#[test]
fn vectors_make_round_trips() {
    round_trips(&[[0.5_f32, 1.0], [2.0, 3.0], [4.0, 5.0], [6.0, 7.0], [8.0, 9.0]]);
    round_trips(&[1.0_f32, 2.0, 3.0, 4.0, 5.0].map(|x| [x, -x, x + 0.5]));
    round_trips(&[1.0_f32, 2.0, 3.0, 4.0, 5.0].map(|x| [x, -x, x + 0.5, 9.0]));
    round_trips(&[1_i32, 2, 3, 4, i32::MIN].map(|x| [x, 7]));
    round_trips(&[1_i32, 2, 3, 4, i32::MIN].map(|x| [x, 7, -1]));
    round_trips(&[1_i32, 2, 3, 4, i32::MIN].map(|x| [x, 7, -1, 16_777_217]));
    round_trips(&[1_u32, 2, 3, 4, u32::MAX].map(|x| [x, 7]));
    round_trips(&[1_u32, 2, 3, 4, u32::MAX].map(|x| [x, 7, 1]));
    round_trips(&[1_u32, 2, 3, 4, u32::MAX].map(|x| [x, 7, 1, 16_777_217]));
}

#[test]
fn vectors_are_written_and_read_as_their_components() {
    let gpu = open(GpuInterface::builder().zeros::<[i32; 3]>("v", 2).zeros::<[u32; 2]>("w", 2));
    gpu.write_buffer("v", [1, 2, 3, 4, 5, 6, 7, 8]).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<i32>("v")).unwrap(), [1, 2, 3, 0, 5, 6, 7, 0]);
    assert_eq!(block_on(gpu.read_buffer::<[i32; 3]>("v")).unwrap(), [[1, 2, 3], [5, 6, 7]]);
    // Ranges count vectors.
    assert_eq!(block_on(gpu.read_buffer_range::<i32>("v", 1..)).unwrap(), [5, 6, 7, 0]);
    gpu.write_buffer("w", vec![1_u32, 2, 3, 4]).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<[u32; 2]>("w")).unwrap(), [[1, 2], [3, 4]]);
    let text = gpu.write_buffer("w", [1_u32, 2, 3]).unwrap_err().to_string();
    assert!(
        text.contains("elements of type vec2u, which take 8 bytes each, but 12 bytes were given"),
        "{text}"
    );
    assert!(gpu.write_buffer("w", [1_i32, 2, 3, 4]).is_err());
}

#[test]
fn singles_are_named_to_those_who_gave_doubles() {
    let gpu = open(GpuInterface::builder().zeros::<f32>("a", 2));
    let text = gpu.write_buffer("a", [1.0, 2.0]).unwrap_err().to_string();
    let expected =
        "the buffer \"a\" holds elements of type number, not f64; use number here, which is f32 in Rust";
    assert_eq!(text, expected);
}

#[test]
fn large_reads_are_lent_where_there_is_a_gpu() {
    const COUNT: u32 = 3_000_001;
    let gpu = open(GpuInterface::builder().zeros::<u8>("bytes", COUNT).zeros::<bool>("flags", COUNT));
    let bytes: Vec<u8> = (0..COUNT).map(|place| place as u8).collect();
    gpu.write_buffer("bytes", &bytes).unwrap();
    let flags: Vec<bool> = bytes.iter().map(|byte| byte % 3 == 0).collect();
    gpu.write_buffer("flags", &flags).unwrap();
    let lent = block_on(gpu.read_elements::<u8>("bytes", 1..)).unwrap();
    assert_eq!(lent.is_lent(), gpu.backend_type() == hpc::Backend::Gpu);
    assert!(lent[..] == bytes[1..] && lent.into_vec() == bytes[1..]);
    let read = block_on(gpu.read_elements::<bool>("flags", ..)).unwrap();
    assert!(!read.is_lent() && read[..] == flags);
    assert!(block_on(gpu.read_buffer::<bool>("flags")).unwrap() == flags);
}

#[test]
fn first_values_fix_the_types_of_uniforms() {
    let (halves, table) = ([f16::from_f32(0.5)], vec![1_u16; 9]);
    let builder = GpuInterface::builder()
        .uniform("a", 16_777_217_u32)
        .uniform("b", 0.1)
        .uniform("c", true)
        .uniform("d", [0.5_f32, 1.0])
        .uniform("e", [1, 2, 3])
        .uniform("f", [1_u32, 2, 3, 4])
        .uniform("g", vec![1.0_f32, 2.0])
        .uniform("h", &halves[..])
        .uniform("i", &table)
        .uniform("j", UniformValue::Numbers([1.0, 4.0, 6.0].into()));
    let gpu = open(builder);
    let types: Vec<_> = gpu.interface().uniforms.iter().map(|uniform| uniform.ty.name()).collect();
    let expected = [
        "number",
        "number",
        "boolean",
        "vec2",
        "vec3i",
        "vec4u",
        "array of 2 f32",
        "array of 1 f16",
        "array of 9 u16",
        "array of 3 numbers",
    ];
    assert_eq!(types, expected);
    assert_eq!(gpu.interface().uniforms[9].ty, UniformType::Numbers(3));
    let integral: Vec<_> = gpu.interface().uniforms.iter().map(|uniform| uniform.integral).collect();
    assert_eq!(integral, [true, false, true, false, true, true, true, false, true, true]);
    gpu.set_uniforms([("a", 0.5)]).unwrap();
    gpu.set_uniforms([("a", -7)]).unwrap();
    gpu.set_uniforms([("g", vec![3.0_f32, 4.0])]).unwrap();
    let text = gpu.set_uniforms([("g", vec![3.0, 4.0])]).unwrap_err().to_string();
    assert!(text.contains("is an array of 2 f32 and was set to an array of 2 f64; set it to"), "{text}");
    let text = gpu.set_uniforms([("e", [1.0, 2.0, 3.0])]).unwrap_err().to_string();
    assert!(text.contains("is a vec3i and was set to a vec3; set it to a vec3i"), "{text}");
}
