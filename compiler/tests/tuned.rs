//! Texts for large runs, and what is explained of the kernels, as snapshots; every text is validated.

mod support;

use artifact::{Access, Artifact, BufferDescription, ElementType, Interface, Tuned};

/// An interface with these buffers of numbers, vec4s or vec3s.
fn interface(buffers: &[(&str, ElementType, &[u32])]) -> Interface {
    let described = buffers.iter().map(|&(name, element, size)| BufferDescription {
        name: name.into(),
        element,
        size: size.to_vec(),
    });
    Interface { buffers: described.collect(), ..Interface::default() }
}

fn compiled(source: &str, interface: &Interface) -> Artifact {
    compiler::compile(source, interface).unwrap_or_else(|mistakes| panic!("{source}: {mistakes:?}"))
}

fn tuned(artifact: &Artifact) -> Option<&Tuned> {
    artifact.code.wgsl().expect("the interface is on a GPU").tuned.as_ref()
}

fn snapshot(name: &str, source: &str, interface: &Interface) -> Artifact {
    let artifact = compiled(source, interface);
    let chosen = tuned(&artifact);
    let text = chosen.map_or("", |tuned| tuned.text.as_str());
    if chosen.is_some() {
        support::wgsl::check(text).unwrap_or_else(|wrong| panic!("{name}: {wrong}\n{text}"));
    }
    // What stands before the entry point is as in the common text.
    let text = text.find("\nvar<workgroup>").or_else(|| text.find("\n@compute")).map_or("", |at| &text[at..]);
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "golden/snapshots" }, {
        insta::assert_snapshot!(name, format!("{source}\n\n{}{text}", artifact.explanation));
    });
    artifact
}

#[test]
fn an_elementwise_kernel_computes_four_threads_at_once() {
    let source = "inputs => {
    const i = inputs.threadId.x;
    const x = inputs.buffers.x[i];
    inputs.buffers.y[i] = 2 * x + inputs.buffers.y[i];
}";
    let interface = interface(&[("x", ElementType::Number, &[1000]), ("y", ElementType::Number, &[1000])]);
    let artifact = snapshot("tuned_saxpy", source, &interface);
    assert_eq!(tuned(&artifact).map(|tuned| (tuned.threads, tuned.axis)), Some((4, 0)));
}

#[test]
fn workgroups_count_for_themselves_in_small_buffers_that_nobody_looks_at() {
    let source = "inputs => {
    const { bins, data } = inputs.buffers;
    bins[Math.floor(data[inputs.threadId.x] * 256)] += 1;
}";
    let buffers =
        |count| interface(&[("bins", ElementType::U32, &[count]), ("data", ElementType::Number, &[1000])]);
    let artifact = snapshot("tuned_histogram", source, &buffers(256));
    assert_eq!(tuned(&artifact).map(|tuned| (tuned.threads, tuned.axis)), Some((32, 0)));
    let looked_at = source.replace("+= 1", "+= bins[0]");
    let asked_for = source.replace("bins[", "data[0] = bins[").replace("+= 1", "++");
    let greatest = source.replace("bins[Math", "bins[0] = Math.max(bins[0], 5); bins[Math");
    for (source, count) in [(source, 2000), (&looked_at, 256), (&asked_for, 256), (&greatest, 256)] {
        let artifact = compiled(source, &buffers(count));
        assert!(tuned(&artifact).is_none_or(|tuned| !tuned.text.contains("var<workgroup>")), "{source}");
    }
}

#[test]
fn four_threads_that_scatter_wait_for_memory_together() {
    let source = "inputs => {
    const i = inputs.threadId.x;
    inputs.buffers.sums[inputs.buffers.cells[i]] += inputs.buffers.values[i];
}";
    let interface = interface(&[
        ("cells", ElementType::U32, &[1000]),
        ("values", ElementType::Number, &[1000]),
        ("sums", ElementType::Number, &[1000]),
    ]);
    let artifact = snapshot("tuned_scatter", source, &interface);
    assert_eq!(tuned(&artifact).map(|tuned| (tuned.threads, tuned.axis)), Some((4, 0)));
}

#[test]
fn a_stencil_computes_four_rows() {
    let source = "inputs => {
    const size = dim(inputs.buffers.heat);
    const x = inputs.threadId.x, y = inputs.threadId.y;
    const h = inputs.buffers.heat[x][y];
    let total = 0;
    if (x > 0) total += inputs.buffers.heat[x - 1][y] - h;
    if (x < size.x - 1) total += inputs.buffers.heat[x + 1][y] - h;
    inputs.buffers.next[x][y] = h + 0.25 * total;
}";
    let grid = &[50, 60][..];
    let interface = interface(&[("heat", ElementType::Number, grid), ("next", ElementType::Number, grid)]);
    let artifact = snapshot("tuned_heat", source, &interface);
    // Lanes lie along y, so rows along x.
    assert_eq!(tuned(&artifact).map(|tuned| (tuned.threads, tuned.axis)), Some((4, 0)));
}

/// A loop over all bodies. The text between its parts is what may keep it from being tiled.
fn bodies(before: &str, test: &str, within: &str, after: &str) -> String {
    format!(
        "inputs => {{
    const me = inputs.buffers.bodies[inputs.threadId.x];
    let force = vec3(0, 0, 0);
    {before}
    for (let j = 0; {test}; j++) {{
        const other = inputs.buffers.bodies[j];
        {within}
        force = force.plus(other.xyz.minus(me.xyz).times(other.w));
    }}
    {after}
    inputs.buffers.forces[inputs.threadId.x] = force;
}}"
    )
}

fn sky() -> Interface {
    interface(&[("bodies", ElementType::Vec4, &[1100]), ("forces", ElementType::Vec3, &[1100])])
}

#[test]
fn a_loop_over_the_same_elements_is_tiled() {
    let source = bodies("", "j < dim(inputs.buffers.bodies)", "", "");
    let artifact = snapshot("tuned_bodies", &source, &sky());
    let tuned = tuned(&artifact).expect("a tuned text");
    assert_eq!(tuned.shape.map(|shape| shape.0), Some([128, 1, 1]));
    assert_eq!(artifact.buffers[0].access, Access::Read);
    let skipping = bodies("", "j < 1100", "if (j === inputs.threadId.x) continue;", "");
    let artifact = compiled(&skipping, &sky());
    let code = artifact.code.wgsl().and_then(|code| code.tuned.as_ref()).expect("a tuned text");
    support::wgsl::check(&code.text).expect("valid WGSL");
}

#[test]
fn other_loops_are_not() {
    let all = "j < 1100";
    for source in [
        bodies("", "j < 100", "", ""),
        bodies("", "j < 1101", "", ""),
        bodies("", "j < inputs.threadId.x", "", ""),
        bodies("", "j < 1100 && force.x < 5", "", ""),
        bodies("", all, "if (force.x > 5) break;", ""),
        bodies("", all, "inputs.buffers.forces[j] = force;", ""),
        bodies("", all, "j += 0;", ""),
        bodies("if (me.x > 4) return;", all, "", ""),
        bodies("inputs.buffers.forces[0] = force;", all, "", ""),
        bodies("let k = 0;", all, "k = j;", "force = force.times(k);"),
    ] {
        let artifact = compiled(&source, &sky());
        // The last one is still tiled, as a counter may be copied.
        assert_eq!(
            tuned(&artifact).is_some_and(|tuned| tuned.text.contains("var<workgroup>")),
            source.contains("k = j"),
            "{source}\n{}",
            artifact.explanation
        );
    }
    let written = bodies("", all, "", "inputs.buffers.bodies[0].x = 1;");
    assert_eq!(tuned(&compiled(&written, &sky())), None);
}

#[test]
fn a_loop_that_computes_is_unrolled() {
    let source = "inputs => {
    let z = inputs.threadId.xy.times(0.001), n = 0;
    while (n < 1000) {
        const next = z.cplxTimes(z);
        z = next.plus(vec2(-0.8, 0.156));
        if (z.length() > 2) break;
        n++;
    }
    let sum = 0;
    for (let i = 1; i <= 20; i++) sum += i * n;
    inputs.buffers.x[inputs.threadId.x] = sum;
}";
    snapshot("tuned_unrolled", source, &interface(&[("x", ElementType::Number, &[1000])]));
}

#[test]
fn threads_that_make_the_same_rounds_make_them_in_pairs() {
    let source = |before: &str, within: &str| {
        format!(
            "inputs => {{
    const i = inputs.threadId.x;
    let h = inputs.buffers.keys[i];
    {before}
    for (let round = 0; round < 64; round++) {{
        h = (Math.imul(h ^ (h >>> 16), 0x85ebca6b) + round) >>> 0;
        {within}
    }}
    inputs.buffers.hashes[i] = h;
}}"
        )
    };
    let of = |name| (name, ElementType::U32, &[1000][..]);
    let interface = interface(&[of("keys"), of("hashes")]);
    let artifact = snapshot("tuned_hash", &source("", ""), &interface);
    let threads = |before: &str, within: &str| {
        tuned(&compiled(&source(before, within), &interface)).map(|tuned| tuned.threads)
    };
    assert_eq!(tuned(&artifact).map(|tuned| tuned.threads), Some(2));
    assert_eq!(threads("let n = 2;", "n += 3; h ^= n;"), Some(2));
    // Their own rounds, ends and branches keep threads apart.
    assert_eq!(threads("", "if (h > 7) break;"), Some(1));
    assert_eq!(threads("", "if (h > 7) h ^= 5;"), Some(1));
    assert_eq!(threads("", "for (let k = 0; k < h % 4; k++) h ^= k;"), None);
    assert_eq!(threads("", "inputs.buffers.hashes[i] = round;"), None);
}

#[test]
fn a_loop_that_loads_to_an_end_that_stays_is_unrolled() {
    let interface = || {
        interface(&[
            ("x", ElementType::Number, &[4096]),
            ("row", ElementType::I32, &[65]),
            ("out", ElementType::Number, &[64]),
        ])
    };
    let source = |condition: &str, body: &str, step: &str| {
        format!(
            "inputs => {{ let sum = 0; let end = 9; const i = inputs.threadId.x; \
             for (let j = inputs.buffers.row[i]; {condition}; {step}) {{ {body} sum += inputs.buffers.x[j]; }} \
             inputs.buffers.out[i] = sum; }}"
        )
    };
    let to_the_next = "j < inputs.buffers.row[i + 1]";
    snapshot("tuned_open", &source(to_the_next, "", "j++"), &interface());
    for (condition, body, step, is_unrolled) in [
        (to_the_next, "", "j++", true),
        ("j < i * 3 + 7", "", "j++", true),
        ("j < end", "", "j++", true),
        ("j < end", "end = 8;", "j++", false),
        (to_the_next, "", "j += 2", false),
        (to_the_next, "if (sum > 9) break;", "j++", false),
        (to_the_next, "if (sum > 9) continue;", "j++", false),
        (to_the_next, "inputs.buffers.row[3] = 1;", "j++", false),
        (to_the_next, "for (let k = 0; k < i; k++) sum += inputs.buffers.x[k];", "j++", false),
    ] {
        let artifact = compiled(&source(condition, body, step), &interface());
        let text = tuned(&artifact).map_or("", |tuned| &tuned.text);
        assert_eq!(text.matches("load_x(j)").count() > 1, is_unrolled, "{condition} {body} {step}\n{text}");
    }
}

#[test]
fn other_loops_are_not_unrolled() {
    let interface = interface(&[("x", ElementType::Number, &[1000])]);
    for (body, unrolled) in [
        ("let n = 0; while (n < 32) { s = s * 1.5; n++; }", true),
        ("let n = 4; while (32 > n) { s = s * 1.5; n += 1; }", true),
        (
            "for (let k = 0; k < 3; k++) { let n = 0; while (n < 32) { if (s > 9) break; s = s * 1.5; n++; } }",
            true,
        ),
        (
            "let n = 0; for (let k = 0; k < 3; k++) { while (n < 32) { if (s > 9) break; s = s * 1.5; n++; } }",
            false,
        ),
        ("let n = 0; while (n < 31) { s = s * 1.5; n++; }", false),
        ("let n = 0; while (n < 8) { s = s * 1.5; n++; }", false),
        ("let n = inputs.threadId.x; while (n < 32) { s = s * 1.5; n++; }", false),
        ("let n = 0; while (n < 32) { s = s * 1.5; n += 2; }", false),
        ("let n = 0; while (n < 32 && s < 9) { s = s * 1.5; n++; }", false),
        ("for (let n = 0; n < 32; n++) { if (s > 4) continue; s = s * 1.5; }", false),
        ("let n = 0; do { s = s * 1.5; n++; } while (n < 32);", false),
        ("let n = 0; n = 3; while (n < 32) { s = s * 1.5; n++; }", false),
    ] {
        let source = format!("inputs => {{ let s = 1; {body} inputs.buffers.x[inputs.threadId.x] = s; }}");
        let artifact = compiled(&source, &interface);
        assert_eq!(tuned(&artifact).is_some(), unrolled, "{source}\n{}", artifact.explanation);
    }
}

#[test]
fn why_not_is_explained() {
    let explained = |body: &str| compiled(&format!("inputs => {{ {body} }}"), &sky()).explanation;
    let random = explained("inputs.buffers.forces[inputs.threadId.x].x = Math.random();");
    assert!(
        random.contains("large runs: computed as all others, as functions or random numbers"),
        "{random}"
    );
    let endless = explained(
        "let x = inputs.buffers.bodies[0].x; while (x > 1) { x = x / 2; } inputs.buffers.forces[0].x = x;",
    );
    assert!(endless.contains("line 1: `while (x > 1)`: not seen to count an integer"), "{endless}");
    let checked = explained("inputs.buffers.forces[inputs.buffers.bodies[0].x].x = 1;");
    assert!(checked.contains("checked, as `inputs.buffers.bodies[0].x` may be out of range"), "{checked}");
}
