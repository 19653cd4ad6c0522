//! Crates depend on each other in one direction only.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Problems, Repository};

/// A crate and the crates that it must not reach, not even through others. Dependencies of tests and builds are free.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "hpc-js-artifact",
        &["hpc-js-compiler", "hpc-js-runtime", "hpc-js-engine", "hpc-js", "wgpu", "naga", "wasmtime"],
    ),
    ("hpc-js-compiler", &["hpc-js-runtime", "hpc-js-engine", "hpc-js", "wgpu", "naga", "wasmtime"]),
    ("hpc-js-engine", &["hpc-js-artifact", "hpc-js-compiler", "hpc-js-runtime", "hpc-js", "wgpu"]),
    ("hpc-js-runtime", &["hpc-js-compiler", "hpc-js", "hpc-node", "hpc-web"]),
    ("hpc-js", &["hpc-node", "hpc-web", "napi"]),
    ("hpc-interpreter", &["hpc-js-runtime", "hpc-js", "wgpu", "naga"]),
];

pub(super) fn check(repository: &Repository) -> Problems {
    let graph =
        Graph { packages: &repository.metadata["packages"], nodes: &repository.metadata["resolve"]["nodes"] };
    let forbidden = FORBIDDEN.iter().flat_map(|&(from, targets)| {
        let reached = graph.reached_from(from);
        let problem = |to: &&str| format!("{from} depends on {to}, directly or through another crate");
        targets
            .iter()
            .copied()
            .filter(move |&to| reached.contains(to))
            .map(move |to| problem(&to))
            .collect::<Vec<_>>()
    });
    forbidden.collect()
}

/// The dependencies as `cargo metadata` shows them.
struct Graph<'a> {
    packages: &'a Value,
    nodes: &'a Value,
}

impl<'a> Graph<'a> {
    /// The names of all packages that the package called `name` depends on.
    fn reached_from(&self, name: &str) -> BTreeSet<&'a str> {
        let start = elements(self.packages).find(|package| package["name"] == name);
        let mut open: Vec<&str> = start.and_then(|package| package["id"].as_str()).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = open.pop() {
            let next = self.dependencies(id).filter(|&id| seen.insert(id));
            open.extend(next);
        }
        let reached = elements(self.packages)
            .filter(|package| package["id"].as_str().is_some_and(|id| seen.contains(id)));
        reached.filter_map(|package| package["name"].as_str()).collect()
    }

    /// The packages that the package `id` itself depends on when it is built for use.
    fn dependencies(&self, id: &str) -> impl Iterator<Item = &'a str> {
        let node = elements(self.nodes).find(|node| node["id"] == id);
        let edges = node.into_iter().flat_map(|node| elements(&node["deps"]));
        let normal = edges.filter(|edge| elements(&edge["dep_kinds"]).any(|kind| kind["kind"].is_null()));
        normal.filter_map(|edge| edge["pkg"].as_str())
    }
}

fn elements(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn follows_normal_dependencies_only() {
        let packages = json!([
            {"id": "1", "name": "a"}, {"id": "2", "name": "b"}, {"id": "3", "name": "c"}, {"id": "4", "name": "d"}
        ]);
        let nodes = json!([
            {"id": "1", "deps": [{"pkg": "2", "dep_kinds": [{"kind": null}]}, {"pkg": "4", "dep_kinds": [{"kind": "dev"}]}]},
            {"id": "2", "deps": [{"pkg": "3", "dep_kinds": [{"kind": null}]}]},
        ]);
        let graph = Graph { packages: &packages, nodes: &nodes };
        assert_eq!(graph.reached_from("a"), BTreeSet::from(["b", "c"]));
    }
}
