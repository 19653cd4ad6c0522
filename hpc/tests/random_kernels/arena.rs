//! Where kernels run: an interface on the device at hand, and the same for the judge and for the interpreter.

use std::fmt::{self, Write};

use artifact::Code;
use compiler::analysis::loop_ends;
use compiler::ir::StatementKind;
use compiler::pipeline::{middle_end, wgsl_ir};
use compiler::transform::variants::Variants;
use hpc::{Error, GpuInterface, Kernel, UniformValue};
use interpreter::{Memory, Run};

use crate::compare::{Compared, difference};
use crate::counts::Counts;
use crate::inputs::{self, READ, Values, uniforms};
use crate::judge::{Input, Judge, Uniform, Verdict};

/// More than any drawn kernel takes.
const FUEL: u64 = 50_000_000;
/// The seed of the interface's random numbers.
const SEED: u64 = 0;

/// A kernel to be judged.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) rank: usize,
    /// Whether uniforms may be fractions: then it makes integers of them before it computes with them.
    pub(crate) has_fractions: bool,
    pub(crate) text: String,
    /// Whether the interpreter of the IR is asked too. Then the kernel is compiled twice.
    pub(crate) is_interpreted: bool,
}

impl fmt::Display for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fractions = if self.has_fractions { ", fractions" } else { "" };
        write!(formatter, "// rank {}{fractions}\n{}", self.rank, self.text)
    }
}

/// An interface for kernels of one rank.
pub(crate) struct Arena {
    rank: usize,
    gpu: GpuInterface,
    /// The judge's number for it.
    judged: usize,
    /// What each buffer holds before each run.
    initial: Memory,
    /// What has been painted.
    pixels: Vec<u32>,
    /// How many runs there were, which the random keys depend on.
    runs: u64,
}

impl Arena {
    pub(crate) fn open(rank: usize, judge: &mut Judge) -> Self {
        let gpu = pollster::block_on(open(rank)).unwrap_or_else(|error| panic!("no device: {error}"));
        let initial = inputs::memory(gpu.interface());
        let judged = judge.open(gpu.interface(), &initial);
        for (buffer, bytes) in gpu.interface().buffers.iter().zip(&initial.buffers) {
            gpu.write_bytes(&buffer.name, &bytes[..])
                .unwrap_or_else(|error| panic!("{}: {error}", buffer.name));
        }
        let pixels = initial.pixels.clone();
        Self { rank, gpu, judged, initial, pixels, runs: 0 }
    }

    /// Runs a kernel a few times, on the device and as plain JavaScript, and once on the interpreter, if it is asked.
    ///
    /// Everything that was seen, if they differ.
    pub(crate) fn check(&mut self, judge: &mut Judge, case: &Case) -> Result<Counts, String> {
        let inputs = self.inputs(case);
        let written: Vec<usize> = self.written(&case.text);
        let names: Vec<&str> =
            written.iter().map(|&buffer| &*self.gpu.interface().buffers[buffer].name).collect();
        // It works while the kernel is compiled.
        judge.ask(self.judged, &case.text, &names, &inputs);
        let ran = self.run_all(case, &inputs, &written);
        let verdicts = judge.answer(inputs.len(), written.len());
        let (ran, verdicts) =
            (ran?, verdicts.map_err(|why| format!("plain JavaScript {why}\n\n{}", case.text))?);

        let mut compared = Compared::default();
        let mut differ = |found: &Memory, pixels: &[u32], verdict: &Verdict| {
            difference(self.gpu.interface(), &written, verdict, (found, pixels), &mut compared)
        };
        let texts = ran
            .variants
            .iter()
            .flat_map(|variants| texts(variants, &inputs[0]).map(move |text| (variants, text)));
        for (variants, (kernel, what)) in texts {
            let stopped = |stopped| format!("{stopped}\n{case}");
            let found = self.interpret(kernel, variants, &inputs[0], what == "common").map_err(stopped)?;
            if let Some(difference) = differ(&found, &self.initial.pixels, &verdicts[0]) {
                let code = compiler::ir::print(kernel, Some(self.gpu.interface()));
                return Err(self.report(
                    case,
                    &inputs[0],
                    &format!("interpreted, the {what} text differs"),
                    &difference,
                    &code,
                ));
            }
        }
        for ((input, (found, pixels)), verdict) in inputs.iter().zip(&ran.found).zip(&verdicts) {
            if let Some(difference) = differ(found, pixels, verdict) {
                return Err(self.report(case, input, "the device differs", &difference, ran.kernel.source()));
            }
        }
        Ok(Counts { compared, ..ran.counts(&inputs) })
    }

    /// Whether doubles are computed with, in a text that has a mistake or not.
    pub(crate) fn is_wide(&self, text: &str) -> bool {
        middle_end(text, self.gpu.interface()).is_ok_and(|variants| !variants.wide.is_empty())
    }

    /// What a kernel is run with.
    fn inputs(&self, case: &Case) -> Vec<Input> {
        let [first, second, single] = inputs::extents(self.rank);
        let runs = match (case.text.contains("uniforms."), case.has_fractions) {
            (false, _) => vec![(first, Values::Small), (second, Values::Small)],
            (true, false) => vec![(first, Values::Small), (second, Values::Large), (single, Values::Odd)],
            (true, true) => vec![
                (first, Values::Small),
                (second, Values::Fractions),
                (single, Values::Large),
                (single, Values::Odd),
            ],
        };
        let input = |(run, (extents, values))| Input {
            extents,
            key: key(self.runs + 1 + run),
            uniforms: uniforms(values),
        };
        (0..).zip(runs).map(input).collect()
    }

    /// The buffers that a kernel could write to.
    fn written(&self, text: &str) -> Vec<usize> {
        let buffers = self.gpu.interface().buffers.iter().enumerate().skip(READ.len());
        buffers
            .filter(|(_, buffer)| text.contains(&format!("buffers.{}[", buffer.name)))
            .map(|(at, _)| at)
            .collect()
    }

    /// Compiles a kernel and runs it on the device.
    fn run_all(&mut self, case: &Case, inputs: &[Input], written: &[usize]) -> Result<Ran, String> {
        let text = &case.text;
        let variants = case.is_interpreted.then(|| middle_end(text, self.gpu.interface())).transpose();
        let variants =
            variants.map_err(|mistakes| format!("the kernel does not compile: {mistakes:#?}\n\n{text}"))?;
        let kernel = pollster::block_on(self.gpu.create_kernel(text))
            .map_err(|error| format!("the device has no such kernel: {error}\n\n{text}"))?;
        let mut found = Vec::new();
        for input in inputs {
            self.runs += 1;
            let paints = text.contains("setPixel");
            let before = self.pixels.clone();
            let memory = pollster::block_on(self.run(&kernel, input, written, paints))
                .map_err(|error| format!("the device cannot run the kernel: {error}\n\n{text}"))?;
            found.push((memory, before));
        }
        Ok(Ran { variants, kernel, found })
    }

    async fn run(
        &mut self,
        kernel: &Kernel,
        input: &Input,
        written: &[usize],
        paints: bool,
    ) -> Result<Memory, Error> {
        let mut memory = self.initial.clone();
        let name = |buffer: usize| &*self.gpu.interface().buffers[buffer].name;
        for &buffer in written {
            self.gpu.write_bytes(name(buffer), &memory.buffers[buffer][..])?;
        }
        let values = input.uniforms.iter().map(|uniform| (uniform.name, value(uniform)));
        self.gpu.set_uniforms(values)?;
        kernel.run(input.extents)?;
        let reads: Vec<_> = written.iter().map(|&buffer| self.gpu.read_bytes(name(buffer), ..)).collect();
        for (&buffer, read) in written.iter().zip(reads) {
            memory.buffers[buffer] = read.await?.to_vec();
        }
        if paints {
            self.gpu.update_canvas()?;
            let rgba = self.gpu.canvas()?.await?.rgba;
            let pixels = rgba.as_chunks::<4>().0.iter();
            self.pixels =
                pixels.map(|&[red, green, blue, _]| u32::from_le_bytes([red, green, blue, 0])).collect();
        }
        memory.pixels = self.pixels.clone();
        Ok(memory)
    }

    fn interpret(
        &self,
        kernel: &compiler::ir::Kernel,
        variants: &Variants,
        input: &Input,
        common: bool,
    ) -> Result<Memory, String> {
        let mut memory = self.initial.clone();
        let interface = self.gpu.interface();
        let kernel = &wgsl_ir(kernel.clone(), interface).map_err(|broken| format!("{broken:?}"))?;
        let uniforms = &input.numbers()[..];
        let in_range: &[_] = if common { &variants.in_range } else { &[] };
        let run =
            Run { kernel, interface, uniforms, extents: input.extents, in_range, key: input.key, fuel: FUEL };
        interpreter::run(&run, &mut memory).map_err(|stopped| stopped.to_string())?;
        Ok(memory)
    }

    fn report(&self, case: &Case, input: &Input, what: &str, difference: &str, code: &str) -> String {
        let text = &case.text;
        let mut report =
            format!("{what}: {difference}\n\n{case}\nover {:?}, key {:?}", input.extents, input.key);
        // A string takes everything.
        for Uniform { name, numbers, .. } in
            input.uniforms.iter().filter(|uniform| text.contains(&format!("uniforms.{}", uniform.name)))
        {
            write!(report, "\nuniform {name}: {numbers:?}").ok();
        }
        for (which, buffer) in self.gpu.interface().buffers.iter().enumerate() {
            if text.contains(&format!("buffers.{}[", buffer.name)) {
                let numbers = self.initial.numbers(self.gpu.interface(), which);
                let numbers = &numbers[..numbers.len().min(40)];
                write!(
                    report,
                    "\n{} {:?} of {}: {numbers:?}",
                    buffer.name,
                    buffer.size,
                    buffer.element.name()
                )
                .ok();
            }
        }
        format!("{report}\n\nthe code:\n{code}")
    }
}

/// A compiled kernel, and what it left on the device after each run, with the pixels before.
struct Ran {
    /// If the interpreter is asked.
    variants: Option<Variants>,
    kernel: Kernel,
    found: Vec<(Memory, Vec<u32>)>,
}

impl Ran {
    fn counts(&self, inputs: &[Input]) -> Counts {
        let mut counts = Counts { kernels: 1, runs: inputs.len(), ..Counts::default() };
        if let Some(variants) = &self.variants {
            counts.interpreted += 1;
            for function in variants.common.all_functions() {
                function.body.walk(&mut |statement| {
                    if matches!(statement.kind, StatementKind::Loop { .. }) {
                        counts.loops += 1;
                        counts.proved += usize::from(loop_ends(function, statement));
                    }
                });
            }
        }
        let artifact = self.kernel.artifact();
        let has_two = match &artifact.code {
            Code::Wgsl(wgsl) => wgsl.general.is_some(),
            Code::Wasm(wasm) => wasm.general.is_some(),
        };
        let mut takes = inputs.iter().map(|input| input.meets(&artifact.common));
        let first = takes.next();
        counts.two_texts = usize::from(has_two && takes.any(|takes| Some(takes) != first));
        counts
    }
}

/// The texts that are right for a run.
fn texts<'v>(
    variants: &'v Variants,
    input: &Input,
) -> impl Iterator<Item = (&'v compiler::ir::Kernel, &'static str)> {
    let Variants { common, conditions, general, .. } = variants;
    let common = input.meets(conditions).then_some((common, "common"));
    common.into_iter().chain(general.iter().map(|general| (general, "general")))
}

impl Input {
    fn numbers(&self) -> Vec<Vec<f64>> {
        self.uniforms.iter().map(|uniform| uniform.numbers.clone()).collect()
    }

    fn meets(&self, conditions: &artifact::Conditions) -> bool {
        conditions.hold(self.extents, |uniform| &self.uniforms[uniform].numbers)
    }
}

fn value(uniform: &Uniform) -> UniformValue {
    let value = UniformValue::of(uniform.ty, &uniform.numbers);
    value.unwrap_or_else(|| panic!("{} is no {}", uniform.name, uniform.ty))
}

async fn open(rank: usize) -> Result<GpuInterface, Error> {
    let mut builder = GpuInterface::builder();
    for buffer in inputs::buffers(rank) {
        builder = builder.packed(buffer, None);
    }
    // The first values tell whether integers are to be expected.
    let values = if rank == 2 { Values::Fractions } else { Values::Small };
    for uniform in uniforms(values) {
        builder = builder.uniform(uniform.name, value(&uniform));
    }
    builder.canvas(40, 26).seed(SEED).build()?.initialize().await
}

/// The random key of a run, as the runtime documents it: two words of splitmix64.
fn key(run: u64) -> [u32; 2] {
    let mut z = SEED.wrapping_add(run.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^= z >> 31;
    [z as u32, (z >> 32) as u32]
}
