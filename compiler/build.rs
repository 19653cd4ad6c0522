//! Makes a table of the library of WGSL functions, so that compilers need not parse it.

use std::path::PathBuf;
use std::{env, fs};

const LIBRARY: &str = "src/emit_wgsl/polyfills.wgsl";

fn main() {
    println!("cargo::rerun-if-changed={LIBRARY}");
    let library = fs::read_to_string(LIBRARY).expect("the library is there");
    let functions: Vec<&str> = library
        .split_inclusive("\n}\n")
        // What stands before a blank line is no part of the function.
        .map(|text| text.rsplit("\n\n").next().unwrap_or(text).trim_start())
        .filter(|text| !text.is_empty())
        .collect();
    let names: Vec<&str> = functions.iter().map(|text| header(text).0).collect();
    let rows: String = functions.iter().map(|text| row(text, &names)).collect();
    let output = PathBuf::from(env::var_os("OUT_DIR").expect("cargo says where")).join("polyfills.rs");
    fs::write(output, format!("&[\n{rows}]\n")).expect("the folder can be written to");
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
