//! Interfaces share devices and threads.
#![cfg(target_os = "linux")]

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use hpc::{Backend, Builder, Context, Error, GpuInterface, Kernel, RuntimeError};
use pollster::block_on;

/// As all of a process is looked at.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The names of the process's threads.
fn threads() -> Vec<String> {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok()).collect()
}

/// Whether so many threads have this name, or soon have: a thread gets its name when it starts, and the system forgets it a little after its end.
fn are(name: &str, expected: usize) -> bool {
    let count = || threads().iter().filter(|thread| thread.trim() == name).count();
    let until = Instant::now() + Duration::from_secs(2);
    while count() != expected && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(1));
    }
    count() == expected
}

fn builder() -> Builder {
    GpuInterface::builder().buffer("a", 4, [1.0_f32, 2.0, 3.0, 4.0])
}

fn open(builder: Builder) -> GpuInterface {
    block_on(builder.build().unwrap().initialize()).unwrap()
}

fn double(gpu: &GpuInterface) -> Kernel {
    block_on(gpu.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] *= 2; }")).unwrap()
}

fn read(gpu: &GpuInterface) -> Vec<f32> {
    block_on(gpu.read_buffer::<f32>("a")).unwrap()
}

#[test]
fn two_hundred_interfaces_cost_one_device_and_few_threads() {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // The first one brings what the driver starts for itself.
    let first = open(builder());
    let is_gpu = first.backend_type() == Backend::Gpu;
    double(&first).run(4).unwrap();
    let before = threads().len();
    let others: Vec<_> = (0..200).map(|_| open(builder())).collect();
    for gpu in &others {
        double(gpu).run(4).unwrap();
    }
    let reads: Vec<_> = others.iter().map(|gpu| gpu.read_buffer::<f32>("a")).collect();
    assert!(are("hpc-poll", usize::from(is_gpu)));
    let cores = std::thread::available_parallelism().unwrap().get();
    assert!(threads().len() <= before + 16_usize.max(cores) + 2 * cores + 8, "{:?}", threads());
    let is_idle = first.backend_type() == Backend::Noop;
    for read in reads {
        let read = block_on(read).unwrap();
        assert!(is_idle || read == [2.0, 4.0, 6.0, 8.0]);
    }
    drop(others);
    // The device is still there for the first one.
    assert!(is_idle || read(&first) == [2.0, 4.0, 6.0, 8.0]);
    drop(first);
    assert!(are("hpc-poll", 0));
    assert_eq!(read(&open(builder())), [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn contexts_share_nothing_and_may_outlive_their_interfaces() {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let (one, other) = (Context::new(), Context::new());
    let interfaces = [&one, &one, &other].map(|context| open(builder().context(context)));
    if interfaces[0].backend_type() == Backend::Gpu {
        assert!(are("hpc-poll", 2));
    }
    drop(interfaces);
    assert!(are("hpc-poll", 0));
    assert_eq!(read(&open(builder().context(&one))), [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn who_is_lost_alone_comes_back_while_the_others_go_on() {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let other = open(builder());
    let lost = open(builder().lose_after(0));
    let error = block_on(lost.read_buffer::<f32>("a")).unwrap_err();
    assert!(matches!(error, Error::Runtime(RuntimeError::DeviceLost { .. })), "{error}");
    assert_eq!(read(&other), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(block_on(lost.recover()).unwrap().lost, ["a"]);
    assert_eq!(read(&lost), [0.0; 4]);
    assert_eq!(read(&other), [1.0, 2.0, 3.0, 4.0]);
}

#[test]
fn many_are_opened_at_once_on_one_device() {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let context = Context::new();
    let opened: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(|| open(builder().context(&context)))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(are("hpc-poll", usize::from(opened[0].backend_type() == Backend::Gpu)));
    for gpu in &opened {
        assert_eq!(read(gpu), [1.0, 2.0, 3.0, 4.0]);
    }
}

#[test]
fn a_device_of_the_programs_own_is_shared_with_it() {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    if std::env::var("HPC_BACKEND").is_ok_and(|backend| backend != "gpu") {
        return;
    }
    let instance = hpc::wgpu::Instance::new(hpc::wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = block_on(instance.request_adapter(&Default::default())).unwrap();
    let (device, queue) = block_on(adapter.request_device(&Default::default())).unwrap();
    let context = Context::from_wgpu(&adapter, device.clone(), queue).unwrap();
    let gpu = open(builder().context(&context));
    assert_eq!(gpu.backend_type(), Backend::Gpu);
    double(&gpu).run(4).unwrap();
    assert_eq!(read(&gpu), [2.0, 4.0, 6.0, 8.0]);
    assert_eq!(read(&open(builder().context(&context))), [1.0, 2.0, 3.0, 4.0]);
    device.destroy();
    let error = block_on(gpu.read_buffer::<f32>("a")).unwrap_err();
    assert!(matches!(error, Error::Runtime(RuntimeError::DeviceLost { .. })), "{error}");
    let later = block_on(builder().context(&context).build().unwrap().initialize());
    assert!(matches!(later, Err(Error::Runtime(RuntimeError::DeviceLost { .. }))), "{later:?}");
}
