//! Golden tests: each kernel of `golden/` is compiled, its WGSL validated and compared, with the IR it came from, with the
//! stored snapshot. Each kernel of `errors/` is refused, and its messages compared likewise.

mod support;

use std::fs;
use std::path::Path;

use compiler::diagnostics::{Origin, render};
use compiler::{ir, pipeline};

#[test]
fn kernels_compile_to_the_stored_wgsl() {
    for (name, source) in kernels("golden") {
        let interface = support::interface();
        let kernel = pipeline::front_end(&source, &interface)
            .unwrap_or_else(|errors| panic!("{name}: {}", render(&errors, &source, &Origin::in_file(&name))));
        let artifact = pipeline::compile(&source, &interface)
            .unwrap_or_else(|errors| panic!("{name}: {}", render(&errors, &source, &Origin::in_file(&name))));
        let code = artifact.code.wgsl().expect("the interface is on a GPU");
        support::wgsl::check(&code.common).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        if let Some(tuned) = &code.tuned {
            support::wgsl::check(&tuned.text).unwrap_or_else(|wrong| panic!("{name}, tuned: {wrong}"));
        }
        let lowered = ir::print(&kernel, Some(&interface));
        let general = code.general.as_ref().map_or(String::new(), |wgsl| {
            support::wgsl::check(wgsl).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
            format!("\n/* for runs that do not meet the conditions: {:?} */\n\n{wgsl}", artifact.common)
        });
        let text = format!("{source}\n/* IR after lowering\n\n{lowered}\n*/\n\n{}{general}", code.common);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "golden/snapshots" }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

#[test]
fn packed_buffers_are_members_of_one_binding() {
    for (name, source) in kernels("golden") {
        let interface = artifact::Interface { packed: vec![0, 2, 3], ..support::interface() };
        let artifact = pipeline::compile(&source, &interface)
            .unwrap_or_else(|errors| panic!("{name}: {}", render(&errors, &source, &Origin::in_file(&name))));
        let code = artifact.code.wgsl().expect("the interface is on a GPU");
        support::wgsl::check(&code.common).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        let bound = |buffer| artifact.buffers.iter().find(|used| used.buffer == buffer);
        if let (Some(data), Some(points)) = (bound(0), bound(2)) {
            assert_eq!(data.binding, points.binding, "{name}");
        }
        if name == "effects" {
            let text = format!("{source}\n{}", code.common);
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "golden/snapshots" }, {
                insta::assert_snapshot!("effects_packed", text);
            });
        }
    }
}

#[test]
fn kernels_compile_to_valid_webassembly() {
    for (name, source) in kernels("golden") {
        let interface = artifact::Interface { using_cpu: true, ..support::interface() };
        let artifact = pipeline::compile(&source, &interface)
            .unwrap_or_else(|errors| panic!("{name}: {}", render(&errors, &source, &Origin::in_file(&name))));
        let code = artifact.code.wasm().expect("the interface is on the CPU");
        support::wasm::check(code).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
    }
}

#[test]
fn mistakes_are_reported_as_stored() {
    for (name, source) in kernels("errors") {
        let errors = match pipeline::compile(&source, &support::interface()) {
            Ok(_) => panic!("{name} compiles, but should not"),
            Err(errors) => errors,
        };
        let text = render(&errors, &source, &Origin::default());
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "errors/snapshots" }, {
            insta::assert_snapshot!(name, text);
        });
    }
}

/// The kernels of a folder, by name.
fn kernels(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut kernels: Vec<(String, String)> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
        .map(|path| {
            let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a kernel is text"))
        })
        .collect();
    kernels.sort();
    assert!(!kernels.is_empty(), "{} holds no kernels", folder.display());
    kernels
}
