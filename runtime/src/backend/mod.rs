//! Who executes the commands.
//!
//! A backend has two halves. A [`Device`] is shared by the callers' threads: it tells what it can do and prepares
//! kernels. An [`Executor`] belongs to the queue's device thread: it gets [`Submission`]s, in order, and settles
//! their replies. Everything else (names, batching, uniforms, bounds) is the same for all backends and lies outside.

use std::any::Any;
use std::collections::BinaryHeap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use artifact::{Artifact, CanvasSize};

use crate::grid::Choice;
use crate::queue::{Staged, Submission};
use crate::{Error, Health, Screen};

#[cfg(feature = "cpu")]
pub(crate) mod cpu;
pub mod gpu;
mod losing;
pub mod noop;

pub(crate) use losing::{Losing, lose_after};

/// Which backend executes the commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackendType {
    /// A GPU, or a CPU driver that poses as one, through wgpu.
    Gpu,
    /// All cores of the CPU.
    Cpu,
    /// Nobody: buffers live in host memory, copies and reads work, runs do nothing. For tests of the calling code.
    Noop,
}

impl BackendType {
    /// The backend called `name`: `gpu`, `cpu` or `noop`.
    ///
    /// # Errors
    ///
    /// [`Error::NoBackend`].
    pub fn from_name(name: &str) -> Result<Self, Error> {
        match name.to_ascii_lowercase().as_str() {
            "gpu" => Ok(Self::Gpu),
            "cpu" => Ok(Self::Cpu),
            "noop" => Ok(Self::Noop),
            _ => Err(Error::NoBackend { name: name.into(), reason: "is unknown" }),
        }
    }

    /// What [`BackendType::from_name`] calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gpu => "gpu",
            Self::Cpu => "cpu",
            Self::Noop => "noop",
        }
    }

    /// The backend called by `HPC_BACKEND`, if it calls one.
    ///
    /// # Errors
    ///
    /// [`Error::NoBackend`].
    pub fn from_environment() -> Result<Option<Self>, Error> {
        named_by("HPC_BACKEND", Self::from_name)
    }
}

/// What an environment variable names, if it names anything.
fn named_by<T>(variable: &str, from_name: fn(&str) -> Result<T, Error>) -> Result<Option<T>, Error> {
    environment(variable).as_deref().map(from_name).transpose()
}

/// What an environment variable says, if it says anything. A page has none, and no code that would understand them.
fn environment(variable: &str) -> Option<String> {
    if cfg!(target_arch = "wasm32") {
        return None;
    }
    std::env::var(variable).ok().filter(|text| !text.is_empty())
}

/// A future in a box.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A future in a box, which stays on the page's one thread.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// What a backend needs to start.
#[derive(Clone, Debug)]
pub struct Request {
    /// The adapter asked for.
    pub adapter: Option<String>,
    /// Which runs are to be computed by tuned texts.
    pub tuned: Option<TunedRuns>,
    /// How many rounds an invocation may make in loops that are not known to end.
    pub loop_limit: u32,
    /// How long a submission may take on a GPU: longer runs are cut into slices.
    pub slice: Option<Duration>,
    /// The buffers to make, zeroed: the interface's, then the pixel store and the presented picture if there is a canvas.
    pub buffers: Vec<BufferRequest>,
    /// How many of them are the interface's.
    pub named: usize,
    /// Where to show the presented picture, and its size.
    pub screen: Option<(Screen, CanvasSize)>,
    /// Where to tell that the device is lost.
    pub health: Arc<Health>,
}

/// One buffer to make.
#[derive(Clone, Debug)]
pub struct BufferRequest {
    /// Its name in messages.
    pub label: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether kernels learn its size when they run, so that it can change.
    pub resizable: bool,
}

/// Where the buffers of an interface are among those of a backend: behind those of the request come the ones that are made later.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// How many buffers the interface had at first.
    named: usize,
    /// How many the canvas takes.
    canvas: usize,
}

impl Places {
    /// Where the buffer of an interface is, by its position there.
    pub fn of(self, buffer: usize) -> usize {
        if buffer < self.named { buffer } else { buffer + self.canvas }
    }

    /// Where the pixel store is, if there is a canvas; the presented picture is behind it.
    pub fn pixels(self) -> usize {
        self.named
    }

    /// The other way round; `None` for what the canvas takes.
    pub fn buffer(self, place: usize) -> Option<usize> {
        if place < self.named {
            Some(place)
        } else {
            place.checked_sub(self.canvas).filter(|&buffer| buffer >= self.named)
        }
    }
}

impl Request {
    /// Where the buffers of the interface are.
    pub fn places(&self) -> Places {
        Places { named: self.named, canvas: self.buffers.len() - self.named }
    }

    /// That there is no memory for these buffers.
    pub(crate) fn out_of_memory(&self) -> Error {
        let all: u64 = self.buffers.iter().map(|buffer| buffer.bytes).sum();
        let largest = self.buffers.iter().max_by_key(|buffer| buffer.bytes);
        let largest = largest
            .map(|BufferRequest { label, bytes, .. }| format!(", of which {label} takes {bytes} bytes"));
        Error::OutOfMemory { what: format!("{all} bytes for its buffers{}", largest.unwrap_or_default()) }
    }
}

/// A started backend: which one, and its two halves.
pub struct Started {
    /// The backend that was started.
    pub backend: BackendType,
    /// The half that callers' threads share.
    pub device: Arc<dyn Device>,
    /// The half of the device thread.
    pub executor: Box<dyn Executor>,
    /// The interface's buffers that kernels reach through one binding: [`artifact::Interface::packed`].
    pub packed: Vec<usize>,
    /// Whether the device computes in doubles itself: [`artifact::Interface::native_doubles`].
    pub native_doubles: bool,
    /// Whether the device adds to floats in one step: [`artifact::Interface::float_atomics`].
    pub float_atomics: bool,
}

impl Started {
    pub(crate) fn new(
        backend: BackendType,
        device: impl Device + 'static,
        executor: impl Executor + 'static,
    ) -> Self {
        let (device, executor) = (Arc::new(device), Box::new(executor));
        Self { backend, device, executor, packed: Vec::new(), native_doubles: false, float_atomics: false }
    }
}

/// Starts the backend that is wanted. If none is, this is the GPU if there is one, or the adapter that was asked for;
/// else the CPU backend, which is faster than drivers that pose as GPUs and says why it was taken ([`Fallback`]). Drivers are asked on
/// another thread.
pub fn start(wanted: Option<BackendType>, request: Request) -> BoxFuture<Result<Started, Error>> {
    match wanted {
        Some(BackendType::Noop) => Box::pin(std::future::ready(Ok(noop::start(&request)))),
        _ => Box::pin(crate::task::spawn("hpc-start", move || start_device(wanted, request))),
    }
}

#[cfg(feature = "cpu")]
use cpu::start as start_cpu;

#[cfg(not(feature = "cpu"))]
async fn start_cpu(_: Request, _: Option<Fallback>) -> Result<Started, Error> {
    Err(Error::NoBackend { name: "cpu".into(), reason: "was left out when this program was built" })
}

/// Set once the process has found that there is no GPU, as asking takes drivers a tenth of a second.
static NO_GPU: OnceLock<Fallback> = OnceLock::new();

async fn start_device(wanted: Option<BackendType>, request: Request) -> Result<Started, Error> {
    let is_gpu_wanted = match wanted {
        Some(wanted) => wanted == BackendType::Gpu,
        None => gpu::is_adapter_asked_for(&request) || cfg!(not(feature = "cpu")),
    };
    if is_gpu_wanted {
        return gpu::start(&request, true).await;
    }
    if wanted.is_some() {
        return start_cpu(request, None).await;
    }
    let fallback = match NO_GPU.get() {
        Some(fallback) => fallback.clone(),
        None => match gpu::start(&request, false).await {
            Ok(started) => return Ok(started),
            Err(error) => {
                let fallback = Fallback::from(error)?;
                if !fallback.gpu_failed {
                    NO_GPU.get_or_init(|| fallback.clone());
                }
                fallback
            }
        },
    };
    start_cpu(request, Some(fallback)).await
}

/// The half of a backend that callers' threads share.
pub trait Device: Send + Sync {
    /// The adapter's description.
    fn info(&self) -> &AdapterInfo;

    /// The adapter's limits and features.
    fn capabilities(&self) -> &Capabilities;

    /// Prepares a kernel, off the caller's thread: so far that the likely run can start at once, and if possible one with uniforms of another
    /// kind soon. The artifact has been checked against the interface.
    fn prepare(&self, artifact: &Arc<Artifact>, likely: Choice)
    -> BoxFuture<Result<Box<dyn Program>, Error>>;

    /// Takes bytes into memory of the device's, to be written to a buffer: what it gives is a [`crate::queue::Part`] of a write. `None` if
    /// there is no such memory, or no more at the moment. It does not wait.
    fn stage(&self, _bytes: &[u8]) -> Option<Staged> {
        None
    }

    /// Whether it has so many bytes of its memory to lend to a reader at the moment.
    fn lends(&self, _bytes: u64) -> bool {
        false
    }

    /// Loses the device, to test what follows.
    #[cfg(test)]
    fn lose(&self) {}

    /// Called when the queue is closed: who can stop what is running, does. Its submission's replies are dropped then.
    fn stop(&self) {}
}

/// The half of a backend that the device thread owns. Dropping it waits until everything submitted has been settled.
pub trait Executor: Send {
    /// Executes a submission after all earlier ones and settles its replies, now or later from another thread. May
    /// wait while too much is in flight.
    ///
    /// # Errors
    ///
    /// Every error is fatal: nothing further will be submitted. The [`Health`] must know it before the submission's
    /// replies are dropped.
    fn submit(&mut self, submission: Submission) -> Result<(), Error>;

    /// Resolves once so little is in flight that a further submission is welcome: the pump of a page must not wait in `submit`.
    #[cfg(target_arch = "wasm32")]
    fn room(&self) -> BoxFuture<()> {
        Box::pin(std::future::ready(()))
    }
}

/// A kernel as its backend prepared it.
pub trait Program: Any + Send + Sync {}

/// What an adapter can do, as far as it matters here.
#[derive(Clone, Debug)]
pub struct Capabilities {
    /// The largest buffer a kernel can use, in bytes.
    pub max_buffer_bytes: u64,
    /// How many storage buffers a kernel can use.
    pub max_storage_buffers: u32,
    /// The largest slot of the uniform buffer, in bytes.
    pub max_uniform_bytes: u32,
    /// Slots of the uniform buffer start at multiples of this many bytes.
    pub uniform_alignment: u32,
    /// Invocations a workgroup.
    pub max_invocations: u32,
    /// Invocations a workgroup along each axis.
    pub max_workgroup_size: [u32; 3],
    /// Workgroups along each axis of a dispatch.
    pub max_workgroups: u32,
    /// So many bytes in each direction are a submission of their own, a multiple of 8: the device copies these while the host copies
    /// the next. `u64::MAX` where that gains nothing.
    pub transfer_bytes: u64,
    /// Whose device it is.
    pub vendor: Vendor,
    /// Which runs are computed by tuned texts ([`artifact::Wgsl::tuned`]).
    pub tuned: TunedRuns,
    /// How many rounds an invocation may make in loops that are not known to end.
    pub loop_limit: u32,
    /// How long submissions should take, if runs are cut into slices.
    pub slice: Option<Duration>,
}

/// Which runs are computed by tuned texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TunedRuns {
    /// No runs.
    Never,
    /// The runs that are large enough for it to pay.
    Large,
    /// All that a tuned text is right for, to test these.
    Always,
}

impl TunedRuns {
    /// The runs called `name`: `never`, `large` or `always`.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTuned`].
    pub fn from_name(name: &str) -> Result<Self, Error> {
        match name.to_ascii_lowercase().as_str() {
            "never" => Ok(Self::Never),
            "large" => Ok(Self::Large),
            "always" => Ok(Self::Always),
            _ => Err(Error::UnknownTuned { name: name.into() }),
        }
    }

    /// The runs called by `HPC_TUNED`, if it calls any.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownTuned`].
    pub fn from_environment() -> Result<Option<Self>, Error> {
        named_by("HPC_TUNED", Self::from_name)
    }
}

/// Whose device it is, as far as that decides how kernels run fastest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vendor {
    /// NVIDIA.
    Nvidia,
    /// Another maker of GPUs, or one that a browser keeps to itself.
    Other,
    /// A driver that computes on the CPU.
    Software,
}

impl Capabilities {
    /// A device with the limits of a generous GPU and memory without end.
    pub fn unlimited() -> Self {
        Self {
            max_buffer_bytes: u64::MAX,
            max_storage_buffers: u32::MAX,
            max_uniform_bytes: 65_536,
            uniform_alignment: 256,
            max_invocations: 256,
            max_workgroup_size: [256, 256, 64],
            max_workgroups: 65_535,
            transfer_bytes: u64::MAX,
            vendor: Vendor::Other,
            tuned: TunedRuns::Large,
            loop_limit: artifact::Wgsl::LOOP_LIMIT,
            slice: None,
        }
    }

    /// Whether the buffers can be made.
    ///
    /// # Errors
    ///
    /// [`Error::BufferTooLarge`].
    pub fn check_buffers(&self, buffers: &[BufferRequest], adapter: &str) -> Result<(), Error> {
        let too_large = |buffer: &&BufferRequest| buffer.bytes > self.max_buffer_bytes;
        buffers.iter().find(too_large).map_or(Ok(()), |buffer| {
            let (what, bytes, limit) = (buffer.label.clone(), buffer.bytes, self.max_buffer_bytes);
            Err(Error::BufferTooLarge { what, bytes, limit, adapter: adapter.into() })
        })
    }

    /// Whether a kernel can be bound.
    ///
    /// # Errors
    ///
    /// [`Error::NotEnoughBindings`] and [`Error::UniformsTooLarge`].
    pub fn check_kernel(&self, artifact: &Artifact, adapter: &str) -> Result<(), Error> {
        let counted = artifact.code.wgsl().and_then(|code| code.counted.as_ref());
        let bindings = artifact.buffers.iter().map(|used| used.binding).chain(artifact.canvas);
        let bindings = bindings.chain(counted.map(|counted| counted.binding));
        // A heap sorts in far less code than a sort does, and pages download it.
        let mut bindings = bindings.collect::<BinaryHeap<u32>>().into_sorted_vec();
        // Packed buffers share one.
        bindings.dedup();
        let needed = bindings.len() as u32;
        let (available, adapter) = (self.max_storage_buffers, adapter.to_owned());
        if needed > available {
            return Err(Error::NotEnoughBindings { needed, available, adapter });
        }
        let (bytes, limit) = (artifact.params.size, self.max_uniform_bytes);
        if bytes > limit { Err(Error::UniformsTooLarge { bytes, limit, adapter }) } else { Ok(()) }
    }
}

/// A description of the adapter that executes the commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdapterInfo {
    /// The adapter's name, such as `NVIDIA H100`.
    pub name: String,
    /// The driver's name and version.
    pub driver: String,
    /// The API behind it, such as `Vulkan`.
    pub api: String,
    /// What kind of device it is.
    pub kind: AdapterKind,
    /// Why the CPU computes, if nobody asked for it.
    pub fallback: Option<Fallback>,
}

/// Why the CPU backend was started in place of a GPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallback {
    /// The reason in words.
    pub reason: String,
    /// Whether there is a GPU, which failed: people want to know. Otherwise there is none.
    pub gpu_failed: bool,
}

impl Fallback {
    /// What failed at the start of a GPU that nobody asked for, as the reason to take the CPU.
    ///
    /// # Errors
    ///
    /// The same error if the CPU must not be taken: what the user's data are too large for is told, or a program would become a hundred
    /// times slower by the size of a buffer.
    fn from(error: Error) -> Result<Self, Error> {
        match error {
            Error::BufferTooLarge { .. } | Error::OutOfMemory { .. } => Err(error),
            error => {
                let gpu_failed = !matches!(error, Error::NoAdapter { .. });
                Ok(Self { reason: error.to_string(), gpu_failed })
            }
        }
    }
}

impl AdapterInfo {
    /// Whether the commands run on the CPU, by a driver that poses as a GPU.
    pub fn is_software(&self) -> bool {
        self.kind == AdapterKind::Software
    }
}

/// What kind of device an adapter is, the preferred kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdapterKind {
    /// A GPU with memory of its own.
    Discrete,
    /// A GPU that shares the CPU's memory.
    Integrated,
    /// A GPU of a virtual machine.
    Virtual,
    /// Unknown.
    Other,
    /// The CPU.
    Software,
}

impl AdapterKind {
    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Discrete => "discrete",
            Self::Integrated => "integrated",
            Self::Virtual => "virtual",
            Self::Other => "other",
            Self::Software => "software",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_is_taken_for_the_faults_of_drivers_and_not_for_what_is_too_large() {
        let (what, adapter) = (String::new(), "a test".to_owned());
        let none = Error::NoAdapter { wanted: None, found: Vec::new() };
        let broken = Error::NoDevice { adapter: adapter.clone(), reason: "a fault".into() };
        let fallback = |error: Error| Fallback::from(error).map(|fallback| fallback.gpu_failed);
        assert_eq!((fallback(none), fallback(broken.clone())), (Ok(false), Ok(true)));
        assert_eq!(Fallback::from(broken).unwrap().reason, "a test gave no device: a fault");
        let too_large = Error::BufferTooLarge { what: what.clone(), bytes: 2, limit: 1, adapter };
        for error in [too_large, Error::OutOfMemory { what }] {
            assert_eq!(Fallback::from(error.clone()), Err(error));
        }
    }
}
