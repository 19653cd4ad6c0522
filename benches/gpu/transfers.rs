//! A buffer written and read, with HPC.js and as wgpu does it.

use std::fmt::Display;
use std::time::Instant;

use benches::Outcome;
use benches::input::numbers;
use benches::ours::milliseconds;
use hpc::{Backend, Error, GpuInterface};
use pollster::block_on;

use crate::device::Device;
use crate::figure::RowFigure;
use crate::rate::Method;
use crate::reference::Reference;

/// With HPC.js. What is read is compared with what was written.
///
/// # Errors
///
/// It fails, or what is read is wrong.
pub(crate) fn ours(count: u32, reference: &Reference, method: Method) -> Outcome<Vec<RowFigure>> {
    let data = numbers(count, 0);
    let builder = GpuInterface::builder().zeros::<f32>("large", count).backend(Backend::Gpu);
    let gpu = block_on(builder.build().map_err(shown)?.initialize()).map_err(shown)?;
    let upload = || -> Result<(), Error> {
        gpu.write_buffer("large", &data)?;
        block_on(gpu.on_submitted_work_done())
    };
    let lent = || block_on(gpu.read_elements::<f32>("large", ..));
    let copied = || block_on(gpu.read_buffer::<f32>("large"));
    upload().map_err(shown)?;
    reference.check(&lent().map_err(shown)?)?;
    reference.check(&copied().map_err(shown)?)?;
    Ok(vec![
        ("W7-lent", rate(count, method, lent)?),
        ("W7-copied", rate(count, method, copied)?),
        ("W7-upload", rate(count, method, upload)?),
    ])
}

/// With wgpu: through a buffer that is kept to be mapped, and by `write_buffer`.
///
/// # Errors
///
/// It fails, or what is read is wrong.
pub(crate) fn wgpu(
    device: &Device,
    count: u32,
    reference: &Reference,
    method: Method,
) -> Outcome<Vec<RowFigure>> {
    let data = numbers(count, 0);
    let buffer = device.filled(bytemuck::cast_slice(&data))?;
    let readable = device.readable(buffer.size());
    let copied = || device.read_through(&buffer, &readable, <[f32]>::to_vec);
    reference.check(&copied()?)?;
    Ok(vec![
        ("W7-lent", rate(count, method, || device.read_through(&buffer, &readable, |_| ()))?),
        ("W7-copied", rate(count, method, copied)?),
        ("W7-upload", rate(count, method, || device.write(&buffer, bytemuck::cast_slice(&data)))?),
    ])
}

/// The rate of a transfer of so many numbers, in GiB/s; giving memory back does not count.
fn rate<T, E: Display>(count: u32, method: Method, transfer: impl Fn() -> Result<T, E>) -> Outcome<f64> {
    let seconds = method.seconds(|times| {
        let mut took = 0.0;
        for _ in 0..times {
            let start = Instant::now();
            let read = transfer().map_err(shown)?;
            took += milliseconds(start);
            drop(read);
        }
        Ok(took)
    })?;
    Ok(f64::from(count) * 4.0 / seconds / f64::from(1 << 30))
}

fn shown(error: impl Display) -> String {
    error.to_string()
}
