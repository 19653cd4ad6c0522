//! What buffers keep that get another size.
//!
//! Rows that stay as long as they were are copied as they lie. Others are put in their places by a shader, word by word: devices copy whole
//! words only, and rows of small elements need not start at one.

use wgpu::util::DeviceExt;

use crate::queue::Kept;

/// Copies what is kept.
#[derive(Default)]
pub(super) struct Resizer {
    /// Made when it is first needed.
    pipeline: Option<wgpu::ComputePipeline>,
}

/// How many invocations a workgroup of the shader has, and how many workgroups there are along x at most.
const WORKGROUP: u32 = 64;
const MOST_GROUPS: u32 = 32_768;

impl Resizer {
    /// Copies what one buffer shares with another, which is zeroed.
    pub(super) fn copy(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        before: &wgpu::Buffer,
        after: &wgpu::Buffer,
        kept: Kept,
    ) {
        match kept.piece().filter(|piece| piece.bytes.is_multiple_of(4)) {
            Some(piece) => encoder.copy_buffer_to_buffer(before, piece.from, after, piece.to, piece.bytes),
            None => self.dispatch(device, encoder, before, after, kept),
        }
    }

    fn dispatch(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        before: &wgpu::Buffer,
        after: &wgpu::Buffer,
        kept: Kept,
    ) {
        let pipeline = self.pipeline.get_or_insert_with(|| create_pipeline(device));
        // Small elements are bytes or halves of words, and large ones several words.
        let (units, unit) = if kept.element < 4 { (1, kept.element) } else { (kept.element / 4, 4) };
        let words = (after.size() / 4) as u32;
        let groups = words.div_ceil(WORKGROUP);
        let across = groups.min(MOST_GROUPS);
        let ([a, b, c], [x, y, z]) = (kept.from, kept.to);
        let params = [a, b, c, units as u32, x, y, z, unit as u32, words, across * WORKGROUP, 0, 0];
        let params = device.create_buffer_init(&wgpu::util::BufferInitDescriptor {
            label: Some("sizes"),
            contents: bytemuck::cast_slice(&params),
            usage: wgpu::BufferUsages::UNIFORM,
        });
        let buffers = [&params, before, after];
        let entries: Vec<_> = (0..)
            .zip(buffers)
            .map(|(binding, buffer)| wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() })
            .collect();
        let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("resize"),
            layout: &pipeline.get_bind_group_layout(0),
            entries: &entries,
        });
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, &bind_group, &[]);
        pass.dispatch_workgroups(across, groups.div_ceil(across), 1);
    }
}

fn create_pipeline(device: &wgpu::Device) -> wgpu::ComputePipeline {
    let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some("resize"),
        source: wgpu::ShaderSource::Wgsl(include_str!("resize.wgsl").into()),
    });
    device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
        label: Some("resize"),
        layout: None,
        module: &module,
        entry_point: Some("main"),
        compilation_options: wgpu::PipelineCompilationOptions::default(),
        cache: None,
    })
}
