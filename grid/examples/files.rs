//! A field that is written to a file, or read from it and shown, by as many ranks as there are: `mpiexec -n 3 target/debug/examples/files save PATH`

use std::error::Error;
use std::process::ExitCode;

use hpc_grid::Grid;

const TEXT: &str = "inputs => {
    const { field } = inputs.buffers, { x, y } = inputs.threadId;
    field[x][y] = 100 * x + y;
}";

/// What needs the halos.
const SUM: &str = "inputs => {
    const { field, sum } = inputs.buffers, { x, y } = inputs.threadId;
    sum[x][y] = field[x - 1][y] + field[x + 1][y] + field[x][y - 1] + field[x][y + 1];
}";

fn main() -> ExitCode {
    hpc_grid::run(|job| -> Result<(), Box<dyn Error>> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [call, path, rest @ ..] = &arguments[..] else {
            return Err("files save|load PATH [WIDTH]".into());
        };
        let size = [23, rest.first().map_or(Ok(17), |width| width.parse())?];
        let grid = Grid::builder().zeros::<f32>("field", size).zeros::<f32>("sum", size);
        let grid = grid.split("field", "xy", 1).split("sum", "xy", 1).open(job)?;
        if call == "save" {
            grid.create_kernel(TEXT)?.run(size)?;
            return Ok(grid.save("field", path)?);
        }
        grid.load("field", path)?;
        grid.create_kernel(SUM)?.run(size)?;
        if let Some(sum) = grid.gather::<f32>("sum")? {
            println!("{sum:?}");
        }
        Ok(())
    })
}
