//! The pipelines of a kernel: one for each [`Variant`], made when it is first needed, or ahead.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use artifact::{Artifact, Wgsl};

use super::scoped;
use crate::Error;
use crate::grid::{Text, Variant};

/// A kernel's texts, and the pipelines made of them so far.
pub(crate) struct Pipelines {
    device: wgpu::Device,
    artifact: Arc<Artifact>,
    layout: wgpu::PipelineLayout,
    /// How many rounds loops may make that count them.
    loop_limit: u32,
    common: wgpu::ShaderModule,
    general: Option<wgpu::ShaderModule>,
    tuned: Option<wgpu::ShaderModule>,
    /// There are few, so looking through them takes less than hashing would.
    made: Mutex<Vec<(Variant, Made)>>,
}

/// A pipeline that is made once; whoever needs it meanwhile waits.
type Made = Arc<OnceLock<wgpu::ComputePipeline>>;

impl Pipelines {
    /// A module for each text of the artifact, and no pipelines.
    pub(super) async fn new(
        device: wgpu::Device,
        artifact: Arc<Artifact>,
        code: &Wgsl,
        layout: wgpu::PipelineLayout,
        loop_limit: u32,
    ) -> Result<Self, Error> {
        let common = create_module(&device, &code.common, code.loops_end).await?;
        let mut others = [None, None];
        let texts = [code.general.as_deref(), code.tuned.as_ref().map(|tuned| tuned.text.as_str())];
        for (module, text) in others.iter_mut().zip(texts) {
            if let Some(text) = text {
                *module = Some(create_module(&device, text, code.loops_end).await?);
            }
        }
        let [general, tuned] = others;
        Ok(Self { device, artifact, layout, loop_limit, common, general, tuned, made: Mutex::default() })
    }

    /// The pipeline of this variant, and whether it is new: made at its first use, and what wgpu finds wrong with it is for whoever uses it.
    pub(crate) fn get(&self, variant: Variant) -> (wgpu::ComputePipeline, bool) {
        let mut is_new = false;
        // No lock is held while it is made.
        let place = self.place(variant);
        let pipeline = place.get_or_init(|| {
            is_new = true;
            self.create(variant)
        });
        (pipeline.clone(), is_new)
    }

    /// The device that they are made for.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn device(&self) -> &wgpu::Device {
        &self.device
    }

    fn place(&self, variant: Variant) -> Made {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, place)) = made.iter().find(|(other, _)| *other == variant) {
            return place.clone();
        }
        let place = Made::default();
        made.push((variant, place.clone()));
        place
    }

    fn create(&self, variant: Variant) -> wgpu::ComputePipeline {
        let constants = self.constants(variant);
        self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some("kernel"),
            layout: Some(&self.layout),
            module: self.module(variant.text),
            entry_point: Some(Wgsl::ENTRY_POINT),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &constants,
                zero_initialize_workgroup_memory: true,
            },
            cache: None,
        })
    }

    fn module(&self, text: Text) -> &wgpu::ShaderModule {
        let other = match text {
            Text::Common => None,
            Text::General => self.general.as_ref(),
            Text::Tuned => self.tuned.as_ref(),
        };
        other.unwrap_or(&self.common)
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
        let is_general = variant.text == Text::General && code.general.is_some();
        if !is_general && !code.in_range.is_empty() {
            constants.push((Wgsl::IN_RANGE_OVERRIDE, f64::from(variant.in_range)));
        }
        if code.counted.is_some() {
            constants.push((Wgsl::LOOP_LIMIT_OVERRIDE, f64::from(self.loop_limit)));
        }
        constants
    }

    /// How many were made.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().filter(|(_, place)| place.get().is_some()).count()
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
