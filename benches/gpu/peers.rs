//! The peers: programs in other languages that do the same workloads and write what they found as lines.
//!
//! They are told how to measure and the sizes: `MILLISECONDS ROUNDS [WORKLOAD SIZE SIZE]...`. One that lacks what it needs on
//! this machine ends with the code 3 and says on its standard error stream what that is.

use std::path::{Path, PathBuf};
use std::process::Command;

use benches::Outcome;

use crate::figure::{Figure, Line, Who, parse};
use crate::process::{Failure, run};
use crate::rate::Method;
use crate::workloads::Workload;

/// The code of a program that lacks something.
const LACKING: i32 = 3;

/// What a peer had to say.
pub(crate) enum Answer {
    /// It takes no part, for this reason.
    Absent(String),
    /// Its lines, until something went wrong.
    Present(Vec<Outcome<Line>>),
}

/// Compiles the CUDA program and runs it.
pub(crate) fn cuda(folder: &Path, words: &[String]) -> Answer {
    let source = match source(folder, "workloads.cu", "nvcc") {
        Ok(source) => source,
        Err(reason) => return Answer::Absent(reason),
    };
    let program = std::env::temp_dir().join(format!("hpc-bench-{}", std::process::id()));
    let mut compiler = Command::new("nvcc");
    compiler.args(["-O3", "-std=c++17", "-arch=native", "-o"]).arg(&program).arg(source);
    let answer = match run(&mut compiler).failure {
        Some(Failure { message, .. }) => Answer::Present(vec![Err(format!("nvcc: {message}"))]),
        None => ask(Who::Cuda, Command::new(&program).args(words)),
    };
    // If it is not there, there is nothing to remove.
    let _ = std::fs::remove_file(program);
    answer
}

/// Runs the Taichi program with one of Taichi's backends.
pub(crate) fn taichi(folder: &Path, backend: &str, words: &[String]) -> Answer {
    let source = match source(folder, "workloads.py", "python3") {
        Ok(source) => source,
        Err(reason) => return Answer::Absent(reason),
    };
    // No compiled Python in the source tree.
    let mut command = Command::new("python3");
    command.arg(source).arg(backend).args(words).env("PYTHONDONTWRITEBYTECODE", "1");
    ask(Who::Taichi, &mut command)
}

/// The text of a peer, if it is there, and what takes it, too; or what is missing.
fn source(folder: &Path, file: &str, program: &str) -> Result<PathBuf, String> {
    let source = folder.join(file);
    if !source.exists() {
        return Err(format!("{} is not there", source.display()));
    }
    let there = Command::new(program).arg("--version").output();
    there.map(|_| source).map_err(|_| format!("no {program} here"))
}

/// What the programs are told.
pub(crate) fn words(method: Method, workloads: &[Workload]) -> Vec<String> {
    let how = [method.at_least.to_string(), method.rounds.to_string()];
    how.into_iter().chain(workloads.iter().flat_map(Workload::words)).collect()
}

/// The variant of CUDA's that is no workload but the device's copy.
const COPY: &str = "memcpy";

/// The figures among `lines`; one whose elements are missing or wrong has failed.
pub(crate) fn checked(lines: Vec<Line>, workloads: &[Workload]) -> Vec<Figure> {
    let (mut figures, mut verdicts) = (Vec::new(), Vec::new());
    for line in lines {
        match line {
            Line::Figure(figure) => figures.push(figure),
            Line::Picked { row, variant, elements } => {
                let workload =
                    workloads.iter().find(|workload| workload.rows.iter().any(|known| known.id == row));
                let verdict = workload.map_or_else(
                    || Err(format!("there is no row {row}")),
                    |workload| workload.reference.check_picked(&elements),
                );
                verdicts.push((row, variant, verdict));
            }
        }
    }
    for figure in &mut figures {
        let verdict =
            verdicts.iter().find(|(row, variant, _)| (row, variant) == (&figure.row, &figure.variant));
        let verdict = verdict.map_or_else(|| Err("it shows no elements".to_owned()), |found| found.2.clone());
        figure.value = verdict.and(figure.value.clone());
        if figure.variant == COPY {
            figure.who = Who::Copy;
        }
    }
    figures
}

fn ask(who: Who, command: &mut Command) -> Answer {
    let ran = run(command);
    match ran.failure {
        Some(Failure { code: Some(LACKING), message }) => Answer::Absent(message),
        failure => {
            let end = failure.map(|failure| Err(failure.message));
            Answer::Present(parse(who, &ran.written).chain(end).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use benches::arguments::Scale;

    use super::*;
    use crate::reference::PICKED;
    use crate::workloads::ALL;

    fn heard(text: &str) -> Vec<Figure> {
        let workloads: Vec<Workload> = ALL.into_iter().map(|(_, make)| make(Scale::Quick)).collect();
        checked(parse(Who::Cuda, text).collect::<Outcome<_>>().unwrap(), &workloads)
    }

    #[test]
    fn a_rate_counts_if_its_elements_are_right() {
        let number =
            |k: u32| 2.0 * benches::input::number(u64::from(k.wrapping_mul(2_654_435_761) % 10_000), 0);
        let elements =
            |factor: f32| -> String { (0..PICKED).map(|k| format!(" {}", factor * number(k))).collect() };
        let [right, wrong] = [elements(1.0), elements(2.0)];
        let figures = heard(&format!(
            "picked W1 scalar{right}\nrate W1 scalar 5\npicked W1 float4{wrong}\nrate W1 float4 6\nrate W1 memcpy 7\n"
        ));
        assert_eq!(figures[0].value, Ok(5.0));
        assert!(figures[1].value.as_ref().unwrap_err().contains("off by more"));
        assert_eq!(
            (figures[2].who, figures[2].value.clone()),
            (Who::Copy, Err("it shows no elements".to_owned()))
        );
    }

    #[test]
    fn elements_of_no_row_or_too_few_are_refused() {
        let figures = heard("picked W19 plain 1\nrate W19 plain 1\npicked W1 plain 1\nrate W1 plain 1\n");
        assert!(figures[0].value.as_ref().unwrap_err().contains("no row W19"));
        assert!(figures[1].value.as_ref().unwrap_err().contains("1 elements, not 1024"));
    }
}
