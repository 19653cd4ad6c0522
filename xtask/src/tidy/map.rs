//! `ARCHITECTURE.md` names every crate, and every path it names exists.

use std::collections::BTreeSet;

use super::{Problems, Repository};

const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(repository: &Repository) -> Problems {
    let map = repository.text(MAP);
    let paths = paths(map);
    let is_there =
        |folder: &str, path: &str| repository.has(path) || repository.has(&format!("{folder}{path}"));
    let gone = paths
        .iter()
        .filter(|(folder, path)| !is_there(folder, path))
        .map(|(folder, path)| format!("{MAP} names {path} below {folder:?}, which is not there"));
    let crates = repository.crates();
    let is_named = |folder: &str| paths.iter().any(|(_, path)| path.starts_with(&format!("{folder}/")));
    let unnamed = crates
        .iter()
        .filter(|(_, folder)| !is_named(folder))
        .map(|(name, folder)| format!("{MAP} does not name the crate {name} as `{folder}/`"));
    gone.chain(unnamed).collect()
}

/// What stands between backticks and looks like a path: it has a slash, or ends like a file of ours. Each with the folder that the heading
/// above it names, or nothing: paths may start there.
fn paths(text: &str) -> BTreeSet<(&str, &str)> {
    let mut folder = "";
    let mut found = BTreeSet::new();
    for line in text.lines() {
        let mut quoted = line.split('`').skip(1).step_by(2).filter(|word| is_path(word)).peekable();
        if line.starts_with('#') {
            folder = quoted.peek().copied().unwrap_or_default();
        }
        found.extend(quoted.map(|path| (folder, path)));
    }
    found
}

fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|character| character.is_ascii_alphanumeric() || "./_-".contains(character));
    let ends_like_a_file = [".rs", ".md", ".toml", ".txt", ".ts"].iter().any(|end| word.ends_with(end));
    plain && (word.contains('/') || ends_like_a_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_and_the_folders_they_may_start_in() {
        let text = "`compiler/` and `a/b.rs`, not `Kernel`, `+ - * /` or `cargo xtask test`\n\
            ### In `site/`\n`Cargo.toml`\n## Next\n`x.ts`";
        let expected =
            [("", "compiler/"), ("", "a/b.rs"), ("site/", "site/"), ("site/", "Cargo.toml"), ("", "x.ts")];
        assert_eq!(paths(text), BTreeSet::from(expected));
    }
}
