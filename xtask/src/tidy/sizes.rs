//! Files and functions are short enough to be read at once, and every Rust file says what it is for.
//!
//! What must be longer stands in `xtask/budget.txt`, a line each: `path[::function] lines reason`. An entry is an upper
//! bound that may only shrink: once the code is 10 % shorter than its entry, the entry must follow.

use super::{Problems, Repository};

const BUDGET: &str = "xtask/budget.txt";
const LONGEST_FILE: usize = 700;
const LONGEST_FUNCTION: usize = 80;

pub(super) fn check(repository: &Repository) -> Problems {
    let mut budget = Budget::parse(repository.text(BUDGET));
    for (path, text) in repository.rust_files() {
        if !text.starts_with("//!") {
            budget.problems.push(format!("{path} does not start with a `//!` that says what it is for"));
        }
        budget.compare(path, text.lines().count(), LONGEST_FILE);
        for (name, length) in functions(text) {
            budget.compare(&format!("{path}::{name}"), length, LONGEST_FUNCTION);
        }
    }
    budget.finish()
}

/// The exceptions, and what is found wrong with them on the way.
struct Budget {
    entries: Vec<Entry>,
    problems: Problems,
}

struct Entry {
    what: String,
    lines: usize,
    is_used: bool,
}

impl Budget {
    fn parse(text: &str) -> Self {
        let mut budget = Self { entries: Vec::new(), problems: Vec::new() };
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.splitn(3, ' ');
            match (words.next(), words.next().and_then(|lines| lines.parse().ok()), words.next()) {
                (Some(what), Some(lines), Some(_reason)) => {
                    budget.entries.push(Entry { what: what.to_owned(), lines, is_used: false });
                }
                _ => budget.problems.push(format!("{BUDGET}: not `path[::function] lines reason`: {line}")),
            }
        }
        budget
    }

    /// Compares the length of something with its entry, or with `limit` where it has none.
    fn compare(&mut self, what: &str, lines: usize, limit: usize) {
        if lines <= limit {
            return;
        }
        let problem = match self.entries.iter_mut().find(|entry| entry.what == what) {
            None => Some(format!("{what} has {lines} lines, more than {limit}")),
            Some(entry) => {
                entry.is_used = true;
                entry.judge(lines)
            }
        };
        self.problems.extend(problem);
    }

    fn finish(mut self) -> Problems {
        let unused = self.entries.iter().filter(|entry| !entry.is_used);
        self.problems.extend(unused.map(|entry| format!("{BUDGET}: {} needs no entry any more", entry.what)));
        self.problems
    }
}

impl Entry {
    fn judge(&self, lines: usize) -> Option<String> {
        let (what, bound) = (&self.what, self.lines);
        if lines > bound {
            Some(format!("{what} has {lines} lines, more than the {bound} that {BUDGET} allows"))
        } else if lines * 10 < bound * 9 {
            Some(format!("{BUDGET}: {what} has shrunk, lower its entry from {bound} to {lines}"))
        } else {
            None
        }
    }
}

/// The functions of a file and how many lines each has. The layout is rustfmt's: a body ends at the first line
/// that holds a closing brace and nothing else, indented as far as the line that starts the function.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(start, line)| Some((start, function_name(line)?)));
    starts.filter_map(|(start, name)| Some((name, body_length(&lines[start..])?))).collect()
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let is_qualifier = |word: &str| {
        matches!(word, "const" | "async" | "unsafe" | "extern" | "\"C\"") || word.starts_with("pub")
    };
    let name = after.split(|character: char| !character.is_alphanumeric() && character != '_').next()?;
    (before.split_whitespace().all(is_qualifier) && !name.is_empty()).then_some(name)
}

fn body_length(lines: &[&str]) -> Option<usize> {
    let indent = indentation(lines[0]);
    for (position, line) in lines.iter().enumerate() {
        if indentation(line) == indent && !line.trim().is_empty() {
            let is_declaration = line.ends_with(';');
            let is_end = line.trim() == "}" || (position == 0 && line.ends_with('}'));
            if is_declaration || is_end {
                return is_end.then_some(position + 1);
            }
        }
    }
    None
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
/// Not a fn at all.
pub(crate) const fn short() -> u32 { 1 }
trait T {
    fn declared(
        &self,
    ) -> u32;
    fn given(&self) {
        if true {
        }
    }
}
";

    #[test]
    fn measures_functions() {
        assert_eq!(functions(TEXT), [("short", 1), ("given", 4)]);
    }

    #[test]
    fn a_budget_may_only_shrink() {
        let problems = |lines| {
            let mut budget = Budget::parse("# a comment\na.rs 800 a table\n");
            budget.compare("a.rs", lines, LONGEST_FILE);
            budget.finish()
        };
        assert_eq!(problems(800), Problems::new());
        assert!(problems(801)[0].contains("more than the 800"));
        assert!(problems(710)[0].contains("has shrunk"));
        assert!(problems(10)[0].contains("needs no entry"));
    }
}
