//! The interface and its kernels as JavaScript classes.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use hpc::{AdapterInfo, Artifact, Backend, Contents, GpuInterface, Image, RuntimeError};
use napi::bindgen_prelude::{Either, Object, ObjectFinalize, Uint8Array, Uint8ClampedArray};
use napi::{Env, Result};
use napi_derive::napi;

use crate::lifetime::{self, Counted, Interface, Lent, Slot};
use crate::promise::{Pool, promise};
use crate::values::{BufferSetup, CopyRange, Origin, Uniform, copied};
use crate::{Failure, Setup};

/// What calls of `hpc` give; `Result` is what calls of JavaScript give.
type Outcome<T> = std::result::Result<T, hpc::Error>;

/// What a device and its threads take of memory, roughly, beside the buffers. JavaScript's garbage collector hurries
/// accordingly.
const BASE_BYTES: i64 = 1 << 20;

/// Finds the adapter and makes the buffers; resolves with a `Session` or a `Failure`.
///
/// Where no backend is asked for, `hpc` takes the GPU, or the CPU if there is none.
#[napi(catch_unwind, ts_return_type = "Promise<Session | Failure>")]
pub fn open(env: &Env, setup: Setup) -> Result<Object<'_>> {
    let backend = setup.backend();
    let builder = setup.builder()?;
    let counted = Counted::new();
    let work = async move {
        let builder = match backend? {
            Some(backend) => builder?.backend(backend),
            None => builder?,
        };
        let gpu = builder.build()?.initialize().await?;
        Ok((gpu, counted))
    };
    promise(Pool::Working, env, work, |env, (gpu, counted)| {
        let bytes = BASE_BYTES + byte_size(&gpu);
        env.adjust_external_memory(bytes)?;
        Ok(Session {
            backend: gpu.backend_type(),
            adapter: adapter(gpu.adapter_info()),
            gpu_failed: gpu.adapter_info().fallback.as_ref().is_some_and(|fallback| fallback.gpu_failed),
            slot: Slot::new(gpu, counted),
            bytes: AtomicI64::new(bytes),
        })
    })
}

fn byte_size(gpu: &GpuInterface) -> i64 {
    let buffers = gpu.buffers();
    let buffers = buffers.iter().map(|buffer| buffer.byte_size());
    let canvas = gpu.interface().canvas.map(|size| size.pixel_count() * 8);
    buffers.chain(canvas).sum::<u64>() as i64
}

/// An interface on its device.
#[napi(custom_finalize)]
pub struct Session {
    slot: Arc<Slot>,
    backend: Backend,
    adapter: Adapter,
    gpu_failed: bool,
    /// What JavaScript's garbage collector was told.
    bytes: AtomicI64,
}

impl ObjectFinalize for Session {
    fn finalize(self, env: Env) -> Result<()> {
        env.adjust_external_memory(-self.bytes.into_inner()).map(|_| ())
    }
}

impl Session {
    /// Tells JavaScript's garbage collector what the buffers take now.
    fn weigh(&self, env: Env) -> Result<()> {
        if let Ok(gpu) = self.slot.get() {
            let bytes = BASE_BYTES + byte_size(&gpu);
            env.adjust_external_memory(bytes - self.bytes.swap(bytes, Ordering::Relaxed))?;
        }
        Ok(())
    }
}

#[napi]
impl Session {
    /// `gpu`, `cpu` or `noop`.
    #[napi(getter, catch_unwind)]
    pub fn backend_type(&self) -> &'static str {
        self.backend.name()
    }

    /// Who executes the kernels.
    #[napi(getter, catch_unwind)]
    pub fn adapter_info(&self) -> Adapter {
        self.adapter.clone()
    }

    /// Whether the CPU computes because a GPU failed.
    #[napi(getter, catch_unwind)]
    pub fn gpu_failed(&self) -> bool {
        self.gpu_failed
    }

    /// Compiles a kernel; resolves with a `Kernel` or a `Failure`, whose message shows the lines of `origin`.
    #[napi(catch_unwind, ts_return_type = "Promise<Kernel | Failure>")]
    pub fn create_kernel<'env>(
        &self,
        env: &'env Env,
        source: String,
        origin: Option<Origin>,
    ) -> Result<Object<'env>> {
        let gpu = self.slot.get();
        let origin = origin.map(Origin::into).unwrap_or_default();
        let work = async move { gpu?.create_kernel_at(&source, origin).await };
        promise(Pool::Working, env, work, |_, kernel| Ok(Kernel(lifetime::Kernel::new(kernel))))
    }

    /// Makes a kernel of one that `precompile` stored; resolves with a `Kernel` or a `Failure`.
    #[napi(catch_unwind, ts_return_type = "Promise<Kernel | Failure>")]
    pub fn create_kernel_of<'env>(&self, env: &'env Env, stored: String) -> Result<Object<'env>> {
        let gpu = self.slot.get();
        let work = async move { gpu?.create_kernel_from(Artifact::from_text(&stored)?).await };
        promise(Pool::Working, env, work, |_, kernel| Ok(Kernel(lifetime::Kernel::new(kernel))))
    }

    /// Sets uniforms for the runs to come.
    #[napi(catch_unwind)]
    pub fn set_uniforms(&self, values: Vec<Uniform>) -> Result<Option<Failure>> {
        let named = values.iter().map(|uniform| Ok((uniform.name.as_str(), uniform.value()?)));
        let named = named.collect::<Result<Vec<_>>>()?;
        Ok(failure(self.slot.get().and_then(|gpu| gpu.set_uniforms(named))))
    }

    /// Replaces the contents of a buffer, or what begins with an element, by bytes as they are read.
    #[napi(catch_unwind)]
    pub fn write_buffer(&self, name: String, data: &[u8], start: Option<u32>) -> Option<Failure> {
        let write = |gpu: Arc<Interface>| match start {
            Some(start) => gpu.write_bytes_at(&name, start.into(), data),
            None => gpu.write_bytes(&name, data),
        };
        failure(self.slot.get().and_then(write))
    }

    /// Copies one buffer to another, or some of its elements.
    #[napi(catch_unwind)]
    pub fn copy_buffer(
        &self,
        source: String,
        destination: String,
        range: Option<CopyRange>,
    ) -> Option<Failure> {
        let copy = |gpu: Arc<Interface>| match range {
            Some(CopyRange { start, end, to }) => {
                gpu.copy_buffer_range(&source, u64::from(start)..u64::from(end), &destination, to.into())
            }
            None => gpu.copy_buffer(&source, &destination),
        };
        failure(self.slot.get().and_then(copy))
    }

    /// Makes a buffer.
    #[napi(catch_unwind)]
    pub fn create_buffer(&self, env: Env, buffer: BufferSetup) -> Result<Option<Failure>> {
        let taken = buffer.taken()?;
        let created = self.slot.get().and_then(|gpu| {
            let (description, data) = taken?;
            gpu.create_packed(description, data)
        });
        self.weigh(env)?;
        Ok(failure(created))
    }

    /// Gives a buffer another size, of as many extents.
    #[napi(catch_unwind)]
    pub fn resize_buffer(&self, env: Env, name: String, size: Vec<u32>) -> Result<Option<Failure>> {
        let resized = self.slot.get().and_then(|gpu| gpu.resize_buffer(&name, &size[..]));
        self.weigh(env)?;
        Ok(failure(resized))
    }

    /// Destroys a buffer.
    #[napi(catch_unwind)]
    pub fn destroy_buffer(&self, env: Env, name: String) -> Result<Option<Failure>> {
        let destroyed = self.slot.get().and_then(|gpu| gpu.destroy_buffer(&name));
        self.weigh(env)?;
        Ok(failure(destroyed))
    }

    /// Reads elements of a buffer; resolves with their bytes, in memory of their own that is aligned for them, or a `Failure`. Many lie in memory
    /// of the device, uncopied, which goes back when the array is collected.
    #[napi(catch_unwind, ts_return_type = "Promise<Uint8Array | Failure>")]
    pub fn read_buffer<'env>(
        &self,
        env: &'env Env,
        name: String,
        start: u32,
        end: u32,
    ) -> Result<Object<'env>> {
        let elements = u64::from(start)..u64::from(end);
        let read = self.slot.get().map(|gpu| (gpu.read_bytes(&name, elements), gpu));
        promise(Pool::Waiting, env, alive(read), |_, contents| Ok(array(contents)))
    }

    /// Shows what has been painted.
    #[napi(catch_unwind)]
    pub fn update_canvas(&self) -> Option<Failure> {
        failure(self.slot.get().and_then(|gpu| gpu.update_canvas()))
    }

    /// Reads what is shown; resolves with four bytes a pixel or a `Failure`.
    #[napi(catch_unwind, ts_return_type = "Promise<Uint8ClampedArray | Failure>")]
    pub fn read_canvas<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        let read = self.slot.get().and_then(|gpu| Ok((gpu.canvas()?, gpu)));
        promise(Pool::Waiting, env, alive(read), |_, image| Ok(Uint8ClampedArray::new(image.rgba)))
    }

    /// Resolves with `null` or a `Failure` when all commands before are done.
    #[napi(catch_unwind, ts_return_type = "Promise<null | Failure>")]
    pub fn on_submitted_work_done<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        let done = self.slot.get().map(|gpu| (gpu.on_submitted_work_done(), gpu));
        promise(Pool::Waiting, env, alive(done), |_, ()| Ok(napi::bindgen_prelude::Null))
    }

    /// Copies what all buffers hold, to be restored; resolves with `null` or a `Failure`.
    #[napi(catch_unwind, ts_return_type = "Promise<null | Failure>")]
    pub fn checkpoint<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        let done = self.slot.get().map(|gpu| (gpu.checkpoint(), gpu));
        promise(Pool::Waiting, env, alive(done), |_, ()| Ok(napi::bindgen_prelude::Null))
    }

    /// Brings it back on a new device; resolves with how that went or a `Failure`.
    #[napi(catch_unwind, ts_return_type = "Promise<Recovered | Failure>")]
    pub fn recover<'env>(&self, env: &'env Env) -> Result<Object<'env>> {
        let recovered = self.slot.get().map(|gpu| (gpu.recover(), gpu));
        promise(Pool::Waiting, env, alive(recovered), |_, hpc::Recovered { reason, restored, lost }| {
            Ok(Recovered { reason, restored, lost })
        })
    }

    /// Begins to record: calls go to a list from now on.
    #[napi(catch_unwind)]
    pub fn begin_recording(&self) -> Option<Failure> {
        failure(self.slot.get().and_then(|gpu| gpu.begin_recording()))
    }

    /// Ends the recording and gives the list.
    #[napi(catch_unwind)]
    pub fn end_recording(&self) -> Either<CommandList, Failure> {
        let list = self.slot.get().map(|gpu| CommandList(lifetime::CommandList::new(gpu.end_recording())));
        list.map_or_else(|error| Either::B(error.into()), Either::A)
    }

    /// Begins a profile.
    #[napi(catch_unwind)]
    pub fn profile(&self) -> Either<Profiling, Failure> {
        let profiling = self.slot.get().and_then(|gpu| Ok((gpu.profile()?, gpu)));
        let begun = |(profiling, gpu)| Profiling(Some((lifetime::Profiling::new(profiling), gpu)));
        profiling.map(begun).map_or_else(|error| Either::B(error.into()), Either::A)
    }

    /// Starts what is pending.
    #[napi(catch_unwind)]
    pub fn flush(&self) -> Option<Failure> {
        failure(self.slot.get().and_then(|gpu| gpu.flush()))
    }

    /// Takes no more commands and drops those that have not started.
    #[napi(catch_unwind)]
    pub fn destroy(&self) {
        self.slot.destroy();
    }
}

/// Waits for something of an interface and holds on to that: dropping it earlier would drop what has not started.
async fn alive<T>(waiting: Outcome<(impl Future<Output = Outcome<T>>, Arc<Interface>)>) -> Outcome<T> {
    let (future, _gpu) = waiting?;
    future.await
}

/// The contents as an array of JavaScript, which has them to itself. Where the runtime allows no memory of others, as in Electron, they are
/// copied once more.
fn array(contents: Contents) -> Uint8Array {
    if contents.is_lent() {
        // Giving memory back to a device may take its time.
        external(Lent::new(contents), |lent| lent)
    } else {
        external(contents, |contents| contents)
    }
}

/// An array over bytes of `held`, which is dropped when JavaScript collects the array.
fn external<T: Send + 'static>(mut held: T, bytes: impl FnOnce(&mut T) -> &mut [u8]) -> Uint8Array {
    let bytes = bytes(&mut held);
    let (start, count) = (bytes.as_mut_ptr(), bytes.len());
    // SAFETY: the memory is on the heap or the device's, and stays where it is as long as `held` lives, whatever becomes of the session and
    // its device; the finalizer holds that, and JavaScript calls it when nobody reaches the array any more. Nothing else in Rust looks at it.
    unsafe { Uint8Array::with_external_data(start, count, move |_, _| drop(held)) }
}

fn failure(result: Outcome<()>) -> Option<Failure> {
    result.err().map(Failure::from)
}

/// A kernel, ready to run.
#[napi]
pub struct Kernel(lifetime::Kernel);

#[napi]
impl Kernel {
    /// Runs it over so many threads.
    #[napi(catch_unwind)]
    pub fn run(&self, x: u32, y: u32, z: u32) -> Option<Failure> {
        failure(self.0.run([x, y, z]))
    }

    /// Gives it the name that profiles show.
    #[napi(catch_unwind)]
    pub fn set_name(&self, name: String) {
        self.0.set_name(&name);
    }

    /// The code it was compiled to.
    #[napi(getter, catch_unwind)]
    pub fn source(&self) -> String {
        self.0.source().into()
    }

    /// What the compiler found out and chose.
    #[napi(getter, catch_unwind)]
    pub fn explanation(&self) -> String {
        self.0.explain().into()
    }
}

/// Recorded calls.
#[napi]
pub struct CommandList(lifetime::CommandList);

#[napi]
impl CommandList {
    /// Calls them again, so many times.
    #[napi(catch_unwind)]
    pub fn replay(&self, times: u32) -> Option<Failure> {
        failure(self.0.replay(times))
    }
}

/// A profile that is being made, and the interface that it is of.
#[napi]
pub struct Profiling(Option<(lifetime::Profiling, Arc<Interface>)>);

#[napi]
impl Profiling {
    /// Ends it, once; resolves with what it says or a `Failure` when all that was called before is done.
    #[napi(catch_unwind, ts_return_type = "Promise<Report | Failure>")]
    pub fn stop<'env>(&mut self, env: &'env Env) -> Result<Object<'env>> {
        let taken = self.0.take().and_then(|(profiling, gpu)| Some((profiling.stop()?, gpu)));
        let stopped = taken.ok_or(hpc::Error::Runtime(RuntimeError::Dropped));
        promise(Pool::Waiting, env, alive(stopped), |_, profile| {
            Ok(Report { table: profile.table(), trace: profile.to_trace() })
        })
    }
}

/// What a profile says.
#[napi(object, object_from_js = false)]
pub(crate) struct Report {
    /// A table for people.
    pub table: String,
    /// A file in the Trace Event Format.
    pub trace: String,
}

/// How an interface came back from a lost device.
#[napi(object, object_from_js = false)]
pub(crate) struct Recovered {
    /// Why the device was lost; none if it was not.
    pub reason: Option<String>,
    /// The buffers that hold what they held at the last checkpoint.
    pub restored: Vec<String>,
    /// The buffers that hold zeros.
    pub lost: Vec<String>,
}

/// Who executes the kernels, in words.
#[derive(Clone, Debug)]
#[napi(object)]
pub struct Adapter {
    /// Its name.
    pub name: String,
    /// The driver's name and version.
    pub driver: String,
    /// The API behind it, such as `Vulkan`.
    pub api: String,
    /// `discrete`, `integrated`, `virtual`, `software` or `other`.
    pub kind: String,
    /// Why the CPU computes, if nobody asked for it.
    pub fallback_reason: Option<String>,
}

fn adapter(info: &AdapterInfo) -> Adapter {
    Adapter {
        name: info.name.clone(),
        driver: info.driver.clone(),
        api: info.api.clone(),
        kind: info.kind.name().into(),
        fallback_reason: info.fallback.as_ref().map(|fallback| fallback.reason.clone()),
    }
}

/// A picture of four bytes a pixel as a PNG file; resolves with its bytes or a `Failure`.
#[napi(catch_unwind, ts_return_type = "Promise<Uint8Array | Failure>")]
pub fn encode_png(env: &Env, width: u32, height: u32, rgba: Uint8ClampedArray) -> Result<Object<'_>> {
    let rgba = copied(&rgba, || "the picture".into());
    promise(
        Pool::Working,
        env,
        async move { Ok(Image { width, height, rgba: rgba? }.to_png()?) },
        |_, file| Ok(Uint8Array::new(file)),
    )
}
