//! The interface to a device, and the kernels on it.

use std::borrow::Cow;
use std::future::Future;
use std::marker::PhantomData;
use std::ops::RangeBounds;
use std::pin::Pin;
use std::task::{Context, Poll};

use artifact::{Artifact, Interface};
use runtime::{AdapterInfo, BackendType, Contents, Image, Profile, Recovered, Session, UniformValue};

use crate::element::data;
use crate::{Builder, Element, Elements, Error, Extent, IntoData};

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
    /// # let builder = GpuInterface::builder().uniform("time", 0.0).uniform("on", true).uniform("weights", vec![0_i32; 3]);
    /// let gpu = builder.build()?.initialize().await?;
    /// gpu.set_uniforms([("time", 0.5)])?;
    /// gpu.set_uniforms([("time", UniformValue::from(1.0)), ("on", false.into()), ("weights", vec![1, 2, 1].into())])?;
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

    /// Replaces the contents of a buffer. The elements are copied at the call; a `Vec` is moved instead, which copies nothing but is the
    /// slower one if the vector is new: much data is copied right to where the device takes it.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// # let builder = GpuInterface::builder().zeros::<[f32; 2]>("points", 2).zeros::<u8>("levels", 3);
    /// let gpu = builder.build()?.initialize().await?;
    /// gpu.write_buffer("points", [[1.0, 2.0], [3.0, 4.0_f32]])?;
    /// gpu.write_buffer("levels", [0_u8, 128, 255])?;
    /// // Vectors can be written as their components, as they can be read.
    /// let floats: Vec<f32> = gpu.read_buffer("points").await?;
    /// gpu.write_buffer("points", &floats)?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// Mind that Rust takes `[1.0, 2.0]` for doubles where nothing says otherwise: numbers are `f32`.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `TypeMismatch`, `SizeMismatch`, `BrokenElement`, and the fatal errors.
    pub fn write_buffer<D: IntoData>(&self, name: &str, elements: D) -> Result<(), Error> {
        if let Some(bytes) = elements.borrowed() {
            self.session.check_element(name, D::ELEMENT)?;
            return Ok(self.session.write_bytes(name, bytes.into())?);
        }
        Ok(self.session.write_buffer(name, data(elements))?)
    }

    /// The same for a buffer whose type is known only when the program runs: bytes as [`GpuInterface::read_bytes`] gives them. A `Vec` is moved.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::write_buffer`], but for the type's.
    pub fn write_bytes<'b>(&self, name: &str, bytes: impl Into<Cow<'b, [u8]>>) -> Result<(), Error> {
        Ok(self.session.write_bytes(name, bytes.into())?)
    }

    /// Copies one buffer to another of the same size and element type; to itself it does nothing.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `CopyMismatch`, and the fatal errors.
    pub fn copy_buffer(&self, source: &str, destination: &str) -> Result<(), Error> {
        Ok(self.session.copy_buffer(source, destination)?)
    }

    /// What a buffer holds at this place in the queue, row by row, as elements of its type or as their components.
    ///
    /// The snapshot's place is this call, not the `await`.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let vectors = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0_f32]];
    /// let gpu = GpuInterface::builder().buffer("v", 2, vectors).build()?.initialize().await?;
    /// let before = gpu.read_buffer::<[f32; 3]>("v");
    /// let components = gpu.read_buffer::<f32>("v");
    /// gpu.write_buffer("v", [[0.0_f32; 3]; 2])?;
    /// assert_eq!(before.await?, vectors);
    /// // A vector of three takes four.
    /// assert_eq!(components.await?, [1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future tells [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `TypeMismatch` and the fatal errors.
    pub fn read_buffer<E: Element>(&self, name: &str) -> ReadBuffer<E> {
        self.read_buffer_range(name, ..)
    }

    /// The same for some of the buffer's elements, counted row by row. Only these are brought from the device.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let rows: [u8; 6] = [1, 2, 3, 4, 5, 6];
    /// let gpu = GpuInterface::builder().buffer("a", [2, 3], rows).build()?.initialize().await?;
    /// assert_eq!(gpu.read_buffer_range::<u8>("a", 2..4).await?, [3, 4]);
    /// assert!(gpu.read_buffer_range::<u8>("a", 4..7).await.is_err());
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future tells those of [`GpuInterface::read_buffer`], and `InvalidRange` if there are no such elements.
    pub fn read_buffer_range<E: Element>(
        &self,
        name: &str,
        elements: impl RangeBounds<u64>,
    ) -> ReadBuffer<E> {
        let checked = self.session.check_element(name, E::TYPE);
        ReadBuffer(Reading::new(checked.map(|()| self.session.read_buffer(name, elements))))
    }

    /// The same without a copy where that can be: on a GPU the elements of a large read lie where the device wrote them, but for vectors of
    /// three and booleans, which Rust has otherwise. The memory goes back when they are dropped; while much of it is held, further reads
    /// are copies.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().buffer("a", 3, [1_i16, -2, 3]).build()?.initialize().await?;
    /// let elements = gpu.read_elements::<i16>("a", ..).await?;
    /// assert_eq!(elements.iter().sum::<i16>(), 2);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::read_buffer_range`].
    pub fn read_elements<E: Element>(&self, name: &str, elements: impl RangeBounds<u64>) -> ReadElements<E> {
        let checked = self.session.check_element(name, E::TYPE);
        ReadElements(Reading::new(checked.map(|()| self.session.read_lent(name, elements))))
    }

    /// The same for a buffer whose type is known only when the program runs: the bytes of its elements, as [`Contents`] says.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().buffer("a", 2, [true, false]).build()?.initialize().await?;
    /// assert_eq!(gpu.read_bytes("a", ..).await?[..], [1, 0]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::read_buffer_range`], but for the type's.
    pub fn read_bytes(&self, name: &str, elements: impl RangeBounds<u64>) -> ReadBytes {
        ReadBytes(self.session.read_lent(name, elements))
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
    /// assert_eq!(gpu.read_buffer::<f32>("b").await?, [33.0; 4]);
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

    /// Copies what all buffers and the canvas hold after all commands before this call, to be restored by [`GpuInterface::recover`]. Large reads, so
    /// not for every frame: once a minute, or where it took long to get there. The last checkpoint stays until this one is complete.
    ///
    /// # Errors
    ///
    /// The future tells [`RuntimeError`](crate::RuntimeError)`::CheckpointTooLarge` for more than 1 GiB, `NoMemory`, `Unrecordable` within a recording,
    /// and the fatal errors.
    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint(self.session.checkpoint())
    }

    /// Brings the interface back on a new device if its device was lost: kernels and lists run again, uniforms are as they were set, and buffers
    /// hold what they held at the last [`checkpoint`](GpuInterface::checkpoint), or zeros. Until then calls give
    /// [`RuntimeError`](crate::RuntimeError)`::DeviceLost`, and so do the futures that waited when it was lost.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().zeros::<f32>("a", 4).lose_after(3).build()?.initialize().await?;
    /// let kernel = gpu.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] += 1; }").await?;
    /// kernel.run(4)?;
    /// gpu.checkpoint().await?;
    /// // Goes on for a long time, until the device is lost.
    /// while kernel.run(4).and(gpu.on_submitted_work_done().await).is_ok() {}
    /// let recovered = gpu.recover().await?;
    /// assert_eq!(recovered.restored, ["a"]);
    /// kernel.run(4)?;
    /// assert_eq!(gpu.read_buffer::<f32>("a").await?, [2.0; 4]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The future tells [`RuntimeError`](crate::RuntimeError)`::AlreadyRecovering`; the fatal error if it is another one than a lost device; and those of
    /// [`initialize`](crate::Blueprint::initialize) if there is no device now. Then it may be tried again.
    pub fn recover(&self) -> Recover {
        Recover(self.session.recover())
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

    /// What kernels saw when the interface was initialized. [`GpuInterface::buffers`] tells what there is now.
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
    /// assert_eq!(gpu.read_buffer::<f32>("last").await?, [2.0]);
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
    /// (Some runs, such as very large ones or those with fractions for uniforms, may use other code: the `general` of the artifact.)
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
    /// The bytes of a buffer to come; see [`GpuInterface::read_bytes`]. Dropping it is harmless.
    ReadBytes(runtime::ReadBuffer) -> Contents
}

future! {
    /// The profile to come; see [`Profiling::stop`]. Dropping it is harmless.
    StopProfile(runtime::StopProfile) -> Profile
}

future! {
    /// A checkpoint to come; see [`GpuInterface::checkpoint`]. Dropped before, there is none.
    Checkpoint(runtime::Checkpoint) -> ()
}

future! {
    /// An interface that comes back; see [`GpuInterface::recover`]. Dropped, it stays lost.
    Recover(runtime::Recover) -> Recovered
}

future! {
    /// The picture to come; see [`GpuInterface::canvas`]. Dropping it is harmless.
    ReadImage(runtime::ReadImage) -> Image
}

future! {
    /// Resolves when all is done; see [`GpuInterface::on_submitted_work_done`]. Dropping it is harmless.
    WorkDone(runtime::WorkDone) -> ()
}

/// The elements of a buffer to come; see [`GpuInterface::read_buffer`]. Dropping it is harmless.
#[derive(Debug)]
pub struct ReadBuffer<E>(Reading<E>);

impl<E: Element> Future for ReadBuffer<E> {
    type Output = Result<Vec<E>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(context).map_ok(E::unpack)
    }
}

/// The elements of a buffer to come; see [`GpuInterface::read_elements`]. Dropping it is harmless.
#[derive(Debug)]
pub struct ReadElements<E>(Reading<E>);

impl<E: Element> Future for ReadElements<E> {
    type Output = Result<Elements<E>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.poll(context).map_ok(Elements::new)
    }
}

/// A read of elements of a type, or why there is none.
#[derive(Debug)]
struct Reading<E> {
    contents: Result<runtime::ReadBuffer, runtime::Error>,
    element: PhantomData<fn() -> E>,
}

impl<E> Reading<E> {
    fn new(contents: Result<runtime::ReadBuffer, runtime::Error>) -> Self {
        Self { contents, element: PhantomData }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Contents, Error>> {
        match &mut self.contents {
            Ok(contents) => Pin::new(contents).poll(context).map_err(Error::from),
            Err(error) => Poll::Ready(Err(error.clone().into())),
        }
    }
}
