//! The GPU backend: replays submissions through wgpu.
//!
//! | module | what |
//! |---|---|
//! | `adapter` | which adapter, and what it can do |
//! | `shared` | devices that interfaces share |
//! | `program` | kernels: bind groups, and |
//! | `pipelines` | their pipelines |
//! | `ahead` | the thread that makes pipelines before they are needed |
//! | `executor` | from a submission to a command buffer |
//! | `in_flight` | what the device works on, and the answers |
//! | `waiter` | the thread that waits for the device, or a page's callbacks |
//! | `upload` | memory that the host writes and the device copies from |
//! | `download` | memory that the device copies to and the host copies from |
//! | `lent` | such memory that readers get instead of a copy |
//! | `memory` | the device's buffers, and which of them share one allocation |
//! | `storage` | how one is made |
//! | `external` | those that others have, too |
//! | `foreign` | devices and buffers that a page or a program brings |
//! | `resize` | what buffers keep that get another size |
//! | `stamps` | the device's own times, for profiles |
//! | `present` | the picture on a page's canvas |

use std::sync::Arc;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::OnceLock;
#[cfg(not(target_arch = "wasm32"))]
use std::time::{Duration, Instant};

use artifact::Artifact;
use download::Downloads;
use external::Handles;
use lent::Lender;
use memory::Memory;
use shared::{Clients, SharedDevice};
use upload::Uploads;
use waiter::Waiter;

use super::{AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Program, Request, Started};
use crate::Error;
#[cfg(not(target_arch = "wasm32"))]
use crate::Health;
use crate::grid::Choice;
use crate::platform::gpu::{ahead, foreign, lent, present, stamps, upload, waiter};

pub use adapter::adapters;

mod adapter;
pub(crate) mod download;
mod executor;
mod external;
pub(crate) mod in_flight;
pub(crate) mod memory;
pub(crate) mod pipelines;
mod program;
mod resize;
pub(crate) mod shared;
#[cfg(test)]
mod tests;
#[cfg(any(target_arch = "wasm32", target_vendor = "apple"))]
pub(crate) mod unlent;

/// Starts the GPU backend on a device of the request's context. Takes a driver up to some hundred milliseconds if there is none yet. A driver that computes on
/// the CPU counts as no adapter, unless `software` says that this will do.
///
/// # Errors
///
/// [`Error::NoAdapter`], [`Error::NoDevice`], [`Error::BufferTooLarge`], [`Error::OutOfMemory`].
pub(super) async fn start(request: &Request, software: bool) -> Result<Started, Error> {
    let wanted = adapter::wanted(request.adapter.as_deref());
    let shared = request.context.devices().get(wanted, software).await?;
    let (native_doubles, float_atomics) = (shared.native_doubles, shared.float_atomics);
    let (device, executor, packed) = open(shared, request).await?;
    Ok(Started { packed, native_doubles, float_atomics, ..Started::new(BackendType::Gpu, device, executor) })
}

/// Whether a certain adapter is wanted.
pub(super) fn is_adapter_asked_for(request: &Request) -> bool {
    adapter::wanted(request.adapter.as_deref()).is_some()
}

async fn open(
    shared: Arc<SharedDevice>,
    request: &Request,
) -> Result<(GpuDevice, executor::GpuExecutor, Vec<usize>), Error> {
    let (usual, name) = (&shared.usual, &shared.info.name);
    let capabilities = Capabilities {
        tuned: request.tuned.unwrap_or(usual.tuned),
        loop_limit: usual.loop_limit.min(request.loop_limit),
        slice: request.slice,
        deterministic: request.deterministic,
        ..usual.clone()
    };
    capabilities.check_buffers(&request.buffers, name)?;
    let packed = memory::choose_packed(request, &capabilities, name)?;
    shared.clients.join(&request.health);
    let device = &shared.device;
    let given = external::given(device, &shared.queue, request).await?;
    let create = || Memory::new(device, &shared.queue, request, &packed, given, &capabilities);
    let memory = scoped(device, "its buffers", create).await;
    let memory = memory.map_err(|error| match error {
        Error::OutOfMemory { .. } => request.out_of_memory(),
        error => error,
    })?;
    let presenter = match &request.screen {
        Some((screen, size)) => {
            Some(present::Presenter::new(device, memory.presented(), screen, *size).await?)
        }
        None => None,
    };
    let waiter = Waiter::new(&shared, &request.health);
    let device = GpuDevice {
        capabilities,
        shared: shared.clone(),
        handles: memory.handles(),
        #[cfg(not(target_arch = "wasm32"))]
        stopped: waiter.stopped(),
    };
    let executor = executor::GpuExecutor::new(shared, memory, presenter, waiter);
    Ok((device, executor, packed))
}

/// The half that callers' threads share.
struct GpuDevice {
    capabilities: Capabilities,
    shared: Arc<SharedDevice>,
    /// The buffers that others have, too.
    handles: Arc<Handles>,
    /// When nobody wanted any more what the device does for the interface.
    #[cfg(not(target_arch = "wasm32"))]
    stopped: Arc<OnceLock<Instant>>,
}

/// The host's memory that a device reaches.
#[derive(Clone)]
pub(crate) struct Staging {
    uploads: Arc<Uploads>,
    pub(crate) downloads: Arc<Downloads>,
    pub(crate) lender: Arc<Lender>,
    /// What wgpu refused outside of any scope. The poll thread finds out what it means: it may wait for the device.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) refused: Arc<OnceLock<Error>>,
}

impl Staging {
    fn new(device: &wgpu::Device) -> Self {
        Self {
            uploads: Uploads::new(device.clone()),
            downloads: Arc::default(),
            lender: Lender::new(device.clone()),
            #[cfg(not(target_arch = "wasm32"))]
            refused: Arc::default(),
        }
    }

    /// Gives the device back what is idle.
    pub(crate) fn shrink(&self) {
        self.uploads.shrink();
        self.downloads.shrink();
        self.lender.shrink();
    }

    /// Memory that is taken from here, if need be after the device got back what is idle.
    fn take<T>(&self, take: impl Fn() -> Option<T>) -> Option<T> {
        take().or_else(|| {
            self.shrink();
            take()
        })
    }
}

impl Device for GpuDevice {
    fn info(&self) -> &AdapterInfo {
        &self.shared.info
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn prepare(
        &self,
        artifact: &Arc<Artifact>,
        likely: Choice,
    ) -> BoxFuture<Result<Box<dyn Program>, Error>> {
        let (device, loop_limit) = (self.shared.device.clone(), self.capabilities.loop_limit);
        let (artifact, ahead) = (artifact.clone(), self.shared.ahead.clone());
        Box::pin(crate::task::spawn("hpc-compile", move || async move {
            let program = program::GpuProgram::new(&device, loop_limit, &artifact, likely, ahead).await?;
            Ok(Box::new(program) as Box<dyn Program>)
        }))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn stage(&self, bytes: &[u8]) -> Option<crate::queue::Staged> {
        self.shared.staging.uploads.stage(bytes)
    }

    fn handle(&self, place: usize) -> Option<wgpu::Buffer> {
        self.handles.get(place)
    }

    fn lends(&self, bytes: u64) -> bool {
        self.shared.staging.lender.lends(bytes)
    }

    #[cfg(test)]
    fn lose(&self) {
        self.shared.device.destroy();
    }

    /// A device cannot be stopped, but need not be waited for.
    #[cfg(not(target_arch = "wasm32"))]
    fn stop(&self) {
        self.stopped.get_or_init(Instant::now);
    }
}

async fn request_device(
    adapter: &wgpu::Adapter,
    required_limits: wgpu::Limits,
    info: &AdapterInfo,
) -> Result<(wgpu::Device, wgpu::Queue), Error> {
    let descriptor = wgpu::DeviceDescriptor {
        label: Some("hpc"),
        required_features: stamps::features(adapter)
            | adapter::doubles(adapter)
            | adapter::float_atomics(adapter),
        // Otherwise the small limits that all of the web offers would hold.
        required_limits,
        experimental_features: wgpu::ExperimentalFeatures::disabled(),
        memory_hints: wgpu::MemoryHints::default(),
        trace: wgpu::Trace::Off,
    };
    let device = adapter.request_device(&descriptor).await;
    device.map_err(|error| Error::NoDevice { adapter: info.name.clone(), reason: error.to_string() })
}

/// Who is told what wgpu refused outside of any scope: the poll thread. A second refusal follows from the first.
#[cfg(not(target_arch = "wasm32"))]
fn refusals(_: &Arc<Clients>, staging: &Staging) -> impl Fn(Error) + Send + Sync + use<> {
    let refused = staging.refused.clone();
    move |error| drop(refused.set(error))
}

/// Who is told what the browser refused outside of any scope.
#[cfg(target_arch = "wasm32")]
fn refusals(clients: &Arc<Clients>, _: &Staging) -> impl Fn(Error) + use<> {
    let clients = clients.clone();
    move |error| clients.fail(error)
}

/// Runs `work` and tells what wgpu found wrong with it. `what` says what memory was for.
pub(crate) async fn scoped<T>(
    device: &wgpu::Device,
    what: &'static str,
    work: impl FnOnce() -> T,
) -> Result<T, Error> {
    let (result, verdict) = judged(device, what, work);
    verdict.await.map(|()| result)
}

/// Runs `work`, and gives its result before it is known whether wgpu found something wrong with it; natively that is ready.
pub(crate) fn judged<T>(
    device: &wgpu::Device,
    what: &'static str,
    work: impl FnOnce() -> T,
) -> (T, BoxFuture<Result<(), Error>>) {
    let scopes = error_scopes(device);
    let result = work();
    (result, verdict(scopes, what))
}

/// Scopes for all that wgpu can find wrong from now on.
fn error_scopes(device: &wgpu::Device) -> [wgpu::ErrorScopeGuard; 3] {
    [wgpu::ErrorFilter::Internal, wgpu::ErrorFilter::Validation, wgpu::ErrorFilter::OutOfMemory]
        .map(|filter| device.push_error_scope(filter))
}

/// Ends the scopes, and tells what was found in them.
fn verdict(scopes: [wgpu::ErrorScopeGuard; 3], what: &'static str) -> BoxFuture<Result<(), Error>> {
    let [internal, validation, memory] = scopes;
    // The last one first, or wgpu panics.
    let [memory, validation, internal] = [memory, validation, internal].map(|scope| scope.pop());
    Box::pin(async move {
        let errors = [memory.await, validation.await, internal.await];
        errors.into_iter().flatten().next().map_or(Ok(()), |error| Err(translate(error, what)))
    })
}

/// What an error of wgpu's means: a lost device refuses this and that before it tells that it is lost. It tells that once nothing is in
/// flight, and it may be another thread's poll that calls whoever listens.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn explained(device: &wgpu::Device, health: &Health, error: Error) -> Error {
    let until = Instant::now() + Duration::from_secs(1);
    while health.check().is_ok() && Instant::now() < until {
        // Its result says nothing that is not told to the health.
        let _ = device
            .poll(wgpu::PollType::Wait { submission_index: None, timeout: Some(Duration::from_secs(1)) });
        std::thread::sleep(Duration::from_millis(5));
    }
    health.check().err().unwrap_or(error)
}

/// What `make` makes, if there is memory.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn if_memory<T>(device: &wgpu::Device, make: impl FnOnce() -> T) -> Option<T> {
    let (made, verdict) = judged(device, "memory", make);
    pollster::block_on(verdict).is_ok().then_some(made)
}

/// What `make` makes: a page learns of what is wrong later, with the verdict on the whole submission.
#[cfg(target_arch = "wasm32")]
fn if_memory<T>(_: &wgpu::Device, make: impl FnOnce() -> T) -> Option<T> {
    Some(make())
}

fn translate(error: wgpu::Error, what: &str) -> Error {
    match error {
        wgpu::Error::OutOfMemory { .. } => Error::OutOfMemory { what: what.into() },
        error => Error::internal(format!("wgpu refused {what}"), error.to_string()),
    }
}
