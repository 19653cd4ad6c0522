//! The rules of representation, each on a small kernel, as text. That results are right is judged by `interpreter/tests/numbers.rs`.

use artifact::{BufferDescription, ElementType, Interface, UniformDescription, UniformType};

use crate::conditions::describe;
use crate::ir::{self, Kernel};
use crate::pipeline::middle_end;
use crate::transform::variants::Variants;

fn interface() -> Interface {
    let buffer = |name: &str, element, size: &[u32]| BufferDescription {
        name: name.into(),
        element,
        size: size.into(),
    };
    let uniform =
        |name: &str, integral| UniformDescription { name: name.into(), ty: UniformType::Number, integral };
    Interface {
        buffers: vec![
            buffer("data", ElementType::Number, &[64]),
            buffer("ints", ElementType::I32, &[64]),
            buffer("words", ElementType::U32, &[64]),
            buffer("wide", ElementType::F64, &[64]),
            buffer("grid", ElementType::Number, &[8, 8]),
        ],
        uniforms: vec![uniform("n", true), uniform("t", false)],
        ..Interface::default()
    }
}

/// Compiles the statements of a kernel with thread ids `x` and `y`, in which buffers and uniforms go by their names, uniforms with a `$`. A
/// function may stand before them.
fn compiled(body: &str) -> Variants {
    let mut body = body.to_owned();
    for buffer in interface().buffers {
        body = body.replace(&format!("{}[", buffer.name), &format!("inputs.buffers.{}[", buffer.name));
    }
    for uniform in interface().uniforms {
        body = body.replace(&format!("${}", uniform.name), &format!("inputs.uniforms.{}", uniform.name));
    }
    let end = if body.starts_with("function") { body.find("} ").map_or(0, |end| end + 2) } else { 0 };
    let (functions, body) = body.split_at(end);
    let text =
        format!("inputs => {{ {functions}const x = inputs.threadId.x, y = inputs.threadId.y; {body} }}");
    middle_end(&text, &interface()).unwrap_or_else(|wrong| panic!("{wrong:?}\n{text}"))
}

/// The statements of a kernel but those that name its thread ids, one a line.
fn lines(kernel: &Kernel) -> Vec<String> {
    let text = ir::print(kernel, Some(&interface()));
    let lines = text.lines().skip_while(|line| !line.starts_with("function")).map(str::trim);
    let is_told = |line: &&str| {
        !["", "}"].contains(line) && !line.starts_with("function kernel") && !line.contains("threadId.")
    };
    let lines = lines.filter(is_told);
    lines.map(|line| line.replace("buffers.", "").replace("uniforms.", "")).collect()
}

/// The common text of a kernel, without marks of indices.
fn text(body: &str) -> Vec<String> {
    let lines = lines(&compiled(body).common).into_iter();
    lines.map(|line| line.replace("inside(1) ", "").replace("inside ", "").replace("known ", "")).collect()
}

/// The common text, its conditions, the runs in which marked indices are in range, and the general text.
fn texts(body: &str) -> Vec<String> {
    let variants = compiled(body);
    let mut all = lines(&variants.common);
    all.push(format!("when {}", describe(&variants.conditions, &interface())));
    all.extend(
        variants.in_range.iter().map(|inside| format!("inside when {}", describe(inside, &interface()))),
    );
    if let Some(general) = &variants.general {
        all.push("else".to_owned());
        all.extend(lines(general));
    }
    all
}

#[test]
fn integers_that_fit_are_signed() {
    assert_eq!(
        text("let p = x * 4096 + y; ints[p & 63] = p % 10;"),
        ["const p#2: i32 = ((x#0 * 4096) + y#1)", "ints[(p#2 & 63)] = (p#2 % 10)",]
    );
}

#[test]
fn integers_that_need_the_top_bit_are_unsigned() {
    assert_eq!(
        text("let p = words[x]; words[y] = p; data[x] = p < 4294967295 ? 1 : 0;"),
        ["const p#2: u32 = words[x#0]", "words[y#1] = p#2", "data[x#0] = ((p#2 < 4294967295) ? 1.0 : 0.0)",]
    );
}

#[test]
fn integers_that_may_not_fit_are_doubles() {
    assert_eq!(
        text("let p = words[x] + words[y]; wide[x] = p;"),
        ["const p#2: f64 = (f64(words[x#0]) + f64(words[y#1]))", "wide[x#0] = p#2",]
    );
    assert_eq!(
        text("let s = 0; for (let q = 0; q < 64; q++) s += ints[q]; wide[x] = s;"),
        [
            "let s#2: f64 = 0",
            "let q#3: i32 = 0",
            "while @0 (q#3 < 64) {",
            "s#2 = (s#2 + f64(ints[q#3]))",
            "} update {",
            "q#3 = (q#3 + 1)",
            "wide[x#0] = s#2",
        ]
    );
}

#[test]
fn signed_and_unsigned_are_compared_as_doubles() {
    assert_eq!(
        text("data[x] = words[x] < ints[x] ? 1 : 0;"),
        ["data[x#0] = ((f64(words[x#0]) < f64(ints[x#0])) ? 1.0 : 0.0)",]
    );
}

#[test]
fn comparisons_that_are_decided_are_not_made() {
    assert_eq!(text("data[x] = words[x] >= 0 ? 1 : 0;"), ["data[x#0] = (true ? 1.0 : 0.0)"]);
}

#[test]
fn where_only_low_bits_are_used_sums_wrap() {
    assert_eq!(
        text("let p = words[x] + words[y]; ints[x] = p;"),
        ["const p#2: i32 = (i32(words[x#0]) + i32(words[y#1]))", "ints[x#0] = p#2",]
    );
    assert_eq!(
        text("let s = 0; for (let q = 0; q < 64; q++) s += ints[q]; ints[x] = s;"),
        [
            "let s#2: i32 = 0",
            "let q#3: i32 = 0",
            "while @0 (q#3 < 64) {",
            "s#2 = (s#2 + ints[q#3])",
            "} update {",
            "q#3 = (q#3 + 1)",
            "ints[x#0] = s#2",
        ]
    );
    assert_eq!(
        text(
            "let h = 7; for (let q = 0; q < 5; q++) h = Math.imul(h ^ ints[x], 16777619); words[x] = h >>> 0;"
        ),
        [
            "let h#2: i32 = 7",
            "let q#3: i32 = 0",
            "while @0 (q#3 < 5) {",
            "h#2 = imul((h#2 ^ ints[x#0]), 16777619)",
            "} update {",
            "q#3 = (q#3 + 1)",
            "words[x#0] = u32(h#2)",
        ]
    );
}

#[test]
fn products_beyond_what_doubles_hold_exactly_do_not_wrap() {
    assert_eq!(
        text("let p = words[x] * words[y]; ints[x] = p;"),
        ["const p#2: i32 = toInt32((f64(words[x#0]) * f64(words[y#1])))", "ints[x#0] = p#2",]
    );
}

#[test]
fn all_uses_of_a_variable_count() {
    assert_eq!(
        text("let p = words[x] + words[y]; ints[x] = p; wide[x] = p;"),
        [
            "const p#2: f64 = (f64(words[x#0]) + f64(words[y#1]))",
            "ints[x#0] = toInt32(p#2)",
            "wide[x#0] = p#2",
        ]
    );
}

#[test]
fn the_bits_of_a_double_are_taken_as_javascript_takes_them() {
    assert_eq!(text("ints[x] = wide[x];"), ["ints[x#0] = toInt32(wide[x#0])"]);
}

#[test]
fn what_is_asked_of_a_call_is_asked_of_its_function() {
    assert_eq!(
        text("function f(v = types.number) { return v + 3; } words[x] = f(words[y]);"),
        ["function f(v#0: i32) -> i32 {", "return (v#0 + 3)", "words[x#0] = u32(f(i32(words[y#1])))",]
    );
    assert_eq!(
        text("function f(v = types.number) { return v + 3; } wide[x] = f(words[y]);"),
        ["function f(v#0: u32) -> f64 {", "return (f64(v#0) + 3)", "wide[x#0] = f(words[y#1])",]
    );
}

#[test]
fn arrays_that_are_copied_are_alike() {
    assert_eq!(
        text("let a = array([0, 0]); a[x & 1] = words[x]; let b = a; wide[x] = b[0] + 0.5;"),
        [
            "let a#2: array<u32, 2> = [0, 0]",
            "a#2[(x#0 & 1)] = words[x#0]",
            "const b#3: array<u32, 2> = a#2",
            "wide[x#0] = (f64(b#3[0]) + 0.5)",
        ]
    );
}

#[test]
fn an_index_stops_at_the_end_of_its_range() {
    assert_eq!(
        text("let p = ints[x] - 5; data[p] = 1;"),
        ["const p#2: i32 = (max(ints[x#0], -2147483643) - 5)", "data[p#2] = 1.0",]
    );
}

#[test]
fn a_clamp_keeps_what_stops() {
    assert_eq!(
        text("data[Math.max(Math.min(ints[x] - 3, 63), 0)] = 1;"),
        ["data[max(min((max(ints[x#0], -2147483645) - 3), 63), 0)] = 1.0",]
    );
}

#[test]
fn comparisons_with_small_integers_keep_what_stops() {
    assert_eq!(
        text("data[x] = ints[x] - 1 < 10 ? 1 : 0;"),
        ["data[x#0] = (((max(ints[x#0], -2147483647) - 1) < 10) ? 1.0 : 0.0)",]
    );
}

#[test]
fn comparisons_with_large_integers_are_exact() {
    assert_eq!(
        text("data[x] = ints[x] - 1 < 1000000000 ? 1 : 0;"),
        ["data[x#0] = (((f64(ints[x#0]) - 1) < 1000000000) ? 1.0 : 0.0)",]
    );
}

#[test]
fn fractions_for_number_buffers_are_singles() {
    assert_eq!(text("data[x] = x * 0.1;"), ["data[x#0] = (f32(x#0) * 0.1)"]);
    assert_eq!(text("data[x] = x / 7;"), ["data[x#0] = (f32(x#0) / 7.0)"]);
}

#[test]
fn fractions_are_exact_where_they_are_rounded_to_integers() {
    assert_eq!(text("ints[x] = Math.floor(x * 0.1);"), ["ints[x#0] = i32((f64(x#0) * 0.1))"]);
}

#[test]
fn what_comes_from_number_buffers_is_a_single() {
    assert_eq!(
        text("ints[x] = Math.floor(data[x] * 10);"),
        ["ints[x#0] = toInt32(floor((data[x#0] * 10.0)))"]
    );
    assert_eq!(
        text("let s = 0; for (let q = 0; q < 64; q++) s += data[q]; data[x] = s;"),
        [
            "let s#2: f32 = 0.0",
            "let q#3: i32 = 0",
            "while @0 (q#3 < 64) {",
            "s#2 = (s#2 + data[q#3])",
            "} update {",
            "q#3 = (q#3 + 1)",
            "data[x#0] = s#2",
        ]
    );
}

#[test]
fn what_comes_from_double_buffers_is_a_double() {
    assert_eq!(text("data[x] = wide[x] + 1;"), ["data[x#0] = f32((wide[x#0] + 1))"]);
}

#[test]
fn fround_makes_a_single_of_a_double() {
    assert_eq!(text("data[x] = Math.fround(wide[x]) * 2;"), ["data[x#0] = (fround(f32(wide[x#0])) * 2.0)"]);
}

#[test]
fn quotients_of_integers_under_floor_are_integer_quotients() {
    assert_eq!(text("ints[x] = Math.floor(x / 7);"), ["ints[x#0] = (x#0 floor/ 7)"]);
    assert_eq!(text("ints[x] = (words[x] / 7) | 0;"), ["ints[x#0] = i32((words[x#0] trunc/ 7))"]);
}

#[test]
fn counters_in_fractions_are_doubles() {
    assert_eq!(
        text("let s = 0; for (let q = 0; q < 1; q += 0.1) s++; ints[x] = s;"),
        [
            "let s#2: i32 = 0",
            "let q#3: f64 = 0",
            "while @0 (q#3 < 1) {",
            "s#2 = (s#2 + 1)",
            "} update {",
            "q#3 = (q#3 + 0.1)",
            "ints[x#0] = s#2",
        ]
    );
    assert_eq!(
        text("for (let q = data[x]; q < 100; q++) ints[x] += 1;"),
        [
            "let q#2: f64 = f64(data[x#0])",
            "while @0 (q#2 < 100) {",
            "ints[x#0] = (ints[x#0] + 1)",
            "} update {",
            "q#2 = (q#2 + 1)",
        ]
    );
}

#[test]
fn zero_has_a_sign_where_it_is_seen() {
    assert_eq!(text("data[x] = -ints[x];"), ["data[x#0] = f32((-f64(ints[x#0])))"]);
    assert_eq!(text("ints[x] = -ints[x];"), ["ints[x#0] = (-ints[x#0])"]);
    assert_eq!(text("data[x] = 1 / (ints[x] % 4);"), ["data[x#0] = (1.0 / f32((f64(ints[x#0]) % 4)))"]);
}

#[test]
fn a_uniform_in_an_index_is_an_integer_in_one_text() {
    assert_eq!(
        texts("data[x * $n] = 1;"),
        [
            "data[inside (x#0 * n)] = 1.0",
            "when n is an integer and X * n - n <= 2147483647 and X * (-n) - (-n) <= 2147483648",
            "inside when n is an integer and X * n - n <= 63 and X * (-n) - (-n) <= 0",
            "else",
            "data[i32((f64(x#0) * n))] = 1.0",
        ]
    );
}

#[test]
fn a_uniform_that_scales_needs_one_text() {
    assert_eq!(
        texts("data[x] = x * $t;"),
        ["data[inside x#0] = (f32(x#0) * t)", "when always", "inside when X <= 64",]
    );
}

#[test]
fn a_uniform_whose_bits_are_taken_needs_one_text() {
    assert_eq!(
        texts("ints[x] = Math.imul($n, 3);"),
        ["ints[inside x#0] = imul(n, 3)", "when always", "inside when X <= 64",]
    );
}

#[test]
fn a_uniform_that_bounds_a_loop_is_an_integer_in_one_text() {
    assert_eq!(
        texts("for (let q = 0; q < $n; q++) data[q] = 1;"),
        [
            "let q#2: i32 = 0",
            "while @0 (q#2 < n) {",
            "data[inside q#2] = 1.0",
            "} update {",
            "q#2 = (q#2 + 1)",
            "when n is an integer and n <= 2147483647 and (-n) <= 2147483648",
            "inside when n is an integer and n <= 64",
            "else",
            "let q#2: f64 = 0",
            "while @0 (q#2 < n) {",
            "data[i32(q#2)] = 1.0",
            "} update {",
            "q#2 = (q#2 + 1)",
        ]
    );
}

#[test]
fn loops_with_less_or_equal_count_to_one_more() {
    assert_eq!(
        text("for (let q = 63; q >= x; q--) data[q] = 1;"),
        [
            "let q#2: i32 = 63",
            "while @0 (q#2 > (x#0 - 1)) {",
            "data[q#2] = 1.0",
            "} update {",
            "q#2 = (q#2 - 1)",
        ]
    );
    assert_eq!(
        text("for (let q = 0; q <= $n; q++) data[q] = 1;"),
        [
            "let q#2: i32 = 0",
            "while @0 (q#2 < (n + 1)) {",
            "data[q#2] = 1.0",
            "} update {",
            "q#2 = (q#2 + 1)",
        ]
    );
}

#[test]
fn a_uniform_that_divides_is_not_zero_in_one_text() {
    assert_eq!(
        texts("ints[x] = Math.floor(x / $n);"),
        [
            "ints[inside x#0] = (x#0 floor/ n)",
            "when n is an integer and n is not 0 and n <= 2147483647 and (-n) <= 2147483648",
            "inside when X <= 64",
            "else",
            "ints[x#0] = toInt32(floor((f64(x#0) / n)))",
        ]
    );
    assert_eq!(text("ints[x] = x % $n;"), ["ints[x#0] = (x#0 % n)"]);
}

#[test]
fn a_quotient_by_a_uniform_is_a_fraction() {
    assert_eq!(
        texts("data[x] = x / $n;"),
        ["data[inside x#0] = (f32(x#0) / n)", "when always", "inside when X <= 64",]
    );
}

#[test]
fn extents_are_limited_in_one_text() {
    assert_eq!(
        texts("data[x] = -x;"),
        [
            "data[inside x#0] = (-f32(x#0))",
            "when X <= 16777217",
            "inside when X <= 64",
            "else",
            "data[x#0] = f32((-f64(x#0)))",
        ]
    );
}

#[test]
fn indices_in_range_are_marked() {
    assert_eq!(texts("data[x & 63] = 1;"), ["data[known (x#0 & 63)] = 1.0", "when always",]);
    assert_eq!(
        texts("if (x > 0 && x < 64) data[x - 1] = 1;"),
        ["if ((x#0 > 0) && (x#0 < 64)) {", "data[known (x#0 - 1)] = 1.0", "when always",]
    );
    assert_eq!(
        texts("grid[y][x] = 1;"),
        ["grid[inside y#1][inside(1) x#0] = 1.0", "when always", "inside when Y <= 8", "inside when X <= 8",]
    );
}
