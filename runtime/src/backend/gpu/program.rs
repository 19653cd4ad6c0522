//! Kernels on the GPU: a module for each text, a bind group, and a pipeline for each [`Variant`].

use std::sync::{Arc, Mutex, PoisonError};

use artifact::{Access, Artifact, Wgsl};

use super::memory::Memory;
use super::{Capabilities, scoped};
use crate::Error;
use crate::backend::Program;
use crate::grid::{self, Text, Variant};

/// A kernel on the GPU.
pub(super) struct GpuProgram {
    device: wgpu::Device,
    artifact: Arc<Artifact>,
    common: wgpu::ShaderModule,
    beyond: Option<wgpu::ShaderModule>,
    tuned: Option<wgpu::ShaderModule>,
    layout: wgpu::PipelineLayout,
    /// The interface's buffers never change, so one bind group serves all runs.
    bind_group: wgpu::BindGroup,
    /// There are few, so looking through them takes less than hashing would.
    pipelines: Mutex<Vec<(Variant, wgpu::ComputePipeline)>>,
}

impl Program for GpuProgram {}

impl GpuProgram {
    /// Makes the modules, the bind group and the pipeline that most runs will need.
    pub(super) async fn new(
        device: wgpu::Device,
        memory: &Memory,
        artifact: Arc<Artifact>,
        capabilities: &Capabilities,
    ) -> Result<Self, Error> {
        let Some(code) = artifact.code.wgsl() else {
            return Err(Error::ArtifactMismatch { reason: "it is code for the CPU backend".into() });
        };
        let (layout, bind_group) =
            scoped(&device, "a kernel's bindings", || bind(&device, memory, &artifact)).await?;
        let common = create_module(&device, &code.common, code.loops_end).await?;
        let mut others = [None, None];
        let texts = [code.beyond.as_deref(), code.tuned.as_ref().map(|tuned| tuned.text.as_str())];
        for (module, text) in others.iter_mut().zip(texts) {
            if let Some(text) = text {
                *module = Some(create_module(&device, text, code.loops_end).await?);
            }
        }
        let [beyond, tuned] = others;
        let pipelines = Mutex::default();
        let likely = grid::variant(&artifact, likely_extents(&artifact), capabilities);
        let program = Self { device, artifact, common, beyond, tuned, layout, bind_group, pipelines };
        let made = scoped(&program.device, "a pipeline", || program.pipeline(likely)).await;
        made.map_err(|error| error.with_code("WGSL", program.artifact.code.text()))?;
        Ok(program)
    }

    /// The kernel's buffers.
    pub(super) fn bind_group(&self) -> &wgpu::BindGroup {
        &self.bind_group
    }

    /// The pipeline of this variant; made at its first use, and what wgpu finds wrong with it is for whoever uses it.
    pub(super) fn pipeline(&self, variant: Variant) -> wgpu::ComputePipeline {
        let mut pipelines = self.pipelines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, pipeline)) = pipelines.iter().find(|(made, _)| *made == variant) {
            return pipeline.clone();
        }
        let pipeline = self.create_pipeline(variant);
        pipelines.push((variant, pipeline.clone()));
        pipeline
    }

    fn create_pipeline(&self, variant: Variant) -> wgpu::ComputePipeline {
        let module = match variant.text {
            Text::Common => None,
            Text::Beyond => self.beyond.as_ref(),
            Text::Tuned => self.tuned.as_ref(),
        };
        let module = module.unwrap_or(&self.common);
        let constants = self.constants(variant);
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

    /// The constants of a variant; a text must have all that are set.
    fn constants(&self, variant: Variant) -> Vec<(&'static str, f64)> {
        let mut constants = Vec::new();
        let Some(code) = self.artifact.code.wgsl() else { return constants };
        let tuned = code.tuned.as_ref().filter(|_| variant.text == Text::Tuned);
        if tuned.is_none_or(|tuned| tuned.shape.is_none()) {
            let shape = self.artifact.invocation_axes(variant.shape.0).map(f64::from);
            constants.extend(Wgsl::WORKGROUP_SIZE_OVERRIDES.into_iter().zip(shape));
        }
        if variant.text != Text::Beyond && code.inside.is_some() {
            constants.push((Wgsl::INSIDE_OVERRIDE, f64::from(u8::from(variant.inside))));
        }
        constants
    }
}

/// The extents that a kernel will most likely be run over: the canvas it paints, or the largest buffer it uses.
fn likely_extents(artifact: &Artifact) -> [u32; 3] {
    let mut extents = [1; 3];
    if let (Some(_), Some(canvas)) = (artifact.canvas, artifact.interface.canvas) {
        [extents[0], extents[1]] = [canvas.width, canvas.height];
        return extents;
    }
    let buffers = artifact.buffers.iter().filter_map(|used| artifact.interface.buffers.get(used.buffer));
    if let Some(largest) = buffers.max_by_key(|buffer| buffer.element_count()) {
        extents.iter_mut().zip(&largest.size).for_each(|(extent, &size)| *extent = size);
    }
    extents
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
