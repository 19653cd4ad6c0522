//! Kernels over a grid.

use std::cell::OnceCell;
use std::rc::Rc;

use artifact::Interface;
use compiler::transform::split::{Shares, Split, Start};
use hpc::{Extent, Kernel, Origin};

use crate::grid::{Buffer, Inner, REPORTS, name_of};
use crate::parts::{DIMENSIONS, NAMES};
use crate::{Error, Grid};

/// From so many elements of a rank on, a run that is followed by an exchange is computed boundary first.
const LARGE: u64 = 1 << 18;

/// A kernel of a grid.
pub struct GridKernel<'j> {
    inner: Rc<Inner<'j>>,
    text: Rc<Text>,
}

/// A kernel as this rank runs it.
pub(crate) struct Text {
    source: String,
    origin: Origin,
    shares: Shares,
    whole: Kernel,
    /// Those whose threads start elsewhere, compiled when they are needed: at a place that a constant says, and one that uniforms say.
    inside: OnceCell<(u32, Kernel)>,
    edges: OnceCell<Kernel>,
}

/// A run that waits for what comes behind it: if that is an exchange, the boundary is computed first.
pub(crate) struct Pending {
    text: Rc<Text>,
    /// How many threads this rank runs.
    threads: [u32; DIMENSIONS],
}

impl<'j> Grid<'j> {
    /// Compiles a kernel, written for whole buffers. All ranks do so together.
    ///
    /// # Errors
    ///
    /// Those of [`hpc::GpuInterface::create_kernel`]; `HPC0402` for what a kernel cannot do to split buffers; [`Error::Differs`] if ranks
    /// have different texts.
    pub fn create_kernel(&self, source: &str) -> Result<GridKernel<'j>, Error> {
        self.create_kernel_at(source, Origin::default())
    }

    /// The same for a kernel that stands in a file.
    ///
    /// # Errors
    ///
    /// Those of [`Grid::create_kernel`].
    pub fn create_kernel_at(&self, source: &str, origin: Origin) -> Result<GridKernel<'j>, Error> {
        self.0.job.agree("the kernel", source)?;
        let (whole, shares) = self.0.compile(source, &origin, Start::First)?;
        let (inside, edges) = (OnceCell::new(), OnceCell::new());
        let text = Rc::new(Text { source: source.into(), origin, shares, whole, inside, edges });
        Ok(GridKernel { inner: self.0.clone(), text })
    }
}

impl Inner<'_> {
    fn compile(&self, source: &str, origin: &Origin, start: Start) -> Result<(Kernel, Shares), Error> {
        let split = Split { start, ..self.split.clone() };
        let whole: &Interface = &self.whole;
        let compile = || compiler::compile_split(source, whole, &split);
        // SAFETY: the artifact is what the compiler makes of it.
        let created = unsafe { self.gpu.create_kernel_by(source, origin.clone(), compile) };
        Ok(pollster::block_on(created)?)
    }
}

impl Inner<'_> {
    /// What the latest run noted of elements beyond halos.
    fn look_beyond(&self) -> Result<(), Error> {
        let notes: Vec<u32> = pollster::block_on(self.gpu.read_buffer(REPORTS))?;
        let Some(position) = notes.iter().position(|note| *note > 0) else { return Ok(()) };
        self.gpu.write_buffer(REPORTS, vec![0_u32; notes.len()])?;
        let Buffer { whole, halo, place, .. } = &self.buffers[position];
        let mut rest = notes[position] - 1;
        let mut index = vec![0; whole.size.len()];
        for (index, extent) in index.iter_mut().zip(&whole.size).rev() {
            (*index, rest) = (rest % extent, rest / extent);
        }
        let own = place.iter().flat_map(|place| {
            (0..index.len()).map(|d| place.own.start[d]..place.own.start[d] + place.own.length[d])
        });
        let own = own.collect();
        Err(Error::Beyond { name: whole.name.clone(), index, halo: *halo, own })
    }
}

impl GridKernel<'_> {
    /// Runs the kernel once for each thread id below the extents, over all ranks, and returns at once. Later commands see what it wrote.
    ///
    /// # Errors
    ///
    /// Those of [`Kernel::run`], and [`Error::Extent`]; [`Error::Beyond`] for grids that [`debug`](crate::GridBuilder::debug).
    pub fn run(&self, extents: impl Extent) -> Result<(), Error> {
        self.run_over(extents.threads())
    }

    fn run_over(&self, extents: [u32; DIMENSIONS]) -> Result<(), Error> {
        self.inner.flush()?;
        if extents.contains(&0) {
            return Ok(self.text.whole.run(extents)?);
        }
        let threads = self.threads(extents)?;
        if threads.contains(&0) {
            return Ok(());
        }
        if self.inner.split.reports.is_some() {
            self.text.whole.run(threads)?;
            return self.inner.look_beyond();
        }
        *self.inner.pending.borrow_mut() = Some(Pending { text: self.text.clone(), threads });
        Ok(())
    }

    /// How many threads this rank runs.
    fn threads(&self, mut extents: [u32; DIMENSIONS]) -> Result<[u32; DIMENSIONS], Error> {
        for (dimension, part) in self.inner.layout.parts.iter().enumerate() {
            let (Some(part), Some(axis)) = (part, self.text.shares.threads[dimension]) else { continue };
            let extent = extents[axis];
            if extent > part.extent {
                return Err(Error::Extent { axis: NAMES[axis], extent, limit: part.extent });
            }
            extents[axis] = extent.min(part.end).saturating_sub(part.origin);
        }
        Ok(extents)
    }

    /// How its threads are shared among ranks, and what the compiler found out about it, for people, a line each. What it says may change.
    pub fn explain(&self) -> String {
        let mut text = String::new();
        for (dimension, part) in self.inner.layout.parts.iter().enumerate() {
            if part.is_none() || !self.text.shares.touches {
                continue;
            }
            let name = NAMES[dimension];
            match self.text.shares.threads[dimension] {
                Some(axis) => {
                    text += &format!(
                        "along {name}: each rank runs the threads of its elements, by threadId.{}\n",
                        NAMES[axis]
                    )
                }
                None => {
                    text += &format!(
                        "along {name}: each rank runs all threads, as it is not known whose elements they write\n"
                    )
                }
            }
        }
        text + self.text.whole.explain()
    }

    /// The code that this rank runs, for people.
    pub fn source(&self) -> &str {
        self.text.whole.source()
    }
}

impl Pending {
    /// Runs it at once.
    pub(crate) fn run_whole(&self) -> Result<(), Error> {
        Ok(self.text.whole.run(self.threads)?)
    }

    /// Whether its boundary can be computed first, for an exchange of this buffer with a halo of so many elements, and whether that pays.
    pub(crate) fn overlaps(&self, inner: &Inner<'_>, buffer: usize, halo: u32) -> bool {
        let Text { shares, whole, .. } = &*self.text;
        let covers = |dimension: usize| {
            let Some(part) = inner.layout.parts[dimension] else { return true };
            let threads = shares.threads[dimension].map(|axis| self.threads[axis]);
            threads == Some(part.length()) && part.length() > 2 * halo
        };
        let draws = whole.artifact().params.random;
        let count: u64 = self.threads.iter().map(|&threads| u64::from(threads)).product();
        let pays = match std::env::var("HPC_GRID_OVERLAP").as_deref() {
            Ok("always") => true,
            Ok("never") => false,
            _ => count >= LARGE,
        };
        pays && !draws && shares.writes.contains(&buffer) && (0..DIMENSIONS).all(covers)
    }

    /// Runs the threads of the elements that neighbours need.
    pub(crate) fn run_edges(&self, inner: &Inner<'_>, halo: u32) -> Result<(), Error> {
        let edges = self.text.edges(inner)?;
        // What is left of each dimension, from the first to the last one.
        let (mut start, mut length) = ([0; DIMENSIONS], self.threads);
        for dimension in 0..DIMENSIONS {
            let (Some(part), Some(axis)) =
                (inner.layout.parts[dimension], self.text.shares.threads[dimension])
            else {
                continue;
            };
            for first in [0, part.length() - halo] {
                let (mut from, mut threads) = (start, length);
                (from[dimension], threads[axis]) = (first, halo);
                let names = NAMES.map(|name| name_of("start", name));
                inner.gpu.set_uniforms(
                    names.iter().zip(from).map(|(name, from)| (name.as_str(), f64::from(from))),
                )?;
                edges.run(threads)?;
            }
            start[dimension] = halo;
            length[axis] = part.length() - 2 * halo;
        }
        Ok(())
    }

    /// Runs the others.
    pub(crate) fn run_inside(&self, inner: &Inner<'_>, halo: u32) -> Result<(), Error> {
        let mut threads = self.threads;
        for axis in self.text.shares.threads.into_iter().flatten() {
            threads[axis] -= 2 * halo;
        }
        self.text.inside(inner, halo)?.run(threads)?;
        Ok(())
    }
}

impl Text {
    fn edges(&self, inner: &Inner<'_>) -> Result<&Kernel, Error> {
        if let Some(edges) = self.edges.get() {
            return Ok(edges);
        }
        let first = inner.parameters.start;
        let (edges, _) =
            inner.compile(&self.source, &self.origin, Start::Uniform([first, first + 1, first + 2]))?;
        Ok(self.edges.get_or_init(|| edges))
    }

    /// Compiled for the first halo that is asked for; for others, by uniforms.
    fn inside(&self, inner: &Inner<'_>, halo: u32) -> Result<&Kernel, Error> {
        if self.inside.get().is_none() {
            let (inside, _) = inner.compile(&self.source, &self.origin, Start::At([halo; DIMENSIONS]))?;
            let _ = self.inside.set((halo, inside));
        }
        match self.inside.get() {
            Some((known, inside)) if *known == halo => Ok(inside),
            _ => {
                let names = NAMES.map(|name| name_of("start", name));
                inner.gpu.set_uniforms(names.iter().map(|name| (name.as_str(), f64::from(halo))))?;
                self.edges(inner)
            }
        }
    }
}
