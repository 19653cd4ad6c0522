//! What the programs have in common: kernels by name, and what is measured.

use std::time::{Duration, Instant};

use hpc::{Error, GpuInterface, Image, Kernel};

/// What came of a program.
pub(crate) struct Outcome {
    /// From the text of the kernels to kernels ready on the device.
    pub(crate) compile: Duration,
    /// From the first call to the last result.
    pub(crate) run: Duration,
    /// How much of what was done.
    pub(crate) work: (f64, &'static str),
    pub(crate) result: Shown,
}

/// What a person gets to see of a result.
pub(crate) enum Shown {
    Text(String),
    Picture(Image),
}

/// Compiles the named kernels of a JavaScript program, in the order of the names.
pub(crate) async fn compile<const N: usize>(
    gpu: &GpuInterface,
    program: &str,
    names: [&str; N],
) -> Result<([Kernel; N], Duration), Error> {
    let start = Instant::now();
    let texts = hpc::kernels_in(program);
    let mut kernels = Vec::with_capacity(N);
    for name in names {
        let text = texts.iter().find(|text| text.name == name).expect("the program has this kernel");
        kernels.push(gpu.create_kernel(&text.source).await?);
    }
    let compile = start.elapsed();
    if crate::explains() {
        kernels.iter().zip(names).for_each(|(kernel, name)| println!("\n{name}\n{}", kernel.explain()));
    }
    let kernels = kernels.try_into().expect("each name gave a kernel");
    Ok((kernels, compile))
}

/// The canvas as a picture, and the time since `start`.
pub(crate) async fn finish(gpu: &GpuInterface, start: Instant) -> Result<(Shown, Duration), Error> {
    gpu.update_canvas()?;
    gpu.on_submitted_work_done().await?;
    let run = start.elapsed();
    Ok((Shown::Picture(gpu.canvas()?.await?), run))
}
