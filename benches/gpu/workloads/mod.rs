//! The workloads: what each computes, the same as a program of ours and as WGSL written by hand, and what is asked of us.
//!
//! The programs of `benches/gpu/peers/` compute them in other languages, from the same input.

mod blur;
mod bodies;
mod collatz;
mod double;
mod flat_product;
mod hash;
mod heat;
mod histogram;
mod julia;
mod product;
mod scatter;
mod sparse;
mod tiny;
mod transfers;

use benches::arguments::Scale;
use benches::ours::Program;

use crate::reference::Reference;
use crate::wgsl::Shader;

/// Makes a workload; its data is made later.
pub(crate) type Make = fn(Scale) -> Workload;

/// All workloads, by the names that they have on the command line.
pub(crate) const ALL: [(&str, Make); 14] = [
    ("W1", double::workload),
    ("W2", heat::workload),
    ("W3", julia::workload),
    ("W4", bodies::workload),
    ("W5", product::workload),
    ("W6", tiny::workload),
    ("W7", transfers::workload),
    ("W8", sparse::workload),
    ("W9", blur::workload),
    ("W10", flat_product::workload),
    ("W11", hash::workload),
    ("W12", collatz::workload),
    ("W13", histogram::workload),
    ("W14", scatter::workload),
];

/// How large a workload is: one or two numbers, the second one 1 if there is none.
pub(crate) type Size = [u32; 2];

/// A workload.
pub(crate) struct Workload {
    pub(crate) id: &'static str,
    pub(crate) size: Size,
    /// What is measured, each a row of the report.
    pub(crate) rows: Vec<Row>,
    /// Whether no contestant can be faster than the device copies.
    pub(crate) is_bound_by_memory: bool,
    /// What one pass over it gives.
    pub(crate) reference: Reference,
    pub(crate) task: Task,
}

/// A row of the report.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    /// Its name and sizes, such as `W3 Julia 3840×2160`.
    pub(crate) title: String,
    pub(crate) unit: &'static str,
    pub(crate) target: Target,
}

/// What we must reach.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// So many times the rate at which the device copies.
    OfCopy(f64),
    /// So many times the rate of the best peer.
    OfBestPeer(f64),
    /// So many times the rate of CUDA as one writes it.
    OfCuda(f64),
    /// So many times the rate of CUDA with tiles.
    OfTiledCuda(f64),
    /// At most so many times the time of CUDA.
    TimeOfCuda(f64),
    /// Such a rate.
    AtLeast(f64),
}

/// How it is done.
pub(crate) enum Task {
    /// By kernels.
    Compute {
        /// With HPC.js.
        program: fn(Size) -> Program,
        /// In WGSL.
        shader: fn(Size) -> Shader,
        /// What the row shows if a pass takes so many seconds.
        figure: fn(Size, f64) -> f64,
    },
    /// By writing and reading a buffer of so many numbers.
    Transfer,
}

impl Workload {
    /// What the peers are told, such as `W3 3840 2160`.
    pub(crate) fn words(&self) -> [String; 3] {
        let [first, second] = self.size;
        [self.id.to_owned(), first.to_string(), second.to_string()]
    }
}

#[cfg(test)]
mod tests {
    use benches::ours::Ours;
    use hpc::Backend;

    use super::*;
    use crate::compute::output;

    #[test]
    fn the_kernels_compile_and_doing_nothing_is_no_result() {
        for (id, make) in ALL {
            let workload = make(Scale::Quick);
            assert!(workload.rows.iter().all(|row| row.id.starts_with(id) && row.title.starts_with(id)));
            if let Task::Compute { program, .. } = workload.task {
                let program = program(workload.size);
                let shape = program.output;
                let (ours, _) = Ours::open(program, Backend::Noop).unwrap();
                ours.fill().unwrap();
                ours.run(1).unwrap();
                let output = output(&ours, shape).unwrap();
                assert!(workload.reference.check(&output).is_err(), "{id}: what has run no kernel passes");
            }
        }
    }
}
