//! Kernels on the GPU: one or two modules, a bind group, and a pipeline for each module and shape of workgroups.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use artifact::{Access, Artifact, Wgsl, WorkgroupShape};

use super::memory::Memory;
use super::{Capabilities, scoped};
use crate::Error;
use crate::backend::Program;
use crate::grid::workgroup_shape;

/// A kernel on the GPU.
pub(super) struct GpuProgram {
    device: wgpu::Device,
    code: Wgsl,
    module: wgpu::ShaderModule,
    /// The module of [`Wgsl::beyond`].
    module_beyond: Option<wgpu::ShaderModule>,
    layout: wgpu::PipelineLayout,
    /// The interface's buffers never change, so one bind group serves all runs.
    bind_group: wgpu::BindGroup,
    pipelines: Mutex<HashMap<Variant, wgpu::ComputePipeline>>,
}

/// Which pipeline of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Variant {
    /// The shape of the workgroups.
    pub(super) shape: WorkgroupShape,
    /// Whether the run is beyond [`Artifact::max_extent`].
    pub(super) beyond: bool,
}

impl Program for GpuProgram {}

impl GpuProgram {
    /// Makes the module, the bind group and the pipeline that large runs need.
    pub(super) async fn new(
        device: wgpu::Device,
        memory: &Memory,
        artifact: &Artifact,
        code: Wgsl,
        capabilities: &Capabilities,
    ) -> Result<Self, Error> {
        let (layout, bind_group) =
            scoped(&device, "a kernel's bindings", || bind(&device, memory, artifact)).await?;
        let module = create_module(&device, &code.common, code.loops_end).await?;
        let module_beyond = match &code.beyond {
            Some(wgsl) => Some(create_module(&device, wgsl, code.loops_end).await?),
            None => None,
        };
        let large = artifact.axes_used.map(|used| if used { 1 << 16 } else { 1 });
        let shape = workgroup_shape(large, artifact.lane_axis, artifact.axes_used, capabilities);
        let pipelines = Mutex::default();
        let program = Self { device, code, module, module_beyond, layout, bind_group, pipelines };
        let first = || program.pipeline(Variant { shape, beyond: false });
        let made = scoped(&program.device, "a pipeline", first).await;
        made.map_err(|error| error.with_code("WGSL", &program.code.common))?;
        Ok(program)
    }

    /// The kernel's buffers.
    pub(super) fn bind_group(&self) -> &wgpu::BindGroup {
        &self.bind_group
    }

    /// The pipeline of this variant; made at its first use, and what wgpu finds wrong with it is for whoever uses it.
    pub(super) fn pipeline(&self, variant: Variant) -> wgpu::ComputePipeline {
        let mut pipelines = self.pipelines.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let beyond = self.module_beyond.as_ref().filter(|_| variant.beyond);
            self.create_pipeline(beyond.unwrap_or(&self.module), variant.shape)
        };
        pipelines.entry(variant).or_insert_with(make).clone()
    }

    fn create_pipeline(&self, module: &wgpu::ShaderModule, shape: WorkgroupShape) -> wgpu::ComputePipeline {
        let [x, y, z] = Wgsl::WORKGROUP_SIZE_OVERRIDES;
        let sizes = shape.0.map(f64::from);
        let constants = [(x, sizes[0]), (y, sizes[1]), (z, sizes[2])];
        self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some("kernel"),
            layout: Some(&self.layout),
            module,
            entry_point: Some(Wgsl::ENTRY_POINT),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &constants,
                zero_initialize_workgroup_memory: true,
            },
            cache: None,
        })
    }
}

async fn create_module(
    device: &wgpu::Device,
    wgsl: &str,
    loops_end: bool,
) -> Result<wgpu::ShaderModule, Error> {
    let descriptor =
        wgpu::ShaderModuleDescriptor { label: Some("kernel"), source: wgpu::ShaderSource::Wgsl(wgsl.into()) };
    let mut checks = wgpu::ShaderRuntimeChecks::checked();
    checks.force_loop_bounding = !loops_end;
    // SAFETY: every check stays but the guard of loops, and that is left out only where the compiler proved that all loops end
    // (`analysis::termination` has the argument). `Session::create_kernel` believes nobody else: it clears the claim of artifacts that
    // did not come straight from the compiler.
    let create = || unsafe { device.create_shader_module_trusted(descriptor, checks) };
    scoped(device, "a kernel", create).await.map_err(|error| error.with_code("WGSL", wgsl))
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
