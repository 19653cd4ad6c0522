//! From a description to a grid.

use artifact::{BufferDescription, Interface, RANK_PREFIX};
use compiler::transform::split::SplitAxis;
use hpc::{Backend, BufferSize, Element, ElementType, GpuInterface, IntoData, UniformValue};

use crate::boxes::Place;
use crate::exchange::Faces;
use crate::grid::{Buffer, Grid, Parameters, REPORTS};
use crate::parts::{DIMENSIONS, Layout, NAMES, Wish};
use crate::{Error, Job, devices};

/// Gathers what a grid consists of; made by [`Grid::builder`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct GridBuilder {
    buffers: Vec<(BufferDescription, Option<Vec<u8>>)>,
    uniforms: Vec<(String, UniformValue)>,
    splits: Vec<Split>,
    periodic: String,
    processes: Vec<u32>,
    seed: Option<u64>,
    debug: bool,
    adapter: Option<String>,
    backend: Option<Backend>,
}

/// How a buffer is to be split.
#[derive(Clone, Debug)]
struct Split {
    name: String,
    axes: String,
    halo: u32,
}

impl GridBuilder {
    /// Declares a buffer and what it holds at first, all of it: each rank takes its part.
    pub fn buffer<D: IntoData>(self, name: impl Into<String>, size: impl BufferSize, elements: D) -> Self {
        let description = BufferDescription { name: name.into(), element: D::ELEMENT, size: size.extents() };
        let bytes = elements.into_bytes().to_vec();
        self.packed(description, Some(bytes))
    }

    /// Declares a buffer of zeros.
    pub fn zeros<E: Element>(self, name: impl Into<String>, size: impl BufferSize) -> Self {
        self.packed(BufferDescription { name: name.into(), element: E::TYPE, size: size.extents() }, None)
    }

    /// Declares a buffer whose type is known only when the program runs, and the bytes of the whole that it holds at first, or `None` for zeros.
    pub fn packed(mut self, description: BufferDescription, bytes: Option<Vec<u8>>) -> Self {
        self.buffers.push((description, bytes));
        self
    }

    /// Splits a buffer along the dimensions that `axes` names, such as `"xy"` (x is the first one), and gives it a halo of so many elements.
    ///
    /// All split buffers of a grid are split along the same dimensions. Some may be a little shorter than others, as a staggered grid's are.
    pub fn split(mut self, name: impl Into<String>, axes: impl Into<String>, halo: u32) -> Self {
        self.splits.push(Split { name: name.into(), axes: axes.into(), halo });
        self
    }

    /// Makes the last element along these axes a neighbour of the first one. Kernels go around by `(x + 1) % size`.
    pub fn periodic(mut self, axes: impl Into<String>) -> Self {
        self.periodic = axes.into();
        self
    }

    /// How many ranks there are along each axis; 0, or nothing, for as many as make the least to exchange.
    pub fn processes(mut self, processes: impl Into<Vec<u32>>) -> Self {
        self.processes = processes.into();
        self
    }

    /// Declares a uniform; its first value fixes its type.
    pub fn uniform(mut self, name: impl Into<String>, value: impl Into<UniformValue>) -> Self {
        self.uniforms.push((name.into(), value.into()));
        self
    }

    /// Makes `Math.random()` repeatable, with this number of ranks.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Looks, in each run, for elements that are read beyond a halo: then the run fails with [`Error::Beyond`], which names the element. Each run
    /// waits for the device, so this is for programs that are being made. `HPC_GRID_DEBUG=1` says the same. Tests of loops are not looked at.
    pub fn debug(mut self, debug: bool) -> Self {
        self.debug = debug;
        self
    }

    /// Picks the adapter of this rank: a part of its name in any case, or its index. It counts more than `HPC_ADAPTER`. Without either, each rank
    /// of a machine takes another one of its GPUs; more ranks than GPUs share them.
    pub fn adapter(mut self, name_or_index: impl Into<String>) -> Self {
        self.adapter = Some(name_or_index.into());
        self
    }

    /// Picks who executes the kernels. It counts more than `HPC_BACKEND`.
    pub fn backend(mut self, backend: Backend) -> Self {
        self.backend = Some(backend);
        self
    }

    /// Finds this rank's device and makes its parts. All ranks do so together.
    ///
    /// # Errors
    ///
    /// What ranks declare differently, what cannot be split so, and what [`hpc::Blueprint::initialize`] says.
    pub fn open(self, job: &Job) -> Result<Grid<'_>, Error> {
        job.agree("the declaration of the grid", &self.described())?;
        let whole = self.whole()?;
        let (wish, halos) = self.wish(&whole)?;
        let layout = Layout::new(&wish, job.size() as u32, job.rank() as u32)?;
        let buffers: Vec<Buffer> = whole
            .buffers
            .iter()
            .zip(&halos)
            .map(|(description, &halo)| Buffer::new(&layout, description, halo))
            .collect();
        let (gpu, parameters) = self.session(&layout, &buffers, job)?;
        let axes = std::array::from_fn(|dimension| {
            let part = layout.parts[dimension]?;
            let [origin, end] = [parameters.origin, parameters.end].map(|first| first + dimension);
            Some(SplitAxis { origin, end, extent: part.extent, periodic: part.periodic })
        });
        // Where there is one rank along a dimension, nothing is split.
        let is_split = layout.parts.iter().any(Option::is_some);
        let halos = halos.into_iter().map(|halo| halo.filter(|_| is_split)).collect();
        Grid::new(job, gpu, whole, layout, buffers, axes, halos, parameters)
    }

    /// What all ranks declare alike, a line each.
    fn described(&self) -> String {
        let buffers = self.buffers.iter().map(|(buffer, bytes)| {
            let BufferDescription { name, element, size } = buffer;
            let given = bytes.as_ref().map_or("zeros", |_| "with contents");
            format!("buffer {name}: {} {size:?}, {given}\n", element.name())
        });
        let uniforms =
            self.uniforms.iter().map(|(name, value)| format!("uniform {name}: {}\n", value.ty().name()));
        let splits = self
            .splits
            .iter()
            .map(|Split { name, axes, halo }| format!("split {name} along {axes}, halo {halo}\n"));
        let all: String = buffers.chain(uniforms).chain(splits).collect();
        format!("{all}periodic {:?}, processes {:?}, seed {:?}\n", self.periodic, self.processes, self.seed)
    }

    /// The interface as kernels see it.
    fn whole(&self) -> Result<Interface, Error> {
        let names = self
            .buffers
            .iter()
            .map(|(buffer, _)| &buffer.name)
            .chain(self.uniforms.iter().map(|(name, _)| name));
        if let Some(name) = names.into_iter().find(|name| name.starts_with(RANK_PREFIX)) {
            return Err(Error::ReservedName { name: name.clone() });
        }
        let mut builder = GpuInterface::builder();
        for (buffer, bytes) in &self.buffers {
            builder = builder.packed(buffer.clone(), None);
            let (expected, given) = (buffer.byte_size(), bytes.as_ref().map(|bytes| bytes.len() as u64));
            if let Some(given) = given.filter(|given| *given != expected) {
                return Err(Error::Length {
                    name: buffer.name.clone(),
                    size: buffer.size.clone(),
                    expected,
                    given,
                });
            }
        }
        for (name, value) in &self.uniforms {
            builder = builder.uniform(name.clone(), value.clone());
        }
        Ok(builder.build()?.interface().clone())
    }

    /// What is to be split, and the halo of each buffer that is.
    fn wish(&self, whole: &Interface) -> Result<(Wish, Vec<Option<u32>>), Error> {
        let mut wish = Wish::default();
        let mut halos = vec![None; whole.buffers.len()];
        let mut first: Option<&Split> = None;
        for split in &self.splits {
            let refuse = |reason: String| Error::Split { name: split.name.clone(), reason };
            let position = whole.buffer_index(&split.name).ok_or_else(|| Error::UnknownBuffer {
                name: split.name.clone(),
                declared: whole.buffers.iter().map(|buffer| buffer.name.clone()).collect(),
            })?;
            let buffer = &whole.buffers[position];
            let axes = axes(&split.axes).map_err(refuse)?;
            if let Some(other) = first.filter(|other| self::axes(&other.axes) != Ok(axes)) {
                return Err(refuse(format!(
                    "it is split along {}, and \"{}\" along {}; split all along the same",
                    split.axes, other.name, other.axes
                )));
            }
            first = Some(split);
            for dimension in (0..DIMENSIONS).filter(|&dimension| axes[dimension]) {
                let Some(&extent) = buffer.size.get(dimension) else {
                    let (name, rank) = (NAMES[dimension], buffer.size.len());
                    return Err(refuse(format!(
                        "it has no {name}, as it has {rank} dimensions; x is the first one"
                    )));
                };
                wish.extents[dimension] = wish.extents[dimension].max(Some(extent));
            }
            wish.halo = wish.halo.max(split.halo);
            halos[position] = Some(split.halo);
        }
        wish.periodic =
            axes(&self.periodic).map_err(|reason| Error::Split { name: "periodic".into(), reason })?;
        for (dimension, count) in self.processes.iter().take(DIMENSIONS).enumerate() {
            wish.processes[dimension] = *count;
        }
        self.check_lengths(whole, &wish)?;
        Ok((wish, halos))
    }

    /// Shorter buffers must not be much shorter, and of those that go around none is.
    fn check_lengths(&self, whole: &Interface, wish: &Wish) -> Result<(), Error> {
        for split in &self.splits {
            let buffer = whole.buffers.iter().find(|buffer| buffer.name == split.name);
            let sizes = buffer.into_iter().flat_map(|buffer| buffer.size.iter().enumerate());
            for (dimension, &extent) in sizes {
                let Some(longest) = wish.extents.get(dimension).copied().flatten() else { continue };
                if wish.periodic[dimension] && extent != longest {
                    let name = NAMES[dimension];
                    let reason = format!(
                        "it has {extent} elements along {name}, which is periodic, and others have {longest}; give all the same"
                    );
                    return Err(Error::Split { name: split.name.clone(), reason });
                }
                if extent != longest && longest - extent > 1 {
                    let name = NAMES[dimension];
                    let reason = format!(
                        "it has {extent} elements along {name}, and others have {longest}; they may differ by one"
                    );
                    return Err(Error::Split { name: split.name.clone(), reason });
                }
            }
        }
        Ok(())
    }

    /// The interface of this rank's device.
    fn session(
        self,
        layout: &Layout,
        buffers: &[Buffer],
        job: &Job,
    ) -> Result<(GpuInterface, Parameters), Error> {
        let mut builder = GpuInterface::builder();
        for (buffer, (description, bytes)) in buffers.iter().zip(self.buffers) {
            let bytes = bytes.map(|bytes| match &buffer.place {
                Some(place) => place.part_of(&bytes, layout, description.element.bytes()),
                None => bytes,
            });
            builder = builder.packed(buffer.local(&description), bytes);
        }
        let own = self.uniforms.len();
        for (name, value) in self.uniforms {
            builder = builder.uniform(name, value);
        }
        let parameters = Parameters::behind(own);
        for (name, value) in parameters.values(layout) {
            builder = builder.uniform(name, value);
        }
        for (number, buffer) in buffers.iter().enumerate() {
            if let Some(description) = Faces::buffer(number, buffer, layout) {
                builder = builder.packed(description, None);
            }
        }
        if self.debug || std::env::var("HPC_GRID_DEBUG").is_ok_and(|value| value == "1") {
            let size = vec![buffers.len() as u32];
            let reports = BufferDescription { name: REPORTS.into(), element: ElementType::U32, size };
            builder = builder.packed(reports, None);
        }
        if let Some(seed) = self.seed {
            // Threads of different ranks have the same numbers among their ranks'.
            builder =
                builder.seed(seed.wrapping_add(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(job.rank() as u64)));
        }
        let adapter = self.adapter.or_else(|| Some(devices::choose(job.node(), self.backend)?.to_string()));
        if let Some(adapter) = adapter {
            builder = builder.adapter(adapter);
        }
        if let Some(backend) = self.backend {
            builder = builder.backend(backend);
        }
        let gpu = pollster::block_on(builder.build()?.initialize())?;
        Ok((gpu, parameters))
    }
}

/// The dimensions that letters name.
fn axes(letters: &str) -> Result<[bool; DIMENSIONS], String> {
    let mut axes = [false; DIMENSIONS];
    for letter in letters.chars() {
        match "xyz".find(letter) {
            Some(dimension) => axes[dimension] = true,
            None => return Err(format!("an axis is x, y or z, and not {letter:?}")),
        }
    }
    Ok(axes)
}

impl Buffer {
    fn new(layout: &Layout, description: &BufferDescription, halo: Option<u32>) -> Self {
        let is_split = layout.parts.iter().any(Option::is_some);
        let place = halo.filter(|_| is_split).map(|halo| Place::new(layout, &description.size, halo));
        Self { whole: description.clone(), halo: halo.unwrap_or(0), is_declared_split: halo.is_some(), place }
    }

    /// What is on the device.
    fn local(&self, description: &BufferDescription) -> BufferDescription {
        let mut local = description.clone();
        if let Some(place) = &self.place {
            let rank = local.size.len();
            local.size.copy_from_slice(&place.memory[..rank]);
        }
        local
    }
}
