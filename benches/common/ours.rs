//! HPC.js as a contestant: kernels as a user would write them, run through the public API.

use std::time::Instant;

use hpc::{AdapterInfo, Backend, Builder, Error, GpuInterface, Kernel};

use crate::Outcome;
use crate::input::{Data, beside, halves};

/// The extents that the first call is cut to: it shows how long compiling takes, not computing.
const FIRST_EXTENT: u32 = 16;

/// A workload in terms of the API.
pub struct Program {
    /// Buffers of zeros, uniforms and a canvas; the backend is picked later.
    pub builder: Builder,
    /// Their texts. They run in turn.
    pub kernels: Vec<String>,
    /// The threads of a run along x, y and z.
    pub extents: [u32; 3],
    /// How many runs, all kernels together.
    pub runs: u32,
    /// What buffers hold before the first run: name and components as in memory, where a vec3 takes four.
    pub inputs: Vec<(&'static str, Data)>,
    /// Where the result is.
    pub output: Output,
}

/// Where the result is.
#[derive(Clone, Copy)]
pub enum Output {
    /// In a buffer of numbers.
    Numbers(&'static str),
    /// In a buffer of vec3.
    Vectors(&'static str),
    /// In a buffer of u32: two [`halves`] each.
    Words(&'static str),
    /// In a buffer of u32, and one of doubles that are integers below 2^64: element by element the two [`halves`] of the one and the four
    /// of the other.
    WordsAndIntegers(&'static str, &'static str),
    /// On the canvas: red, green, blue and alpha of each pixel, 0 to 255.
    Canvas,
}

/// The program on a device.
pub struct Ours {
    gpu: GpuInterface,
    kernels: Vec<Kernel>,
    extents: [u32; 3],
    runs: u32,
    inputs: Vec<(&'static str, Data)>,
    output: Output,
}

impl Ours {
    /// Opens the device and compiles; also the milliseconds of the first call: `create_kernel`, a run of a few
    /// threads, and the wait for its end.
    ///
    /// # Errors
    ///
    /// What the API says.
    pub fn open(program: Program, backend: Backend) -> Outcome<(Self, f64)> {
        pollster::block_on(Self::open_async(program, backend)).map_err(shown)
    }

    /// Who executes the kernels.
    pub fn adapter(&self) -> &AdapterInfo {
        self.gpu.adapter_info()
    }

    /// Takes the input afresh.
    ///
    /// # Errors
    ///
    /// What the API says.
    pub fn fill(&self) -> Outcome {
        pollster::block_on(self.fill_async()).map_err(shown)
    }

    /// Makes all runs so many times; the milliseconds until they are done.
    ///
    /// # Errors
    ///
    /// What the API says.
    pub fn run(&self, times: u32) -> Outcome<f64> {
        pollster::block_on(self.run_async(times)).map_err(shown)
    }

    /// What is in the output now.
    ///
    /// # Errors
    ///
    /// What the API says.
    pub fn result(&self) -> Outcome<Vec<f32>> {
        pollster::block_on(self.result_async()).map_err(shown)
    }

    async fn open_async(program: Program, backend: Backend) -> Result<(Self, f64), Error> {
        let Program { builder, kernels: texts, extents, runs, inputs, output } = program;
        let gpu = builder.backend(backend).build()?.initialize().await?;
        // The first call does not wait for the buffers to be filled.
        gpu.on_submitted_work_done().await?;
        let mut kernels = Vec::new();
        let mut first_call = 0.0;
        for text in &texts {
            let start = Instant::now();
            let kernel = gpu.create_kernel(text).await?;
            kernel.run(extents.map(|extent| extent.min(FIRST_EXTENT)))?;
            gpu.on_submitted_work_done().await?;
            if kernels.is_empty() {
                first_call = milliseconds(start);
            }
            kernels.push(kernel);
        }
        Ok((Self { gpu, kernels, extents, runs, inputs, output }, first_call))
    }

    async fn fill_async(&self) -> Result<(), Error> {
        for (name, data) in &self.inputs {
            self.gpu.write_bytes(name, data.bytes())?;
        }
        self.gpu.on_submitted_work_done().await
    }

    async fn run_async(&self, times: u32) -> Result<f64, Error> {
        let start = Instant::now();
        for kernel in self.kernels.iter().cycle().take(self.runs as usize * times as usize) {
            kernel.run(self.extents)?;
        }
        self.gpu.on_submitted_work_done().await?;
        Ok(milliseconds(start))
    }

    async fn result_async(&self) -> Result<Vec<f32>, Error> {
        match self.output {
            Output::Numbers(name) => self.gpu.read_buffer(name).await,
            Output::Vectors(name) => Ok(self.gpu.read_buffer::<[f32; 3]>(name).await?.into_flattened()),
            Output::Words(name) => Ok(halves(&self.gpu.read_buffer::<u32>(name).await?)),
            Output::WordsAndIntegers(words, integers) => {
                let words = self.gpu.read_buffer::<u32>(words).await?;
                let integers = self.gpu.read_buffer::<f64>(integers).await?;
                Ok(words
                    .into_iter()
                    .zip(integers)
                    .flat_map(|(word, integer)| beside(word, integer as u64))
                    .collect())
            }
            Output::Canvas => {
                self.gpu.update_canvas()?;
                let image = self.gpu.canvas()?.await?;
                Ok(image.rgba.into_iter().map(f32::from).collect())
            }
        }
    }
}

/// Milliseconds since `start`.
pub fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn shown(error: Error) -> String {
    error.to_string()
}
