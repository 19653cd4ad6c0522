//! All short rows of words and signs, in places where they may mean something else in TypeScript.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::judge::{Verdict, judge};
use super::random::WORDS;

/// Compares what the parsers make of texts. Trees must be equal; what only one of them takes is listed by the reason of the other.
fn compare(name: &str, texts: impl Iterator<Item = String>) {
    let (mut same, mut listed) = (0, BTreeMap::new());
    for source in texts {
        let reason = match judge(&source) {
            Verdict::Same => {
                same += 1;
                continue;
            }
            Verdict::Refused => continue,
            Verdict::Differ(_) => "the trees differ".to_owned(),
            Verdict::OnlyOurs(reason) => format!("only ours ({reason})"),
            Verdict::OnlyTheirs(reason) => format!("only oxc ({reason})"),
        };
        // What is found does not matter.
        let reason = reason.split(", found").next().unwrap_or_default().to_owned();
        listed.entry(reason).or_insert((source, 0)).1 += 1;
    }
    let mut text = String::new();
    for (reason, (source, count)) in listed {
        writeln!(text, "{count} {reason}: {source:?}").expect("text can be written");
    }
    assert!(same > 1000, "only {same} are accepted");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "snapshots" }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn pairs_of_words_are_read_as_oxc_reads_them() {
    let frames = [("x => { ", " }"), ("x => { ", " c }"), ("function (", ") {}"), ("", "(x) {}")];
    let pairs = WORDS.iter().flat_map(|first| WORDS.iter().map(move |second| (first, second)));
    compare(
        "pairs",
        pairs.flat_map(|(first, second)| {
            frames.iter().flat_map(move |(start, end)| {
                [" ", "\n"].map(|gap| format!("{start}{first}{gap}{second}{end}"))
            })
        }),
    );
}

#[test]
fn what_may_be_types_is_read_as_oxc_reads_it() {
    let signs = [
        "a", "1", "(", ")", "[", "]", "<", ">", ">>", ",", ".b", "&", "-", "!", "?", ":", "'s'", "void", "\n",
    ];
    let rows = |length: u32| {
        (0..signs.len().pow(length)).map(move |number| {
            let row = (0..length).map(|place| signs[number / signs.len().pow(place) % signs.len()]);
            row.collect::<Vec<_>>().join(" ")
        })
    };
    compare(
        "types",
        (1..=3).flat_map(rows).flat_map(|row| {
            ["x => a < ", "x => a << ", "x => a < b ", "x => a < (b ", "x => a ? b < c "]
                .into_iter()
                .flat_map(move |start| {
                    let row = row.clone();
                    [" > (c)", ">> (c)", "> c", ""].map(move |end| format!("{start}{row}{end}"))
                })
        }),
    );
}
