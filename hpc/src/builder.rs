//! From a description to a device, in steps that the types keep apart.
//!
//! [`Builder`] gathers, [`Blueprint`] has been checked, [`GpuInterface`] is on a device. Only the last one has methods
//! that need a device, so calling them too early does not compile, and there is no "not initialized" error.

use std::num::NonZeroU32;
use std::time::Duration;

use artifact::{BufferDescription, CanvasSize, Interface};
use runtime::{BackendType, BufferSetup, Data, Screen, Session, Setup, TunedRuns, UniformValue};

use crate::element::data;
use crate::{BufferSize, Element, Error, GpuInterface, IntoData};

/// Gathers the buffers, uniforms, canvas and options of an interface; made by [`GpuInterface::builder`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Builder {
    setup: Setup,
}

impl Builder {
    /// Declares a buffer and what it holds at first: as many elements as its extents multiply to, row by row.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// let blueprint = GpuInterface::builder()
    ///     .buffer("samples", 3, [1.0_f32, 2.0, 3.0])
    ///     .buffer("image", [2, 2], vec![255_u8; 4])
    ///     .buffer("positions", [2], &[[0.0, 0.0, 1.0], [1.0, 0.0, 0.0_f32]])
    ///     .build()?;
    /// let types: Vec<_> = blueprint.interface().buffers.iter().map(|buffer| buffer.element.name()).collect();
    /// assert_eq!(types, ["number", "u8", "vec3"]);
    /// # Ok::<_, hpc::Error>(())
    /// ```
    ///
    /// The elements' type is the buffer's. Mind that Rust takes `[1.0, 2.0]` for doubles, which fill a buffer of type `f64`.
    pub fn buffer<D: IntoData>(self, name: impl Into<String>, size: impl BufferSize, elements: D) -> Self {
        let description = BufferDescription { name: name.into(), element: D::ELEMENT, size: size.extents() };
        self.with(BufferSetup { description, data: Some(data(elements)) })
    }

    /// Declares a buffer of zeros.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// let blueprint = GpuInterface::builder()
    ///     .zeros::<f32>("sums", [16])
    ///     .zeros::<[f32; 3]>("velocities", [8, 8])
    ///     .zeros::<bool>("alive", [8, 8])
    ///     .build()?;
    /// # Ok::<_, hpc::Error>(())
    /// ```
    pub fn zeros<E: Element>(self, name: impl Into<String>, size: impl BufferSize) -> Self {
        let description = BufferDescription { name: name.into(), element: E::TYPE, size: size.extents() };
        self.with(BufferSetup { description, data: None })
    }

    /// Declares a buffer whose type is known only when the program runs, and what it holds at first: bytes as
    /// [`GpuInterface::read_bytes`] gives them, or `None` for zeros.
    ///
    /// ```
    /// # use hpc::{BufferDescription, ElementType, GpuInterface};
    /// let description = BufferDescription { name: "a".into(), element: ElementType::I16, size: vec![2] };
    /// let blueprint = GpuInterface::builder().packed(description, Some(vec![1, 0, 2, 0])).build()?;
    /// # Ok::<_, hpc::Error>(())
    /// ```
    pub fn packed(self, description: BufferDescription, bytes: Option<Vec<u8>>) -> Self {
        let data = bytes.map(|bytes| Data { element: description.element, bytes: bytes.into() });
        self.with(BufferSetup { description, data })
    }

    /// Lets the size of a declared buffer change later ([`GpuInterface::resize_buffer`]): kernels learn it when they run. The sizes of others are
    /// constants in kernels, which makes them faster: indices are known to be in range, and loops to end.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// let blueprint = GpuInterface::builder().zeros::<f32>("particles", 1000).resizable("particles").build()?;
    /// # Ok::<_, hpc::Error>(())
    /// ```
    pub fn resizable(mut self, name: impl Into<String>) -> Self {
        self.setup.resizable.push(name.into());
        self
    }

    pub(crate) fn with(mut self, buffer: BufferSetup) -> Self {
        self.setup.buffers.push(buffer);
        self
    }

    /// Declares a uniform; its first value fixes its type.
    ///
    /// | Rust | in kernels |
    /// |---|---|
    /// | `f64`, `f32`, `i32`, `u32` | a number, exactly that |
    /// | `bool` | a boolean |
    /// | two, three or four of these floats | vec2, vec3, vec4 |
    /// | two, three or four `i32` or `u32` | vec2i … vec4u |
    /// | a slice or a `Vec` of `f32`, `f64`, [`f16`](struct@crate::f16) or integers of 8, 16 or 32 bits | a typed array |
    /// | [`UniformValue::Numbers`] | an array of numbers |
    ///
    /// ```
    /// # use hpc::{GpuInterface, UniformValue};
    /// let blueprint = GpuInterface::builder()
    ///     .uniform("time", 0.0)
    ///     .uniform("n", 16_777_217_u32)
    ///     .uniform("on", true)
    ///     .uniform("center", [0.5, 0.5])
    ///     .uniform("offset", [-1, 1])
    ///     .uniform("table", vec![3_u8, 1, 4])
    ///     .uniform("weights", UniformValue::Numbers([1.0, 4.0, 6.0, 4.0, 1.0].into()))
    ///     .build()?;
    /// # Ok::<_, hpc::Error>(())
    /// ```
    pub fn uniform(mut self, name: impl Into<String>, value: impl Into<UniformValue>) -> Self {
        self.setup.uniforms.push((name.into(), value.into()));
        self
    }

    /// Declares a canvas of so many pixels, black at first.
    pub fn canvas(mut self, width: u32, height: u32) -> Self {
        self.setup.canvas = Some(CanvasSize { width, height });
        self
    }

    /// Shows the canvas in a browser, beside its being read. There is no [`Screen`] elsewhere.
    pub fn screen(mut self, screen: Screen) -> Self {
        self.setup.screen = Some(screen);
        self
    }

    /// Makes `Math.random()` in kernels repeatable: the same seed and the same runs draw the same numbers,
    /// on every device. There is nothing like the `numRandSeeds` of JavaScript: each thread has a stream of its own.
    pub fn seed(mut self, seed: u64) -> Self {
        self.setup.seed = Some(seed);
        self
    }

    /// Picks the adapter: a part of its name in any case, or its index. It counts more than `HPC_ADAPTER`.
    pub fn adapter(mut self, name_or_index: impl Into<String>) -> Self {
        self.setup.adapter = Some(name_or_index.into());
        self
    }

    /// Picks which runs a GPU computes by tuned texts ([`Kernel::explain`](crate::Kernel::explain) says how): by default large ones, on
    /// hardware. It counts more than `HPC_TUNED`. Results are the same; others are for comparing and testing.
    pub fn tuned(mut self, runs: TunedRuns) -> Self {
        self.setup.tuned = Some(runs);
        self
    }

    /// How many rounds an invocation may make in loops that are not known to end (`while (error > 1e-6)`, `for (;;)`), all of them together:
    /// 2^24 by default, on lavapipe 65 000 at most. A run with one that makes more is stopped: reads and
    /// [`on_submitted_work_done`](crate::GpuInterface::on_submitted_work_done) behind it give [`RuntimeError`](crate::RuntimeError)`::LoopLimit` until
    /// one has told, and everything else goes on. Loops that count are known to end, and may make as many rounds as they like.
    pub fn loop_limit(mut self, rounds: NonZeroU32) -> Self {
        self.setup.loop_limit = Some(rounds);
        self
    }

    /// How long the work that a GPU gets at once should take. Longer runs are cut into slices by what earlier ones took, so that watchdogs of desktops
    /// (two seconds on Windows) do not reset the device, and the screen goes on. A few milliseconds cost little; below that the device waits
    /// for the host. Runs are not cut by default, nor those of the CPU backend, which keeps nobody waiting.
    pub fn slice(mut self, time: Duration) -> Self {
        self.setup.slice = Some(time).filter(|time| !time.is_zero());
        self
    }

    /// For tests of what a loss does: the device is lost at the submission after so many. It counts more than `HPC_LOSE_AFTER`. The one after
    /// [`recover`](crate::GpuInterface::recover) is not.
    pub fn lose_after(mut self, submissions: u64) -> Self {
        self.setup.lose_after = Some(submissions);
        self
    }

    /// Picks who executes the kernels. It counts more than `HPC_BACKEND`; without both a GPU does, or the CPU if there is none.
    pub fn backend(mut self, backend: BackendType) -> Self {
        self.setup.backend = Some(backend);
        self
    }

    /// Checks all that can be checked without a device. Touches none and never blocks.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// let error = GpuInterface::builder().buffer("a", [2, 2], [1.0_f32, 2.0, 3.0]).build().unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "the buffer \"a\" of size [2, 2] holds 4 elements of type number, but 3 were given; give exactly as many"
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::InvalidName`, `DuplicateName`, `UnknownBuffer`, `InvalidSize`, `SizeMismatch`, `BrokenElement`,
    /// `UniformLength`, `UniformComponent`, `InvalidCanvas`.
    pub fn build(self) -> Result<Blueprint, Error> {
        let interface = self.setup.interface()?;
        Ok(Blueprint { setup: self.setup, interface })
    }
}

/// An interface that has been checked and waits for its device.
#[derive(Clone, Debug)]
pub struct Blueprint {
    setup: Setup,
    interface: Interface,
}

impl Blueprint {
    /// What kernels will see: enough to compile them ahead, without a device.
    ///
    /// Code is for a GPU or for the CPU backend: `using_cpu` says which, and is true here only if [`Builder::backend`] picked the latter. Set it
    /// to compile for the other one, and create the kernel from the artifact whose `using_cpu` is that of [`GpuInterface::interface`].
    pub fn interface(&self) -> &Interface {
        &self.interface
    }

    /// Finds the adapter and makes the buffers. The driver is asked on another thread.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().zeros::<f32>("a", 4).build()?.initialize().await?;
    /// assert_eq!(gpu.read_buffer::<f32>("a").await?, [0.0; 4]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::NoBackend`, `NoAdapter`, `NoDevice`, in pages `NoWorkers` and `ScreenTaken`, `BufferTooLarge`, `OutOfMemory`.
    pub async fn initialize(self) -> Result<GpuInterface, Error> {
        Ok(GpuInterface::new(Session::open(self.setup).await?))
    }
}
