//! What differs between a computer and a page lies in two folders of the runtime, in files of the same names.

use std::collections::BTreeSet;

use super::{Problems, Repository};

/// The two folders, and the files that only the one or the other has.
const FOLDERS: [(&str, &[&str]); 2] = [
    (
        "runtime/src/native/",
        &[
            "copies.rs",
            "gpu/lent/mod.rs",
            "gpu/lent/vulkan.rs",
            "gpu/storage/mod.rs",
            "gpu/storage/vulkan.rs",
        ],
    ),
    ("runtime/src/page/", &["load.rs", "cpu/workers.rs", "gpu/lent.rs", "gpu/storage.rs"]),
];

pub(super) fn check(repository: &Repository) -> Problems {
    let [native, page] = FOLDERS.map(|(folder, own)| {
        let names = repository.rust_files().filter_map(|(path, _)| path.strip_prefix(folder));
        names.filter(|name| !own.contains(name)).collect::<BTreeSet<_>>()
    });
    let lonely = native
        .symmetric_difference(&page)
        .map(|name| format!("{name} is in one of runtime/src/native/ and runtime/src/page/ only"));
    let renamed = repository.rust_files().filter(|(path, text)| {
        path.starts_with("runtime/src/") && text.contains("cfg_attr(") && text.contains(", path = ")
    });
    let renamed = renamed.map(|(path, _)| format!("{path} has a module whose file has another name"));
    lonely.chain(renamed).collect()
}
