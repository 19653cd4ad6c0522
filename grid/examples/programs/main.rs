//! The kernels of `examples/grid/` with a host in Rust, and some more that only test: each computes, and rank 0 prints a line that says what
//! came out, as a hash of its bytes.
//!
//!     mpiexec -n 4 target/debug/examples/programs [--plain] [--scale N] [--steps N] [--time] [NAME ...]
//!
//! With `--plain`, on one rank, the same kernels run on an interface without a grid: the judge.

mod host;
mod odd;
mod shown;

use std::process::ExitCode;

use host::{Host, Options, Outcome};

/// A program: its name, and what it computes on a host.
type Program = (&'static str, fn(&Host<'_>) -> Outcome<Vec<u8>>);

const PROGRAMS: &[Program] = &[
    ("heat", shown::heat),
    ("waves", shown::waves),
    ("gray_scott", shown::gray_scott),
    ("lattice_boltzmann", shown::lattice_boltzmann),
    ("stencil", shown::stencil),
    ("tutorial", odd::tutorial),
    ("life", odd::life),
    ("turned", odd::turned),
    ("clamped", odd::clamped),
    ("staggered", odd::staggered),
    ("scattered", odd::scattered),
    ("wide", odd::wide),
    ("line", odd::line),
    ("sums", odd::sums),
    ("given", odd::given),
];

fn main() -> ExitCode {
    hpc_grid::run(|job| -> Outcome<()> {
        let options = Options::from_arguments()?;
        let named =
            |name: &str| options.names.is_empty() || options.names.iter().any(|wanted| wanted == name);
        for (name, program) in PROGRAMS.iter().filter(|(name, _)| named(name)) {
            let begin = std::time::Instant::now();
            let bytes = program(&Host { job, options: &options })?;
            if job.rank() == 0 {
                println!("{name} {:016x}", hash(&bytes));
                if options.time {
                    eprintln!("{name} took {:?}", begin.elapsed());
                }
            }
        }
        Ok(())
    })
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
