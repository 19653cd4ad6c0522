//! That the quick parser gives oxc's trees: on every text of the repository, on rare forms, and on random texts.

mod corpus;
mod exhaustive;
mod random;

use std::fmt::Write;

use crate::syntax::Arena;
use corpus::{TEXTS, Text};

/// Whether the quick parser accepts a text; what is wrong if its tree is not oxc's.
fn accepts(source: &str) -> Result<bool, String> {
    let arena = Arena::new();
    let Some(given) = super::parse(&arena, source) else { return Ok(false) };
    let wanted =
        crate::syntax::parse(&arena, source).map_err(|errors| format!("oxc refuses it: {errors:?}"))?;
    let (given, wanted) = (format!("{given:#?}"), format!("{wanted:#?}"));
    if given == wanted { Ok(true) } else { Err(format!("the trees differ\n{given}\n{wanted}")) }
}

#[test]
fn texts_of_the_repository_have_the_trees_of_oxc() {
    let (mut kernels, mut count) = (0, 0);
    let mut given_up = String::new();
    for Text { file, source, is_kernel } in &*TEXTS {
        let is_accepted = accepts(source).unwrap_or_else(|wrong| panic!("{file}: {source}\n{wrong}"));
        kernels += usize::from(*is_kernel);
        if *is_kernel && !is_accepted {
            count += 1;
            let words = source.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(given_up, "{file}: {}", words.chars().take(80).collect::<String>())
                .expect("text can be written");
        }
    }
    assert!(kernels > 400, "only {kernels} kernels were found");
    let text = format!("kernels that are given up: {count}\n\n{given_up}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("reach", text);
    });
}

#[test]
fn rare_forms_are_read_as_oxc_reads_them() {
    let accepted = [
        "x => a < b >> 7 && c > d",
        "x => { while (i-->0) a?.5:1 }",
        "x => { a\n++b\nc }",
        "x => { return\na }",
        "x => { do a(); while (b) c() }",
        "x => { a = b\n(c) }",
        "x => { let of = 1, get = of, type = 2, out = 3; type\n= 4 }",
        "x => (a, b) + ((c), d)",
        "x => { (a.b) = (c) = (-d) ** 2 ** +e }",
        "x => { 'use strict'; 'a'\n'b'; ('c'); 'd' }",
        "function(a) { function f(p = t.number, q,) { 'use strict'; return p } (function () {})(), function g() {}() }",
        "x => { l: m: for (;;) { break l; continue\nm } }",
        "x => { (l): a }",
        "x => { switch (a) { case 1: case b, c: let d; default: } switch (e) {} }",
        "x => a.if.class[b](c,)[d, e]([1, f,])",
        "x /* a */ => // b\n{ /***/ c /* d\ne */ f /* g */ }",
        "if(x) { }",
        "x => 1_0.0_1 + 0xF_f + 1e1_0 + 3.14159265358979323846 + 3.4028234663852886e38",
        "x => a /* __ */ < b // ____",
        "function if_(x) { var a; ; { } if (b) c; else if (d) e\nelse f }",
    ];
    for source in accepted {
        assert_eq!(accepts(source), Ok(true), "{source}");
    }
}

#[test]
fn what_is_not_known_or_not_sure_is_given_up() {
    let given_up = [
        "x => a < b > (c)",
        "x => { f(a < b, c > (d)) }",
        "x => a < b < c >> (d)",
        "x => a << b > (c) > (d)",
        "x => -a ** b",
        "x => a ?? b || c",
        "x\n=> a",
        "x => a => b",
        "x => { let let = 1 }",
        "x => { const a }",
        "x => { if (a) let b }",
        "x => { if (a) function f() {} }",
        "x => { switch (a) { default: default: } }",
        "x => 1 = a",
        "x => a() = b",
        "x => ++a++",
        "x => 08",
        "x => 1a",
        "x => 1__0",
        "x => 0_1",
        "x => 1e",
        "x => 1n",
        "x => /a/",
        "x => `a`",
        "x => a!",
        "x => a as b",
        "x => <a>b",
        "x => { type a = b }",
        "x => '\\n'",
        "x => '\n'",
        "x => \u{e9}",
        "async x => a",
        "function* f(x) {}",
        "x => a; b",
        "x => { a b }",
        "x => { for (a in b) ; }",
        "x => { for (a of b) ; }",
        "x => {",
        "x => }",
        "x => /* @__PURE__ */ a()",
        "x => /* #__PURE__ */ a()",
        "/*)*/ function (x) {}",
        "() => { function () {} }",
        "x => (a, )",
        "x => ()",
        "x => f(, a)",
        "x => { l: let a }",
        "x => { a // \u{2028} b\n }",
        "x => { a <!-- b\n }",
        "",
        " ",
        "x",
        "(x)",
        "x => [native code]",
        "x => '[native code]'",
    ];
    for source in given_up {
        assert_eq!(accepts(source), Ok(false), "{source}");
    }
}

#[test]
fn texts_that_nest_deeply_are_given_up() {
    for (start, end) in
        [("(", ")"), ("a[", "]"), ("a = ", ""), ("a ? b : ", ""), ("a ** ", ""), ("void ", ""), ("f(", ")")]
    {
        let nested = |count: usize| format!("x => {}1{}", start.repeat(count), end.repeat(count));
        assert_eq!(accepts(&nested(20)), Ok(true), "{start}");
        assert_eq!(accepts(&nested(10_000)), Ok(false), "{start}");
    }
    for start in ["if (a) b; else ", "l: ", "{", "while (a)"] {
        assert_eq!(accepts(&format!("x => {{ {}", start.repeat(10_000))), Ok(false), "{start}");
    }
}
