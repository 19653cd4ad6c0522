//! Kernels on the GPU: a bind group, and pipelines.

use std::sync::{Arc, Mutex, PoisonError};

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
    artifact: Arc<Artifact>,
    layout: wgpu::BindGroupLayout,
    /// What it binds; made anew when one of its buffers has changed.
    bound: Mutex<Option<Bound>>,
}

/// The buffers of a kernel as they were after so many changes.
struct Bound {
    changes: u64,
    bind_group: wgpu::BindGroup,
}

impl Program for GpuProgram {}

impl GpuProgram {
    /// Makes the modules and the pipelines that the likely run needs.
    pub(super) async fn new(
        device: &wgpu::Device,
        loop_limit: u32,
        artifact: &Arc<Artifact>,
        likely: Choice,
        ahead: Arc<Ahead>,
    ) -> Result<Self, Error> {
        let Some(code) = artifact.code.wgsl() else {
            return Err(Error::ArtifactMismatch { reason: "it is code for the CPU backend".into() });
        };
        let (layout, pipeline_layout) =
            scoped(device, "a kernel's bindings", || layouts(device, artifact)).await?;
        let pipelines =
            Pipelines::new(device.clone(), artifact.clone(), code, pipeline_layout, loop_limit).await?;
        let (pipelines, artifact) = (Arc::new(pipelines), artifact.clone());
        let program = Self { pipelines, ahead, artifact, layout, bound: Mutex::default() };
        let made = scoped(device, "a pipeline", || program.pipeline(likely)).await;
        made.map_err(|error| error.with_code("WGSL", program.artifact.code.text()))?;
        Ok(program)
    }

    /// The kernel's buffers as they are now.
    pub(super) fn bind_group(
        &self,
        device: &wgpu::Device,
        memory: &Memory,
    ) -> Result<wgpu::BindGroup, Error> {
        let mut bound = self.bound.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = memory.changes();
        if let Some(bound) = &mut *bound {
            let mut used = self.artifact.buffers.iter();
            let is_current = bound.changes == changes
                || used
                    .all(|used| memory.bound(used.buffer).is_ok_and(|(_, changed)| changed <= bound.changes));
            if is_current {
                bound.changes = changes;
                return Ok(bound.bind_group.clone());
            }
        }
        let bind_group = bind(device, memory, &self.artifact, &self.layout)?;
        *bound = Some(Bound { changes, bind_group: bind_group.clone() });
        Ok(bind_group)
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

/// How a kernel's buffers are bound, by themselves and in a pipeline.
fn layouts(device: &wgpu::Device, artifact: &Artifact) -> (wgpu::BindGroupLayout, wgpu::PipelineLayout) {
    let mut entries = vec![layout_entry(0, wgpu::BufferBindingType::Uniform, true, slot_size(artifact))];
    let mut storage = |binding, read_only| {
        entries.push(layout_entry(binding, wgpu::BufferBindingType::Storage { read_only }, false, None));
    };
    bindings(artifact).into_iter().for_each(|(binding, _, read_only)| storage(binding, read_only));
    artifact.canvas.into_iter().chain(told(artifact)).for_each(|binding| storage(binding, false));
    let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("kernel"),
        entries: &entries,
    });
    let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some("kernel"),
        bind_group_layouts: &[Some(&layout)],
        immediate_size: 0,
    });
    (layout, pipeline_layout)
}

fn bind(
    device: &wgpu::Device,
    memory: &Memory,
    artifact: &Artifact,
    layout: &wgpu::BindGroupLayout,
) -> Result<wgpu::BindGroup, Error> {
    let slots = wgpu::BufferBinding { buffer: &memory.slots, offset: 0, size: slot_size(artifact) };
    let mut entries =
        vec![wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::Buffer(slots) }];
    for (binding, buffer, _) in bindings(artifact) {
        entries.push(entry(binding, memory.bound(buffer)?.0));
    }
    if let Some(binding) = artifact.canvas {
        entries.push(entry(binding, memory.pixels()?));
    }
    if let Some(binding) = told(artifact) {
        entries.push(entry(binding, &memory.stopped));
    }
    let descriptor = wgpu::BindGroupDescriptor { label: Some("kernel"), layout, entries: &entries };
    Ok(device.create_bind_group(&descriptor))
}

fn entry(binding: u32, buffer: &wgpu::Buffer) -> wgpu::BindGroupEntry<'_> {
    wgpu::BindGroupEntry { binding, resource: buffer.as_entire_binding() }
}

fn slot_size(artifact: &Artifact) -> Option<wgpu::BufferSize> {
    wgpu::BufferSize::new(artifact.params.size.into())
}

/// The binding in which loops tell.
fn told(artifact: &Artifact) -> Option<u32> {
    artifact.code.wgsl().and_then(|code| code.counted.as_ref()).map(|counted| counted.binding)
}

/// The bindings of buffers as `(binding, buffer, read only)`; of buffers that share one, any.
fn bindings(artifact: &Artifact) -> Vec<(u32, usize, bool)> {
    let mut bindings: Vec<(u32, usize, bool)> = Vec::new();
    for used in &artifact.buffers {
        let only_reads = used.access == Access::Read;
        match bindings.iter_mut().find(|(binding, ..)| *binding == used.binding) {
            Some((.., read_only)) => *read_only &= only_reads,
            None => bindings.push((used.binding, used.buffer, only_reads)),
        }
    }
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
