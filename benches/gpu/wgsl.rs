//! WGSL written by hand, through wgpu as everyone has it: its guards of indices and loops stay.

use std::time::Instant;

use benches::Outcome;
use benches::input::{Data, halves};
use benches::ours::milliseconds;

use crate::device::Device;

/// A workload in WGSL.
pub(crate) struct Shader {
    pub(crate) text: &'static str,
    /// Its `override` declarations.
    pub(crate) constants: Vec<(&'static str, f64)>,
    /// What the buffers hold at first.
    pub(crate) buffers: Vec<Data>,
    /// Which buffers are bound in a dispatch, from binding 0 on. The dispatches take these in turn.
    pub(crate) bindings: Vec<Vec<usize>>,
    /// The workgroups of a dispatch.
    pub(crate) groups: [u32; 2],
    /// The dispatches of a pass over the workload.
    pub(crate) runs: u32,
    /// Which buffer has the result.
    pub(crate) output: usize,
    pub(crate) shape: Shape,
}

/// What a result is made of.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// Numbers.
    Numbers,
    /// Vectors of four, the last of which is no part of the result.
    Vectors,
    /// Words, as two halves each.
    Halves,
    /// Pixels, a word each.
    Pixels,
}

/// A shader on a device.
pub(crate) struct Prepared<'d> {
    device: &'d Device,
    buffers: Vec<wgpu::Buffer>,
    pipeline: wgpu::ComputePipeline,
    groups: Vec<wgpu::BindGroup>,
    shader: Shader,
}

impl<'d> Prepared<'d> {
    /// Compiles, and fills the buffers.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn new(device: &'d Device, shader: Shader) -> Outcome<Self> {
        let buffers =
            shader.buffers.iter().map(|data| device.filled(data.bytes())).collect::<Outcome<Vec<_>>>()?;
        let pipeline = device.pipeline(shader.text, &shader.constants)?;
        let bind = |order: &Vec<usize>| {
            device.bind_group(&pipeline, order.iter().filter_map(|&index| buffers.get(index)))
        };
        let groups = shader.bindings.iter().map(bind).collect();
        Ok(Self { device, buffers, pipeline, groups, shader })
    }

    /// Makes so many passes over the workload, in one compute pass; the milliseconds until they are done.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn run(&self, times: u32) -> Outcome<f64> {
        let start = Instant::now();
        let mut encoder = self.device.encoder();
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(&self.pipeline);
        let [x, y] = self.shader.groups;
        for group in self.groups.iter().cycle().take(self.shader.runs as usize * times as usize) {
            pass.set_bind_group(0, group, &[]);
            pass.dispatch_workgroups(x, y, 1);
        }
        drop(pass);
        self.device.finish(encoder)?;
        Ok(milliseconds(start))
    }

    /// The result.
    ///
    /// # Errors
    ///
    /// What wgpu says.
    pub(crate) fn result(&self) -> Outcome<Vec<f32>> {
        let buffer = self.buffers.get(self.shader.output).ok_or("it has no such buffer")?;
        let words = self.device.read(buffer)?;
        Ok(match self.shader.shape {
            Shape::Numbers => words,
            Shape::Vectors => {
                words.as_chunks().0.iter().flat_map(|&[x, y, z, _]: &[f32; 4]| [x, y, z]).collect()
            }
            Shape::Halves => halves(bytemuck::cast_slice(&words)),
            Shape::Pixels => words.iter().map(|word| pixel(word.to_bits().to_le_bytes())).collect(),
        })
    }
}

/// A pixel as one number, which holds 24 bits exactly. All pixels are opaque.
pub(crate) fn pixel([red, green, blue, _]: [u8; 4]) -> f32 {
    f32::from(red) + 256.0 * f32::from(green) + 65_536.0 * f32::from(blue)
}
