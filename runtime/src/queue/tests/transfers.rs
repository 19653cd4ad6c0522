//! Writes and reads in parts.

use super::*;

fn in_parts(bytes: u64) -> Capabilities {
    Capabilities { transfer_bytes: bytes, ..Capabilities::unlimited() }
}

#[test]
fn rule_7_large_writes_and_reads_come_in_parts() {
    let (reply, _pending) = Pending::new(&Arc::default());
    let write = Command::WriteBuffer { buffer: 0, start: 0, data: payload(vec![0.0; 10]) };
    let read = Read {
        buffer: 1,
        start: 4,
        bytes: 40,
        element: ElementType::Number,
        lent: false,
        label: "a buffer".into(),
        reply,
    };
    let submissions = planned_on(in_parts(16), [write, Command::ReadBuffer(read)]);
    let part = |step: &Step| match step {
        Step::Write { buffer, start, data } => (*buffer, *start, data.bytes()),
        Step::Read(part) => (part.buffer, part.start, part.bytes),
        step => panic!("{step:?}"),
    };
    let parts = |submission: &Submission| submission.steps.iter().map(part).collect::<Vec<_>>();
    let parts: Vec<_> = submissions.iter().map(parts).collect();
    let expected = [
        vec![(0, 0, 16)],
        vec![(0, 16, 16)],
        vec![(0, 32, 8), (1, 4, 16)],
        vec![(1, 20, 16)],
        vec![(1, 36, 8)],
    ];
    assert_eq!(parts, expected);
}

#[test]
fn rule_1_parts_keep_the_place_of_their_command() {
    let bench = bench_on(in_parts(8));
    let before = bench.read(0);
    bench
        .queue
        .push(Command::WriteBuffer { buffer: 0, start: 0, data: payload(vec![1.0, 2.0, 3.0, 4.0]) })
        .unwrap();
    let between = bench.read(0);
    let (parts, data) = Payload::stream(16);
    bench.queue.push(Command::WriteBuffer { buffer: 0, start: 0, data }).unwrap();
    let after = bench.read(0);
    bench.write(0, 9.0);
    // What comes behind a stream is enqueued before its parts are there.
    for part in [vec![5.0_f32], vec![6.0, 7.0], vec![8.0]] {
        parts.send(Arc::new(Bytes::from(part)).into()).unwrap();
    }
    drop(parts);
    assert_eq!(floats(block_on(after)), [5.0, 6.0, 7.0, 8.0]);
    assert_eq!(floats(block_on(before)), [0.0; 4]);
    assert_eq!(floats(block_on(between)), [1.0, 2.0, 3.0, 4.0]);
    assert_eq!(floats(block_on(bench.read(0))), [9.0; 4]);
}

#[test]
fn rule_8_the_reader_of_a_read_in_parts_learns_of_a_failure() {
    let bench = bench_on(in_parts(8));
    bench.hold();
    let lost = Error::DeviceLost { reason: "a test".into() };
    // The write at the gate and the first part succeed.
    bench.gate.spared.store(2, Ordering::SeqCst);
    *bench.gate.fail.lock().unwrap() = Some(lost.clone());
    let read = bench.read(0);
    bench.release();
    assert_eq!(block_on(read), Err(lost));
}

#[test]
fn a_read_without_memory_is_refused_by_name_and_alone() {
    for bytes in [1 << 60, u64::MAX / 2] {
        let (reply, pending) = Pending::new(&Arc::default());
        let (label, element) = ("the buffer \"huge\"".into(), ElementType::U8);
        let read = Read { buffer: 1, start: 0, bytes, label, element, lent: false, reply };
        for part in read.parts(bytes / 4) {
            part.answer(&[0; 8]);
        }
        let refused = block_on(pending).unwrap_err();
        assert_eq!(refused, Error::NoMemory { what: "the buffer \"huge\"".into(), bytes });
    }
}

#[test]
fn rule_9_a_stream_ends_when_the_queue_is_closed() {
    let bench = bench();
    bench.hold();
    let (parts, data) = Payload::stream(16);
    bench.queue.push(Command::WriteBuffer { buffer: 0, start: 0, data }).unwrap();
    bench.queue.close();
    bench.release();
    bench.queue.shut_down();
    assert!(parts.send(Arc::new(Bytes::from(vec![0_u8; 16])).into()).is_err());
}
