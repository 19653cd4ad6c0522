//! `ARCHITECTURE.md` names every crate, and every path it names exists.

use std::collections::BTreeSet;

use super::{Problems, Repository};

const MAP: &str = "ARCHITECTURE.md";

pub(super) fn check(repository: &Repository) -> Problems {
    let map = repository.text(MAP);
    let paths = paths(map);
    let gone = paths
        .iter()
        .filter(|path| !repository.has(path))
        .map(|path| format!("{MAP} names {path}, which is not there"));
    let crates = repository.crates();
    let unnamed = crates
        .iter()
        .filter(|(_, folder)| !paths.iter().any(|path| path.trim_end_matches('/') == folder))
        .map(|(name, folder)| format!("{MAP} does not name the crate {name} as `{folder}/`"));
    gone.chain(unnamed).collect()
}

/// What stands between backticks and looks like a path: it has a slash, or ends like a file of ours.
fn paths(text: &str) -> BTreeSet<&str> {
    let quoted = text.lines().flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(|word| is_path(word)).collect()
}

fn is_path(word: &str) -> bool {
    let plain = word.chars().all(|character| character.is_ascii_alphanumeric() || "./_-".contains(character));
    let ends_like_a_file = [".rs", ".md", ".toml", ".txt"].iter().any(|end| word.ends_with(end));
    plain && (word.contains('/') || ends_like_a_file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_and_nothing_else() {
        let text = "`compiler/` and `a/b.rs`, not `Kernel`, `+ - * /` or `cargo xtask test`; `Cargo.toml`";
        assert_eq!(paths(text), BTreeSet::from(["compiler/", "a/b.rs", "Cargo.toml"]));
    }
}
