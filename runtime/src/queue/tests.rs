//! Each rule of the queue, on the noop backend behind a gate: no device needed.

use std::future::Future;
use std::sync::Condvar;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use artifact::{Artifact, Bound, Conditions, ElementType, Factor, Form, Params, Term, UniformField};
use pollster::block_on;

use super::*;
use crate::backend::noop::{self, NoopExecutor, Recorded, Recorder};
use crate::backend::{BufferRequest, Program, Request};
use crate::bytes::Bytes;
use crate::health::Pending;
use crate::uniforms::Numbers;
use crate::{Contents, UniformValue};

mod lists;
mod transfers;

/// A noop executor that tests can hold up and break.
struct Scripted {
    inner: NoopExecutor,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    shut: Mutex<bool>,
    changed: Condvar,
    /// A submission waits at the gate, or has passed it.
    reached: AtomicBool,
    fail: Mutex<Option<Error>>,
    /// So many submissions succeed before `fail` is looked at.
    spared: AtomicUsize,
    panic: AtomicBool,
}

impl Gate {
    fn set(&self, shut: bool) {
        *self.shut.lock().unwrap() = shut;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let shut = self.shut.lock().unwrap();
        self.reached.store(true, Ordering::SeqCst);
        drop(self.changed.wait_while(shut, |shut| *shut).unwrap());
    }
}

impl Executor for Scripted {
    fn submit(&mut self, submission: Submission) -> Result<(), Error> {
        self.gate.pass();
        assert!(!self.gate.panic.load(Ordering::SeqCst), "told to panic");
        let spare = |spared: usize| spared.checked_sub(1);
        if self.gate.spared.fetch_update(Ordering::SeqCst, Ordering::SeqCst, spare).is_err() {
            self.gate.fail.lock().unwrap().clone().map_or(Ok(()), Err)?;
        }
        self.inner.submit(submission)
    }
}

struct Bench {
    queue: Queue,
    gate: Arc<Gate>,
    recorder: Recorder,
}

/// A queue with three buffers of four floats.
fn bench() -> Bench {
    bench_on(Capabilities::unlimited())
}

fn bench_on(capabilities: Capabilities) -> Bench {
    let health = Arc::new(Health::default());
    let buffer = BufferRequest { label: String::new(), bytes: 16, resizable: false };
    let buffers = vec![buffer; 3];
    let request = Request {
        adapter: None,
        tuned: None,
        loop_limit: 1000,
        slice: None,
        buffers,
        named: 3,
        screen: None,
        health: health.clone(),
    };
    let recorder = Recorder::with_log();
    let (_, inner) = noop::parts(&request, recorder.clone());
    let gate = Arc::new(Gate::default());
    let executor = Scripted { inner, gate: gate.clone() };
    let queue = Queue::new(Box::new(executor), capabilities, health).unwrap();
    Bench { queue, gate, recorder }
}

impl Bench {
    /// Shuts the gate and lets a first submission run into it, so that what follows accumulates.
    fn hold(&self) {
        self.gate.set(true);
        self.gate.reached.store(false, Ordering::SeqCst);
        self.write(2, 0.0);
        wait_until(|| self.gate.reached.load(Ordering::SeqCst));
    }

    fn release(&self) {
        self.gate.set(false);
    }

    fn write(&self, buffer: usize, value: f32) {
        self.queue.push(Command::WriteBuffer { buffer, start: 0, data: payload(vec![value; 4]) }).unwrap();
    }

    fn copy(&self, source: usize, destination: usize) {
        self.queue.push(Command::CopyBuffer(Copy::whole(source, destination, 16))).unwrap();
    }

    fn read(&self, buffer: usize) -> Pending<Contents> {
        let (reply, pending) = Pending::new(self.queue.health());
        let read = Read {
            buffer,
            start: 0,
            bytes: 16,
            element: ElementType::Number,
            lent: false,
            label: "a buffer".into(),
            reply,
        };
        self.queue.push(Command::ReadBuffer(read)).map_or_else(Pending::refused, |()| pending)
    }

    fn run(&self, kernel: &Arc<Compiled>, uniforms: &Arc<Vec<Numbers>>) {
        let (kernel, uniforms) = (kernel.clone(), uniforms.clone());
        self.queue.push(Command::Run { kernel, extents: [64, 1, 1], uniforms, key: [0, 0] }).unwrap();
    }

    fn done(&self) {
        let (reply, pending) = Pending::new(self.queue.health());
        self.queue.push(Command::WorkDone(reply)).unwrap();
        block_on(pending).unwrap();
    }
}

struct Nothing;

impl Program for Nothing {}

/// A kernel with one uniform.
pub(super) fn kernel() -> Arc<Compiled> {
    let uniforms = vec![UniformField { uniform: 0, form: Form::Single, offset: 32 }];
    let artifact = Artifact {
        interface: artifact::Interface::default(),
        code: artifact::Code::Wgsl(artifact::Wgsl::default()),
        common: Conditions::default(),
        buffers: Vec::new(),
        canvas: None,
        params: Params { uniforms, size: 48, random: false },
        lane_axis: 0,
        axes_used: [true, false, false],
        pattern: artifact::Pattern::Streaming,
        explanation: String::new(),
    };
    Arc::new(Compiled::new(Arc::new(artifact), 1, Box::new(Nothing)))
}

pub(super) fn uniforms(value: f32) -> Arc<Vec<Numbers>> {
    Arc::new(vec![UniformValue::from(value).into()])
}

fn payload(floats: Vec<f32>) -> Payload {
    Bytes::from(floats).into()
}

fn floats(contents: Result<Contents, Error>) -> Vec<f32> {
    contents.unwrap().into_vec()
}

fn wait_until(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(10), "waited in vain");
        std::thread::yield_now();
    }
}

#[test]
fn rule_1_in_order() {
    let bench = bench();
    bench.hold();
    bench.write(0, 1.0);
    bench.copy(0, 1);
    bench.write(0, 2.0);
    let (first, second) = (bench.read(1), bench.read(0));
    bench.copy(0, 1);
    let third = bench.read(1);
    bench.release();
    assert_eq!(floats(block_on(first)), [1.0; 4]);
    assert_eq!(floats(block_on(second)), [2.0; 4]);
    assert_eq!(floats(block_on(third)), [2.0; 4]);
}

#[test]
fn rule_2_no_waiting() {
    let bench = bench();
    bench.hold();
    let kernel = kernel();
    for _ in 0..1000 {
        bench.run(&kernel, &uniforms(0.0));
        bench.write(0, 1.0);
        bench.copy(0, 1);
        drop(bench.read(1));
    }
    // Came here although nothing can be executed.
    assert_eq!(bench.recorder.counts()[0], 0);
    bench.release();
}

#[test]
fn rule_3_snapshots() {
    let bench = bench();
    bench.hold();
    let kernel = kernel();
    let mut current = uniforms(1.0);
    bench.run(&kernel, &current);
    Arc::make_mut(&mut current)[0] = UniformValue::Number(2.0).into();
    bench.run(&kernel, &current);
    bench.release();
    bench.done();
    // The second run did not share the slot of the first: it saw another value.
    assert_eq!(bench.recorder.log()[1], [Recorded::Pass { slots: vec![0, 256] }]);
}

#[test]
fn rule_4_reads_are_futures() {
    let bench = bench();
    bench.hold();
    bench.write(0, 1.0);
    let mut reads = Vec::new();
    for turn in 0..1000 {
        bench.write(0, turn as f32);
        let read = bench.read(0);
        // Every second one is dropped.
        if turn % 2 == 0 {
            reads.push((turn as f32, read));
        }
    }
    bench.release();
    for (turn, read) in reads.into_iter().rev() {
        assert_eq!(floats(block_on(read)), [turn; 4]);
    }
}

#[test]
fn rule_5_runs_share() {
    let bench = bench();
    bench.hold();
    let kernels = [kernel(), kernel()];
    for turn in 0..100 {
        // Equal uniforms twice in a row.
        bench.run(&kernels[turn % 2], &uniforms((turn / 2) as f32));
    }
    bench.release();
    bench.done();
    let log = bench.recorder.log();
    let slots: Vec<u32> = (0..100).map(|turn| turn / 2 * 256).collect();
    assert_eq!(log[1], [Recorded::Pass { slots }]);
    // The write at the gate, the runs (the last command, waiting for the end, may come with them or after them).
    assert!(log.len() <= 3, "{log:?}");
}

#[test]
fn rule_6_at_once_then_in_batches() {
    let bench = bench();
    bench.write(0, 1.0);
    wait_until(|| bench.recorder.counts()[0] == 1);
    bench.hold();
    for _ in 0..10 {
        bench.write(0, 1.0);
    }
    bench.release();
    bench.done();
    let log = bench.recorder.log();
    assert_eq!(log[2], vec![Recorded::Write(0); 10]);
}

#[test]
fn rule_7_bounded() {
    let bench = bench();
    bench.hold();
    for _ in 0..MAX_PENDING_COMMANDS {
        bench.copy(0, 1);
    }
    let waited = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            bench.copy(0, 1);
            waited.store(true, Ordering::SeqCst);
        });
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waited.load(Ordering::SeqCst), "a command more than the bound was accepted");
        bench.release();
    });
    assert!(waited.load(Ordering::SeqCst));
}

#[test]
fn rule_7_pending_data_is_bounded_and_closing_ends_the_waiting() {
    let bench = bench();
    bench.hold();
    let half = || Command::WriteBuffer {
        buffer: 0,
        start: 0,
        data: payload(vec![0.0; (MAX_PENDING_BYTES / 8) as usize]),
    };
    bench.queue.push(half()).unwrap();
    bench.queue.push(half()).unwrap();
    // Commands without data have room.
    bench.copy(0, 1);
    let waited = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let caller = scope.spawn(|| {
            let result =
                bench.queue.push(Command::WriteBuffer { buffer: 0, start: 0, data: payload(vec![0.0; 4]) });
            waited.store(true, Ordering::SeqCst);
            result
        });
        std::thread::sleep(Duration::from_millis(50));
        assert!(!waited.load(Ordering::SeqCst), "more data than the bound was accepted");
        bench.queue.close();
        assert_eq!(caller.join().unwrap(), Err(Error::Dropped));
    });
    bench.release();
}

/// What a planner makes of `commands`.
fn planned(commands: impl IntoIterator<Item = Command>) -> Vec<Submission> {
    planned_on(Capabilities::unlimited(), commands)
}

fn planned_on(capabilities: Capabilities, commands: impl IntoIterator<Item = Command>) -> Vec<Submission> {
    let mut planner = Planner::new(capabilities);
    let mut submissions = Vec::new();
    let mut sink = |submission| {
        submissions.push(submission);
        Ok(())
    };
    commands.into_iter().try_for_each(|command| planner.add(command, &mut sink)).unwrap();
    planner.finish(&mut sink).unwrap();
    submissions
}

#[test]
fn rule_7_dispatches_and_reads_of_a_submission_are_bounded() {
    let (kernel, uniforms) = (kernel(), uniforms(0.0));
    // They share one slot, so that nothing else bounds them.
    let run = || Command::Run {
        kernel: kernel.clone(),
        extents: [1, 1, 1],
        uniforms: uniforms.clone(),
        key: [0, 0],
    };
    let counts: Vec<_> = planned((0..MAX_STEPS + 1).map(|_| run()))
        .iter()
        .map(|submission| match submission.steps.as_slice() {
            [Step::Pass(launches)] => launches.len(),
            steps => panic!("{steps:?}"),
        })
        .collect();
    assert_eq!(counts, [MAX_STEPS, 1]);
    let (replies, _pending): (Vec<_>, Vec<_>) = (0..3).map(|_| Pending::new(&Arc::default())).unzip();
    let bytes = MAX_STAGING_BYTES / 2;
    let element = ElementType::Number;
    let read =
        |reply| Read { buffer: 0, start: 0, bytes, element, lent: false, label: "a buffer".into(), reply };
    let submissions = planned(replies.into_iter().map(|reply| Command::ReadBuffer(read(reply))));
    let bytes: Vec<_> = submissions.iter().map(|submission| submission.download_bytes).collect();
    assert_eq!(bytes, [MAX_STAGING_BYTES, MAX_STAGING_BYTES / 2]);
}

#[test]
fn rule_5_runs_of_both_codes_of_a_kernel_share_a_pass() {
    let mut compiled = Arc::into_inner(kernel()).unwrap();
    let artifact = Arc::get_mut(&mut compiled.artifact).unwrap();
    let limited = |axis| Term { coefficient: 1, factors: vec![Factor::Extent(axis)] };
    let limited = |axis| Bound { terms: vec![limited(axis)], limit: 64 };
    artifact.common = Conditions { bounds: (0..3).map(limited).collect(), ..Conditions::default() };
    let artifact::Code::Wgsl(code) = &mut artifact.code else { unreachable!("it is WGSL") };
    code.general = Some(String::new());
    let (kernel, uniforms) = (Arc::new(compiled), uniforms(0.0));
    let run =
        |extents| Command::Run { kernel: kernel.clone(), extents, uniforms: uniforms.clone(), key: [0, 0] };
    let submissions = planned([[64, 1, 1], [65, 1, 1], [64, 64, 64], [1, 1, 65]].map(run));
    let [Submission { steps, .. }] = submissions.as_slice() else { panic!("{submissions:?}") };
    let [Step::Pass(launches)] = steps.as_slice() else { panic!("{steps:?}") };
    let general: Vec<_> =
        launches.iter().map(|launch| launch.choice.variant.text == crate::grid::Text::General).collect();
    assert_eq!(general, [false, true, false, true]);
}

#[test]
fn rule_7_a_submission_is_bounded() {
    let kernel = kernel();
    let runs = (0..3000).map(|turn| {
        let uniforms = uniforms(turn as f32);
        Command::Run { kernel: kernel.clone(), extents: [1, 1, 1], uniforms, key: [0, 0] }
    });
    let data = || payload(vec![0.0; 10 * 1024 * 1024]);
    let writes = (0..3).map(|_| Command::WriteBuffer { buffer: 0, start: 0, data: data() });
    let submissions = planned(runs.chain(writes));
    let dispatches = |submission: &Submission| match &submission.steps[0] {
        Step::Pass(launches) => launches.len(),
        _ => 0,
    };
    let counts: Vec<_> = submissions.iter().map(dispatches).collect();
    assert_eq!(counts.iter().sum::<usize>(), 3000);
    assert!(counts.iter().all(|&count| count <= MAX_STEPS), "{counts:?}");
    assert!(submissions.iter().all(|submission| submission.slots.len() <= SLOT_BYTES as usize));
    assert!(submissions.iter().all(|submission| submission.upload_bytes <= MAX_STAGING_BYTES));
}

#[test]
fn rule_8_every_future_settles_after_a_failure() {
    let bench = bench();
    bench.hold();
    let reads: Vec<_> = (0..10).map(|_| bench.read(0)).collect();
    let lost = Error::DeviceLost { reason: "a test".into() };
    *bench.gate.fail.lock().unwrap() = Some(lost.clone());
    bench.release();
    for read in reads {
        assert_eq!(block_on(read), Err(lost.clone()));
    }
    wait_until(|| bench.queue.check() == Err(lost.clone()));
    assert_eq!(bench.queue.push(Command::CopyBuffer(Copy::whole(0, 1, 16))), Err(lost.clone()));
    assert_eq!(block_on(bench.read(0)), Err(lost));
}

#[test]
fn rule_8_the_rest_of_a_batch_learns_of_a_failure() {
    // Nobody tells the health before the batch is dropped, unless the queue does; a race, so more than once.
    for _ in 0..20 {
        let bench = bench();
        bench.hold();
        // Of two writes that fill a submission each, the first one fails.
        for _ in 0..2 {
            let data = payload(vec![0.0; (MAX_STAGING_BYTES / 4) as usize]);
            bench.queue.push(Command::WriteBuffer { buffer: 0, start: 0, data }).unwrap();
        }
        let reads: Vec<_> = (0..4).map(|_| bench.read(0)).collect();
        let lost = Error::DeviceLost { reason: "a test".into() };
        // The write at the gate.
        bench.gate.spared.store(1, Ordering::SeqCst);
        *bench.gate.fail.lock().unwrap() = Some(lost.clone());
        bench.release();
        assert!(reads.into_iter().map(block_on).all(|result| result == Err(lost.clone())));
    }
}

#[test]
fn rule_8_every_future_settles_after_a_panic() {
    let bench = bench();
    bench.hold();
    let reads: Vec<_> = (0..10).map(|_| bench.read(0)).collect();
    bench.gate.panic.store(true, Ordering::SeqCst);
    bench.release();
    for read in reads {
        assert!(matches!(block_on(read), Err(Error::Internal { .. })));
    }
}

#[test]
fn rule_8_a_caller_that_waits_for_room_learns_of_a_failure() {
    let bench = bench();
    bench.hold();
    for _ in 0..MAX_PENDING_COMMANDS {
        bench.copy(0, 1);
    }
    let lost = Error::DeviceLost { reason: "a test".into() };
    std::thread::scope(|scope| {
        // Two rounds, so that the last ones wait whether or not the device thread takes the first.
        let caller = scope.spawn(|| {
            (0..2 * MAX_PENDING_COMMANDS + 2)
                .try_for_each(|_| bench.queue.push(Command::CopyBuffer(Copy::whole(0, 1, 16))))
        });
        std::thread::sleep(Duration::from_millis(20));
        *bench.gate.fail.lock().unwrap() = Some(lost.clone());
        bench.release();
        assert_eq!(caller.join().unwrap(), Err(lost));
    });
}

#[test]
fn rule_9_closing() {
    let bench = bench();
    bench.gate.set(true);
    let submitted = bench.read(0);
    wait_until(|| bench.gate.reached.load(Ordering::SeqCst));
    let pending = bench.read(0);
    bench.queue.close();
    assert_eq!(block_on(pending), Err(Error::Dropped));
    assert_eq!(block_on(bench.read(0)), Err(Error::Dropped));
    assert_eq!(bench.queue.push(Command::CopyBuffer(Copy::whole(0, 1, 16))), Err(Error::Dropped));
    bench.release();
    drop(bench.queue);
    assert_eq!(floats(block_on(submitted)), [0.0; 4]);
}

#[test]
fn rule_9_closing_drops_the_rest_of_what_was_taken() {
    let bench = bench_on(Capabilities { max_workgroups: 1, ..Capabilities::unlimited() });
    bench.gate.set(true);
    // One command that needs three submissions; the first one waits at the gate.
    let extents = [3 * 256 * MAX_STEPS as u32, 1, 1];
    let run = Command::Run { kernel: kernel(), extents, uniforms: uniforms(0.0), key: [0, 0] };
    bench.queue.push(run).unwrap();
    wait_until(|| bench.gate.reached.load(Ordering::SeqCst));
    bench.queue.close();
    bench.release();
    drop(bench.queue);
    assert_eq!(bench.recorder.counts()[0], 1);
}

struct DropsTheQueue(Mutex<Option<Queue>>, AtomicBool);

impl Wake for DropsTheQueue {
    fn wake(self: Arc<Self>) {
        let queue = self.0.lock().unwrap().take();
        if let Some(queue) = queue {
            // More than fits, on the thread that would have to make room.
            for _ in 0..=MAX_PENDING_COMMANDS {
                queue.push(Command::CopyBuffer(Copy::whole(0, 1, 16))).unwrap();
            }
            drop(queue);
            self.1.store(true, Ordering::SeqCst);
        }
    }
}

#[test]
fn rule_10_wakers_may_do_anything() {
    let bench = bench();
    bench.hold();
    let mut read = bench.read(0);
    let Bench { queue, gate, .. } = bench;
    let waker = Arc::new(DropsTheQueue(Mutex::new(Some(queue)), AtomicBool::new(false)));
    let mut context = std::task::Context::from_waker(Waker::noop());
    assert!(std::pin::Pin::new(&mut read).poll(&mut context).is_pending());
    let mine: Waker = waker.clone().into();
    let mut context = std::task::Context::from_waker(&mine);
    assert!(std::pin::Pin::new(&mut read).poll(&mut context).is_pending());
    gate.set(false);
    wait_until(|| waker.1.load(Ordering::SeqCst));
    assert_eq!(floats(block_on(read)), [0.0; 4]);
}

struct Panics;

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        panic!("a waker that panics");
    }
}

#[test]
fn rule_10_a_waker_that_panics_is_a_failure() {
    let bench = bench();
    bench.hold();
    let mut read = bench.read(0);
    let other = bench.read(0);
    let waker: Waker = Arc::new(Panics).into();
    let mut context = std::task::Context::from_waker(&waker);
    assert!(std::pin::Pin::new(&mut read).poll(&mut context).is_pending());
    bench.release();
    assert!(matches!(block_on(other), Err(Error::Internal { .. })));
    wait_until(|| bench.queue.check().is_err());
}

#[test]
fn many_threads_share_a_queue() {
    let bench = bench();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10_000 {
                    bench.copy(0, 1);
                }
                block_on(bench.read(1)).unwrap();
            });
        }
    });
    let steps: usize = bench.recorder.log().iter().map(Vec::len).sum();
    assert_eq!(steps, 40_004);
}
