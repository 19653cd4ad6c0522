//! Does in Rust what a trace says, with the public API alone.

use std::collections::HashMap;
use std::fmt;

use hpc::{AdapterInfo, Backend, Builder, Error, GpuInterface, Kernel, ReadBuffer, ReadImage, UniformValue};

use traces::{
    Buffer, Call, Case, Data, Difference, Expected, Interface, Number, Step, Uniform, compare, doubles,
    singles,
};

/// The device that runs the cases.
pub(crate) struct Device {
    info: AdapterInfo,
    backend: Backend,
}

impl Device {
    pub(crate) fn find() -> Self {
        let blueprint = GpuInterface::builder().build().expect("an empty interface is legal");
        let gpu =
            pollster::block_on(blueprint.initialize()).unwrap_or_else(|error| panic!("no device: {error}"));
        Self { info: gpu.adapter_info().clone(), backend: gpu.backend_type() }
    }

    /// Why this device cannot run a case, if it cannot.
    pub(crate) fn cannot_run(&self, case: &Case) -> Option<String> {
        let backend = if self.backend == Backend::Cpu { "cpu" } else { "gpu" };
        if !case.backends.iter().any(|name| name == backend) {
            return Some(format!("is about the {} backend", case.backends.join(" and ")));
        }
        case.judges.get(self.judge()).map(|reason| format!("{} {reason}", self.judge()))
    }

    /// The name by which cases know the driver.
    fn judge(&self) -> &'static str {
        match self.info.name.to_lowercase() {
            name if name.contains("llvmpipe") => "lavapipe",
            name if name.contains("swiftshader") => "swiftshader",
            _ => "device",
        }
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AdapterInfo { name, driver, api, .. } = &self.info;
        write!(formatter, "{name} ({api}, {driver})")
    }
}

/// What a case did.
#[derive(Default)]
pub(crate) struct Passed {
    /// How many reads were compared.
    pub(crate) reads: usize,
    /// How many calls had to be refused and were.
    pub(crate) refusals: usize,
    /// How many calls Rust's types refuse already.
    pub(crate) inexpressible: usize,
}

/// Why a case failed.
pub(crate) struct Failure {
    /// What went wrong, a line each.
    pub(crate) messages: Vec<String>,
    /// The kernels' texts, each with its WGSL.
    pub(crate) kernels: Vec<(String, String)>,
}

impl Failure {
    pub(crate) fn new(message: String) -> Self {
        Self { messages: vec![message], kernels: Vec::new() }
    }
}

/// Performs all calls of a case, then waits for all reads.
pub(crate) async fn replay(case: &Case) -> Result<Passed, Failure> {
    let mut session = Session::default();
    for interface in &case.interfaces {
        let gpu = open(interface).await.map_err(|error| Failure::new(format!("the interface: {error}")))?;
        session.interfaces.push(gpu);
    }
    for (number, step) in case.steps.iter().enumerate() {
        if let Err(error) = session.perform(number, step).await {
            session.messages.push(format!("step {number}, {}: {error}", step.call));
            break;
        }
    }
    session.finish().await
}

#[derive(Default)]
struct Session {
    interfaces: Vec<GpuInterface>,
    kernels: HashMap<(usize, String), Kernel>,
    reads: Vec<(String, Read, Expected)>,
    passed: Passed,
    messages: Vec<String>,
}

enum Read {
    Buffer(ReadBuffer<f32>),
    Canvas(ReadImage),
}

/// What performing a call came to.
enum Outcome {
    Done,
    Reading(Read, Expected),
    /// Rust's types leave no way to write the call.
    Inexpressible,
}

impl Session {
    async fn perform(&mut self, number: usize, step: &Step) -> Result<(), String> {
        match (self.call(step).await, &step.fails) {
            (Ok(Outcome::Inexpressible), _) => self.passed.inexpressible += 1,
            (Ok(Outcome::Done), None) => {}
            (Ok(Outcome::Reading(read, expected)), None) => {
                self.reads.push((format!("step {number}, {}", step.call), read, expected));
            }
            (Err(error), None) => return Err(error.to_string()),
            (Ok(_), Some(reason)) => return Err(format!("it should have been refused: {reason}")),
            (Err(error), Some(reason)) => {
                check_code(&error, reason)?;
                self.passed.refusals += 1;
            }
        }
        Ok(())
    }

    async fn call(&mut self, step: &Step) -> Result<Outcome, Error> {
        let gpu = &self.interfaces[step.interface];
        match &step.call {
            Call::CreateKernel { source } => {
                let kernel = gpu.create_kernel(source).await?;
                self.kernels.insert((step.interface, source.clone()), kernel);
            }
            Call::Run { source, extents } => {
                let kernel = &self.kernels[&(step.interface, source.clone())];
                let Some(extents) = threads(extents) else { return Ok(Outcome::Inexpressible) };
                kernel.run(extents)?;
            }
            Call::SetUniforms { values } => gpu.set_uniforms(values.iter().map(|v| (&*v.name, value(v))))?,
            Call::WriteBuffer { name, data } => return write(gpu, name, data),
            Call::CopyBuffer { from, to } => gpu.copy_buffer(from, to)?,
            Call::ReadBuffer { name, expected } => {
                let read = gpu.read_buffer(name);
                match expected {
                    Some(expected) => return Ok(Outcome::Reading(Read::Buffer(read), expected.clone())),
                    None => drop(read.await?),
                }
            }
            Call::UnmapBuffer {} => return Ok(Outcome::Inexpressible),
            Call::UpdateCanvas {} => gpu.update_canvas()?,
            Call::ReadCanvas { expected } => {
                let read = gpu.canvas()?;
                match expected {
                    Some(expected) => return Ok(Outcome::Reading(Read::Canvas(read), expected.clone())),
                    None => drop(read.await?),
                }
            }
        }
        Ok(Outcome::Done)
    }

    async fn finish(mut self) -> Result<Passed, Failure> {
        for (what, read, expected) in self.reads {
            match receive(read, &expected).await {
                Ok(Ok(())) => self.passed.reads += 1,
                Ok(Err(difference)) => self.messages.push(format!("{what}: {difference}")),
                Err(error) => self.messages.push(format!("{what}: {error}")),
            }
        }
        if self.messages.is_empty() {
            return Ok(self.passed);
        }
        let kernels = self.kernels.into_iter();
        let kernels = kernels.map(|((_, text), kernel)| (text, kernel.source().to_owned())).collect();
        Err(Failure { messages: self.messages, kernels })
    }
}

async fn receive(read: Read, expected: &Expected) -> Result<Result<(), Difference>, Error> {
    let floats = match read {
        Read::Buffer(read) => read.await?,
        Read::Canvas(read) => read.await?.rgba.into_iter().map(f32::from).collect(),
    };
    Ok(compare(&singles(&expected.values), &floats, &expected.tolerance))
}

/// A kernel that must be refused may name the code; whatever else fails must only fail.
fn check_code(error: &Error, reason: &str) -> Result<(), String> {
    let Error::Compile(mistakes) = error else { return Ok(()) };
    let codes: Vec<_> = mistakes.diagnostics().iter().map(|mistake| mistake.code.to_string()).collect();
    if codes.iter().any(|code| code == reason) {
        Ok(())
    } else {
        Err(format!("{codes:?} instead of {reason}"))
    }
}

async fn open(interface: &Interface) -> Result<GpuInterface, Error> {
    let mut builder = GpuInterface::builder();
    for buffer in &interface.buffers {
        builder = match buffer.size[..] {
            [x] => declare(builder, buffer, [x]),
            [x, y] => declare(builder, buffer, [x, y]),
            [x, y, z] => declare(builder, buffer, [x, y, z]),
            _ => panic!("{} has {} extents", buffer.name, buffer.size.len()),
        };
    }
    for uniform in &interface.uniforms {
        builder = builder.uniform(&uniform.name, value(uniform));
    }
    if let Some([width, height]) = interface.canvas {
        builder = builder.canvas(width, height);
    }
    builder.build()?.initialize().await
}

fn declare(builder: Builder, buffer: &Buffer, size: impl hpc::BufferSize) -> Builder {
    let (name, floats) = (&buffer.name, singles(&buffer.data));
    match (&*buffer.ty, floats.is_empty()) {
        ("number", true) => builder.zeros::<f32>(name, size),
        ("vec2", true) => builder.zeros::<[f32; 2]>(name, size),
        ("vec3", true) => builder.zeros::<[f32; 3]>(name, size),
        ("vec4", true) => builder.zeros::<[f32; 4]>(name, size),
        ("number", false) => builder.buffer(name, size, floats),
        ("vec2", false) => builder.buffer(name, size, vectors::<2>(&floats)),
        ("vec3", false) => builder.buffer(name, size, vectors::<3>(&floats)),
        ("vec4", false) => builder.buffer(name, size, vectors::<4>(&floats)),
        (other, _) => panic!("{name} is a buffer of {other}"),
    }
}

/// Data of the wrong shape but the right length cannot be written down in Rust, nor can mixed data.
fn write(gpu: &GpuInterface, name: &str, data: &Data) -> Result<Outcome, Error> {
    let interface = gpu.interface();
    let rank = interface.buffer_index(name).map(|index| interface.buffers[index].size.len());
    let has_shape = data.shape.as_ref().is_some_and(|shape| rank.is_none_or(|rank| rank == shape.len()));
    let floats = singles(&data.components);
    match &*data.ty {
        _ if !has_shape => return Ok(Outcome::Inexpressible),
        "number" => gpu.write_buffer(name, floats)?,
        "vec2" => gpu.write_buffer(name, vectors::<2>(&floats))?,
        "vec3" => gpu.write_buffer(name, vectors::<3>(&floats))?,
        "vec4" => gpu.write_buffer(name, vectors::<4>(&floats))?,
        _ => return Ok(Outcome::Inexpressible),
    }
    Ok(Outcome::Done)
}

fn vectors<const N: usize>(floats: &[f32]) -> Vec<[f32; N]> {
    floats.as_chunks().0.to_vec()
}

fn value(uniform: &Uniform) -> UniformValue {
    let value = UniformValue::of(&uniform.ty, &doubles(&uniform.value));
    value.unwrap_or_else(|| panic!("{} is a uniform of {}", uniform.name, uniform.ty))
}

fn threads(extents: &[Number]) -> Option<[u32; 3]> {
    let mut threads = [1; 3];
    if extents.is_empty() {
        return None;
    }
    for (slot, extent) in threads.iter_mut().zip(extents) {
        let is_left_out = matches!(extent, Number::Text(text) if text == "undefined");
        *slot = if is_left_out { 1 } else { extent.extent()? };
    }
    Some(threads)
}
