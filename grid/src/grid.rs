//! A grid: what an interface is to one device, over all ranks.

use std::cell::RefCell;
use std::rc::Rc;

use artifact::{BufferDescription, Interface, RANK_PREFIX};
use compiler::transform::split::{Split, SplitAxis, Start};
use hpc::{GpuInterface, UniformValue};

use crate::boxes::Place;
use crate::exchange::Faces;
use crate::kernel::Pending;
use crate::parts::{DIMENSIONS, Layout, NAMES};
use crate::{Error, GridBuilder, Job};

/// Buffers that are shared among the ranks of a job, and uniforms: each rank's part of them on its device.
///
/// What waits for others says so. All ranks make the same calls in the same order.
pub struct Grid<'j>(pub(crate) Rc<Inner<'j>>);

pub(crate) struct Inner<'j> {
    pub(crate) job: &'j Job,
    pub(crate) gpu: GpuInterface,
    /// The interface as kernels see it.
    pub(crate) whole: Interface,
    pub(crate) layout: Layout,
    pub(crate) buffers: Vec<Buffer>,
    /// The halos' exchange of each buffer that has one.
    pub(crate) faces: Vec<Option<Faces>>,
    pub(crate) split: Split,
    pub(crate) parameters: Parameters,
    /// The latest run, which waits for what comes behind it.
    pub(crate) pending: RefCell<Option<Pending>>,
}

/// A buffer of the grid.
#[derive(Clone, Debug)]
pub(crate) struct Buffer {
    pub(crate) whole: BufferDescription,
    pub(crate) halo: u32,
    /// Whether it is declared to be split, be there several ranks or one.
    pub(crate) is_declared_split: bool,
    /// How its part lies; none if each rank has the whole.
    pub(crate) place: Option<Place>,
}

/// The uniforms that tell kernels about the rank: where they stand in the interface of the device.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters {
    /// The first of three: where the rank's part begins.
    pub(crate) origin: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// Where the threads of a run start.
    pub(crate) start: usize,
}

impl Parameters {
    /// Those behind so many uniforms of the user's.
    pub(crate) fn behind(own: usize) -> Self {
        Self { origin: own, end: own + DIMENSIONS, start: own + 2 * DIMENSIONS }
    }

    /// Their names and first values, and those of what packs faces.
    pub(crate) fn values(self, layout: &Layout) -> Vec<(String, f64)> {
        let of = |what: &str, value: [u32; DIMENSIONS]| {
            let named = |(name, value): (&str, u32)| (name_of(what, name), f64::from(value));
            NAMES.into_iter().zip(value).map(named).collect::<Vec<_>>()
        };
        let parts = layout.parts.map(|part| part.map_or((0, 0), |part| (part.origin, part.end)));
        let mut values = of("origin", parts.map(|(origin, _)| origin));
        values.extend(of("end", parts.map(|(_, end)| end)));
        values.extend(of("start", [0; DIMENSIONS]));
        values.extend(of("face", [0; DIMENSIONS]));
        values.extend(of("length", [0; DIMENSIONS]));
        values.push((format!("{RANK_PREFIX}first"), 0.0));
        values
    }
}

/// The buffer in which kernels note what they read beyond a halo.
pub(crate) const REPORTS: &str = "rank$reports";

/// The name of one of the grid's own uniforms.
pub(crate) fn name_of(what: &str, axis: &str) -> String {
    format!("{RANK_PREFIX}{what}_{axis}")
}

impl<'j> Grid<'j> {
    /// Starts to declare a grid.
    pub fn builder() -> GridBuilder {
        GridBuilder::default()
    }

    #[expect(clippy::too_many_arguments, reason = "it is called once, by the builder, which has them all")]
    pub(crate) fn new(
        job: &'j Job,
        gpu: GpuInterface,
        whole: Interface,
        layout: Layout,
        buffers: Vec<Buffer>,
        axes: [Option<SplitAxis>; DIMENSIONS],
        halos: Vec<Option<u32>>,
        parameters: Parameters,
    ) -> Result<Self, Error> {
        let local = gpu.interface().clone();
        let whole = Interface { buffers: whole.buffers, uniforms: whole.uniforms, ..local.clone() };
        let reports = local.buffer_index(REPORTS);
        let split = Split { local, axes, halos, start: Start::First, reports };
        let faces =
            buffers.iter().enumerate().map(|(number, buffer)| Faces::new(number, buffer, &layout, &gpu));
        let faces = faces.collect::<Result<_, _>>()?;
        let pending = RefCell::default();
        Ok(Self(Rc::new(Inner { job, gpu, whole, layout, buffers, faces, split, parameters, pending })))
    }

    /// The job.
    pub fn job(&self) -> &'j Job {
        self.0.job
    }

    /// How many ranks there are along each axis, and where this one is.
    pub fn layout(&self) -> &Layout {
        &self.0.layout
    }

    /// The interface of this rank's device. Its sizes are those of the rank's part.
    pub fn device(&self) -> &GpuInterface {
        &self.0.gpu
    }

    /// Sets some uniforms for the runs to come, on this rank: give all the same values.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::set_uniforms`], and [`Error::ReservedName`].
    pub fn set_uniforms<'n, V: Into<UniformValue>>(
        &self,
        values: impl IntoIterator<Item = (&'n str, V)>,
    ) -> Result<(), Error> {
        self.0.flush()?;
        let values: Vec<_> = values.into_iter().map(|(name, value)| (name, value.into())).collect();
        if let Some((name, _)) = values.iter().find(|(name, _)| name.starts_with(RANK_PREFIX)) {
            return Err(Error::ReservedName { name: (*name).into() });
        }
        Ok(self.0.gpu.set_uniforms(values)?)
    }

    /// Copies one buffer to another of the same size, type and halo, halos and all.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::copy_buffer`], and [`Error::Split`] if they are not split alike.
    pub fn copy_buffer(&self, source: &str, destination: &str) -> Result<(), Error> {
        self.0.flush()?;
        let (from, to) = (self.0.buffer(source)?, self.0.buffer(destination)?);
        if (from.is_declared_split, from.halo) != (to.is_declared_split, to.halo) {
            let reason = format!(
                "a copy is of buffers that are split alike, with the same halo, and \"{source}\" is not; split both the same"
            );
            return Err(Error::Split { name: destination.into(), reason });
        }
        Ok(self.0.gpu.copy_buffer(source, destination)?)
    }

    /// Waits until this rank's device has done everything that was called before.
    ///
    /// # Errors
    ///
    /// The fatal errors.
    pub fn finish(&self) -> Result<(), Error> {
        self.0.flush()?;
        Ok(pollster::block_on(self.0.gpu.on_submitted_work_done())?)
    }
}

impl Inner<'_> {
    pub(crate) fn position(&self, name: &str) -> Result<usize, Error> {
        let declared = || self.buffers.iter().map(|buffer| buffer.whole.name.clone()).collect();
        let unknown = || Error::UnknownBuffer { name: name.into(), declared: declared() };
        self.whole.buffer_index(name).ok_or_else(unknown)
    }

    pub(crate) fn buffer(&self, name: &str) -> Result<&Buffer, Error> {
        Ok(&self.buffers[self.position(name)?])
    }

    /// Runs what waited.
    pub(crate) fn flush(&self) -> Result<(), Error> {
        let pending = self.pending.borrow_mut().take();
        pending.map_or(Ok(()), |pending| pending.run_whole())
    }
}
