//! An interface whose device was lost comes back, wherever it was lost: on every backend, by losses that are injected.

use std::future::Future;
use std::num::NonZeroU32;
use std::task::Poll;

use hpc::{Builder, CommandList, Error, GpuInterface, Kernel, RuntimeError};
use pollster::block_on;

const ADD: &str = "inputs => { inputs.buffers.a[inputs.threadId.x] += inputs.uniforms.t; inputs.canvas.setPixel(0, 0, 9, 8, 7); }";

fn builder() -> Builder {
    GpuInterface::builder().zeros::<f32>("a", 64).buffer("b", 64, [7.0_f32; 64]).uniform("t", 1).canvas(2, 2)
}

fn open(builder: Builder) -> GpuInterface {
    block_on(builder.build().unwrap().initialize())
        .expect("these tests need a GPU adapter, or HPC_BACKEND=cpu")
}

fn is_lost<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Runtime(RuntimeError::DeviceLost { .. })))
}

fn read(gpu: &GpuInterface, name: &str) -> Vec<f32> {
    block_on(gpu.read_buffer(name)).unwrap()
}

/// One of each kind of command; the futures, awaited.
fn everything(gpu: &GpuInterface, kernel: &Kernel, list: &CommandList) -> Vec<Result<(), Error>> {
    let calls = [
        kernel.run(64),
        gpu.write_buffer("b", [5.0_f32; 64]),
        gpu.write_bytes("b", vec![0_u8; 256]),
        gpu.set_uniforms([("t", 1)]),
        gpu.copy_buffer("a", "b"),
        list.replay(2),
        gpu.update_canvas(),
        gpu.flush(),
    ];
    let read = gpu.read_buffer::<f32>("a");
    let image = gpu.canvas().unwrap();
    let checkpoint = gpu.checkpoint();
    let done = gpu.on_submitted_work_done();
    let mut results: Vec<_> = calls.into();
    results.push(block_on(read).map(|_| ()));
    results.push(block_on(image).map(|_| ()));
    results.push(block_on(checkpoint));
    results.push(block_on(done));
    results.push(block_on(gpu.create_kernel(ADD)).map(|_| ()));
    results
}

#[test]
fn it_comes_back_with_its_kernels_lists_uniforms_and_the_last_checkpoint() {
    let gpu = open(builder().lose_after(12));
    let kernel = block_on(gpu.create_kernel(ADD)).unwrap();
    let list = gpu.record(|| kernel.run(64)).unwrap();
    gpu.set_uniforms([("t", 10)]).unwrap();
    kernel.run(64).unwrap();
    gpu.update_canvas().unwrap();
    block_on(gpu.checkpoint()).unwrap();
    // What comes behind the checkpoint is lost.
    let mut pending = Vec::new();
    while !is_lost(&kernel.run(64)) {
        pending.push(gpu.read_buffer::<f32>("a"));
    }
    pending.push(gpu.read_buffer::<f32>("a"));
    assert!(is_lost(&block_on(pending.pop().unwrap())));
    assert!(pending.into_iter().map(block_on).all(|result| result.is_ok() || is_lost(&result)));
    assert!(is_lost(&gpu.flush()) && is_lost(&list.replay(1)));
    let recovered = block_on(gpu.recover()).unwrap();
    assert_eq!((recovered.restored, recovered.lost), (vec!["a".to_owned(), "b".to_owned()], vec![]));
    assert!(recovered.reason.is_some());
    assert_eq!((read(&gpu, "a"), read(&gpu, "b")), (vec![10.0; 64], vec![7.0; 64]));
    let image = block_on(gpu.canvas().unwrap()).unwrap();
    assert_eq!(image.pixel(0, 0).unwrap()[..3], [9, 8, 7]);
    kernel.run(64).unwrap();
    // The list has the uniforms that it was recorded with.
    list.replay(3).unwrap();
    assert_eq!(read(&gpu, "a"), [23.0; 64]);
    // There was no other loss.
    let again = block_on(gpu.recover()).unwrap();
    assert_eq!((again.reason, again.restored, again.lost), (None, vec![], vec![]));
}

#[test]
fn without_a_checkpoint_it_names_what_is_lost() {
    let gpu = open(builder().lose_after(4));
    let kernel = block_on(gpu.create_kernel(ADD)).unwrap();
    while !is_lost(&kernel.run(64)) {}
    let recovered = block_on(gpu.recover()).unwrap();
    assert_eq!((recovered.restored, recovered.lost), (vec![], vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!((read(&gpu, "a"), read(&gpu, "b")), (vec![0.0; 64], vec![0.0; 64]));
}

#[test]
fn a_loss_at_any_command_settles_everything_and_it_comes_back() {
    for lose_after in 1..30 {
        let gpu = open(builder().lose_after(lose_after));
        let kernel = block_on(gpu.create_kernel(ADD)).unwrap();
        let list = gpu.record(|| kernel.run(64).and_then(|()| gpu.copy_buffer("a", "b"))).unwrap();
        let mut rounds = 0;
        while gpu.flush().is_ok() {
            let results = everything(&gpu, &kernel, &list);
            assert!(results.iter().all(|result| result.is_ok() || is_lost(result)), "{results:?}");
            rounds += 1;
            assert!(rounds < 100, "the device was never lost");
        }
        let recovered = block_on(gpu.recover()).unwrap();
        assert!(recovered.reason.is_some(), "after {lose_after}");
        let results = everything(&gpu, &kernel, &list);
        assert!(results.iter().all(Result::is_ok), "after {lose_after}: {results:?}");
    }
}

#[test]
fn kernels_that_are_made_in_vain_are_made_later_and_a_destroyed_interface_stays_so() {
    let gpu = open(builder().lose_after(0));
    gpu.write_buffer("a", [1.0_f32; 64]).ok();
    assert!(is_lost(&block_on(gpu.on_submitted_work_done())));
    assert!(is_lost(&block_on(gpu.create_kernel(ADD))));
    block_on(gpu.recover()).unwrap();
    block_on(gpu.create_kernel(ADD)).unwrap().run(64).unwrap();
    assert_eq!(read(&gpu, "a"), [1.0; 64]);
    gpu.destroy();
    assert!(matches!(block_on(gpu.recover()), Err(Error::Runtime(RuntimeError::Dropped))));
}

#[test]
fn only_one_attempt_is_under_way_and_options_hold_on_the_new_device() {
    let limit = NonZeroU32::new(3000).unwrap();
    let gpu = open(builder().lose_after(0).loop_limit(limit));
    assert!(is_lost(&block_on(gpu.on_submitted_work_done())) || is_lost(&gpu.flush()));
    let mut first = gpu.recover();
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::Pin::new(&mut first).poll(&mut context) {
        // Threads may have been quick.
        Poll::Ready(recovered) => drop(recovered.unwrap()),
        Poll::Pending => {
            let second = block_on(gpu.recover());
            assert!(matches!(second, Err(Error::Runtime(RuntimeError::AlreadyRecovering))), "{second:?}");
            block_on(first).unwrap();
        }
    }
    let endless =
        block_on(gpu.create_kernel("inputs => { while (inputs.buffers.b[0] < 9) inputs.buffers.a[0] = 1; }"));
    endless.unwrap().run(64).unwrap();
    let stopped = block_on(gpu.on_submitted_work_done());
    assert!(
        matches!(stopped, Err(Error::Runtime(RuntimeError::LoopLimit { limit: 3000, .. }))),
        "{stopped:?}"
    );
}
