//! `Math.random()` on the device at hand: range, spread, independence, and that seeds make it repeatable.

use hpc::{Error, GpuInterface};

const THREADS: usize = 65_536;
const CALLS: usize = 4;

const KERNEL: &str = "inputs => {
    for (let k = 0; k < 4; k++) inputs.buffers.out[inputs.threadId.x][k] = Math.random();
}";

async fn open(seed: Option<u64>) -> Result<GpuInterface, Error> {
    let builder = GpuInterface::builder().zeros::<f32>("out", [THREADS as u32, CALLS as u32]);
    seed.into_iter().fold(builder, |builder, seed| builder.seed(seed)).build()?.initialize().await
}

/// What `runs` runs of one kernel draw, each a list of `CALLS` numbers a thread.
fn draw(seed: Option<u64>, runs: usize) -> Vec<Vec<f32>> {
    pollster::block_on(async {
        let gpu = open(seed).await?;
        let kernel = gpu.create_kernel(KERNEL).await?;
        let mut drawn = Vec::new();
        for _ in 0..runs {
            kernel.run(THREADS as u32)?;
            drawn.push(gpu.read_buffer("out").await?);
        }
        Ok::<_, Error>(drawn)
    })
    .expect("the device runs the kernel")
}

fn first_calls(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().step_by(CALLS).map(|&number| f64::from(number)).collect()
}

fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = numbers.len() as f64;
    numbers.sum::<f64>() / count
}

/// The correlation of each number with the one `lag` places on.
fn correlation(numbers: &[f64], lag: usize) -> f64 {
    let center = mean(numbers.iter().copied());
    let variance = mean(numbers.iter().map(|number| (number - center).powi(2)));
    let products = numbers.iter().zip(&numbers[lag..]).map(|(a, b)| (a - center) * (b - center));
    products.sum::<f64>() / (numbers.len() - lag) as f64 / variance
}

fn share_that_differs(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).filter(|(a, b)| a != b).count() as f64 / a.len() as f64
}

#[test]
fn numbers_are_uniform_in_the_unit_interval() {
    let numbers = &draw(None, 1)[0];
    assert_eq!(numbers.len(), THREADS * CALLS);
    assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
    let doubles = || numbers.iter().map(|&number| f64::from(number));
    let average = mean(doubles());
    let variance = mean(doubles().map(|number| (number - average).powi(2)));
    assert!((average - 0.5).abs() < 0.01, "the mean is {average}");
    assert!((variance - 1.0 / 12.0).abs() < 0.005, "the variance is {variance}");
    let mut tenths = [0; 10];
    numbers.iter().for_each(|number| tenths[(number * 10.0) as usize] += 1);
    let expected = (THREADS * CALLS / 10) as f64;
    let chi_squared: f64 = tenths.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    // With nine degrees of freedom, one in a million draws exceeds this.
    assert!(chi_squared < 45.0, "the tenths hold {tenths:?}");
}

#[test]
fn threads_and_calls_are_independent() {
    let numbers = &draw(None, 1)[0];
    let first = first_calls(numbers);
    let mut sorted = first.clone();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    // Of 65 536 draws of 24 bits about 128 collide by chance.
    assert!(sorted.len() as f64 > 0.99 * THREADS as f64, "only {} values differ", sorted.len());
    for lag in [1, 2, 32, 64, 256] {
        let r = correlation(&first, lag);
        assert!(r.abs() < 0.02, "neighbours {lag} threads apart correlate by {r}");
    }
    let all: Vec<f64> = numbers.iter().map(|&number| f64::from(number)).collect();
    for lag in 1..CALLS {
        let r = correlation(&all, lag);
        assert!(r.abs() < 0.02, "calls {lag} apart correlate by {r}");
    }
    let changes = numbers.chunks(CALLS).filter(|calls| calls[0] != calls[1]).count();
    assert!(changes as f64 > 0.99 * THREADS as f64);
}

#[test]
fn runs_and_interfaces_differ() {
    let drawn = draw(None, 2);
    assert!(share_that_differs(&drawn[0], &drawn[1]) > 0.99);
    assert!(share_that_differs(&drawn[0], &draw(None, 1)[0]) > 0.99);
}

#[test]
fn a_seed_makes_them_repeatable() {
    let drawn = draw(Some(7), 2);
    assert_eq!(drawn, draw(Some(7), 2));
    assert!(share_that_differs(&drawn[0], &drawn[1]) > 0.99);
    assert!(share_that_differs(&drawn[0], &draw(Some(8), 1)[0]) > 0.99);
}

#[test]
fn a_seed_gives_the_same_numbers_on_every_device() {
    let seeded = &draw(Some(0), 1)[0];
    // The first key of seed 0; what follows from it is computed here, on the host.
    let key = [0x7B1D_CDAF, 0xE220_A839];
    let expected = |place| artifact::random((place / CALLS) as u32, (place % CALLS) as u32, key);
    let wrong = (0..THREADS * CALLS).find(|&place| seeded[place] != expected(place));
    assert_eq!(wrong, None);
}

#[test]
fn two_unseeded_interfaces_at_the_same_time_differ() {
    let drawn = pollster::block_on(async {
        let mut reads = Vec::new();
        let interfaces = [open(None).await?, open(None).await?];
        for gpu in &interfaces {
            gpu.create_kernel(KERNEL).await?.run(THREADS as u32)?;
            reads.push(gpu.read_buffer::<f32>("out"));
        }
        let mut drawn = Vec::new();
        for read in reads {
            drawn.push(read.await?);
        }
        Ok::<_, Error>(drawn)
    })
    .expect("the device runs the kernel");
    assert!(share_that_differs(&drawn[0], &drawn[1]) > 0.99);
}

#[test]
fn kernels_of_one_interface_differ() {
    let drawn = pollster::block_on(async {
        let gpu = open(Some(1)).await?;
        let mut drawn = Vec::new();
        for _ in 0..2 {
            gpu.create_kernel(KERNEL).await?.run(THREADS as u32)?;
            drawn.push(gpu.read_buffer("out").await?);
        }
        Ok::<_, Error>(drawn)
    })
    .expect("the device runs the kernel");
    assert!(share_that_differs(&drawn[0], &drawn[1]) > 0.99);
}
