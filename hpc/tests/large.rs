//! Buffers and runs of more than 2^24 elements, where single precision cannot count any more.

use hpc::{Error, GpuInterface};

const SIZE: u32 = (1 << 24) + 8;

fn run(kernel: &str) -> Vec<f32> {
    pollster::block_on(async {
        let gpu = GpuInterface::builder().zeros::<f32>("data", SIZE).build()?.initialize().await?;
        gpu.create_kernel(kernel).await?.run(SIZE)?;
        gpu.read_buffer("data").await
    })
    .unwrap_or_else(|error: Error| panic!("{error}"))
}

#[test]
fn every_element_is_reached() {
    let data = run("inputs => { inputs.buffers.data[inputs.threadId.x] = 1; }");
    assert_eq!(data.len(), SIZE as usize);
    assert_eq!(data.iter().position(|&element| element != 1.0), None);
}

#[test]
fn every_element_is_its_index() {
    let data = run("inputs => { inputs.buffers.data[inputs.threadId.x] = inputs.threadId.x; }");
    let wrong = data.iter().zip(0u32..).find(|&(&element, index)| element != index as f32);
    assert_eq!(wrong, None);
}

#[test]
fn neighbours_beyond_24_bits_are_told_apart() {
    let data = run("inputs => { const i = inputs.threadId.x; inputs.buffers.data[i] = i % 1000; }");
    let wrong = data.iter().zip(0u32..).find(|&(&element, index)| element != (index % 1000) as f32);
    assert_eq!(wrong, None);
}
