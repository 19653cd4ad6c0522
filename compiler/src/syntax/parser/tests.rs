//! That the parser makes of a text what oxc makes of it: on every text of the repository, on rare forms, and on random texts.

mod convert;
mod corpus;
mod exhaustive;
mod judge;
mod mistakes;
mod random;

use corpus::{TEXTS, Text};
use judge::{Verdict, judge};

/// A line of a list, where `\n` is a line end and `\\` a backslash.
fn written(line: &str) -> String {
    line.replace("\\\\", "\0").replace("\\n", "\n").replace('\0', "\\")
}

#[test]
fn texts_of_the_repository_are_read_as_oxc_reads_them() {
    let (mut counts, mut wrong) = ((0, 0), String::new());
    for Text { file, source } in &*TEXTS {
        match judge(source) {
            Verdict::Same => counts.0 += 1,
            Verdict::Refused => counts.1 += 1,
            verdict => wrong += &format!("{file}: {source}\n{verdict:?}\n\n"),
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(counts.0 > 2000 && counts.1 > 100, "{counts:?}");
}

#[test]
fn rare_forms_are_read_as_oxc_reads_them() {
    let accepted = include_str!("tests/accepted.txt").lines().filter(|line| !line.is_empty());
    let mut wrong = Vec::new();
    for source in accepted.map(written) {
        match judge(&source) {
            Verdict::Same => {}
            verdict => wrong.push((source, verdict)),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_no_kernel_is_refused_as_oxc_refuses_it() {
    let refused = include_str!("tests/refused.txt").lines();
    let mut wrong = Vec::new();
    for source in refused.map(written) {
        match judge(&source) {
            Verdict::Refused => {}
            verdict => wrong.push((source, verdict)),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn texts_that_nest_deeply_are_refused() {
    for (start, end) in
        [("(", ")"), ("a[", "]"), ("a = ", ""), ("a ? b : ", ""), ("a ** ", ""), ("void ", ""), ("f(", ")")]
    {
        let nested = |count: usize| format!("x => {}1{}", start.repeat(count), end.repeat(count));
        assert_eq!(judge(&nested(20)), Verdict::Same, "{start}");
        mistakes::refused(&nested(10_000), "nested more than 200 levels deep");
    }
    for start in ["if (a) ", "l: ", "{", "while (a)", "x => ", "async x => ", "new ", "`${", "do "] {
        mistakes::refused(&format!("x => {{ {}", start.repeat(10_000)), "nested more than 200 levels deep");
    }
}
