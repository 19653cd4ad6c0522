//! What is uniform, linear or varying in kernels as people write them.

use super::{Shape, uniformity};
use crate::ir::testing::small_interface;
use crate::transform::{fold::fold, variants::variants};

/// How the variables of a kernel differ among neighbours along x: `u`niform, `l`inear or `v`arying for each component.
fn shapes(source: &str) -> String {
    let interface = small_interface();
    let source = format!(
        "(inputs) => {{ {source} }}",
        source = source.replace("X", "inputs.threadId.x").replace("U", "inputs.uniforms.n")
    );
    let kernel = crate::pipeline::front_end(&source, &interface).unwrap();
    let kernel = variants(&fold(kernel), &interface).unwrap().common;
    let facts = uniformity(&kernel, 0);
    let entry = facts.function(kernel.functions.len());
    let named = kernel.entry.locals.iter().zip(0..).filter(|(local, _)| local.name.len() == 1);
    let texts = named.map(|(local, position)| {
        let shapes = entry.local(crate::ir::LocalId(position));
        let letters = shapes[..usize::from(local.ty.components())].iter().map(|shape| match shape {
            Shape::Uniform => 'u',
            Shape::Linear => 'l',
            Shape::Varying => 'v',
        });
        format!("{} {}", local.name, letters.collect::<String>())
    });
    texts.collect::<Vec<_>>().join(", ")
}

#[test]
fn values_are_as_their_operands() {
    assert_eq!(shapes("const a = U * 2, b = X, c = X * 2, d = X + 3, e = 3 - X;"), "a u, b l, c v, d l, e v");
    assert_eq!(shapes("const a = inputs.threadId.xy, b = inputs.threadId.yz;"), "a lu, b uu");
    assert_eq!(
        shapes("const a = inputs.buffers.data[3], b = inputs.buffers.data[X], c = Math.random();"),
        "a u, b v, c v"
    );
}

#[test]
fn what_only_some_set_varies() {
    assert_eq!(shapes("let a = 1, b = 1; if (X > 3) a = 2; if (U > 3) b = 2;"), "a v, b u");
    // Declared where only those are that see it.
    assert_eq!(shapes("if (X > 3) { let a = 1; a = 2; inputs.buffers.data[X] = a; }"), "a u");
}

#[test]
fn counters_are_uniform_even_if_some_leave_early() {
    let left = "let s = 0; for (let i = 0; i < 9; i++) { if (inputs.buffers.data[X] < i) break; s += i; } inputs.buffers.data[X] = s;";
    assert_eq!(shapes(left), "s v, i u");
    // Seen behind the loop, where some have stopped counting before others.
    let seen = "let i = 0; while (i < 9) { if (inputs.buffers.data[X] < i) break; i++; } inputs.buffers.data[X] = i;";
    assert_eq!(shapes(seen), "i v");
    let uniform = "let i = 0; while (i < 9) { if (U < i) break; i++; } inputs.buffers.data[X] = i;";
    assert_eq!(shapes(uniform), "i u");
}

#[test]
fn a_break_behind_a_divergent_continue_diverges() {
    let text = "let a = 0; for (let i = 0; i < 9; i++) { a = i; if (X === i) continue; if (U > 3) break; } inputs.buffers.data[X] = a;";
    assert_eq!(shapes(text), "a v, i u");
}

#[test]
fn those_who_have_returned_see_nothing_any_more() {
    assert_eq!(shapes("let a = 1; if (X > 3) return; a = 2; inputs.buffers.data[X] = a;"), "a u");
}

#[test]
fn functions_are_as_they_are_called() {
    let text = "function f(p = types.number, q = types.number) { return p + q; }
        const a = f(U, 1), b = f(U, 2);";
    assert_eq!(shapes(text), "a u, b u");
    let text = "function f(p = types.number) { return p; } const a = f(U), b = f(X);";
    assert_eq!(shapes(text), "a v, b v");
    let text = "function f(p = types.number) { if (X > 3) return 1; return 2; } const a = f(U);";
    assert_eq!(shapes(text), "a v");
}

#[test]
fn a_switch_parts_those_who_choose_differently() {
    let text = "let a = 0, b = 0; switch (X) { case 1: a = 1; break; default: a = 2; } switch (Math.floor(U)) { case 1: b = 1; }
        inputs.buffers.data[X] = a + b;";
    assert_eq!(shapes(text), "a v, b u");
}
