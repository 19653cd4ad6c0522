//! A contestant that is another process.
//!
//! It is started with the workload's words as arguments, compiles, and then speaks in lines:
//!
//! | we write | it answers |
//! |---|---|
//! | – | `ready MS`: what its first call took, once |
//! | `run` | `ms MS`: what the steps took, from fresh input |
//! | `result` | `floats N`, and N floats of four bytes, little-endian |
//!
//! It ends when its input does. What it has to say to people goes to the standard error stream.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use benches::Outcome;

use crate::contest::Contestant;

/// The process and the two ends we hold.
pub(crate) struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    /// Starts `command`; also the milliseconds of its first call.
    ///
    /// # Errors
    ///
    /// It does not start, or says something else than that it is ready.
    pub(crate) fn start(mut command: Command) -> Outcome<(Self, f64)> {
        let shown = format!("{command:?}");
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| format!("{shown} does not start: {error}"))?;
        let (input, output) =
            child.stdin.take().zip(child.stdout.take()).ok_or_else(|| format!("{shown} has no pipes"))?;
        let mut process = Self { child, input, output: BufReader::new(output) };
        let first_call = process.number("ready").map_err(|error| format!("{shown}: {error}"))?;
        Ok((process, first_call))
    }

    fn ask(&mut self, question: &str) -> Outcome {
        writeln!(self.input, "{question}").map_err(|error| format!("it takes no questions: {error}"))
    }

    /// The number in its next line, which must start with `word`.
    fn number(&mut self, word: &str) -> Outcome<f64> {
        let mut line = String::new();
        self.output.read_line(&mut line).map_err(|error| format!("it does not answer: {error}"))?;
        let number = line.trim().strip_prefix(word).and_then(|rest| rest.trim().parse().ok());
        number.ok_or_else(|| format!("it should say `{word}` and a number, but says `{}`", line.trim()))
    }
}

impl Contestant for Process {
    fn run(&mut self) -> Outcome<f64> {
        self.ask("run")?;
        self.number("ms")
    }

    fn result(&mut self) -> Outcome<Vec<f32>> {
        self.ask("result")?;
        let mut bytes = vec![0; self.number("floats")? as usize * 4];
        self.output.read_exact(&mut bytes).map_err(|error| format!("its result is cut off: {error}"))?;
        Ok(bytes.as_chunks().0.iter().map(|&float| f32::from_le_bytes(float)).collect())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing to do then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn start(script: &str) -> Outcome<(Process, f64)> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Process::start(command)
    }

    #[test]
    fn a_process_answers() {
        let script = r"echo ready 1.5; read word; echo ms 2.5; read word; echo floats 2; printf '\0\0\200\077\0\0\0\100'";
        let (mut process, first_call) = start(script).unwrap();
        assert_eq!(first_call, 1.5);
        assert_eq!(process.run(), Ok(2.5));
        assert_eq!(process.result(), Ok(vec![1.0, 2.0]));
        assert!(process.run().is_err(), "it has ended");
    }

    #[test]
    fn a_process_that_says_something_else_is_refused() {
        let error = start("echo no such module").err().unwrap();
        assert!(error.contains("says `no such module`"), "{error}");
        assert!(start("exit 1").is_err());
    }
}
