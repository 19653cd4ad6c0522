//! `cargo xtask tidy`, which is also a test of this crate: what a reader relies on is true.
//!
//! Each check looks at one thing and returns what is wrong with it, a sentence each.

mod dependencies;
mod edges;
mod error_pages;
mod map;
mod platforms;
mod releases;
mod sizes;
mod unsafe_code;
mod words;

use std::fs;

use serde_json::Value;

use crate::process::{Outcome, cargo, command, output_of, root};

/// What is wrong, a sentence each.
type Problems = Vec<String>;

/// Checks everything.
pub(crate) fn run() -> Outcome {
    let problems = problems()?;
    if problems.is_empty() {
        println!("tidy: all is well");
        return Ok(());
    }
    Err(format!("tidy: {} problems\n    {}", problems.len(), problems.join("\n    ")))
}

fn problems() -> Outcome<Problems> {
    let repository = Repository::read()?;
    let checks = [
        map::check,
        platforms::check,
        sizes::check,
        error_pages::check,
        edges::check,
        words::check,
        unsafe_code::check,
        dependencies::check,
        releases::check,
    ];
    Ok(checks.iter().flat_map(|check| check(&repository)).collect())
}

/// What the checks look at.
struct Repository {
    /// Every text file that is committed or about to be, path and contents, in the order of the paths.
    files: Vec<(String, String)>,
    /// What `cargo metadata` says.
    metadata: Value,
}

impl Repository {
    fn read() -> Outcome<Self> {
        let listed = output_of(&mut command("git", "ls-files --cached --others --exclude-standard"))
            .ok_or("tidy: `git ls-files` failed: is this a git checkout?")?;
        let mut paths: Vec<&str> = listed.lines().collect();
        paths.sort_unstable();
        // What is no text, or deleted and not yet committed, is left out.
        let read = |path: &&str| Some(((*path).to_owned(), fs::read_to_string(root().join(path)).ok()?));
        let metadata = output_of(&mut cargo("metadata --format-version 1"))
            .and_then(|text| serde_json::from_str(&text).ok())
            .ok_or("tidy: `cargo metadata` failed")?;
        Ok(Self { files: paths.iter().filter_map(read).collect(), metadata })
    }

    /// The contents of the file at `path`, or nothing.
    fn text(&self, path: &str) -> &str {
        self.files.iter().find(|(candidate, _)| candidate == path).map_or("", |(_, text)| text)
    }

    /// The Rust files.
    fn rust_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        all.filter(|(path, _)| path.ends_with(".rs"))
    }

    /// Whether a file or a folder of the repository is called `path`.
    fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.iter().any(|(file, _)| file == path || file.starts_with(&folder))
    }

    /// The names of the crates of the workspace, as the registry knows them, and their folders.
    fn crates(&self) -> Vec<(&str, String)> {
        let root = self.metadata["workspace_root"].as_str().unwrap_or_default();
        let packages = self.metadata["packages"].as_array().into_iter().flatten();
        let own = packages.filter(|package| self.is_member(&package["id"]));
        own.filter_map(|package| {
            let manifest = package["manifest_path"].as_str()?.strip_prefix(root)?;
            let folder = manifest.trim_start_matches('/').trim_end_matches("/Cargo.toml");
            Some((package["name"].as_str()?, folder.to_owned()))
        })
        .collect()
    }

    fn is_member(&self, id: &Value) -> bool {
        self.metadata["workspace_members"].as_array().is_some_and(|members| members.contains(id))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let problems = super::problems().unwrap();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
