//! Does in Rust what a trace says, with the public API alone.

use std::collections::HashMap;
use std::fmt;

use hpc::{
    AdapterInfo, Backend, Builder, Component, ElementType, Error, GpuInterface, Kernel, ReadBytes, ReadImage,
    UniformValue,
};

use traces::{
    Buffer, Call, Case, Data, Difference, Expected, Interface, Number, Step, Uniform, compare, doubles,
    singles,
};

use elements::{components, elements, with_type};

// The demo has this file, too.
#[path = "elements.rs"]
mod elements;

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
    /// And what its elements are.
    Buffer(ReadBytes, ElementType),
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
            Call::SetUniforms { values } => {
                let values = values.iter().map(|uniform| Some((&*uniform.name, value(uniform)?)));
                let Some(values) = values.collect::<Option<Vec<_>>>() else {
                    return Ok(Outcome::Inexpressible);
                };
                gpu.set_uniforms(values)?;
            }
            Call::WriteBuffer { name, data } => return write(gpu, name, data),
            Call::CopyBuffer { from, to } => gpu.copy_buffer(from, to)?,
            Call::ReadBuffer { name, expected } => {
                let read = gpu.read_bytes(name, ..);
                match (expected, element_of(gpu, name)) {
                    (Some(expected), Some(element)) => {
                        return Ok(Outcome::Reading(Read::Buffer(read, element), expected.clone()));
                    }
                    _ => drop(read.await?),
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
    let (values, tolerance) = (&expected.values, &expected.tolerance);
    let (element, numbers) = match read {
        Read::Buffer(read, element) => (element, components(element, &read.await?)),
        Read::Canvas(read) => (ElementType::U8, components(ElementType::U8, &read.await?.rgba)),
    };
    if element.component() != Component::F32 {
        return Ok(compare(&doubles(values), &numbers, tolerance));
    }
    let floats: Vec<f32> = numbers.into_iter().map(|number| number as f32).collect();
    Ok(compare(&singles(values), &floats, tolerance))
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
        let value = value(uniform);
        let value = value.unwrap_or_else(|| panic!("{} is a uniform of {}", uniform.name, uniform.ty));
        builder = builder.uniform(&uniform.name, value);
    }
    if let Some([width, height]) = interface.canvas {
        builder = builder.canvas(width, height);
    }
    builder.build()?.initialize().await
}

fn declare(builder: Builder, buffer: &Buffer, size: impl hpc::BufferSize) -> Builder {
    let (name, numbers) = (&buffer.name, doubles(&buffer.data));
    let element = ElementType::from_name(&buffer.ty);
    with_type!(element.unwrap_or_else(|| panic!("{name} is a buffer of {}", buffer.ty)), E => {
        if numbers.is_empty() { builder.zeros::<E>(name, size) } else { builder.buffer(name, size, elements::<E>(&numbers)) }
    })
}

/// Data of the wrong shape but the right length cannot be written down in Rust, nor can mixed data.
fn write(gpu: &GpuInterface, name: &str, data: &Data) -> Result<Outcome, Error> {
    let interface = gpu.interface();
    let rank = interface.buffer_index(name).map(|index| interface.buffers[index].size.len());
    let has_shape = data.shape.as_ref().is_some_and(|shape| rank.is_none_or(|rank| rank == shape.len()));
    let Some(given) = ElementType::from_name(&data.ty).filter(|_| has_shape) else {
        return Ok(Outcome::Inexpressible);
    };
    // JavaScript's numbers go into scalars of any type; in Rust they are such.
    let takes_numbers = |buffer: &ElementType| buffer.components() == 1 && *buffer != ElementType::Boolean;
    let scalar = element_of(gpu, name).filter(takes_numbers).filter(|_| given == ElementType::Number);
    let numbers = doubles(&data.components);
    with_type!(scalar.unwrap_or(given), E => gpu.write_buffer(name, elements::<E>(&numbers))?);
    Ok(Outcome::Done)
}

fn element_of(gpu: &GpuInterface, buffer: &str) -> Option<ElementType> {
    let interface = gpu.interface();
    interface.buffer_index(buffer).map(|index| interface.buffers[index].element)
}

/// The value of a uniform, if there can be such.
fn value(uniform: &Uniform) -> Option<UniformValue> {
    UniformValue::of(&uniform.ty, &doubles(&uniform.value))
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
