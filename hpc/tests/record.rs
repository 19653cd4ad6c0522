//! Recorded calls, on the backend that `HPC_BACKEND` names; each list does what its calls would have done.

use hpc::{Backend, Builder, CommandList, Error, GpuInterface, Kernel, RuntimeError};
use pollster::block_on;

const ADD: &str = "inputs => { inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.step; }";
const DRAW: &str = "inputs => { inputs.buffers.a[inputs.threadId.x] = Math.random(); }";

fn builder() -> Builder {
    GpuInterface::builder().zeros::<f32>("a", 4).zeros::<f32>("b", 4).uniform("step", 1.0).canvas(2, 1)
}

fn open(builder: Builder) -> GpuInterface {
    block_on(builder.build().unwrap().initialize()).unwrap()
}

fn kernel(gpu: &GpuInterface, text: &str) -> Kernel {
    block_on(gpu.create_kernel(text)).unwrap()
}

fn read(gpu: &GpuInterface, name: &str) -> Vec<f32> {
    block_on(gpu.read_buffer(name)).unwrap()
}

/// Add the step, add ten, copy to `b`.
fn record(gpu: &GpuInterface, add: &Kernel) -> CommandList {
    let calls = || {
        add.run(4)?;
        gpu.set_uniforms([("step", 10.0)])?;
        add.run(4)?;
        gpu.copy_buffer("a", "b")
    };
    gpu.record(calls).unwrap()
}

#[test]
fn nothing_happens_before_a_list_is_replayed() {
    let gpu = open(builder());
    let list = record(&gpu, &kernel(&gpu, ADD));
    assert_eq!((list.len(), read(&gpu, "a")), (3, vec![0.0; 4]));
    list.replay(1).unwrap();
    assert_eq!(read(&gpu, "b"), [11.0; 4]);
    list.replay(0).unwrap();
    list.replay(99).unwrap();
    assert_eq!(read(&gpu, "b"), [1100.0; 4]);
}

#[test]
fn a_list_keeps_its_place_among_other_calls() {
    let gpu = open(builder());
    let add = kernel(&gpu, ADD);
    let list = record(&gpu, &add);
    gpu.write_buffer("a", [5.0_f32; 4]).unwrap();
    list.replay(2).unwrap();
    let between = gpu.read_buffer::<f32>("b");
    gpu.write_buffer("a", [0.0_f32; 4]).unwrap();
    list.replay(1).unwrap();
    assert_eq!(block_on(between).unwrap(), [27.0; 4]);
    assert_eq!(read(&gpu, "b"), [11.0; 4]);
}

#[test]
fn a_list_carries_its_uniforms_and_its_data() {
    let gpu = open(builder());
    let add = kernel(&gpu, ADD);
    gpu.set_uniforms([("step", 2.0)]).unwrap();
    let mut data = vec![1.0_f32; 4];
    let list = gpu.record(|| {
        gpu.write_buffer("a", &data)?;
        add.run(4)
    });
    let list = list.unwrap();
    data[0] = 7.0;
    gpu.set_uniforms([("step", 100.0)]).unwrap();
    list.replay(3).unwrap();
    assert_eq!(read(&gpu, "a"), [3.0; 4]);
    // Those of the interface are as they were.
    record(&gpu, &add).replay(1).unwrap();
    assert_eq!(read(&gpu, "a"), [113.0; 4]);
    add.run(4).unwrap();
    assert_eq!(read(&gpu, "a"), [213.0; 4]);
}

#[test]
fn large_data_are_written_by_lists_too() {
    const LARGE: usize = 6_000_000;
    let gpu = open(GpuInterface::builder().zeros::<f32>("a", LARGE as u32));
    let data: Vec<f32> = (0..LARGE).map(|index| (index % 1000) as f32).collect();
    let list = gpu.record(|| gpu.write_buffer("a", &data)).unwrap();
    assert!(read(&gpu, "a").iter().all(|&value| value == 0.0));
    list.replay(3).unwrap();
    assert!(read(&gpu, "a") == data);
}

#[test]
fn random_numbers_are_those_of_separate_runs() {
    let draws = |recorded: bool| {
        let gpu = open(builder().seed(3));
        let draw = kernel(&gpu, DRAW);
        let list = gpu.record(|| draw.run(4)).unwrap();
        (0..4)
            .map(|turn| {
                if recorded && turn > 0 {
                    list.replay(1).unwrap()
                } else {
                    draw.run(4).unwrap()
                }
                read(&gpu, "a")
            })
            .collect::<Vec<_>>()
    };
    let separate = draws(false);
    assert_eq!(draws(true), separate);
    assert_ne!(separate[1], separate[2]);
    let gpu = open(builder().seed(3));
    let draw = kernel(&gpu, DRAW);
    gpu.record(|| draw.run(4)).unwrap().replay(4).unwrap();
    assert_eq!(read(&gpu, "a"), separate[3]);
}

#[test]
fn the_canvas_shows_what_a_list_paints_once_it_is_replayed() {
    let gpu = open(builder());
    let paint = kernel(&gpu, "inputs => { inputs.canvas.setPixel(inputs.threadId.x, 0, 1, 2, 3); }");
    let list = gpu.record(|| {
        paint.run(2)?;
        gpu.update_canvas()
    });
    let list = list.unwrap();
    assert_eq!(block_on(gpu.canvas().unwrap()).unwrap().pixel(1, 0), Some([0, 0, 0, 0]));
    list.replay(1).unwrap();
    assert_eq!(block_on(gpu.canvas().unwrap()).unwrap().pixel(1, 0), Some([1, 2, 3, 255]));
}

#[test]
fn what_gives_something_back_cannot_be_recorded() {
    let gpu = open(builder());
    let add = kernel(&gpu, ADD);
    let other = gpu.record(|| add.run(4)).unwrap();
    let refused = |error: Option<Error>| match error {
        Some(Error::Runtime(error @ RuntimeError::Unrecordable { .. })) => error.to_string(),
        error => panic!("{error:?}"),
    };
    let list = gpu.record(|| {
        let message = refused(block_on(gpu.read_buffer::<f32>("a")).err());
        assert!(message == "a read cannot be recorded: call it after `replay`", "{message}");
        refused(block_on(gpu.canvas()?).err());
        refused(block_on(gpu.on_submitted_work_done()).err());
        refused(other.replay(1).err());
        assert!(matches!(gpu.record(|| Ok(())), Err(Error::Runtime(RuntimeError::AlreadyRecording))));
        add.run(4)
    });
    assert_eq!(list.unwrap().len(), 1);
}

#[test]
fn a_recording_that_fails_leaves_nothing_behind() {
    let gpu = open(builder());
    let add = kernel(&gpu, ADD);
    let failed = gpu.record(|| {
        gpu.set_uniforms([("step", 50.0)])?;
        add.run(4)?;
        gpu.write_buffer("a", [1.0_f32; 3])
    });
    assert!(matches!(failed, Err(Error::Runtime(RuntimeError::SizeMismatch { .. }))));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        gpu.record(|| {
            add.run(4)?;
            panic!("a test")
        })
    }));
    assert!(panicked.is_err());
    add.run(4).unwrap();
    assert_eq!(read(&gpu, "a"), [1.0; 4]);
}

#[test]
fn other_threads_go_on_while_one_records() {
    let gpu = open(builder());
    let add = kernel(&gpu, ADD);
    let list = gpu.record(|| {
        std::thread::scope(|scope| scope.spawn(|| add.run(4)).join()).unwrap()?;
        add.run(4)?;
        add.run(4)
    });
    assert_eq!((list.unwrap().len(), read(&gpu, "a")), (2, vec![1.0; 4]));
}

#[test]
fn a_list_ends_with_its_interface() {
    let gpu = open(builder());
    let list = record(&gpu, &kernel(&gpu, ADD));
    drop(gpu);
    assert!(matches!(list.replay(1), Err(Error::Runtime(RuntimeError::Dropped))));
}

#[test]
fn without_a_device_lists_write_and_copy() {
    let gpu = open(builder().backend(Backend::Noop));
    let list = gpu.record(|| {
        gpu.write_buffer("a", [1.0_f32, 2.0, 3.0, 4.0])?;
        gpu.copy_buffer("a", "b")
    });
    list.unwrap().replay(2).unwrap();
    assert_eq!(read(&gpu, "b"), [1.0, 2.0, 3.0, 4.0]);
}
