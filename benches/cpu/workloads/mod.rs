//! The workloads: each a kernel in the documentation's style, the same as a Rust loop, and what is asked of us.
//!
//! The programs of `benches/cpu/peers/` compute them in other languages, from the same input.

mod blur;
mod bodies;
mod collatz;
mod double;
mod flat_product;
mod hash;
mod heat;
mod julia;
mod product;
mod saxpy;
mod sparse;
mod tiny;

use benches::arguments::Scale;
use benches::compare::Accuracy;
use benches::ours::Program;

use crate::contest::{Contestant, Who};

/// Makes a workload, with its data.
pub(crate) type Make = fn(Scale) -> Workload;

/// All workloads, by the names that they have on the command line.
pub(crate) const ALL: [(&str, Make); 13] = [
    ("W1", saxpy::workload),
    ("W1", double::workload),
    ("W2", heat::tutorial),
    ("W2", heat::large),
    ("W3", julia::workload),
    ("W4", bodies::workload),
    ("W5", product::workload),
    ("W6", tiny::workload),
    ("W8", sparse::workload),
    ("W9", blur::workload),
    ("W10", flat_product::workload),
    ("W11", hash::workload),
    ("W12", collatz::workload),
];

/// A workload: what is asked, and who in this process answers.
pub(crate) struct Workload {
    pub(crate) terms: Terms,
    pub(crate) program: Program,
    /// The Rust loop on one thread, and with rayon.
    pub(crate) loops: [Box<dyn Contestant>; 2],
}

/// What is asked.
pub(crate) struct Terms {
    /// Its name and sizes, such as `W3 Julia 1920×1080`.
    pub(crate) title: String,
    /// The same for the programs in other languages, such as `julia 1920 1080`.
    pub(crate) peer_words: String,
    pub(crate) accuracy: Accuracy,
    /// The target: the first of these whose peer takes part.
    pub(crate) targets: Vec<Target>,
}

/// What our time must not exceed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Target {
    /// So many times the time of a peer.
    Ratio(f64, Who),
    /// So many microseconds for each of some runs.
    RunTime { microseconds: f64, runs: u32 },
}

#[cfg(test)]
mod tests {
    use hpc::Backend;

    use super::*;
    use benches::compare::compare;
    use benches::ours::Ours;

    #[test]
    fn the_loops_of_a_workload_agree() {
        for (id, make) in ALL {
            let Workload { terms, loops: [mut one_thread, mut rayon], .. } = make(Scale::Quick);
            one_thread.run().unwrap();
            // Twice, since each run must start afresh.
            rayon.run().unwrap();
            rayon.run().unwrap();
            let reference = one_thread.result().unwrap();
            assert!(reference.iter().any(|number| *number != 0.0), "{id}: nothing is computed");
            assert!(terms.title.starts_with(id), "{id} is called {}", terms.title);
            compare(&rayon.result().unwrap(), &reference, terms.accuracy).unwrap();
        }
    }

    #[test]
    fn the_kernels_compile_and_doing_nothing_is_no_result() {
        for (id, make) in ALL {
            let Workload { terms, program, loops: [mut one_thread, _] } = make(Scale::Quick);
            let (ours, _) = Ours::open(program, Backend::Noop).unwrap();
            ours.fill().unwrap();
            ours.run(1).unwrap();
            one_thread.run().unwrap();
            let compared = compare(&ours.result().unwrap(), &one_thread.result().unwrap(), terms.accuracy);
            assert!(compared.is_err(), "{id}: what has run no kernel passes");
        }
    }
}
