//! Replays the programs of `tests/conformance/` on the interpreter and compares every read with the oracle's.
//!
//! So the judge is judged: the oracle calls kernels as the JavaScript functions they are. Calls that must be refused are left
//! out, as the interpreter has no API that could refuse them. `HPC_CASE` runs only the cases whose name contains one of its words.

use std::collections::HashMap;
use std::process::ExitCode;

use artifact::{BufferDescription, CanvasSize, ElementType, UniformDescription, UniformType};
use compiler::ir::Kernel;
use compiler::pipeline::{middle_end, wgsl_ir};
use compiler::transform::variants::Variants;
use interpreter::{Memory, Run, Stopped, Value};
use traces::{Call, Case, Expected, Interface, Number, Step, Uniform, compare, singles};

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
    uniforms: Vec<Value>,
    /// The picture that was last shown, in RGBA; transparent before the first time.
    shown: Vec<u8>,
    kernels: HashMap<String, Compiled>,
    runs: u32,
}

/// The texts of a kernel, each with the extents that its marks of indices are for.
struct Compiled {
    common: (Kernel, Option<[u32; 3]>),
    max_extent: u32,
    beyond: Option<(Kernel, Option<[u32; 3]>)>,
}

impl Session {
    fn new(described: &Interface) -> Self {
        let interface = interface(described);
        let mut memory = Memory::new(&interface);
        for (position, buffer) in described.buffers.iter().enumerate().filter(|(_, b)| !b.data.is_empty()) {
            memory.buffers[position] = padded(&buffer.ty, &singles(&buffer.data));
        }
        let uniforms = described.uniforms.iter().map(value).collect();
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
                    self.uniforms[position.expect("a uniform of the interface")] = value(uniform);
                }
            }
            Call::WriteBuffer { name, data } => {
                let position = self.buffer(name);
                self.memory.buffers[position] = padded(&data.ty, &singles(&data.components));
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
                return check(expected, &self.memory.buffers[self.buffer(name)]);
            }
            Call::ReadCanvas { expected: Some(expected) } => {
                let bytes: Vec<f32> = self.shown.iter().copied().map(f32::from).collect();
                return check(expected, &bytes);
            }
            Call::UnmapBuffer {} | Call::ReadBuffer { .. } | Call::ReadCanvas { .. } => {}
        }
        Ok(Outcome::Done)
    }

    fn create_kernel(&mut self, source: &str) -> Result<(), Ending> {
        let failed = |mistakes| Ending::Failed(format!("{mistakes:?}"));
        let marked = |kernel| wgsl_ir(kernel, &self.interface);
        let Variants { common, max_extent, beyond } = middle_end(source, &self.interface).map_err(failed)?;
        let common = marked(common).map_err(failed)?;
        let beyond = beyond.map(marked).transpose().map_err(failed)?;
        self.kernels.insert(source.to_owned(), Compiled { common, max_extent, beyond });
        Ok(())
    }

    fn run(&mut self, source: &str, extents: &[Number], fuel: &mut u64) -> Result<(), Ending> {
        let mut threads = [1; 3];
        for (slot, extent) in threads.iter_mut().zip(extents) {
            *slot = extent.extent().unwrap_or(1);
        }
        let Compiled { common, max_extent, beyond } = &self.kernels[source];
        let is_beyond = threads.iter().any(|extent| extent > max_extent);
        self.runs += 1;
        let (kernel, inside) = beyond.as_ref().filter(|_| is_beyond).unwrap_or(common);
        let run = Run {
            kernel,
            inside: *inside,
            interface: &self.interface,
            uniforms: &self.uniforms,
            extents: threads,
            key: [self.runs, 0],
            fuel: *fuel,
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

fn check(expected: &Expected, actual: &[f32]) -> Result<Outcome, Ending> {
    compare(&singles(&expected.values), actual, &expected.tolerance)
        .map(|()| Outcome::Compared)
        .map_err(|difference| Ending::Failed(difference.to_string()))
}

fn interface(described: &Interface) -> artifact::Interface {
    let buffers = described.buffers.iter().map(|buffer| BufferDescription {
        name: buffer.name.clone(),
        element: ElementType::from_name(&buffer.ty).expect("a trace names types"),
        size: buffer.size.clone(),
    });
    let uniforms = described.uniforms.iter().map(|uniform| UniformDescription {
        name: uniform.name.clone(),
        ty: UniformType::from_name(&uniform.ty).expect("a trace names types"),
    });
    artifact::Interface {
        buffers: buffers.collect(),
        uniforms: uniforms.collect(),
        canvas: described.canvas.map(|[width, height]| CanvasSize { width, height }),
        using_cpu: false,
        packed: Vec::new(),
    }
}

/// The floats of a buffer from the components of its elements.
fn padded(ty: &str, components: &[f32]) -> Vec<f32> {
    match ElementType::from_name(ty).expect("a trace names types") {
        ElementType::Vec3 => {
            let (vectors, _) = components.as_chunks::<3>();
            vectors.iter().flat_map(|&[x, y, z]| [x, y, z, 0.0]).collect()
        }
        _ => components.to_vec(),
    }
}

fn value(uniform: &Uniform) -> Value {
    match (&*uniform.ty, &singles(&uniform.value)[..]) {
        ("boolean", &[x]) => Value::boolean(x != 0.0),
        (_, &[x]) => Value::number(x),
        (_, components) => Value::vector(components),
    }
}
