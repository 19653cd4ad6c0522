//! That the quick parser gives oxc's trees: on every text of the repository, on rare forms, and on texts with random changes.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use oxc_allocator::Allocator;
use oxc_ast::ast::{ArrowFunctionExpression, Function, ObjectProperty, StringLiteral, TemplateLiteral};
use oxc_ast_visit::{Visit, walk};
use oxc_parser::Parser;
use oxc_span::{SourceType, Span};
use oxc_syntax::scope::ScopeFlags;
use proptest::prelude::*;

use crate::syntax::{KernelBody, KernelSyntax};

/// Whether the quick parser accepts a text; what is wrong if its tree is not oxc's.
fn accepts(source: &str) -> Result<bool, String> {
    let allocator = Allocator::default();
    if super::parse(&allocator, source).is_none() {
        return Ok(false);
    }
    let wanted =
        crate::syntax::parse(&allocator, source).map_err(|errors| format!("oxc refuses it: {errors:?}"))?;
    // Spaces in place of what oxc's text has in front, so that all places are the same.
    let padding = " ".repeat(wanted.positions.prefix as usize);
    let padded = allocator.alloc_str(&format!("{padding}{source}"));
    let mut given = super::parse(&allocator, padded).ok_or("it is given up with spaces in front")?;
    given.head.start -= wanted.positions.prefix;
    given.head.end -= wanted.positions.prefix;
    let (given, wanted) = (describe(&given), describe(&wanted));
    if given == wanted { Ok(true) } else { Err(format!("the trees differ\n{given}\n{wanted}")) }
}

fn describe(syntax: &KernelSyntax<'_>) -> String {
    let body = match &syntax.body {
        KernelBody::Statements(statements) => format!("{statements:#?}"),
        KernelBody::Expression(expression) => format!("{expression:#?}"),
    };
    format!("{:?}\n{:#?}\n{body}", syntax.head, syntax.parameters)
}

/// A text of the repository that may be a kernel's.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Text {
    file: String,
    source: String,
    /// Whether it takes what kernels take, and nothing else. The others are functions of programs, or kernels that must be refused.
    is_kernel: bool,
}

static TEXTS: LazyLock<BTreeSet<Text>> = LazyLock::new(|| {
    let mut texts = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for folder in ["benches", "compiler/tests", "docs", "examples", "hpc", "packages", "site", "tests"] {
        for path in files(&root.join(folder)) {
            let file = path.strip_prefix(&root).expect("it lies there").to_string_lossy().into_owned();
            let content = fs::read_to_string(&path).expect("the file can be read");
            let programs: Vec<&str> = if file.ends_with(".md") {
                content.split("```js\n").skip(1).filter_map(|block| block.split("```").next()).collect()
            } else if file.contains("/reject/") {
                content.split("// ---- ").skip(1).filter_map(|part| Some(part.split_once('\n')?.1)).collect()
            } else {
                vec![&content]
            };
            for program in programs {
                let whole = program.trim_end().to_owned();
                let is_kernel = file.contains("/golden/");
                texts.insert(Text { file: file.clone(), source: whole, is_kernel });
                find(program, &file, &mut texts);
            }
        }
    }
    texts
});

/// The files with programs in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("the folder can be listed").path()).collect();
    paths.sort();
    let made = ["node_modules", "dist", "target", ".vitepress", "wasm"];
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !made.contains(&&*name) {
            found.extend(files(&path));
        } else if [".js", ".mjs", ".ts", ".md"].iter().any(|extension| name.ends_with(extension)) {
            found.push(path);
        }
    }
    found
}

/// Adds all functions of a program, and all its strings that are functions.
fn find(program: &str, file: &str, texts: &mut BTreeSet<Text>) {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, program, SourceType::ts()).parse();
    let mut finder = Finder { program, found: Vec::new() };
    finder.visit_program(&parsed.program);
    for source in finder.found {
        let is_kernel = !file.contains("/reject/") && is_kernel(&source);
        texts.insert(Text { file: file.to_owned(), source, is_kernel });
    }
}

/// Whether a text is a function of one parameter, of which it uses what a kernel may.
fn is_kernel(source: &str) -> bool {
    let allocator = Allocator::default();
    let Ok(syntax) = crate::syntax::parse(&allocator, source) else { return false };
    let [parameter] = &syntax.parameters.items[..] else { return false };
    parameter.pattern.get_binding_identifier().is_some_and(|name| {
        [".threadId", ".buffers.", ".canvas.", ".uniforms."]
            .iter()
            .any(|member| source.contains(&format!("{}{member}", name.name)))
    })
}

struct Finder<'t> {
    program: &'t str,
    found: Vec<String>,
}

impl Finder<'_> {
    fn add(&mut self, span: Span) {
        self.found.push(span.source_text(self.program).to_owned());
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.add(function.span);
        walk::walk_function(self, function, flags);
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        self.add(arrow.span);
        walk::walk_arrow_function_expression(self, arrow);
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        if property.method {
            self.add(property.span);
        }
        walk::walk_object_property(self, property);
    }

    fn visit_string_literal(&mut self, string: &StringLiteral<'a>) {
        self.found.push(string.value.to_string());
    }

    fn visit_template_literal(&mut self, template: &TemplateLiteral<'a>) {
        if let Some(text) = template.single_quasi() {
            self.found.push(text.to_string());
        }
        walk::walk_template_literal(self, template);
    }
}

#[test]
fn texts_of_the_repository_have_the_trees_of_oxc() {
    let (mut kernels, mut others) = (0, 0);
    let mut given_up = String::new();
    for Text { file, source, is_kernel } in &*TEXTS {
        let accepted = accepts(source).unwrap_or_else(|wrong| panic!("{file}: {source}\n{wrong}"));
        kernels += usize::from(*is_kernel);
        others += usize::from(!is_kernel && accepted);
        if *is_kernel && !accepted {
            let start: String =
                source.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
            writeln!(given_up, "{file}: {start}").expect("text can be written");
        }
    }
    let count = given_up.lines().count();
    let text =
        format!("{kernels} kernels, of which {count} are given up; {others} other functions\n\n{given_up}");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("reach", text);
    });
}

/// Forms that do not occur in the repository's kernels or should be given up, with what is expected.
#[test]
fn rare_forms_are_read_as_oxc_reads_them_or_given_up() {
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
        "x => { switch (a) { case 1: case b, c: let d; default: } switch (e) {} }",
        "x => a.if.class[b](c,)[d, e]([1, f,])",
        "x /* a */ => // b\n{ /***/ c /* d\ne */ f /* g */ }",
        "if(x) { }",
        "function if_(x) { var a; ; { } if (b) c; else if (d) e\nelse f }",
    ];
    for source in accepted {
        assert_eq!(accepts(source), Ok(true), "{source}");
    }
    let given_up = [
        "x => a < b > (c)",
        "x => { f(a < b, c > (d)) }",
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

fn value(text: &str) -> Option<f64> {
    super::numbers::number(text).map(|(value, _)| value)
}

/// Words that are put in at random places.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "0", "1", ".5", "1.", "0x1f", "1e3", "2e-3", "a", "b", "x", "i", "$", "as", "async", "await", "yield", "let", "const", "var",
    "function", "function f(a) {}", "of", "in", "instanceof", "typeof", "void", "delete", "new", "this", "type", "interface",
    "namespace", "module", "declare", "global", "abstract", "enum", "static", "get", "set", "out", "is", "keyof", "satisfies",
    "using", "number", "if (a)", "else", "for (;;)", "while (a)", "do", "break", "continue", "return", "switch (a) {", "case 1:",
    "default:", "l:", "true", "null", "'a'", "\"b\"", "'use strict'", "`", "+", "-", "*", "/", "%", "**", "<", ">", "<=", ">=", "<<",
    ">>", ">>>", "==", "===", "!=", "!==", "&", "|", "^", "&&", "||", "??", "?", "?.", ":", "=", "+=", "**=", ">>=", ">>>=", "&&=",
    "++", "--", "!", "~", "(", ")", "[", "]", "{", "}", ";", ",", ".", "...", "=>", "\n", "\r", "//", "/*", "*/", "/* a */", "<!--",
    "-->", "#", "@", "\\", "é", "\u{2028}", "\u{a0}", "\t", "< a >", "(a)", "(a, b)", "[1]", "_", "0_1", "1_0", "n",
];

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

fn changed(source: &str, changes: &[(prop::sample::Index, u8, prop::sample::Index)]) -> String {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_texts_are_read_as_oxc_reads_them_or_given_up(
        text in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..8_u8, any::<prop::sample::Index>()), 1..4),
    ) {
        let source = changed(STARTS[text.index(STARTS.len())], &changes);
        accepts(&source).map_err(|wrong| TestCaseError::fail(format!("{source}\n{wrong}")))?;
    }

    #[test]
    fn numbers_are_rounded_as_they_should_be(digits in "[0-9]{1,25}", point in 0..26_usize, exponent in -40..40_i32) {
        let mut text = digits;
        text.insert(point.min(text.len()), '.');
        let text = format!("{text}e{exponent}");
        if let Some(value) = value(&text) {
            prop_assert_eq!(value.to_bits(), text.parse::<f64>().expect("it is a number").to_bits(), "{}", text);
        }
    }
}

/// How many random texts there are; `HPC_CASES` says it for longer runs.
fn cases() -> u32 {
    std::env::var("HPC_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3000)
}

/// The kernels that are accepted, the shorter half of them.
static STARTS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut starts: Vec<&str> =
        TEXTS.iter().map(|text| &*text.source).filter(|source| accepts(source) == Ok(true)).collect();
    starts.sort_by_key(|source| source.len());
    starts.dedup();
    starts
});
