//! Makes a table of the libraries of WGSL functions, so that compilers need not parse them.

use std::path::PathBuf;
use std::{env, fs};

/// Each library, and whether it is for devices with doubles of their own, for those without, or for all.
const LIBRARIES: [(&str, Option<bool>); 4] =
    [("polyfills", None), ("wide_parts", None), ("wide_software", Some(false)), ("wide_native", Some(true))];

fn main() {
    // Pages have no doubles of their own, and the compiler without `full` is only for pages.
    let is_full = env::var_os("CARGO_FEATURE_FULL").is_some();
    let mut functions = Vec::new();
    for (name, native_doubles) in LIBRARIES {
        let path = format!("src/emit_wgsl/{name}.wgsl");
        println!("cargo::rerun-if-changed={path}");
        if is_full || native_doubles != Some(true) {
            let text = fs::read_to_string(path).expect("the library is there");
            functions.extend(split(&text).map(|text| Function { text: text.to_owned(), native_doubles }));
        }
    }
    let rows: String = functions.iter().map(|function| row(function, &functions)).collect();
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where")).join("polyfills.rs");
    fs::write(output, format!("&[\n{rows}]\n")).expect("the folder can be written to");
}

/// A function of a library.
struct Function {
    text: String,
    native_doubles: Option<bool>,
}

/// The functions, each with its comment.
fn split(library: &str) -> impl Iterator<Item = &str> {
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
fn row(function: &Function, functions: &[Function]) -> String {
    let Function { text, native_doubles } = function;
    let (name, parameters, result) = header(text);
    let is_needed = |other: &Function| {
        let callee = header(&other.text).0;
        let is_seen = other.native_doubles.is_none() || other.native_doubles == *native_doubles;
        is_seen && callee != name && text.contains(&format!("{callee}("))
    };
    let needs: Vec<usize> = functions
        .iter()
        .enumerate()
        .filter(|(_, other)| is_needed(other))
        .map(|(position, _)| position)
        .collect();
    format!(
        "Polyfill {{ header: Header {{ name: {name:?}, parameters: &{parameters:?}, result: {result:?} }}, \
         text: {text:?}, needs: &{needs:?}, native_doubles: {native_doubles:?} }},\n"
    )
}
