//! Workloads made of kernels: checked, then measured.

use benches::Outcome;
use benches::ours::{Ours, Output, Program};
use hpc::Backend;

use crate::device::Device;
use crate::rate::Method;
use crate::reference::Reference;
use crate::wgsl::{Prepared, Shader, pixel};

/// The seconds of a pass with HPC.js.
///
/// # Errors
///
/// It fails, or its result is wrong.
pub(crate) fn ours(program: Program, reference: &Reference, method: Method) -> Outcome<f64> {
    let shape = program.output;
    let (ours, _) = Ours::open(program, Backend::Gpu)?;
    ours.fill()?;
    ours.run(1)?;
    reference.check(&output(&ours, shape)?)?;
    method.seconds(|times| ours.run(times))
}

/// The seconds of a pass in WGSL.
///
/// # Errors
///
/// It fails, or its result is wrong.
pub(crate) fn wgsl(device: &Device, shader: Shader, reference: &Reference, method: Method) -> Outcome<f64> {
    let prepared = Prepared::new(device, shader)?;
    prepared.run(1)?;
    reference.check(&prepared.result()?)?;
    method.seconds(|times| prepared.run(times))
}

/// The result of ours, a number for each pixel.
pub(crate) fn output(ours: &Ours, shape: Output) -> Outcome<Vec<f32>> {
    let result = ours.result()?;
    Ok(match shape {
        Output::Numbers(_) | Output::Vectors(_) | Output::Words(_) | Output::WordsAndIntegers(..) => result,
        Output::Canvas => {
            let pixels = result.as_chunks::<4>().0.iter();
            pixels.map(|&channels| pixel(channels.map(|channel| channel as u8))).collect()
        }
    })
}
