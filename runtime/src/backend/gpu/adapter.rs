//! Which adapter, and what it can do.

use std::sync::LazyLock;

use super::{AdapterInfo, Capabilities};
use crate::Error;
use crate::backend::{AdapterKind, TunedRuns, Vendor, environment};
use crate::queue::SLOT_BYTES;

/// The adapter asked for by `wanted` or else by `HPC_ADAPTER`: an index in the order of preference, or a part of its
/// name or driver in any case. Without either, the preferred one: discrete, integrated, virtual, other, CPU. They are those of the process's instance, or of the one
/// that was brought, whose first one is taken.
pub(super) async fn choose(
    wanted: Option<&str>,
    instance: Option<&wgpu::Instance>,
) -> Result<wgpu::Adapter, Error> {
    // Who brings an instance has chosen.
    let wanted = self::wanted(wanted).filter(|_| instance.is_none());
    let mut adapters = all(instance.unwrap_or(&INSTANCE)).await;
    let names: Vec<_> = adapters.iter().map(|adapter| title(&adapter.get_info())).collect();
    let position = match &wanted {
        None => (!names.is_empty()).then_some(0),
        Some(wanted) => position(wanted, &names),
    };
    let position = position.ok_or(Error::NoAdapter { wanted, found: names })?;
    Ok(adapters.swap_remove(position))
}

/// The adapter asked for by `wanted` or else by `HPC_ADAPTER`.
pub(super) fn wanted(wanted: Option<&str>) -> Option<String> {
    let wanted = wanted.map(str::to_owned).or_else(|| environment("HPC_ADAPTER"));
    wanted.filter(|wanted| !wanted.is_empty())
}

/// The process's one instance. Drivers hold some of what an instance took for ever and allow only so many (NVIDIA's gives out after
/// some thirty), so interfaces share it, and it is never dropped.
static INSTANCE: LazyLock<wgpu::Instance> = LazyLock::new(|| {
    let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
    // The validation layers of debug builds are for those who work on wgpu; WGPU_VALIDATION=1 brings them back.
    descriptor.flags = wgpu::InstanceFlags::empty().with_env();
    wgpu::Instance::new(descriptor)
});

/// All adapters of an instance, the preferred ones first.
async fn all(instance: &wgpu::Instance) -> Vec<wgpu::Adapter> {
    let mut adapters = instance.enumerate_adapters(wgpu::Backends::all()).await;
    adapters.retain(|adapter| {
        let flags = adapter.get_downlevel_capabilities().flags;
        flags.contains(wgpu::DownlevelFlags::COMPUTE_SHADERS)
    });
    // There are a few, and the code of a sort would be four kilobytes of what pages download.
    let mut sorted = Vec::new();
    while let Some(best) = (0..adapters.len()).min_by_key(|&at| kind(adapters[at].get_info().device_type)) {
        sorted.push(adapters.remove(best));
    }
    sorted
}

/// All adapters, in the order in which indices count them.
pub async fn adapters() -> Vec<AdapterInfo> {
    all(&INSTANCE).await.iter().map(|adapter| describe(&adapter.get_info())).collect()
}

fn position(wanted: &str, names: &[String]) -> Option<usize> {
    match wanted.parse() {
        Ok(index) => (index < names.len()).then_some(index),
        Err(_) => names.iter().position(|name| contains(name, wanted)),
    }
}

/// Whether a part of the name is this, which is not empty, in any case. Names are short, and pages would download what makes a search of
/// long texts fast.
fn contains(name: &str, part: &str) -> bool {
    name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

pub(super) fn title(info: &wgpu::AdapterInfo) -> String {
    format!("{} ({}, {:?})", info.name, info.driver, info.backend)
}

pub(super) fn describe(info: &wgpu::AdapterInfo) -> AdapterInfo {
    let api = format!("{:?}", info.backend);
    AdapterInfo {
        // Browsers keep it to themselves.
        name: if info.name.is_empty() { api.clone() } else { info.name.clone() },
        driver: format!("{} {}", info.driver, info.driver_info).trim().to_owned(),
        api,
        kind: kind(info.device_type),
        fallback: None,
    }
}

fn kind(device_type: wgpu::DeviceType) -> AdapterKind {
    match device_type {
        wgpu::DeviceType::DiscreteGpu => AdapterKind::Discrete,
        wgpu::DeviceType::IntegratedGpu => AdapterKind::Integrated,
        wgpu::DeviceType::VirtualGpu => AdapterKind::Virtual,
        wgpu::DeviceType::Cpu => AdapterKind::Software,
        wgpu::DeviceType::Other => AdapterKind::Other,
    }
}

/// The PCI number of NVIDIA.
const NVIDIA: u32 = 0x10de;

fn vendor(info: &wgpu::AdapterInfo) -> Vendor {
    match info.vendor {
        _ if info.device_type == wgpu::DeviceType::Cpu => Vendor::Software,
        NVIDIA => Vendor::Nvidia,
        _ => Vendor::Other,
    }
}

/// Which runs are usually computed by tuned texts: a driver that computes on the CPU gains nothing by them.
fn tuned(info: &wgpu::AdapterInfo) -> TunedRuns {
    if vendor(info) == Vendor::Software { TunedRuns::Never } else { TunedRuns::Large }
}

/// What the adapter allows. `HPC_STORAGE_BUFFERS` lowers the number of buffers a kernel can bind, to try what other devices do.
pub(super) fn limits(adapter: &wgpu::Adapter) -> wgpu::Limits {
    let mut limits = adapter.limits();
    let lowered = environment("HPC_STORAGE_BUFFERS").and_then(|number| number.parse().ok());
    let most = limits.max_storage_buffers_per_shader_stage;
    limits.max_storage_buffers_per_shader_stage =
        lowered.map_or(most, |number: u32| number.clamp(2, most.max(2)));
    limits
}

/// What a device must have to compute in doubles itself.
const DOUBLES: wgpu::Features = wgpu::Features::SHADER_F64.union(wgpu::Features::SHADER_INT64);

/// What a device is asked for so that it computes in doubles itself, if the adapter can; nothing otherwise, and in pages.
pub(super) fn doubles(adapter: &wgpu::Adapter) -> wgpu::Features {
    let has_doubles = !cfg!(target_arch = "wasm32") && adapter.features().contains(DOUBLES);
    if has_doubles { DOUBLES } else { wgpu::Features::empty() }
}

/// Whether a device computes in doubles itself.
pub(super) fn has_doubles(features: wgpu::Features) -> bool {
    !cfg!(target_arch = "wasm32") && features.contains(DOUBLES)
}

/// Whether a device adds to floats in one step.
pub(super) fn has_float_atomics(features: wgpu::Features) -> bool {
    !cfg!(target_arch = "wasm32") && features.contains(wgpu::Features::SHADER_FLOAT32_ATOMIC)
}

/// What a device is asked for so that it adds to floats in one step, if the adapter can; nothing otherwise, and in pages.
pub(super) fn float_atomics(adapter: &wgpu::Adapter) -> wgpu::Features {
    let wanted = wgpu::Features::SHADER_FLOAT32_ATOMIC;
    if cfg!(target_arch = "wasm32") { wgpu::Features::empty() } else { adapter.features() & wanted }
}

/// So much is copied by the host in a millisecond or two, which is far longer than a submission takes to make.
const TRANSFER_BYTES: u64 = 16 * 1024 * 1024;

pub(super) fn capabilities(limits: &wgpu::Limits, info: &wgpu::AdapterInfo) -> Capabilities {
    Capabilities {
        max_buffer_bytes: limits.max_buffer_size.min(limits.max_storage_buffer_binding_size),
        max_storage_buffers: limits.max_storage_buffers_per_shader_stage,
        // Some devices allow gigabytes; two slots must fit the uniform buffer, however they are aligned.
        max_uniform_bytes: u32::try_from(limits.max_uniform_buffer_binding_size)
            .unwrap_or(u32::MAX)
            .min(SLOT_BYTES / 2),
        uniform_alignment: limits.min_uniform_buffer_offset_alignment,
        max_invocations: limits.max_compute_invocations_per_workgroup,
        max_workgroup_size: [
            limits.max_compute_workgroup_size_x,
            limits.max_compute_workgroup_size_y,
            limits.max_compute_workgroup_size_z,
        ],
        max_workgroups: limits.max_compute_workgroups_per_dimension,
        // A page's memory is copied by the browser, in one go.
        transfer_bytes: if cfg!(target_arch = "wasm32") { u64::MAX } else { TRANSFER_BYTES },
        vendor: vendor(info),
        tuned: tuned(info),
        slice: None,
        deterministic: false,
        loop_limit: if ends_loops(info) { LAVAPIPE_ROUNDS } else { u32::MAX },
    }
}

/// So many rounds lavapipe lets an invocation make; what then is a round too many would only be left, without a word.
const LAVAPIPE_ROUNDS: u32 = 65_000;

fn ends_loops(info: &wgpu::AdapterInfo) -> bool {
    vendor(info) == Vendor::Software && contains(&info.name, "llvmpipe")
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn adapters_are_found_by_index_and_by_part_of_a_name() {
        let names = ["NVIDIA H100 (NVIDIA, Vulkan)".to_owned(), "llvmpipe (lavapipe, Vulkan)".to_owned()];
        assert_eq!(position("1", &names), Some(1));
        assert_eq!(position("2", &names), None);
        assert_eq!(position("Nvidia", &names), Some(0));
        assert_eq!(position("LAVAPIPE", &names), Some(1));
        assert_eq!(position("swiftshader", &names), None);
    }
}
