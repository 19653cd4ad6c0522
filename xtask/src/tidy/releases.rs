//! What is published fits together: one version everywhere, and each crate has what the registry shows of it.

use serde_json::Value;

use super::{Problems, Repository};

/// The packages of npm, which have the version of the crates.
const PACKAGE: &str = "packages/hpc.js/package.json";

pub(super) fn check(repository: &Repository) -> Problems {
    let packages = repository.metadata["packages"].as_array().into_iter().flatten();
    let own: Vec<&Value> = packages.filter(|package| repository.is_member(&package["id"])).collect();
    let published = own.iter().filter(|package| package["publish"].is_null());
    let described = published.flat_map(|package| description(repository, package));
    described.chain(versions(repository, &own)).chain(commands(repository, &own)).collect()
}

/// What a published crate lacks.
fn description(repository: &Repository, package: &Value) -> Problems {
    let name = package["name"].as_str().unwrap_or_default();
    let fields = ["description", "license", "repository", "readme", "rust_version"];
    let lacking = fields.into_iter().filter(|field| package[*field].is_null());
    let lists = ["keywords", "categories"].into_iter();
    let lacking = lacking.chain(lists.filter(|field| package[*field].as_array().is_none_or(Vec::is_empty)));
    let mut problems: Problems =
        lacking.map(|field| format!("{name} is published and has no {field}")).collect();
    let crates = repository.crates();
    let folder = crates.iter().find(|(candidate, _)| *candidate == name).map_or("", |(_, folder)| folder);
    for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        if repository.text(&format!("{folder}/{file}")).is_empty() {
            problems.push(format!("{name} is published and has no {folder}/{file}"));
        }
    }
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    let inner = dependencies.filter(|needed| needed["path"].is_string() && needed["kind"].is_null());
    let unversioned = inner.filter(|needed| needed["req"] == "*");
    problems.extend(unversioned.map(|needed| {
        format!("{name} depends on {} without a version, so it cannot be published", needed["name"])
    }));
    problems
}

/// Versions that are not the workspace's.
fn versions(repository: &Repository, own: &[&Value]) -> Problems {
    let version = own.first().and_then(|package| package["version"].as_str()).unwrap_or_default();
    let package: Value = serde_json::from_str(repository.text(PACKAGE)).unwrap_or_default();
    let others = own.iter().filter(|package| package["version"] != version);
    let mut problems: Problems = others
        .map(|package| {
            format!("{} has the version {}, others {version}", package["name"], package["version"])
        })
        .collect();
    if package["version"] != version {
        problems.push(format!("{PACKAGE} has the version {}, the crates {version}", package["version"]));
    }
    let inner = own.iter().flat_map(|package| package["dependencies"].as_array().into_iter().flatten());
    let inner = inner.filter(|needed| needed["path"].is_string() && needed["req"] != "*");
    let differing = inner.filter(|needed| needed["req"] != format!("^{version}"));
    problems
        .extend(differing.map(|needed| {
            format!("Cargo.toml asks for {} {}, not {version}", needed["name"], needed["req"])
        }));
    problems.sort();
    problems.dedup();
    problems
}

/// Commands in texts that name a crate which is not there.
fn commands(repository: &Repository, own: &[&Value]) -> Problems {
    let is_known = |name: &str| own.iter().any(|package| package["name"] == name);
    let texts = repository.files.iter().filter(|(path, _)| path.ends_with(".md") || path.ends_with(".rs"));
    let named = texts.flat_map(|(path, text)| named(text).map(move |name| (path, name)));
    named
        .filter(|(_, name)| !is_known(name))
        .map(|(path, name)| format!("{path} has a command for the crate {name}, which is not there"))
        .collect()
}

/// What stands behind the option `-p` of cargo and starts like a crate of ours.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let ends = |letter: char| !letter.is_ascii_alphanumeric() && letter != '-';
    let options = text.match_indices(concat!("-", "p hpc")).map(|(start, _)| &text[start + "-p ".len()..]);
    options.map(move |rest| rest.split(ends).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_crates_that_commands_name() {
        let text = concat!("`cargo test -", "p hpc-js --test a`, `cargo test -", "p hpc-node`");
        assert_eq!(named(text).collect::<Vec<_>>(), ["hpc-js", "hpc-node"]);
    }
}
