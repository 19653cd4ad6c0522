//! Doubles four numbers on the GPU or, without one, on every core of the CPU. `cargo run`

use hpc::GpuInterface;

const KERNEL: &str = "({ buffers, threadId }) => {
    buffers.numbers[threadId.x] *= 2;
}";

fn main() -> Result<(), hpc::Error> {
    pollster::block_on(async {
        let gpu = GpuInterface::builder()
            .buffer("numbers", [4], [1.0_f32, 2.0, 3.0, 4.0])
            .build()?
            .initialize()
            .await?;
        let double = gpu.create_kernel(KERNEL).await?;
        double.run(4)?; // returns at once
        println!("{:?}", gpu.read_buffer::<f32>("numbers").await?); // reading waits
        Ok(())
    })
}
