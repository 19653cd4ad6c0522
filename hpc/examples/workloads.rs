//! How fast plain kernels run: five workloads, each written as the documentation would, without hints.
//!
//! `cargo run --release -p hpc --example workloads [-- SCALE]`, where a scale below 1 makes them smaller for slow devices.

use std::time::Instant;

use hpc::{Builder, Error, GpuInterface};

fn main() -> Result<(), Error> {
    let scale = std::env::args().nth(1).and_then(|scale| scale.parse().ok()).unwrap_or(1.0);
    pollster::block_on(measure(scale))
}

async fn measure(scale: f64) -> Result<(), Error> {
    let blueprint = GpuInterface::builder().build()?;
    let info = blueprint.initialize().await?.adapter_info().clone();
    println!("{} ({:?}, {})", info.name, info.kind, info.driver);
    let side = |full: f64| ((full * scale.sqrt()) as u32).next_multiple_of(16);
    let count = (268_435_456.0 * scale) as u32;
    doubling(count).await?;
    heat(side(8192.0)).await?;
    julia(side(3840.0), side(2160.0)).await?;
    bodies((65_536.0 * scale.sqrt()) as u32).await?;
    product(side(4096.0)).await
}

/// W1: every element times two. Two times four bytes move for each.
async fn doubling(count: u32) -> Result<(), Error> {
    let kernel = "inputs => { inputs.buffers.data[inputs.threadId.x] *= 2; }";
    let builder = GpuInterface::builder().zeros::<f32>("data", count);
    let seconds = time(builder, kernel, [count, 1, 1], 10).await?;
    report("W1 double", f64::from(count) * 8.0 / seconds / 1e9, "GB/s", seconds);
    Ok(())
}

/// W2: one step of heat on a square. Eight bytes a cell.
async fn heat(side: u32) -> Result<(), Error> {
    let kernel = include_str!("../../benches/kernels/heat.js");
    let builder =
        GpuInterface::builder().zeros::<f32>("heat", [side, side]).zeros::<f32>("next", [side, side]);
    let seconds = time(builder, kernel, [side, side, 1], 10).await?;
    report("W2 heat", f64::from(side) * f64::from(side) * 8.0 / seconds / 1e9, "GB/s", seconds);
    Ok(())
}

/// W3: a Julia set of at most 1000 iterations a pixel.
async fn julia(width: u32, height: u32) -> Result<(), Error> {
    let kernel = include_str!("../../benches/kernels/julia.js");
    let builder = GpuInterface::builder().canvas(width, height).uniform("scale", 3.0 / height as f32);
    let seconds = time(builder, kernel, [width, height, 1], 10).await?;
    report("W3 Julia", f64::from(width) * f64::from(height) / seconds / 1e6, "Mpix/s", seconds);
    Ok(())
}

/// W4: the forces between all pairs of bodies.
async fn bodies(count: u32) -> Result<(), Error> {
    let kernel = "inputs => {
        const i = inputs.threadId.x;
        const me = inputs.buffers.positions[i];
        let force = vec3(0, 0, 0);
        for (let j = 0; j < dim(inputs.buffers.positions); j++) {
            const other = inputs.buffers.positions[j];
            const d = other.xyz.minus(me.xyz);
            const square = d.dot(d) + 0.01;
            force = force.plus(d.times(other.w / (square * Math.sqrt(square))));
        }
        inputs.buffers.forces[i] = force;
    }";
    let positions: Vec<[f32; 4]> = (0..count).map(|i| [i as f32, (i * 7 % 101) as f32, 1.0, 0.5]).collect();
    let builder =
        GpuInterface::builder().buffer("positions", count, positions).zeros::<[f32; 3]>("forces", count);
    let seconds = time(builder, kernel, [count, 1, 1], 3).await?;
    report("W4 n-body", f64::from(count) * f64::from(count) / seconds / 1e9, "G interactions/s", seconds);
    Ok(())
}

/// W5: a product of square matrices, a dot product a thread.
async fn product(side: u32) -> Result<(), Error> {
    let kernel = include_str!("../../benches/kernels/product.js");
    let size = [side, side];
    let builder =
        GpuInterface::builder().zeros::<f32>("a", size).zeros::<f32>("b", size).zeros::<f32>("c", size);
    let seconds = time(builder, kernel, [side, side, 1], 2).await?;
    report("W5 matmul", 2.0 * f64::from(side).powi(3) / seconds / 1e9, "GFLOP/s", seconds);
    Ok(())
}

/// Seconds a run takes, the first one left out.
async fn time(builder: Builder, kernel: &str, extents: [u32; 3], runs: u32) -> Result<f64, Error> {
    let gpu = builder.build()?.initialize().await?;
    let kernel = gpu.create_kernel(kernel).await?;
    kernel.run(extents)?;
    gpu.on_submitted_work_done().await?;
    let start = Instant::now();
    for _ in 0..runs {
        kernel.run(extents)?;
    }
    gpu.on_submitted_work_done().await?;
    Ok(start.elapsed().as_secs_f64() / f64::from(runs))
}

fn report(workload: &str, rate: f64, unit: &str, seconds: f64) {
    println!("{workload:10} {rate:10.1} {unit:18} {:10.3} ms a run", seconds * 1e3);
}
