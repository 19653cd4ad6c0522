//! The libraries of WGSL functions. What the functions compute is tested on devices: doubles by `hpc/tests/wide`.

use std::collections::BTreeSet;

use naga::valid::Capabilities;

use super::wgsl;
use crate::emit_wgsl::polyfills::{LIBRARY, Polyfill, position};

/// What the functions of a doubles' library that emitters call are given and give.
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
        struct Params {{ hpc__extents: vec3i, hpc__key_0: u32, hpc__base: vec3i, hpc__key_1: u32 }}
        @group(0) @binding(0) var<uniform> hpc__params: Params;
        var<private> hpc__thread_id: vec3i;
        var<private> hpc__random_calls: u32;\n"
    )
}

#[track_caller]
fn validate(text: &str, native_doubles: bool) {
    let doubles = Capabilities::FLOAT64 | Capabilities::SHADER_INT64;
    let capabilities = if native_doubles { doubles } else { Capabilities::empty() };
    if let Err(wrong) = wgsl::check_with(text, capabilities) {
        panic!("{wrong}");
    }
}

/// Adds the positions of what a function calls, directly or not.
fn add_needed(position: usize, reached: &mut BTreeSet<usize>) {
    if reached.insert(position) {
        LIBRARY[position].needs.iter().for_each(|&needed| add_needed(needed, reached));
    }
}

#[test]
fn each_library_is_valid_as_a_whole() {
    for native_doubles in [false, true] {
        let suits =
            |polyfill: &&Polyfill| polyfill.native_doubles.is_none_or(|native| native == native_doubles);
        let functions: String = LIBRARY.iter().filter(suits).map(|polyfill| polyfill.text).collect();
        validate(&(declarations(native_doubles) + &functions), native_doubles);
    }
}

#[test]
fn each_function_is_in_the_table_with_its_comment() {
    let texts = [
        include_str!("../polyfills.wgsl"),
        include_str!("../wide_parts.wgsl"),
        include_str!("../wide_software.wgsl"),
        include_str!("../wide_native.wgsl"),
    ];
    let functions: usize = texts.iter().map(|text| text.matches("\nfn ").count()).sum();
    assert_eq!(LIBRARY.len(), functions, "each function stands between blank lines");
    for polyfill in LIBRARY.iter() {
        assert!(polyfill.text.starts_with("// "), "{} says why", polyfill.header.name);
    }
}

#[test]
fn each_function_brings_what_it_calls_and_nothing_of_the_other_library() {
    for native_doubles in [false, true] {
        for polyfill in LIBRARY.iter() {
            let Some(position) = position(polyfill.header.name, native_doubles) else { continue };
            let mut reached = BTreeSet::new();
            add_needed(position, &mut reached);
            let functions: String = reached.into_iter().map(|position| LIBRARY[position].text).collect();
            validate(&(declarations(native_doubles) + &functions), native_doubles);
        }
    }
}

#[test]
fn both_libraries_of_doubles_have_the_functions_that_emitters_call() {
    for (names, parameters, result) in WIDE {
        for name in names.split(' ').map(|name| format!("hpc__wide_{name}")) {
            for native_doubles in [false, true] {
                let position =
                    position(&name, native_doubles).unwrap_or_else(|| panic!("there is no {name}"));
                let header = &LIBRARY[position].header;
                let types: Vec<&str> = header.parameters.iter().map(|&(_, ty)| ty).collect();
                assert_eq!((types.join(" ").as_str(), header.result), (*parameters, *result), "{name}");
            }
        }
    }
    for name in ["hpc__f16_bits", "hpc__f32_of_f16", "hpc__clamped"] {
        assert!(position(name, false).is_some(), "{name}");
    }
}
