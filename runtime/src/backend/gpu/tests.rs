//! What only the inside of the backend can bring about or see: a lost device, memory that is used again, pipelines.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use artifact::{ElementType, Wgsl};
use pollster::block_on;

use super::*;
use crate::Contents;
use crate::backend::BufferRequest;
use crate::bytes::Bytes;
use crate::health::Pending;
use crate::queue::{Command, Compiled, Part, Payload, Queue, Read, Repeatable, Replay};
use crate::random::Keys;

fn queue() -> (wgpu::Device, Queue) {
    let (device, queue) = device();
    (device.device, queue)
}

fn device() -> (GpuDevice, Queue) {
    let health = Arc::new(Health::default());
    let buffer = BufferRequest { label: "a buffer".into(), bytes: 1 << 20, resizable: false };
    let request = Request {
        adapter: None,
        tuned: None,
        loop_limit: 1000,
        slice: None,
        buffers: vec![buffer],
        named: 1,
        screen: None,
        health: health.clone(),
    };
    let adapter = block_on(adapter::choose(None)).expect("these tests need a GPU adapter");
    let (device, executor, _) = block_on(open(&adapter, &request)).expect("these tests need a GPU adapter");
    let queue = Queue::new(Box::new(executor), device.capabilities.clone(), health).unwrap();
    (device, queue)
}

fn read(queue: &Queue) -> Pending<Contents> {
    read_as(queue, false)
}

fn read_as(queue: &Queue, lent: bool) -> Pending<Contents> {
    let (reply, pending) = Pending::new(queue.health());
    let element = ElementType::Number;
    let read = Read { buffer: 0, start: 0, bytes: 1 << 20, element, lent, label: "a buffer".into(), reply };
    queue.push(Command::ReadBuffer(read)).map_or_else(Pending::refused, |()| pending)
}

#[test]
fn every_future_settles_when_the_device_is_lost() {
    let (device, queue) = queue();
    let before: Vec<_> = (0..100).map(|_| read(&queue)).collect();
    device.destroy();
    let after: Vec<_> = (0..100).map(|_| read(&queue)).collect();
    let results: Vec<_> = before.into_iter().chain(after).map(block_on).collect();
    assert!(results.last().is_some_and(Result::is_err));
    // It may take until the first answer, but then every call tells.
    assert!(queue.check().is_err());
    assert!(block_on(read(&queue)).is_err());
}

/// Commands of each kind on buffer 0 of 1 MiB, as those who call them see them: what they wait for, if for anything.
const KINDS: [&str; 8] = ["write", "staged write", "run", "copy", "read", "lent read", "replay", "work done"];

fn command(
    kind: &str,
    device: &GpuDevice,
    queue: &Queue,
    kernel: &Arc<Compiled>,
) -> Option<Pending<Contents>> {
    let run = || Repeatable::Run { kernel: kernel.clone(), extents: [64, 64, 1], uniforms: Arc::default() };
    let data = || Arc::new(Bytes::from(vec![0.0_f32; 1 << 18]));
    let command = match kind {
        "write" => Command::WriteBuffer { buffer: 0, start: 0, data: Payload::Bytes(data()) },
        "staged write" => {
            let (parts, payload) = Payload::stream(1 << 20);
            // Without memory it goes another way.
            let part = device.stage(&data()).map_or_else(|| data().into(), Part::Staged);
            parts.send(part).unwrap();
            Command::WriteBuffer { buffer: 0, start: 0, data: payload }
        }
        "run" => run().once(|| [0; 2]),
        "copy" => Command::CopyBuffer(crate::queue::Copy::whole(0, 0, 1 << 20)),
        "replay" => {
            Command::Replay(Replay::new(Arc::new(vec![run()]), 3000, Keys::new(Some(1)).unwrap().take(3000)))
        }
        "read" | "lent read" => return Some(read_as(queue, kind == "lent read")),
        _ => Command::WorkDone(Pending::new(queue.health()).0),
    };
    // A lost device refuses it.
    let _ = queue.push(command);
    None
}

#[test]
fn a_device_that_is_lost_at_any_command_settles_every_promise_with_that() {
    let is_lost = |error: &Error| matches!(error, Error::DeviceLost { .. });
    for kind in KINDS {
        for lost_before in [false, true] {
            let (device, queue) = device();
            let kernel = prepared(&device);
            let data = Bytes::from(vec![7.0_f32; 1 << 18]);
            queue.push(Command::WriteBuffer { buffer: 0, start: 0, data: data.clone().into() }).unwrap();
            let first = read(&queue);
            if lost_before {
                device.device.destroy();
            }
            let waiting = command(kind, &device, &queue, &kernel);
            if !lost_before {
                device.device.destroy();
            }
            let rest = [read_as(&queue, true), read(&queue)];
            for read in [first].into_iter().chain(waiting) {
                match block_on(read) {
                    Ok(contents) => assert!(contents[..] == data[..], "{kind}: lost data are taken for read"),
                    Err(error) => assert!(is_lost(&error), "{kind}: {error}"),
                }
            }
            for read in rest {
                let error = block_on(read).err().unwrap_or_else(|| panic!("{kind}: a lost device was read"));
                assert!(is_lost(&error), "{kind}: {error}");
            }
            assert!(queue.check().is_err_and(|error| is_lost(&error)), "{kind}");
        }
    }
}

#[test]
fn a_read_without_memory_is_refused_and_everything_else_goes_on() {
    let (device, queue) = device();
    let read = |start, bytes| {
        let (reply, pending) = Pending::new(queue.health());
        let (label, element) = ("the buffer \"a\"".into(), ElementType::Number);
        let read = Read { buffer: 0, start, bytes, label, element, lent: false, reply };
        queue.push(Command::ReadBuffer(read)).unwrap();
        pending
    };
    let data = Bytes::from((0..1 << 18).map(|index| index as f32).collect::<Vec<_>>());
    queue.push(Command::WriteBuffer { buffer: 0, start: 0, data: data.clone().into() }).unwrap();
    block_on(read(0, 16)).unwrap();
    device.staging.downloads.most.store(64, Ordering::Relaxed);
    // Some of them share a submission, whichever.
    for _ in 0..20 {
        let reads = [(0, 16), (0, 1 << 20), (16, 16), (64, 4096), (1024, 4)]
            .map(|(start, bytes)| (start, bytes, read(start, bytes)));
        for (start, bytes, pending) in reads {
            let refused = Error::NoMemory { what: "the buffer \"a\"".into(), bytes };
            match block_on(pending) {
                Ok(contents) => assert_eq!(contents[..], data[start as usize..(start + bytes) as usize]),
                Err(error) => assert!(error == refused && bytes > 64, "{bytes} bytes: {error}"),
            }
        }
    }
    device.staging.downloads.most.store(0, Ordering::Relaxed);
    assert!(block_on(read(0, 1 << 20)).unwrap()[..] == data[..]);
}

#[test]
fn memory_that_is_kept_goes_back_when_nothing_is_submitted_for_a_while() {
    let (device, queue) = device();
    let data = Bytes::from(vec![7.0_f32; 1 << 18]);
    queue.push(Command::WriteBuffer { buffer: 0, start: 0, data: data.clone().into() }).unwrap();
    block_on(read(&queue)).unwrap();
    let lent = block_on(read_as(&queue, true)).unwrap();
    assert!(lent.is_lent());
    let Staging { uploads, downloads, lender, .. } = &device.staging;
    assert!(uploads.idle_bytes() > 0 && downloads.idle_bytes() > 0);
    let is_returned = || uploads.idle_bytes() + downloads.idle_bytes() + lender.idle_bytes() == 0;
    wait_until(is_returned);
    // What a reader has had for longer goes back, too.
    drop(lent);
    assert!(lender.idle_bytes() > 0);
    wait_until(is_returned);
    assert!(block_on(read(&queue)).unwrap()[..] == data[..]);
}

#[test]
fn a_failure_told_from_outside_stops_the_queue() {
    let (_device, queue) = queue();
    let lost = Error::DeviceLost { reason: "a test".into() };
    queue.health().fail(lost.clone());
    assert_eq!(block_on(read(&queue)).err(), Some(lost));
}

#[test]
fn lent_memory_outlives_a_lost_device_and_its_session() {
    let (device, queue) = queue();
    let data = Bytes::from(vec![7.0_f32; 1 << 18]);
    queue.push(Command::WriteBuffer { buffer: 0, start: 0, data: data.clone().into() }).unwrap();
    let (reply, pending) = Pending::new(queue.health());
    let element = ElementType::Number;
    let lent =
        Read { buffer: 0, start: 0, bytes: 1 << 20, element, lent: true, label: "a buffer".into(), reply };
    queue.push(Command::ReadBuffer(lent)).unwrap();
    let contents = block_on(pending).unwrap();
    assert!(contents.is_lent() && contents[..] == data[..]);
    device.destroy();
    // Where wgpu finds that it is lost, and destroys all that it knows.
    assert!((0..100).any(|_| block_on(read(&queue)).is_err()));
    let _ = device.poll(wgpu::PollType::Poll);
    assert!(contents[..] == data[..]);
    drop(queue);
    drop(device);
    assert!(contents[..] == data[..]);
}

#[test]
fn only_so_much_memory_is_lent_and_what_comes_back_is_lent_again() {
    const MUCH: u64 = 600 << 20;
    let (device, _queue) = queue();
    let lender = lent::Lender::new(device);
    let loan = lender.lend(MUCH, 0..MUCH as usize).expect("there is memory");
    assert!(!lender.lends(MUCH) && lender.lend(MUCH, 0..1).is_none());
    let buffer = loan.buffer().cloned();
    drop(loan);
    assert!(lender.lends(MUCH));
    let again = lender.lend(MUCH, 0..MUCH as usize).expect("it came back");
    assert!(again.buffer().cloned() == buffer);
    // It outlives who lent it.
    drop(lender);
    drop(again);
}

/// A kernel with two texts that does nothing.
fn both_texts() -> Arc<Artifact> {
    let text = "override hpc__workgroup_x: u32 = 1;
        override hpc__workgroup_y: u32 = 1;
        override hpc__workgroup_z: u32 = 1;
        @compute @workgroup_size(hpc__workgroup_x, hpc__workgroup_y, hpc__workgroup_z)
        fn hpc__main() {}";
    let general = Some(text.to_owned());
    Arc::new(Artifact {
        interface: artifact::Interface::default(),
        code: artifact::Code::Wgsl(Wgsl { common: text.into(), general, ..Wgsl::default() }),
        common: artifact::Conditions::default(),
        buffers: Vec::new(),
        canvas: None,
        params: artifact::Params { uniforms: Vec::new(), size: 32, random: false },
        lane_axis: 0,
        axes_used: [true; 3],
        pattern: artifact::Pattern::Streaming,
        explanation: String::new(),
    })
}

fn likely(device: &GpuDevice) -> Choice {
    crate::grid::likely(&both_texts(), &[], &device.capabilities)
}

fn prepared(device: &GpuDevice) -> Arc<Compiled> {
    let artifact = both_texts();
    let program = block_on(device.prepare(&artifact, likely(device))).unwrap();
    Arc::new(Compiled::new(artifact, 1, program))
}

fn pipeline_count(kernel: &Compiled) -> usize {
    kernel.program().known::<program::GpuProgram>().unwrap().pipeline_count()
}

fn wait_for_pipelines(kernel: &Compiled, count: usize) {
    wait_until(|| pipeline_count(kernel) >= count);
}

fn wait_until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(20), "waited in vain");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn the_pipeline_of_the_other_text_is_made_before_it_is_needed() {
    let (device, queue) = device();
    let kernel = prepared(&device);
    wait_for_pipelines(&kernel, 2);
    // Other extents want other workgroups, for both texts.
    let uniforms = Arc::default();
    let run = Command::Run { kernel: kernel.clone(), extents: [64, 64, 1], uniforms, key: [0; 2] };
    queue.push(run).unwrap();
    wait_for_pipelines(&kernel, 4);
}

#[test]
fn the_end_of_a_session_waits_for_pipelines_and_makes_no_more() {
    let (device, queue) = device();
    let kernel = prepared(&device);
    drop(queue);
    let count = pipeline_count(&kernel);
    // A kernel that is made too late gets its first pipeline only.
    let late = prepared(&device);
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!((pipeline_count(&kernel), pipeline_count(&late)), (count, 1));
}

#[test]
fn staged_memory_is_bounded_and_used_again() {
    let (device, _queue) = queue();
    let uploads = upload::Uploads::new(device);
    // The last word is not whole.
    let bytes = vec![1; (16 << 20) - 1];
    let staged: Vec<_> = std::iter::from_fn(|| uploads.stage(&bytes)).collect();
    assert_eq!(staged.len(), 8);
    let buffer = |staged: &crate::queue::Staged| {
        staged.memory.downcast_ref::<upload::Upload>().unwrap().buffer().clone()
    };
    let buffers: Vec<_> = staged.iter().map(buffer).collect();
    // Dropped without having been sent, as when a queue is closed.
    drop(staged);
    let again = uploads.stage(&bytes).unwrap();
    assert!(buffers.contains(&buffer(&again)));
}

#[test]
fn large_buffers_start_as_zeros_in_memory_that_was_used_before() {
    for _ in 0..3 {
        let (_device, queue) = device();
        assert!(block_on(read(&queue)).unwrap().iter().all(|&byte| byte == 0));
        let data = Payload::Bytes(Arc::new(Bytes::from(vec![1.5_f32; 1 << 18])));
        queue.push(Command::WriteBuffer { buffer: 0, start: 0, data }).unwrap();
        assert!(block_on(read(&queue)).unwrap().iter().any(|&byte| byte != 0));
    }
}
