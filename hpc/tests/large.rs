//! Buffers and runs of more than 2^24 elements, where single precision cannot count any more, and of more than 4 GiB, where 32-bit
//! addresses cannot.

use hpc::{Backend, Error, GpuInterface};

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

/// On the CPU, whatever the backend of the other tests: GPUs have other limits. Pages that nobody touches take no memory.
#[test]
fn buffers_go_on_beyond_4_gib() {
    const LARGE: u32 = 1_200_000_000;
    let kernel = "inputs => {
        const i = inputs.threadId.x;
        const place = 1199999900 + i;
        inputs.buffers.large[place] = i + 1;
        inputs.buffers.pairs[i] = vec2(inputs.buffers.large[place], inputs.buffers.large[place + 1000]);
        let seen = array(20, 0);
        seen[i % 20] = inputs.buffers.large[1199999999 - i * 7];
        inputs.buffers.sums[i] = seen[i % 20] + inputs.buffers.large[i];
    }";
    let read = pollster::block_on(async {
        let gpu = GpuInterface::builder()
            .backend(Backend::Cpu)
            .zeros::<f32>("large", LARGE)
            .zeros::<[f32; 2]>("pairs", 100)
            .zeros::<f32>("sums", 100)
            .build()?
            .initialize()
            .await?;
        let kernel = gpu.create_kernel(kernel).await?;
        kernel.run(100)?;
        kernel.run(100)?;
        Ok::<_, Error>((gpu.read_buffer::<f32>("pairs").await?, gpu.read_buffer::<f32>("sums").await?))
    });
    let (pairs, sums) = read.unwrap_or_else(|error| panic!("{error}"));
    let written = |place: i32| if (0..100).contains(&place) { (place + 1) as f32 } else { 0.0 };
    for i in 0..100 {
        assert_eq!(pairs[2 * i as usize..][..2], [written(i), 0.0]);
        assert_eq!(sums[i as usize], written(99 - i * 7));
    }
}
