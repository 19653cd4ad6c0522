//! All short rows of words and signs, in places where they may mean something else in TypeScript.

use super::accepts;
use super::random::WORDS;

/// Counts the texts that are accepted.
fn count(texts: impl Iterator<Item = String>) -> usize {
    let is_accepted = |source: &String| accepts(source).unwrap_or_else(|wrong| panic!("{source}\n{wrong}"));
    texts.filter(is_accepted).count()
}

#[test]
fn pairs_of_words_are_read_as_oxc_reads_them() {
    let frames = [("x => { ", " }"), ("x => { ", " c }"), ("function (", ") {}"), ("", "(x) {}")];
    let pairs = WORDS.iter().flat_map(|first| WORDS.iter().map(move |second| (first, second)));
    let texts = pairs.flat_map(|(first, second)| {
        frames
            .iter()
            .flat_map(move |(start, end)| [" ", "\n"].map(|gap| format!("{start}{first}{gap}{second}{end}")))
    });
    let accepted = count(texts);
    assert!(accepted > 5000, "only {accepted} are accepted");
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
    let texts = (1..=3).flat_map(rows).flat_map(|row| {
        ["x => a < ", "x => a << ", "x => a < b ", "x => a < (b ", "x => a ? b < c "].into_iter().flat_map(
            move |start| {
                let row = row.clone();
                [" > (c)", ">> (c)", "> c", ""].map(move |end| format!("{start}{row}{end}"))
            },
        )
    });
    let accepted = count(texts);
    assert!(accepted > 1000, "only {accepted} are accepted");
}
