//! Random texts: kernels of the repository with random changes, and texts made by a grammar.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;

use super::corpus::TEXTS;
use super::judge::{Verdict, judge};
use crate::syntax::numbers::{self, Value};
use crate::syntax::{Arena, parse};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: number("HPC_CASES", 1000) as u32,
        rng_seed: RngSeed::Fixed(number("HPC_SEED", 1)),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn changed_kernels_are_read_as_oxc_reads_them(text in any::<Index>(), changes in prop::collection::vec(change(), 1..4)) {
        let source = changed(KERNELS[text.index(KERNELS.len())], &changes);
        check(&source)?;
    }

    #[test]
    fn texts_of_a_grammar_are_read_as_oxc_reads_them(
        choices in prop::collection::vec(any::<u8>(), 1..80),
        changes in prop::collection::vec(change(), 0..2),
    ) {
        let source = changed(&Writer { choices: choices.iter() }.kernel(), &changes);
        check(&source)?;
    }

    #[test]
    fn numbers_are_rounded_as_they_should_be(digits in "[1-9][0-9]{0,30}", point in 1..26_usize, exponent in -360..330_i32) {
        let mut text = digits;
        text.insert(point.min(text.len()), '.');
        let text = format!("{text}e{exponent}");
        let wanted: f64 = text.parse().expect("it is a number");
        prop_assert_eq!(value(&text).to_bits(), wanted.to_bits(), "{}", text);
    }

    #[test]
    fn doubles_and_what_lies_between_them_are_read_exactly(bits: u64) {
        let double = f64::from_bits(bits & (u64::MAX >> 1));
        if double.is_finite() {
            // All its digits, and those of the middle to the next double: 1 100 at most, of which some are left out.
            for text in [format!("{double:e}"), format!("{double:.1100e}"), format!("{double}")] {
                prop_assert_eq!(value(&text).to_bits(), double.to_bits(), "{}", text);
            }
        }
    }
}

/// What a text means to the parser.
fn value(text: &str) -> f64 {
    match numbers::value(text) {
        Ok(Value::Number(value)) => value,
        Ok(Value::BigInt) => panic!("{text} is no integer"),
        Err(wrong) => panic!("{text}: {wrong:?}"),
    }
}

/// Makes sure that both parsers make the same of a text.
fn check(source: &str) -> Result<(), TestCaseError> {
    match judge(source) {
        Verdict::Same | Verdict::Refused => Ok(()),
        Verdict::OnlyOurs(_) => Ok(()),
        // oxc goes on behind it, as if `((a))` were parameters.
        Verdict::OnlyTheirs(reason) if reason.ends_with("found `=>`") => Ok(()),
        // oxc overlooks it behind parentheses.
        Verdict::OnlyTheirs(reason) if reason.contains("cannot be mixed") => Ok(()),
        // A name in strict mode for oxc, and functions that are only declared.
        Verdict::OnlyTheirs(reason) if reason.starts_with("expected a name") && source.contains("let") => {
            Ok(())
        }
        Verdict::OnlyTheirs(reason) if reason.starts_with("expected `{`") => Ok(()),
        // At the start of a line it begins a comment in old programs.
        Verdict::OnlyTheirs(_) if source.contains("-->") => Ok(()),
        wrong => Err(TestCaseError::fail(format!("{source}\n{wrong:?}"))),
    }
}

/// A number of the environment: `HPC_CASES` says how many random texts there are, `HPC_SEED` draws others.
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(default)
}

/// The functions of the repository that are accepted.
static KERNELS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    // oxc goes on behind some mistakes in types, which are skipped here.
    let texts = TEXTS.iter().filter(|text| !text.file.ends_with(".ts"));
    let mut kernels: Vec<&str> = texts.map(|text| &*text.source).collect();
    kernels.retain(|source| parse(&Arena::new(), source).is_ok());
    kernels
});

/// One change: at a place, a kind of change, and the word it needs.
fn change() -> impl Strategy<Value = (Index, u8, Index)> {
    (any::<Index>(), 0..8_u8, any::<Index>())
}

/// Cuts a text in words, signs and spaces.
fn pieces(source: &str) -> Vec<String> {
    let kind = |character: char| match character {
        character if character.is_alphanumeric() || character == '_' || character == '$' => 0,
        character if character.is_whitespace() => 1,
        _ => 2,
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut last = None;
    for character in source.chars() {
        match pieces.last_mut() {
            Some(piece) if last == Some(kind(character)) => piece.push(character),
            _ => pieces.push(character.to_string()),
        }
        last = Some(kind(character));
    }
    pieces
}

fn changed(source: &str, changes: &[(Index, u8, Index)]) -> String {
    let mut pieces = pieces(source);
    for (place, kind, word) in changes {
        let position = place.index(pieces.len());
        let word = match kind % 2 {
            0 => WORDS[word.index(WORDS.len())].to_owned(),
            _ => pieces[word.index(pieces.len())].clone(),
        };
        match kind {
            0 | 1 => pieces[position] = word,
            2 | 3 => pieces.insert(position, format!(" {word} ")),
            4 | 5 => pieces.insert(position, word),
            6 => _ = pieces.remove(position),
            // One character of a piece.
            _ => _ = pieces[position].pop(),
        }
        if pieces.is_empty() {
            pieces.push(String::new());
        }
    }
    pieces.concat()
}

/// Words that are put in at random places. `await` and `yield` are operators to the parser wherever they stand, and names to oxc in some places.
#[rustfmt::skip]
pub(super) const WORDS: &[&str] = &[
    "0", "1", ".5", "1.", "0x1f", "2e-3", "a", "x", "$", "_", "abstract", "accessor", "any", "arguments", "as", "asserts", "async",
    "declare", "enum", "eval", "from", "get", "global", "implements", "infer", "interface", "is", "keyof", "let", "module",
    "namespace", "never", "number", "of", "out", "override", "package", "private", "public", "readonly", "satisfies", "set", "static",
    "type", "undefined", "unique", "using", "const", "var", "function", "function f(a) {}", "class", "in", "instanceof",
    "typeof", "void", "delete", "new", "this", "super", "throw", "try", "debugger", "with", "if (a)", "else",
    "for (;;)", "while (a)", "do", "break", "continue", "return", "switch (a) {", "case 1:", "default:", "l:", "true", "null", "'a'",
    "\"b\"", "'use strict'", "`", "+", "-", "*", "/", "%", "**", "<", ">", "<=", ">=", "<<", ">>", ">>>", "==", "===", "!=", "!==",
    "&", "|", "^", "&&", "||", "??", "?", "?.", ":", "=", "+=", "**=", ">>=", ">>>=", "&&=", "++", "--", "!", "~", "(", ")", "[", "]",
    "{", "}", "{}", ";", ",", ".", "...", "=>", "\n", "\r", "//", "/*", "*/", "/* a */", "#", "@", "\\", "é", "\u{2028}",
    "\u{a0}", "\t", "< a >", "(a)", "(a, b)", "[1]", "0_1", "1_0", "n",
];

/// Writes a kernel as choices say. If they run out, it takes the first of the possibilities, which is the shortest.
struct Writer<'c> {
    choices: std::slice::Iter<'c, u8>,
}

impl Writer<'_> {
    fn choose(&mut self, count: usize) -> usize {
        usize::from(*self.choices.next().unwrap_or(&0)) % count
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.choose(words.len())]
    }

    fn kernel(&mut self) -> String {
        let form = self.choose(6);
        let name = self.name();
        match form {
            0 => format!("x => {}", self.expression()),
            1 => format!("({name}){}=> {}", self.gap(), self.body()),
            2 => format!("{name}{}=>{}{}", self.gap(), self.gap(), self.body()),
            3 => format!("function {name}(x) {}", self.body()),
            4 => format!("function(x){}", self.body()),
            _ => format!("{name}(x) {}", self.body()),
        }
    }

    fn body(&mut self) -> String {
        let statements: Vec<String> = (0..=self.choose(4)).map(|_| self.statement()).collect();
        format!("{{{}{}}}", statements.concat(), self.gap())
    }

    fn name(&mut self) -> &'static str {
        self.one_of(NAMES)
    }

    fn gap(&mut self) -> &'static str {
        self.one_of(&["", "", " ", " ", "\n", "/* a */", "// a\n", "/* a\n*/"])
    }

    /// The end of a statement.
    fn end(&mut self) -> &'static str {
        self.one_of(&[";", ";", "\n", "", "/*\n*/"])
    }

    fn statement(&mut self) -> String {
        match self.choose(15) {
            0 => ";".to_owned(),
            1 | 2 => {
                let (word, name) = (self.one_of(&["var", "let", "const"]), self.name());
                format!("{word} {name}={}{}", self.expression(), self.end())
            }
            3 => format!("let {}, {}{}", self.name(), self.name(), self.end()),
            4 => format!("if ({}) {} else {}", self.expression(), self.statement(), self.statement()),
            5 => format!("if({}){}", self.expression(), self.statement()),
            6 => {
                let declares = self.one_of(&["", "var ", "let "]);
                let (first, test, last) = (self.expression(), self.expression(), self.expression());
                format!("for ({declares}i = {first};{test};{last}) {}", self.statement())
            }
            7 => format!("while ({}) {}", self.expression(), self.statement()),
            8 => format!("do {} while({}){}", self.statement(), self.expression(), self.end()),
            9 => format!(
                "switch ({}) {{case {}:{}default:}}",
                self.expression(),
                self.expression(),
                self.statement()
            ),
            10 => format!("return{}{}{}", self.one_of(&[" ", "\n", "("]), self.expression(), self.end()),
            11 => format!("{}{}{}", self.one_of(&["break ", "continue\n", "break"]), self.name(), self.end()),
            12 => format!("{}:{}", self.name(), self.statement()),
            13 => format!(
                "function {}({}, a = {}) {}",
                self.name(),
                self.name(),
                self.expression(),
                self.body()
            ),
            _ => format!("{}{}", self.expression(), self.end()),
        }
    }

    fn expression(&mut self) -> String {
        match self.choose(24) {
            0..3 => self.name().to_owned(),
            3 => self.one_of(&["1", ".5", "2.", "0x1F", "1e3", "1e-3", "5e-324", "0b1", "1_0"]).to_owned(),
            4..13 => {
                let (left, before) = (self.expression(), self.gap());
                let operator = self.one_of(INFIX);
                format!("{left}{before}{operator}{}{}", self.gap(), self.expression())
            }
            13 => {
                format!("{}{}{}", self.one_of(&["-", "+", "!", "~", "void "]), self.gap(), self.expression())
            }
            14 => format!("{}{}{}", self.expression(), self.gap(), self.one_of(&["++", "--"])),
            15 => format!("{}{}", self.one_of(&["++", "--"]), self.expression()),
            16 => format!("({})", self.expression()),
            17 => format!("{}{}.{}", self.expression(), self.gap(), self.name()),
            18 => format!("{}{}[{}]", self.expression(), self.gap(), self.expression()),
            19 => format!("{}{}({})", self.expression(), self.gap(), self.expression()),
            20 => format!("{}?{}{}:{}", self.expression(), self.gap(), self.expression(), self.expression()),
            21 => format!("{}, {}", self.expression(), self.expression()),
            22 => format!("[{}, {}]", self.expression(), self.expression()),
            _ => format!("(function {}(a) {})", self.name(), self.body()),
        }
    }
}

/// Names, most of which mean something in JavaScript or TypeScript.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "a", "b", "a", "b", "'c'", "\"use strict\"", "abstract", "accessor", "any", "arguments", "as", "asserts", "async", "declare",
    "eval", "from", "get", "global", "implements", "interface", "is", "keyof", "module", "namespace", "number", "of", "out",
    "override", "private", "readonly", "satisfies", "set", "static", "type", "undefined", "unique", "using", "true", "this",
];

/// Operators between operands; those that TypeScript reads in other ways are there more than once.
#[rustfmt::skip]
const INFIX: &[&str] = &[
    "+", "-", "*", "/", "%", "**", "&", "|", "^", "&&", "||", "==", "===", "!=", "!==", "<=", ">=", ">>", ">>>", "<<", "=", "+=", "**=",
    ">>>=", ",", "<", "<", "<", "<", ">", ">", ">", ">", ">>", "<<", "!", " in ", "??", "=>", "?.",
];
