//! Kernels on the GPU: a bind group, and pipelines.

use std::sync::Arc;

use artifact::{Access, Artifact};

use super::ahead::Ahead;
use super::memory::Memory;
use super::pipelines::Pipelines;
use super::scoped;
use crate::Error;
use crate::backend::Program;
use crate::grid::Choice;

/// A kernel on the GPU.
pub(super) struct GpuProgram {
    pipelines: Arc<Pipelines>,
    ahead: Arc<Ahead>,
    /// The interface's buffers never change, so one bind group serves all runs.
    bind_group: wgpu::BindGroup,
}

impl Program for GpuProgram {}

impl GpuProgram {
    /// Makes the modules, the bind group and the pipelines that the likely run needs.
    pub(super) async fn new(
        device: &wgpu::Device,
        memory: &Memory,
        artifact: &Arc<Artifact>,
        likely: Choice,
        ahead: Arc<Ahead>,
    ) -> Result<Self, Error> {
        let Some(code) = artifact.code.wgsl() else {
            return Err(Error::ArtifactMismatch { reason: "it is code for the CPU backend".into() });
        };
        let (layout, bind_group) =
            scoped(device, "a kernel's bindings", || bind(device, memory, artifact)).await?;
        let pipelines =
            Pipelines::new(device.clone(), artifact.clone(), code, layout, memory.loop_limit).await?;
        let program = Self { pipelines: Arc::new(pipelines), ahead, bind_group };
        let made = scoped(device, "a pipeline", || program.pipeline(likely)).await;
        made.map_err(|error| error.with_code("WGSL", artifact.code.text()))?;
        Ok(program)
    }

    /// The kernel's buffers.
    pub(super) fn bind_group(&self) -> &wgpu::BindGroup {
        &self.bind_group
    }

    /// The pipeline of a run. With a new one comes that for uniforms of another kind, soon.
    pub(super) fn pipeline(&self, choice: Choice) -> wgpu::ComputePipeline {
        let (pipeline, is_new) = self.pipelines.get(choice.variant);
        if let Some(other) = choice.other.filter(|_| is_new) {
            self.ahead.make(&self.pipelines, other);
        }
        pipeline
    }

    /// How many pipelines were made.
    #[cfg(test)]
    pub(super) fn pipeline_count(&self) -> usize {
        self.pipelines.count()
    }
}

fn bind(
    device: &wgpu::Device,
    memory: &Memory,
    artifact: &Artifact,
) -> (wgpu::PipelineLayout, wgpu::BindGroup) {
    let slot_size = wgpu::BufferSize::new(artifact.params.size.into());
    let uniform = wgpu::BufferBindingType::Uniform;
    let mut layout_entries = vec![layout_entry(0, uniform, true, slot_size)];
    let slots = wgpu::BufferBinding { buffer: &memory.slots, offset: 0, size: slot_size };
    let mut entries =
        vec![wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::Buffer(slots) }];
    for (binding, buffer, read_only) in storage(artifact, memory.storage.len()) {
        let ty = wgpu::BufferBindingType::Storage { read_only };
        layout_entries.push(layout_entry(binding, ty, false, None));
        entries.push(wgpu::BindGroupEntry {
            binding,
            resource: memory.storage[buffer].buffer.as_entire_binding(),
        });
    }
    if let Some(counted) = artifact.code.wgsl().and_then(|code| code.counted.as_ref()) {
        let ty = wgpu::BufferBindingType::Storage { read_only: false };
        layout_entries.push(layout_entry(counted.binding, ty, false, None));
        let resource = memory.stopped.as_entire_binding();
        entries.push(wgpu::BindGroupEntry { binding: counted.binding, resource });
    }
    let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("kernel"),
        entries: &layout_entries,
    });
    let bind_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("kernel"),
        layout: &layout,
        entries: &entries,
    });
    let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("kernel"),
        bind_group_layouts: &[Some(&layout)],
        immediate_size: 0,
    });
    (pipeline_layout, bind_group)
}

/// The storage bindings as `(binding, buffer, read only)`; of buffers that share one, any. With a canvas, the pixel store is the last
/// but one buffer.
fn storage(artifact: &Artifact, buffer_count: usize) -> Vec<(u32, usize, bool)> {
    let mut bindings: Vec<(u32, usize, bool)> = Vec::new();
    for used in &artifact.buffers {
        let only_reads = used.access == Access::Read;
        match bindings.iter_mut().find(|(binding, ..)| *binding == used.binding) {
            Some((.., read_only)) => *read_only &= only_reads,
            None => bindings.push((used.binding, used.buffer, only_reads)),
        }
    }
    bindings.extend(artifact.canvas.map(|binding| (binding, buffer_count - 2, false)));
    bindings
}

fn layout_entry(
    binding: u32,
    ty: wgpu::BufferBindingType,
    has_dynamic_offset: bool,
    min_binding_size: Option<wgpu::BufferSize>,
) -> wgpu::BindGroupLayoutEntry {
    wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer { ty, has_dynamic_offset, min_binding_size },
        count: None,
    }
}
