//! Kernels with random changes: the compiler never panics, never finds a mistake of its own, and whatever it accepts is valid WGSL
//! and valid WebAssembly. `HPC_FUZZ_CASES` says how many are tried; then they are others each time.

mod support;

use artifact::Interface;
use compiler::diagnostics::{Code, Origin, render};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const KERNELS: &[&str] = &[
    include_str!("golden/arrays.js"),
    include_str!("golden/control.js"),
    include_str!("golden/effects.js"),
    include_str!("golden/heat.js"),
    include_str!("golden/integers.js"),
    include_str!("golden/julia.js"),
    include_str!("golden/math.js"),
    include_str!("golden/names.js"),
    include_str!("golden/spellings.js"),
];

/// Words that are put in at random places.
const WORDS: &[&str] = &[
    "0",
    "1",
    "-1",
    "0.5",
    "1e39",
    "4294967296",
    "2147483647",
    "true",
    "x",
    "y",
    "i",
    "total",
    "inputs",
    "vec2",
    "vec3(1)",
    "inputs.threadId.x",
    "inputs.buffers.data[0]",
    "inputs.buffers.grid[inputs.threadId.xy]",
    "inputs.uniforms.on",
    "Math.random()",
    "Math.floor(1.5)",
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "<",
    ">>>",
    ">>",
    "&",
    "^",
    "&&",
    "||",
    "?",
    ":",
    "=",
    "+=",
    "++",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ";",
    ",",
    ".",
    ".x",
    ".xy",
    ".w",
    ".length()",
    "if (1)",
    "else",
    "break;",
    "continue;",
    "return;",
    "return 1;",
    "while (false)",
    "for (;;)",
    "switch (1) {",
    "case 1:",
    "let q = 1;",
    "var q;",
    "const",
    "function f() {}",
    "1 /",
    "% 0",
    "| 0",
    "~",
    "!",
    "void 0",
    "NaN",
    "Infinity",
    "array(3, 0)",
    "dim",
    "\"s\"",
    "é",
    "`",
    "/*",
    "=>",
    "</",
    "as number",
    "<number>",
    "1 ** 1 ** 1",
    "1 ? 1 : 1 ? 1 :",
    "else if (1) {}",
    "((((((((",
    "array(4, array(4, 1)[0])",
    "f(f(f(1)))",
];

/// How many kernels are tried.
fn cases() -> Option<u32> {
    std::env::var("HPC_FUZZ_CASES").ok()?.parse().ok()
}

/// The same kernels each time, unless it is said how many.
fn config() -> ProptestConfig {
    let rng_seed = match cases() {
        Some(_) => RngSeed::Random,
        None => RngSeed::Fixed(1),
    };
    ProptestConfig {
        cases: cases().unwrap_or(5000),
        rng_seed,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Cuts a text in words, numbers, single signs and spaces.
fn tokens(source: &str) -> Vec<String> {
    let kind = |character: char| match character {
        character if character.is_alphanumeric() || character == '_' || character == '$' => 0,
        character if character.is_whitespace() => 1,
        _ => 2,
    };
    let mut tokens: Vec<String> = Vec::new();
    let mut last = None;
    for character in source.chars() {
        match tokens.last_mut() {
            Some(token) if kind(character) != 2 && last == Some(kind(character)) => token.push(character),
            _ => tokens.push(character.to_string()),
        }
        last = Some(kind(character));
    }
    tokens
}

/// One change: at a place, a kind of change, and the word it needs.
fn change() -> impl Strategy<Value = (prop::sample::Index, u8, prop::sample::Index)> {
    (any::<prop::sample::Index>(), 0..5_u8, any::<prop::sample::Index>())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_kernels_compile_or_are_refused(
        kernel in prop::sample::select(KERNELS),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let mut tokens = tokens(kernel);
        for (place, kind, word) in changes {
            let position = place.index(tokens.len());
            let word = match kind {
                0 | 1 => WORDS[word.index(WORDS.len())].to_owned(),
                _ => tokens[word.index(tokens.len())].clone(),
            };
            match kind {
                0 | 2 => tokens[position] = word,
                1 | 3 => tokens.insert(position, format!(" {word} ")),
                _ => { tokens.remove(position); }
            }
        }
        let source = tokens.concat();
        check(&source)?;
    }
}

fn check(source: &str) -> Result<(), TestCaseError> {
    match compiler::compile(source, &support::interface()) {
        Ok(artifact) => {
            support::wgsl::check(artifact.code.text())
                .map_err(|wrong| TestCaseError::fail(format!("{source}\n{wrong}")))?;
            let on_cpu = Interface { using_cpu: true, ..support::interface() };
            let artifact = compiler::compile(source, &on_cpu).expect("only the code differs");
            support::wasm::check(artifact.code.wasm().expect("the interface is on the CPU"))
                .map_err(|wrong| TestCaseError::fail(format!("{source}\n{wrong}")))?;
        }
        Err(errors) => {
            prop_assert!(!errors.is_empty(), "refused without a reason: {source}");
            let text = render(&errors, source, &Origin::default());
            prop_assert!(errors.iter().all(|error| error.code != Code::Internal), "{source}\n{text}");
        }
    }
    Ok(())
}
