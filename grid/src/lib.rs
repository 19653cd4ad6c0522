//! HPC.js past one device: the same kernels over all GPUs of a machine, and over the nodes of a cluster, by MPI.
//!
//! `mpiexec` starts one process, a *rank*, for each device. A [`Grid`] is what [`hpc::GpuInterface`] is to one device. Buffers that are
//! *split* along some of their dimensions are shared out: each rank owns a box of their elements, and has a *halo* of copies of what its
//! neighbours own around it. Kernels do not see that: sizes and thread ids are those of the whole, and results are those of one rank.
//!
//! ```no_run
//! use hpc_grid::Grid;
//!
//! fn main() -> std::process::ExitCode {
//!     hpc_grid::run(|job| -> Result<(), hpc_grid::Error> {
//!         let size = [1024, 1024];
//!         let grid = Grid::builder()
//!             .zeros::<f32>("heat", size)
//!             .zeros::<f32>("next", size)
//!             .split("heat", "xy", 1)
//!             .split("next", "xy", 1)
//!             .open(job)?;
//!         let spread = grid.create_kernel(
//!             "inputs => {
//!                 const { heat, next } = inputs.buffers, { x, y } = inputs.threadId;
//!                 next[x][y] = 0.25 * (heat[x - 1][y] + heat[x + 1][y] + heat[x][y - 1] + heat[x][y + 1]);
//!             }",
//!         )?;
//!         for _ in 0..1000 {
//!             spread.run(size)?;
//!             grid.exchange("next")?;
//!             grid.copy_buffer("next", "heat")?;
//!         }
//!         // Rank 0 gets the whole.
//!         if let Some(heat) = grid.gather::<f32>("heat")? {
//!             println!("{}", heat[512 * 1024 + 512]);
//!         }
//!         Ok(())
//!     })
//! }
//! ```
//!
//! # Rules
//!
//! - All ranks make the same calls in the same order, on the same data. What is declared and compiled is compared, and a difference is told at
//!   once; a rank that waits longer than `HPC_GRID_WAIT` seconds (600) for another one ends the job and says for whom it waited.
//! - [`Grid::exchange`] brings the halos of a buffer up to date. It has its place among the calls, like a run. A kernel may read as far
//!   beyond its own elements as the halo is wide; what it certainly reads beyond is an error when it is created.
//! - A rank runs the threads of the elements that it owns, if a kernel writes split buffers at its thread's own index, such as
//!   `next[threadId.x][threadId.y]`. Otherwise all ranks run all threads along that dimension, and each keeps what it owns.
//! - Buffers that are not split are there whole on each rank. What a kernel writes there from split buffers is what the rank's own threads
//!   wrote: [`Grid::all_reduce`] makes one of all.
//! - `Math.random()` draws other numbers on each rank, and so others than on one.

mod boxes;
mod builder;
mod collect;
mod devices;
mod error;
mod exchange;
mod file;
mod grid;
mod job;
mod kernel;
pub mod parts;

pub use builder::GridBuilder;
pub use collect::GridPart;
pub use error::Error;
pub use grid::Grid;
pub use job::{Job, Node, Reduction, run};
pub use kernel::GridKernel;
