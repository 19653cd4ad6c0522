//! Who runs a program: a grid, or an interface without one.

use std::error::Error;

use hpc::{BufferDescription, ElementType, GpuInterface, Kernel, UniformValue};
use hpc_grid::{Grid, GridKernel, Job, Reduction};

pub(crate) type Outcome<T> = Result<T, Box<dyn Error>>;

/// What the command line says.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Which programs.
    pub(crate) names: Vec<String>,
    /// Without a grid.
    pub(crate) plain: bool,
    /// How many times as long the grids are along each axis.
    pub(crate) scale: u32,
    /// How many steps, if not the program's own number.
    pub(crate) steps: Option<u32>,
    /// Says how long each takes.
    pub(crate) time: bool,
}

impl Options {
    /// Reads the command line.
    pub(crate) fn from_arguments() -> Outcome<Self> {
        let mut options = Self { names: Vec::new(), plain: false, scale: 1, steps: None, time: false };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut number = || {
                words.next().ok_or("a number is missing")?.parse::<u32>().map_err(|error| error.to_string())
            };
            match word.as_str() {
                "--plain" => options.plain = true,
                "--time" => options.time = true,
                "--scale" => options.scale = number()?,
                "--steps" => options.steps = Some(number()?),
                _ => options.names.push(word),
            }
        }
        Ok(options)
    }
}

/// One rank of a job, and what the command line says.
pub(crate) struct Host<'j> {
    pub(crate) job: &'j Job,
    pub(crate) options: &'j Options,
}

/// A program's buffers and uniforms.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    buffers: Vec<(BufferDescription, Option<Vec<u8>>)>,
    split: Vec<(String, u32)>,
    axes: &'static str,
    periodic: &'static str,
    uniforms: Vec<(&'static str, UniformValue)>,
}

impl Setup {
    /// One whose buffers are split along these axes, and go around along those.
    pub(crate) fn new(axes: &'static str, periodic: &'static str) -> Self {
        Self { axes, periodic, ..Self::default() }
    }

    /// A buffer that is split, with a halo of so many elements.
    pub(crate) fn split(mut self, name: &str, element: ElementType, size: &[u32], halo: u32) -> Self {
        self.split.push((name.into(), halo));
        self.whole(name, element, size)
    }

    /// A buffer of which each rank has the whole.
    pub(crate) fn whole(mut self, name: &str, element: ElementType, size: &[u32]) -> Self {
        let description = BufferDescription { name: name.into(), element, size: size.into() };
        self.buffers.push((description, None));
        self
    }

    /// What the latest buffer holds at first.
    pub(crate) fn holding(mut self, bytes: Vec<u8>) -> Self {
        if let Some((_, contents)) = self.buffers.last_mut() {
            *contents = Some(bytes);
        }
        self
    }

    /// A uniform.
    pub(crate) fn uniform(mut self, name: &'static str, value: impl Into<UniformValue>) -> Self {
        self.uniforms.push((name, value.into()));
        self
    }
}

/// A grid, or an interface in its place.
pub(crate) enum Device<'j> {
    Grid(Grid<'j>),
    Plain(GpuInterface),
}

/// A kernel of either.
pub(crate) enum AnyKernel<'j> {
    Grid(GridKernel<'j>),
    Plain(Kernel),
}

impl<'j> Host<'j> {
    /// A length that grows with `--scale`.
    pub(crate) fn long(&self, length: u32) -> u32 {
        length * self.options.scale
    }

    /// How many steps a program makes.
    pub(crate) fn steps(&self, steps: u32) -> u32 {
        self.options.steps.unwrap_or(steps)
    }

    pub(crate) fn open(&self, setup: Setup) -> Outcome<Device<'j>> {
        if self.options.plain {
            let mut builder = GpuInterface::builder();
            for (buffer, bytes) in setup.buffers {
                builder = builder.packed(buffer, bytes);
            }
            for (name, value) in setup.uniforms {
                builder = builder.uniform(name, value);
            }
            return Ok(Device::Plain(pollster::block_on(builder.build()?.initialize())?));
        }
        let mut builder = Grid::builder().periodic(setup.periodic);
        for (buffer, bytes) in setup.buffers {
            builder = builder.packed(buffer, bytes);
        }
        for (name, halo) in setup.split {
            builder = builder.split(name, setup.axes, halo);
        }
        for (name, value) in setup.uniforms {
            builder = builder.uniform(name, value);
        }
        Ok(Device::Grid(builder.open(self.job)?))
    }
}

impl<'j> Device<'j> {
    pub(crate) fn kernel(&self, source: &str) -> Outcome<AnyKernel<'j>> {
        Ok(match self {
            Self::Grid(grid) => AnyKernel::Grid(grid.create_kernel(source)?),
            Self::Plain(gpu) => AnyKernel::Plain(pollster::block_on(gpu.create_kernel(source))?),
        })
    }

    /// The kernels of a JavaScript program, by name.
    pub(crate) fn kernels<const N: usize>(
        &self,
        program: &str,
        names: [&str; N],
    ) -> Outcome<[AnyKernel<'j>; N]> {
        let found = hpc::kernels_in(program);
        let kernel = |name: &str| {
            let text =
                found.iter().find(|kernel| kernel.name == name).ok_or_else(|| format!("no kernel {name}"))?;
            self.kernel(&text.source)
        };
        let kernels: Vec<_> = names.into_iter().map(kernel).collect::<Outcome<_>>()?;
        kernels.try_into().map_err(|_| "as many as names".into())
    }

    pub(crate) fn exchange(&self, name: &str) -> Outcome<()> {
        match self {
            Self::Grid(grid) => Ok(grid.exchange(name)?),
            Self::Plain(_) => Ok(()),
        }
    }

    pub(crate) fn copy(&self, from: &str, to: &str) -> Outcome<()> {
        match self {
            Self::Grid(grid) => Ok(grid.copy_buffer(from, to)?),
            Self::Plain(gpu) => Ok(gpu.copy_buffer(from, to)?),
        }
    }

    pub(crate) fn set(&self, name: &str, value: f64) -> Outcome<()> {
        match self {
            Self::Grid(grid) => Ok(grid.set_uniforms([(name, value)])?),
            Self::Plain(gpu) => Ok(gpu.set_uniforms([(name, value)])?),
        }
    }

    pub(crate) fn all_reduce(&self, name: &str, reduction: Reduction) -> Outcome<()> {
        match self {
            Self::Grid(grid) => Ok(grid.all_reduce(name, reduction)?),
            Self::Plain(_) => Ok(()),
        }
    }

    /// The whole of a buffer on rank 0, nothing on others.
    pub(crate) fn gather(&self, name: &str) -> Outcome<Vec<u8>> {
        match self {
            Self::Grid(grid) => Ok(grid.gather_bytes(name)?.unwrap_or_default()),
            Self::Plain(gpu) => Ok(pollster::block_on(gpu.read_bytes(name, ..))?.to_vec()),
        }
    }
}

impl AnyKernel<'_> {
    pub(crate) fn run(&self, size: &[u32]) -> Outcome<()> {
        let of = |axis: usize| size.get(axis).copied().unwrap_or(1);
        let extents = [of(0), of(1), of(2)];
        match self {
            Self::Grid(kernel) => Ok(kernel.run(extents)?),
            Self::Plain(kernel) => Ok(kernel.run(extents)?),
        }
    }
}
