//! Makes tables of the libraries of WGSL functions, so that compilers need not parse them.

use std::path::PathBuf;
use std::{env, fs};

const FOLDER: &str = "src/emit_wgsl";

/// The tables, and the files that each is made of.
const TABLES: &[(&str, &[&str])] = &[
    ("library.rs", &["polyfills", "wide_parts", "wide_software", "wide_vectors"]),
    (
        "library_of_native_doubles.rs",
        &["polyfills", "wide_parts", "wide_native", "wide_whole", "wide_vectors"],
    ),
];

fn main() {
    println!("cargo::rerun-if-changed={FOLDER}");
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where"));
    for (output, files) in TABLES {
        let texts: Vec<String> = files.iter().map(|file| read(&format!("{FOLDER}/{file}.wgsl"))).collect();
        fs::write(folder.join(output), table(&texts)).expect("the folder can be written to");
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The table of all functions in these texts.
fn table(texts: &[String]) -> String {
    let functions: Vec<&str> = texts.iter().flat_map(|text| functions(text)).collect();
    let names: Vec<&str> = functions.iter().map(|text| header(text).0).collect();
    let rows: String = functions.iter().map(|text| row(text, &names)).collect();
    format!("&[\n{rows}]\n")
}

/// The functions of a library, each with the comment above it.
fn functions(library: &str) -> impl Iterator<Item = &str> {
    library
        .split_inclusive("\n}\n")
        // What stands before a blank line is no part of the function.
        .map(|text| text.rsplit("\n\n").next().unwrap_or(text).trim_start())
        .filter(|text| !text.is_empty())
}

/// A function's name, its parameters and its result: `fn name(a: type, …) -> type {`.
fn header(text: &str) -> (&str, Vec<(&str, &str)>, &str) {
    let line = text.lines().find_map(|line| line.strip_prefix("fn ")).expect("a header");
    let (name, rest) = line.split_once('(').expect("parameters");
    let (parameters, rest) = rest.split_once(')').expect("an end of the parameters");
    let parameters = parameters.split(", ").filter_map(|parameter| parameter.split_once(": ")).collect();
    (name, parameters, rest.trim_start_matches(" -> ").trim_end_matches(" {"))
}

/// A function's row of the table.
fn row(text: &str, names: &[&str]) -> String {
    let (name, parameters, result) = header(text);
    let calls = |callee: &str| callee != name && text.contains(&format!("{callee}("));
    let needs: Vec<usize> =
        names.iter().enumerate().filter(|(_, callee)| calls(callee)).map(|(position, _)| position).collect();
    format!(
        "Polyfill {{ header: Header {{ name: {name:?}, parameters: &{parameters:?}, result: {result:?} }}, \
         text: {text:?}, needs: &{needs:?} }},\n"
    )
}
