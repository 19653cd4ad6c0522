//! Uniforms on both kinds of devices: each arrives as it is in each of its forms, and conditions on them choose the code of a run.

#[allow(dead_code, reason = "other tests need more of it")]
mod common;
#[path = "common/wasm.rs"]
#[allow(dead_code, reason = "other tests need more of it")]
mod wasm;

use artifact::{
    Access, Artifact, BufferBinding, Code, Component, Conditions, ElementType, Form, MemoryLayout, Params,
    Small, UniformField, UniformPart, Wgsl,
};
use common::{buffer, create, error, kernel, open, read};
use half::f16;
use pollster::block_on;
use runtime::{BackendType, Error, Kernel, Session, Setup, UniformValue};

const DEVICES: [BackendType; 2] = [BackendType::Cpu, BackendType::Gpu];

/// A uniform, and the words that it takes in each of its forms, whole units of arrays.
fn cases() -> Vec<(UniformValue, [Vec<u32>; 3])> {
    let single = |number: f32| number.to_bits();
    let double = |number: f64| [number.to_bits() as u32, (number.to_bits() >> 32) as u32];
    let doubles = |numbers: &[f64]| numbers.iter().flat_map(|&number| double(number)).collect::<Vec<_>>();
    let odd = 16_777_217.0;
    vec![
        (16_777_217_u32.into(), [vec![single(16_777_216.0)], vec![16_777_217], doubles(&[odd])]),
        ((-3).into(), [vec![single(-3.0)], vec![-3_i32 as u32], doubles(&[-3.0])]),
        (u32::MAX.into(), [vec![single(4_294_967_296.0)], vec![u32::MAX], doubles(&[4_294_967_295.0])]),
        (true.into(), [vec![single(1.0)], vec![1], doubles(&[1.0])]),
        (
            [0.1, -2.0].into(),
            [vec![single(0.1), single(-2.0)], vec![0, -2_i32 as u32], doubles(&[0.1, -2.0])],
        ),
        (
            [odd, 2.0, 3.0].into(),
            [
                vec![single(16_777_216.0), single(2.0), single(3.0)],
                vec![16_777_217, 2, 3],
                doubles(&[odd, 2.0, 3.0, 0.0]),
            ],
        ),
        (
            [i32::MIN, -1].into(),
            [
                vec![single(-2_147_483_648.0), single(-1.0)],
                vec![1 << 31, u32::MAX],
                doubles(&[-2_147_483_648.0, -1.0]),
            ],
        ),
        (
            [1, 2, 3, u32::MAX].into(),
            [
                [1.0, 2.0, 3.0, 4_294_967_296.0].map(single).into(),
                vec![1, 2, 3, u32::MAX],
                doubles(&[1.0, 2.0, 3.0, 4_294_967_295.0]),
            ],
        ),
        (
            UniformValue::Numbers([1.0, 4.5, 6.0, 4.0, odd].into()),
            [
                [1.0, 4.5, 6.0, 4.0, 16_777_216.0, 0.0, 0.0, 0.0].map(single).into(),
                vec![1, 4, 6, 4, 16_777_217, 0, 0, 0],
                doubles(&[1.0, 4.5, 6.0, 4.0, odd, 0.0]),
            ],
        ),
        (
            vec![-7_i16].into(),
            [vec![single(-7.0), 0, 0, 0], vec![-7_i32 as u32, 0, 0, 0], doubles(&[-7.0, 0.0])],
        ),
        (
            vec![f16::from_f32(0.5); 2].into(),
            [vec![single(0.5), single(0.5), 0, 0], vec![0; 4], doubles(&[0.5, 0.5])],
        ),
        (
            vec![1e300, f64::INFINITY].into(),
            [
                vec![single(f32::INFINITY), single(f32::INFINITY), 0, 0],
                Vec::new(),
                doubles(&[1e300, f64::INFINITY]),
            ],
        ),
    ]
}

const FORMS: [Form; 3] = [Form::Single, Form::Integer, Form::Double];

/// Each uniform in each form, one behind the other, and the words that a kernel must find: those that lie in no gap.
fn layout(values: &[UniformValue], words: &[[Vec<u32>; 3]]) -> (Params, Vec<Option<u32>>) {
    let (mut uniforms, mut expected) = (Vec::new(), vec![None; Params::HEAD_SIZE as usize / 4]);
    for (uniform, (value, words)) in values.iter().zip(words).enumerate() {
        for (form, words) in FORMS.into_iter().zip(words) {
            let offset = (4 * expected.len() as u32).next_multiple_of(form.alignment(value.ty()));
            uniforms.push(UniformField { uniform, form, offset });
            expected.resize(offset as usize / 4, None);
            assert!(
                words.is_empty() || 4 * words.len() as u32 == form.bytes(value.ty()),
                "{value:?} {form:?}"
            );
            expected.extend(words.iter().copied().map(Some));
            expected.resize((offset + form.bytes(value.ty())) as usize / 4, None);
        }
    }
    let size = (4 * expected.len() as u32).next_multiple_of(16);
    expected.resize(size as usize / 4, None);
    (Params { uniforms, size, random: false }, expected)
}

fn session(backend: BackendType, size: usize, values: &[UniformValue]) -> Session {
    let named = |(place, value): (usize, &UniformValue)| (format!("u{place}"), value.clone());
    open(Setup {
        buffers: vec![buffer("words", ElementType::U32, &[size as u32], None)],
        uniforms: values.iter().enumerate().map(named).collect(),
        backend: Some(backend),
        ..Setup::default()
    })
}

/// A kernel that copies the words of its params to the buffer.
fn copies_params(session: &Session, params: Params) -> Artifact {
    if session.interface().using_cpu {
        let copy = |own: &mut wasm::Assembler<'_, '_>| {
            own.index().store(0, |own| {
                own.index().code.i32_const(4).i32_mul().f32_load(wasm::word(MemoryLayout::PARAMS));
            });
        };
        return Artifact { params, ..wasm::artifact(session.interface(), copy) };
    }
    let units = params.size / 16;
    let common = format!(
        "override hpc__workgroup_x: u32 = 1;
        override hpc__workgroup_y: u32 = 1;
        override hpc__workgroup_z: u32 = 1;
        @group(0) @binding(0) var<uniform> params: array<vec4u, {units}>;
        @group(0) @binding(1) var<storage, read_write> words: array<u32>;
        @compute @workgroup_size(hpc__workgroup_x, hpc__workgroup_y, hpc__workgroup_z)
        fn hpc__main(@builtin(global_invocation_id) id: vec3u) {{
            if id.x < {units} * 4u {{ words[id.x] = params[id.x / 4u][id.x % 4u]; }}
        }}"
    );
    Artifact {
        code: Code::Wgsl(Wgsl { common, ..Wgsl::default() }),
        buffers: vec![BufferBinding { buffer: 0, binding: 1, access: Access::ReadWrite }],
        params,
        ..common::artifact(0, false, "")
    }
}

fn words(session: &Session) -> Vec<u32> {
    block_on(session.read_buffer("words", ..)).unwrap().into_vec()
}

#[test]
fn uniforms_arrive_as_they_are_in_each_form() {
    let (values, words): (Vec<_>, Vec<_>) = cases().into_iter().unzip();
    let (params, expected) = layout(&values, &words);
    for backend in DEVICES {
        for is_set_later in [false, true] {
            let zeros = values.iter().map(zero).collect::<Vec<_>>();
            let session = session(backend, expected.len(), if is_set_later { &zeros } else { &values });
            let copies = kernel(&session, copies_params(&session, params.clone()));
            if is_set_later {
                let names: Vec<_> = (0..values.len()).map(|place| format!("u{place}")).collect();
                session.set_uniforms(names.iter().map(String::as_str).zip(values.iter().cloned())).unwrap();
            }
            copies.run([expected.len() as u32, 1, 1]).unwrap();
            for (place, (word, expected)) in self::words(&session).into_iter().zip(&expected).enumerate() {
                assert!(expected.is_none_or(|expected| expected == word), "{backend:?}, word {place}");
            }
        }
    }
}

/// A value of the same type.
fn zero(value: &UniformValue) -> UniformValue {
    match value {
        UniformValue::Numbers(numbers) => UniformValue::Numbers(vec![0.0; numbers.len()].into()),
        UniformValue::Array(component, numbers) => {
            UniformValue::Array(*component, vec![0.0; numbers.len()].into())
        }
        other => UniformValue::of(&other.ty().name(), &[0.0; 4]).unwrap(),
    }
}

/// Adds 1 to the first elements of `b0` in runs whose first uniform is an integer, and 100 in others.
fn counts_by_kind(session: &Session) -> Kernel {
    let is_integer = UniformPart { uniform: 0, component: None };
    let common = Conditions { integers: vec![is_integer], ..Conditions::default() };
    let mut artifact = if session.interface().using_cpu {
        let add = |number: f32| {
            move |own: &mut wasm::Assembler<'_, '_>| {
                own.add(0, |own| {
                    own.code.f32_const(number.into());
                });
            }
        };
        let mut artifact = wasm::artifact(session.interface(), add(1.0));
        let Code::Wasm(code) = &mut artifact.code else { unreachable!("it is for the CPU") };
        code.general = Some(wasm::module(0, session.interface(), add(100.0)));
        artifact
    } else {
        let mut artifact = common::artifact(1, false, "b0[id.x] += 1.0;");
        let Code::Wgsl(code) = &mut artifact.code else { unreachable!("it is for GPUs") };
        code.general = Some(code.common.replace("+= 1.0", "+= 100.0"));
        artifact
    };
    artifact.common = common;
    kernel(session, artifact)
}

fn on(backend: BackendType) -> Session {
    open(Setup { backend: Some(backend), ..common::setup(&["a"], &[4], None) })
}

fn t(session: &Session, value: f64) {
    session.set_uniforms([("t", value.into())]).unwrap();
}

#[test]
fn each_run_takes_the_code_that_its_uniforms_allow() {
    for backend in DEVICES {
        let session = on(backend);
        let count = counts_by_kind(&session);
        let mut expected = 0.0;
        for (value, added) in [
            (0.0, 1.0),
            (0.0, 1.0),
            (0.5, 100.0),
            (7.0, 1.0),
            (-0.0, 100.0),
            (f64::NAN, 100.0),
            (-2_147_483_648.0, 1.0),
            (2_147_483_648.0, 100.0),
        ] {
            t(&session, value);
            count.run([4, 1, 1]).unwrap();
            expected += added;
        }
        assert_eq!(read(&session, "a"), [expected; 4], "{backend:?}");
    }
}

#[test]
fn lists_take_the_code_that_their_own_uniforms_allow() {
    for backend in DEVICES {
        let session = on(backend);
        let count = counts_by_kind(&session);
        session.begin_recording().unwrap();
        count.run([4, 1, 1]).unwrap();
        t(&session, 0.5);
        count.run([4, 1, 1]).unwrap();
        let list = session.end_recording();
        t(&session, 0.25);
        list.replay(3).unwrap();
        assert_eq!(read(&session, "a"), [303.0; 4], "{backend:?}");
    }
}

#[test]
fn a_kernel_that_is_made_with_fractions_knows_integers_too() {
    for backend in DEVICES {
        let session = on(backend);
        t(&session, 0.5);
        let count = counts_by_kind(&session);
        count.run([4, 1, 1]).unwrap();
        t(&session, 2.0);
        count.run([4, 1, 1]).unwrap();
        assert_eq!(read(&session, "a"), [101.0; 4], "{backend:?}");
    }
}

#[test]
fn texts_are_told_which_conditions_on_indices_hold() {
    let session = on(BackendType::Gpu);
    let mut artifact = common::artifact(1, false, "b0[0] = f32(hpc__inside);");
    let Code::Wgsl(code) = &mut artifact.code else { unreachable!("it is for GPUs") };
    code.common.insert_str(0, "override hpc__inside: u32;\n");
    code.in_range = vec![common::within(100); 32];
    code.in_range[1] = common::within(10);
    code.in_range[2].small = vec![Small { part: UniformPart { uniform: 0, component: Some(0) }, limit: 32 }];
    let tell = kernel(&session, artifact);
    for (size, value, expected) in [(10, 0.0, u32::MAX), (11, 0.0, !2), (11, 1e30, !6), (101, 0.0, 0)] {
        t(&session, value);
        tell.run([size, 1, 1]).unwrap();
        assert_eq!(read(&session, "a")[0], expected as f32, "{size} threads with {value}");
    }
}

#[test]
fn values_of_another_kind_or_length_are_refused_with_both() {
    let list = |numbers: &[f64]| UniformValue::Numbers(numbers.into());
    let values = [1.0.into(), list(&[1.0, 2.0, 3.0]), vec![1_i16; 3].into(), [1, 2].into()];
    let session = session(BackendType::Noop, 1, &values);
    let text = |place: usize, value: UniformValue| {
        error(session.set_uniforms([(format!("u{place}").as_str(), value)]))
    };
    let expected = |is: &str, given: &str| {
        format!("is {is} and was set to {given}; set it to {is}, the type of its first value")
    };
    assert!(text(0, true.into()).ends_with(&expected("a number", "a boolean")));
    assert!(text(1, list(&[1.0])).ends_with(&expected("an array of 3 numbers", "an array of 1 numbers")));
    assert!(text(2, vec![1_i32; 3].into()).ends_with(&expected("an array of 3 i16", "an array of 3 i32")));
    assert!(text(2, list(&[0.0; 3])).ends_with(&expected("an array of 3 i16", "an array of 3 numbers")));
    assert!(text(3, [1.0, 2.0].into()).ends_with(&expected("a vec2i", "a vec2")));
    assert!(text(3, [1_u32, 2].into()).ends_with(&expected("a vec2i", "a vec2u")));
}

#[test]
fn arrays_that_no_uniform_holds_are_refused_before_any_device_is_touched() {
    let text = |value: UniformValue| {
        error(Setup { uniforms: vec![("w".into(), value)], ..Setup::default() }.interface())
    };
    let long = |length: usize| text(UniformValue::Numbers(vec![0.0; length].into()));
    assert_eq!(
        long(16_385),
        "the uniform \"w\" cannot be an array of 16385 numbers: give 1 to 16384, or use a buffer"
    );
    assert!(long(0).contains("an array of 0 numbers"));
    for component in [Component::U8Clamped, Component::Boolean] {
        let name = component.name();
        let expected = format!("the uniform \"w\" cannot be an array of {name}: use u8");
        assert_eq!(text(UniformValue::Array(component, [1.0].into())), expected);
    }
    let longest = UniformValue::Numbers(vec![0.0; 16_384].into());
    Setup { uniforms: vec![("w".into(), longest)], ..Setup::default() }.interface().unwrap();
}

#[test]
fn uniforms_of_a_kernel_that_are_too_large_together_are_refused() {
    let values = [UniformValue::Numbers(vec![0.5; 16_384].into())];
    for backend in DEVICES {
        let session = session(backend, 1, &values);
        let field = |form| UniformField { uniform: 0, form, offset: 32 };
        let params = |form: Form| Params {
            uniforms: vec![field(form)],
            size: 32 + form.bytes(values[0].ty()),
            random: false,
        };
        let text = error(create(&session, copies_params(&session, params(Form::Double))));
        assert!(text.starts_with("the kernel's uniforms take 131104 bytes, but "), "{text}");
        assert!(text.ends_with("; put some into a buffer"), "{text}");
    }
}

#[test]
fn the_first_value_tells_whether_integers_are_to_be_expected() {
    let integral = |value: UniformValue| {
        let setup = Setup { uniforms: vec![("w".into(), value)], ..Setup::default() };
        setup.interface().unwrap().uniforms[0].integral
    };
    for value in [3.0.into(), true.into(), [1.0, -2.0].into(), [u32::MAX >> 1, 2].into(), vec![3_u8].into()] {
        assert!(integral(value));
    }
    for value in [0.5.into(), (-0.0).into(), u32::MAX.into(), [1.0, 0.5].into(), vec![f64::NAN].into()] {
        assert!(!integral(value));
    }
}

#[test]
fn values_have_the_names_under_which_other_languages_pass_them() {
    let of = |name: &str, numbers: &[f64]| UniformValue::of(name, numbers);
    assert_eq!(of("number", &[0.1]), Some(0.1.into()));
    assert_eq!(of("boolean", &[1.0]), Some(true.into()));
    assert_eq!(of("vec3", &[1.0, 2.0, 3.0]), Some([1.0, 2.0, 3.0].into()));
    assert_eq!(of("vec2i", &[-1.0, 2.0]), Some([-1, 2].into()));
    assert_eq!(of("vec4u", &[4_294_967_295.0, 2.0, 3.0, 4.0]), Some([u32::MAX, 2, 3, 4].into()));
    assert_eq!(of("number[]", &[0.5]), Some(UniformValue::Numbers([0.5].into())));
    assert_eq!(of("f32[]", &[0.5]), Some(vec![0.5_f32].into()));
    assert_eq!(of("f16[]", &[0.5]), Some((&[f16::from_f32(0.5)][..]).into()));
    assert_eq!(of("f64[]", &[0.1]), Some((&vec![0.1]).into()));
    assert_eq!(of("u16[]", &[7.0]), Some(vec![7_u16].into()));
    for (name, numbers) in [
        ("i32", &[1.0][..]),
        ("u8-clamped[]", &[1.0]),
        ("boolean[]", &[1.0]),
        ("vec2", &[1.0]),
        ("number", &[]),
    ] {
        assert_eq!(of(name, numbers), None, "{name}");
    }
}

#[test]
fn kernels_for_software_doubles_run_on_devices_that_have_them() {
    let session = on(BackendType::Gpu);
    let mut artifact = common::artifact(1, false, "b0[0] = 1.0;");
    artifact.interface = session.interface().clone();
    artifact.interface.native_doubles = false;
    artifact.interface.uniforms.iter_mut().for_each(|uniform| uniform.integral = !uniform.integral);
    block_on(session.create_kernel(artifact)).unwrap().run([1, 1, 1]).unwrap();
    assert_eq!(read(&session, "a")[0], 1.0);
}

#[test]
fn kernels_for_float_atomics_are_refused_where_there_are_none() {
    let noop = on(BackendType::Noop);
    let mut artifact = common::artifact(1, false, "b0[0] = 1.0;");
    artifact.interface = noop.interface().clone();
    artifact.interface.float_atomics = true;
    let reason = "it was compiled for a device that adds to floats in one step, and this one does not".into();
    assert_eq!(block_on(noop.create_kernel(artifact)).err(), Some(Error::ArtifactMismatch { reason }));
}

#[test]
fn kernels_for_native_doubles_run_where_there_are_some_and_are_refused_elsewhere() {
    let session = on(BackendType::Gpu);
    let body = "var x = f64(params.t); x = x + 1.0lf; b0[0] = f32(x * x - 1.0lf);";
    let mut artifact = common::artifact(1, false, body);
    artifact.interface = session.interface().clone();
    if session.interface().native_doubles {
        let small = 2_f64.powi(-30);
        t(&session, small);
        kernel(&session, artifact).run([1, 1, 1]).unwrap();
        // Singles would give 0.
        assert_eq!(read(&session, "a")[0], 2.0 * small as f32);
    } else {
        artifact.interface.native_doubles = true;
        let text = error(block_on(session.create_kernel(artifact)));
        assert!(
            text.contains("a device that computes in doubles by itself, and this one does not"),
            "{text}"
        );
    }
    // Without a GPU there are none.
    let noop = on(BackendType::Noop);
    let mut artifact = common::artifact(1, false, body);
    artifact.interface = noop.interface().clone();
    artifact.interface.native_doubles = true;
    let reason =
        "it was compiled for a device that computes in doubles by itself, and this one does not".into();
    assert_eq!(block_on(noop.create_kernel(artifact)).err(), Some(Error::ArtifactMismatch { reason }));
}
