//! The judge: `judge.mjs` in a process of Node, which runs kernels as plain JavaScript.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use artifact::Interface;
use interpreter::Memory;

/// Most kernels are called a few dozen times: threads that compile and collect beside them cost more than they save.
const NODE: [&str; 2] = ["--single-threaded", "--max-semi-space-size=64"];

/// A process that answers one question after the other. It ends with its input.
pub(crate) struct Judge {
    _process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    interfaces: usize,
}

/// What a kernel is run with, once.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) extents: [u32; 3],
    /// The run's random key.
    pub(crate) key: [u32; 2],
    pub(crate) uniforms: Vec<Uniform>,
}

/// A uniform: its name, the name of its type, and the numbers that it consists of.
#[derive(Clone, Debug)]
pub(crate) struct Uniform {
    pub(crate) name: &'static str,
    pub(crate) ty: &'static str,
    pub(crate) numbers: Vec<f64>,
}

/// What a run leaves behind.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The numbers of each buffer that was asked for.
    pub(crate) buffers: Vec<Vec<f64>>,
    /// Which pixels were painted, `0x00bbggrr`.
    pub(crate) painted: Vec<(usize, u32)>,
}

impl Judge {
    pub(crate) fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/random_kernels/judge.mjs");
        let node =
            Command::new("node").args(NODE).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut process = node.unwrap_or_else(|error| panic!("the judge needs Node: {error}"));
        let (questions, answers) = (process.stdin.take(), process.stdout.take());
        let (Some(questions), Some(answers)) = (questions, answers) else { panic!("the judge has no pipes") };
        Self { _process: process, questions, answers: BufReader::new(answers), interfaces: 0 }
    }

    /// Tells of an interface and of what its buffers hold before each run. Gives its number.
    pub(crate) fn open(&mut self, interface: &Interface, memory: &Memory) -> usize {
        let buffers = interface.buffers.iter().enumerate().map(|(position, buffer)| {
            let (name, ty, size) = (&buffer.name, buffer.element.name(), &buffer.size);
            let numbers = digits(&memory.numbers(interface, position));
            format!(r#"{{"name":"{name}","type":"{ty}","size":{size:?},"numbers":"{numbers}"}}"#)
        });
        let buffers: Vec<String> = buffers.collect();
        let canvas = interface.canvas.map_or([0; 2], |canvas| [canvas.width, canvas.height]);
        self.send(&format!(r#"{{"buffers":[{}],"canvas":{canvas:?}}}"#, buffers.join(",")));
        assert_eq!(self.receive(), "ok");
        self.interfaces += 1;
        self.interfaces - 1
    }

    /// Asks what a kernel leaves in the named buffers; [`Judge::answer`] tells it, later.
    pub(crate) fn ask(&mut self, interface: usize, text: &str, buffers: &[&str], inputs: &[Input]) {
        // Kernels are ASCII, of which Rust's escapes are JSON's.
        let runs: Vec<String> = inputs.iter().map(Input::json).collect();
        let runs = runs.join(",");
        let question = r#"{"interface":"#.to_owned();
        self.send(&format!(
            r#"{question}{interface},"text":{text:?},"buffers":{buffers:?},"runs":[{runs}]}}"#
        ));
    }

    /// What each run of a kernel leaves, or why there is no telling.
    pub(crate) fn answer(&mut self, inputs: usize, buffers: usize) -> Result<Vec<Verdict>, String> {
        let line = self.receive();
        let Some(rest) = line.strip_prefix("ok ") else { return Err(line) };
        let lists: Vec<Vec<f64>> = rest.split(' ').map(numbers).collect();
        assert_eq!(lists.len(), inputs * (buffers + 1));
        let verdicts = lists.chunks(buffers + 1).map(|lists| {
            let painted = lists[buffers].as_chunks::<2>().0.iter();
            let painted = painted.map(|&[place, color]| (place as usize, color as u32)).collect();
            Verdict { buffers: lists[..buffers].to_vec(), painted }
        });
        Ok(verdicts.collect())
    }

    fn send(&mut self, line: &str) {
        writeln!(self.questions, "{line}").unwrap_or_else(|error| panic!("the judge is gone: {error}"));
    }

    fn receive(&mut self) -> String {
        let mut line = String::new();
        match self.answers.read_line(&mut line) {
            Ok(length) if length > 0 => line.trim_end().to_owned(),
            end => panic!("the judge is gone, after {end:?} bytes: was the package built?"),
        }
    }
}

impl Input {
    fn json(&self) -> String {
        let Self { extents, key, uniforms } = self;
        let uniforms = uniforms.iter().map(|Uniform { name, ty, numbers }| {
            format!(r#"{{"name":"{name}","type":"{ty}","numbers":"{}"}}"#, digits(numbers))
        });
        let uniforms: Vec<String> = uniforms.collect();
        format!(r#"{{"extents":{extents:?},"key":{key:?},"uniforms":[{}]}}"#, uniforms.join(","))
    }
}

/// The bytes of doubles, as hexadecimal digits: JSON has no NaN.
fn digits(numbers: &[f64]) -> String {
    numbers.iter().map(|number| format!("{:016x}", number.to_bits().swap_bytes())).collect()
}

fn numbers(digits: &str) -> Vec<f64> {
    let number = |digits: &[u8]| {
        let bits = u64::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
        Some(f64::from_bits(bits.swap_bytes()))
    };
    digits.as_bytes().as_chunks::<16>().0.iter().filter_map(|digits| number(digits)).collect()
}
