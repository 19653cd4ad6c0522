//! What can be wrong with a grid.

use crate::parts::DIMENSIONS;

/// What is wrong, and how to mend it.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// What HPC.js itself refuses.
    #[error(transparent)]
    Hpc(#[from] hpc::Error),
    /// The process grid that was asked for has another number of ranks.
    #[error("{size} ranks do not form a process grid of [{}]; start as many as these multiply to, or leave some to be found", named(*.processes))]
    Processes {
        /// What was asked for, 0 for what is found.
        processes: [u32; DIMENSIONS],
        /// How many ranks there are.
        size: u32,
    },
    /// A rank would own fewer elements than its neighbour needs of it.
    #[error(
        "a grid of {extents:?} is too small for {size} ranks: each needs as many elements as its halo of {halo} is wide along each dimension that is split; start fewer ranks, or make it larger"
    )]
    TooSmall {
        /// The elements along each dimension that is split.
        extents: Vec<u32>,
        /// The widest halo.
        halo: u32,
        /// How many ranks there are.
        size: u32,
    },
    /// There are several ranks and nothing to share.
    #[error("{size} ranks have nothing to share: no buffer is split; give one `split`, or start one rank")]
    NothingSplit {
        /// How many ranks there are.
        size: u32,
    },
    /// A buffer cannot be split like this.
    #[error("the buffer \"{name}\" cannot be split: {reason}")]
    Split {
        /// Which buffer.
        name: String,
        /// Why, and what to do.
        reason: String,
    },
    /// There is no such buffer.
    #[error("there is no buffer \"{name}\"; {}", known(.declared))]
    UnknownBuffer {
        /// What was asked for.
        name: String,
        /// What there is.
        declared: Vec<String>,
    },
    /// The buffer is not what the call is for.
    #[error("{call} is for buffers {what}, and \"{name}\" is not one; {mend}")]
    NotFor {
        /// The call.
        call: &'static str,
        /// What kind of buffers it is for.
        what: &'static str,
        /// The buffer.
        name: String,
        /// What to call.
        mend: &'static str,
    },
    /// A name is taken by the grid itself.
    #[error("names may not start with `rank$`, as \"{name}\" does; choose another")]
    ReservedName {
        /// The name.
        name: String,
    },
    /// Elements are of another type than the buffer.
    #[error("the buffer \"{name}\" holds {expected}, and not {given}")]
    ElementType {
        /// Which buffer.
        name: String,
        /// What it holds.
        expected: &'static str,
        /// What was given.
        given: &'static str,
    },
    /// There are fewer or more elements than the whole buffer has.
    #[error(
        "the buffer \"{name}\" of size {size:?} holds {expected} bytes, and {given} were given; each rank gives the contents of the whole buffer"
    )]
    Length {
        /// Which buffer.
        name: String,
        /// Its size.
        size: Vec<u32>,
        /// How many bytes it holds.
        expected: u64,
        /// How many were given.
        given: u64,
    },
    /// A run has more threads than the grid has elements.
    #[error(
        "a run over {extent} threads along {axis} is larger than the grid, which has {limit} elements there; run it over at most that many"
    )]
    Extent {
        /// The axis of thread ids.
        axis: &'static str,
        /// How many were asked for.
        extent: u32,
        /// How many there are.
        limit: u32,
    },
    /// A kernel read an element that the rank does not have, while it was looked for.
    #[error(
        "a kernel reads {name}{}, beyond the halo of {halo} around what this rank owns ({}); give the buffer a wider halo, or read nearer to the thread's own element",
        .index.iter().map(|index| format!("[{index}]")).collect::<String>(),
        .own.iter().map(|own| format!("{own:?}")).collect::<Vec<_>>().join(" x ")
    )]
    Beyond {
        /// Which buffer.
        name: String,
        /// The element, in the whole buffer.
        index: Vec<u32>,
        /// How wide the halo is.
        halo: u32,
        /// What the rank owns along each dimension.
        own: Vec<std::ops::Range<u32>>,
    },
    /// Ranks do not do the same.
    #[error(
        "{what} differs between ranks: rank {rank} has in line {line}\n    {theirs}\nwhere rank 0 has\n    {ours}\nAll ranks run the same program on the same data; give each the same"
    )]
    Differs {
        /// What they should have in common.
        what: &'static str,
        /// The first rank that has another one.
        rank: i32,
        /// The first line that differs.
        line: usize,
        /// That line.
        theirs: String,
        /// That of rank 0.
        ours: String,
    },
    /// A value cannot be reduced like this.
    #[error("\"{name}\" cannot be reduced: {reason}")]
    Reduce {
        /// Which buffer.
        name: String,
        /// Why.
        reason: &'static str,
    },
    /// There is no such rank.
    #[error("there is no rank {rank}; there are {size}, from 0 on")]
    Rank {
        /// Which was asked for.
        rank: i32,
        /// How many there are.
        size: i32,
    },
    /// A file could not be written or read.
    #[error("the file {path} cannot be {done}: {reason}")]
    File {
        /// Which file.
        path: String,
        /// Written or read.
        done: &'static str,
        /// Why.
        reason: String,
    },
    /// MPI could not be started.
    #[error("MPI was started before in this process; run one grid program a process")]
    Started,
}

fn named(processes: [u32; DIMENSIONS]) -> String {
    let names = processes.map(|count| if count == 0 { "any".to_owned() } else { count.to_string() });
    names.join(", ")
}

fn known(declared: &[String]) -> String {
    if declared.is_empty() {
        "none was declared".into()
    } else {
        format!("there are {}", declared.join(", "))
    }
}
