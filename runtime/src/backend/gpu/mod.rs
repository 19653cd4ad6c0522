//! The GPU backend: replays submissions through wgpu.
//!
//! | module | what |
//! |---|---|
//! | `adapter` | which adapter, and what it can do |
//! | `program` | pipelines and bind groups of kernels |
//! | `executor` | from a submission to a command buffer |
//! | `in_flight` | what the device works on, and the answers |
//! | `waiter` | the thread that waits for the device, or a page's callbacks |
//! | `staging` | host-visible memory |
//! | `present` | the picture on a page's canvas |

use std::sync::Arc;

use artifact::Artifact;

use super::{AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Program, Request, Started};
use crate::queue::SLOT_BYTES;
use crate::{Error, Health};

mod adapter;
mod executor;
mod in_flight;
mod present;
mod program;
mod staging;
#[cfg(test)]
mod tests;
// The same interface twice: who waits for the device.
#[cfg_attr(not(target_arch = "wasm32"), path = "poll_thread.rs")]
#[cfg_attr(target_arch = "wasm32", path = "callbacks.rs")]
mod waiter;

/// Starts the GPU backend. Takes a driver up to some hundred milliseconds.
///
/// # Errors
///
/// [`Error::NoAdapter`], [`Error::NoDevice`], [`Error::BufferTooLarge`], [`Error::OutOfMemory`].
pub(super) async fn start(request: Request) -> Result<Started, Error> {
    let adapter = adapter::choose(request.adapter.as_deref()).await?;
    let (device, executor) = open(&adapter, request).await?;
    Ok(Started::new(BackendType::Gpu, device, executor))
}

/// Starts it on the preferred adapter, unless that is a driver that computes on the CPU.
///
/// # Errors
///
/// Those of [`start`].
pub(super) async fn start_hardware(request: &Request) -> Result<Option<Started>, Error> {
    let adapter = adapter::choose(None).await?;
    if adapter::describe(&adapter.get_info()).is_software() {
        return Ok(None);
    }
    let (device, executor) = open(&adapter, request.clone()).await?;
    Ok(Some(Started::new(BackendType::Gpu, device, executor)))
}

/// Whether a certain adapter is wanted.
pub(super) fn is_adapter_asked_for(request: &Request) -> bool {
    adapter::wanted(request.adapter.as_deref()).is_some()
}

async fn open(
    adapter: &wgpu::Adapter,
    request: Request,
) -> Result<(GpuDevice, executor::GpuExecutor), Error> {
    let info = adapter::describe(&adapter.get_info());
    let capabilities = adapter::capabilities(&adapter.limits());
    capabilities.check_buffers(&request.buffers, &info.name)?;
    let (device, queue) = request_device(adapter, &info).await?;
    watch(&device, &request.health);
    let memory = Arc::new(scoped(&device, "its buffers", || Memory::new(&device, &request)).await?);
    let presenter = match request.screen {
        Some((screen, size)) => {
            Some(present::Presenter::new(adapter, &device, memory.presented(), screen, size).await?)
        }
        None => None,
    };
    let executor =
        executor::GpuExecutor::new(device.clone(), queue, memory.clone(), presenter, request.health)?;
    Ok((GpuDevice { info, capabilities, device, memory }, executor))
}

/// The shared half.
struct GpuDevice {
    info: AdapterInfo,
    capabilities: Capabilities,
    device: wgpu::Device,
    memory: Arc<Memory>,
}

impl Device for GpuDevice {
    fn info(&self) -> &AdapterInfo {
        &self.info
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn prepare(&self, artifact: &Artifact) -> BoxFuture<Result<Box<dyn Program>, Error>> {
        let (device, memory) = (self.device.clone(), self.memory.clone());
        let (artifact, capabilities) = (artifact.clone(), self.capabilities.clone());
        Box::pin(crate::task::spawn("hpc-compile", move || async move {
            let code =
                artifact.code.wgsl().cloned().ok_or_else(|| Error::ArtifactMismatch {
                    reason: "it is code for the CPU backend".into(),
                })?;
            let program = program::GpuProgram::new(device, &memory, &artifact, code, &capabilities).await?;
            Ok(Box::new(program) as Box<dyn Program>)
        }))
    }
}

/// The device's buffers.
struct Memory {
    /// In the order of the request.
    storage: Vec<wgpu::Buffer>,
    /// The slots of the submission that is encoded. One buffer serves all: an upload to it is ordered between
    /// submissions.
    slots: wgpu::Buffer,
}

impl Memory {
    fn new(device: &wgpu::Device, request: &Request) -> Self {
        let create = |label, size, usage| {
            device.create_buffer(&wgpu::BufferDescriptor { label, size, usage, mapped_at_creation: false })
        };
        let copy = wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
        let storage = request.buffers.iter().map(|buffer| {
            create(Some(buffer.label.as_str()), buffer.bytes, wgpu::BufferUsages::STORAGE | copy)
        });
        let storage = storage.collect();
        let slots = create(
            Some("uniform slots"),
            SLOT_BYTES.into(),
            wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
        );
        Self { storage, slots }
    }

    /// The pixels that `update_canvas` shows, where there is a canvas: the last of the buffers.
    fn presented(&self) -> Option<&wgpu::Buffer> {
        self.storage.last()
    }
}

async fn request_device(
    adapter: &wgpu::Adapter,
    info: &AdapterInfo,
) -> Result<(wgpu::Device, wgpu::Queue), Error> {
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("hpc"),
        required_features: wgpu::Features::empty(),
        // Otherwise the small limits that all of the web offers would hold.
        required_limits: adapter.limits(),
        experimental_features: wgpu::ExperimentalFeatures::disabled(),
        memory_hints: wgpu::MemoryHints::default(),
        trace: wgpu::Trace::Off,
    };
    let device = adapter.request_device(&descriptor).await;
    device.map_err(|error| Error::NoDevice { adapter: info.name.clone(), reason: error.to_string() })
}

/// Tells `health` of everything fatal that wgpu reports by itself.
fn watch(device: &wgpu::Device, health: &Arc<Health>) {
    let theirs = health.clone();
    device.set_device_lost_callback(move |reason, message| {
        // Destroyed is what we do ourselves at the end.
        if reason != wgpu::DeviceLostReason::Destroyed {
            theirs.fail(Error::DeviceLost { reason: message });
        }
    });
    let theirs = health.clone();
    device.on_uncaptured_error(Arc::new(move |error| theirs.fail(translate(error, "a submission"))));
}

/// Runs `work` and tells what wgpu found wrong with it. `what` says what memory was for.
async fn scoped<T>(device: &wgpu::Device, what: &'static str, work: impl FnOnce() -> T) -> Result<T, Error> {
    let (result, verdict) = judged(device, what, work);
    verdict.await.map(|()| result)
}

/// Runs `work`, and gives its result before it is known whether wgpu found something wrong with it; natively that is ready.
fn judged<T>(
    device: &wgpu::Device,
    what: &'static str,
    work: impl FnOnce() -> T,
) -> (T, BoxFuture<Result<(), Error>>) {
    let filters =
        [wgpu::ErrorFilter::Internal, wgpu::ErrorFilter::Validation, wgpu::ErrorFilter::OutOfMemory];
    let [internal, validation, memory] = filters.map(|filter| device.push_error_scope(filter));
    let result = work();
    // The last one first, or wgpu panics.
    let [memory, validation, internal] = [memory, validation, internal].map(|scope| scope.pop());
    let verdict = async move {
        let errors = [memory.await, validation.await, internal.await];
        errors.into_iter().flatten().next().map_or(Ok(()), |error| Err(translate(error, what)))
    };
    (result, Box::pin(verdict))
}

fn translate(error: wgpu::Error, what: &str) -> Error {
    match error {
        wgpu::Error::OutOfMemory { .. } => Error::OutOfMemory { what: what.into() },
        error => Error::internal(format!("wgpu refused {what}"), error.to_string()),
    }
}
