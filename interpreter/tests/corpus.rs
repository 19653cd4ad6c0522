//! Replays the programs of `tests/conformance/` on the interpreter and compares every read with the oracle's.
//!
//! So the judge is judged: the oracle calls kernels as the JavaScript functions they are. Calls that must be refused are left
//! out, as the interpreter has no API that could refuse them. `HPC_CASE` runs only the cases whose name contains one of its words.

use std::collections::HashMap;
use std::process::ExitCode;

use artifact::{
    BufferDescription, CanvasSize, Component, ElementType, UniformDescription, UniformType, is_int32,
};
use compiler::pipeline::{middle_end, wgsl_ir};
use compiler::transform::variants::Variants;
use interpreter::{Memory, Run, Stopped};
use traces::{Call, Case, Expected, Interface, Number, Step, compare, doubles, singles};

/// What a case may take, in steps of the interpreter: a few seconds.
const FUEL: u64 = 50_000_000;

fn main() -> ExitCode {
    let words = std::env::var("HPC_CASE").unwrap_or_default();
    let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
    let (mut passed, mut reads, mut failed, mut ignored) = (0, 0, 0, 0);
    for case in traces::record(&words) {
        match replay(&case) {
            Ok(compared) => (passed, reads) = (passed + 1, reads + compared),
            Err(Ending::LeftOut(reason)) => {
                println!("left out {}: {reason}", case.name);
                ignored += 1;
            }
            Err(Ending::Failed(reason)) => {
                println!("FAILED {}: {reason}", case.name);
                failed += 1;
            }
        }
    }
    println!("{reads} reads compared");
    let (word, code) = if failed == 0 { ("ok", ExitCode::SUCCESS) } else { ("FAILED", ExitCode::FAILURE) };
    // The words of Rust's own test runner, so that whoever counts those counts these.
    println!("test result: {word}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured");
    code
}

/// Why a case was not gone through.
enum Ending {
    LeftOut(String),
    Failed(String),
}

/// Performs all calls of a case. Gives the number of reads compared.
fn replay(case: &Case) -> Result<usize, Ending> {
    if !case.backends.iter().any(|backend| backend == "gpu") {
        return Err(Ending::LeftOut("is about the cpu backend".to_owned()));
    }
    let mut sessions: Vec<Session> = case.interfaces.iter().map(Session::new).collect();
    let mut fuel = FUEL;
    let mut reads = 0;
    for (number, step) in case.steps.iter().enumerate().filter(|(_, step)| step.fails.is_none()) {
        let Step { interface, call, .. } = step;
        let outcome = sessions[*interface].perform(call, &mut fuel).map_err(|ending| match ending {
            Ending::Failed(reason) => Ending::Failed(format!("step {number}, {call}: {reason}")),
            left_out => left_out,
        })?;
        reads += usize::from(outcome == Outcome::Compared);
    }
    Ok(reads)
}

#[derive(PartialEq)]
enum Outcome {
    Done,
    Compared,
}

/// An interface with what a device would hold.
struct Session {
    interface: artifact::Interface,
    memory: Memory,
    uniforms: Vec<Vec<f64>>,
    /// The picture that was last shown, in RGBA; transparent before the first time.
    shown: Vec<u8>,
    /// Their indices are marked.
    kernels: HashMap<String, Variants>,
    runs: u32,
}

impl Session {
    fn new(described: &Interface) -> Self {
        let interface = interface(described);
        let mut memory = Memory::new(&interface);
        for (position, buffer) in described.buffers.iter().enumerate().filter(|(_, b)| !b.data.is_empty()) {
            memory.fill(&interface, position, &padded(&buffer.ty, &doubles(&buffer.data)));
        }
        let uniforms = described.uniforms.iter().map(|uniform| doubles(&uniform.value)).collect();
        let shown = vec![0; 4 * memory.pixels.len()];
        Self { interface, memory, uniforms, shown, kernels: HashMap::new(), runs: 0 }
    }

    fn perform(&mut self, call: &Call, fuel: &mut u64) -> Result<Outcome, Ending> {
        match call {
            Call::CreateKernel { source } => self.create_kernel(source)?,
            Call::Run { source, extents } => self.run(source, extents, fuel)?,
            Call::SetUniforms { values } => {
                for uniform in values {
                    let position = self.interface.uniform_index(&uniform.name);
                    self.uniforms[position.expect("a uniform of the interface")] = doubles(&uniform.value);
                }
            }
            Call::WriteBuffer { name, data } => {
                let position = self.buffer(name);
                self.memory.fill(&self.interface, position, &padded(&data.ty, &doubles(&data.components)));
            }
            Call::CopyBuffer { from, to } => {
                let (from, to) = (self.buffer(from), self.buffer(to));
                self.memory.buffers[to] = self.memory.buffers[from].clone();
            }
            Call::UpdateCanvas {} => {
                let opaque = self.memory.pixels.iter().flat_map(|pixel| (pixel | 0xff00_0000).to_le_bytes());
                self.shown = opaque.collect();
            }
            Call::ReadBuffer { name, expected: Some(expected) } => {
                let position = self.buffer(name);
                let element = self.interface.buffers[position].element;
                return check(expected, element.component(), &self.memory.numbers(&self.interface, position));
            }
            Call::ReadCanvas { expected: Some(expected) } => {
                let bytes: Vec<f64> = self.shown.iter().copied().map(f64::from).collect();
                return check(expected, Component::U8, &bytes);
            }
            Call::UnmapBuffer {} | Call::ReadBuffer { .. } | Call::ReadCanvas { .. } => {}
        }
        Ok(Outcome::Done)
    }

    fn create_kernel(&mut self, source: &str) -> Result<(), Ending> {
        let failed = |mistakes| Ending::Failed(format!("{mistakes:?}"));
        let marked = |kernel| wgsl_ir(kernel, &self.interface).map_err(failed);
        let variants = middle_end(source, &self.interface).map_err(failed)?;
        let (common, general) = (marked(variants.common)?, variants.general.map(marked).transpose()?);
        self.kernels.insert(source.to_owned(), Variants { common, general, ..variants });
        Ok(())
    }

    fn run(&mut self, source: &str, extents: &[Number], fuel: &mut u64) -> Result<(), Ending> {
        let mut threads = [1; 3];
        for (slot, extent) in threads.iter_mut().zip(extents) {
            *slot = extent.extent().unwrap_or(1);
        }
        let Variants { common, conditions, in_range, general, .. } = &self.kernels[source];
        self.runs += 1;
        let run = Run {
            kernel: common,
            in_range,
            interface: &self.interface,
            uniforms: &self.uniforms,
            extents: threads,
            key: [self.runs, 0],
            fuel: *fuel,
        };
        let run = match general {
            Some(kernel) if !run.meets(conditions) => Run { kernel, in_range: &[], ..run },
            _ => run,
        };
        *fuel = interpreter::run(&run, &mut self.memory).map_err(|stopped| match stopped {
            Stopped::OutOfFuel => Ending::LeftOut(format!("takes more than {FUEL} steps")),
            Stopped::Broken(_) => Ending::Failed(stopped.to_string()),
        })?;
        Ok(())
    }

    fn buffer(&self, name: &str) -> usize {
        self.interface.buffer_index(name).expect("a buffer of the interface")
    }
}

fn check(expected: &Expected, component: Component, actual: &[f64]) -> Result<Outcome, Ending> {
    let Expected { values, tolerance } = expected;
    let compared = if component == Component::F32 {
        let actual: Vec<f32> = actual.iter().map(|&number| number as f32).collect();
        compare(&singles(values), &actual, tolerance)
    } else {
        compare(&doubles(values), actual, tolerance)
    };
    compared.map(|()| Outcome::Compared).map_err(|difference| Ending::Failed(difference.to_string()))
}

fn interface(described: &Interface) -> artifact::Interface {
    let buffers = described.buffers.iter().map(|buffer| BufferDescription {
        name: buffer.name.clone(),
        element: ElementType::from_name(&buffer.ty).expect("a trace names types"),
        size: buffer.size.clone(),
    });
    let uniforms = described.uniforms.iter().map(|uniform| UniformDescription {
        name: uniform.name.clone(),
        ty: uniform_type(&uniform.ty, uniform.value.len() as u32),
        integral: uniform.value.iter().all(|number| is_int32(number.double())),
    });
    artifact::Interface {
        buffers: buffers.collect(),
        uniforms: uniforms.collect(),
        canvas: described.canvas.map(|[width, height]| CanvasSize { width, height }),
        ..artifact::Interface::default()
    }
}

/// The numbers of a buffer from the components of its elements.
fn padded(ty: &str, components: &[f64]) -> Vec<f64> {
    let element = ElementType::from_name(ty).expect("a trace names types");
    let pad = vec![0.0; element.slots() - element.components()];
    components.chunks(element.components()).flat_map(|vector| [vector, &pad].concat()).collect()
}

fn uniform_type(name: &str, count: u32) -> UniformType {
    let of = |name| ElementType::from_name(name).expect("a trace names types");
    match (name.strip_suffix("[]"), name) {
        (Some("number"), _) => UniformType::Numbers(count),
        (Some("f32"), _) => UniformType::Array(Component::F32, count),
        (Some(element), _) => UniformType::Array(of(element).component(), count),
        (_, "number") => UniformType::Number,
        (_, "boolean") => UniformType::Boolean,
        (_, "vec2") => UniformType::Vec2,
        (_, "vec3") => UniformType::Vec3,
        (_, "vec4") => UniformType::Vec4,
        (_, "vec2i") => UniformType::Vec2i,
        (_, "vec3i") => UniformType::Vec3i,
        (_, "vec4i") => UniformType::Vec4i,
        (_, "vec2u") => UniformType::Vec2u,
        (_, "vec3u") => UniformType::Vec3u,
        (_, "vec4u") => UniformType::Vec4u,
        _ => panic!("{name} is no type of uniforms"),
    }
}
