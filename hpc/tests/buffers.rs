//! Buffers that come and go and change their sizes, in the order of the queue.

use hpc::{Backend, Builder, Error, GpuInterface, Kernel, RuntimeError};
use pollster::block_on;

fn open(builder: Builder) -> GpuInterface {
    block_on(builder.build().unwrap().initialize()).expect("these tests need a GPU adapter")
}

fn kernel(gpu: &GpuInterface, text: &str) -> Kernel {
    block_on(gpu.create_kernel(text)).unwrap_or_else(|error| panic!("{error}"))
}

fn read(gpu: &GpuInterface, name: &str) -> Vec<f32> {
    block_on(gpu.read_buffer::<f32>(name)).unwrap()
}

/// Whether kernels do nothing here.
fn is_idle(gpu: &GpuInterface) -> bool {
    gpu.backend_type() == Backend::Noop
}

const COUNT: &str = "inputs => {
    const { a } = inputs.buffers;
    const i = inputs.threadId.x;
    a[i] = a.length * 1000 + i;
}";

#[test]
fn kernels_see_the_size_of_their_place_in_the_queue() {
    let gpu = open(GpuInterface::builder().zeros::<f32>("a", 4).resizable("a"));
    let count = kernel(&gpu, COUNT);
    let mut reads = Vec::new();
    for size in [4, 9, 1, 100, 3] {
        gpu.resize_buffer("a", size).unwrap();
        // More threads than there are elements.
        count.run(size + 7).unwrap();
        reads.push((size, gpu.read_buffer::<f32>("a")));
    }
    for (size, read) in reads {
        let expected: Vec<f32> = (0..size).map(|i| (size * 1000 + i) as f32).collect();
        let read = block_on(read).unwrap();
        assert!(is_idle(&gpu) || read == expected, "{size}: {read:?}");
    }
}

#[test]
fn what_both_sizes_have_is_kept_and_the_rest_is_zero() {
    fn check<E: hpc::Element + PartialEq + std::fmt::Debug>(of: fn(u32) -> E, zero: E) {
        let sizes: [[u32; 3]; 5] = [[2, 3, 5], [3, 2, 7], [1, 4, 4], [2, 4, 4], [2, 2, 4]];
        let value = |size: [u32; 3]| -> Vec<E> {
            (0..size.into_iter().product::<u32>()).map(|place| of(place % 200 + 1)).collect()
        };
        for from in sizes {
            for to in sizes {
                let gpu = open(GpuInterface::builder().buffer("a", from, value(from)).resizable("a"));
                gpu.resize_buffer("a", to).unwrap();
                let old = value(from);
                let mut expected = Vec::new();
                for (i, j, k) in
                    (0..to[0]).flat_map(|i| (0..to[1]).flat_map(move |j| (0..to[2]).map(move |k| (i, j, k))))
                {
                    let is_kept = i < from[0] && j < from[1] && k < from[2];
                    let place = (i * from[1] + j) * from[2] + k;
                    expected.push(if is_kept { old[place as usize] } else { zero });
                }
                assert_eq!(block_on(gpu.read_buffer::<E>("a")).unwrap(), expected, "{from:?} to {to:?}");
            }
        }
    }
    check::<u8>(|value| value as u8, 0);
    check::<f32>(|value| value as f32, 0.0);
    check::<[f32; 3]>(|value| [value as f32, 0.5, -1.0], [0.0; 3]);
}

#[test]
fn small_elements_leave_nothing_behind_when_they_grow_again() {
    let gpu = open(GpuInterface::builder().buffer("a", 7, [9_u8; 7]).resizable("a"));
    gpu.resize_buffer("a", 5).unwrap();
    gpu.resize_buffer("a", 8).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<u8>("a")).unwrap(), [9, 9, 9, 9, 9, 0, 0, 0]);
}

#[test]
fn buffers_come_and_go() {
    let gpu = open(GpuInterface::builder().buffer("fixed", 2, [5.0_f32, 6.0]).canvas(3, 2));
    gpu.create_buffer("a", [2, 3], vec![1.0_f32; 6]).unwrap();
    gpu.create_zeros::<i32>("b", 4).unwrap();
    let all = kernel(
        &gpu,
        "inputs => {
            const { a, b, fixed } = inputs.buffers;
            const i = inputs.threadId.x;
            b[i] = dim(a).x * 100 + dim(a).y * 10 + fixed[1];
            a[i][2] += fixed[0];
            inputs.canvas.setPixel(i, 0, 255, 0, 0);
        }",
    );
    all.run(4).unwrap();
    gpu.update_canvas().unwrap();
    let (a, b) = (gpu.read_buffer::<f32>("a"), gpu.read_buffer::<i32>("b"));
    let picture = block_on(gpu.canvas().unwrap()).unwrap();
    gpu.destroy_buffer("a").unwrap();
    assert_eq!(gpu.buffers().iter().map(|buffer| &buffer.name[..]).collect::<Vec<_>>(), ["fixed", "b"]);
    // What was called before has seen it.
    let (a, b) = (block_on(a).unwrap(), block_on(b).unwrap());
    if !is_idle(&gpu) {
        assert_eq!(a, [1.0, 1.0, 6.0, 1.0, 1.0, 6.0]);
        assert_eq!(b, [236; 4]);
        assert_eq!(picture.pixel(2, 0), Some([255, 0, 0, 255]));
        assert_eq!(picture.pixel(2, 1), Some([0, 0, 0, 255]));
    }
    assert_eq!(all.run(4), Err(RuntimeError::BufferGone { name: "a".into() }.into()));
    assert!(matches!(
        block_on(gpu.read_buffer::<f32>("a")),
        Err(Error::Runtime(RuntimeError::UnknownBuffer { declared, .. })) if declared == ["fixed", "b"]
    ));
    // Another one of another size, and the kernel goes on.
    gpu.create_buffer("a", [1, 4], [1.0_f32, 2.0, 3.0, 4.0]).unwrap();
    all.run(1).unwrap();
    assert!(is_idle(&gpu) || read(&gpu, "a") == [1.0, 2.0, 8.0, 4.0]);
    // One of another type is another buffer.
    gpu.destroy_buffer("a").unwrap();
    gpu.create_buffer("a", 4, [1_u8; 4]).unwrap();
    assert_eq!(all.run(1), Err(RuntimeError::BufferGone { name: "a".into() }.into()));
    assert_eq!(block_on(gpu.read_buffer::<u8>("a")).unwrap(), [1; 4]);
    // Fixed ones can go as well.
    gpu.destroy_buffer("fixed").unwrap();
    gpu.create_buffer("fixed", 1, [3_i32]).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<i32>("fixed")).unwrap(), [3]);
}

#[test]
fn a_hundred_buffers_of_changing_sizes_take_one_kernel() {
    let gpu = open(GpuInterface::builder());
    gpu.create_zeros::<f32>("a", 1).unwrap();
    let count = kernel(&gpu, COUNT);
    for size in 1..=100 {
        gpu.destroy_buffer("a").unwrap();
        gpu.create_zeros::<f32>("a", size * 3).unwrap();
        count.run(size * 3).unwrap();
        if size % 20 == 0 && !is_idle(&gpu) {
            assert_eq!(read(&gpu, "a")[size as usize], (size * 3 * 1000 + size) as f32);
        }
    }
}

#[test]
fn a_thousand_sizes_leak_nothing() {
    let gpu = open(GpuInterface::builder().zeros::<f32>("a", 1 << 20).resizable("a"));
    let before = resident();
    for round in 0..1000_u32 {
        gpu.resize_buffer("a", (1 << 18) + round * 64).unwrap();
        if round % 50 == 49 {
            // As a program does that shows each step.
            block_on(gpu.on_submitted_work_done()).unwrap();
        }
    }
    let mib = (resident().saturating_sub(before)) >> 20;
    // All sizes together are 1 GiB.
    assert!(mib < 300, "{mib} MiB");
}

/// The memory of this process, in bytes.
fn resident() -> u64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

#[test]
fn parts_are_written_and_copied() {
    let gpu =
        open(GpuInterface::builder().zeros::<f32>("a", [2, 4]).zeros::<f32>("b", 3).zeros::<u8>("c", 6));
    gpu.write_buffer_at("a", 2, [1.0_f32, 2.0, 3.0]).unwrap();
    gpu.copy_buffer_range("a", 3..5, "b", 1).unwrap();
    assert_eq!(read(&gpu, "a"), [0.0, 0.0, 1.0, 2.0, 3.0, 0.0, 0.0, 0.0]);
    assert_eq!(read(&gpu, "b"), [0.0, 2.0, 3.0]);
    gpu.write_buffer_at("c", 4, [7_u8, 8]).unwrap();
    assert_eq!(block_on(gpu.read_buffer::<u8>("c")).unwrap(), [0, 0, 0, 0, 7, 8]);
    let large: Vec<f32> = (0..1 << 19).map(|value| value as f32).collect();
    gpu.create_zeros::<f32>("large", 1 << 20).unwrap();
    gpu.write_buffer_at("large", 5, &large).unwrap();
    let found = block_on(gpu.read_buffer_range::<f32>("large", 3..8)).unwrap();
    assert_eq!(found, [0.0, 0.0, 0.0, 1.0, 2.0]);
}

#[test]
fn mistakes_are_named_and_change_nothing() {
    let gpu = open(GpuInterface::builder().zeros::<f32>("fixed", 4).zeros::<u8>("small", 7));
    gpu.create_zeros::<f32>("a", [2, 2]).unwrap();
    let text = |result: Result<(), Error>| result.unwrap_err().to_string();
    assert_eq!(text(gpu.create_zeros::<f32>("a", 3)), "two buffers are called \"a\"; rename one");
    assert!(text(gpu.create_zeros::<f32>("1a", 3)).contains("cannot be called \"1a\""));
    assert!(text(gpu.create_zeros::<f32>("b", 0)).contains("cannot have size [0]"));
    assert!(text(gpu.create_buffer("b", 2, [1.0_f32])).contains("holds 2 elements"));
    assert!(text(gpu.resize_buffer("b", 3)).contains("there is no buffer \"b\""));
    assert!(text(gpu.resize_buffer("fixed", 3)).contains("has a fixed size: declare it as resizable"));
    assert!(text(gpu.resize_buffer("a", 3)).contains("of size [2, 2] cannot get size [3]"));
    assert!(text(gpu.resize_buffer("a", [0, 3])).contains("cannot have size [0, 3]"));
    assert!(text(gpu.destroy_buffer("b")).contains("there is no buffer \"b\""));
    assert!(
        text(gpu.write_buffer_at("a", 3, [1.0_f32; 2])).contains("there are no elements 3 to 5 of \"a\"")
    );
    assert!(text(gpu.write_buffer_at("small", 2, [1_u8; 2])).contains("begin at a multiple of 4"));
    assert!(text(gpu.copy_buffer_range("a", 0..1, "a", 1)).contains("cannot copy a part of \"a\" to itself"));
    assert!(text(gpu.copy_buffer_range("a", 0..1, "small", 0)).contains("holds elements of type u8"));
    assert!(text(gpu.set_uniforms([("hpc__extents_2", 1.0)])).contains("no uniforms were declared"));
    let list = gpu.record(|| gpu.write_buffer_at("a", 0, [1.0_f32])).unwrap();
    assert!(text(gpu.record(|| gpu.resize_buffer("a", [1, 1])).map(|_| ())).contains("cannot be recorded"));
    list.replay(1).unwrap();
    gpu.resize_buffer("a", [2, 1]).unwrap();
    assert!(text(list.replay(1)).contains("was resized or destroyed after the list was recorded"));
    assert_eq!(read(&gpu, "a"), [1.0, 0.0]);
    assert_eq!(read(&gpu, "fixed"), [0.0; 4]);
}

#[test]
fn rows_of_resizable_buffers_are_gone_through() {
    let gpu = open(
        GpuInterface::builder()
            .buffer("a", [2, 3], [1_i32, 2, 3, 4, 5, 6])
            .zeros::<i32>("sums", 4)
            .resizable("a"),
    );
    let sum = kernel(
        &gpu,
        "inputs => {
            const { a, sums } = inputs.buffers;
            const row = inputs.threadId.x;
            if (row >= a.length) return;
            let sum = 0;
            for (const value of a[row]) sum += value;
            for (let j = 0; j < dim(a[row]); j++) sum += 100 * a[row][j];
            for (let j = -2; j < dim(a).y + 3; j++) sum += 10000 * a[row][j];
            sums[row] = sum;
        }",
    );
    sum.run(4).unwrap();
    let before = gpu.read_buffer::<i32>("sums");
    gpu.resize_buffer("a", [3, 2]).unwrap();
    sum.run(4).unwrap();
    let (before, after) = (block_on(before).unwrap(), block_on(gpu.read_buffer::<i32>("sums")).unwrap());
    if !is_idle(&gpu) {
        assert_eq!(before, [60606, 151515, 0, 0]);
        assert_eq!(after, [30303, 90909, 0, 0]);
    }
}

#[test]
fn atomics_and_small_types_work_in_resizable_buffers() {
    let builder =
        GpuInterface::builder().zeros::<u32>("bins", 5).zeros::<u8>("bytes", 10).zeros::<[f32; 3]>("v", 3);
    let gpu = open(builder.resizable("bins").resizable("bytes").resizable("v"));
    let work = kernel(
        &gpu,
        "inputs => {
            const { bins, bytes, v } = inputs.buffers;
            const i = inputs.threadId.x;
            Atomics.add(bins, i % dim(bins), 1);
            bytes[i] = i + 1;
            v[i].y = i;
        }",
    );
    gpu.resize_buffer("bins", 3).unwrap();
    gpu.resize_buffer("bytes", 13).unwrap();
    gpu.resize_buffer("v", 2).unwrap();
    work.run(300).unwrap();
    if !is_idle(&gpu) {
        assert_eq!(block_on(gpu.read_buffer::<u32>("bins")).unwrap(), [100; 3]);
        assert_eq!(block_on(gpu.read_buffer::<u8>("bytes")).unwrap(), (1..=13).collect::<Vec<u8>>());
        assert_eq!(block_on(gpu.read_buffer::<[f32; 3]>("v")).unwrap(), [[0.0; 3], [0.0, 1.0, 0.0]]);
    }
}

#[test]
fn what_came_later_is_there_after_a_loss() {
    let gpu = open(GpuInterface::builder().buffer("a", 2, [1.0_f32, 2.0]).lose_after(8));
    gpu.create_buffer("b", 2, [3.0_f32, 4.0]).unwrap();
    gpu.create_buffer("c", 1, [5.0_f32]).unwrap();
    block_on(gpu.checkpoint()).unwrap();
    gpu.resize_buffer("c", 2).unwrap();
    while block_on(gpu.on_submitted_work_done()).is_ok() {}
    let recovered = block_on(gpu.recover()).unwrap();
    assert_eq!((recovered.restored, recovered.lost), (vec!["a".into(), "b".into()], vec!["c".into()]));
    assert_eq!((read(&gpu, "a"), read(&gpu, "b")), (vec![1.0, 2.0], vec![3.0, 4.0]));
    assert_eq!(read(&gpu, "c"), [0.0, 0.0]);
}

#[test]
fn a_kernel_of_very_many_buffers_runs_or_is_refused() {
    let gpu = open(GpuInterface::builder());
    let names: Vec<String> = (0..300).map(|number| format!("b{number}")).collect();
    for name in &names {
        gpu.create_zeros::<i32>(name, 2).unwrap();
    }
    let sums: Vec<String> = names.iter().map(|name| format!("inputs.buffers.{name}[0] += 1;")).collect();
    let text = format!("inputs => {{ {} }}", sums.join(" "));
    match block_on(gpu.create_kernel(&text)) {
        Ok(many) => {
            many.run(1).unwrap();
            assert!(is_idle(&gpu) || block_on(gpu.read_buffer::<i32>("b299")).unwrap() == [1, 0]);
        }
        Err(error) => {
            assert!(error.to_string().contains("the kernel uses 300 buffers"), "{error}");
            assert!(error.to_string().contains("use fewer, or put several arrays into one"), "{error}");
        }
    }
}
