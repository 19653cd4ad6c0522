//! Long runs are cut into slices, each a submission, so that watchdogs see short work.

use std::time::Duration;

use hpc::{Backend, Builder, Error, GpuInterface};
use pollster::block_on;

const ROWS: u32 = 300;
const COLUMNS: u32 = 500;

/// Each thread takes a while, and leaves what only it can have left.
const SLOW: &str = "inputs => {
    const row = inputs.threadId.y, column = inputs.threadId.x;
    let x = row * 1000 + column;
    for (let i = 0; i < 2000; i++) x = (x * 3 + i) & 0xffff;
    for (let i = 0; i < 2000; i++) x = (x * 3 + i) & 0xffff;
    inputs.buffers.a[row][column] += x;
}";

fn open(change: impl FnOnce(Builder) -> Builder) -> GpuInterface {
    let builder = change(GpuInterface::builder().zeros::<f32>("a", [ROWS, COLUMNS]));
    block_on(builder.build().unwrap().initialize()).expect("these tests need a GPU adapter")
}

/// How long the submissions took that `work` makes.
fn submissions(gpu: &GpuInterface, work: impl FnOnce() -> Result<(), Error>) -> Vec<Duration> {
    let profiling = gpu.profile().unwrap();
    work().unwrap();
    let profile = block_on(profiling.stop()).unwrap();
    let in_flight = profile.spans.iter().filter(|span| format!("{:?}", span.track) == "InFlight");
    in_flight.map(|span| span.duration).collect()
}

/// What a few runs compute, and how long the submissions of the last one took.
fn computed(gpu: &GpuInterface) -> (Vec<f32>, Vec<Duration>) {
    let kernel = block_on(gpu.create_kernel(SLOW)).unwrap();
    kernel.run([COLUMNS, ROWS]).unwrap();
    kernel.run([COLUMNS, ROWS]).unwrap();
    block_on(gpu.on_submitted_work_done()).unwrap();
    let took = submissions(gpu, || kernel.run([COLUMNS, ROWS]));
    (block_on(gpu.read_buffer("a")).unwrap(), took)
}

#[test]
fn long_runs_are_cut_into_slices_and_compute_the_same() {
    let whole = open(|builder| builder.backend(Backend::Gpu));
    let (expected, times) = computed(&whole);
    let [took] = times[..] else { panic!("{times:?}") };
    // However fast the device is, and however busy.
    let slice = took / 20;
    let cut = open(|builder| builder.backend(Backend::Gpu).slice(slice));
    let (results, times) = computed(&cut);
    assert_eq!(results, expected);
    let slices = times.len();
    println!("{took:?} in slices of {slice:?}: {slices}");
    assert!((6..=400).contains(&slices), "{took:?} in slices of {slice:?}: {slices}");
}

#[test]
fn short_runs_share_a_slice() {
    let gpu = open(|builder| builder.backend(Backend::Gpu).slice(Duration::from_secs(5)));
    let kernel =
        block_on(gpu.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x][0] += 1; }")).unwrap();
    let list = gpu.record(|| (0..50).try_for_each(|_| kernel.run(64))).unwrap();
    let count = submissions(&gpu, || list.replay(4)).len();
    assert!(count < 20, "{count}");
    assert_eq!(block_on(gpu.read_buffer::<f32>("a")).unwrap()[0], 200.0);
}
