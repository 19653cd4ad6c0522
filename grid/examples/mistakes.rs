//! Programs with one mistake each, for `grid/tests/mistakes.rs`: the job must end at once, and say what it was.
//!
//!     mpiexec -n 2 target/debug/examples/mistakes NAME

use std::error::Error;
use std::process::ExitCode;

use hpc_grid::{Grid, GridBuilder, Job};

type Outcome = Result<(), Box<dyn Error>>;

/// A program: its name, and what it does on each rank.
type Mistake = (&'static str, fn(&Job) -> Outcome);

const MISTAKES: &[Mistake] = &[
    ("killed", killed),
    ("fails", fails),
    ("panics", panics),
    ("alone", alone),
    ("sizes", sizes),
    ("texts", texts),
    ("beyond", beyond),
    ("further", further),
    ("small", small),
    ("unsplit", unsplit),
    ("threads", threads),
];

fn main() -> ExitCode {
    hpc_grid::run(|job| {
        let name = std::env::args().nth(1).unwrap_or_default();
        let (_, mistake) =
            MISTAKES.iter().find(|(known, _)| *known == name).ok_or(format!("no mistake {name:?}"))?;
        mistake(job)
    })
}

fn field(size: u32) -> GridBuilder {
    Grid::builder().zeros::<f32>("heat", [size, 8]).split("heat", "x", 1)
}

const SPREAD: &str = "inputs => {
    const { heat } = inputs.buffers, { x, y } = inputs.threadId;
    heat[x][y] = x + y;
}";

/// A rank dies without a word while the others wait for it.
fn killed(job: &Job) -> Outcome {
    let grid = field(16).open(job)?;
    if job.rank() == 1 {
        std::process::abort();
    }
    loop {
        grid.exchange("heat")?;
    }
}

fn fails(job: &Job) -> Outcome {
    let grid = field(16).open(job)?;
    if job.rank() == 1 {
        return Err("the disk is full".into());
    }
    Ok(grid.exchange("heat")?)
}

fn panics(job: &Job) -> Outcome {
    let grid = field(16).open(job)?;
    assert!(job.rank() != 1, "rank one does not like this");
    Ok(grid.exchange("heat")?)
}

/// An exchange that one rank makes, and no other.
fn alone(job: &Job) -> Outcome {
    let grid = field(16).open(job)?;
    if job.rank() == 0 {
        grid.exchange("heat")?;
    }
    Ok(())
}

fn sizes(job: &Job) -> Outcome {
    field(16 + job.rank() as u32).open(job)?;
    Ok(())
}

fn texts(job: &Job) -> Outcome {
    let grid = field(16).open(job)?;
    grid.create_kernel(&SPREAD.replace("x + y", &format!("x + y * {}", job.rank())))?;
    Ok(())
}

fn beyond(job: &Job) -> Outcome {
    field(16).open(job)?.create_kernel(&SPREAD.replace("x + y", "heat[x - 2][y]"))?;
    Ok(())
}

/// An index that is known only when the program runs.
fn further(job: &Job) -> Outcome {
    let grid = field(16).debug(true).zeros::<f32>("next", [16, 8]).split("next", "x", 1).open(job)?;
    let text = "inputs => {
        const { heat, next } = inputs.buffers, { x, y } = inputs.threadId;
        next[x][y] = x === 4 && y === 3 ? heat[x * 2 + 1][y] : heat[x + 1][y];
    }";
    Ok(grid.create_kernel(text)?.run([16, 8])?)
}

fn small(job: &Job) -> Outcome {
    field(1).open(job)?;
    Ok(())
}

fn unsplit(job: &Job) -> Outcome {
    let grid = field(16).zeros::<f32>("whole", 4).open(job)?;
    Ok(grid.exchange("whole")?)
}

fn threads(job: &Job) -> Outcome {
    Ok(field(16).open(job)?.create_kernel(SPREAD)?.run([17, 8])?)
}
