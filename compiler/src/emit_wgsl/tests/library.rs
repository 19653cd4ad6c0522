//! The libraries of functions on doubles. What the functions compute is tested on devices, by `hpc/tests/wide`.

use std::collections::BTreeSet;

use super::validate;
use crate::emit_wgsl::polyfills::{Polyfill, library};

/// What the functions that emitters call are given and give.
const WIDE: &[(&str, &str, &str)] = &[
    ("add subtract multiply divide remainder pow min max", "hpc__wide hpc__wide", "hpc__wide"),
    ("sqrt negate abs sign floor ceil trunc round fround", "hpc__wide", "hpc__wide"),
    ("equal less less_or_equal", "hpc__wide hpc__wide", "bool"),
    ("is_nan", "hpc__wide", "bool"),
    ("of_i32", "i32", "hpc__wide"),
    ("of_u32", "u32", "hpc__wide"),
    ("of_f32", "f32", "hpc__wide"),
    ("of_bits", "vec2u", "hpc__wide"),
    ("bits", "hpc__wide", "vec2u"),
    ("to_f32", "hpc__wide", "f32"),
    ("to_int32 to_index", "hpc__wide", "i32"),
    ("to_f16_bits to_clamped", "hpc__wide", "u32"),
];

/// What the functions find declared.
fn declarations(native_doubles: bool) -> String {
    let wide = if native_doubles { "f64" } else { "vec2u" };
    format!(
        "alias hpc__wide = {wide};
        struct hpc__wide2 {{ x: hpc__wide, y: hpc__wide }}
        struct hpc__wide3 {{ x: hpc__wide, y: hpc__wide, z: hpc__wide }}
        struct hpc__wide4 {{ x: hpc__wide, y: hpc__wide, z: hpc__wide, w: hpc__wide }}
        struct Params {{ hpc__extents: vec3i, hpc__key_0: u32, hpc__base: vec3i, hpc__key_1: u32 }}
        @group(0) @binding(0) var<uniform> hpc__params: Params;
        var<private> hpc__thread_id: vec3i;
        var<private> hpc__random_calls: u32;
        var<private> hpc__varying_zero: u32;\n"
    )
}

/// Adds the positions of what a function calls, directly or not.
fn add_needed(library: &[Polyfill], position: usize, reached: &mut BTreeSet<usize>) {
    if reached.insert(position) {
        library[position].needs.iter().for_each(|&needed| add_needed(library, needed, reached));
    }
}

#[test]
fn each_function_brings_what_it_calls() {
    for native_doubles in [false, true] {
        let library = library(native_doubles);
        for position in 0..library.len() {
            let mut reached = BTreeSet::new();
            add_needed(library, position, &mut reached);
            let functions: String = reached.into_iter().map(|position| library[position].text).collect();
            validate(&(declarations(native_doubles) + &functions));
        }
    }
}

#[test]
fn both_libraries_have_the_functions_that_emitters_call() {
    for library in [false, true].map(library) {
        let find = |name: &str| library.iter().find(|polyfill| polyfill.header.name == name);
        for (names, parameters, result) in WIDE {
            for name in names.split(' ').map(|name| format!("hpc__wide_{name}")) {
                let header = &find(&name).unwrap_or_else(|| panic!("there is no {name}")).header;
                let types: Vec<&str> = header.parameters.iter().map(|&(_, ty)| ty).collect();
                assert_eq!((types.join(" ").as_str(), header.result), (*parameters, *result), "{name}");
            }
        }
        for name in ["hpc__f16_bits", "hpc__f32_of_f16", "hpc__clamped"] {
            assert!(find(name).is_some(), "{name}");
        }
    }
}
