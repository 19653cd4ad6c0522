//! The runtime on the CPU backend, with kernels assembled by hand.
#![cfg(feature = "cpu")]

mod common;
#[path = "common/wasm.rs"]
mod wasm;

use std::time::{Duration, Instant};

use artifact::{Artifact, CanvasSize, Code, ElementType, Wasm};
use common::{buffer, create, error, floats, kernel, numbers, read, setup, within};
use pollster::block_on;
use runtime::{AdapterKind, BackendType, Error, Kernel, Session, Setup, Track};
use wasm::{Assembler, COUNTER, ID, along, artifact, module};
use wasm_encoder::BlockType;

fn open(setup: Setup) -> Session {
    block_on(Session::open(Setup { backend: Some(BackendType::Cpu), ..setup })).unwrap()
}

/// A kernel of `session` with this body.
fn assemble(session: &Session, body: impl Fn(&mut Assembler<'_, '_>)) -> Kernel {
    kernel(session, artifact(session.interface(), body))
}

/// A kernel that adds one to this thread's float of the first buffer.
fn counter(session: &Session) -> Kernel {
    assemble(session, |own| own.add(0, one))
}

fn one(own: &mut Assembler<'_, '_>) {
    own.code.f32_const(1.0.into());
}

/// A kernel that never ends by itself.
fn runaway(session: &Session) -> Kernel {
    assemble(session, |own| {
        own.code.loop_(BlockType::Empty);
        own.poll();
        own.code.br(0).end();
    })
}

#[test]
fn it_says_what_it_is_and_what_kernels_see() {
    let session = open(setup(&["a"], &[4], None));
    let info = session.adapter_info();
    assert_eq!(session.backend_type(), BackendType::Cpu);
    assert!(session.interface().using_cpu);
    assert_eq!((info.api.as_str(), info.kind), ("WebAssembly SIMD", AdapterKind::Software));
    assert!(info.driver.contains(" thread"), "{}", info.driver);
    assert!(!info.name.is_empty());
}

#[test]
fn commands_take_effect_in_order_without_waiting() {
    let session = open(setup(&["a", "b"], &[64], None));
    let add = assemble(&session, |own| {
        own.add(0, |own| {
            own.index().load(1).uniform().code.f32_add();
        });
    });
    session.write_buffer("a", numbers(vec![1.0; 64])).unwrap();
    session.write_buffer("b", numbers(vec![10.0; 64])).unwrap();
    session.set_uniforms([("t", 100.0.into())]).unwrap();
    add.run([64, 1, 1]).unwrap();
    let first = session.read_buffer("a", ..);
    session.set_uniforms([("t", 1000.0.into())]).unwrap();
    add.run([32, 1, 1]).unwrap();
    session.copy_buffer("a", "b").unwrap();
    session.write_buffer("a", numbers(vec![7.0; 64])).unwrap();
    assert_eq!(read(&session, "a"), [7.0; 64]);
    let b = read(&session, "b");
    assert_eq!((b[31], b[32]), (1121.0, 111.0));
    assert_eq!(floats(block_on(first)), [111.0; 64]);
}

#[test]
fn each_run_sees_the_uniforms_of_its_call() {
    let session = open(setup(&["a"], &[5000], None));
    let mark = assemble(&session, |own| {
        own.uniform().code.i32_trunc_f32_s();
        own.store(0, |own| {
            own.uniform();
        });
    });
    for turn in 0..5000 {
        session.set_uniforms([("t", (turn as f32).into())]).unwrap();
        mark.run([1, 1, 1]).unwrap();
    }
    assert_eq!(read(&session, "a"), (0..5000).map(|turn| turn as f32).collect::<Vec<_>>());
}

#[test]
fn a_read_is_a_snapshot_and_ten_thousand_of_them_settle() {
    let session = open(setup(&["a"], &[64], None));
    let count = counter(&session);
    let reads: Vec<_> = (0..10_000)
        .map(|_| {
            count.run([64, 1, 1]).unwrap();
            session.read_buffer("a", ..)
        })
        .collect();
    for (turn, read) in reads.into_iter().enumerate() {
        assert_eq!(floats(block_on(read))[63], (turn + 1) as f32);
    }
}

#[test]
fn calls_do_not_wait_for_a_long_run() {
    let session = open(setup(&["a"], &[64], None));
    let (run_away, count) = (runaway(&session), counter(&session));
    let start = Instant::now();
    run_away.run([64, 1, 1]).unwrap();
    let reads: Vec<_> = (0..100)
        .map(|_| {
            count.run([64, 1, 1]).unwrap();
            session.write_buffer("a", numbers(vec![0.0; 64])).unwrap();
            session.read_buffer("a", ..)
        })
        .collect();
    assert!(start.elapsed() < Duration::from_secs(5));
    session.destroy();
    for read in reads {
        assert_eq!(block_on(read), Err(Error::Dropped));
    }
}

/// Whether each thread of the extents runs once, whatever axis the lanes are along.
fn covers(session: &Session, extents: [u32; 3]) {
    let count = extents.iter().product::<u32>() as usize;
    for lane_axis in 0..3 {
        session.write_buffer("a", numbers(vec![0.0; 210_003])).unwrap();
        // Not only how often, but also with which id.
        let kernel = kernel(
            session,
            along(lane_axis, session.interface(), |own| {
                own.add(0, |own| {
                    own.code.local_get(ID[0]).local_get(ID[1]).i32_const(3).i32_mul().i32_add();
                    own.code.local_get(ID[2]).i32_const(7).i32_mul().i32_add().i32_const(1).i32_add();
                    own.code.f32_convert_i32_s();
                });
            }),
        );
        kernel.run(extents).unwrap();
        let floats = read(session, "a");
        let [width, height, _] = extents.map(|extent| extent as usize);
        let expected = |i: usize| (i % width + i / width % height * 3 + i / width / height * 7 + 1) as f32;
        let wrong = floats[..count].iter().enumerate().find(|&(i, &value)| value != expected(i));
        assert_eq!(wrong, None, "{extents:?}, lanes along {lane_axis}");
        assert!(floats[count..].iter().all(|&value| value == 0.0));
    }
}

#[test]
fn every_thread_of_odd_and_long_runs_runs_once() {
    let session = open(setup(&["a"], &[210_003], None));
    let long = [[70_001, 3, 1], [3, 70_001, 1], [1, 3, 70_001], [1, 210_003, 1], [1, 1, 210_003]];
    let odd = [[1, 1, 1], [7, 1, 1], [65, 1, 1], [13, 11, 1], [1, 13, 11], [17, 1, 9], [59, 61, 53]];
    for extents in long.into_iter().chain(odd) {
        covers(&session, extents);
    }
}

#[test]
fn rows_of_very_different_cost_all_run() {
    let session = open(setup(&["a"], &[512 * 8], None));
    // A thread's cost is the square of its row.
    let squares = assemble(&session, |own| {
        own.code.local_get(ID[1]).local_get(ID[1]).i32_mul().i32_const(1).i32_add().local_set(COUNTER);
        own.code.loop_(BlockType::Empty);
        own.code.local_get(COUNTER).i32_const(1).i32_sub().local_tee(COUNTER).br_if(0).end();
        own.add(0, one);
    });
    (0..3).for_each(|_| squares.run([8, 512, 1]).unwrap());
    assert_eq!(read(&session, "a"), [3.0; 512 * 8]);
}

#[test]
fn the_longest_run_can_be_called() {
    let session = open(setup(&["a"], &[8], None));
    let last = assemble(&session, |own| {
        own.code.local_get(ID[0]);
        own.extent(0).code.i32_const(1).i32_sub().i32_eq().if_(BlockType::Empty);
        own.code.i32_const(0);
        own.store(0, |own| {
            own.code.i32_const(0);
            own.load(0);
            one(own);
            own.code.f32_add();
        });
        own.code.end();
    });
    last.run([i32::MAX as u32, 1, 1]).unwrap();
    assert_eq!(read(&session, "a")[0], 1.0);
    assert!(matches!(last.run([i32::MAX as u32, 2, 1]), Err(Error::InvalidExtent { .. })));
}

#[test]
fn a_runaway_kernel_is_ended_by_destroying_and_by_dropping() {
    for drops in [false, true] {
        let session = open(setup(&["a"], &[64], None));
        let (run_away, count) = (runaway(&session), counter(&session));
        run_away.run([1000, 1000, 1]).unwrap();
        let (read, done) = (session.read_buffer("a", ..), session.on_submitted_work_done());
        // Once it runs; what comes later is pending then.
        std::thread::sleep(Duration::from_millis(30));
        count.run([64, 1, 1]).unwrap();
        let pending = session.read_buffer("a", ..);
        if drops {
            drop(session);
        } else {
            session.destroy();
        }
        assert_eq!(block_on(read), Err(Error::Dropped));
        assert_eq!(block_on(pending), Err(Error::Dropped));
        assert_eq!(block_on(done), Err(Error::Dropped));
        assert_eq!(count.run([1, 1, 1]), Err(Error::Dropped));
    }
}

/// Makes sure that what `start` starts in a session ends soon after this is destroyed, though it has run for a while.
fn ends_within_a_tenth_of_a_second(start: impl Fn(&Session), while_it_runs: Duration) {
    let ending = || {
        let session = open(setup(&["a"], &[64], None));
        start(&session);
        let read = session.read_buffer("a", ..);
        std::thread::sleep(while_it_runs);
        let begun = Instant::now();
        session.destroy();
        assert_eq!(block_on(read), Err(Error::Dropped));
        begun.elapsed()
    };
    // Others may have the cores, but not each time.
    let shortest = (0..5).map(|_| ending()).min();
    assert!(shortest < Some(Duration::from_millis(100)), "{shortest:?}");
}

#[test]
fn what_runs_ends_within_a_tenth_of_a_second() {
    let start = |session: &Session| runaway(session).run([1000, 1000, 1]).unwrap();
    ends_within_a_tenth_of_a_second(start, Duration::from_millis(20));
}

#[test]
fn a_large_run_of_slow_threads_ends_within_a_tenth_of_a_second() {
    let start = |session: &Session| {
        // Each thread counts to 100 000 and looks at nothing.
        let slow = assemble(session, |own| {
            own.code.i32_const(0).local_set(COUNTER).loop_(BlockType::Empty);
            own.code.local_get(COUNTER).i32_const(1).i32_add().local_tee(COUNTER);
            own.code.i32_const(100_000).i32_lt_s().br_if(0).end();
        });
        slow.run([i32::MAX as u32, 1, 1]).unwrap();
    };
    ends_within_a_tenth_of_a_second(start, Duration::from_millis(50));
}

#[test]
fn many_short_runs_end_early_too() {
    let session = open(setup(&["a"], &[1 << 20], None));
    let count = counter(&session);
    (0..10_000).for_each(|_| count.run([1 << 20, 1, 1]).unwrap());
    let start = Instant::now();
    drop(session);
    assert!(start.elapsed() < Duration::from_secs(2), "all of them would take longer");
}

#[test]
fn a_kernel_that_traps_is_our_mistake_and_fatal() {
    let session = open(setup(&["a"], &[64], None));
    let trap = assemble(&session, |own| {
        own.code.unreachable();
    });
    trap.run([64, 1, 1]).unwrap();
    let text = error(block_on(session.read_buffer("a", ..)));
    assert!(text.starts_with("internal error: a kernel failed on the CPU; please report it"), "{text}");
    assert!(text.contains("unreachable") && text.contains("--- code ---\nby hand"), "{text}");
    assert_eq!(error(session.write_buffer("a", numbers(vec![0.0; 64]))), text);
    assert_eq!(error(trap.run([1, 1, 1])), text);
    assert_eq!(error(create(&session, artifact(session.interface(), |_| ()))), text);
}

#[test]
fn the_pad_of_a_vec3_reads_as_zero() {
    let mut setup = setup(&[], &[], None);
    let floats = vec![1.0, 2.0, 3.0, 9.0, 4.0, 5.0, 6.0, 9.0];
    setup.buffers.push(buffer("v", ElementType::Vec3, &[2], Some(floats)));
    let session = open(setup);
    assert_eq!(read(&session, "v"), [1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0]);
    counter(&session).run([8, 1, 1]).unwrap();
    assert_eq!(read(&session, "v"), [2.0, 3.0, 4.0, 0.0, 5.0, 6.0, 7.0, 0.0]);
}

#[test]
fn the_canvas_is_blank_then_black_then_painted() {
    let session = open(setup(&["a"], &[1], Some(CanvasSize { width: 70, height: 3 })));
    let canvas = session.canvas().unwrap();
    assert_eq!(block_on(canvas.read()).unwrap().pixel(0, 0), Some([0, 0, 0, 0]));
    session.update_canvas().unwrap();
    assert!(block_on(canvas.read()).unwrap().rgba.chunks(4).all(|pixel| pixel == [0, 0, 0, 255]));
    // The pixel store is the buffer after the last, which is for what kernels log.
    let paint = assemble(&session, |own| {
        own.index().store(2, |own| {
            own.code.local_get(ID[0]).local_get(ID[1]).i32_const(8).i32_shl().i32_or();
            own.code.i32_const(200 << 16).i32_or().f32_reinterpret_i32();
        });
    });
    paint.run([70, 3, 1]).unwrap();
    let before = canvas.read();
    session.update_canvas().unwrap();
    assert_eq!(block_on(before).unwrap().pixel(69, 2), Some([0, 0, 0, 255]));
    assert_eq!(block_on(canvas.read()).unwrap().pixel(69, 2), Some([69, 2, 200, 255]));
}

fn code(artifact: &mut Artifact) -> &mut Wasm {
    let Code::Wasm(code) = &mut artifact.code else { unreachable!("these tests are for the CPU") };
    code
}

#[test]
fn runs_that_do_not_meet_the_conditions_use_the_code_for_all() {
    let session = open(setup(&["a"], &[100], None));
    let mut both = artifact(session.interface(), |own| own.add(0, one));
    let general = |own: &mut Assembler<'_, '_>| {
        own.add(0, |own| {
            own.code.f32_const(100.0.into());
        });
    };
    code(&mut both).general = Some(module(0, session.interface(), general));
    both.common = within(64);
    let count = kernel(&session, both);
    for extents in [[64, 1, 1], [65, 1, 1], [64, 1, 1], [1, 66, 1], [1, 1, 64]] {
        count.run(extents).unwrap();
    }
    let floats = read(&session, "a");
    assert_eq!(
        (floats[0], floats[63], floats[64], floats[65], floats[66]),
        (203.0, 203.0, 200.0, 100.0, 0.0)
    );
}

#[test]
fn code_that_is_not_as_agreed_is_refused() {
    let session = open(setup(&["a"], &[4], None));
    let text = |mend: &dyn Fn(&mut Wasm)| {
        let mut wrong = artifact(session.interface(), |_| ());
        mend(code(&mut wrong));
        error(create(&session, wrong))
    };
    let empty = text(&|code| code.common.clear());
    assert!(
        empty.contains("the engine refused a kernel") && empty.contains("--- code ---\nby hand"),
        "{empty}"
    );
    assert!(text(&|code| code.general = Some(vec![1, 2, 3])).contains("the engine refused a kernel"));
    let larger = setup(&["a"], &[1 << 20], None).interface().unwrap();
    assert!(
        text(&|code| code.common = module(0, &larger, |_| ())).contains("bytes of memory, and there are")
    );
    assert!(text(&|code| code.scratch = 17).contains("it wants 17 bytes of scratch memory"));
    assert!(text(&|code| code.scratch = 1 << 30).contains("it wants 1073741824 bytes of scratch memory"));
    // The session lives on.
    assert_eq!(read(&session, "a"), [0.0; 4]);
}

#[test]
fn code_for_gpus_is_refused() {
    let session = open(setup(&["a"], &[4], None));
    let expected = "the artifact does not fit this interface: it was compiled for GPUs, and this is the CPU backend; \
                    compile it for this interface";
    assert_eq!(error(create(&session, common::artifact(1, false, ""))), expected);
    let mut ahead = common::artifact(1, false, "");
    ahead.interface = setup(&["a"], &[4], None).interface().unwrap();
    assert_eq!(error(block_on(session.create_kernel(ahead))), expected);
    let noop = Setup { backend: Some(BackendType::Noop), ..setup(&["a"], &[4], None) };
    let noop = block_on(Session::open(noop)).unwrap();
    let text = error(create(&noop, artifact(session.interface(), |_| ())));
    assert!(text.contains("it was compiled for the CPU backend, and this is not it"), "{text}");
}

#[test]
fn more_memory_than_there_is_is_refused() {
    let mut huge = setup(&[], &[], None);
    for name in ["a", "b", "c", "d", "e", "f", "g", "h"].map(|name| name.repeat(2)) {
        for copy in 0..512 {
            huge.buffers.push(buffer(&format!("{name}{copy}"), ElementType::Vec4, &[i32::MAX as u32], None));
        }
    }
    huge.backend = Some(BackendType::Cpu);
    let text = error(block_on(Session::open(huge)));
    assert!(
        text.starts_with("the device is out of memory (") && text.contains("bytes for its buffers"),
        "{text}"
    );
}

#[test]
fn two_sessions_on_two_threads_do_not_meet() {
    std::thread::scope(|scope| {
        for step in 1..=2 {
            scope.spawn(move || {
                let session = open(setup(&["a"], &[4096], None));
                let add = assemble(&session, |own| {
                    own.add(0, |own| {
                        own.uniform();
                    })
                });
                session.set_uniforms([("t", (step as f32).into())]).unwrap();
                for _ in 0..1000 {
                    add.run([4096, 1, 1]).unwrap();
                }
                assert_eq!(read(&session, "a"), [1000.0 * step as f32; 4096]);
            });
        }
    });
}

#[test]
fn one_session_takes_commands_from_several_threads() {
    let session = open(setup(&["a"], &[256], None));
    let count = counter(&session);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..500 {
                    count.run([256, 1, 1]).unwrap();
                }
                // At least its own runs are seen.
                assert!(read(&session, "a")[255] >= 500.0);
            });
        }
    });
    assert_eq!(read(&session, "a"), [2000.0; 256]);
}

#[test]
fn large_writes_keep_their_place_among_runs() {
    let count = 6 * 1024 * 1024;
    let session = open(setup(&["a", "b"], &[count], None));
    let add = assemble(&session, |own| {
        own.add(0, |own| {
            own.index().load(1);
        });
    });
    for value in 1..=8 {
        session.write_buffer("b", numbers(vec![value as f32; count as usize])).unwrap();
        add.run([count, 1, 1]).unwrap();
    }
    assert!(read(&session, "a").iter().all(|&value| value == 36.0));
}

#[test]
fn a_profile_tells_what_took_how_long() {
    let session = open(setup(&["a"], &[64], None));
    let count = counter(&session);
    let profiling = session.profile().unwrap();
    count.run([64, 1, 1]).unwrap();
    count.run([64, 1, 1]).unwrap();
    let profile = block_on(profiling.stop()).unwrap();
    count.run([64, 1, 1]).unwrap();
    let names = |track| {
        profile
            .spans
            .iter()
            .filter(move |span| span.track == track)
            .map(|span| span.name.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(Track::Calls), ["run kernel 1"; 2]);
    assert_eq!(names(Track::Execute), ["kernel 1 (64 x 1 x 1 groups)"; 2]);
    assert!(!names(Track::Submit).is_empty());
}
