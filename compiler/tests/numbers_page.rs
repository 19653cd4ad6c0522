//! `docs/language/numbers.md` says what holds, line by line, and each line names cases of the corpus that show it.

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn each_rule_names_cases_that_exist() {
    let page = fs::read_to_string(root().join("docs/language/numbers.md")).unwrap();
    let rules = rules(&page);
    assert!(rules.len() >= 20, "only {} rules", rules.len());
    let problems: Vec<String> =
        rules.iter().enumerate().flat_map(|(place, rule)| problems(place + 1, rule)).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The numbered items, each with the lines that belong to it.
fn rules(page: &str) -> Vec<String> {
    let mut rules: Vec<String> = Vec::new();
    let mut is_inside = false;
    for line in page.lines() {
        let starts = line.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
        is_inside = starts || (is_inside && line.starts_with(' '));
        match rules.last_mut() {
            _ if starts => rules.push(line.to_owned()),
            Some(rule) if is_inside => *rule += line,
            _ => {}
        }
    }
    rules
}

fn problems(place: usize, rule: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !rule.starts_with(&format!("{place}. ")) {
        found.push(format!("rule {place} has another number: {rule}"));
    }
    let cases = cases(rule);
    if cases.is_empty() {
        found.push(format!("rule {place} names no case"));
    }
    let missing = cases.iter().filter(|case| !root().join(format!("tests/conformance/{case}.js")).exists());
    found.extend(missing.map(|case| format!("rule {place} names {case}, which does not exist")));
    found
}

/// What stands between backticks and looks like the name of a case.
fn cases(rule: &str) -> Vec<&str> {
    let quoted = rule.split('`').skip(1).step_by(2);
    quoted.filter(|text| text.starts_with("numbers/") || text.starts_with("programs/")).collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
