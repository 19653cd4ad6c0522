//! An initialized interface: named buffers, uniforms and a canvas on one device.

use std::borrow::Cow;
use std::future::Future;
use std::num::NonZeroU32;
use std::ops::{Bound, Range, RangeBounds};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll};

use artifact::{
    Artifact, BufferDescription, CanvasSize, Code, ElementType, Interface, MAX_EXTENT, RESERVED_PREFIX, Wgsl,
};

use crate::backend::{AdapterInfo, BackendType, BufferRequest, Device, Places, TunedRuns, lose_after};
use crate::bytes::Bytes;
use crate::data::{self, check_type, normalize};
use crate::grid;
use crate::health::{Pending, Reply};
use crate::lock::lock;
use crate::queue::{Command, Compiled, Copy, Queue, Read, Repeatable};
use crate::random::Keys;
use crate::uniforms::Numbers;
use crate::{Canvas, Contents, Data, Error, Setup, UniformValue};

mod fit;
mod log;
mod profiling;
mod recording;
mod recovery;
mod shape;
#[cfg(not(target_arch = "wasm32"))]
mod streaming;

use fit::check_artifact;
pub use log::Logged;
use log::Waiting;
use profiling::Profiler;
pub use profiling::{Profiling, StopProfile};
pub use recording::CommandList;
use recording::Recorder;
pub use recovery::{Checkpoint, Recover, Recovered};
use recovery::{Link, Opened, Opening, Recovery};
use shape::{Found, Shape, Slot};

/// From so many bytes on, a write streams to the device while the caller copies, and a read may get the device's own memory: below,
/// keeping account costs more than a copy.
const LARGE_BYTES: u64 = 1024 * 1024;

/// Buffers, uniforms and a canvas on a device, and the queue of commands on them.
///
/// All methods take `&self` and can be called from any thread; commands of one thread keep their order.
#[derive(Debug)]
pub struct Session(Arc<Inner>);

struct Inner {
    /// What kernels saw at first.
    opened: Arc<Interface>,
    shape: Mutex<Shape>,
    /// [`Shape::epoch`], which changes with the queue locked.
    epoch: AtomicU64,
    /// Where commands find buffers.
    places: Places,
    canvas: Option<CanvasSize>,
    backend: BackendType,
    link: Link,
    recovery: Recovery,
    keys: Keys,
    recorder: Recorder,
    profiler: Profiler,
    logs: Mutex<Waiting>,
    /// How many kernels there have been.
    kernel_count: AtomicU64,
    /// Whether `update_canvas` was ever called.
    presented: AtomicBool,
    /// The kernels that are alive, so that equal ones share pipelines.
    kernels: Mutex<Vec<Weak<Compiled>>>,
}

impl Session {
    /// Finds the adapter, makes the buffers and fills them.
    ///
    /// # Errors
    ///
    /// Those of [`Setup::interface`], [`Error::NoBackend`], [`Error::NoAdapter`], [`Error::NoDevice`],
    /// [`Error::BufferTooLarge`] and [`Error::OutOfMemory`].
    pub async fn open(setup: Setup) -> Result<Self, Error> {
        let interface = setup.interface()?;
        let wanted = setup.backend.map_or_else(BackendType::from_environment, |backend| Ok(Some(backend)))?;
        let buffers = setup.buffers.iter().map(|buffer| buffer.description.clone()).collect();
        let contents = Setup::contents(setup.buffers)?;
        let keys = Keys::new(setup.seed)?;
        let tuned = setup.tuned.map_or_else(TunedRuns::from_environment, |runs| Ok(Some(runs)))?;
        let canvas = interface.canvas;
        let uniforms = setup.uniforms.into_iter().map(|(_, value)| value);
        let mut shape = Shape::new(interface, buffers, uniforms, &setup.external);
        let recovery = Recovery::new(Opening {
            context: setup.context.unwrap_or_default(),
            adapter: setup.adapter,
            tuned,
            loop_limit: setup.loop_limit.map_or(Wgsl::LOOP_LIMIT, NonZeroU32::get),
            slice: setup.slice,
            deterministic: setup.deterministic,
            screen: setup.screen,
            lose_after: setup.lose_after.map_or_else(lose_after, Some),
        });
        let named = shape.slots.len();
        let Opened { backend, link, packed, native_doubles, float_atomics, places } =
            recovery.open(wanted, buffer_requests(&shape.slots, canvas), named, canvas).await?;
        shape.check_external(backend)?;
        let interface = Arc::make_mut(&mut shape.interface);
        interface.using_cpu = backend == BackendType::Cpu;
        (interface.packed, interface.native_doubles, interface.float_atomics) =
            (packed, native_doubles, float_atomics);
        for (buffer, data) in contents.into_iter().enumerate() {
            let write = |data: Bytes| Command::WriteBuffer { buffer, start: 0, data: data.into() };
            data.map_or(Ok(()), |data| link.queue.push(write(data)))?;
        }
        Ok(Self(Arc::new(Inner {
            opened: shape.interface.clone(),
            shape: Mutex::new(shape),
            epoch: AtomicU64::new(0),
            places,
            canvas,
            backend,
            link,
            recovery,
            keys,
            recorder: Recorder::default(),
            profiler: Profiler::default(),
            logs: Mutex::default(),
            kernel_count: AtomicU64::new(0),
            presented: AtomicBool::new(false),
            kernels: Mutex::default(),
        })))
    }

    /// What kernels saw when the session was opened. It stays so whatever becomes of buffers: kernels that use none that came later may be
    /// compiled for it.
    pub fn interface(&self) -> &Interface {
        &self.0.opened
    }

    /// What kernels see now: compile for this.
    pub fn interface_now(&self) -> Arc<Interface> {
        lock(&self.0.shape).interface.clone()
    }

    /// Who executes the commands.
    pub fn backend_type(&self) -> BackendType {
        self.0.backend
    }

    /// The adapter in words.
    pub fn adapter_info(&self) -> &AdapterInfo {
        self.0.device().info()
    }

    /// Makes a kernel of an artifact that was compiled for [`Session::interface`]. Off the caller's thread.
    ///
    /// What the artifact claims to be proved is not believed: the loops of a shader are guarded.
    ///
    /// # Errors
    ///
    /// [`Error::ArtifactMismatch`], [`Error::NotEnoughBindings`], [`Error::UniformsTooLarge`], the fatal errors, and
    /// [`Error::Internal`] if the code is not what the device expects.
    pub async fn create_kernel(&self, mut artifact: Artifact) -> Result<Kernel, Error> {
        if let Code::Wgsl(code) = &mut artifact.code {
            code.loops_end = false;
        }
        // SAFETY: nothing is claimed.
        unsafe { self.create_proved_kernel(artifact).await }
    }

    /// Makes a kernel of an artifact whose claims are true, and leaves out the guards that they make needless.
    ///
    /// # Safety
    ///
    /// If the artifact says so, all loops of its code must end: see [`artifact::Wgsl::loops_end`]. What the compiler makes is so.
    ///
    /// # Errors
    ///
    /// Those of [`Session::create_kernel`].
    pub async unsafe fn create_proved_kernel(&self, artifact: Artifact) -> Result<Kernel, Error> {
        let inner = &self.0;
        let link = inner.link();
        link.queue.check()?;
        check_artifact(&artifact, &self.interface_now())?;
        link.device.capabilities().check_kernel(&artifact, &link.device.info().name)?;
        if let Some(compiled) = inner.alive(&artifact) {
            return Ok(Kernel { session: inner.clone(), compiled });
        }
        let likely = grid::likely(&artifact, &inner.uniforms(), link.device.capabilities());
        let artifact = Arc::new(artifact);
        let prepared = link.device.prepare(&artifact, likely).await;
        // What was destroyed or lost meanwhile explains a refusal better than what the driver says, and a lost device may refuse nothing.
        link.queue.check()?;
        let program = prepared?;
        let number = inner.kernel_count.fetch_add(1, Ordering::Relaxed) + 1;
        let compiled = Arc::new(Compiled::new(artifact, number, program));
        lock(&inner.kernels).push(Arc::downgrade(&compiled));
        Ok(Kernel { session: inner.clone(), compiled })
    }

    /// Sets uniforms for the runs to come; runs already called keep their values.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownUniform`], [`Error::UniformType`] and the fatal errors. Nothing is set then.
    pub fn set_uniforms<'n>(
        &self,
        values: impl IntoIterator<Item = (&'n str, UniformValue)>,
    ) -> Result<(), Error> {
        self.0.queue().check()?;
        let resolve = |(name, value)| self.0.uniform(name, &value).map(|index| (index, Numbers::from(value)));
        let values = values.into_iter().map(resolve).collect::<Result<Vec<_>, _>>()?;
        let set = |uniforms: &mut Arc<Vec<Numbers>>| {
            for (index, numbers) in &values {
                Arc::make_mut(uniforms)[*index] = numbers.clone();
            }
        };
        let recorded = self.0.recorder.with(|recording| set(&mut recording.uniforms));
        recorded.unwrap_or_else(|| set(&mut lock(&self.0.shape).uniforms));
        Ok(())
    }

    /// Replaces the contents of a buffer.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::TypeMismatch`], [`Error::SizeMismatch`], [`Error::BrokenElement`] and the fatal errors.
    pub fn write_buffer(&self, name: &str, data: Data) -> Result<(), Error> {
        self.write_data(name, None, data)
    }

    /// Replaces some elements of a buffer: those from `start` on, counted row by row.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::TypeMismatch`], [`Error::OutsideBuffer`], [`Error::BrokenElement`], [`Error::BrokenWord`] and the fatal
    /// errors.
    pub fn write_buffer_at(&self, name: &str, start: u64, data: Data) -> Result<(), Error> {
        self.write_data(name, Some(start), data)
    }

    fn write_data(
        &self,
        name: &str,
        start: Option<u64>,
        Data { element, mut bytes }: Data,
    ) -> Result<(), Error> {
        let found = self.0.buffer(name)?;
        check_type(&found.description, element)?;
        normalize(found.description.element, &mut bytes);
        self.0.write(name, start, &Arc::new(bytes))
    }

    /// The same with bytes: elements of the buffer's type, packed. Those of somebody else are copied at the call, many of them to where the
    /// device takes them.
    ///
    /// # Errors
    ///
    /// Those of [`Session::write_buffer`], but for the type's, and [`Error::NoMemory`] for the copy.
    pub fn write_bytes(&self, name: &str, bytes: Cow<'_, [u8]>) -> Result<(), Error> {
        self.write_bytes_to(name, None, bytes)
    }

    /// Replaces some elements of a buffer: those from `start` on.
    ///
    /// # Errors
    ///
    /// Those of [`Session::write_buffer_at`], but for the type's, and [`Error::NoMemory`] for the copy.
    pub fn write_bytes_at(&self, name: &str, start: u64, bytes: Cow<'_, [u8]>) -> Result<(), Error> {
        self.write_bytes_to(name, Some(start), bytes)
    }

    fn write_bytes_to(&self, name: &str, start: Option<u64>, bytes: Cow<'_, [u8]>) -> Result<(), Error> {
        let found = self.0.buffer(name)?;
        found.start_of(start, bytes.len() as u64)?;
        #[cfg(not(target_arch = "wasm32"))]
        if let Cow::Borrowed(bytes) = bytes
            && self.0.streams(found.description.element, bytes.len() as u64)
        {
            return self.0.stream(name, start, bytes);
        }
        let mut bytes = match bytes {
            Cow::Borrowed(bytes) => {
                Bytes::try_copied(bytes).ok_or_else(|| no_memory(&found.label, bytes.len() as u64))?
            }
            Cow::Owned(bytes) => bytes.into(),
        };
        normalize(found.description.element, &mut bytes);
        self.0.write(name, start, &Arc::new(bytes))
    }

    /// Whether a buffer takes and gives elements of this type: its own, or that of its components, see [`crate::is_made_of`].
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`] and [`Error::TypeMismatch`].
    pub fn check_element(&self, name: &str, element: ElementType) -> Result<(), Error> {
        check_type(&self.0.buffer(name)?.description, element)
    }

    /// Copies the contents of one buffer to another of the same size and element type.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::CopyMismatch`] and the fatal errors.
    pub fn copy_buffer(&self, source: &str, destination: &str) -> Result<(), Error> {
        self.0.copy(source, destination, |from, to| {
            if from.size != to.size || from.element != to.element {
                return Err(copy_mismatch(from, to));
            }
            Ok((source != destination).then(|| (0, 0, from.byte_size())))
        })
    }

    /// Copies some elements of one buffer to another of the same element type, where they begin with the element `to`. All are counted row by
    /// row.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::TypeMismatch`], [`Error::OutsideBuffer`], [`Error::BrokenWord`], [`Error::CopyToItself`] and the fatal
    /// errors.
    pub fn copy_buffer_range(
        &self,
        source: &str,
        elements: impl RangeBounds<u64>,
        destination: &str,
        to: u64,
    ) -> Result<(), Error> {
        let asked = (elements.start_bound().cloned(), elements.end_bound().cloned());
        self.0.copy(source, destination, |from, into| {
            if source == destination {
                return Err(Error::CopyToItself { name: source.into() });
            }
            let (name, expected, given) = (into.name.clone(), into.element, from.element);
            if expected != given {
                return Err(Error::TypeMismatch { name, expected, given });
            }
            let Range { start, end } = bounds(asked, from.element_count());
            let bytes = end.saturating_sub(start) * given.bytes() as u64;
            let (from, to) = (data::part(from, start, bytes)?, data::part(into, to, bytes)?);
            Ok(Some((from, to, bytes)))
        })
    }

    /// What a buffer holds after all commands before this call: some of its elements, counted row by row. Only these are brought from the
    /// device.
    ///
    /// The snapshot's place is this call, not the awaiting. A refusal is told by the future.
    pub fn read_buffer(&self, name: &str, elements: impl RangeBounds<u64>) -> ReadBuffer {
        ReadBuffer(self.0.read_elements(name, elements, false))
    }

    /// The same without a copy where that can be: the contents lie where the device wrote them. The memory goes back when they are dropped;
    /// while a reader holds much of it, further reads get copies.
    pub fn read_lent(&self, name: &str, elements: impl RangeBounds<u64>) -> ReadBuffer {
        ReadBuffer(self.0.read_elements(name, elements, true))
    }

    /// Shows what the runs so far have painted.
    ///
    /// # Errors
    ///
    /// [`Error::NoCanvas`] and the fatal errors.
    pub fn update_canvas(&self) -> Result<(), Error> {
        let size = self.0.canvas.ok_or(Error::NoCanvas)?;
        let (pixels, bytes) = (self.0.places.pixels(), size.pixel_count() * 4);
        self.0.until_settled(|| {
            let epoch = self.0.epoch.load(Ordering::Relaxed);
            self.0.enqueue(epoch, Repeatable::UpdateCanvas { pixels, presented: pixels + 1, bytes })
        })?;
        // A recording that shows something shows it when it is replayed.
        if self.0.recorder.with(|_| ()).is_none() {
            self.0.presented.store(true, Ordering::Release);
        }
        Ok(())
    }

    /// The canvas.
    ///
    /// # Errors
    ///
    /// [`Error::NoCanvas`].
    pub fn canvas(&self) -> Result<Canvas<'_>, Error> {
        self.0.canvas.map(|size| Canvas::new(self, size)).ok_or(Error::NoCanvas)
    }

    /// Reads the presented picture, and tells whether there has been one.
    pub(crate) fn read_presented(&self) -> (Pending<Contents>, bool) {
        let presented = self.0.presented.load(Ordering::Acquire);
        let bytes = self.0.canvas.map_or(0, |size| size.pixel_count() * 4);
        let label: Arc<str> = self.0.canvas.map_or_else(String::new, canvas_label).into();
        let (buffer, element) = (self.0.places.pixels() + 1, ElementType::U8);
        let read =
            |reply| Read { buffer, start: 0, bytes, label: label.clone(), element, lent: false, reply };
        let pending = self.0.read(|| Ok((self.0.epoch.load(Ordering::Relaxed), read)));
        (pending, presented)
    }

    /// Resolves when everything called before is done.
    pub fn on_submitted_work_done(&self) -> WorkDone {
        let (reply, pending) = Pending::new(self.0.queue().health());
        let refused = self.0.recorder.refuse("on_submitted_work_done");
        let pushed = refused.and_then(|()| self.0.queue().push(Command::WorkDone(reply)));
        WorkDone(pushed.map_or_else(Pending::refused, |()| pending))
    }

    /// On a device of the program's own: hands it all that is pending, and returns when it has it, not when it is done. What the program submits after this sees what all calls
    /// before have put into buffers. Elsewhere nobody needs it, as commands start by themselves, and it only tells whether they can.
    ///
    /// # Errors
    ///
    /// The fatal errors.
    pub fn flush(&self) -> Result<(), Error> {
        if self.0.recovery.is_on_given_device() {
            self.0.queue().flush();
        }
        self.0.queue().check()
    }

    /// Takes no more commands; pending ones are dropped and their futures resolve with [`Error::Dropped`].
    pub fn destroy(&self) {
        self.0.recovery.forbid();
        self.0.link().stop();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Kernels may live on; the queue does not.
        self.destroy();
        self.0.queue().shut_down();
    }
}

impl Inner {
    /// The device at hand and its queue.
    fn link(&self) -> &Link {
        self.link.latest()
    }

    fn device(&self) -> &dyn Device {
        &*self.link().device
    }

    fn queue(&self) -> &Queue {
        &self.link().queue
    }

    /// The uniforms as they are now.
    fn uniforms(&self) -> Arc<Vec<Numbers>> {
        lock(&self.shape).uniforms.clone()
    }

    fn uniform(&self, name: &str, value: &UniformValue) -> Result<usize, Error> {
        let interface = lock(&self.shape).interface.clone();
        let is_users = |name: &str| !name.starts_with(RESERVED_PREFIX);
        let unknown = || {
            let names = interface.uniforms.iter().map(|uniform| uniform.name.clone());
            Error::UnknownUniform {
                name: name.into(),
                declared: names.filter(|name| is_users(name)).collect(),
            }
        };
        let index = interface.uniform_index(name).filter(|_| is_users(name)).ok_or_else(unknown)?;
        let (expected, given) = (interface.uniforms[index].ty, value.ty());
        if expected != given {
            return Err(Error::UniformType { name: name.into(), expected, given });
        }
        Ok(index)
    }

    /// Copies what `range` says of two buffers, if it says anything: where to start in each, and how many bytes to copy.
    fn copy(
        &self,
        source: &str,
        destination: &str,
        range: impl Fn(&BufferDescription, &BufferDescription) -> Result<Option<(u64, u64, u64)>, Error>,
    ) -> Result<(), Error> {
        self.until_settled(|| {
            let (source, destination) = (self.buffer(source)?, self.buffer(destination)?);
            if source.epoch != destination.epoch {
                return Ok(false);
            }
            let Some((from, to, bytes)) = range(&source.description, &destination.description)? else {
                return self.queue().check().map(|()| true);
            };
            let (epoch, source, destination) = (source.epoch, source.place, destination.place);
            self.enqueue(epoch, Repeatable::CopyBuffer(Copy { source, from, destination, to, bytes }))
        })
    }

    fn read_elements(&self, name: &str, elements: impl RangeBounds<u64>, lent: bool) -> Pending<Contents> {
        let asked = (elements.start_bound().cloned(), elements.end_bound().cloned());
        self.read(|| {
            let Found { place: buffer, description, label, epoch } = self.buffer(name)?;
            let Range { start, end } = element_range(&description, asked)?;
            let (element, each) = (description.element, description.element.bytes() as u64);
            let (start, bytes) = (start * each, (end - start) * each);
            let lent = lent && bytes >= LARGE_BYTES && self.device().lends(bytes);
            Ok((epoch, move |reply| Read { buffer, start, bytes, label, element, lent, reply }))
        })
    }

    /// Reads what `find` finds, and in which epoch.
    fn read<R: FnOnce(Reply<Contents>) -> Read>(
        &self,
        find: impl Fn() -> Result<(u64, R), Error>,
    ) -> Pending<Contents> {
        let _call = self.profiler.call(|| "a read".into());
        loop {
            let found = self.recorder.refuse("a read").and_then(|()| find());
            let (epoch, read) = match found {
                Ok(found) => found,
                Err(error) => return Pending::refused(error),
            };
            let (reply, pending) = Pending::new(self.queue().health());
            match self.push_in(epoch, Command::ReadBuffer(read(reply))) {
                Ok(true) => return pending,
                // A buffer has changed meanwhile.
                Ok(false) => {}
                Err(error) => return Pending::refused(error),
            }
        }
    }

    fn alive(&self, artifact: &Artifact) -> Option<Arc<Compiled>> {
        let mut kernels = lock(&self.kernels);
        kernels.retain(|compiled| compiled.strong_count() > 0);
        // Code first: kernels of one session have one interface, which may be long.
        let is_same = |other: &Artifact| other.code == artifact.code && other == artifact;
        kernels.iter().filter_map(Weak::upgrade).find(|compiled| is_same(&compiled.artifact))
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = formatter.debug_struct("Session");
        text.field("interface", &lock(&self.shape).interface)
            .field("adapter", self.device().info())
            .finish_non_exhaustive()
    }
}

/// A kernel, ready to run. After its session is gone its runs return [`Error::Dropped`].
#[derive(Clone, Debug)]
pub struct Kernel {
    session: Arc<Inner>,
    compiled: Arc<Compiled>,
}

impl Kernel {
    /// Runs the kernel once for each thread of `extents`, with the uniforms as they are now. Returns at once.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidExtent`], [`Error::BufferGone`] and the fatal errors.
    pub fn run(&self, extents: [u32; 3]) -> Result<(), Error> {
        check_extents(extents)?;
        let session = &*self.session;
        session.until_settled(|| {
            let shape = lock(&session.shape);
            let epoch = shape.epoch;
            if self.compiled.checked.load(Ordering::Relaxed) != epoch {
                shape.check(&self.compiled.artifact)?;
                self.compiled.checked.store(epoch, Ordering::Relaxed);
            }
            let uniforms = shape.uniforms.clone();
            drop(shape);
            let recorded = session.recorder.with(|recording| recording.uniforms.clone());
            let (kernel, uniforms) = (self.compiled.clone(), recorded.unwrap_or(uniforms));
            session.enqueue(epoch, Repeatable::Run { kernel, extents, uniforms })
        })
    }

    /// Gives it the name that profiles show instead of its number. Equal kernels share the first one.
    pub fn set_name(&self, name: &str) {
        // A second name is not heard.
        let _ = self.compiled.name.set(name.into());
    }

    /// What it was made of.
    pub fn artifact(&self) -> &Artifact {
        &self.compiled.artifact
    }
}

/// The contents of a buffer to come. Dropping it is harmless.
#[derive(Debug)]
pub struct ReadBuffer(Pending<Contents>);

impl Future for ReadBuffer {
    type Output = Result<Contents, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

/// Resolves when all commands before it are done; see [`Session::on_submitted_work_done`].
#[derive(Debug)]
pub struct WorkDone(Pending<()>);

impl Future for WorkDone {
    type Output = Result<(), Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

/// What a backend is asked for: the buffers of the interface, then those of the canvas.
fn buffer_requests(slots: &[Slot], canvas: Option<CanvasSize>) -> Vec<BufferRequest> {
    let both = |size: CanvasSize| {
        let (label, bytes) = (canvas_label(size), size.pixel_count() * 4);
        vec![BufferRequest { label, bytes, resizable: false, is_log: false, external: None }; 2]
    };
    slots.iter().map(Slot::request).chain(canvas.map(both).into_iter().flatten()).collect()
}

fn canvas_label(size: CanvasSize) -> String {
    format!("the canvas of {} x {} pixels", size.width, size.height)
}

fn no_memory(label: &str, bytes: u64) -> Error {
    Error::NoMemory { what: label.to_owned(), bytes }
}

/// The elements that bounds ask for, of so many.
fn bounds((start, end): (Bound<u64>, Bound<u64>), count: u64) -> Range<u64> {
    let start = match start {
        Bound::Included(start) => start,
        Bound::Excluded(before) => before.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match end {
        Bound::Included(last) => last.saturating_add(1),
        Bound::Excluded(end) => end,
        Bound::Unbounded => count,
    };
    start..end
}

/// The elements of a buffer that a read asks for: at least one, and only such as there are.
fn element_range(buffer: &BufferDescription, asked: (Bound<u64>, Bound<u64>)) -> Result<Range<u64>, Error> {
    let count = buffer.element_count();
    let Range { start, end } = bounds(asked, count);
    if start < end && end <= count {
        Ok(start..end)
    } else {
        Err(Error::InvalidRange { name: buffer.name.clone(), start, end, count })
    }
}

fn check_extents(extents: [u32; 3]) -> Result<(), Error> {
    let threads = extents.iter().try_fold(1, |threads: u64, &extent| {
        let threads = threads * u64::from(extent);
        (1..=u64::from(MAX_EXTENT)).contains(&threads).then_some(threads)
    });
    threads.map(|_| ()).ok_or(Error::InvalidExtent { extents })
}

fn copy_mismatch(from: &BufferDescription, to: &BufferDescription) -> Error {
    Error::CopyMismatch {
        source_name: from.name.clone(),
        source_size: from.size.clone(),
        source_element: from.element,
        destination: to.name.clone(),
        destination_size: to.size.clone(),
        destination_element: to.element,
    }
}
