//! The interface to a device, and the kernels on it.

use std::future::Future;
use std::marker::PhantomData;
use std::ops::RangeBounds;
use std::pin::Pin;
use std::task::{Context, Poll};

use artifact::{Artifact, Interface};
use runtime::{AdapterInfo, BackendType, Floats, Image, Profile, Session, UniformValue};

use crate::element::data;
use crate::{Builder, Element, Error, Extent, IntoData};

/// Buffers, uniforms and a canvas on a device, and the queue of commands on them.
///
/// All methods take `&self` and can be called from any thread. Dropping it drops the commands that have not started,
/// whose futures resolve with `Dropped`, and waits for those that have. Kernels may outlive it, but not run.
#[derive(Debug)]
pub struct GpuInterface {
    pub(crate) session: Session,
}

impl GpuInterface {
    /// Starts to declare an interface.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(session: Session) -> Self {
        Self { session }
    }

    /// Makes a kernel of code compiled before, for [`GpuInterface::interface`] or an equal one: the same buffers,
    /// uniforms and canvas in the same order. No text is compiled, so it takes only the driver's time.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let blueprint = GpuInterface::builder().zeros::<f32>("a", 4).build()?;
    /// let first = blueprint.clone().initialize().await?;
    /// let kernel = first.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] = 1; }").await?;
    /// let stored = kernel.artifact().to_text();
    /// let artifact = hpc::Artifact::from_text(&stored).unwrap();
    /// let second = blueprint.initialize().await?;
    /// second.create_kernel_from(artifact).await?.run(4)?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// The code may come from anywhere, so what it claims to be proved is not believed: its loops are guarded, which can make
    /// it slower than what [`GpuInterface::create_kernel`] makes of the same text.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::create_kernel`] but for the mistakes, and `ArtifactMismatch`.
    pub async fn create_kernel_from(&self, artifact: Artifact) -> Result<Kernel, Error> {
        Ok(Kernel { kernel: self.session.create_kernel(artifact).await? })
    }

    /// Sets some uniforms for the runs to come. Runs already called keep the values they were called with.
    ///
    /// ```
    /// # use hpc::{GpuInterface, UniformValue};
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().uniform("time", 0.0).uniform("on", true).build()?.initialize().await?;
    /// gpu.set_uniforms([("time", 0.5)])?;
    /// gpu.set_uniforms([("time", UniformValue::from(1.0)), ("on", false.into())])?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownUniform`, `UniformType`, and the fatal errors. None is set then.
    pub fn set_uniforms<'n, V: Into<UniformValue>>(
        &self,
        values: impl IntoIterator<Item = (&'n str, V)>,
    ) -> Result<(), Error> {
        Ok(self.session.set_uniforms(values.into_iter().map(|(name, value)| (name, value.into())))?)
    }

    /// Replaces the contents of a buffer. The elements are copied at the call; a `Vec<f32>` is moved instead, which copies nothing but
    /// is the slower one if the vector is new: much data is copied right to where the device takes it.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().zeros::<[f32; 2]>("points", 2).build()?.initialize().await?;
    /// gpu.write_buffer("points", [[1.0, 2.0], [3.0, 4.0]])?;
    /// // What `read_buffer` gives can be written back.
    /// let floats = gpu.read_buffer("points").await?;
    /// gpu.write_buffer("points", &floats)?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `TypeMismatch`, `SizeMismatch`, and the fatal errors.
    pub fn write_buffer<D: IntoData>(&self, name: &str, elements: D) -> Result<(), Error> {
        if let Some(floats) = elements.borrowed() {
            return Ok(self.session.write_buffer_from(name, D::ELEMENT, floats)?);
        }
        Ok(self.session.write_buffer(name, data(elements))?)
    }

    /// Copies one buffer to another of the same size and element type; to itself it does nothing.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `CopyMismatch`, and the fatal errors.
    pub fn copy_buffer(&self, source: &str, destination: &str) -> Result<(), Error> {
        Ok(self.session.copy_buffer(source, destination)?)
    }

    /// What a buffer holds at this place in the queue, as plain floats, row by row; a vec3 takes four, the last zero.
    ///
    /// The snapshot's place is this call, not the `await`.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().buffer("v", 2, [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).build()?.initialize().await?;
    /// let before = gpu.read_buffer("v");
    /// gpu.write_buffer("v", [[0.0; 3]; 2])?;
    /// assert_eq!(before.await?, [1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future tells [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer` and the fatal errors.
    pub fn read_buffer(&self, name: &str) -> ReadBuffer {
        ReadBuffer(self.session.read_buffer(name))
    }

    /// The same for some of its elements, counted row by row. Only these are brought from the device.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let rows = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    /// let gpu = GpuInterface::builder().buffer("a", [2, 3], rows).build()?.initialize().await?;
    /// assert_eq!(gpu.read_buffer_range("a", 2..4).await?, [3.0, 4.0]);
    /// assert!(gpu.read_buffer_range("a", 4..7).await.is_err());
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future tells those of [`GpuInterface::read_buffer`], and `InvalidRange` if there are no such elements.
    pub fn read_buffer_range(&self, name: &str, elements: impl RangeBounds<u64>) -> ReadBuffer {
        ReadBuffer(self.session.read_buffer_range(name, elements))
    }

    /// What a buffer holds at this place in the queue, without a copy where that can be: on a GPU the floats of a large read lie where the
    /// device wrote them. See [`Floats`].
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().buffer("a", 3, [1.0, 2.0, 3.0]).build()?.initialize().await?;
    /// let floats = gpu.read_floats("a", ..).await?;
    /// assert_eq!(floats.iter().sum::<f32>(), 6.0);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::read_buffer_range`].
    pub fn read_floats(&self, name: &str, elements: impl RangeBounds<u64>) -> ReadFloats {
        ReadFloats(self.session.read_floats(name, elements))
    }

    /// What a buffer holds at this place in the queue, as elements, row by row.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().buffer("v", 1, [[1.0, 2.0, 3.0]]).build()?.initialize().await?;
    /// assert_eq!(gpu.read::<[f32; 3]>("v").await?, [[1.0, 2.0, 3.0]]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future tells [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `TypeMismatch` and the fatal errors.
    pub fn read<E: Element>(&self, name: &str) -> Read<E> {
        let interface = self.session.interface();
        let described = interface.buffer_index(name).map(|index| &interface.buffers[index]);
        let mismatch = described.filter(|buffer| buffer.element != E::TYPE).map(|buffer| {
            let (expected, given) = (buffer.element, E::TYPE);
            runtime::Error::TypeMismatch { name: name.into(), expected, given }
        });
        let floats = mismatch.map_or_else(|| Ok(self.read_buffer(name)), Err);
        Read { floats, element: PhantomData }
    }

    /// Shows on the canvas what the runs so far have painted. Painting goes on from there: nothing is cleared.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::NoCanvas`, and the fatal errors.
    pub fn update_canvas(&self) -> Result<(), Error> {
        Ok(self.session.update_canvas()?)
    }

    /// What the latest [`GpuInterface::update_canvas`] before this call shows; blank (transparent) if there was none.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().canvas(64, 32).build()?.initialize().await?;
    /// gpu.update_canvas()?;
    /// let image = gpu.canvas()?.await?;
    /// assert_eq!(image.pixel(63, 31), Some([0, 0, 0, 255]));
    /// let png: Vec<u8> = image.to_png()?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::NoCanvas`; the future tells the fatal errors.
    pub fn canvas(&self) -> Result<ReadImage, Error> {
        Ok(ReadImage(self.session.canvas()?.read()))
    }

    /// Records what `calls` calls on this interface instead of executing it. The list can be replayed as often as you like, which costs
    /// less than the calls and is the same as calling them again.
    ///
    /// A list carries its values: a write keeps its data, and a run the uniforms that hold where it is recorded. `set_uniforms` within the
    /// recording is for the runs that follow there; neither recording nor replaying changes the interface's own. Random numbers are
    /// drawn anew each time. Only calls of this thread are recorded, and only those of this interface and its kernels.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// # let builder = GpuInterface::builder().zeros::<f32>("a", 4).zeros::<f32>("b", 4).uniform("step", 1.0);
    /// # let gpu = builder.build()?.initialize().await?;
    /// let add = gpu
    ///     .create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.step; }")
    ///     .await?;
    /// let list = gpu.record(|| {
    ///     add.run(4)?;
    ///     gpu.set_uniforms([("step", 10.0)])?;
    ///     add.run(4)?;
    ///     gpu.copy_buffer("a", "b")
    /// })?;
    /// list.replay(3)?;
    /// # if gpu.backend_type() != hpc::Backend::Noop {
    /// assert_eq!(gpu.read_buffer("b").await?, [33.0; 4]);
    /// # }
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What `calls` gives; nothing was called then. [`RuntimeError`](crate::RuntimeError)`::AlreadyRecording` within a recording, and the
    /// fatal errors. Reads and `on_submitted_work_done` within it tell `Unrecordable`.
    pub fn record(&self, calls: impl FnOnce() -> Result<(), Error>) -> Result<CommandList, Error> {
        self.begin_recording()?;
        let _end = EndRecording(self);
        calls()?;
        Ok(self.end_recording())
    }

    /// The first half of [`GpuInterface::record`], for languages whose closures are not Rust's.
    #[doc(hidden)]
    pub fn begin_recording(&self) -> Result<(), Error> {
        Ok(self.session.begin_recording()?)
    }

    /// The second half; without the first one, nothing was recorded.
    #[doc(hidden)]
    pub fn end_recording(&self) -> CommandList {
        CommandList { list: self.session.end_recording() }
    }

    /// Begins a profile of what is called from now on: where the time goes, on the host and, where it tells, on the device.
    ///
    /// Until it is stopped each run is timed on its own, which makes runs that take microseconds slower. Nothing costs more when none is
    /// made. Not in browsers, which have tools of their own.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// # let gpu = GpuInterface::builder().zeros::<f32>("a", 4).build()?.initialize().await?;
    /// # let kernel = gpu.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] += 1; }").await?;
    /// let profiling = gpu.profile()?;
    /// kernel.run(4)?;
    /// let profile = profiling.stop().await?;
    /// println!("{}", profile.table());
    /// // A file for Perfetto: https://ui.perfetto.dev
    /// let trace: String = profile.to_trace();
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::AlreadyProfiling`, `Unrecordable` within a recording, `NoProfiles` in a page, and the
    /// fatal errors.
    pub fn profile(&self) -> Result<Profiling, Error> {
        Ok(Profiling(self.session.profile()?))
    }

    /// Starts all pending commands. They start by themselves; this tells at once if they cannot.
    ///
    /// # Errors
    ///
    /// The fatal errors.
    pub fn flush(&self) -> Result<(), Error> {
        Ok(self.session.flush()?)
    }

    /// Resolves when all commands before this call are done.
    ///
    /// # Errors
    ///
    /// The future tells the fatal errors.
    pub fn on_submitted_work_done(&self) -> WorkDone {
        WorkDone(self.session.on_submitted_work_done())
    }

    /// Takes no more commands. Those that have not started are dropped; their futures resolve with `Dropped`.
    pub fn destroy(&self) {
        self.session.destroy();
    }

    /// The adapter: its name, driver and kind.
    pub fn adapter_info(&self) -> &AdapterInfo {
        self.session.adapter_info()
    }

    /// Who executes the kernels.
    pub fn backend_type(&self) -> BackendType {
        self.session.backend_type()
    }

    /// What kernels see.
    pub fn interface(&self) -> &Interface {
        self.session.interface()
    }
}

/// Ends a recording, however its calls end.
struct EndRecording<'g>(&'g GpuInterface);

impl Drop for EndRecording<'_> {
    fn drop(&mut self) {
        drop(self.0.end_recording());
    }
}

/// Recorded calls; see [`GpuInterface::record`]. After their interface is gone replaying gives `Dropped`.
#[derive(Clone, Debug)]
pub struct CommandList {
    list: runtime::CommandList,
}

impl CommandList {
    /// Calls everything in the list in its order, so many times. Returns at once.
    ///
    /// # Errors
    ///
    /// The fatal errors, and [`RuntimeError`](crate::RuntimeError)`::Unrecordable` within a recording.
    pub fn replay(&self, times: u32) -> Result<(), Error> {
        Ok(self.list.replay(times)?)
    }

    /// How many commands it has: uniforms are part of the runs.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A profile that is being made; see [`GpuInterface::profile`]. Dropped, it ends and is lost.
#[derive(Debug)]
pub struct Profiling(runtime::Profiling);

impl Profiling {
    /// Ends the profile at this place in the queue. It resolves when all that was called before is done.
    ///
    /// # Errors
    ///
    /// The future tells the fatal errors.
    pub fn stop(self) -> StopProfile {
        StopProfile(self.0.stop())
    }
}

/// A kernel, ready to run.
#[derive(Clone, Debug)]
pub struct Kernel {
    pub(crate) kernel: runtime::Kernel,
}

impl Kernel {
    /// Runs the kernel once for each thread id below the extents, in no particular order, and returns at once.
    ///
    /// Later commands see everything it wrote.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// # let gpu = GpuInterface::builder().zeros::<f32>("last", 1).build()?.initialize().await?;
    /// let kernel = gpu
    ///     .create_kernel(
    ///         "inputs => {
    ///             const id = inputs.threadId;
    ///             if (id.x === 9 && id.y === 3 && id.z === 0) inputs.buffers.last[0]++;
    ///         }",
    ///     )
    ///     .await?;
    /// kernel.run(10)?; // no thread has y = 3
    /// kernel.run([10, 4])?;
    /// kernel.run((10, 4, 2))?;
    /// assert_eq!(gpu.read_buffer("last").await?, [2.0]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::InvalidExtent`, and the fatal errors.
    pub fn run(&self, extents: impl Extent) -> Result<(), Error> {
        Ok(self.kernel.run(extents.threads())?)
    }

    /// Gives it the name that profiles show, where otherwise they number kernels. Kernels with the same code share the first name.
    pub fn set_name(&self, name: &str) {
        self.kernel.set_name(name);
    }

    /// The code it was compiled to, for people: WGSL, or on the CPU backend what WebAssembly was made of. What it says may change.
    /// (Very large runs may use other code, with integers handled otherwise: the `beyond` of the artifact.)
    pub fn source(&self) -> &str {
        self.artifact().code.text()
    }

    /// What the compiler found out about it and chose for it, for people, a line each: which indices it checks, which loops need a guard,
    /// how large runs are computed, and why not better. What it says may change. It is empty for kernels that were compiled before.
    pub fn explain(&self) -> &str {
        &self.artifact().explanation
    }

    /// What it was compiled to: keep it and give it to [`GpuInterface::create_kernel_from`].
    pub fn artifact(&self) -> &Artifact {
        self.kernel.artifact()
    }
}

macro_rules! future {
    ($(#[$doc:meta])* $name:ident($inner:ty) -> $output:ty) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name($inner);

        impl Future for $name {
            type Output = Result<$output, Error>;

            fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
                Pin::new(&mut self.0).poll(context).map_err(Error::from)
            }
        }
    };
}

future! {
    /// The floats of a buffer to come; see [`GpuInterface::read_buffer`]. Dropping it is harmless.
    ReadBuffer(runtime::ReadBuffer) -> Vec<f32>
}

future! {
    /// The floats of a buffer to come; see [`GpuInterface::read_floats`]. Dropping it is harmless.
    ReadFloats(runtime::ReadFloats) -> Floats
}

future! {
    /// The profile to come; see [`Profiling::stop`]. Dropping it is harmless.
    StopProfile(runtime::StopProfile) -> Profile
}

future! {
    /// The picture to come; see [`GpuInterface::canvas`]. Dropping it is harmless.
    ReadImage(runtime::ReadImage) -> Image
}

future! {
    /// Resolves when all is done; see [`GpuInterface::on_submitted_work_done`]. Dropping it is harmless.
    WorkDone(runtime::WorkDone) -> ()
}

/// The elements of a buffer to come; see [`GpuInterface::read`]. Dropping it is harmless.
#[derive(Debug)]
pub struct Read<E> {
    floats: Result<ReadBuffer, runtime::Error>,
    element: PhantomData<fn() -> E>,
}

impl<E: Element> Future for Read<E> {
    type Output = Result<Vec<E>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.floats {
            Ok(floats) => Pin::new(floats).poll(context).map_ok(E::unpack),
            Err(error) => Poll::Ready(Err(error.clone().into())),
        }
    }
}
