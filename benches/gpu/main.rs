//! `cargo xtask bench gpu`: the GPU backend beside WGSL written by hand, the device's own copy, CUDA and Taichi, all in one run
//! on one device, all checked to compute the same.
//!
//! As `bench-gpu --peers DIR` it needs no source but the peers', so that it can be taken to a machine without cargo.

mod arguments;
mod compute;
mod contestants;
mod device;
mod figure;
mod peers;
mod process;
mod rate;
mod reference;
mod report;
mod transfers;
mod wgsl;
mod workloads;

use std::process::ExitCode;

use arguments::Arguments;
use benches::Outcome;
use device::Device;
use hpc::{AdapterInfo, Backend, GpuInterface};
use rate::Method;
use report::Report;
use workloads::{ALL, Workload};

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match Arguments::parse(&words).and_then(|arguments| measure(&arguments, &words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Measures the workloads asked for. An error if a contestant fails or any of the results is wrong.
fn measure(arguments: &Arguments, words: &[String]) -> Outcome {
    let method = Method::of(&arguments.common);
    let wanted = ALL.into_iter().filter(|(id, _)| arguments.common.wants(id));
    let workloads: Vec<Workload> = wanted.map(|(_, make)| make(arguments.common.scale)).collect();
    if arguments.only_lines {
        let figures = workloads.iter().flat_map(|workload| contestants::ours(workload, method));
        figures.for_each(|figure| println!("{}", figure.line()));
        return Ok(());
    }
    let adapter = adapter()?;
    let device = Device::open(&adapter)?;
    let mut report = Report::new(&adapter, arguments.common.scale, method);
    for workload in &workloads {
        report.add(contestants::ours(workload, method));
        report.add(contestants::by_hand(&device, workload, method));
        report.add(contestants::copy(&device, workload, method));
    }
    // Its memory is others' now.
    drop(device);
    report.add(contestants::not_tuned(words, &workloads));
    let words = peers::words(method, &workloads);
    report.hear("CUDA", peers::cuda(&arguments.peers, &words), &workloads);
    for backend in ["cuda", "vulkan"] {
        let answer = peers::taichi(&arguments.peers, backend, &words);
        report.hear(&format!("Taichi on {backend}"), answer, &workloads);
    }
    report.finish(&workloads)
}

/// The adapter that HPC.js takes if it must take a GPU.
fn adapter() -> Outcome<AdapterInfo> {
    let blueprint = GpuInterface::builder().backend(Backend::Gpu).build();
    let gpu = blueprint.and_then(|blueprint| pollster::block_on(blueprint.initialize()));
    gpu.map(|gpu| gpu.adapter_info().clone()).map_err(|error| format!("bench: {error}"))
}
