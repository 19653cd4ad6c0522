//! The GPU backend: replays submissions through wgpu.
//!
//! | module | what |
//! |---|---|
//! | `adapter` | which adapter, and what it can do |
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
//! | `resize` | what buffers keep that get another size |
//! | `stamps` | the device's own times, for profiles |
//! | `present` | the picture on a page's canvas |

use std::sync::Arc;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::OnceLock;
#[cfg(not(target_arch = "wasm32"))]
use std::time::{Duration, Instant};

use ahead::Ahead;
use artifact::Artifact;
use download::Downloads;
use lent::Lender;
use memory::Memory;
use upload::Uploads;

use super::{AdapterInfo, BackendType, BoxFuture, Capabilities, Device, Program, Request, Started};
use crate::grid::Choice;
use crate::platform::gpu::{ahead, lent, present, stamps, upload, waiter};
use crate::{Error, Health};

pub use adapter::adapters;

mod adapter;
pub(crate) mod download;
mod executor;
pub(crate) mod in_flight;
pub(crate) mod memory;
pub(crate) mod pipelines;
mod program;
mod resize;
#[cfg(test)]
mod tests;
#[cfg(any(target_arch = "wasm32", target_vendor = "apple"))]
pub(crate) mod unlent;

/// Starts the GPU backend. Takes a driver up to some hundred milliseconds. A driver that computes on the CPU counts as no adapter, unless
/// `software` says that this will do.
///
/// # Errors
///
/// [`Error::NoAdapter`], [`Error::NoDevice`], [`Error::BufferTooLarge`], [`Error::OutOfMemory`].
pub(super) async fn start(request: &Request, software: bool) -> Result<Started, Error> {
    let adapter = adapter::choose(request.adapter.as_deref()).await?;
    let info = adapter.get_info();
    if !software && adapter::describe(&info).is_software() {
        return Err(Error::NoAdapter { wanted: None, found: vec![adapter::title(&info)] });
    }
    let (device, executor, packed) = open(&adapter, request).await?;
    let native_doubles = !adapter::doubles(&adapter).is_empty();
    let float_atomics = !adapter::float_atomics(&adapter).is_empty();
    Ok(Started { packed, native_doubles, float_atomics, ..Started::new(BackendType::Gpu, device, executor) })
}

/// Whether a certain adapter is wanted.
pub(super) fn is_adapter_asked_for(request: &Request) -> bool {
    adapter::wanted(request.adapter.as_deref()).is_some()
}

async fn open(
    adapter: &wgpu::Adapter,
    request: &Request,
) -> Result<(GpuDevice, executor::GpuExecutor, Vec<usize>), Error> {
    let info = adapter::describe(&adapter.get_info());
    let limits = adapter::limits(adapter);
    let usual = adapter::capabilities(&limits, &adapter.get_info());
    let capabilities = Capabilities {
        tuned: request.tuned.unwrap_or(usual.tuned),
        loop_limit: usual.loop_limit.min(request.loop_limit),
        slice: request.slice,
        ..usual
    };
    capabilities.check_buffers(&request.buffers, &info.name)?;
    let packed = memory::choose_packed(request, &capabilities, &info.name)?;
    let (device, queue) = request_device(adapter, limits, &info).await?;
    let staging = Staging {
        uploads: Uploads::new(device.clone()),
        downloads: Arc::default(),
        lender: Lender::new(device.clone()),
        #[cfg(not(target_arch = "wasm32"))]
        stopped: Arc::default(),
        #[cfg(not(target_arch = "wasm32"))]
        refused: Arc::default(),
    };
    watch(&device, &request.health, &staging);
    let memory =
        scoped(&device, "its buffers", || Memory::new(&device, &queue, request, &packed, &capabilities))
            .await;
    let memory = memory.map_err(|error| match error {
        Error::OutOfMemory { .. } => request.out_of_memory(),
        error => error,
    })?;
    let presenter = match &request.screen {
        Some((screen, size)) => {
            Some(present::Presenter::new(&device, memory.presented(), screen, *size).await?)
        }
        None => None,
    };
    let ahead = Arc::<Ahead>::default();
    let executor = executor::GpuExecutor::new(
        device.clone(),
        queue,
        memory,
        staging.clone(),
        ahead.clone(),
        presenter,
        request.health.clone(),
    )?;
    Ok((GpuDevice { info, capabilities, device, staging, ahead }, executor, packed))
}

/// The shared half.
struct GpuDevice {
    info: AdapterInfo,
    capabilities: Capabilities,
    device: wgpu::Device,
    staging: Staging,
    ahead: Arc<Ahead>,
}

/// The host's memory that the device reaches, as far as both halves use it, and whether it is still wanted.
#[derive(Clone)]
pub(crate) struct Staging {
    uploads: Arc<Uploads>,
    pub(crate) downloads: Arc<Downloads>,
    pub(crate) lender: Arc<Lender>,
    /// When nobody wanted any more what the device does.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) stopped: Arc<OnceLock<Instant>>,
    /// What wgpu refused outside of any scope. The poll thread finds out what it means: it may wait for the device.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) refused: Arc<OnceLock<Error>>,
}

impl Staging {
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
        &self.info
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn prepare(
        &self,
        artifact: &Arc<Artifact>,
        likely: Choice,
    ) -> BoxFuture<Result<Box<dyn Program>, Error>> {
        let (device, loop_limit) = (self.device.clone(), self.capabilities.loop_limit);
        let (artifact, ahead) = (artifact.clone(), self.ahead.clone());
        Box::pin(crate::task::spawn("hpc-compile", move || async move {
            let program = program::GpuProgram::new(&device, loop_limit, &artifact, likely, ahead).await?;
            Ok(Box::new(program) as Box<dyn Program>)
        }))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn stage(&self, bytes: &[u8]) -> Option<crate::queue::Staged> {
        self.staging.uploads.stage(bytes)
    }

    fn lends(&self, bytes: u64) -> bool {
        self.staging.lender.lends(bytes)
    }

    #[cfg(test)]
    fn lose(&self) {
        self.device.destroy();
    }

    /// A device cannot be stopped, but need not be waited for.
    #[cfg(not(target_arch = "wasm32"))]
    fn stop(&self) {
        self.staging.stopped.get_or_init(Instant::now);
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

/// Tells `health` of everything fatal that wgpu reports by itself.
fn watch(device: &wgpu::Device, health: &Arc<Health>, staging: &Staging) {
    let theirs = health.clone();
    device.set_device_lost_callback(move |reason, message| match reason {
        wgpu::DeviceLostReason::Unknown => theirs.fail(Error::DeviceLost { reason: message }),
        // In a page that is what we do ourselves at the end.
        wgpu::DeviceLostReason::Destroyed if cfg!(target_arch = "wasm32") => {}
        wgpu::DeviceLostReason::Destroyed => {
            theirs.fail(Error::DeviceLost { reason: "it was destroyed".into() });
        }
    });
    let note = refusals(health, staging);
    device.on_uncaptured_error(Arc::new(move |error| note(translate(error, "a submission"))));
}

/// Who is told what wgpu refused outside of any scope: the poll thread. A second refusal follows from the first.
#[cfg(not(target_arch = "wasm32"))]
fn refusals(_: &Arc<Health>, staging: &Staging) -> impl Fn(Error) + Send + Sync + use<> {
    let refused = staging.refused.clone();
    move |error| drop(refused.set(error))
}

/// Who is told what the browser refused outside of any scope.
#[cfg(target_arch = "wasm32")]
fn refusals(health: &Arc<Health>, _: &Staging) -> impl Fn(Error) + use<> {
    let health = health.clone();
    move |error| health.fail(error)
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
