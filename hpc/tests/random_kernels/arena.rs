//! Where kernels run: an interface on the device at hand, and the same on the interpreter.

use std::fmt::Write;

use compiler::pipeline::{middle_end, wgsl_ir};
use hpc::{Error, GpuInterface};
use interpreter::{Memory, Run, Value};

/// More than any drawn kernel takes.
const FUEL: u64 = 50_000_000;
/// The seed of the interface's random numbers.
const SEED: u64 = 0;
/// What kernels read: `ints`, `grid`, `cube`, `quads`. The others, after them, they write.
const READ_ONLY: usize = 4;
const COMPARED: [&str; 4] = ["out", "own", "vectors", "floats"];
/// How closely floats must agree: of the value, or as a number.
const TOLERANCE: f32 = 1e-4;

/// An interface for kernels of one rank.
pub(crate) struct Arena {
    rank: usize,
    gpu: GpuInterface,
    /// What each buffer holds before each run.
    initial: Vec<Vec<f32>>,
    uniforms: Vec<Value>,
    /// What has been painted.
    pixels: Vec<u32>,
    /// How many runs there were, which the random keys depend on.
    runs: u64,
}

impl Arena {
    pub(crate) fn open(rank: usize) -> Self {
        let gpu = pollster::block_on(open(rank)).unwrap_or_else(|error| panic!("no device: {error}"));
        let buffers = gpu.interface().buffers.iter().enumerate();
        let initial = buffers.map(|(which, buffer)| contents(which, buffer)).collect();
        let uniforms = vec![
            Value::number(7.0),
            Value::boolean(true),
            Value::number(0.75),
            Value::vector(&[3.0, -4.0]),
            Value::vector(&[1.0, -2.0, 5.0]),
            Value::vector(&[-7.0, 2.0, 0.0, 9.0]),
        ];
        let pixels = Memory::new(gpu.interface()).pixels;
        Self { rank, gpu, initial, uniforms, pixels, runs: 0 }
    }

    /// Runs a kernel on the device and on the interpreter, over a few extents.
    ///
    /// Everything that was seen, if they differ.
    pub(crate) fn check(&mut self, text: &str) -> Result<(), String> {
        let variants = middle_end(text, self.gpu.interface())
            .map_err(|mistakes| format!("the kernel does not compile: {mistakes:#?}\n\n{text}"))?;
        let kernel = pollster::block_on(self.gpu.create_kernel(text))
            .map_err(|error| format!("the device has no such kernel: {error}\n\n{text}"))?;
        for extents in extents(self.rank) {
            self.runs += 1;
            // The device first: a key is drawn for each of its runs, whatever is found wrong then.
            let actual = pollster::block_on(self.run(&kernel, extents))
                .map_err(|error| format!("the device cannot run the kernel: {error}\n\n{text}"))?;
            let is_large = extents.into_iter().any(|extent| extent > variants.max_extent);
            let expected = match &variants.beyond {
                Some(beyond) if is_large => self.interpret(beyond, extents)?,
                Some(beyond) => {
                    let (expected, other) =
                        (self.interpret(&variants.common, extents)?, self.interpret(beyond, extents)?);
                    self.compare(&expected, &other).map_err(|difference| {
                        let what = "the text for large runs differs";
                        self.report(text, kernel.source(), extents, what, &difference)
                    })?;
                    expected
                }
                None => self.interpret(&variants.common, extents)?,
            };
            let compared = self.compare(&expected, &actual);
            // Nothing clears the canvas.
            self.pixels = actual.pixels;
            compared.map_err(|difference| {
                self.report(
                    text,
                    kernel.source(),
                    extents,
                    "the device differs from the interpreter",
                    &difference,
                )
            })?;
        }
        Ok(())
    }

    fn interpret(&self, kernel: &compiler::ir::Kernel, extents: [u32; 3]) -> Result<Memory, String> {
        let mut memory = Memory { buffers: self.initial.clone(), pixels: self.pixels.clone() };
        let (interface, uniforms) = (self.gpu.interface(), &self.uniforms[..]);
        let (kernel, inside) = &wgsl_ir(kernel.clone(), interface).map_err(|broken| format!("{broken:?}"))?;
        let run =
            Run { kernel, interface, uniforms, extents, inside: *inside, key: key(self.runs), fuel: FUEL };
        interpreter::run(&run, &mut memory).map_err(|stopped| stopped.to_string())?;
        Ok(memory)
    }

    async fn run(&self, kernel: &hpc::Kernel, extents: [u32; 3]) -> Result<Memory, Error> {
        let names = self.gpu.interface().buffers.iter().map(|buffer| &buffer.name);
        for (name, floats) in names.zip(&self.initial).skip(READ_ONLY) {
            self.gpu.write_buffer(name, floats)?;
        }
        kernel.run(extents)?;
        self.gpu.update_canvas()?;
        let reads = COMPARED.map(|name| self.gpu.read_buffer(name));
        let image = self.gpu.canvas()?;
        let mut buffers = self.initial[..READ_ONLY].to_vec();
        for read in reads {
            buffers.push(read.await?);
        }
        let rgba = image.await?.rgba;
        let pixels = rgba.as_chunks::<4>().0.iter();
        let pixels = pixels.map(|&[red, green, blue, _]| u32::from_le_bytes([red, green, blue, 0]));
        Ok(Memory { buffers, pixels: pixels.collect() })
    }

    /// The first difference.
    fn compare(&self, expected: &Memory, actual: &Memory) -> Result<(), String> {
        for (buffer, name) in (READ_ONLY..).zip(COMPARED) {
            let tolerance = if name == "floats" { TOLERANCE } else { 0.0 };
            let pairs = expected.buffers[buffer].iter().zip(&actual.buffers[buffer]).enumerate();
            for (place, (&expected, &actual)) in pairs {
                if !agree(expected, actual, tolerance) {
                    return Err(format!("{name}, float {place}: expected {expected}, actual {actual}"));
                }
            }
        }
        let pixels = expected.pixels.iter().zip(&actual.pixels);
        match pixels.enumerate().find(|(_, (expected, actual))| expected != actual) {
            Some((place, (expected, actual))) => {
                Err(format!("pixel {place}: expected {expected:#08x}, actual {actual:#08x}"))
            }
            None => Ok(()),
        }
    }

    fn report(&self, text: &str, code: &str, extents: [u32; 3], what: &str, difference: &str) -> String {
        let mut report =
            format!("{what}, extents {extents:?}\n{difference}\n\n// rank {}\n{text}\n", self.rank);
        // A string takes everything.
        for (buffer, floats) in self.gpu.interface().buffers.iter().zip(&self.initial) {
            writeln!(report, "{} {:?}: {floats:?}", buffer.name, buffer.size).ok();
        }
        writeln!(report, "uniforms: {:?}\n\nthe code:\n{code}", self.uniforms).ok();
        report
    }
}

/// Whether two numbers are equal, or near enough; NaN agrees with NaN.
fn agree(expected: f32, actual: f32, tolerance: f32) -> bool {
    let near = (expected - actual).abs() <= tolerance * expected.abs().max(1.0);
    expected == actual || near || (expected.is_nan() && actual.is_nan())
}

/// Odd sizes, and some that stick out of the buffers.
fn extents(rank: usize) -> [[u32; 3]; 2] {
    match rank {
        1 => [[37, 1, 1], [70, 1, 1]],
        2 => [[5, 9, 1], [13, 11, 1]],
        _ => [[6, 5, 4], [3, 7, 5]],
    }
}

async fn open(rank: usize) -> Result<GpuInterface, Error> {
    let builder = GpuInterface::builder()
        .zeros::<f32>("ints", 19)
        .zeros::<[f32; 2]>("grid", [5, 7])
        .zeros::<[f32; 3]>("cube", [3, 4, 5])
        .zeros::<[f32; 4]>("quads", 11);
    let builder = match rank {
        1 => builder.zeros::<f32>("out", 67).zeros::<f32>("own", [67, 5]).zeros::<[f32; 2]>("vectors", 67),
        2 => builder
            .zeros::<f32>("out", [12, 10])
            .zeros::<f32>("own", [12, 10, 5])
            .zeros::<[f32; 3]>("vectors", [12, 10]),
        _ => builder
            .zeros::<f32>("out", [6, 5, 4])
            .zeros::<f32>("own", [6, 5, 16])
            .zeros::<[f32; 4]>("vectors", [6, 5, 4]),
    };
    let builder = match rank {
        1 => builder.zeros::<f32>("floats", 67),
        2 => builder.zeros::<f32>("floats", [12, 10]),
        _ => builder.zeros::<f32>("floats", [6, 5, 4]),
    };
    let gpu = builder
        .uniform("count", 7.0)
        .uniform("flag", true)
        .uniform("scale", 0.75)
        .uniform("two", [3.0, -4.0])
        .uniform("three", [1.0, -2.0, 5.0])
        .uniform("four", [-7.0, 2.0, 0.0, 9.0])
        .canvas(40, 26)
        .seed(SEED)
        .build()?
        .initialize()
        .await?;
    let buffers = gpu.interface().buffers.iter().enumerate();
    for (which, buffer) in buffers.take(READ_ONLY) {
        gpu.write_buffer(&buffer.name, contents(which, buffer))?;
    }
    Ok(gpu)
}

/// Small integers of both signs; quarters in `floats`.
fn contents(which: usize, buffer: &artifact::BufferDescription) -> Vec<f32> {
    let range = if ["ints", "out"].contains(&&*buffer.name) { 1021 } else { 9 };
    let number = |place: u64| (place * 37 + which as u64 * 5) % (2 * range - 1);
    let signed = |place| number(place) as f32 - (range - 1) as f32;
    let scale = if buffer.name == "floats" { 0.25 } else { 1.0 };
    let is_padding = |place: u64| buffer.element == artifact::ElementType::Vec3 && place % 4 == 3;
    let float = |place| if is_padding(place) { 0.0 } else { signed(place) * scale };
    (0..buffer.element_count() * buffer.element.slots() as u64).map(float).collect()
}

/// The random key of a run, as the runtime documents it: two words of splitmix64.
fn key(run: u64) -> [u32; 2] {
    let mut z = SEED.wrapping_add(run.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    [z as u32, (z >> 32) as u32]
}
