//! Finds the programs that run the peers in other languages, and installs those that Python has.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use benches::Outcome;

use super::process::Process;
use crate::contest::Who;

/// Pinned, so that figures can be repeated.
const NUMBA: [&str; 2] = ["numba==0.68.1", "numpy==2.4.6"];
const TAICHI: [&str; 2] = ["taichi==1.7.4", "numpy==2.4.6"];

/// How to start a peer.
pub(crate) struct Peer {
    interpreter: PathBuf,
    script: &'static str,
    options: &'static [&'static str],
}

impl Peer {
    /// Starts it on the workload that `words` say, such as `heat 900 500 100`; also the milliseconds of its first call.
    ///
    /// # Errors
    ///
    /// It does not start.
    pub(crate) fn start(&self, words: &str) -> Outcome<(Process, f64)> {
        let mut command = Command::new(&self.interpreter);
        command.arg(folder().join("cpu/peers").join(self.script)).args(words.split_whitespace());
        command.args(self.options);
        // OpenMP's threads else wait by spinning, which on two cores made each call of Numba's take 8 ms.
        command.env("OMP_WAIT_POLICY", "passive");
        // No compiled Python in the source tree.
        command.env("PYTHONDONTWRITEBYTECODE", "1");
        Process::start(command)
    }
}

/// What is on this machine; for each that is not, why.
pub(crate) struct External {
    javascript: Outcome<Peer>,
    numba_fast: Outcome<Peer>,
    numba: Outcome<Peer>,
    taichi: Outcome<Peer>,
}

impl External {
    /// Looks for Node and Python, and has Python install Numba and Taichi into `target/peers/`, if they are not there.
    pub(crate) fn find() -> Self {
        let node = runs("node").then(|| PathBuf::from("node")).ok_or_else(|| "no Node here".to_owned());
        let python = python();
        let numba = python.clone().and_then(|python| install(python, &NUMBA));
        let taichi = python.and_then(|python| install(python, &TAICHI));
        let peer = |interpreter: Outcome<PathBuf>, script, options| {
            interpreter.map(|interpreter| Peer { interpreter, script, options })
        };
        Self {
            javascript: peer(node, "plain.mjs", &[]),
            numba_fast: peer(numba.clone(), "numba_loops.py", &["--fastmath"]),
            numba: peer(numba, "numba_loops.py", &[]),
            taichi: peer(taichi, "taichi_loops.py", &[]),
        }
    }

    /// How to start `who`, or why it is absent.
    pub(crate) fn peer(&self, who: Who) -> Result<&Peer, &str> {
        let peer = match who {
            Who::JavaScript => &self.javascript,
            Who::NumbaFast => &self.numba_fast,
            Who::Numba => &self.numba,
            Who::Taichi => &self.taichi,
            Who::Ours | Who::OneThread | Who::Rayon => return Err("it is no program of its own"),
        };
        peer.as_ref().map_err(String::as_str)
    }
}

/// The Python of an environment of our own, made if it is not there.
fn python() -> Outcome<PathBuf> {
    let environment = folder().join("../target/peers/python");
    let python = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    if !python.exists() {
        if !runs("python3") {
            return Err("no python3 here".to_owned());
        }
        succeeds(Command::new("python3").args(["-m", "venv"]).arg(&environment))
            .map_err(|error| format!("python3 cannot make an environment: {error}"))?;
    }
    Ok(python)
}

/// Installs packages; what is there already is left as it is, without a look at the network.
fn install(python: PathBuf, packages: &[&str]) -> Outcome<PathBuf> {
    let mut command = Command::new(&python);
    command.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages);
    succeeds(&mut command).map_err(|error| format!("{} cannot be installed: {error}", packages[0]))?;
    Ok(python)
}

fn runs(program: &str) -> bool {
    succeeds(Command::new(program).arg("--version")).is_ok()
}

/// Runs `command` silently; the last line it wrote to say why it failed, if it did.
fn succeeds(command: &mut Command) -> Outcome {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(complaint.trim().lines().next_back().unwrap_or("it does not say why").to_owned())
}

/// The folder of this crate.
fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
