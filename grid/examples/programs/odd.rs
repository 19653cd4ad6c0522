//! Programs that only test: other ways to index, other types, other shapes.

use hpc::ElementType as E;
use hpc_grid::Reduction;

use crate::host::{Host, Outcome, Setup};

/// The heat program of the tutorial as it is, with vectors for indices and a function that reads.
pub(crate) fn tutorial(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(45), host.long(30)];
    let setup =
        Setup::new("xy", "").split("heat", E::Number, &size, 1).split("heatcopy", E::Number, &size, 1);
    let device =
        host.open(setup.uniform("mouse", [20.0, 11.0]).uniform("button", 1.0).uniform("radius", 7.0))?;
    let [diffuse] = device.kernels(include_str!("../../../examples/js/heat.js"), ["diffuse"])?;
    for step in 0..host.steps(20) {
        if step == 5 {
            device.set("button", 0.0)?;
        }
        diffuse.run(&size)?;
        device.copy("heatcopy", "heat")?;
        device.exchange("heat")?;
    }
    device.gather("heat")
}

/// Life on a torus, in bytes.
pub(crate) fn life(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(41), host.long(29)];
    let setup = Setup::new("xy", "xy").split("alive", E::U8, &size, 1).split("next", E::U8, &size, 1);
    let device = host.open(setup)?;
    let begin = device.kernel(
        "inputs => { const { x, y } = inputs.threadId; inputs.buffers.alive[x][y] = (x * 7919 + y * 104729 + x * y) % 3 === 0 ? 1 : 0; }",
    )?;
    let step = device.kernel(
        "inputs => {
            const { alive, next } = inputs.buffers;
            const { x, y } = inputs.threadId;
            const w = alive.length, h = alive[0].length;
            const left = x === 0 ? w - 1 : x - 1, right = x === w - 1 ? 0 : x + 1;
            const up = y === 0 ? h - 1 : y - 1, down = y === h - 1 ? 0 : y + 1;
            const sum = alive[left][up] + alive[left][y] + alive[left][down] + alive[x][up] + alive[x][down]
                + alive[right][up] + alive[right][y] + alive[right][down];
            next[x][y] = sum === 3 || (sum === 2 && alive[x][y] === 1) ? 1 : 0;
        }",
    )?;
    begin.run(&size)?;
    device.exchange("alive")?;
    for _ in 0..host.steps(15) {
        step.run(&size)?;
        device.exchange("next")?;
        device.copy("next", "alive")?;
    }
    device.gather("alive")
}

/// Thread ids that change places, as where x is a column.
pub(crate) fn turned(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(21), host.long(34)];
    let turned = [size[1], size[0]];
    let setup = Setup::new("xy", "").split("a", E::I32, &size, 2).split("b", E::I32, &size, 2);
    let device = host.open(setup)?;
    let begin = device
        .kernel("inputs => { const { x, y } = inputs.threadId; inputs.buffers.a[y][x] = x * 100 + y; }")?;
    let step = device.kernel(
        "inputs => {
            const { a, b } = inputs.buffers;
            const { x, y } = inputs.threadId;
            b[y][x] = a[y - 2][x] + 3 * a[y + 2][x] - a[y][x - 2] + 7 * a[y][x + 1] + (a[y][x] & 1023) + x;
        }",
    )?;
    begin.run(&turned)?;
    for _ in 0..host.steps(9) {
        device.exchange("a")?;
        step.run(&turned)?;
        device.copy("b", "a")?;
    }
    device.gather("a")
}

/// Indices that are held within the grid.
pub(crate) fn clamped(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(30), host.long(23)];
    let setup = Setup::new("xy", "").split("a", E::F64, &size, 1).split("b", E::F64, &size, 1);
    let device = host.open(setup)?;
    let begin = device
        .kernel("inputs => { const { x, y } = inputs.threadId; inputs.buffers.a[x][y] = x * x - 3 * y; }")?;
    let step = device.kernel(
        "inputs => {
            function at(i = types.number, j = types.number) {
                return inputs.buffers.a[i][j];
            }
            const { a, b } = inputs.buffers;
            const { x, y } = inputs.threadId;
            const w = a.length, h = a[0].length;
            b[x][y] = 0.5 * a[Math.max(x - 1, 0)][y] + 0.25 * a[x][Math.min(y + 1, h - 1)] + 0.125 * at(Math.min(x + 1, w - 1), y)
                + 0.125 * at(x, y - 1);
        }",
    )?;
    begin.run(&size)?;
    for _ in 0..host.steps(9) {
        device.exchange("a")?;
        step.run(&size)?;
        device.copy("b", "a")?;
    }
    device.gather("a")
}

/// Flows on the faces between cells, of which there is one fewer.
pub(crate) fn staggered(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(29), host.long(18)];
    let faces = [size[0] - 1, size[1]];
    let setup = Setup::new("xy", "").split("heat", E::Number, &size, 1).split("flow", E::Number, &faces, 1);
    let device = host.open(setup)?;
    let begin = device
        .kernel("inputs => { const { x, y } = inputs.threadId; inputs.buffers.heat[x][y] = x * y % 17; }")?;
    let flow = device.kernel(
        "inputs => {
            const { heat, flow } = inputs.buffers;
            const { x, y } = inputs.threadId;
            flow[x][y] = 0.2 * (heat[x][y] - heat[x + 1][y]);
        }",
    )?;
    let both = device.kernel(
        "inputs => {
            const { heat, flow } = inputs.buffers;
            const { x, y } = inputs.threadId;
            heat[x][y] = heat[x][y] - flow[x][y] + flow[x - 1][y];
        }",
    )?;
    begin.run(&size)?;
    for _ in 0..host.steps(7) {
        device.exchange("heat")?;
        flow.run(&faces)?;
        device.exchange("flow")?;
        both.run(&size)?;
    }
    device.gather("heat")
}

/// Elements of others that are written, and counted.
pub(crate) fn scattered(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(24), host.long(15)];
    let setup = Setup::new("xy", "").split("count", E::I32, &size, 1).split("turned", E::I32, &size, 1);
    let device = host.open(setup)?;
    let count = device.kernel(
        "inputs => {
            const { count, turned } = inputs.buffers;
            const { x, y } = inputs.threadId;
            count[(x * 5 + y) % 24][(x + y * 3) % 15] += x + 1;
            turned[count.length - 1 - x][y] = x * 1000 + y;
        }",
    )?;
    for _ in 0..host.steps(3) {
        count.run(&size)?;
    }
    let mut both = device.gather("count")?;
    both.extend(device.gather("turned")?);
    Ok(both)
}

/// A halo of three.
pub(crate) fn wide(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(31), host.long(26)];
    let setup = Setup::new("xy", "y").split("a", E::Number, &size, 3).split("b", E::Number, &size, 3);
    let device = host.open(setup)?;
    let begin = device.kernel(
        "inputs => { const { x, y } = inputs.threadId; inputs.buffers.a[x][y] = (x * 31 + y * 17) % 23; }",
    )?;
    let blur = device.kernel(
        "inputs => {
            const { a, b } = inputs.buffers;
            const { x, y } = inputs.threadId;
            const h = a[0].length;
            let sum = 0;
            for (let d = -3; d <= 3; d++) {
                sum += a[x + d][y] + a[x][(y + d + h) % h];
            }
            b[x][y] = sum / 14;
        }",
    )?;
    begin.run(&size)?;
    for _ in 0..host.steps(6) {
        device.exchange("a")?;
        blur.run(&size)?;
        device.copy("b", "a")?;
    }
    device.gather("a")
}

/// One dimension, with runs that leave the ends alone.
pub(crate) fn line(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(1001)];
    let setup = Setup::new("x", "").split("a", E::Vec3, &size, 1).split("b", E::Vec3, &size, 1);
    let device = host.open(setup)?;
    let begin = device.kernel(
        "inputs => { const { x } = inputs.threadId; inputs.buffers.a[x] = vec3(x % 7, x % 11, x % 13); inputs.buffers.b[x] = inputs.buffers.a[x]; }",
    )?;
    let step = device.kernel(
        "inputs => {
            const { a, b } = inputs.buffers;
            const { x } = inputs.threadId;
            if (x > 0) {
                b[x] = a[x].plus(a[x - 1].plus(a[x + 1]).minus(a[x].times(2)).times(0.25));
            }
        }",
    )?;
    begin.run(&size)?;
    for _ in 0..host.steps(10) {
        device.exchange("a")?;
        step.run(&[size[0] - 1])?;
        device.copy("b", "a")?;
    }
    device.gather("a")
}

/// Whole numbers that all ranks add up.
pub(crate) fn sums(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(37), host.long(22)];
    let setup = Setup::new("xy", "").split("a", E::I32, &size, 1).whole("sum", E::I32, &[3]);
    let device = host.open(setup)?;
    let begin = device
        .kernel("inputs => { const { x, y } = inputs.threadId; inputs.buffers.a[x][y] = x * 3 - y; }")?;
    let add = device.kernel(
        "inputs => {
            const { a, sum } = inputs.buffers;
            const { x, y } = inputs.threadId;
            sum[0] += a[x][y];
            sum[1] += 1;
        }",
    )?;
    let apply = device.kernel(
        "inputs => {
            const { a, sum } = inputs.buffers;
            const { x, y } = inputs.threadId;
            a[x][y] = a[x][y] * sum[1] - sum[0];
        }",
    )?;
    begin.run(&size)?;
    add.run(&size)?;
    device.all_reduce("sum", Reduction::Sum)?;
    apply.run(&size)?;
    let mut both = device.gather("a")?;
    both.extend(device.gather("sum")?);
    Ok(both)
}

/// Contents that the program gives: no exchange is needed before the first step.
pub(crate) fn given(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(26), host.long(19)];
    let contents: Vec<u8> =
        (0..size[0] * size[1]).flat_map(|index| ((index * index % 97) as f32 / 8.0).to_le_bytes()).collect();
    let setup = Setup::new("xy", "xy").split("a", E::Number, &size, 1).holding(contents).split(
        "b",
        E::Number,
        &size,
        1,
    );
    let device = host.open(setup)?;
    let step = device.kernel(
        "inputs => {
            const { a, b } = inputs.buffers;
            const { x, y } = inputs.threadId;
            const w = a.length;
            b[x][y] = a[(x + 1) % w][y] - 2 * a[x + 1][y - 1] + a[x][y];
        }",
    )?;
    step.run(&size)?;
    device.gather("b")
}
