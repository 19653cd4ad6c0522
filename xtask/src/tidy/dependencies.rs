//! What is built comes from the registry, under licences that `deny.toml` allows: what `cargo deny` says of both, without it.

use super::{Problems, Repository};

const RULES: &str = "deny.toml";
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

pub(super) fn check(repository: &Repository) -> Problems {
    let allowed = allowed(repository.text(RULES));
    let packages = repository.metadata["packages"].as_array().into_iter().flatten();
    let judged = packages.flat_map(|package| {
        let (name, licence) = (&package["name"], package["license"].as_str().unwrap_or_default());
        let licence = (!is_allowed(licence, &allowed))
            .then(|| format!("{name} has the licence {licence:?}, which {RULES} does not allow"));
        let source = package["source"].as_str().filter(|source| *source != REGISTRY);
        let source = source.map(|source| format!("{name} comes from {source}, and not from the registry"));
        licence.into_iter().chain(source)
    });
    judged.collect()
}

/// The texts of the list `allow` in the section `[licenses]`.
fn allowed(rules: &str) -> Vec<&str> {
    let section = rules.split("[licenses]").nth(1).unwrap_or_default();
    let list = section.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    list.split('"').skip(1).step_by(2).collect()
}

/// Whether a choice that the expression offers is allowed. `AND` binds closer than `OR`; older manifests write `/` for `OR`. Of
/// parentheses there are only some around an `OR` that stands for one of all.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let is_one = |licence: &str| allowed.contains(&licence.trim().trim_matches(['(', ')']));
    let any = |choices: &str| choices.replace('/', " OR ").split(" OR ").any(is_one);
    match expression.contains('(') {
        true => expression.split(" AND ").all(any),
        false => expression.replace('/', " OR ").split(" OR ").any(|all| all.split(" AND ").all(is_one)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_list() {
        let rules =
            "[bans]\nallow = [\"no\"]\n[licenses]\nversion = 2\nallow = [\n    \"MIT\",\n    \"ISC\",\n]\n";
        assert_eq!(allowed(rules), ["MIT", "ISC"]);
    }

    #[test]
    fn of_several_licences_one_is_enough_or_all_are_needed() {
        let judge = |expression| is_allowed(expression, &["MIT", "Unicode-3.0"]);
        assert!(
            judge("MIT")
                && judge("GPL-3.0 OR MIT")
                && judge("Apache-2.0/MIT")
                && judge("(MIT OR Apache-2.0) AND Unicode-3.0")
        );
        assert!(
            !judge("")
                && !judge("GPL-3.0")
                && !judge("(MIT OR Apache-2.0) AND GPL-3.0")
                && !judge("MIT AND GPL-3.0")
        );
    }
}
