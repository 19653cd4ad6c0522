//! The CPU backend: kernels as WebAssembly on every core.
//!
//! All data of an interface lies in one memory, as [`MemoryLayout`] says. Natively this process runs the code (`native/cpu.rs`), in a page
//! the browser does, in workers (`page/cpu.rs`). Both start with the same function.

use artifact::{Artifact, MemoryLayout, Wasm};

use super::{AdapterInfo, AdapterKind, BufferRequest, Capabilities, Fallback, Request};
use crate::Error;
use crate::queue::Launch;

pub(crate) mod heap;

pub(super) use crate::platform::cpu::start;

/// The code of an artifact, if it can run here.
pub(crate) fn checked_code(artifact: &Artifact) -> Result<&Wasm, Error> {
    let mismatch = |reason: String| Error::ArtifactMismatch { reason };
    let code = artifact.code.wasm().ok_or_else(|| mismatch("it was compiled for GPUs".into()))?;
    if u64::from(code.scratch) > MemoryLayout::SCRATCH_BYTES || !code.scratch.is_multiple_of(16) {
        return Err(mismatch(format!("it wants {} bytes of scratch memory", code.scratch)));
    }
    Ok(code)
}

/// Where everything lies at first; the resizable buffers lie in the heap.
pub(crate) fn layout(request: &Request) -> MemoryLayout {
    let size = |buffer: &BufferRequest| if buffer.resizable { 0 } else { buffer.bytes };
    MemoryLayout::of_sizes(request.buffers.iter().map(size))
}

/// The params of a run with the starts of the resizable buffers that it uses, which are known only now.
pub(crate) fn located(slot: &[u8], code: &Wasm, start: impl Fn(usize) -> u64) -> Vec<u8> {
    let mut params = slot.to_vec();
    for &(buffer, offset) in &code.starts {
        let unit = (start(buffer) / MemoryLayout::UNIT) as u32;
        params[offset as usize..][..4].copy_from_slice(&unit.to_le_bytes());
    }
    params
}

/// How many lanes a row has, and how many rows there are.
pub(crate) fn grid(launch: &Launch, lane_axis: usize) -> (u32, u32) {
    // A workgroup is one invocation here, so there are as many as the run has.
    let lanes = launch.groups[lane_axis];
    (lanes, launch.groups.iter().product::<u32>() / lanes.max(1))
}

/// A caller copies so much in a millisecond or two, while the device thread copies what came before.
const TRANSFER_BYTES: u64 = 16 * 1024 * 1024;

/// One dispatch covers any run: a workgroup is one invocation, and there is no limit to their number.
pub(crate) fn capabilities() -> Capabilities {
    Capabilities {
        max_uniform_bytes: MemoryLayout::PARAMS_BYTES as u32,
        uniform_alignment: 16,
        max_invocations: 1,
        max_workgroup_size: [1; 3],
        max_workgroups: u32::MAX,
        // In a page each part would be a message.
        transfer_bytes: if cfg!(target_arch = "wasm32") { u64::MAX } else { TRANSFER_BYTES },
        ..Capabilities::unlimited()
    }
}

pub(crate) fn info(processor: String, threads: usize, fallback: Option<Fallback>) -> AdapterInfo {
    let plural = if threads == 1 { "" } else { "s" };
    AdapterInfo {
        name: processor,
        driver: format!("{threads} thread{plural}"),
        api: "WebAssembly SIMD".into(),
        kind: AdapterKind::Software,
        fallback,
    }
}
