//! The runtime on a real device, with hand-written kernels. Fails, never skips, where there is no adapter.

mod common;

use artifact::{
    Artifact, Bound, BufferBinding, CanvasSize, Code, Conditions, ElementType, Factor, Form, Small, Term,
    Tuned, UniformField, UniformPart, Wgsl, WorkgroupShape,
};
use common::{artifact, buffer, create, error, floats, kernel, numbers, open, read, setup, within};
use pollster::block_on;
use runtime::{Data, Error, Kernel, Session, Setup, Track, as_bytes};

#[test]
fn commands_take_effect_in_order_without_waiting() {
    let session = open(setup(&["a", "b"], &[64], None));
    let add = kernel(&session, artifact(2, false, "b0[id.x] = b0[id.x] + b1[id.x] + params.t;"));
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
    let mark = kernel(&session, artifact(1, false, "b0[i32(params.t)] = params.t + f32(params.on);"));
    for turn in 0..5000 {
        session.set_uniforms([("t", (turn as f32).into()), ("on", (turn % 2 == 1).into())]).unwrap();
        mark.run([1, 1, 1]).unwrap();
    }
    let expected: Vec<f32> = (0..5000).map(|turn| (turn + turn % 2) as f32).collect();
    assert_eq!(read(&session, "a"), expected);
}

#[test]
fn a_read_is_a_snapshot_and_ten_thousand_of_them_settle() {
    let session = open(setup(&["a"], &[64], None));
    let count = kernel(&session, artifact(1, false, "b0[id.x] += 1.0;"));
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
fn dropped_reads_are_harmless() {
    let session = open(setup(&["a"], &[64], None));
    session.write_buffer("a", numbers(vec![3.0; 64])).unwrap();
    (0..1000).for_each(|_| drop(session.read_buffer("a", ..)));
    assert_eq!(read(&session, "a"), [3.0; 64]);
}

#[test]
fn dropping_the_session_with_work_pending_settles_everything() {
    for _ in 0..5 {
        let session = open(setup(&["a"], &[1 << 16], None));
        let count = kernel(&session, artifact(1, false, "b0[id.x] += 1.0;"));
        let mut reads = Vec::new();
        for _ in 0..500 {
            count.run([1 << 16, 1, 1]).unwrap();
            reads.push(session.read_buffer("a", ..));
        }
        drop(session);
        for (turn, read) in reads.into_iter().enumerate() {
            match block_on(read) {
                Ok(contents) => assert_eq!(floats(Ok(contents))[0], (turn + 1) as f32),
                Err(error) => assert_eq!(error, Error::Dropped),
            }
        }
        assert_eq!(count.run([1, 1, 1]), Err(Error::Dropped));
    }
}

#[test]
fn destroying_refuses_what_comes_later() {
    let session = open(setup(&["a"], &[4], None));
    session.destroy();
    assert_eq!(session.write_buffer("a", numbers(vec![0.0; 4])), Err(Error::Dropped));
    assert_eq!(block_on(session.read_buffer("a", ..)), Err(Error::Dropped));
    assert_eq!(block_on(session.on_submitted_work_done()), Err(Error::Dropped));
    assert!(matches!(create(&session, artifact(1, false, "")), Err(Error::Dropped)));
}

/// Whether each of `count` threads ran exactly once.
fn covers(session: &Session, extents: [u32; 3], count: usize) {
    let [x, y, _] = extents;
    let body = format!("let i = (id.z * {y} + id.y) * {x} + id.x; b0[i] = b0[i] + 1.0 + f32(i % 7);");
    session.write_buffer("a", numbers(vec![0.0; count])).unwrap();
    kernel(session, artifact(1, false, &body)).run(extents).unwrap();
    let floats = read(session, "a");
    let wrong = floats.iter().enumerate().find(|&(i, &value)| value != 1.0 + (i % 7) as f32);
    assert_eq!(wrong, None, "{extents:?}");
}

#[test]
fn every_thread_of_odd_and_long_runs_runs_once() {
    let count = 70_001 * 3;
    let session = open(setup(&["a"], &[count], None));
    for extents in [[70_001, 3, 1], [3, 70_001, 1], [1, 3, 70_001], [1, 210_003, 1], [1, 1, 210_003]] {
        covers(&session, extents, count as usize);
    }
}

#[test]
fn a_run_past_the_groups_of_one_dispatch_is_split() {
    // 2^24 + 8 threads: more than f32 counts, and along z more than 65 535 groups of 64.
    let count = (1 << 24) + 8;
    let session = open(setup(&["a"], &[count], None));
    covers(&session, [count, 1, 1], count as usize);
    covers(&session, [1, 1, count], count as usize);
}

#[test]
fn the_longest_run_can_be_called() {
    let session = open(setup(&["a"], &[8], None));
    let last = kernel(&session, artifact(1, false, "if id.x == params.extents.x - 1 { b0[0] += 1.0; }"));
    let threads = 1 << 26;
    last.run([threads, 1, 1]).unwrap();
    assert_eq!(read(&session, "a")[0], 1.0);
    assert!(matches!(last.run([i32::MAX as u32, 2, 1]), Err(Error::InvalidExtent { .. })));
}

#[test]
fn the_pad_of_a_vec3_reads_as_zero() {
    let mut setup = setup(&[], &[], None);
    setup.buffers.push(buffer(
        "v",
        ElementType::Vec3,
        &[2],
        Some(vec![1.0, 2.0, 3.0, 9.0, 4.0, 5.0, 6.0, 9.0]),
    ));
    let session = open(setup);
    assert_eq!(read(&session, "v"), [1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0]);
    kernel(&session, artifact(1, false, "b0[id.x] = 5.0;")).run([8, 1, 1]).unwrap();
    assert_eq!(read(&session, "v"), [5.0, 5.0, 5.0, 0.0, 5.0, 5.0, 5.0, 0.0]);
}

#[test]
fn buffers_start_as_zeros() {
    assert_eq!(read(&open(setup(&["a"], &[1000], None)), "a"), [0.0; 1000]);
}

#[test]
fn the_canvas_is_blank_then_black_then_painted() {
    let size = CanvasSize { width: 70, height: 3 };
    let session = open(setup(&["a"], &[1], Some(size)));
    let canvas = session.canvas().unwrap();
    assert_eq!(block_on(canvas.read()).unwrap().pixel(0, 0), Some([0, 0, 0, 0]));
    session.update_canvas().unwrap();
    assert!(block_on(canvas.read()).unwrap().rgba.chunks(4).all(|pixel| pixel == [0, 0, 0, 255]));
    let body = "pixels[id.y * 70 + id.x] = u32(id.x) | (u32(id.y) << 8u) | (200u << 16u);";
    kernel(&session, artifact(1, true, body)).run([70, 3, 1]).unwrap();
    let before = canvas.read();
    session.update_canvas().unwrap();
    let image = block_on(canvas.read()).unwrap();
    assert_eq!(block_on(before).unwrap().pixel(69, 2), Some([0, 0, 0, 255]));
    assert_eq!(image.pixel(69, 2), Some([69, 2, 200, 255]));
    assert_eq!(image.pixel(70, 0), None);
    let decoder = png::Decoder::new(std::io::Cursor::new(image.to_png().unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    assert_eq!(bytes, image.rgba);
}

#[test]
fn random_keys_differ_from_run_to_run_and_repeat_with_the_seed() {
    let keys = || {
        let session = open(setup(&["a"], &[4], None));
        let body =
            "b0[i32(params.t)] = bitcast<f32>(params.key_0 & 0x3fffffffu); b0[2] = f32(params.key_1 & 255u);";
        let draw = kernel(&session, artifact(1, false, body));
        draw.run([1, 1, 1]).unwrap();
        session.set_uniforms([("t", 1.0.into())]).unwrap();
        draw.run([1, 1, 1]).unwrap();
        read(&session, "a")
    };
    let first = keys();
    assert_ne!(first[0], first[1]);
    assert_eq!(first, keys());
}

#[test]
fn refused_calls_change_nothing() {
    let session = open(setup(&["a", "b"], &[4], None));
    let write = kernel(&session, artifact(1, false, "b0[id.x] = params.t;"));
    session.set_uniforms([("t", 5.0.into())]).unwrap();
    assert!(session.set_uniforms([("t", 6.0.into()), ("u", 1.0.into())]).is_err());
    assert!(session.set_uniforms([("t", 6.0.into()), ("on", 1.0.into())]).is_err());
    assert!(session.write_buffer("a", numbers(vec![0.0; 5])).is_err());
    assert!(session.copy_buffer("b", "c").is_err());
    for extents in [[0, 1, 1], [1, 0, 1], [u32::MAX, 1, 1], [65_536, 65_536, 1]] {
        assert_eq!(write.run(extents), Err(Error::InvalidExtent { extents }));
    }
    write.run([4, 1, 1]).unwrap();
    assert_eq!(read(&session, "a"), [5.0; 4]);
    assert_eq!(error(session.update_canvas()), Error::NoCanvas.to_string());
    let text = error(block_on(session.read_buffer("unknown", ..)));
    assert_eq!(text, "there is no buffer \"unknown\"; the buffers are a, b");
}

#[test]
fn a_buffer_beyond_the_adapter_is_refused_with_both_sizes() {
    let mut huge = setup(&[], &[], None);
    huge.buffers.push(buffer("huge", ElementType::Vec4, &[i32::MAX as u32], None));
    let text = error(block_on(Session::open(huge)));
    assert!(text.starts_with("the buffer \"huge\" takes 34359738352 bytes, but "), "{text}");
    assert!(text.contains(" bytes a buffer"), "{text}");
}

#[test]
fn too_many_buffers_for_the_adapter_are_refused_with_both_counts() {
    let session = open(setup(&["a"], &[1], None));
    let mut many = artifact(1, false, "");
    let one = many.buffers[0].clone();
    many.buffers = (1..=2_000_000).map(|binding| BufferBinding { binding, ..one.clone() }).collect();
    let text = error(create(&session, many));
    assert!(text.starts_with("the kernel uses 2000000 buffers (the canvas counts as one), but "), "{text}");
}

#[test]
fn code_that_is_no_wgsl_is_our_mistake_and_reported_with_the_code() {
    let session = open(setup(&["a"], &[4], None));
    let text = error(create(&session, artifact(1, false, "b0[id.x] = nonsense;")));
    assert!(
        text.contains("please report it") && text.contains("nonsense") && text.contains("--- WGSL ---"),
        "{text}"
    );
    // The session lives on.
    assert_eq!(read(&session, "a"), [0.0; 4]);
}

#[test]
fn an_unknown_adapter_is_refused_with_those_there_are() {
    let setup = Setup { adapter: Some("no such thing".into()), ..setup(&[], &[], None) };
    let text = error(block_on(Session::open(setup)));
    assert!(text.starts_with("no adapter matches \"no such thing\"") && text.contains("0 = "), "{text}");
}

#[test]
fn two_sessions_on_two_threads_do_not_meet() {
    std::thread::scope(|scope| {
        for step in 1..=2 {
            scope.spawn(move || {
                let session = open(setup(&["a"], &[256], None));
                let add = kernel(&session, artifact(1, false, "b0[id.x] += params.t;"));
                session.set_uniforms([("t", (step as f32).into())]).unwrap();
                for _ in 0..1000 {
                    add.run([256, 1, 1]).unwrap();
                }
                assert_eq!(read(&session, "a"), [1000.0 * step as f32; 256]);
            });
        }
    });
}

#[test]
fn equal_kernels_share_what_was_prepared() {
    let session = open(setup(&["a"], &[4], None));
    let (one, two) = (kernel(&session, artifact(1, false, "")), kernel(&session, artifact(1, false, "")));
    assert!(std::ptr::eq(one.artifact(), two.artifact()));
}

#[test]
fn large_writes_keep_their_place_among_runs() {
    // 24 MiB each: three of them do not fit one submission.
    let count = 6 * 1024 * 1024;
    let session = open(setup(&["a", "b"], &[count], None));
    let copy = kernel(&session, artifact(2, false, "b0[id.x] = b0[id.x] + b1[id.x];"));
    for value in 1..=8 {
        session.write_buffer("b", numbers(vec![value as f32; count as usize])).unwrap();
        copy.run([count, 1, 1]).unwrap();
    }
    let floats = read(&session, "a");
    assert!(floats.iter().all(|&value| value == 36.0));
}

/// More than the parts that writes and reads come in, and not a multiple of them.
const LARGE: usize = 9_000_001;

#[test]
fn large_transfers_keep_their_place_and_arrive_whole() {
    let session = open(setup(&["a"], &[LARGE as u32], None));
    let add = kernel(&session, artifact(1, false, "b0[id.x] = b0[id.x] + params.t;"));
    session.set_uniforms([("t", 0.5.into())]).unwrap();
    let mut data: Vec<f32> = (0..LARGE).map(|index| (index % 65_536) as f32).collect();
    for turn in 0..3 {
        session.write_bytes("a", as_bytes(&data).into()).unwrap();
        // What happens to the data later does not matter.
        data.iter_mut().for_each(|value| *value += 1.0);
        add.run([LARGE as u32, 1, 1]).unwrap();
        let copied = session.read_buffer("a", ..);
        let lent = session.read_lent("a", ..);
        let some = session.read_lent("a", 5_000_000..8_000_000);
        session.write_buffer("a", numbers(data.clone())).unwrap();
        let moved = session.read_buffer("a", ..);
        let wrong = |read: &[f32], added: f32| {
            let added = added + turn as f32;
            read.iter()
                .enumerate()
                .find(|&(index, &value)| value != (index % 65_536) as f32 + added)
                .map(|(index, _)| index)
        };
        let (copied, lent) = (floats(block_on(copied)), block_on(lent).unwrap());
        assert_eq!((copied.len(), wrong(&copied, 0.5)), (LARGE, None));
        assert!(lent.is_lent() && lent.elements() == Some(&copied[..]));
        assert!(block_on(some).unwrap().elements() == Some(&copied[5_000_000..8_000_000]));
        assert_eq!(wrong(&floats(block_on(moved)), 1.0), None);
        assert!(lent.into_vec::<f32>() == copied);
    }
}

#[test]
fn the_pads_of_lent_vectors_read_as_zero() {
    let mut setup = setup(&[], &[], None);
    setup.buffers = vec![buffer("a", ElementType::Vec3, &[1 << 17], None)];
    let session = open(setup);
    kernel(&session, artifact(1, false, "for (var i = 0; i < 4; i++) { b0[4 * id.x + i] = 7.0; }"))
        .run([1 << 17, 1, 1])
        .unwrap();
    let contents = block_on(session.read_lent("a", ..)).unwrap();
    assert!(contents.is_lent());
    let vectors: &[[f32; 4]] = contents.elements().unwrap();
    assert!(vectors.iter().all(|vector| *vector == [7.0, 7.0, 7.0, 0.0]));
}

#[test]
fn what_is_lent_stays_when_the_session_goes() {
    let session = open(setup(&["a"], &[1 << 20], None));
    session.write_bytes("a", as_bytes(&vec![3.0_f32; 1 << 20]).into()).unwrap();
    let contents = block_on(session.read_lent("a", ..)).unwrap();
    session.destroy();
    drop(session);
    assert!(contents.is_lent());
    assert!(contents.elements::<f32>().unwrap().iter().all(|&value| value == 3.0));
}

#[test]
fn small_reads_are_copies() {
    let session = open(setup(&["a"], &[64], None));
    assert!(!block_on(session.read_lent("a", ..)).unwrap().is_lent());
}

#[test]
fn a_profile_tells_what_took_how_long() {
    let session = open(setup(&["a"], &[1 << 16], None));
    let add = kernel(&session, artifact(1, false, "for (var i = 0; i < 100; i++) { b0[id.x] += 1.0; }"));
    add.run([1, 1, 1]).unwrap();
    let profiling = session.profile().unwrap();
    assert_eq!(session.profile().err(), Some(Error::AlreadyProfiling));
    for _ in 0..3 {
        add.run([1 << 16, 1, 1]).unwrap();
    }
    session.write_buffer("a", numbers(vec![0.0; 1 << 16])).unwrap();
    assert_eq!(read(&session, "a")[0], 0.0);
    let profile = block_on(profiling.stop()).unwrap();
    // Not of interest any more.
    add.run([1, 1, 1]).unwrap();
    let of = |track| profile.spans.iter().filter(move |span| span.track == track).collect::<Vec<_>>();
    let calls: Vec<_> = of(Track::Calls).iter().map(|span| span.name.as_str()).collect();
    assert_eq!(calls, ["run kernel 1", "run kernel 1", "run kernel 1", "write a", "a read"]);
    // Both drivers tell times.
    let executed = of(Track::Execute);
    assert_eq!(executed.len(), 3);
    assert!(executed.iter().all(|span| span.name.starts_with("kernel 1 (") && !span.duration.is_zero()));
    for track in [Track::Submit, Track::InFlight, Track::Answer] {
        assert!(!of(track).is_empty(), "{track:?}");
    }
    assert_eq!(of(Track::Submit).len(), of(Track::InFlight).len());
    let last = profile.spans.iter().map(|span| span.start + span.duration).max().unwrap();
    assert!(executed.iter().all(|span| span.start + span.duration <= last));
    assert!(profile.table().contains("kernel 1 ("), "{}", profile.table());
    // Another one can follow, and one that is dropped leaves none behind.
    drop(session.profile().unwrap());
    add.set_name("add");
    let named = session.profile().unwrap();
    add.run([1, 1, 1]).unwrap();
    let named = block_on(named.stop()).unwrap();
    assert!(named.spans.iter().any(|span| span.name == "run add"), "{}", named.table());
    let empty = block_on(session.profile().unwrap().stop()).unwrap();
    assert_eq!(empty.spans, []);
}

fn wgsl(artifact: &mut Artifact) -> &mut Wgsl {
    let Code::Wgsl(code) = &mut artifact.code else { unreachable!("these tests are for GPUs") };
    code
}

#[test]
fn runs_that_do_not_meet_the_conditions_use_the_text_for_all() {
    let session = open(setup(&["a"], &[100], None));
    let mut both = artifact(1, false, "b0[id.x + id.y] += 1.0;");
    let code = wgsl(&mut both);
    code.general = Some(code.common.replace("+= 1.0", "+= 100.0"));
    both.common = within(64);
    let count = kernel(&session, both);
    // Back and forth between the codes, in one pass.
    for extents in [[64, 1, 1], [65, 1, 1], [64, 1, 1], [1, 66, 1], [1, 1, 64]] {
        count.run(extents).unwrap();
    }
    let floats = read(&session, "a");
    assert_eq!(
        (floats[1], floats[63], floats[64], floats[65], floats[66]),
        (202.0, 202.0, 200.0, 100.0, 0.0)
    );
    assert!(floats[0] > 200.0);
}

#[test]
fn a_text_for_all_runs_that_is_no_wgsl_is_reported_when_the_kernel_is_made() {
    let session = open(setup(&["a"], &[4], None));
    let mut both = artifact(1, false, "b0[id.x] = 1.0;");
    wgsl(&mut both).general = Some("nonsense".into());
    assert!(error(create(&session, both)).contains("nonsense"));
    assert_eq!(read(&session, "a"), [0.0; 4]);
}

#[test]
fn an_artifact_of_another_interface_is_refused_with_what_differs() {
    let size = |width| Some(CanvasSize { width, height: 3 });
    let session = open(setup(&["a", "b"], &[4], size(2)));
    let mut typed = setup(&["a"], &[4], size(2));
    typed.buffers.push(buffer("b", ElementType::Vec2, &[4], None));
    let mut named = setup(&["a", "b"], &[4], size(2));
    named.uniforms[1].0 = "off".into();
    let cases = [
        (setup(&["a", "b"], &[5], size(2)), "the buffer \"a\" of size [5] and type number"),
        (setup(&["c", "b"], &[4], size(2)), "the buffer \"c\" of size [4] and type number"),
        (typed, "the buffer \"b\" of size [4] and type vec2"),
        (
            setup(&["a"], &[4], size(2)),
            "no buffer, and there is the buffer \"b\" of size [4] and type number",
        ),
        (named, "the boolean \"off\", and there is the boolean \"on\""),
        (
            setup(&["a", "b"], &[4], size(7)),
            "a canvas of 7 x 3 pixels, and there is a canvas of 2 x 3 pixels",
        ),
        (setup(&["a", "b"], &[4], None), "no canvas, and there is a canvas of 2 x 3 pixels"),
    ];
    for (other, expected) in cases {
        let mut foreign = artifact(1, false, "");
        foreign.interface = other.interface().unwrap();
        let text = error(block_on(session.create_kernel(foreign)));
        let start = format!("the artifact does not fit this interface: it was compiled for {expected}");
        assert!(text.starts_with(&start), "{text}");
        assert!(text.ends_with("; compile it for this interface"), "{text}");
    }
}

#[test]
fn an_artifact_whose_numbers_are_wrong_is_refused() {
    let session = open(setup(&["a"], &[4], None));
    let text = |mend: fn(&mut Artifact)| {
        let mut wrong = artifact(1, false, "");
        mend(&mut wrong);
        error(create(&session, wrong))
    };
    assert!(text(|wrong| wrong.buffers[0].buffer = 1).contains("it uses a buffer that there is not"));
    assert!(text(|wrong| wrong.canvas = Some(2)).contains("it paints and there is no canvas"));
    assert!(
        text(|wrong| wrong.params.uniforms[0].uniform = 2).contains("it uses a uniform that there is not")
    );
    assert!(
        text(|wrong| wrong.params.uniforms[0].offset = 48).contains("it uses a uniform that there is not")
    );
    assert!(
        text(|wrong| wrong.params.uniforms[1].offset = 38).contains("it uses a uniform that there is not")
    );
    // Behind its end, as doubles take more.
    assert!(
        text(|wrong| {
            wrong.params.uniforms[0] = UniformField { uniform: 0, form: Form::Double, offset: 44 };
        })
        .contains("it uses a uniform that there is not")
    );
    assert!(text(|wrong| wrong.lane_axis = 3).contains("its numbers are out of range"));
    for (axis, threads, width) in [(3, 4, 1), (0, 0, 1), (0, 4, 0)] {
        let mut wrong = artifact(1, false, "");
        let shape = Some(WorkgroupShape([width, 1, 1]));
        let text = wgsl(&mut wrong).common.clone();
        wgsl(&mut wrong).tuned = Some(Tuned { text, threads, axis, shape, min_run: 1 });
        let refused = error(create(&session, wrong));
        assert!(refused.contains("its numbers are out of range"), "{refused}");
    }
}

#[test]
fn an_artifact_whose_conditions_name_what_there_is_not_is_refused() {
    let session = open(setup(&["a"], &[4], None));
    let part = |uniform, component| UniformPart { uniform, component };
    let small = |part| Small { part, limit: 1 };
    let of = |factor| {
        let terms = vec![Term { coefficient: 1, factors: vec![Factor::Extent(2), factor] }];
        Conditions { bounds: vec![Bound { terms, limit: 1 }], ..Conditions::default() }
    };
    let wrong = [
        Conditions { integers: vec![part(2, None)], ..Conditions::default() },
        Conditions { small: vec![small(part(0, Some(0))), small(part(1, Some(1)))], ..Conditions::default() },
        of(Factor::Extent(3)),
        of(Factor::Positive(part(0, Some(1)))),
        of(Factor::Negative(part(2, None))),
    ];
    for conditions in wrong {
        for is_common in [true, false] {
            let mut artifact = artifact(1, false, "");
            if is_common {
                artifact.common = conditions.clone();
            } else {
                wgsl(&mut artifact).in_range = vec![Conditions::default(), conditions.clone()];
            }
            let text = error(create(&session, artifact));
            assert!(text.contains("it depends on something that there is not"), "{text}");
        }
    }
    let mut many = artifact(1, false, "");
    wgsl(&mut many).in_range = vec![Conditions::default(); 33];
    assert!(error(create(&session, many)).contains("its numbers are out of range"));
}

/// A kernel that copies the words of the buffer `bytes` to the numbers `a`.
fn copies_words(session: &Session) -> Kernel {
    let mut copy = artifact(2, false, "b0[id.x] = b1[id.x];");
    let text = &mut wgsl(&mut copy).common;
    *text = text.replace("array<f32>", "array<u32>");
    kernel(session, copy)
}

#[test]
fn words_are_filled_up_with_zeros() {
    const BYTES: u32 = 2 * 1024 * 1024 + 1;
    let mut setup = setup(&["a"], &[BYTES.div_ceil(4)], None);
    for (name, size) in [("bytes", BYTES), ("other", BYTES), ("longer", BYTES + 3)] {
        setup.buffers.push(buffer(name, ElementType::U8, &[size], None));
    }
    let session = open(setup);
    let copy = copies_words(&session);
    let last = || {
        copy.run([BYTES.div_ceil(4), 1, 1]).unwrap();
        let words: Vec<u32> = block_on(session.read_buffer("a", ..)).unwrap().into_vec();
        words.last().copied()
    };
    assert_eq!(last(), Some(0));
    let ones = |count: u32| vec![0xFF; count as usize];
    // Each way of writing, by way of memory that has just held more.
    let data = |count| Data { element: ElementType::U8, bytes: ones(count).into() };
    for _ in 0..3 {
        session.write_bytes("longer", (&ones(BYTES + 3)).into()).unwrap();
        block_on(session.on_submitted_work_done()).unwrap();
        session.write_bytes("bytes", (&ones(BYTES)).into()).unwrap();
        assert_eq!(last(), Some(0xFF));
        session.write_buffer("longer", data(BYTES + 3)).unwrap();
        block_on(session.on_submitted_work_done()).unwrap();
        session.write_buffer("other", data(BYTES)).unwrap();
        session.copy_buffer("other", "bytes").unwrap();
        assert_eq!(last(), Some(0xFF));
    }
}

#[test]
fn a_kernel_made_while_the_session_is_destroyed_is_there_or_refused_as_dropped() {
    for turn in 0..20 {
        let session = open(setup(&["a"], &[4], None));
        std::thread::scope(|scope| {
            let made = scope.spawn(|| create(&session, artifact(1, false, "b0[id.x] = 1.0;")));
            std::thread::sleep(std::time::Duration::from_micros(100 * turn));
            session.destroy();
            let made = made.join().unwrap().map(|kernel| kernel.run([4, 1, 1]));
            assert!(matches!(made, Ok(Err(Error::Dropped)) | Err(Error::Dropped)), "{made:?}");
        });
    }
}

#[test]
fn work_done_resolves_after_the_work() {
    let session = open(setup(&["a"], &[64], None));
    let count = kernel(&session, artifact(1, false, "b0[id.x] += 1.0;"));
    count.run([64, 1, 1]).unwrap();
    let read = session.read_buffer("a", ..);
    block_on(session.on_submitted_work_done()).unwrap();
    assert_eq!(floats(block_on(read)), [1.0; 64]);
}
