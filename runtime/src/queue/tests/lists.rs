//! Recorded lists.

use super::*;

/// A list that writes to one buffer, runs twice and copies that buffer to another.
fn list(kernel: &Arc<Compiled>) -> Arc<Vec<Repeatable>> {
    let run =
        |value| Repeatable::Run { kernel: kernel.clone(), extents: [64, 1, 1], uniforms: uniforms(value) };
    let write =
        Repeatable::WriteBuffer { buffer: 0, start: 0, data: Arc::new(vec![1.0_f32, 2.0, 3.0, 4.0].into()) };
    Arc::new(vec![write, run(1.0), run(2.0), Repeatable::CopyBuffer(Copy::whole(0, 1, 16))])
}

fn replay(kernel: &Arc<Compiled>, times: u32) -> Command {
    let keys = crate::random::Keys::new(Some(1)).unwrap().take(2 * u64::from(times));
    Command::Replay(Replay::new(list(kernel), times, keys))
}

#[test]
fn rule_11_lists() {
    let bench = bench();
    bench.hold();
    bench.queue.push(replay(&kernel(), 2)).unwrap();
    bench.write(0, 9.0);
    let copied = bench.read(1);
    bench.release();
    assert_eq!(floats(block_on(copied)), [1.0, 2.0, 3.0, 4.0]);
    let once = [Recorded::Write(0), Recorded::Pass { slots: vec![0, 256] }, Recorded::Copy(0, 1)];
    let again = [Recorded::Write(0), Recorded::Pass { slots: vec![512, 768] }, Recorded::Copy(0, 1)];
    let expected: Vec<_> =
        once.into_iter().chain(again).chain([Recorded::Write(0), Recorded::Read(1)]).collect();
    // One submission, behind the one at the gate.
    assert_eq!(bench.recorder.log()[1..], [expected]);
}

#[test]
fn rule_11_each_run_of_a_list_draws_a_key_of_its_own() {
    let mut compiled = Arc::into_inner(kernel()).unwrap();
    Arc::get_mut(&mut compiled.artifact).unwrap().params.random = true;
    let kernel = Arc::new(compiled);
    let keys = crate::random::Keys::new(Some(1)).unwrap();
    let run = |value, key| Command::Run {
        kernel: kernel.clone(),
        extents: [64, 1, 1],
        uniforms: uniforms(value),
        key,
    };
    let separate = planned((0..6).map(|turn| run([1.0, 2.0][turn % 2], keys.next())));
    let runs = planned([replay(&kernel, 3)]);
    assert_eq!(runs[0].slots, separate[0].slots);
}

#[test]
fn rule_7_the_submissions_of_a_list_are_bounded() {
    let submissions = planned([replay(&kernel(), 10_000)]);
    let dispatches = |submission: &Submission| {
        let launches = submission
            .steps
            .iter()
            .map(|step| if let Step::Pass(launches) = step { launches.len() } else { 0 });
        launches.sum::<usize>()
    };
    assert_eq!(submissions.iter().map(dispatches).sum::<usize>(), 20_000);
    assert!(submissions.iter().all(|submission| dispatches(submission) <= MAX_STEPS));
}

/// A list of commands of each kind that is no run, over and over.
fn without_runs(times: u32) -> [Command; 3] {
    let copy = Repeatable::CopyBuffer(Copy::whole(0, 1, 16));
    let show = Repeatable::UpdateCanvas { pixels: 0, presented: 1, bytes: 16 };
    let write = Repeatable::WriteBuffer { buffer: 0, start: 0, data: Arc::new(vec![1.0_f32; 4].into()) };
    [copy, show, write].map(|command| {
        let keys = crate::random::Keys::new(Some(1)).unwrap().take(0);
        Command::Replay(Replay::new(Arc::new(vec![command]), times, keys))
    })
}

#[test]
fn rule_7_lists_without_runs_are_bounded_and_rule_9_closing_ends_them() {
    for command in without_runs(10_000) {
        let submissions = planned([command]);
        let steps: Vec<_> = submissions.iter().map(|submission| submission.steps.len()).collect();
        assert_eq!(steps.iter().sum::<usize>(), 10_000);
        assert!(steps.iter().all(|&steps| steps <= MAX_STEPS), "{steps:?}");
    }
    for command in without_runs(u32::MAX) {
        let bench = bench();
        bench.queue.push(command).unwrap();
        let behind = bench.read(0);
        wait_until(|| bench.recorder.counts()[0] > 10);
        bench.queue.shut_down();
        assert_eq!(block_on(behind), Err(Error::Dropped));
    }
}

#[test]
fn rule_7_a_submission_copies_only_so_much() {
    let copy = |bytes| Command::CopyBuffer(Copy::whole(0, 1, bytes));
    let half = MAX_COPIED_BYTES / 2;
    let submissions = planned([half, half, 16, 3 * half, 16].map(copy));
    let steps: Vec<_> = submissions.iter().map(|submission| submission.steps.len()).collect();
    assert_eq!(steps, [2, 1, 1, 1]);
}

#[test]
fn rule_9_closing_ends_a_list_that_is_replayed_for_ever() {
    let bench = bench();
    bench.queue.push(replay(&kernel(), u32::MAX)).unwrap();
    let behind = bench.read(0);
    wait_until(|| bench.recorder.counts()[0] > 10);
    bench.queue.shut_down();
    assert_eq!(block_on(behind), Err(Error::Dropped));
    assert_eq!(bench.queue.health().check(), Ok(()));
}
