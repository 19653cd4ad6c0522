//! The programs of `examples/grid/`.

use hpc::ElementType as E;

use crate::host::{Host, Outcome, Setup};

pub(crate) fn heat(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(53), host.long(38)];
    let setup = Setup::new("xy", "").split("heat", E::Number, &size, 1).split("next", E::Number, &size, 1);
    let device = host.open(setup.uniform("rate", 0.2))?;
    let [begin, spread] =
        device.kernels(include_str!("../../../examples/grid/heat.js"), ["begin", "spread"])?;
    begin.run(&size)?;
    device.exchange("heat")?;
    for _ in 0..host.steps(20) {
        spread.run(&size)?;
        device.exchange("next")?;
        device.copy("next", "heat")?;
    }
    device.gather("heat")
}

pub(crate) fn waves(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(40), host.long(31)];
    let setup = Setup::new("xy", "xy").split("now", E::Number, &size, 1).split("before", E::Number, &size, 1);
    let device = host.open(setup.uniform("speed", 0.25))?;
    let [begin, odd, even] =
        device.kernels(include_str!("../../../examples/grid/waves.js"), ["begin", "odd", "even"])?;
    begin.run(&size)?;
    device.exchange("now")?;
    for step in 0..host.steps(20) {
        let (kernel, written) = if step % 2 == 0 { (&odd, "before") } else { (&even, "now") };
        kernel.run(&size)?;
        device.exchange(written)?;
    }
    device.gather("now")
}

pub(crate) fn gray_scott(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(37), host.long(45)];
    let setup = Setup::new("xy", "xy").split("field", E::Vec2, &size, 1).split("next", E::Vec2, &size, 1);
    let device = host.open(setup.uniform("feed", 0.037).uniform("kill", 0.06))?;
    let [begin, react] =
        device.kernels(include_str!("../../../examples/grid/gray_scott.js"), ["begin", "react"])?;
    begin.run(&size)?;
    device.exchange("field")?;
    for _ in 0..host.steps(20) {
        react.run(&size)?;
        device.copy("next", "field")?;
        device.exchange("field")?;
    }
    device.gather("field")
}

pub(crate) fn lattice_boltzmann(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(35), host.long(26)];
    let all = [size[0], size[1], 9];
    let setup = Setup::new("xy", "x").split("f", E::Number, &all, 1).split("next", E::Number, &all, 1);
    let device = host.open(setup.uniform("relaxation", 0.6).uniform("force", 0.00002))?;
    let [begin, stream] =
        device.kernels(include_str!("../../../examples/grid/lattice_boltzmann.js"), ["begin", "stream"])?;
    begin.run(&size)?;
    device.exchange("f")?;
    for _ in 0..host.steps(12) {
        stream.run(&size)?;
        device.exchange("next")?;
        device.copy("next", "f")?;
    }
    device.gather("f")
}

pub(crate) fn stencil(host: &Host<'_>) -> Outcome<Vec<u8>> {
    let size = [host.long(13), host.long(11), host.long(17)];
    let setup = Setup::new("xyz", "").split("heat", E::Number, &size, 1).split("next", E::Number, &size, 1);
    let device = host.open(setup.uniform("rate", 0.1))?;
    let [begin, spread] =
        device.kernels(include_str!("../../../examples/grid/stencil.js"), ["begin", "spread"])?;
    begin.run(&size)?;
    device.exchange("heat")?;
    for _ in 0..host.steps(15) {
        spread.run(&size)?;
        device.exchange("next")?;
        device.copy("next", "heat")?;
    }
    device.gather("heat")
}
