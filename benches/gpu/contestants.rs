//! Who is measured in this process, and ours in a second one.

use std::process::Command;

use benches::Outcome;

use crate::device::Device;
use crate::figure::{Figure, Line, RowFigure, Who, parse};
use crate::process::run;
use crate::rate::Method;
use crate::workloads::{Task, Workload};
use crate::{compute, transfers};

/// HPC.js.
pub(crate) fn ours(workload: &Workload, method: Method) -> Vec<Figure> {
    let (size, reference) = (workload.size, &workload.reference);
    let outcome = match workload.task {
        Task::Compute { program, figure, .. } => compute::ours(program(size), reference, method)
            .map(|seconds| vec![(workload.id, figure(size, seconds))]),
        Task::Transfer => transfers::ours(size[0], reference, method),
    };
    figures(workload, Who::Ours, outcome)
}

/// WGSL written by hand, and transfers as wgpu does them.
pub(crate) fn by_hand(device: &Device, workload: &Workload, method: Method) -> Vec<Figure> {
    let (size, reference) = (workload.size, &workload.reference);
    let outcome = match workload.task {
        Task::Compute { shader, figure, .. } => compute::wgsl(device, shader(size), reference, method)
            .map(|seconds| vec![(workload.id, figure(size, seconds))]),
        Task::Transfer => transfers::wgpu(device, size[0], reference, method),
    };
    figures(workload, Who::Wgsl, outcome)
}

/// The device's copy of as many bytes as the workload's result has, where that is what bounds it.
pub(crate) fn copy(device: &Device, workload: &Workload, method: Method) -> Vec<Figure> {
    if !workload.is_bound_by_memory {
        return Vec::new();
    }
    let bytes = 4 * u64::from(workload.reference.count);
    let rate = device.copy_rate(bytes, method);
    figures(workload, Who::Copy, rate.map(|rate| vec![(workload.id, rate)]))
}

/// HPC.js in a process whose large runs are not tuned: it is asked for what this process was asked for.
pub(crate) fn not_tuned(words: &[String], workloads: &[Workload]) -> Vec<Figure> {
    match ask_not_tuned(words) {
        Ok(figures) => figures,
        Err(error) => {
            let failed = |workload| figures(workload, Who::NotTuned, Err(error.clone()));
            workloads.iter().flat_map(failed).collect()
        }
    }
}

fn ask_not_tuned(words: &[String]) -> Outcome<Vec<Figure>> {
    let program = std::env::current_exe().map_err(|error| format!("where is this program? {error}"))?;
    let mut command = Command::new(program);
    command.args(words).arg("--lines").env("HPC_TUNED", "never");
    let ran = run(&mut command);
    if let Some(failure) = ran.failure {
        return Err(failure.message);
    }
    let figure = |line| match line {
        Ok(Line::Figure(figure)) => Some(Ok(figure)),
        // It has compared its results itself.
        Ok(Line::Picked { .. }) => None,
        Err(error) => Some(Err(error)),
    };
    parse(Who::NotTuned, &ran.written).filter_map(figure).collect()
}

/// The figures of a workload's rows; all have failed if one has.
fn figures(workload: &Workload, who: Who, outcome: Outcome<Vec<RowFigure>>) -> Vec<Figure> {
    let figure = |row: &str, value| Figure { who, row: row.to_owned(), variant: "plain".to_owned(), value };
    match outcome {
        Ok(values) => values.into_iter().map(|(row, value)| figure(row, Ok(value))).collect(),
        Err(error) => workload.rows.iter().map(|row| figure(row.id, Err(error.clone()))).collect(),
    }
}
